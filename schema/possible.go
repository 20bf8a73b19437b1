package schema

import (
	"github.com/santhosh-tekuri/jsonschema/v5"
)

// typeSet is a set of the types of JSON Schema.
type typeSet uint8

const (
	typeNull typeSet = 1 << iota
	typeBoolean
	typeString
	typeInteger // numbers that are whole
	typeNumber  // numbers that are not
	typeArray
	typeObject

	allTypes typeSet = 1<<iota - 1
)

func typeNamed(name string) typeSet {
	switch name {
	case "null":
		return typeNull
	case "boolean":
		return typeBoolean
	case "string":
		return typeString
	case "integer":
		return typeInteger
	case "number":
		return typeNumber
	case "array":
		return typeArray
	case "object":
		return typeObject
	}
	return 0
}

// question asks what can be at a place of a valid record. The answer is a set,
// an upper bound: what applies together intersects, alternatives unite, and
// what is not understood leaves everything possible.
type question struct {
	universe typeSet
	own      func(s *jsonschema.Schema) typeSet // what a schema's own keywords leave possible
}

// step leads from a value to one of its parts: to the property of a name, or to
// the entries of a list.
type step struct {
	entries bool
	name    string
}

// prober answers questions about the records of a schema.
type prober struct {
	root  *jsonschema.Schema
	known map[probe]typeSet
}

// probe is a part of a question that is being answered: what a schema leaves
// possible for the last steps of the path.
type probe struct {
	schema *jsonschema.Schema
	steps  int
}

func (p *prober) ask(path []step, q question) typeSet {
	clear(p.known)
	return p.possible(p.root, path, q, 0)
}

// possible answers a question about the place at a path below a schema. Depth
// ends a circle of references, which the library refuses when it compiles.
func (p *prober) possible(s *jsonschema.Schema, path []step, q question, depth int) typeSet {
	const deepest = 10_000
	if s.Always != nil {
		if *s.Always {
			return q.universe
		}
		return 0
	}
	if depth > deepest {
		return q.universe
	}
	key := probe{s, len(path)}
	if known, ok := p.known[key]; ok {
		return known
	}
	at := func(sub *jsonschema.Schema) typeSet { return p.possible(sub, path, q, depth+1) }
	result := p.own(s, path, q, depth)
	if s.Ref != nil {
		result &= at(s.Ref)
	}
	for _, sub := range s.AllOf {
		result &= at(sub)
	}
	for _, variants := range [][]*jsonschema.Schema{s.AnyOf, s.OneOf} {
		if len(variants) == 0 {
			continue
		}
		var either typeSet
		for _, sub := range variants {
			either |= at(sub)
		}
		result &= either
	}
	if s.If != nil && s.Then != nil && s.Else != nil {
		result &= at(s.Then) | at(s.Else)
	}
	p.known[key] = result
	return result
}

// own gives what a schema's own keywords leave possible at a path.
func (p *prober) own(s *jsonschema.Schema, path []step, q question, depth int) typeSet {
	if len(path) == 0 {
		return q.own(s)
	}
	container := typeObject
	if path[0].entries {
		container = typeArray
	}
	if ownTypes(s)&container == 0 {
		return 0 // no value has such a part
	}
	next, forbidden := part(s, path[0])
	switch {
	case forbidden:
		return 0
	case next == nil:
		return q.universe
	}
	return p.possible(next, path[1:], q, depth+1)
}

// part gives the schema that a schema's own keywords apply to a part of a
// value, or nil; forbidden means that there can be no such part.
func part(s *jsonschema.Schema, at step) (sub *jsonschema.Schema, forbidden bool) {
	if at.entries {
		if items, ok := s.Items.(*jsonschema.Schema); ok {
			return items, false
		}
		if len(s.PrefixItems) == 0 {
			return s.Items2020, false
		}
		return nil, false
	}
	if sub := s.Properties[at.name]; sub != nil {
		return sub, false
	}
	if len(s.PatternProperties) > 0 {
		return nil, false
	}
	switch sub := s.AdditionalProperties.(type) {
	case *jsonschema.Schema:
		return sub, false
	case bool:
		return nil, !sub
	}
	return nil, false
}

// ownTypes gives the types that a schema's own type, enum and const admit.
func ownTypes(s *jsonschema.Schema) typeSet {
	out := allTypes
	if len(s.Types) > 0 {
		out = 0
		for _, t := range s.Types {
			out |= typeNamed(t)
			if t == "number" {
				out |= typeInteger
			}
		}
	}
	for _, values := range [][]any{s.Enum, s.Constant} {
		if len(values) == 0 {
			continue
		}
		var listed typeSet
		for _, v := range values {
			listed |= typeNamed(typeOf(v))
		}
		out &= listed
	}
	return out
}

// The questions that decide which columns a table has.
var (
	askTypes = question{allTypes, ownTypes}

	askEmptyObject = unless(typeObject, func(s *jsonschema.Schema) bool {
		return len(s.Required) > 0 || s.MinProperties >= 1
	})
	askEmptyArray = unless(typeArray, func(s *jsonschema.Schema) bool { return s.MinItems >= 1 })
)

// askFormat asks whether a text may be without a format.
func askFormat(format string) question {
	return unless(typeString, func(s *jsonschema.Schema) bool { return s.Format == format })
}

// askOpen asks whether an object may have a property that nothing declares.
func (d *declarations) askOpen() question {
	return unless(typeObject, d.closes)
}

// unless makes a question that is answered by nothing where a schema guarantees
// something about the values of a type, or admits none of them.
func unless(t typeSet, guaranteed func(s *jsonschema.Schema) bool) question {
	return question{t, func(s *jsonschema.Schema) typeSet {
		if ownTypes(s)&t == 0 || guaranteed(s) {
			return 0
		}
		return t
	}}
}

// closes tells whether a schema allows no properties but those it declares.
func (d *declarations) closes(s *jsonschema.Schema) bool {
	if allowed, ok := s.AdditionalProperties.(bool); ok && !allowed && len(s.PatternProperties) == 0 {
		return true
	}
	u := s.UnevaluatedProperties
	if u == nil || u.Always == nil || *u.Always {
		return false
	}
	// unevaluatedProperties closes an object unless something in place lets names
	// through that no column is made for.
	all, recursive := d.flatten([]declaration{{schema: s}})
	if recursive {
		return false
	}
	declared := map[string]bool{}
	for _, p := range d.properties(all) {
		declared[p.name] = true
	}
	evaluating := all
	for i := 0; i < len(evaluating); i++ {
		if test := evaluating[i].schema.If; test != nil { // what it evaluates counts, though it declares nothing
			tested, recursive := d.flatten([]declaration{{schema: test}})
			if recursive || len(evaluating) > maxColumns {
				return false
			}
			evaluating = append(evaluating, tested...)
		}
	}
	for _, decl := range evaluating {
		if letsThrough(decl.schema, s) {
			return false
		}
		for name := range decl.schema.Properties {
			if !declared[name] {
				return false
			}
		}
	}
	return true
}

// letsThrough tells whether a schema that applies in place of a closed one
// evaluates properties by other means than naming them.
func letsThrough(s, closed *jsonschema.Schema) bool {
	if len(s.PatternProperties) > 0 || len(s.DependentSchemas) > 0 || len(s.Dependencies) > 0 {
		return true
	}
	if allowed, ok := s.AdditionalProperties.(bool); s.AdditionalProperties != nil && (!ok || allowed) {
		return true
	}
	u := s.UnevaluatedProperties
	return s != closed && u != nil && (u.Always == nil || *u.Always)
}
