package schema

import (
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"stemma/internal/strictjson"
)

// Shape is what the declarations of one place in a record say about it
// together: the schema there, and everything it takes in by $ref, allOf, anyOf,
// oneOf, then and else. Properties are in the order of the schemas' texts.
type Shape struct {
	Types       []string // the JSON Schema types that any declaration names, without null, sorted
	Nullable    bool     // a declaration names null
	Enforced    bool     // no value of a type that is not named can be valid
	Recursive   bool     // a declaration leads back to a schema that contains it
	Closed      bool     // no properties but the declared ones can be valid
	MayBeEmpty  bool     // an object or an array here can be valid without any entry
	Props       []*Prop
	Items       *Shape // of an array whose items have one schema; else nil
	Format      string // the format keyword
	XFormat     string // the x-format keyword
	Refs        []string
	Message     string
	Description string
}

// Prop is a named property of an object.
type Prop struct {
	Name string
	*Shape
}

// Prop gives the property of a name, or nil.
func (s *Shape) Prop(name string) *Shape {
	if s == nil {
		return nil
	}
	for _, p := range s.Props {
		if p.Name == name {
			return p.Shape
		}
	}
	return nil
}

// Shape gives the shape of the records that the schema describes.
func (s *Schema) Shape() *Shape { return s.root }

// Title gives the schema's title and description, which may be empty.
func (s *Schema) Title() (title, description string) {
	node := s.catalog.node(s.compiled.Location)
	return node.Get("title").Str(), node.Get("description").Str()
}

// fragment is one declaration that applies to a place; sure means that it
// applies to every valid value there.
type fragment struct {
	schema *jsonschema.Schema
	sure   bool
}

// shaper builds shapes. Places with the same declarations share one, so that
// recursive schemas have finite, cyclic shapes.
type shaper struct {
	catalog *Catalog
	cycles  *cycles
	done    map[string]*Shape
}

func newShaper(c *Catalog, root *jsonschema.Schema) *shaper {
	return &shaper{catalog: c, cycles: findCycles(root), done: map[string]*Shape{}}
}

func (sh *shaper) shape(start []fragment) *Shape {
	key := fragmentKey(start)
	if s := sh.done[key]; s != nil {
		return s
	}
	s := &Shape{}
	sh.done[key] = s
	var all []fragment
	for _, f := range start {
		all = sh.expand(all, f, s)
	}
	s.Enforced = slices.ContainsFunc(start, func(f fragment) bool { return f.sure && enforcesType(f.schema, 0) })
	sh.merge(s, all)
	return s
}

