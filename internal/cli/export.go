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

// exportFlags are the flags of stemma export. Places that are empty are not
// asked for.
type exportFlags struct {
	reportFlags
	csv, duckdb, card string
	program           string // DuckDB's
}

func (a *App) exportCommand() *cobra.Command {
	f := exportFlags{reportFlags: reportFlags{format: "text"}}
	c := &cobra.Command{
		Use:   "export DIR",
		Short: "Write the tables of a release in other formats",
		Long: `Verifies the release in DIR, then writes it in the formats that are asked for.
Each of them is new, appears as a whole or not at all, and cannot lie in a release.

--csv writes each table as comma-separated values (RFC 4180, UTF-8, with a
header). A null is an empty cell, the empty text is "". Lists are JSON. A text
that a spreadsheet would take for a formula has an apostrophe in front, and so has
one that begins with an apostrophe itself; numbers are never changed.

--duckdb writes one database file with all tables and comments. It is made by
DuckDB's own program, version 1.2 or newer, which may open nothing but the tables.

--dataset-card writes the README.md with which a copy of the release becomes a
Hugging Face dataset.`,
		Example: "  stemma export dist/v0.1.0 --csv /tmp/tables\n  stemma export dist/v0.1.0 --duckdb library.duckdb --dataset-card card.md",
		Args:    oneRelease,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.export(cmd.Context(), f, args[0])
		},
	}
	c.Flags().StringVar(&f.csv, "csv", "", "write <table>.csv into this new `FOLDER`")
	c.Flags().StringVar(&f.duckdb, "duckdb", "", "write all tables into this new database `FILE`")
	c.Flags().StringVar(&f.program, "duckdb-program", "duckdb", "`PROGRAM` that makes it")
	c.Flags().StringVar(&f.card, "dataset-card", "", "write the card into this new `FILE`")
	addColorFlag(c, &f.reportFlags)
	return c
}

// output is one thing that is exported.
type output struct {
	stage           string
	flag, arg, path string // path is absolute
	folder          bool
	make            func(ctx context.Context, s *stages, release, to string, m *build.Manifest) error
}

// outputs lists what is asked for, in the order in which it is made.
func (a *App) outputs(f exportFlags) []output {
	var out []output
	for _, o := range []output{
		{stage: "csv", flag: "--csv", arg: f.csv, folder: true, make: func(ctx context.Context, s *stages, release, to string, m *build.Manifest) error {
			return a.exportCSV(ctx, s, release, to, m.Tables)
		}},
		{stage: "duckdb", flag: "--duckdb", arg: f.duckdb, make: func(ctx context.Context, _ *stages, release, to string, _ *build.Manifest) error {
			return a.exportDuckDB(ctx, f.program, release, to)
		}},
		{stage: "dataset card", flag: "--dataset-card", arg: f.card, make: func(ctx context.Context, _ *stages, release, to string, m *build.Manifest) error {
			return exportCard(ctx, release, to, m)
		}},
	} {
		if o.arg != "" {
			o.path = absolute(a.path(o.arg))
			out = append(out, o)
		}
	}
	return out
}

func (a *App) export(ctx context.Context, f exportFlags, dir string) error {
	outputs := a.outputs(f)
	if len(outputs) == 0 {
		return usagef("say what to write: stemma export %s --csv FOLDER, --duckdb FILE or --dataset-card FILE", dir)
	}
	path := a.path(dir)
	if err := releaseFolder(dir, path); err != nil {
		return err
	}
	for i, o := range outputs {
		if err := newPlace(o); err != nil {
			return err
		}
		for _, other := range outputs[:i] {
			_, inside := below(other.path, o.path)
			if _, around := below(o.path, other.path); inside || around {
				return usagef("%s %s and %s %s are in each other's way; name other places", other.flag, other.arg, o.flag, o.arg)
			}
		}
	}
	if f.duckdb != "" { // before the release is verified, which can take a while
		if _, err := a.duckdbProgram(f.program, dir); err != nil {
			return err
		}
	}
	s := stages{a: a}
	defer s.end()
	verified, err := a.sound(ctx, f.reportFlags, &s, path, "nothing was exported")
	if err != nil {
		return err
	}
	m := verified.Manifest
	for _, o := range outputs {
		s.begin(o.stage)
		if err := o.make(ctx, &s, path, o.path, m); err != nil {
			if errors.Is(err, context.Canceled) {
				return err
			}
			return fmt.Errorf("nothing was exported to %s: %w", o.arg, err)
		}
		s.end()
		fmt.Fprintln(a.out, harmless(fmt.Sprintf("%s: %s, of %s %s", filepath.ToSlash(o.arg), o.contents(m), m.Dataset, m.Version)))
	}
	s.print()
	return nil
}

// contents says what an output holds.
func (o *output) contents(m *build.Manifest) string {
	if o.flag == "--dataset-card" {
		return "the dataset card"
	}
	return count(rows(m), "row") + " in " + count(len(m.Tables), "table")
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

// newPlace refuses what there is already, unless it is to be a folder and is an
// empty one, and places where it would break a release.
func newPlace(o output) error {
	if info, err := os.Stat(filepath.Dir(o.path)); err != nil || !info.IsDir() {
		return usagef("there is no folder %s for %s", filepath.Dir(o.arg), filepath.Base(o.arg))
	}
	kind := "file"
	if o.folder {
		kind = "folder"
	}
	if release := insideRelease(o.path); release != "" {
		return usagef("a release holds nothing but what was sealed, and %s lies in %s; name a %s elsewhere", o.arg, release, kind)
	}
	info, err := os.Lstat(o.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if o.folder && info.IsDir() {
		if entries, err := os.ReadDir(o.path); err == nil && len(entries) == 0 {
			return nil
		}
	}
	return usagef("%s is there already; name a %s that is not, or delete it", o.arg, kind)
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
