package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/cases"

	"stemma/internal/diag"
)

// Type is the type of a column: a scalar, or a list of it.
type Type struct {
	Scalar Scalar
	List   bool
}

// Scalar is the type of a cell or of a list's items.
type Scalar uint8

// The scalar types.
const (
	Text      Scalar = iota // UTF-8
	Int64                   // 64 bits, signed
	Float64                 // IEEE 754 binary64, nearest
	Boolean                 //
	Date                    // days since 1970-01-01
	Timestamp               // microseconds since 1970-01-01T00:00:00Z
)

// String names the type as Arrow does.
func (t Type) String() string {
	s := [...]string{"utf8", "int64", "float64", "bool", "date32", "timestamp[us, UTC]"}[t.Scalar]
	if t.List {
		return "list<" + s + ">"
	}
	return s
}

// Column is one column of a table. All columns are nullable.
type Column struct {
	Name        string
	Type        Type
	Description string
}

// Table is one table of a plan.
type Table struct {
	Name        string
	Description string
	Columns     []Column
	Parent      int // index of the table whose rows these belong to; -1 for the first

	fields  *object // what becomes of the properties of a row's object
	extra   int     // column of _extra, or -1
	value   int     // column of _value, or -1
	keys    int     // how many of the first columns are keys taken from the parents
	ordinal []int   // columns of the ordinals, outermost first
	id      int     // column of the parent record's id, or -1
	path    int     // column of record_path
	index   int     // column of record_index, or -1
	sha256  int     // column of record_sha256
}

// Plan says which tables the records of one kind become. It is derived from the
// schema alone, by the rules in docs/releases.md; Tables[0] has a row for each
// record, the others one for each object in a list.
type Plan struct {
	Kind   string
	ID     string // the property that holds the id; empty for kinds without ids
	Tables []*Table
}

// object says what becomes of the properties of an object.
type object struct {
	fields map[string]*field
}

// field says what becomes of one property.
type field struct {
	name   string
	kind   fieldKind
	column int     // first column
	second int     // column of the exact decimal, or of the earliest day; the latest follows it
	types  Type    // of the first column
	nested *object // fieldObject
	table  int     // fieldTable
}

type fieldKind uint8

const (
	fieldScalar fieldKind = iota
	fieldNumber           // and the literal as written
	fieldEDTF             // and its first and last day
	fieldObject
	fieldTable
	fieldJSON
)

// NewPlan derives the tables of a kind from its schema. Renamed columns are
// reported as warnings at the schema.
func NewPlan(kind, table, id string, s *Schema) (*Plan, diag.List) {
	_, description := s.Title()
	b := planner{plan: &Plan{Kind: kind, ID: id}, schema: s.Path}
	t := b.table(table, description, -1, s.root, nil)
	b.object(t, s.root, "", []string{kind}, nil)
	b.finish(t, s.root)
	for _, t := range b.plan.Tables {
		b.uniqueNames(t)
	}
	return b.plan, b.list
}

type planner struct {
	plan   *Plan
	schema string
	list   diag.List
}

// table starts a table with the key columns of its rows.
func (b *planner) table(name, description string, parent int, shape *Shape, ordinals []string) *Table {
	t := &Table{Name: name, Description: description, Parent: parent, extra: -1, value: -1, id: -1, path: -1, index: -1}
	b.plan.Tables = append(b.plan.Tables, t)
	if parent >= 0 {
		if b.plan.ID != "" {
			t.id = t.add(b.plan.Kind+"_"+b.plan.ID, b.idType(), "The id of the "+b.plan.Kind+" that this row belongs to.")
		} else {
			b.keyByRecord(t)
		}
		for _, property := range ordinals {
			t.ordinal = append(t.ordinal, t.add(property+"_ordinal", Type{Scalar: Int64},
				"The position in the list \""+property+"\", from 0, as in a JSON Pointer."))
		}
		t.keys = len(t.Columns)
	}
	return t
}

