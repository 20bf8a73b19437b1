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

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/layout"
	"stemma/internal/strictjson"
	"stemma/schema"
)

func (a *App) fmtCommand() *cobra.Command {
	var f reportFlags
	var check bool
	c := &cobra.Command{
		Use:   "fmt [PATH...]",
		Short: "Write records in their canonical layout",
		Long: `Writes the records, dataset.json and the policy in their canonical layout: keys in
the order of the schema, two spaces, one entry per line, text in Unicode normal
form C; in .jsonl files each record on one line. Values and numbers stay as they
are. The names of changed files are printed, as seen from the folder of
dataset.json. Files that are no valid JSON are reported and left alone.`,
		Example: "  stemma fmt\n  stemma fmt --check records/claims",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.format(cmd.Context(), f, check, args)
		},
	}
	addReportFlags(c, &f)
	c.Flags().BoolVar(&check, "check", false, "change nothing; report files that are not in the layout")
	return c
}

func (a *App) format(ctx context.Context, f reportFlags, check bool, args []string) error {
	root, snap, list, err := a.openShown(ctx)
	if err != nil {
		return err
	}
	if err := a.checkOutput(&f, root, snap); err != nil {
		return err
	}
	selected, err := a.selectPaths(root, args)
	if err != nil {
		return err
	}
	files, records := 1, 0
	if snap != nil {
		if err := selected.check(snap, list); err != nil {
			return err
		}
		w := formatter{root: root, selected: selected, check: check, changed: a.out}
		if f.format != "text" {
			w.changed = a.Stderr // the names must not get into a report for machines
		}
		files, records = selected.size(snap)
		targets, problems, err := formatTargets(snap)
		if err != nil {
			return err
		}
		if problems.HasErrors() { // without schemas there is no order of keys
			list, records = append(list, problems...), 0
		} else if list, err = w.files(ctx, targets, list); err != nil {
			return err
		}
	}
	report := diag.NewReport(files, records, list, sourceLines(root, snap))
	if check || len(list) > 0 || f.format != "text" || f.output != "" {
		if err := a.print(f, report); err != nil {
			return err
		}
	}
	return verdict(report, snap, false)
}

// formatter writes files in their layout, or finds those that are not in it.
type formatter struct {
	root     string
	selected selection
	check    bool
	changed  io.Writer // gets the names of files that were written
}

// files goes through the selected files and gives the findings about them. Those
// that cannot be read as JSON do not stop it.
func (w formatter) files(ctx context.Context, targets []target, loading diag.List) (diag.List, error) {
	var list diag.List
	for _, d := range loading {
		if w.selected.touches(d) {
			list = append(list, d)
		}
	}
	for _, t := range targets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if t.shape == nil || !w.selected.has(t.file.Path) {
			continue
		}
		want, found := layOut(t)
		list = append(list, found...)
		switch {
		case len(found) > 0 || bytes.Equal(want, t.file.Data):
		case w.check:
			list = append(list, notInLayout(t.file, want))
		default:
			if err := rewrite(w.root, t.file, want); err != nil {
				return nil, err
			}
			fmt.Fprintln(w.changed, t.file.Path)
		}
	}
	return list, nil
}

// target is a file with its shape, which is nil if its schema could not be read.
type target struct {
	file  *dataset.File
	shape *schema.Shape
	lines bool
}

func formatTargets(snap *dataset.Snapshot) ([]target, diag.List, error) {
	catalog, list := schema.Load(snap.SchemaFiles(), snap.Config.KindNames())
	if list.HasErrors() {
		return nil, list, nil
	}
	own, err := schema.Config(schema.DatasetSchema)
	if err != nil {
		return nil, nil, err
	}
	targets := []target{{file: snap.Source, shape: own.Shape()}}
	for _, f := range []struct {
		file   *dataset.File
		schema string
	}{{snap.Policy, schema.PolicySchema}, {snap.Approvals, schema.ApprovalsSchema}} {
		if f.file == nil {
			continue
		}
		if own, err = schema.Config(f.schema); err != nil {
			return nil, nil, err
		}
		targets = append(targets, target{file: f.file, shape: own.Shape()})
	}
	shapes := make([]*schema.Shape, len(snap.Config.Kinds))
	for i, k := range snap.Config.Kinds {
		if s := catalog.Schema(k.Schema); s != nil {
			shapes[i] = s.Shape()
		}
	}
	for _, r := range snap.Records {
		targets = append(targets, target{r.File, shapes[r.Kind], r.Lines})
	}
	return targets, list, nil
}

func notInLayout(f *dataset.File, want []byte) diag.Diagnostic {
	at := firstDifference(f.Data, want)
	place := diag.Place{File: f.Path, Span: f.Text().Span(at, at)}
	return diag.New(diag.FormatLayout, place, "", "from here on this file is not in the canonical layout", "run stemma fmt")
}

// rewrite puts the layout in the place of a file, unless somebody changed the
// file meanwhile.
func rewrite(root string, f *dataset.File, want []byte) error {
	path := filepath.Join(root, filepath.FromSlash(f.Path))
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if now, err := os.ReadFile(path); err != nil || !info.Mode().IsRegular() || !bytes.Equal(now, f.Data) {
		return errors.Join(fmt.Errorf("%s changed while it was being read; it was left alone: run stemma fmt again", f.Path), err)
	}
	if err := replaceFile(path, want, info.Mode().Perm()); err != nil {
		return fmt.Errorf("%s could not be rewritten: %w", f.Path, err)
	}
	return nil
}

func layOut(t target) ([]byte, diag.List) {
	records := (&dataset.RecordFile{File: t.file, Lines: t.lines}).Records()
	var out []byte
	var list diag.List
	for _, r := range records {
		value, problems := strictjson.Parse(r.Data)
		if problems == nil {
			var text []byte
			text, problems = layout.Record(value, t.shape, t.lines)
			out = append(append(out, text...), '\n')
		}
		for _, p := range problems {
			list = append(list, r.Diagnose(value, p))
		}
	}
	return out, list
}

func firstDifference(a, b []byte) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return i
}
