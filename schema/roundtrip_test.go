package schema

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"stemma/internal/strictjson"
)

// rowSet is what the rows of one record were, by table.
type rowSet [][][]Cell

func collect(t testing.TB, p *Plan, record *strictjson.Value) (rowSet, []strictjson.Problem, error) {
	t.Helper()
	rows := make(rowSet, len(p.Tables))
	problems, err := p.Rows(record, Origin{Path: "r.json", SHA256: "0"}, func(table int, row []Cell) error {
		if len(row) != len(p.Tables[table].Columns) {
			t.Fatalf("a row of %s has %d cells", p.Tables[table].Name, len(row))
		}
		rows[table] = append(rows[table], slices.Clone(row))
		return nil
	})
	return rows, problems, err
}

// rebuild is the inverse of Plan.Rows: it makes the record again from the cells
// alone, up to nulls and $schema.
func rebuild(p *Plan, rows rowSet, table int, row []Cell) *strictjson.Value {
	t := p.Tables[table]
	if t.value >= 0 && row[t.value].Valid {
		return mustParse(row[t.value].Str)
	}
	out := &strictjson.Value{Kind: strictjson.Object}
	if t.fields != nil {
		out = rebuildObject(p, rows, t, t.fields, row)
	}
	if t.extra >= 0 && row[t.extra].Valid {
		putBack(out, t.fields, mustParse(row[t.extra].Str))
	}
	return out
}

func rebuildObject(p *Plan, rows rowSet, t *Table, o *object, row []Cell) *strictjson.Value {
	out := &strictjson.Value{Kind: strictjson.Object}
	for name, f := range o.fields {
		var v *strictjson.Value
		switch f.kind {
		case fieldObject:
			if v = rebuildObject(p, rows, t, f.nested, row); len(v.Members) == 0 {
				v = nil
			}
		case fieldTable:
			v = rebuildList(p, rows, t, f.table, row)
		case fieldJSON:
			if row[f.column].Valid {
				v = mustParse(row[f.column].Str)
			}
		case fieldNumber:
			v = uncell(Type{Text, f.typ.List}, row[f.second])
			v = numeral(v)
		default:
			v = uncell(f.typ, row[f.column])
		}
		if v != nil {
			out.Members = append(out.Members, strictjson.Member{Name: name, Value: *v})
		}
	}
	return out
}

// rebuildList finds the child rows by their ordinals, not by their order.
func rebuildList(p *Plan, rows rowSet, parent *Table, table int, row []Cell) *strictjson.Value {
	t := p.Tables[table]
	var elems []strictjson.Value
	for next := 0; ; next++ {
		i := slices.IndexFunc(rows[table], func(child []Cell) bool {
			for i, column := range parent.ordinal {
				if child[t.ordinal[i]].Int != row[column].Int {
					return false
				}
			}
			return child[t.ordinal[len(t.ordinal)-1]].Int == int64(next)
		})
		if i < 0 {
			break
		}
		elems = append(elems, *rebuild(p, rows, table, rows[table][i]))
	}
	if elems == nil {
		return nil
	}
	return &strictjson.Value{Kind: strictjson.Array, Elems: elems}
}

func uncell(t Type, c Cell) *strictjson.Value {
	if !c.Valid {
		return nil
	}
	if t.List {
		out := &strictjson.Value{Kind: strictjson.Array}
		for _, e := range c.List {
			if v := uncell(Type{Scalar: t.Scalar}, e); v != nil {
				out.Elems = append(out.Elems, *v)
			} else {
				out.Elems = append(out.Elems, strictjson.Value{})
			}
		}
		return out
	}
	switch t.Scalar {
	case Boolean:
		return &strictjson.Value{Kind: strictjson.Bool, Bool: c.Int == 1}
	case Int64:
		return &strictjson.Value{Kind: strictjson.Number, Text: strconv.FormatInt(c.Int, 10)}
	case Date:
		return text(time.Unix(c.Int*86400, 0).UTC().Format("2006-01-02"))
	case Timestamp:
		return text(time.UnixMicro(c.Int).UTC().Format("2006-01-02T15:04:05.999999Z"))
	}
	return text(c.Str)
}

func text(s string) *strictjson.Value { return &strictjson.Value{Kind: strictjson.String, Text: s} }

func numeral(v *strictjson.Value) *strictjson.Value {
	switch {
	case v == nil:
		return nil
	case v.Kind == strictjson.Array:
		for i := range v.Elems {
			v.Elems[i] = *numeral(&v.Elems[i])
		}
	case v.Kind == strictjson.String:
		v.Kind = strictjson.Number
	}
	return v
}

// putBack merges what had no column into an object, at its place.
func putBack(into *strictjson.Value, o *object, residue *strictjson.Value) {
	for _, m := range residue.Members {
		f := o.field(m.Name)
		at := into.Member(m.Name)
		switch {
		case at == nil:
			into.Members = append(into.Members, m)
		case f != nil && f.kind == fieldObject && m.Value.Kind == strictjson.Object && len(m.Value.Members) > 0:
			putBack(&at.Value, f.nested, &m.Value)
		default:
			at.Value = m.Value
		}
	}
}