func (b *planner) keyByRecord(t *Table) {
	t.path = t.add("record_path", Type{}, "The file that holds the record, relative to the dataset.")
	t.index = t.add("record_index", Type{Scalar: Int64}, "The position of the record in its file, from 0.")
}

// idType is the type of the id column of the first table; it is known once the
// properties of the record were planned, before any child table begins.
func (b *planner) idType() Type {
	first := b.plan.Tables[0]
	if first.fields != nil {
		if f := first.fields.fields[b.plan.ID]; f != nil {
			return first.Columns[f.column].Type
		}
	}
	return Type{}
}

func (t *Table) add(name string, typ Type, description string) int {
	t.Columns = append(t.Columns, Column{name, typ, description})
	return len(t.Columns) - 1
}

// pending is a child table that is planned once its parent's columns are.
type pending struct {
	f     *field
	shape *Shape
	path  []string
	name  string
	text  string
}

// object plans the properties of a row's object and then its child tables, so
// that a table's columns and the tables themselves are in the order of the schema.
func (b *planner) object(t *Table, shape *Shape, prefix string, path, ordinals []string) {
	parent := len(b.plan.Tables) - 1
	var children []pending
	t.fields = &object{map[string]*field{}}
	b.properties(t, t.fields, shape, prefix, path, &children)
	for _, c := range children {
		levels := append(slices.Clone(ordinals), c.name)
		child := b.table(strings.Join(c.path, "_"), c.text, parent, c.shape, levels)
		c.f.table = len(b.plan.Tables) - 1
		b.object(child, c.shape, "", c.path, levels)
		b.finish(child, c.shape)
	}
}

func (b *planner) properties(t *Table, into *object, shape *Shape, prefix string, path []string, children *[]pending) {
	for _, p := range shape.Props {
		if p.Name == "$schema" && prefix == "" && t.Parent < 0 {
			continue
		}
		f := &field{name: p.Name}
		into.fields[p.Name] = f
		name := prefix + p.Name
		switch item := itemShape(p.Shape); {
		case isScalar(p.Shape):
			b.scalar(t, f, name, p.Shape, p.Description, false)
		case item != nil && isScalar(item):
			b.scalar(t, f, name, item, p.Description, true)
		case isObject(p.Shape):
			f.kind, f.nested = fieldObject, &object{map[string]*field{}}
			b.properties(t, f.nested, p.Shape, name+"_", append(slices.Clone(path), p.Name), children)
		case item != nil && isObject(item):
			f.kind = fieldTable
			*children = append(*children, pending{f, item, append(slices.Clone(path), p.Name), p.Name, p.Description})
		default:
			f.kind = fieldJSON
			f.column = t.add(name, Type{}, p.Description)
		}
	}
}

func (b *planner) scalar(t *Table, f *field, name string, s *Shape, description string, list bool) {
	f.types = Type{scalarOf(s), list}
	f.column = t.add(name, f.types, description)
	switch {
	case f.types.Scalar == Float64:
		f.kind = fieldNumber
		f.second = t.add(name+"_exact", Type{Text, list}, "The number in \""+name+"\" exactly as it was written.")
	case s.XFormat == formatEDTF && !list && f.types.Scalar == Text:
		f.kind = fieldEDTF
		stem, ok := strings.CutSuffix(name, "edtf")
		if !ok {
			stem = name + "_"
		}
		f.second = t.add(stem+"earliest", Type{Scalar: Date}, "The first day that \""+name+"\" admits; null if it has no beginning.")
		t.add(stem+"latest", Type{Scalar: Date}, "The last day that \""+name+"\" admits; null if it has no end.")
	}
}

