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
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/validate"
)

func (a *App) buildCommand() *cobra.Command {
	f := reportFlags{format: "text"}
	var out string
	c := &cobra.Command{
		Use:   "build",
		Short: "Compile the dataset into a sealed release",
		Long: `Checks the dataset and compiles it into FOLDER/v<version>. The release appears as
a whole or not at all. A version that is published already is never changed:
the exit status is then 1, and the files that would differ are named. A
development version (0.2.0-dev) is replaced.`,
		Example: "  stemma build\n  stemma build --out /tmp/preview",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.build(cmd.Context(), f, out)
		},
	}
	c.Flags().StringVar(&out, "out", "", "`FOLDER` of the releases (default: dist in the dataset)")
	addColorFlag(c, &f)
	return c
}

func (a *App) build(ctx context.Context, f reportFlags, out string) error {
	s := stages{a: a}
	s.begin("read")
	defer s.end()
	root, snap, list, err := a.open(ctx)
	if err != nil {
		return err
	}
	if out, err = a.releasesFolder(root, snap, out); err != nil {
		return err
	}
	var history *build.History
	if snap != nil && !list.HasErrors() {
		s.begin("history")
		var found diag.List
		snap, history, found, err = withHistory(ctx, snap, out, filepath.Join(root, distName))
		if s.end(); err != nil {
			return err
		}
		if found.HasErrors() {
			return a.refuse(f, found, len(snap.Inputs()), "nothing was changed in "+out)
		}
	}
	s.begin("validate")
	result, err := validate.Run(ctx, snap, list, validate.Options{Progress: s.update})
	s.end()
	if err != nil {
		return err
	}
	if result.Checked == nil {
		return a.notBuilt(f, result, root, snap)
	}
	a.sayBefore(history, snap, result)
	release, list, err := build.Build(ctx, result.Checked, build.Options{Out: out, History: history, Stage: s.begin, Progress: s.update})
	s.end()
	if err != nil {
		return buildError(out, release, err)
	}
	if len(list) > 0 {
		if err := a.print(f, diag.NewReport(result.Files, result.Records, list, sourceLines(root, snap))); err != nil {
			return err
		}
	}
	if list.HasErrors() {
		fmt.Fprintf(a.Stderr, "nothing was changed in %s\n", out)
		return findings()
	}
	s.print()
	fmt.Fprintln(a.out, harmless(buildSummary(release)))
	return nil
}

// sayBefore says with what a dataset is compared, and what validate would say.
func (a *App) sayBefore(history *build.History, snap *dataset.Snapshot, result *validate.Result) {
	if previous := history.Previous(); previous != "" {
		fmt.Fprintf(a.Stderr, "compared with %s\n", filepath.ToSlash(previous))
	} else {
		fmt.Fprintf(a.Stderr, "no release before %s was found: it counts as the first\n", snap.Config.Version)
	}
	if n := result.Diagnostics.Count(diag.Warning); n > 0 {
		fmt.Fprintf(a.Stderr, "%s in the dataset; stemma validate shows them\n", count(n, "warning"))
	}
}

// notBuilt reports what keeps a dataset from being built.
func (a *App) notBuilt(f reportFlags, result *validate.Result, root string, snap *dataset.Snapshot) error {
	report := diag.NewReport(result.Files, result.Records, result.Diagnostics, sourceLines(root, snap))
	if err := a.print(f, report); err != nil {
		return err
	}
	fmt.Fprintln(a.Stderr, "nothing was built: the dataset has errors")
	return verdict(report, snap, false)
}

// withHistory attaches what the releases in the first of the folders that has any
// say. Findings are in the way of it.
func withHistory(ctx context.Context, snap *dataset.Snapshot, folders ...string) (*dataset.Snapshot, *build.History, diag.List, error) {
	history, list, err := build.FindHistory(ctx, snap.Config, folders...)
	if err != nil || list.HasErrors() {
		return snap, nil, list, err
	}
	snap, list = history.Attach(snap)
	return snap, history, list, nil
}

// distName is the folder of the releases in that of a dataset.
const distName = "dist"

// releasesFolder decides where releases go. Some places would harm what lies
// there: a release, which holds nothing else, and the dataset's own folders,
// which would be read as records the next time.
func (a *App) releasesFolder(root string, snap *dataset.Snapshot, out string) (string, error) {
	if out == "" {
		return filepath.Join(root, distName), nil
	}
	path := a.path(out)
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		return "", usagef("%s is not a folder (--out)", out)
	}
	if _, err := os.Lstat(filepath.Join(path, "manifest.json")); err == nil {
		return "", usagef("%s is itself a release; name the folder that holds the releases (--out)", out)
	}
	if f := readFolder(root, snap, path); f != "" {
		return "", usagef("%s lies in %s, which is read as a part of the dataset (--out)", out, f)
	}
	return path, nil
}

// buildError says what a failure means before it says what the system said.
func buildError(out string, release *build.Release, err error) error {
	if release != nil {
		return &stands{err} // the error says so
	}
	var pe *fs.PathError
	var le *os.LinkError
	if errors.Is(err, context.Canceled) {
		return err
	}
	if errors.As(err, &pe) || errors.As(err, &le) {
		return fmt.Errorf("no release could be written to %s: %w", out, err)
	}
	return err
}

// stands is a failure, or a stop, after which the release stands all the same.
type stands struct{ error }

func (s *stands) Unwrap() error { return s.error }

func buildSummary(r *build.Release) string {
	what := map[build.Outcome]string{
		build.Created: "created", build.Replaced: "replaced the build before it", build.Unchanged: "unchanged: it was there already, byte for byte",
	}[r.Outcome]
	return fmt.Sprintf("%s: %s in %s (%s)", filepath.ToSlash(r.Dir), count(rows(r.Manifest), "row"), count(len(r.Manifest.Tables), "table"), what)
}

func rows(m *build.Manifest) int {
	n := 0
	for _, t := range m.Tables {
		n += int(t.Rows)
	}
	return n
}