func fragmentKey(list []fragment) string {
	var b strings.Builder
	for _, f := range list {
		b.WriteString(f.schema.Location)
		if f.sure {
			b.WriteByte('!')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// expand appends a declaration and those it takes in, depth first in the order
// that DESIGN gives: its own, $ref, allOf, anyOf, oneOf, then, else.
func (sh *shaper) expand(all []fragment, f fragment, into *Shape) []fragment {
	if slices.ContainsFunc(all, func(g fragment) bool { return g.schema == f.schema && (g.sure || !f.sure) }) {
		return all
	}
	all = append(all, f)
	s := f.schema
	if s.RecursiveRef != nil || s.DynamicRef != nil {
		into.Recursive = true
	}
	if s.Ref != nil {
		if sh.cycles.together(s, s.Ref) {
			into.Recursive = true
		}
		all = sh.expand(all, fragment{s.Ref, f.sure}, into)
	}
	for _, sub := range s.AllOf {
		all = sh.expand(all, fragment{sub, f.sure}, into)
	}
	for _, sub := range slices.Concat(s.AnyOf, s.OneOf) {
		all = sh.expand(all, fragment{sub, false}, into)
	}
	for _, sub := range []*jsonschema.Schema{s.Then, s.Else} {
		if sub != nil {
			all = sh.expand(all, fragment{sub, false}, into)
		}
	}
	for _, name := range sh.names(s, "dependentSchemas") {
		if sub := s.DependentSchemas[name]; sub != nil {
			all = sh.expand(all, fragment{sub, false}, into)
		}
	}
	return all
}

// names lists the members of a keyword's value in the order of the text.
func (sh *shaper) names(s *jsonschema.Schema, keyword string) []string {
	var out []string
	if v := sh.catalog.node(s.Location).Get(keyword); v != nil {
		for _, m := range v.Members {
			out = append(out, m.Name)
		}
	}
	return out
}

func (sh *shaper) merge(into *Shape, all []fragment) {
	types := map[string]bool{}
	empty := true
	for _, f := range all {
		declaredTypes(f.schema, types)
		into.Closed = into.Closed || (f.sure && closes(f.schema))
		if f.sure && (len(f.schema.Required) > 0 || f.schema.MinProperties > 0 || f.schema.MinItems > 0) {
			empty = false
		}
		sh.annotate(into, sh.catalog.node(f.schema.Location))
	}
	into.MayBeEmpty = empty
	into.Nullable = types["null"]
	if types["number"] {
		delete(types, "integer")
	}
	delete(types, "null")
	for t := range types {
		into.Types = append(into.Types, t)
	}
	slices.Sort(into.Types)
	sh.mergeProperties(into, all)
	sh.mergeItems(into, all)
}

func (sh *shaper) mergeProperties(into *Shape, all []fragment) {
	var order []string
	byName := map[string][]fragment{}
	for _, f := range all {
		for _, name := range sh.names(f.schema, "properties") {
			sub := f.schema.Properties[name]
			if sub == nil || (sub.Always != nil && !*sub.Always) {
				continue // a property that is forbidden here declares nothing
			}
			if byName[name] == nil {
				order = append(order, name)
			}
			byName[name] = append(byName[name], fragment{sub, f.sure})
		}
	}
	for _, name := range order {
		into.Props = append(into.Props, &Prop{name, sh.shape(byName[name])})
	}
}

func (sh *shaper) mergeItems(into *Shape, all []fragment) {
	var items []fragment
	for _, f := range all {
		s := f.schema
		if len(s.PrefixItems) > 0 {
			return
		}
		switch sub := s.Items.(type) {
		case *jsonschema.Schema:
			items = append(items, fragment{sub, f.sure})
		case []*jsonschema.Schema:
			return
		}
		if s.Items2020 != nil {
			items = append(items, fragment{s.Items2020, f.sure})
		}
	}
	if len(items) > 0 {
		into.Items = sh.shape(items)
	}
}

// annotate takes over what the first declaration that says it says.
func (sh *shaper) annotate(into *Shape, node *strictjson.Value) {
	set := func(dst *string, keyword string) {
		if *dst == "" {
			*dst = node.Get(keyword).Str()
		}
	}
	set(&into.Format, "format")
	set(&into.XFormat, keywordFormat)
	set(&into.Message, keywordMessage)
	set(&into.Description, "description")
	if refs := node.Get(keywordRef); refs != nil {
		for i := range refs.Elems {
			if kind := refs.Elems[i].Str(); !slices.Contains(into.Refs, kind) {
				into.Refs = append(into.Refs, kind)
			}
		}
	}
}

// declaredTypes adds the types that a schema itself names, or implies by
// naming properties or items.
func declaredTypes(s *jsonschema.Schema, types map[string]bool) {
	named := false
	add := func(t string) { types[t], named = true, true }
	for _, t := range s.Types {
		add(t)
	}
	for _, v := range slices.Concat(s.Enum, s.Constant) {
		if len(s.Types) == 0 {
			add(typeOf(v))
		}
	}
	if named {
		return
	}
	if len(s.Properties) > 0 || len(s.PatternProperties) > 0 || s.AdditionalProperties != nil {
		add("object")
	}
	if s.Items != nil || s.Items2020 != nil || len(s.PrefixItems) > 0 {
		add("array")
	}
}

// enforcesType tells whether every valid value has a type that is named. Depth
// ends the search in schemas that refer to themselves.
func enforcesType(s *jsonschema.Schema, depth int) bool {
	if s == nil || depth > 32 {
		return false
	}
	all := func(list []*jsonschema.Schema) bool {
		return len(list) > 0 && !slices.ContainsFunc(list, func(sub *jsonschema.Schema) bool { return !enforcesType(sub, depth+1) })
	}
	return len(s.Types) > 0 || len(s.Enum) > 0 || len(s.Constant) > 0 || enforcesType(s.Ref, depth+1) ||
		slices.ContainsFunc(s.AllOf, func(sub *jsonschema.Schema) bool { return enforcesType(sub, depth+1) }) ||
		all(s.AnyOf) || all(s.OneOf) || (enforcesType(s.Then, depth+1) && enforcesType(s.Else, depth+1))
}

// closes tells whether a schema allows no properties but those it declares.
func closes(s *jsonschema.Schema) bool {
	if len(s.PatternProperties) > 0 {
		return false
	}
	if allowed, ok := s.AdditionalProperties.(bool); ok && !allowed {
		return true
	}
	u := s.UnevaluatedProperties
	return u != nil && u.Always != nil && !*u.Always
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

// At gives the shape of the value that begins at a byte offset of a record, or
// nil where the schema says nothing of it.
func (s *Shape) At(record *strictjson.Value, offset uint32) *Shape {
	for v := record; s != nil && v.Start != offset; {
		var next *strictjson.Value
		var shape *Shape
		for i := range v.Members {
			if m := &v.Members[i]; offset >= m.NameStart && offset < m.Value.End {
				next, shape = &m.Value, s.Prop(m.Name)
			}
		}
		for i := range v.Elems {
			if e := &v.Elems[i]; offset >= e.Start && offset < e.End {
				next, shape = e, s.Items
			}
		}
		if next == nil {
			return nil
		}
		v, s = next, shape
	}
	return s
}

// Requires tells whether the schema itself demands a property of every record.
func (s *Schema) Requires(property string) bool { return slices.Contains(s.compiled.Required, property) }
