package schema

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// The fields of a computed table are the properties of its schema, in the order
// of the text; each has its columns, with descriptions, and nothing else has.
func TestComputedTables(t *testing.T) {
	tables, err := ComputedTables()
	if err != nil || len(tables) != len(ComputedNames()) {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	for i, table := range tables {
		data, err := fs.ReadFile(Embedded, ComputedNames()[i]+".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		root, problems := strictjson.Parse(data)
		if problems != nil {
			t.Fatal(problems)
		}
		if table.Name != ComputedNames()[i] || table.Description != root.Get("description").Str() || table.Description == "" {
			t.Errorf("the table %q: %q", table.Name, table.Description)
		}
		var properties []string
		for _, m := range root.Get("properties").Members {
			properties = append(properties, m.Name)
		}
		var fields []string
		column := 0
		for _, f := range table.Fields {
			fields = append(fields, f.Name)
			c := table.Columns[f.Column]
			if f.Column != column || c.Name != f.Name || c.Type != f.Type || c.Description != root.Lookup("/properties/"+f.Name+"/description").Str() || c.Description == "" {
				t.Errorf("%s: the property %q has the column %d: %+v", table.Name, f.Name, f.Column, c)
			}
			column++
			if (f.Type == Type{Scalar: Float64}) != (f.Exact >= 0) {
				t.Errorf("%s: %q of type %s has an exact column: %d", table.Name, f.Name, f.Type, f.Exact)
			}
			if f.Exact < 0 {
				continue
			}
			exact := table.Columns[f.Exact]
			if f.Exact != column || exact.Name != f.Name+"_exact" || exact.Type != (Type{}) || !strings.Contains(exact.Description, "p/q") {
				t.Errorf("%s: the exact text of %q is %+v", table.Name, f.Name, exact)
			}
			column++
		}
		if !slices.Equal(fields, properties) || column != len(table.Columns) {
			t.Errorf("%s: fields\n%q\nproperties\n%q\nand %d of %d columns", table.Name, fields, properties, column, len(table.Columns))
		}
	}
}

func TestSchemasThatNoComputedTableHas(t *testing.T) {
	const text = `"p":{"type":"string"}`
	if _, err := NewComputed("t", load(t, closedObject(text, ""))); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"open":                `{"type":"object","properties":{` + text + `}}`,
		"no object":           `{"type":"string"}`,
		"may be no object":    `{"type":["object","string"],"additionalProperties":false,"properties":{` + text + `}}`,
		"no type":             closedObject(`"p":{"enum":["a",1]}`, ""),
		"nested":              closedObject(`"p":`+closedObject(text, `,"required":["p"]`), ""),
		"a list of objects":   closedObject(`"p":{"type":"array","minItems":1,"items":`+closedObject(text, "")+`}`, ""),
		"a free map":          closedObject(`"p":{"type":"object"}`, ""),
		"EDTF":                closedObject(`"p":{"type":"string","x-format":"edtf"}`, ""),
		"names that fold":     closedObject(text+`,"P":{"type":"string"}`, ""),
		"an exact name twice": closedObject(`"p":{"type":"number"},"p_exact":{"type":"string"}`, ""),
	} {
		if c, err := NewComputed("t", load(t, text)); err == nil {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestPlanWithAComputedColumn(t *testing.T) {
	const text = `{"type":"object","properties":{"id":{"type":"string"},"n":{"type":"number"},"l":{"type":"array","items":{"type":"object","properties":{"x":{"type":"string"}}}}}}`
	record, problems := strictjson.Parse([]byte(`{"id":"a","n":1.5,"more":1,"l":[{"x":"y"},{"z":1}]}`))
	if problems != nil {
		t.Fatal(problems)
	}
	added := Column{Name: "question_id", Description: "d"}
	for _, id := range []string{"id", ""} {
		p, _ := NewPlan("k", "ks", id, load(t, text))
		want := rowsText(t, p, record)
		with, at, list := p.With(added)
		if len(list) > 0 {
			t.Fatal(list)
		}
		columns := with.Tables[0].Columns
		if columns[at] != added || columns[at+1].Name != "record_path" || columns[at-1].Name != "_extra" || len(columns) != len(p.Tables[0].Columns)+1 {
			t.Errorf("column %d of %+v", at, columns)
		}
		if got := strings.Replace(rowsText(t, with, record), "0 question_id=null\n", "", 1); got != want {
			t.Errorf("rows\n%s\nwithout the column they are\n%s", got, want)
		}
		if got := rowsText(t, p, record); got != want {
			t.Errorf("the first plan gives other rows now:\n%s", got)
		}
		if _, _, list := with.With(added); len(list) != 1 {
			t.Errorf("the same column twice: %v", list)
		}
	}
}

// A computed column by which nothing is joined makes room for the names that a
// schema uses; the warning is where the schema uses it.
func TestComputedColumnThatIsRenamed(t *testing.T) {
	for name, c := range map[string]struct {
		properties, want string
		found            int
	}{
		"free":         {`"id":{"type":"string"}`, "first_version", 0},
		"taken":        {`"id":{"type":"string"},"first_version":{"type":"integer"}`, "first_version_2", 1},
		"case":         {`"First_Version":{"type":"integer"}`, "first_version_2", 1},
		"twice":        {`"first_version":{"type":"integer"},"first_version_2":{"type":"integer"}`, "first_version_3", 1},
		"only another": {`"first_version_2":{"type":"integer"}`, "first_version", 0},
	} {
		text := closedObject(c.properties, "")
		p, _ := NewPlan("k", "ks", "id", load(t, text))
		with, at, list := p.WithRenamed(Column{Name: "first_version"})
		columns := with.Tables[0].Columns
		if columns[at].Name != c.want || columns[at+1].Name != "record_path" || len(list) != c.found {
			t.Errorf("%s: column %d of %+v, %v", name, at, columns, list)
		}
		for _, d := range list {
			if d.Severity != diag.Warning || d.Code != diag.SchemaColumnName || !strings.Contains(d.Message, c.want) || d.Place.Span.Start.Column < 50 {
				t.Errorf("%s: %+v", name, d)
			}
		}
		for i, column := range p.Tables[0].Columns[:at] {
			if columns[i].Name != column.Name {
				t.Errorf("%s: %q became %q", name, column.Name, columns[i].Name)
			}
		}
	}
}

func TestVersionColumns(t *testing.T) {
	columns, err := VersionColumns()
	if err != nil || len(columns) != 2 || columns[0].Name != "first_version" || columns[1].Name != "changed_version" {
		t.Fatalf("%+v, %v", columns, err)
	}
	for _, c := range columns {
		if (c.Type != Type{}) || !c.Constraints.Required || c.Description == "" {
			t.Errorf("%+v", c)
		}
	}
}

// rowsText gives the cells of all rows of a record, one a line.
func rowsText(t *testing.T, p *Plan, record *strictjson.Value) string {
	t.Helper()
	var out strings.Builder
	problems, err := p.Rows(record, Origin{"path", 7, "sum"}, func(table int, row []Cell) error {
		for i, c := range row {
			text := "null"
			if c.Valid {
				text = fmt.Sprintf("%s %d %v", c.Str, c.Int, c.Float)
			}
			fmt.Fprintf(&out, "%d %s=%s\n", table, p.Tables[table].Columns[i].Name, text)
		}
		return nil
	})
	if err != nil || problems != nil {
		t.Fatalf("%v, %v", problems, err)
	}
	return out.String()
}

// A column of the schema that has the name is found where it is declared,
// however it comes by the name.
func TestComputedColumnWhoseNameIsTaken(t *testing.T) {
	for name, c := range map[string]struct{ schema, marked string }{
		"property": {closedObject(`"question_id":{"type":"string"}`, ""), `{`},
		"case":     {closedObject(`"Question_ID":{"type":"string"}`, ""), `{`},
		"nested":   {closedObject(`"question":{"type":"object","properties":{"id":{"type":"integer"}}}`, ""), `{`},
	} {
		p, _ := NewPlan("k", "ks", "", load(t, c.schema))
		with, _, list := p.With(Column{Name: "question_id"})
		if with != nil || len(list) != 1 || list[0].Severity != diag.Error || list[0].Code != diag.SchemaColumnName {
			t.Errorf("%s: %v", name, list)
			continue
		}
		start := list[0].Place.Span.Start
		if start.Line != 1 || !strings.HasPrefix(c.schema[start.Column-1:], c.marked) || start.Column < 50 {
			t.Errorf("%s: the finding is at %+v", name, list[0].Place)
		}
	}
	p, _ := NewPlan("k", "ks", "", load(t, closedObject("", "")))
	if _, _, list := p.With(Column{Name: "record_PATH"}); len(list) != 1 {
		t.Errorf("a name of stemma's own columns: %v", list)
	}
}
