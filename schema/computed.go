package schema

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"golang.org/x/text/cases"

	"stemma/internal/diag"
)

// Computed is the plan of a table whose rows are computed. They come from no
// single record, so no columns lead back to one; all else is as in other tables.
type Computed struct {
	*Table
	Fields []Field // the properties of the schema, in its order
}

// Field is one property of a computed table and where its value goes.
type Field struct {
	Name   string // of the property
	Type   Type   // of its column
	Column int    // index of its column
	Exact  int    // index of the column with the exact text of a number, else -1
}

// NewComputed derives a computed table from the schema of its rows. The rows of
// such a table are closed objects of scalars and of lists of scalars; anything
// else is an error.
func NewComputed(name string, s *Schema) (*Computed, error) {
	b := newPlanner("", name, "", s, nil, manyColumns)
	t := b.plan.Tables[0]
	if b.columns > manyColumns || len(b.plan.Tables) > 1 || t.fields == nil || t.extra >= 0 || t.value >= 0 {
		return nil, fmt.Errorf("%s does not describe closed objects of scalars and of lists of scalars", s.Path)
	}
	t.Columns = slices.Clip(t.Columns[:t.path]) // what follows leads back to a record
	t.path, t.index, t.sha256 = -1, -1, -1
	if b.uniqueNames(t, b.origins[0]); len(b.list) > 0 {
		return nil, fmt.Errorf("%s: %s", s.Path, b.list[0].Message)
	}
	c := &Computed{Table: t}
	for property, f := range t.fields.fields {
		field := Field{Name: property, Type: f.typ, Column: f.column, Exact: -1}
		switch f.kind {
		case fieldScalar:
		case fieldNumber:
			field.Exact = f.second
			t.Columns[f.second].Description = fmt.Sprintf("The number in %q exactly: a decimal, or a fraction p/q in lowest terms.", t.Columns[f.column].Name)
		default:
			return nil, fmt.Errorf("%s: the property %q is neither a scalar nor a list of scalars", s.Path, property)
		}
		c.Fields = append(c.Fields, field)
	}
	slices.SortFunc(c.Fields, func(a, b Field) int { return cmp.Compare(a.Column, b.Column) })
	return c, nil
}

// ComputedNames lists the tables that are computed for datasets of stemma's own
// model, in the order in which a release lists them. The schema of each is
// embedded; no other table of such a dataset may have its name.
func ComputedNames() []string {
	return []string{"disagreement", "question_claims", "sensitivity", "measure_statistics"}
}

// ComputedTables gives the plans of the tables in ComputedNames.
func ComputedTables() ([]*Computed, error) { return computed() }

var computed = sync.OnceValues(func() ([]*Computed, error) { return embeddedTables(ComputedNames()...) })

// VersionColumns gives the columns that the first table of every kind with ids
// has besides those of its schema: first_version and changed_version.
func VersionColumns() ([]Column, error) { return versionColumns() }

var versionColumns = sync.OnceValues(func() ([]Column, error) {
	tables, err := embeddedTables("versions")
	if err != nil {
		return nil, err
	}
	return tables[0].Columns, nil
})

// embeddedTables gives the plans of tables whose schemas are embedded.
func embeddedTables(names ...string) ([]*Computed, error) {
	var files []File
	for _, name := range names {
		data, err := fs.ReadFile(Embedded, name+".schema.json")
		if err != nil {
			return nil, err
		}
		files = append(files, File{Path: name + ".schema.json", Data: data})
	}
	c, list := Load(files, nil)
	if list.HasErrors() {
		return nil, fmt.Errorf("stemma's own schemas are broken: %v", list[0])
	}
	var out []*Computed
	for i, name := range names {
		t, err := NewComputed(name, c.Schema(files[i].Path))
		if err != nil {
			return nil, fmt.Errorf("stemma's own schemas are broken: %w", err)
		}
		out = append(out, t)
	}
	return out, nil
}

// With gives the plan with one more column in its first table, right before
// record_path. Its cells are computed: Rows leaves them null, and at is where
// they go. A column of the schema that has the name already, after case folding,
// is a finding at the place that declares it.
func (p *Plan) With(c Column) (with *Plan, at int, list diag.List) {
	for _, i := range p.named(c.Name) {
		d := p.schema.renamed(p.origins[i], fmt.Sprintf("the column %q of the table %q has the name of a column that stemma computes", p.Tables[0].Columns[i].Name, p.Tables[0].Name))
		d.Severity, d.Help = diag.Error, "give the property another name; neither of the two is renamed, because tables are joined by this column"
		list = append(list, d)
	}
	if len(list) > 0 {
		return nil, 0, list
	}
	with, at = p.insert(c)
	return with, at, nil
}

// WithRenamed is With for a column by which nothing is joined: if its name is
// taken, the column gets another one, as those of a schema do, with a warning.
func (p *Plan) WithRenamed(c Column) (with *Plan, at int, list diag.List) {
	var names []string
	for _, other := range p.Tables[0].Columns {
		names = append(names, other.Name)
	}
	name := Unique(append(names, c.Name))[len(names)]
	for _, i := range p.named(c.Name) {
		list = append(list, p.schema.renamed(p.origins[i], fmt.Sprintf("the column %q of the table %q, which stemma computes, is called %q", c.Name, p.Tables[0].Name, name)))
	}
	c.Name = name
	with, at = p.insert(c)
	return with, at, list
}

// named lists the columns of the first table that have a name, after case folding.
func (p *Plan) named(name string) (out []int) {
	fold := cases.Fold()
	for i, c := range p.Tables[0].Columns {
		if fold.String(c.Name) == fold.String(name) {
			out = append(out, i)
		}
	}
	return out
}

// insert gives the plan with one more column right before record_path.
func (p *Plan) insert(c Column) (with *Plan, at int) {
	first := *p.Tables[0]
	at = first.path
	first.Columns = slices.Insert(slices.Clone(first.Columns), at, c)
	first.path++
	first.sha256++
	if first.index >= 0 {
		first.index++
	}
	with = &Plan{Kind: p.Kind, ID: p.ID, Tables: slices.Clone(p.Tables), schema: p.schema, origins: slices.Insert(slices.Clone(p.origins), at, "")}
	with.Tables[0] = &first
	return with, at
}
