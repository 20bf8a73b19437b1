package schema

import (
	"fmt"
	"slices"
	"strings"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// A schema can describe more columns than any reader can open: definitions that
// use each other twice double them at every level.
const (
	maxColumns = 20_000
	// manyColumns is where definitions that use each other are no longer spelled
	// out until one comes back to itself; they become canonical JSON where they
	// enter the circle.
	manyColumns = 2_000
)

// NewPlan derives the tables of a kind from its schema. Renamed columns are
// reported as warnings at the schema; a schema that describes too many columns
// is an error, and its plan must not be used.
func NewPlan(kind, table, id string, s *Schema) (*Plan, diag.List) {
	b := newPlanner(kind, table, id, s, nil, manyColumns)
	if b.columns > manyColumns {
		b = newPlanner(kind, table, id, s, findCycles(s.compiled), maxColumns)
	}
	if b.columns > maxColumns {
		b.list = append(b.list, diag.New(diag.SchemaInvalid, diag.Place{File: s.Path}, "",
			fmt.Sprintf("the tables of this schema would have more than %d columns", maxColumns),
			"describe less of the records: what has no properties of its own becomes one column of JSON"))
	}
	for i, t := range b.plan.Tables {
		b.uniqueNames(t, b.origins[i])
	}
	b.plan.origins = b.origins[0]
	return b.plan, b.list
}

func newPlanner(kind, table, id string, s *Schema, cycles *cycles, limit int) *planner {
	_, description := s.Title()
	b := &planner{
		plan:         &Plan{Kind: kind, ID: id, schema: s},
		schema:       s,
		limit:        limit,
		declarations: declarations{s.catalog, cycles},
		prober:       prober{s.compiled, map[probe]typeSet{}},
	}
	root, _ := b.flatten([]declaration{{schema: s.compiled}})
	t := b.table(table, description, -1, nil)
	possible := b.ask(nil, askTypes)
	if possible&typeObject != 0 {
		b.object(t, place{all: root}, []string{kind}, nil)
	}
	b.finish(t, possible)
	return b
}

type planner struct {
	declarations
	prober
	plan    *Plan
	schema  *Schema
	columns int
	limit   int        // where planning ends, because there are too many columns
	residue []bool     // by table: something can be left without a column
	origins [][]string // by table and column: where the schema declares it
	list    diag.List
}

// place is a place in a record with all that declares it.
type place struct {
	name   string
	column string // name of its column, or what those of its parts begin with
	path   []step
	given  []declaration // before what they apply in place
	all    []declaration
}

// table starts a table with the key columns of its rows.
func (b *planner) table(name, description string, parent int, ordinals []string) *Table {
	t := &Table{Name: name, Description: description, Parent: parent, extra: -1, value: -1, id: -1, path: -1, index: -1}
	b.plan.Tables = append(b.plan.Tables, t)
	b.residue = append(b.residue, false)
	b.origins = append(b.origins, nil)
	if parent < 0 {
		return t
	}
	if b.plan.ID != "" {
		t.id = b.add(t, b.plan.Kind+"_"+idName(b.plan.ID), b.idType(), "The id of the "+b.plan.Kind+" that this row belongs to.", "")
	} else {
		b.origin(t)
	}
	for _, property := range ordinals {
		t.ordinal = append(t.ordinal, b.add(t, property+"_ordinal", Type{Scalar: Int64},
			"The position in the list \""+property+"\", from 0, as in a JSON Pointer.", ""))
	}
	return t
}

func (b *planner) origin(t *Table) {
	t.path = b.add(t, "record_path", Type{}, "The file that holds the record, relative to the dataset.", "")
	if b.plan.ID == "" {
		t.index = b.add(t, "record_index", Type{Scalar: Int64}, "The position of the record in its file, from 0.", "")
	}
}

// idType is the type of the id's column in the first table; that is planned
// before any child table begins.
func (b *planner) idType() Type {
	first := b.plan.Tables[0]
	if f := first.fields.at(IDPointer(b.plan.ID)); f.hasColumn() {
		return f.typ
	}
	return Type{}
}

func (o *object) field(name string) *field {
	if o == nil {
		return nil
	}
	return o.fields[name]
}

// at gives the field that a JSON Pointer leads to through nested objects.
func (o *object) at(pointer string) *field {
	token, rest := strictjson.CutToken(pointer)
	f := o.field(token)
	if rest == "" || f == nil {
		return f
	}
	return f.nested.at(rest)
}

// IDPointer gives the JSON Pointer (RFC 6901) of the property that holds the
// ids of a kind, as dataset.json names it: by its name, or by a pointer where it
// lies deeper in the record.
func IDPointer(id string) string {
	if strings.HasPrefix(id, "/") {
		return id
	}
	return strictjson.AppendToken("", id)
}

// idName is the name of the property that holds the ids.
func idName(id string) string {
	name := id
	for rest := IDPointer(id); rest != ""; {
		name, rest = strictjson.CutToken(rest)
	}
	return name
}

// add appends a column; origin is the location of the schema that declares it.
func (b *planner) add(t *Table, name string, typ Type, description, origin string) int {
	i := slices.Index(b.plan.Tables, t)
	t.Columns = append(t.Columns, Column{name, typ, description})
	b.origins[i] = append(b.origins[i], origin)
	b.columns++
	return len(t.Columns) - 1
}

// mayLeave notes that something in a row of the table may have no column.
func (b *planner) mayLeave(t *Table, may bool) {
	i := slices.Index(b.plan.Tables, t)
	b.residue[i] = b.residue[i] || may
}

// enforce notes whether a value of another type than the column's can occur.
func (b *planner) enforce(t *Table, path []step, admitted typeSet) {
	if admitted&typeNumber != 0 {
		admitted |= typeInteger
	}
	b.mayLeave(t, b.ask(path, askTypes)&^(admitted|typeNull) != 0)
}

// pending is a child table that is planned once its parent's columns are.
type pending struct {
	f        *field
	entry    place
	property place
	names    []string
}

// object plans the properties of a row's object and then its child tables, so
// that a table's columns and the tables themselves are in the order of the schema.
func (b *planner) object(t *Table, at place, names, ordinals []string) {
	parent := len(b.plan.Tables) - 1
	var children []pending
	t.fields = &object{map[string]*field{}}
	b.properties(t, t.fields, at, names, &children)
	for _, c := range children {
		if b.columns > b.limit {
			return
		}
		levels := append(slices.Clone(ordinals), c.property.name)
		child := b.table(strings.Join(c.names, "_"), b.first(c.property.all, "description"), parent, levels)
		c.f.table = len(b.plan.Tables) - 1
		b.object(child, c.entry, c.names, levels)
		b.finish(child, b.ask(c.entry.path, askTypes))
	}
}

// properties plans the declared properties of an object whose columns stand in
// a row of the table.
func (b *planner) properties(t *Table, into *object, at place, names []string, children *[]pending) {
	b.mayLeave(t, b.ask(at.path, b.askOpen()) != 0)
	for _, p := range b.declarations.properties(at.all) {
		if b.columns > b.limit {
			return
		}
		if p.name == "$schema" && len(at.path) == 0 {
			continue // a hint for editors
		}
		f := &field{kind: fieldJSON}
		into.fields[p.name] = f
		prop := place{name: p.name, column: at.column + p.name, path: append(slices.Clone(at.path), step{name: p.name}), given: p.declared}
		all, recursive := b.flatten(p.declared)
		if recursive {
			prop.all = p.declared // nothing else was entered
			b.json(t, f, prop)
			continue
		}
		prop.all = all
		b.property(t, f, prop, append(slices.Clone(names), p.name), children)
	}
}

func (b *planner) property(t *Table, f *field, prop place, names []string, children *[]pending) {
	declared := types(prop.all)
	switch {
	case isScalar(declared):
		b.enforce(t, prop.path, declared)
		b.scalar(t, f, prop, declared)
	case declared == typeArray:
		b.listOf(t, f, prop, names, children)
	case declared == typeObject && len(b.declarations.properties(prop.all)) > 0:
		b.enforce(t, prop.path, typeObject)
		b.mayLeave(t, b.ask(prop.path, askEmptyObject) != 0)
		f.kind, f.nested = fieldObject, &object{map[string]*field{}}
		prop.column += "_"
		b.properties(t, f.nested, prop, names, children)
	default:
		b.json(t, f, prop)
	}
}

// listOf plans a property that holds a list.
func (b *planner) listOf(t *Table, f *field, prop place, names []string, children *[]pending) {
	entry := prop
	entry.path = append(slices.Clone(prop.path), step{entries: true})
	var recursive bool
	entry.all, recursive = b.flatten(b.items(prop.all))
	declared := types(entry.all)
	switch {
	case recursive:
		b.json(t, f, prop)
	case isScalar(declared):
		b.enforce(t, prop.path, typeArray)
		b.enforce(t, entry.path, declared)
		f.typ.List = true
		b.scalar(t, f, entry, declared)
	case declared == typeObject && len(b.declarations.properties(entry.all)) > 0:
		b.enforce(t, prop.path, typeArray)
		b.mayLeave(t, b.ask(prop.path, askEmptyArray) != 0)
		f.kind = fieldTable
		entry.column = ""
		*children = append(*children, pending{f, entry, prop, names})
	default:
		b.json(t, f, prop)
	}
}

func (b *planner) json(t *Table, f *field, prop place) {
	f.kind = fieldJSON
	f.column = b.add(t, prop.column, Type{}, b.first(prop.all, "description"), prop.given[0].schema.Location)
}

// scalar plans a property that holds a scalar, or a list of them; at is the
// place of the scalar itself.
func (b *planner) scalar(t *Table, f *field, at place, declared typeSet) {
	xformat := b.texts(at.all, keywordFormat)
	f.kind, f.typ.Scalar = fieldScalar, scalarOf(declared)
	if formats := b.texts(at.all, "format"); f.typ.Scalar == Text && len(xformat) == 0 && len(formats) == 1 {
		b.dated(t, f, at, formats[0])
	}
	location := at.given[0].schema.Location
	description := b.first(b.described(at), "description")
	f.column = b.add(t, at.column, f.typ, description, location)
	switch {
	case f.typ.Scalar == Float64:
		f.kind = fieldNumber
		f.second = b.add(t, at.column+"_exact", Type{Text, f.typ.List}, "The number in \""+at.column+"\" exactly as it was written.", location)
	case f.typ == Type{} && len(xformat) == 1 && xformat[0] == formatEDTF:
		f.kind = fieldEDTF
		stem, ok := strings.CutSuffix(at.column, "edtf")
		if !ok {
			stem = at.column + "_"
		}
		f.second = b.add(t, stem+"earliest", Type{Scalar: Date}, "The first day that \""+at.column+"\" admits; null if it has no beginning.", location)
		b.add(t, stem+"latest", Type{Scalar: Date}, "The last day that \""+at.column+"\" admits; null if it has no end.", location)
	}
}

// described gives the declarations of the property itself, not of its entries.
func (b *planner) described(at place) []declaration {
	all, _ := b.flatten(at.given)
	return all
}

// dated gives a text with a format for dates the type of its column.
func (b *planner) dated(t *Table, f *field, at place, format string) {
	switch format {
	case "date":
		f.typ.Scalar = Date
		b.mayLeave(t, b.ask(at.path, askFormat(format)) != 0)
	case "date-time":
		f.typ.Scalar = Timestamp
		b.mayLeave(t, true) // instants have many spellings
	}
}

// finish adds the columns that follow those of the schema.
func (b *planner) finish(t *Table, possible typeSet) {
	if b.residue[slices.Index(b.plan.Tables, t)] {
		t.extra = b.add(t, "_extra", Type{}, "What the record says here beyond the columns of this table, as canonical JSON at its place.", "")
	}
	if possible&^typeObject != 0 {
		t.value = b.add(t, "_value", Type{}, "The whole value as canonical JSON, where it is no object.", "")
	}
	if t.path < 0 {
		b.origin(t)
	}
	t.sha256 = b.add(t, "record_sha256", Type{}, "The SHA-256 of the record's canonical form, in hexadecimal.", "")
}

// isScalar tells whether values of a declared type become one cell of their own type.
func isScalar(declared typeSet) bool {
	return declared == typeString || declared == typeInteger || declared == typeNumber || declared == typeBoolean
}

func scalarOf(declared typeSet) Scalar {
	switch declared {
	case typeInteger:
		return Int64
	case typeNumber:
		return Float64
	case typeBoolean:
		return Boolean
	}
	return Text
}