// plain takes out of a record what a table cannot tell from nothing: nulls of
// declared properties, nested objects in which nothing else stands, $schema.
func plain(p *Plan, table int, o *object, v *strictjson.Value, root bool) *strictjson.Value {
	if v.Kind != strictjson.Object || o == nil {
		return v
	}
	out := &strictjson.Value{Kind: strictjson.Object}
	for _, m := range v.Members {
		f := o.fields[m.Name]
		switch {
		case root && m.Name == "$schema", f != nil && m.Value.Kind == strictjson.Null:
			continue
		case f != nil && f.kind == fieldObject && m.Value.Kind == strictjson.Object && len(m.Value.Members) > 0:
			m.Value = *plain(p, table, f.nested, &m.Value, false)
			if len(m.Value.Members) == 0 {
				continue
			}
		case f != nil && f.kind == fieldTable && m.Value.Kind == strictjson.Array:
			list := strictjson.Value{Kind: strictjson.Array}
			for i := range m.Value.Elems {
				list.Elems = append(list.Elems, *plain(p, f.table, p.Tables[f.table].fields, &m.Value.Elems[i], false))
			}
			m.Value = list
		}
		out.Members = append(out.Members, m)
	}
	return out
}

func mustParse(s string) *strictjson.Value {
	v, problems := strictjson.Parse([]byte(s))
	if problems != nil {
		panic(problems[0].Message + ": " + s)
	}
	return v
}

// checkNothingIsDropped rebuilds a record that the schema accepts from its rows.
func checkNothingIsDropped(t testing.TB, p *Plan, record *strictjson.Value) {
	t.Helper()
	rows, problems, err := collect(t, p, record)
	if err != nil {
		t.Fatalf("%s: %v", show(record), err)
	}
	if len(problems) > 0 {
		return // refused, not dropped
	}
	if len(rows[0]) != 1 {
		t.Fatalf("the record has %d rows", len(rows[0]))
	}
	want := strictjson.AppendCanonical(nil, plain(p, 0, p.Tables[0].fields, record, true))
	got := strictjson.AppendCanonical(nil, rebuild(p, rows, 0, rows[0][0]))
	if string(want) != string(got) {
		t.Fatalf("rebuilt from its rows, the record is another one\nwant %s\ngot  %s", want, got)
	}
}

func load(t testing.TB, text string) *Schema {
	t.Helper()
	c, list := Load([]File{{Path: "schema/s.json", Data: []byte(text)}}, nil)
	if list.HasErrors() {
		return nil
	}
	s := c.Schema("schema/s.json")
	if s == nil {
		t.Fatalf("a schema without errors cannot be used: %s", text)
	}
	return s
}

func TestNothingIsDropped(t *testing.T) {
	g := &generator{Rand: rand.New(rand.NewPCG(1, 2))}
	accepted, schemas := 0, 0
	for range 700 {
		text := g.schemaText()
		s := load(t, text)
		if s == nil {
			continue // an endless circle of references
		}
		schemas++
		p, list := NewPlan("k", "ks", g.one([]string{"", "a"}), s)
		if list.HasErrors() {
			t.Fatal(list[0].Message)
		}
		for range 25 {
			record := mustParse(g.record(s.Shape(), 5))
			if s.validate(record) != nil {
				continue
			}
			accepted++
			checkNothingIsDropped(t, p, record)
			if t.Failed() {
				t.Fatal(text)
			}
		}
	}
	if schemas < 400 || accepted < 3500 {
		t.Errorf("only %d schemas and %d records were tried", schemas, accepted)
	}
	t.Logf("%d schemas, %d records", schemas, accepted)
}

// TestNothingIsDroppedOfRecords does the same with the repository's own records.
func TestNothingIsDroppedOfRecords(t *testing.T) {
	for _, kind := range []string{"source", "actor", "place", "measure", "event", "claim"} {
		s := ownSchema(t, kind)
		p, _ := NewPlan(kind, kind+"s", "id", s)
		paths, _ := filepath.Glob("../records/" + kind + "s/*.json")
		if len(paths) == 0 {
			t.Errorf("no records of the kind %s", kind)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			record := mustParse(string(data))
			if problems := s.Check(record); len(problems) > 0 {
				t.Fatalf("%s: %s", path, problems[0].Message)
			}
			checkNothingIsDropped(t, p, record)
		}
	}
}

func ownSchema(t testing.TB, kind string) *Schema {
	t.Helper()
	entries, err := Embedded.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var files []File
	for _, e := range entries {
		data, err := Embedded.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, File{Path: "schema/" + e.Name(), Data: data})
	}
	c, list := Load(files, []string{"source", "actor", "place", "measure", "event", "claim"})
	if list.HasErrors() {
		t.Fatal(list[0])
	}
	return c.Schema("schema/" + kind + ".schema.json")
}
