package schema

import (
	"math/big"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"stemma/internal/strictjson"
)

// Constraints say what holds for a column in every row that comes from valid
// records. They are what the schema demands of all records: what it demands of
// some, under anyOf or then, is no constraint.
type Constraints struct {
	Required bool // no cell is null

	// What follows holds for values, in lists for the items.

	Enum      []string // all values that are allowed, in the order of the schema, as text; nil: any
	Patterns  []string // regular expressions that all find something in the text
	Minimum   string   // a number as the schema writes it; empty: none
	Maximum   string
	MinLength int // of texts, in code points
	MaxLength int // 0: none
	// Refs are the kinds of record whose id a value is (x-ref), wherever the
	// schema says so.
	Refs []string
}

// filled tells whether the column of a property has a value in every row that
// begins at a place above it: the property is always there, and never of a type
// that has no place in the column.
func (b *planner) filled(path []step, admitted typeSet) bool {
	row := 0 // where the path of a row's object ends
	for i, s := range path {
		if s.entries {
			row = i + 1
		}
	}
	for i := row; i < len(path); i++ {
		if b.ask(path[:i], askTypes) != typeObject || b.ask(path[:i], askWithout(path[i].name)) != 0 {
			return false
		}
	}
	if admitted&typeNumber != 0 {
		admitted |= typeInteger
	}
	return b.ask(path, askTypes)&^admitted == 0
}

// askWithout asks whether an object may be without a property.
func askWithout(name string) question {
	return unless(typeObject, func(s *jsonschema.Schema) bool { return slices.Contains(s.Required, name) })
}

// certain lists the schemas that a value at a path must fulfil, whatever else
// holds: those reached without alternatives or conditions.
func (b *planner) certain(path []step) []*jsonschema.Schema {
	at := together([]*jsonschema.Schema{b.root})
	for _, s := range path {
		var next []*jsonschema.Schema
		for _, sub := range at {
			if to, _ := part(sub, s); to != nil {
				next = append(next, to)
			}
		}
		at = together(next)
	}
	return at
}

// together adds what schemas apply in place to every value.
func together(schemas []*jsonschema.Schema) []*jsonschema.Schema {
	seen := map[*jsonschema.Schema]bool{}
	var out []*jsonschema.Schema
	for len(schemas) > 0 {
		s := schemas[0]
		schemas = schemas[1:]
		if s == nil || seen[s] {
			continue
		}
		seen[s] = true
		out = append(out, s)
		schemas = append(append([]*jsonschema.Schema{s.Ref}, s.AllOf...), schemas...)
	}
	return out
}

// constrain notes what the schema demands of the values of a scalar column, or
// of the items of a list; at is the place of the value, whose declared types the
// column holds.
func (b *planner) constrain(c *Column, at place, declared typeSet) {
	k := c.Constraints
	k.Required = b.required(c.Type, at.path, declared)
	for _, s := range b.certain(at.path) {
		k.restrict(c.Type.Scalar, s.Enum)
		k.restrict(c.Type.Scalar, s.Constant)
		node := b.catalog.node(s.Location)
		switch c.Type.Scalar {
		case Text:
			k.MinLength = max(k.MinLength, s.MinLength)
			if s.MaxLength > 0 && (k.MaxLength == 0 || s.MaxLength < k.MaxLength) {
				k.MaxLength = s.MaxLength
			}
			if s.Pattern != nil && !slices.Contains(k.Patterns, s.Pattern.String()) {
				k.Patterns = append(k.Patterns, s.Pattern.String())
			}
		case Int64, Float64:
			k.Minimum = tighter(k.Minimum, c.Type.Scalar, s.Minimum, node.Get("minimum"), 1)
			k.Maximum = tighter(k.Maximum, c.Type.Scalar, s.Maximum, node.Get("maximum"), -1)
		}
	}
	if c.Type.Scalar == Text {
		k.Refs = b.refs(at.all)
	}
}

// required tells whether a column of scalars, or of lists of them, has a value
// in every row.
func (b *planner) required(t Type, path []step, declared typeSet) bool {
	switch {
	case t.Scalar == Date && b.ask(path, askFormat("date")) != 0,
		t.Scalar == Timestamp && b.ask(path, askFormat("date-time")) != 0:
		return false // another text has no place in the column
	case !t.List:
		return b.filled(path, declared)
	}
	if declared&typeNumber != 0 {
		declared |= typeInteger
	}
	return b.ask(path, askTypes)&^(declared|typeNull) == 0 && b.filled(path[:len(path)-1], typeArray)
}

// restrict leaves of the allowed values those that are in another list too.
func (k *Constraints) restrict(scalar Scalar, listed []any) {
	if len(listed) == 0 || scalar == Date || scalar == Timestamp {
		return
	}
	values := []string{}
	for _, v := range listed {
		if text, ok := cellValue(scalar, v); ok && !slices.Contains(values, text) {
			values = append(values, text)
		}
	}
	if k.Enum == nil {
		k.Enum = values
		return
	}
	k.Enum = slices.DeleteFunc(k.Enum, func(v string) bool { return !slices.Contains(values, v) })
}

// cellValue gives the text of a value of a schema that a column can hold.
func cellValue(scalar Scalar, v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, scalar == Text
	case bool:
		return strconv.FormatBool(v), scalar == Boolean
	case interface{ String() string }: // a number
		return strictjson.CanonicalNumber(v.String()), scalar == Float64 || scalar == Int64
	}
	return "", false
}

// tighter gives the tighter one of two bounds; sign is 1 for lower bounds. A
// bound that no double has exactly is left out for columns of doubles: the
// double nearest to a value at the bound could lie beyond it.
func tighter(have string, scalar Scalar, bound *big.Rat, literal *strictjson.Value, sign int) string {
	if bound == nil || literal == nil || literal.Kind != strictjson.Number {
		return have
	}
	if _, exact := bound.Float64(); scalar == Float64 && !exact {
		return have
	}
	if have != "" && bound.Cmp(strictjson.Rat(have))*sign <= 0 {
		return have
	}
	return strictjson.CanonicalNumber(literal.Text)
}

// refs lists the kinds that x-ref names for a value.
func (b *planner) refs(all []declaration) []string {
	var out []string
	for _, decl := range all {
		list := b.node(decl).Get(keywordRef)
		if list == nil {
			continue
		}
		for i := range list.Elems {
			if kind := list.Elems[i].Str(); !slices.Contains(out, kind) {
				out = append(out, kind)
			}
		}
	}
	return out
}

// PrimaryKey names the columns that together tell the rows of a table of the
// plan apart, in the order of the columns.
func (p *Plan) PrimaryKey(table int) []string {
	t := p.Tables[table]
	var columns []int
	switch {
	case p.ID == "":
		columns = append([]int{t.path, t.index}, t.ordinal...)
	case t.Parent >= 0:
		columns = append([]int{t.id}, t.ordinal...)
	default:
		f := t.fields.at(IDPointer(p.ID))
		if !f.hasColumn() {
			return nil // the id is nowhere but in _extra
		}
		columns = []int{f.column}
	}
	var out []string
	for _, i := range columns {
		out = append(out, t.Columns[i].Name)
	}
	return out
}
