package cli

import (
	"bytes"
	"context"
	"fmt"
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
form C. Values and numbers stay as they are. The names of changed files are
printed.`,
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
	if _, err := a.printer(f); err != nil {
		return err
	}
	root, snap, list, err := a.load(ctx)
	if err != nil {
		return err
	}
	selected, err := a.selection(root, args)
	if err != nil {
		return err
	}
	files := 0
	if snap != nil && !list.HasErrors() {
		targets, problems, err := formatTargets(snap)
		if err != nil {
			return err
		}
		list = append(list, problems...)
		for _, t := range targets {
			if !selected(t.file.Path) || ctx.Err() != nil {
				continue
			}
			files++
			found, err := a.formatFile(root, t, check)
			if err != nil {
				return err
			}
			list = append(list, found...)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	report := diag.NewReport(files, 0, list, sourceLines(root, snap))
	if check || len(list) > 0 {
		if err := a.print(f, report); err != nil {
			return err
		}
	}
	if report.Errors > 0 {
		return findings()
	}
	return nil
}

// target is a file with its shape.
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
	if snap.Policy != nil {
		if own, err = schema.Config(schema.PolicySchema); err != nil {
			return nil, nil, err
		}
		targets = append(targets, target{file: snap.Policy, shape: own.Shape()})
	}
	shapes := make([]*schema.Shape, len(snap.Config.Kinds))
	for i, k := range snap.Config.Kinds {
		shapes[i] = catalog.Schema(k.Schema).Shape()
	}
	for _, r := range snap.Records {
		targets = append(targets, target{r.File, shapes[r.Kind], r.Lines})
	}
	return targets, list, nil
}

// formatFile writes one file in its layout, or reports that it is not in it.
func (a *App) formatFile(root string, t target, check bool) (diag.List, error) {
	want, list := layOut(t)
	if len(list) > 0 || bytes.Equal(want, t.file.Data) {
		return list, nil
	}
	if check {
		at := firstDifference(t.file.Data, want)
		place := diag.Place{File: t.file.Path, Span: t.file.Text().Span(at, at)}
		return diag.List{diag.New(diag.FormatLayout, place, "", "this file is not in the canonical layout from here on", "run: stemma fmt "+t.file.Path)}, nil
	}
	path := filepath.Join(root, filepath.FromSlash(t.file.Path))
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, t.file.Data) {
		return nil, fmt.Errorf("%s changed while it was being read; nothing was written to it", t.file.Path)
	}
	if err := replaceFile(path, want, info.Mode().Perm()); err != nil {
		return nil, err
	}
	fmt.Fprintln(a.Stdout, t.file.Path)
	return nil, nil
}

func layOut(t target) ([]byte, diag.List) {
	records := (&dataset.RecordFile{File: t.file, Lines: t.lines}).Records()
	var out []byte
	var list diag.List
	for _, r := range records {
		value, problems := strictjson.Parse(r.Data)
		if problems == nil {
			text, err := layout.Record(value, t.shape, t.lines)
			out = append(append(out, text...), '\n')
			if err == nil {
				continue
			}
			problems = []strictjson.Problem{{Code: diag.JSONDuplicateKey, End: 1, Message: err.Error(), Help: "keep one of the two"}}
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