// finish adds the columns that follow those of the schema.
func (b *planner) finish(t *Table, shape *Shape) {
	if mayLeaveResidue(shape, t.Parent < 0, map[*Shape]bool{}) {
		t.extra = t.add("_extra", Type{}, "What the record says here beyond the columns of this table, as canonical JSON at its place.")
	}
	if !shape.Enforced || shape.Nullable || len(shape.Types) != 1 || shape.Types[0] != "object" {
		t.value = t.add("_value", Type{}, "The whole value as canonical JSON, where it is no object.")
	}
	if t.path < 0 {
		t.path = t.add("record_path", Type{}, "The file that holds the record, relative to the dataset.")
		if b.plan.ID == "" {
			t.index = t.add("record_index", Type{Scalar: Int64}, "The position of the record in its file, from 0.")
		}
	}
	t.sha256 = t.add("record_sha256", Type{}, "The SHA-256 of the record's canonical form, in hexadecimal.")
}

// mayLeaveResidue tells whether a valid object of a shape can hold anything
// that its table has no column for.
func mayLeaveResidue(s *Shape, root bool, seen map[*Shape]bool) bool {
	if seen[s] {
		return false
	}
	seen[s] = true
	if !s.Closed {
		return true
	}
	for _, p := range s.Props {
		if root && p.Name == "$schema" {
			continue
		}
		item := itemShape(p.Shape)
		switch {
		case isScalar(p.Shape):
			if !p.Enforced || scalarOf(p.Shape) == Timestamp {
				return true
			}
		case item != nil && isScalar(item):
			if !p.Enforced || !item.Enforced || scalarOf(item) == Timestamp {
				return true
			}
		case isObject(p.Shape):
			if !p.Enforced || p.MayBeEmpty || mayLeaveResidue(p.Shape, false, seen) {
				return true
			}
		case item != nil && isObject(item):
			if !p.Enforced || p.MayBeEmpty {
				return true
			}
		}
	}
	return false
}

// isScalar tells whether a place becomes one cell of its own type.
func isScalar(s *Shape) bool {
	return !s.Recursive && len(s.Types) == 1 && s.Types[0] != "object" && s.Types[0] != "array"
}

func scalarOf(s *Shape) Scalar {
	switch s.Types[0] {
	case "integer":
		return Int64
	case "number":
		return Float64
	case "boolean":
		return Boolean
	}
	switch s.Format {
	case "date":
		return Date
	case "date-time":
		return Timestamp
	}
	return Text
}

// isObject tells whether a place becomes columns of its own or a child table.
func isObject(s *Shape) bool {
	return !s.Recursive && len(s.Types) == 1 && s.Types[0] == "object" && len(s.Props) > 0
}

// itemShape gives the shape of the items of a list that can become a column or
// a child table, or nil.
func itemShape(s *Shape) *Shape {
	if s.Recursive || len(s.Types) != 1 || s.Types[0] != "array" || s.Items == nil || s.Items.Recursive {
		return nil
	}
	return s.Items
}

// uniqueNames numbers names that are equal after case folding, which many
// databases and the second reader would take for one, and replaces names that
// no reader can spell.
func (b *planner) uniqueNames(t *Table) {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	for i, name := range Unique(names) {
		if old := t.Columns[i].Name; name != old {
			b.list = append(b.list, diag.New(diag.SchemaColumnName, diag.Place{File: b.schema}, "",
				fmt.Sprintf("the column %q of the table %s is called %q", old, t.Name, name), "give the property a name that differs by more than case"))
		}
		t.Columns[i].Name = name
	}
}

// Unique gives names that differ after Unicode case folding: the second of two
// equal ones gets the suffix _2, and so on. An empty name becomes "_", and
// control characters become "_".
func Unique(names []string) []string {
	fold := cases.Fold()
	taken := map[string]bool{}
	for _, n := range names {
		taken[fold.String(n)] = true
	}
	used := map[string]bool{}
	out := make([]string, len(names))
	for i, name := range names {
		name = strings.Map(func(r rune) rune {
			if r < 0x20 || r == 0x7f {
				return '_'
			}
			return r
		}, name)
		if name == "" {
			name = "_"
		}
		unique := name
		for n := 2; used[fold.String(unique)] || (unique != name && taken[fold.String(unique)]); n++ {
			unique = name + "_" + strconv.Itoa(n)
		}
		used[fold.String(unique)] = true
		out[i] = unique
	}
	return out
}
