package schema

import (
	"sync"
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

	fields  *object // what becomes of the properties of a row's object; nil if rows cannot come from objects
	extra   int     // column of _extra, or -1
	value   int     // column of _value, or -1
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

	schema  *Schema
	origins []string  // by column of the first table: the location of the schema that declares it
	scratch sync.Pool // of *walker
}

// object says what becomes of the properties of an object.
type object struct {
	fields map[string]*field
}

// field says what becomes of one property.
type field struct {
	kind   fieldKind
	column int     // first column
	second int     // column of the exact decimal, or of the earliest day; the latest follows it
	typ    Type    // of the first column
	nested *object // fieldObject
	table  int     // fieldTable
}

type fieldKind uint8

const (
	fieldScalar fieldKind = iota
	fieldNumber           // and the literal as written
	fieldEDTF             // and its first and last day
	fieldJSON
	fieldObject
	fieldTable
)

// hasColumn tells whether the property has a column of its own.
func (f *field) hasColumn() bool { return f != nil && f.kind < fieldObject }
