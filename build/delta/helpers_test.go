package delta

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"stemma/build/columnar"
)

// table is a table in memory. A cell is nil, string, int64 (also of dates and
// times), float64, bool or a []any of them.
type table struct {
	name, kind string
	columns    []columnar.Column
	rows       [][]any
}

func text(names ...string) (columns []columnar.Column) {
	for _, name := range names {
		columns = append(columns, columnar.Column{Name: name, Type: columnar.Utf8, Description: "What " + name + " is."})
	}
	return columns
}

func appendAny(b array.Builder, v any) {
	switch b := b.(type) {
	case *array.StringBuilder:
		b.Append(v.(string))
	case *array.Int64Builder:
		b.Append(v.(int64))
	case *array.Float64Builder:
		b.Append(v.(float64))
	case *array.BooleanBuilder:
		b.Append(v.(bool))
	case *array.Date32Builder:
		b.Append(arrow.Date32(v.(int64)))
	case *array.TimestampBuilder:
		b.Append(arrow.Timestamp(v.(int64)))
	case *array.ListBuilder:
		b.Append(true)
		for _, e := range v.([]any) {
			appendCellOf(b.ValueBuilder(), e)
		}
	default:
		panic(fmt.Sprintf("%T", b))
	}
}

func appendCellOf(b array.Builder, v any) {
	if v == nil {
		b.AppendNull()
		return
	}
	appendAny(b, v)
}

// writeRelease makes what a delta reads of a release.
func writeRelease(t testing.TB, version string, tables ...table) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "v"+version)
	if err := os.MkdirAll(filepath.Join(dir, tablesDir), 0o755); err != nil {
		t.Fatal(err)
	}
	type column struct {
		Name string `json:"name"`
		Type string `json:"type"`
	}
	type listed struct {
		Name    string   `json:"name"`
		Kind    string   `json:"kind"`
		Columns []column `json:"columns"`
	}
	manifest := struct {
		Dataset string   `json:"dataset"`
		Version string   `json:"version"`
		Tables  []listed `json:"tables"`
	}{"sample", version, []listed{}}
	for _, tab := range tables {
		w, err := columnar.Create(filepath.Join(dir, tablesDir), tab.name, tab.columns, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range tab.rows {
			for i, cell := range row {
				appendCellOf(w.Field(i), cell)
			}
			if err := w.EndRow(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Close(); err != nil {
			t.Fatal(err)
		}
		l := listed{Name: tab.name, Kind: tab.kind}
		for _, c := range tab.columns {
			l.Columns = append(l.Columns, column{c.Name, columnar.TypeName(c.Type)})
		}
		manifest.Tables = append(manifest.Tables, l)
	}
	data, err := json.Marshal(manifest)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "manifest.json"), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t testing.TB, oldDir, newDir string) (*Delta, string) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "delta")
	d, err := Write(context.Background(), oldDir, newDir, to)
	if err != nil {
		t.Fatal(err)
	}
	return d, to
}

