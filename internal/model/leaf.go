package model

import (
	"math/big"

	"stemma/internal/strictjson"
)

// Span is the place of a value: the bytes [Start, End) of its record. The zero
// Span is that of a value that is absent or null.
type Span struct{ Start, End uint32 }

// IsSet tells whether there is a value at all.
func (s Span) IsSet() bool { return s.End > 0 }

// Text is a text of a record; Value is "" if it is not set.
type Text struct {
	Value string
	Span
}

// Or gives the text, or a default if it is not set.
func (t Text) Or(value string) string {
	if !t.IsSet() {
		return value
	}
	return t.Value
}

// Bool is a truth value of a record.
type Bool struct {
	Value bool
	Span
}

// Or gives the value, or a default if it is not set.
func (b Bool) Or(value bool) bool {
	if !b.IsSet() {
		return value
	}
	return b.Value
}

// Number is a number of a record, as the literal that was written.
type Number struct {
	Literal string
	Span
}

// Rat gives the exact value; nil if the number is not set. Each call makes a
// new one, which the caller may change.
func (n Number) Rat() *big.Rat {
	if !n.IsSet() {
		return nil
	}
	r, ok := new(big.Rat).SetString(n.Literal)
	if !ok {
		return nil // no JSON number; strictjson lets none through
	}
	return r
}

// Ref is a reference to another record: its id, and the kind it must be of.
type Ref struct {
	Kind string
	Text
}

// object reads the properties of one object. It is the only way in which the
// decoders get at a record. In a test it records the paths that are asked for:
// then value is nil, and lists and objects that are not there are entered once.
type object struct {
	value *strictjson.Value
	refs  *[]Ref // collects the references of the record
	trace *trace // nil but in a test
	path  string // only with trace
}

// trace is told what the decoders read: a property's path, with [] for the
// entries of a list, its JSON type, and the kind that it refers to.
type trace struct {
	read func(path, jsonType, refKind string)
}

// get finds a property of a type; nil if it is absent, null or of another type.
func (o object) get(name, jsonType, refKind string, kind strictjson.Kind) *strictjson.Value {
	if o.trace != nil {
		o.trace.read(o.path+name, jsonType, refKind)
	}
	if v := o.value.Get(name); v != nil && v.Kind == kind {
		return v
	}
	return nil
}

func (o object) text(name string) Text {
	return textOf(o.get(name, "string", "", strictjson.String))
}

// ref reads the id of a record of another kind and adds it to the references.
func (o object) ref(name, kind string) Text {
	t := textOf(o.get(name, "string", kind, strictjson.String))
	if t.IsSet() {
		*o.refs = append(*o.refs, Ref{kind, t})
	}
	return t
}

func (o object) bool(name string) Bool {
	v := o.get(name, "boolean", "", strictjson.Bool)
	if v == nil {
		return Bool{}
	}
	return Bool{v.Bool, spanOf(v)}
}

func (o object) number(name string) Number {
	v := o.get(name, "number", "", strictjson.Number)
	if v == nil {
		return Number{}
	}
	return Number{v.Text, spanOf(v)}
}

func (o object) texts(name string) []Text {
	v := o.get(name, "array", "", strictjson.Array)
	if o.trace != nil {
		o.trace.read(o.path+name+"[]", "string", "")
	}
	if v == nil || len(v.Elems) == 0 {
		return nil
	}
	out := make([]Text, 0, len(v.Elems))
	for i := range v.Elems {
		if v.Elems[i].Kind == strictjson.String {
			out = append(out, textOf(&v.Elems[i]))
		}
	}
	return out
}

// part reads an object inside the object; nil if there is none.
func part[T any](o object, name string, decode func(object) T) *T {
	v := o.get(name, "object", "", strictjson.Object)
	if v == nil && o.trace == nil {
		return nil
	}
	t := decode(o.inside(v, name+"."))
	return &t
}

// list reads a list of objects, one entry for each, so that an index in the
// list is the index in the record.
func list[T any](o object, name string, decode func(object) T) []T {
	v := o.get(name, "array", "", strictjson.Array)
	if o.trace != nil {
		o.trace.read(o.path+name+"[]", "object", "")
		return []T{decode(o.inside(nil, name+"[]."))}
	}
	if v == nil || len(v.Elems) == 0 {
		return nil
	}
	out := make([]T, len(v.Elems))
	for i := range v.Elems {
		out[i] = decode(o.inside(&v.Elems[i], ""))
	}
	return out
}

func (o object) inside(v *strictjson.Value, step string) object {
	in := object{value: v, refs: o.refs, trace: o.trace}
	if o.trace != nil {
		in.path = o.path + step
	}
	return in
}

func (o object) span() Span { return spanOf(o.value) }

func spanOf(v *strictjson.Value) Span {
	if v == nil {
		return Span{}
	}
	return Span{v.Start, v.End}
}

func textOf(v *strictjson.Value) Text {
	if v == nil {
		return Text{}
	}
	return Text{v.Text, spanOf(v)}
}
