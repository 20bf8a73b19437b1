package schema

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"stemma/internal/diag"
	"stemma/internal/golden"
	"stemma/internal/strictjson"
)

// The archives in testdata hold schemas (files below schema/; the kind's own is
// the first), records.jsonl, and behind them what is made of them.

// TestFindings is about what is found in schemas and records.
func TestFindings(t *testing.T) {
	forArchives(t, "testdata/check/*.txtar", func(a *archive) {
		if a.schema == nil {
			return
		}
		a.checkRecords()
	})
}

// TestPlans is about the tables and rows that schemas and records become.
func TestPlans(t *testing.T) {
	forArchives(t, "testdata/plan/*.txtar", func(a *archive) {
		if a.schema == nil {
			a.t.Fatal("the schema has errors")
		}
		a.checkRecords()
		p, list := NewPlan("kind", "kinds", a.id, a.schema)
		a.findings("warnings", append(list, NameTables([]*Plan{p})...))
		a.plan(p)
		a.rows(p)
	})
}

type archive struct {
	t       *testing.T
	id      string // "id: NAME" in the comment
	schema  *Schema
	records []string
	out     []txtar.File
}

func forArchives(t *testing.T, pattern string, run func(*archive)) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			in := txtar.Parse(data)
			a := &archive{t: t}
			for line := range strings.Lines(string(in.Comment)) {
				if id, ok := strings.CutPrefix(line, "id: "); ok {
					a.id = strings.TrimSpace(id)
				}
			}
			var files []File
			for _, f := range in.Files {
				switch {
				case strings.HasPrefix(f.Name, "schema/"):
					files = append(files, File{Path: f.Name, Data: f.Data})
				case f.Name == "records.jsonl":
					a.records = strings.Split(strings.TrimSuffix(string(f.Data), "\n"), "\n")
				default:
					continue
				}
				a.out = append(a.out, f)
			}
			c, list := Load(files, []string{"actor", "source"})
			a.findings("schemas", list)
			if !list.HasErrors() {
				a.schema = c.Schema(files[0].Path)
			}
			run(a)
			golden.Check(t, path, txtar.Format(&txtar.Archive{Comment: in.Comment, Files: a.out}))
		})
	}
}

func (a *archive) add(name, data string) {
	if data != "" {
		a.out = append(a.out, txtar.File{Name: "-> " + name, Data: []byte(data)})
	}
}

func (a *archive) findings(name string, list diag.List) {
	var b strings.Builder
	for _, d := range list {
		span := d.Place.Span
		fmt.Fprintf(&b, "%s:%d:%d-%d:%d %s %s: %s\n", d.Place.File, span.Start.Line, span.Start.Column, span.End.Line, span.End.Column, d.Severity, d.Code, d.Message)
		if d.Help != "" {
			fmt.Fprintf(&b, "  = %s\n", d.Help)
		}
	}
	a.add(name, b.String())
}

// checkRecords shows each record that has findings, with a line of carets below
// for each.
func (a *archive) checkRecords() {
	var b strings.Builder
	for i, record := range a.records {
		v, problems := strictjson.Parse([]byte(record))
		if problems != nil {
			a.t.Fatalf("record %d: %s", i, problems[0].Message)
		}
		if problems = a.schema.Check(v); len(problems) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s\n", record)
		text := strictjson.NewText([]byte(record))
		for _, p := range problems {
			span := text.Span(p.Start, p.End)
			fmt.Fprintf(&b, "%s%s %s: %s\n", strings.Repeat(" ", span.Start.Column-1), strings.Repeat("^", span.End.Column-span.Start.Column), p.Code, p.Message)
			fmt.Fprintf(&b, "  = %s\n", p.Help)
			for _, r := range p.Related {
				fmt.Fprintf(&b, "  + %s: %s\n", record[r.Start:r.End], r.Message)
			}
		}
	}
	a.add("records", b.String())
}

func (a *archive) plan(p *Plan) {
	var b strings.Builder
	for _, t := range p.Tables {
		fmt.Fprintf(&b, "%s\n", t.Name)
		for _, c := range t.Columns {
			fmt.Fprintf(&b, "  %q %s\n", c.Name, c.Type)
		}
	}
	a.add("plan", b.String())
}

func (a *archive) rows(p *Plan) {
	var b strings.Builder
	for i, record := range a.records {
		v, _ := strictjson.Parse([]byte(record))
		if len(a.schema.Check(v)) > 0 {
			continue
		}
		fmt.Fprintf(&b, "%s\n", record)
		problems, err := p.Rows(v, Origin{Path: "r", Index: int64(i), SHA256: "0"}, func(table int, row []Cell) error {
			t := p.Tables[table]
			fmt.Fprintf(&b, "  %s:", t.Name)
			for i, c := range row {
				if c.Valid && !strings.HasPrefix(t.Columns[i].Name, "record_") {
					fmt.Fprintf(&b, " %s=%s", t.Columns[i].Name, cellText(t.Columns[i].Type, c))
				}
			}
			b.WriteByte('\n')
			return nil
		})
		if err != nil {
			a.t.Fatal(err)
		}
		for _, p := range problems {
			fmt.Fprintf(&b, "  ! %s at %s: %s\n  = %s\n", p.Code, record[p.Start:p.End], p.Message, p.Help)
		}
		if len(problems) == 0 {
			checkNothingIsDropped(a.t, p, v)
		}
	}
	a.add("rows", b.String())
}

func cellText(t Type, c Cell) string {
	switch {
	case !c.Valid:
		return "null"
	case t.List:
		var out []string
		for _, e := range c.List {
			out = append(out, cellText(Type{Scalar: t.Scalar}, e))
		}
		return "[" + strings.Join(out, " ") + "]"
	case t.Scalar == Text:
		return fmt.Sprintf("%q", c.Str)
	case t.Scalar == Float64:
		return fmt.Sprint(c.Float)
	}
	return fmt.Sprint(c.Int)
}
