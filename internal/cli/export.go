package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"stemma/build"
	"stemma/build/export"
)

func (a *App) exportCommand() *cobra.Command {
	f := reportFlags{format: "text"}
	var csv string
	c := &cobra.Command{
		Use:   "export DIR",
		Short: "Write the tables of a release in other formats",
		Long: `Verifies the release in DIR, then writes each of its tables as comma-separated
values (RFC 4180, UTF-8, with a header) into a new folder, which appears as a
whole or not at all. It cannot lie in a release.

A null is an empty cell, the empty text is "". Lists are JSON. A text that a
spreadsheet would take for a formula has an apostrophe in front, and so has one
that begins with an apostrophe itself; numbers are never changed.`,
		Example: "  stemma export dist/v0.1.0 --csv /tmp/tables",
		Args:    oneRelease,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.export(cmd.Context(), f, args[0], csv)
		},
	}
	c.Flags().StringVar(&csv, "csv", "", "write <table>.csv into this new `FOLDER`")
	addColorFlag(c, &f)
	return c
}

func (a *App) export(ctx context.Context, f reportFlags, dir, out string) error {
	if out == "" {
		return usagef("say where to: stemma export %s --csv FOLDER", dir)
	}
	path, to := a.path(dir), absolute(a.path(out))
	if err := releaseFolder(dir, path); err != nil {
		return err
	}
	if err := newFolder(out, to); err != nil {
		return err
	}
	s := stages{a: a}
	defer s.end()
	verified, err := a.sound(ctx, f, &s, path, "nothing was exported")
	if err != nil {
		return err
	}
	s.begin("export")
	if err := a.exportCSV(ctx, &s, path, to, verified.Manifest.Tables); err != nil {
		if errors.Is(err, context.Canceled) {
			return err
		}
		return fmt.Errorf("nothing was exported to %s: %w", out, err)
	}
	s.print()
	fmt.Fprintln(a.out, harmless(fmt.Sprintf("%s: %s in %s, of %s %s", filepath.ToSlash(out), count(rows(verified.Manifest), "row"),
		count(len(verified.Manifest.Tables), "table"), verified.Manifest.Dataset, verified.Manifest.Version)))
	return nil
}

// sound verifies a release of which something is to be made. Findings are
// printed, and are an error.
func (a *App) sound(ctx context.Context, f reportFlags, s *stages, path, undone string) (*build.Verified, error) {
	verified, list, err := build.Verify(ctx, path, build.VerifyOptions{Stage: s.begin, Progress: s.update})
	s.end()
	if err != nil {
		return nil, err
	}
	if !list.HasErrors() {
		return verified, nil
	}
	return nil, a.refuse(f, list, verified.Files, undone)
}

// newFolder refuses a folder that there is already, unless it is empty, and
// places where it would break a release.
func newFolder(arg, path string) error {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return usagef("there is no folder %s for %s", filepath.Dir(arg), filepath.Base(arg))
	}
	if release := insideRelease(path); release != "" {
		return usagef("a release holds nothing but what was sealed, and %s lies in %s; name a folder elsewhere", arg, release)
	}
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if entries, err := os.ReadDir(path); !info.IsDir() || err != nil || len(entries) > 0 {
		return usagef("%s is there already; name a folder that is not, or delete it", arg)
	}
	return nil
}

// insideRelease names the release folder that a path lies in, links followed;
// empty: none.
func insideRelease(path string) string {
	folder, err := filepath.EvalSymlinks(absolute(filepath.Dir(path)))
	if err != nil {
		return "" // nothing can be written there either
	}
	// The path itself may be the folder of a release.
	for at := filepath.Join(folder, filepath.Base(path)); ; at = filepath.Dir(at) {
		_, manifest := os.Lstat(filepath.Join(at, "manifest.json"))
		_, sums := os.Lstat(filepath.Join(at, "SHA256SUMS"))
		if manifest == nil && sums == nil {
			return at
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}

// exportCSV writes the tables into a folder beside the one that is asked for,
// which then gets its name.
func (a *App) exportCSV(ctx context.Context, s *stages, release, out string, tables []build.Table) (err error) {
	staging, err := os.MkdirTemp(filepath.Dir(out), ".stemma-export-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(staging))
		}
	}()
	for i, t := range tables {
		from := filepath.Join(release, "tables", t.Name+".arrow")
		if err := exportTable(ctx, from, filepath.Join(staging, t.Name+".csv"), t.Rows); err != nil {
			return err
		}
		s.update(i+1, len(tables))
	}
	if err := os.Chmod(staging, 0o755); err != nil { // MkdirTemp makes it for the user alone
		return err
	}
	if err := os.Remove(out); err != nil && !errors.Is(err, fs.ErrNotExist) { // only if it is empty
		return err
	}
	return os.Rename(staging, out)
}

func exportTable(ctx context.Context, from, to string, want int64) error {
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	rows, err := export.CSV(ctx, f, from)
	if err == nil && rows != want {
		err = fmt.Errorf("%s has %d rows and had %d when it was verified; export a copy that nobody writes to", from, rows, want)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
