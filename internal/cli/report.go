package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/suggest"
)

// reportFlags are the flags of commands that report findings.
type reportFlags struct {
	format string
	output string
	color  string
	max    int
}

var formats = []string{"text", "json"}

// printer gives the printer of the format that was asked for.
func (a *App) printer(f reportFlags) (diag.Printer, error) {
	switch f.format {
	case "text":
		color, err := a.useColor(f)
		return diag.TextPrinter{Color: color, Max: f.max}, err
	case "json":
		return diag.JSONPrinter{}, nil
	}
	return nil, usage(badChoice("--format", f.format, formats))
}

func badChoice(flag, value string, allowed []string) error {
	hint := "it is " + suggest.List(allowed, 8)
	if near, ok := suggest.Nearest(value, allowed); ok {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return fmt.Errorf("%s %q is not known; %s", flag, value, hint)
}

// useColor decides about colour: --color, then NO_COLOR, then whether the report
// goes to a terminal.
func (a *App) useColor(f reportFlags) (bool, error) {
	switch f.color {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
		return f.output == "" && a.Getenv("NO_COLOR") == "" && a.Getenv("TERM") != "dumb" && isTerminal(a.Stdout), nil
	}
	return false, usage(badChoice("--color", f.color, []string{"auto", "always", "never"}))
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// print writes a report where it was asked for. A report in a file is there as
// a whole or not at all.
func (a *App) print(f reportFlags, report *diag.Report) error {
	p, err := a.printer(f)
	if err != nil {
		return err
	}
	if f.output == "" {
		return p.Print(a.Stdout, report)
	}
	var b bytes.Buffer
	if err := p.Print(&b, report); err != nil {
		return err
	}
	return replaceFile(f.output, b.Bytes(), 0o644)
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
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// sourceLines finds source lines for reports: from the snapshot, or for files
// that never became part of it from the disk.
func sourceLines(root string, snap *dataset.Snapshot) diag.SourceLine {
	texts := map[string]*dataset.File{}
	if snap != nil {
		for _, f := range snap.Inputs() {
			texts[f.Path] = f
		}
	}
	return func(file string, line int) (string, bool) {
		f := texts[file]
		if f == nil {
			data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
			if err != nil || len(data) > 16<<20 {
				return "", false
			}
			f = &dataset.File{Path: file, Data: data}
			texts[file] = f
		}
		return f.Text().Line(line)
	}
}

// load takes a snapshot of the dataset that a command works on.
func (a *App) load(ctx context.Context) (root string, snap *dataset.Snapshot, list diag.List, err error) {
	root, err = a.findRoot()
	if err != nil {
		return "", nil, nil, err
	}
	snap, list, err = dataset.Open(ctx, root)
	return root, snap, list, err
}

// selection turns path arguments into a filter of files; without arguments all
// are selected. A path that does not exist, or lies outside, is a fault of usage.
func (a *App) selection(root string, paths []string) (func(file string) bool, error) {
	if len(paths) == 0 {
		return func(string) bool { return true }, nil
	}
	var wanted []string
	for _, p := range paths {
		if !filepath.IsAbs(p) {
			p = filepath.Join(a.workDir(), p)
		}
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		if _, err := os.Lstat(abs); err != nil {
			return nil, usage(err)
		}
		rel, err := filepath.Rel(root, abs)
		if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return nil, usage(fmt.Errorf("%s is not part of the dataset in %s", p, root))
		}
		wanted = append(wanted, filepath.ToSlash(rel))
	}
	return func(file string) bool {
		for _, w := range wanted {
			if w == "." || file == w || strings.HasPrefix(file, w+"/") {
				return true
			}
		}
		return false
	}, nil
}
