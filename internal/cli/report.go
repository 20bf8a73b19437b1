package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"stemma/internal/dataset"
	"stemma/internal/diag"
)

// reportFlags are the flags of commands that report findings.
type reportFlags struct {
	format string
	output string // empty: the standard output
	color  string
	max    number
}

func addReportFlags(c *cobra.Command, f *reportFlags) {
	addChoice(c, &f.format, "format", "format of the report", "text", "json")
	c.Flags().StringVarP(&f.output, "output", "o", "", "write the report into `FILE`")
	addColorFlag(c, f)
	c.Flags().Var(&f.max, "max-errors", "show at most this many findings in text, errors first (0: all)")
}

func addColorFlag(c *cobra.Command, f *reportFlags) {
	addChoice(c, &f.color, "color", "colour in text", "auto", "always", "never")
}

// printer gives the printer of the format that was asked for.
func (a *App) printer(f reportFlags) diag.Printer {
	if f.format == "json" {
		return diag.JSONPrinter{}
	}
	return diag.TextPrinter{Color: a.useColor(f), Max: int(f.max)}
}

// useColor decides about colour: --color, then NO_COLOR and TERM, then whether
// the report goes to a terminal.
func (a *App) useColor(f reportFlags) bool {
	if f.color != "auto" {
		return f.color == "always"
	}
	return f.output == "" && a.Getenv("NO_COLOR") == "" && a.Getenv("TERM") != "dumb" && isTerminal(a.Stdout)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// checkOutput finds out before any work whether a report can be written where
// it was asked for. A report never takes the place of a part of the dataset.
func (a *App) checkOutput(f *reportFlags, root string, snap *dataset.Snapshot) error {
	if f.output == "" || f.output == "-" {
		f.output = ""
		return nil
	}
	path := a.path(f.output)
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return usagef("there is no folder %s for the report (-o)", filepath.Dir(path))
	}
	there, err := os.Stat(path)
	folder := readFolder(root, snap, path)
	switch {
	case folder != "":
		return usagef("%s lies in %s, which is read as a part of the dataset (-o)", f.output, folder)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case there.IsDir():
		return usagef("%s is a folder; name a file for the report (-o)", f.output)
	case snap == nil:
		return nil
	}
	for _, in := range snap.Inputs() {
		if info, err := os.Stat(filepath.Join(root, filepath.FromSlash(in.Path))); err == nil && os.SameFile(info, there) {
			return usagef("the report would overwrite %s, which is part of the dataset (-o)", in.Path)
		}
	}
	return nil
}

// print writes a report where it was asked for. A report in a file is there as
// a whole or not at all; its summary then goes to the log.
func (a *App) print(f reportFlags, report *diag.Report) error {
	if f.output == "" {
		return a.printer(f).Print(a.out, report)
	}
	var b bytes.Buffer
	if err := a.printer(f).Print(&b, report); err != nil {
		return err
	}
	if err := writeReport(a.path(f.output), b.Bytes()); err != nil {
		return fmt.Errorf("the report could not be written: %w", err)
	}
	fmt.Fprintf(a.Stderr, "%s and %s; the report is in %s\n", count(report.Errors, "error"), count(report.Warnings, "warning"), f.output)
	return nil
}

// writeReport replaces a plain file, and writes into anything else, such as
// a device or a pipe.
func writeReport(path string, data []byte) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return errors.Join(err, f.Close())
	}
	return replaceFile(path, data, 0o644)
}

// replaceFile writes a file beside its place and moves it there.
func replaceFile(path string, data []byte, mode os.FileMode) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".stemma-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(mode)
	}
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// sourceLines finds source lines for reports: in the snapshot, or, if there is
// none because of what dataset.json says, in that file.
func sourceLines(root string, snap *dataset.Snapshot) diag.SourceLine {
	texts := map[string]*dataset.File{}
	if snap != nil {
		for _, f := range snap.Inputs() {
			texts[f.Path] = f
		}
	} else if data, err := os.ReadFile(filepath.Join(root, dataset.ConfigName)); err == nil {
		texts[dataset.ConfigName] = &dataset.File{Path: dataset.ConfigName, Data: data}
	}
	return func(file string, line int) (string, bool) {
		if f := texts[file]; f != nil {
			return f.Text().Line(line)
		}
		return "", false
	}
}

// open takes a snapshot of the dataset that a command works on.
func (a *App) open(ctx context.Context) (root string, snap *dataset.Snapshot, list diag.List, err error) {
	root, err = a.findRoot()
	if err != nil {
		return "", nil, nil, err
	}
	snap, list, err = dataset.Open(ctx, root)
	return root, snap, list, err
}

// openShown is open for commands without stages of their own.
func (a *App) openShown(ctx context.Context) (root string, snap *dataset.Snapshot, list diag.List, err error) {
	p := a.progress("read")
	defer p.end()
	return a.open(ctx)
}

// aboutRecords are the codes of findings that may lie in a file of the
// configuration although it can be used: nothing keeps the records from being
// judged.
var aboutRecords = []diag.Code{diag.FormatLayout, diag.IDVanished, diag.VersionStep, diag.VersionOrder}

// verdict gives the end of a command that its report asks for. An error in the
// configuration is told apart from one in a record: nothing more can be said
// about the records until it is mended.
func verdict(report *diag.Report, snap *dataset.Snapshot, warningsFail bool) error {
	for _, d := range report.Diagnostics {
		if d.Severity == diag.Error && !slices.Contains(aboutRecords, d.Code) && isConfiguration(d.Place.File, snap) {
			return &statusError{ExitUsage, nil}
		}
	}
	if report.Errors > 0 || (warningsFail && report.Warnings > 0) {
		return findings()
	}
	return nil
}

func isConfiguration(file string, snap *dataset.Snapshot) bool {
	return file == dataset.ConfigName || (snap != nil && (file == snap.Config.Policy || within(file, snap.Config.SchemaFolder)))
}

// count puts a number and a noun into words.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