func verify(t testing.TB, dir, oldDir, newDir string) []Problem {
	t.Helper()
	problems, err := Verify(context.Background(), dir, oldDir, newDir)
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

// contents reads a table as text, a line for each row.
func contents(t testing.TB, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, tablesDir, name+columnar.ArrowExtension)
	if _, err := os.Stat(path); err != nil {
		return "no table"
	}
	s, err := openStream(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	lines := []string{fmt.Sprint(named(s.columns))}
	for s.advance(context.Background()) {
		var line []byte
		for i := range s.columns {
			line = s.appendCell(line, i)
		}
		lines = append(lines, fmt.Sprintf("%x", line))
	}
	if s.err != nil {
		t.Fatal(s.err)
	}
	return strings.Join(lines, "\n")
}

// rebuilt writes what a delta makes of a release as a release.
func rebuilt(t testing.TB, oldDir, deltaDir string, d *Delta) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "rebuilt")
	if err := os.MkdirAll(filepath.Join(dir, tablesDir), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, tab := range d.Tables {
		var w *columnar.Writer
		begin := func(columns []columnar.Column) (err error) {
			w, err = columnar.Create(filepath.Join(dir, tablesDir), tab.Name, columns, nil)
			return err
		}
		emit := func(r Row) error {
			for i := range r.columns {
				if arr, at := r.Cell(i); arr == nil {
					w.Field(i).AppendNull()
				} else if err := columnar.AppendCell(w.Field(i), arr, at); err != nil {
					return err
				}
			}
			return w.EndRow()
		}
		if err := Apply(context.Background(), deltaDir, oldDir, d, tab.Name, begin, emit); err != nil {
			t.Fatal(err)
		}
		if w != nil {
			if _, err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

var scalarTypes = []arrow.DataType{columnar.Utf8, columnar.Int64, columnar.Float64, columnar.Bool, columnar.Date32, columnar.Timestamp}

func randomType(r *rand.Rand) arrow.DataType {
	scalar := scalarTypes[r.IntN(len(scalarTypes))]
	if r.IntN(4) == 0 {
		return columnar.ListOf(scalar)
	}
	return scalar
}

// randomCell gives a value of few, so that rows are often equal.
func randomCell(r *rand.Rand, t arrow.DataType) any {
	if r.IntN(4) == 0 {
		return nil
	}
	if list, ok := t.(*arrow.ListType); ok {
		cells := make([]any, r.IntN(3))
		for i := range cells {
			cells[i] = randomCell(r, list.Elem())
		}
		return cells
	}
	switch t.ID() {
	case arrow.STRING:
		return []string{"", "a", "ab", "Zürich\n"}[r.IntN(4)]
	case arrow.FLOAT64:
		return []float64{0, math.Copysign(0, -1), 0.1, math.MaxFloat64}[r.IntN(4)]
	case arrow.BOOL:
		return r.IntN(2) == 0
	}
	return int64(r.IntN(4) - 1)
}

var columnNames = []string{"id", "a", "b", "c", "old_row", "A b", "x_ordinal", "_new_row", "größe", "d.e"}

// randomTable gives a table of random columns and rows; with a key in most cases.
func randomTable(r *rand.Rand, name string) table {
	t := table{name: name, kind: "thing"}
	names := slices.Clone(columnNames)
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, n := range names[:1+r.IntN(5)] {
		t.columns = append(t.columns, columnar.Column{Name: n, Type: randomType(r)})
	}
	if r.IntN(3) > 0 {
		t.columns = slices.DeleteFunc(t.columns, func(c columnar.Column) bool { return c.Name == "id" })
		t.columns = slices.Insert(t.columns, 0, text("id")...)
	}
	for range r.IntN(30) {
		t.insert(r)
	}
	return t
}

// insert puts a row somewhere; an id is of a number of possible ones that makes
// some of them equal now and then.
func (t *table) insert(r *rand.Rand) {
	row := make([]any, len(t.columns))
	for i, c := range t.columns {
		row[i] = randomCell(r, c.Type)
		if c.Name == "id" && c.Type == columnar.Utf8 {
			row[i] = fmt.Sprintf("id-%03d", r.IntN(2000))
		}
	}
	t.rows = slices.Insert(t.rows, r.IntN(len(t.rows)+1), row)
}

// mutate gives the next state of a table.
func (t *table) mutate(r *rand.Rand) table {
	out := table{name: t.name, kind: t.kind, columns: slices.Clone(t.columns)}
	for _, row := range t.rows {
		out.rows = append(out.rows, slices.Clone(row))
	}
	for range r.IntN(12) {
		switch n := r.IntN(12); {
		case n < 2:
			out.insert(r)
		case n < 4 && len(out.rows) > 0:
			i := r.IntN(len(out.rows))
			out.rows = slices.Delete(out.rows, i, i+1)
		case n < 9 && len(out.rows) > 0:
			c := r.IntN(len(out.columns))
			out.rows[r.IntN(len(out.rows))][c] = randomCell(r, out.columns[c].Type)
		case n == 9:
			r.Shuffle(len(out.rows), func(i, j int) { out.rows[i], out.rows[j] = out.rows[j], out.rows[i] })
		default:
			out.mutateColumns(r)
		}
	}
	return out
}

func (t *table) mutateColumns(r *rand.Rand) {
	i := r.IntN(len(t.columns))
	switch name := columnNames[r.IntN(len(columnNames))]; r.IntN(4) {
	case 0: // another order
		j := r.IntN(len(t.columns))
		t.columns[i], t.columns[j] = t.columns[j], t.columns[i]
		for _, row := range t.rows {
			row[i], row[j] = row[j], row[i]
		}
	case 1: // one less
		if len(t.columns) > 1 {
			t.columns = slices.Delete(t.columns, i, i+1)
			for n, row := range t.rows {
				t.rows[n] = slices.Delete(row, i, i+1)
			}
		}
	case 2: // one more
		if slices.ContainsFunc(t.columns, func(c columnar.Column) bool { return c.Name == name }) {
			return
		}
		empty := r.IntN(2) == 0
		t.columns = slices.Insert(t.columns, i, columnar.Column{Name: name, Type: randomType(r)})
		for n, row := range t.rows {
			var cell any
			if !empty {
				cell = randomCell(r, t.columns[i].Type)
			}
			t.rows[n] = slices.Insert(row, i, cell)
		}
	default: // another type
		t.columns[i].Type = randomType(r)
		for _, row := range t.rows {
			row[i] = randomCell(r, t.columns[i].Type)
		}
	}
}
