package delta

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"stemma/build/columnar"
)

func ordinals(names ...string) (columns []columnar.Column) {
	for _, name := range names {
		columns = append(columns, columnar.Column{Name: name, Type: columnar.Int64})
	}
	return columns
}

// Which columns identify the rows of a table.
func TestKeys(t *testing.T) {
	t.Parallel() // it mostly waits for the disk
	for name, c := range map[string]struct {
		columns  []columnar.Column
		rows     [][]any
		kind     string
		declared string // datapackage.json
		want     []string
	}{
		"an id":                     {columns: text("a", "id"), rows: [][]any{{"x", "1"}, {"x", "2"}}, want: []string{"id"}},
		"an id that is there twice": {columns: text("a", "id"), rows: [][]any{{"x", "1"}, {"x", "1"}}},
		"a stated key": {
			columns: text("id", "code"), rows: [][]any{{"x", "1"}, {"y", "2"}}, want: []string{"code"},
			declared: `{"resources": [{"name": "t", "schema": {"primaryKey": ["code"]}}]}`,
		},
		"a stated key that is none": {
			columns: text("id", "code"), rows: [][]any{{"x", "1"}, {"y", "1"}}, want: []string{"id"},
			declared: `{"resources": [{"name": "t", "schema": {"primaryKey": ["code"]}}]}`,
		},
		"a stated key that is nowhere": {
			columns: text("id", "code"), rows: [][]any{{"x", "1"}, {"y", "1"}}, want: []string{"id"},
			declared: `{"resources": [{"name": "t", "schema": {"primaryKey": ["no"]}}, {"name": 7}, null, {"name": "t2", "schema": []}]}`,
		},
		"a description that is no JSON": {columns: text("id"), rows: [][]any{{"x"}}, want: []string{"id"}, declared: `{`},
		"a child table": {
			columns: append(append(text("event_id"), ordinals("a_ordinal", "b_ordinal")...), text("x")...),
			rows:    [][]any{{"e", int64(0), int64(0), "x"}, {"e", int64(0), int64(1), "x"}}, want: []string{"event_id", "a_ordinal", "b_ordinal"},
		},
		"a child table of records without ids": {
			columns: slices.Concat(text("record_path"), ordinals("record_index", "a_ordinal"), text("x")),
			rows:    [][]any{{"p", int64(0), int64(0), "x"}, {"p", int64(1), int64(0), "x"}}, want: []string{"record_path", "record_index", "a_ordinal"},
		},
		"records without ids": {
			columns: slices.Concat(text("x", "record_path"), ordinals("record_index")),
			rows:    [][]any{{"x", "p", int64(0)}, {"x", "p", int64(1)}}, want: []string{"record_path", "record_index"},
		},
		"a null in a key": {
			columns: text("question_id", "claim_key", "derivation"), kind: "disagreement",
			rows: [][]any{{"q", "c", nil}, {"q", "c", ""}}, want: []string{"question_id", "claim_key", "derivation"},
		},
		"the name of a computed key elsewhere": {columns: text("measure"), kind: "thing", rows: [][]any{{"x"}}},
	} {
		tab := table{name: "t", kind: c.kind, columns: c.columns, rows: c.rows}
		old, now := writeRelease(t, "0.1.0", tab), writeRelease(t, "0.2.0", tab)
		if c.declared != "" {
			if err := os.WriteFile(filepath.Join(now, "datapackage.json"), []byte(c.declared), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		d, to := write(t, old, now)
		if got := d.Tables[0].Key; !slices.Equal(got, c.want) {
			t.Errorf("%s: the key is %q, want %q", name, got, c.want)
		}
		if problems := verify(t, to, old, now); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

// A key has to tell rows apart in both tables, with one type.
func TestKeysOfBothTables(t *testing.T) {
	one := table{name: "t", columns: text("id", "x"), rows: [][]any{{"1", "a"}, {"2", "b"}}}
	twice := table{name: "t", columns: text("id", "x"), rows: [][]any{{"1", "a"}, {"1", "b"}}}
	number := table{name: "t", columns: append(ordinals("id"), text("x")...), rows: [][]any{{int64(1), "a"}, {int64(2), "b"}}}
	for _, pair := range [][2]table{{one, twice}, {twice, one}, {one, number}} {
		if d, _ := write(t, writeRelease(t, "0.1.0", pair[0]), writeRelease(t, "0.2.0", pair[1])); len(d.Tables[0].Key) > 0 {
			t.Errorf("%q does not tell the rows of both tables apart", d.Tables[0].Key)
		}
	}
}
