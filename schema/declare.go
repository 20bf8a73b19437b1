package schema

import (
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"stemma/internal/strictjson"
)

// declaration is a schema that says something about a place in a record, with
// the schemas that were entered on the way to it from the record's own.
type declaration struct {
	schema  *jsonschema.Schema
	entered *chain
}

// chain lists the locations of schemas that contain each other, innermost first.
type chain struct {
	location string
	up       *chain
}

func (c *chain) has(location string) bool {
	for ; c != nil; c = c.up {
		if c.location == location {
			return true
		}
	}
	return false
}

// named is a property with everything that declares it, in the order of the text.
type named struct {
	name     string
	declared []declaration
}

// declarations reads what the schemas of a catalog declare.
type declarations struct {
	catalog *Catalog
	// cycles, if given, makes every $ref recursive that lies on a cycle, instead
	// of only those whose target was entered already.
	cycles *cycles
}

// flatten lists the declarations of a place: those given and what they apply in
// place, depth first, in the order $ref, allOf, anyOf, oneOf, then, else. It
// tells whether one of them leads back to a schema that contains it.
func (d *declarations) flatten(given []declaration) (all []declaration, recursive bool) {
	seen := map[*jsonschema.Schema]bool{}
	var enter func(s *jsonschema.Schema, entered *chain)
	enter = func(s *jsonschema.Schema, entered *chain) {
		if entered.has(s.Location) {
			recursive = true
			return
		}
		if seen[s] {
			return
		}
		seen[s] = true
		entered = &chain{s.Location, entered}
		all = append(all, declaration{s, entered})
		recursive = recursive || s.RecursiveRef != nil || s.DynamicRef != nil ||
			(s.Ref != nil && d.cycles != nil && d.cycles.together(s, s.Ref))
		for _, sub := range applied(s) {
			enter(sub, entered)
		}
	}
	for _, g := range given {
		enter(g.schema, g.entered)
	}
	return all, recursive
}

// applied lists what a schema applies to the same value.
func applied(s *jsonschema.Schema) []*jsonschema.Schema {
	var out []*jsonschema.Schema
	if s.Ref != nil {
		out = append(out, s.Ref)
	}
	out = append(append(append(out, s.AllOf...), s.AnyOf...), s.OneOf...)
	for _, sub := range []*jsonschema.Schema{s.Then, s.Else} {
		if sub != nil {
			out = append(out, sub)
		}
	}
	return out
}

// properties lists the declared properties in the order of first sight. The
// order is that of the texts: the library keeps properties in a map.
func (d *declarations) properties(all []declaration) []*named {
	var out []*named
	byName := map[string]*named{}
	for _, decl := range all {
		text := d.node(decl).Get("properties")
		if text == nil {
			continue
		}
		for i := range text.Members {
			name := text.Members[i].Name
			sub := decl.schema.Properties[name]
			if sub == nil {
				continue // beside a $ref of draft 7 and before, where it means nothing
			}
			if byName[name] == nil {
				byName[name] = &named{name: name}
				out = append(out, byName[name])
			}
			byName[name].declared = append(byName[name].declared, declaration{sub, decl.entered})
		}
	}
	return out
}

// items lists the declarations of the entries of a list; none if the entries
// are declared by their position, or not at all.
func (d *declarations) items(all []declaration) []declaration {
	var out []declaration
	for _, decl := range all {
		s := decl.schema
		if len(s.PrefixItems) > 0 {
			return nil
		}
		switch sub := s.Items.(type) {
		case *jsonschema.Schema:
			out = append(out, declaration{sub, decl.entered})
		case []*jsonschema.Schema:
			return nil
		}
		if s.Items2020 != nil {
			out = append(out, declaration{s.Items2020, decl.entered})
		}
	}
	return out
}

// types gives the union of the types that are declared, without null; number
// includes integer. A schema that names no type implies one by properties or items.
func types(all []declaration) typeSet {
	var out typeSet
	for _, decl := range all {
		s := decl.schema
		for _, t := range s.Types {
			out |= typeNamed(t)
		}
		for _, v := range slices.Concat(s.Enum, s.Constant) {
			out |= typeNamed(typeOf(v))
		}
		if len(s.Types) == 0 && s.Properties != nil {
			out |= typeObject
		}
		if len(s.Types) == 0 && (s.Items != nil || s.Items2020 != nil || len(s.PrefixItems) > 0) {
			out |= typeArray
		}
	}
	if out&typeNumber != 0 {
		out &^= typeInteger
	}
	return out &^ typeNull
}

// texts lists the different values that a keyword whose value is a string has.
func (d *declarations) texts(all []declaration, keyword string) []string {
	var out []string
	for _, decl := range all {
		if s := d.node(decl).Get(keyword).Str(); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// first gives the value of a keyword where it is first said, or "".
func (d *declarations) first(all []declaration, keyword string) string {
	if list := d.texts(all, keyword); len(list) > 0 {
		return list[0]
	}
	return ""
}

func (d *declarations) node(decl declaration) *strictjson.Value {
	return d.catalog.node(decl.schema.Location)
}

func typeOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case interface{ String() string }:
		if strictjson.IsInteger(v.String()) {
			return "integer"
		}
	}
	return "number"
}
