package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"stemma/build"
	"stemma/diff"
	"stemma/internal/dataset"
	"stemma/internal/diag"
)

func (a *App) diffCommand() *cobra.Command {
	var f reportFlags
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Show what changed, and the version it calls for",
		Long: `Compares two states of the dataset: records field by field, tables and schemas,
the policy and dataset.json, and the questions whose classes changed, with the
claims that are the cause. Says which step of the version that calls for.

OLD and NEW are each the folder of a release, a folder with a dataset.json (such
as . for this one), or a revision that git knows in the dataset's repository.
Disagreement is computed anew for both by this stemma. It is left out where
records have errors; everything else is compared all the same.

The exit status is 1 if there is a difference, or if something could not be
compared.`,
		Example: "  stemma diff dist/v0.1.0 dist/v0.2.0\n  stemma diff main . --format markdown",
		Args:    twoStates,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.diff(cmd.Context(), f, args[0], args[1])
		},
	}
	addChoice(c, &f.format, "format", "format of the output", "text", "json", "markdown")
	c.Flags().StringVarP(&f.output, "output", "o", "", "write into `FILE`")
	return c
}

// twoStates is for commands that compare.
func twoStates(cmd *cobra.Command, args []string) error {
	if len(args) == 2 && args[0] != "" && args[1] != "" {
		return nil
	}
	return fmt.Errorf("name two states to compare, such as: %s dist/v0.1.0 dist/v0.2.0", cmd.CommandPath())
}

func (a *App) diff(ctx context.Context, f reportFlags, oldArg, newArg string) error {
	root, snap := "", (*dataset.Snapshot)(nil)
	if f.output != "" { // it must not take the place of a part of the dataset
		if dir, err := a.findRoot(); err == nil {
			root = dir
			if snap, _, err = dataset.Open(ctx, root); err != nil {
				return err
			}
		}
	}
	if err := a.checkOutput(&f, root, snap); err != nil {
		return err
	}
	for _, arg := range []string{oldArg, newArg} {
		if f.output == "" || !exists(a.path(arg), "manifest.json") {
			continue
		}
		if _, inside := below(absolute(a.path(arg)), absolute(a.path(f.output))); inside {
			return usagef("a release holds nothing but what was sealed: write the report elsewhere (-o)")
		}
	}
	var sides [2]diff.Side
	for i, arg := range []string{oldArg, newArg} {
		var err error
		if sides[i], err = a.side(ctx, arg); err != nil {
			return err
		}
	}
	p := a.progress("compare")
	d, err := diff.Compare(ctx, sides[0], sides[1])
	p.end()
	if err != nil {
		return err
	}
	printers := map[string]func(io.Writer) error{"text": d.Text, "json": d.JSON, "markdown": d.Markdown}
	if err := a.writeDiff(f, printers[f.format]); err != nil {
		return err
	}
	if !d.Empty() || len(d.NotCompared) > 0 {
		return findings()
	}
	return nil
}

// writeDiff writes into the file that was asked for as a whole or not at all.
func (a *App) writeDiff(f reportFlags, content func(io.Writer) error) error {
	if f.output == "" {
		return content(a.out)
	}
	var b bytes.Buffer
	if err := content(&b); err != nil {
		return err
	}
	if err := writeReport(a.path(f.output), b.Bytes()); err != nil {
		return fmt.Errorf("nothing could be written to %s: %w", f.output, err)
	}
	return nil
}

// side reads one of the two states.
func (a *App) side(ctx context.Context, arg string) (diff.Side, error) {
	p := a.progress("read")
	snap, list, manifest, err := a.state(ctx, arg)
	p.end()
	if err != nil {
		return diff.Side{}, err
	}
	if snap == nil {
		return diff.Side{}, usagef("%s: %s", arg, build.FirstError(list))
	}
	p = a.progress("validate")
	defer p.end()
	return build.Side(ctx, arg, snap, list, manifest, p.update)
}

// state finds out what an argument names. What is a folder is never taken for a
// revision.
func (a *App) state(ctx context.Context, arg string) (*dataset.Snapshot, diag.List, *build.Manifest, error) {
	path := a.path(arg)
	if arg == "." {
		root, err := a.findRoot()
		if err != nil {
			return nil, nil, nil, err
		}
		snap, list, err := dataset.Open(ctx, root)
		return snap, list, nil, err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		switch {
		case exists(path, "manifest.json"), exists(path, "source.tar.zst"):
			snap, list, manifest, err := build.Sources(ctx, path)
			if errors.Is(err, build.ErrNoRelease) {
				err = &statusError{ExitFailure, fmt.Errorf("%s: %w", arg, err)}
			}
			return snap, list, manifest, err
		case exists(path, dataset.ConfigName):
			snap, list, err := dataset.Open(ctx, path)
			return snap, list, nil, err
		}
		if err := releaseFolder(arg, path); err != nil {
			return nil, nil, nil, err
		}
		return nil, nil, nil, usagef("%s is neither a release nor a dataset: it has no manifest.json and no %s", arg, dataset.ConfigName)
	}
	snap, list, err := a.revision(ctx, arg)
	return snap, list, nil, err
}

func exists(dir, name string) bool {
	_, err := os.Lstat(filepath.Join(dir, name))
	return err == nil
}
