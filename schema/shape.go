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
	Recursive   bool     // a declaration leads back to a schema that contains it
	Props       []*Prop
	Items       *Shape // of an array whose items have one schema; else nil
	Format      string // the format keyword
	XFormat     string // the x-format keyword
	Refs        []string
	Message     string
	Description string

	byName map[string]*Shape
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
	return s.byName[name]
}

// Shape gives the shape of the records that the schema describes.
func (s *Schema) Shape() *Shape { return s.root }

// Title gives the schema's title and description, which may be empty.
func (s *Schema) Title() (title, description string) {
	node := s.catalog.node(s.compiled.Location)
	return node.Get("title").Str(), node.Get("description").Str()
}

// shaper builds shapes. Places with the same declarations share one, so that
// recursive schemas have finite, cyclic shapes.
type shaper struct {
	declarations
	done map[string]*Shape
}

// maxShapes bounds the places that are told apart. Only schemas made to be
// hostile have more: beyond it nothing more is known of a record.
const maxShapes = 50_000

func newShaper(c *Catalog, root *jsonschema.Schema) *shaper {
	return &shaper{declarations{c, findCycles(root)}, map[string]*Shape{}}
}

func (sh *shaper) shape(start []declaration) *Shape {
	all, recursive := sh.gather(start)
	key := shapeKey(all)
	if s := sh.done[key]; s != nil {
		return s
	}
	s := &Shape{Recursive: recursive, byName: map[string]*Shape{}}
	if len(sh.done) >= maxShapes {
		return s
	}
	sh.done[key] = s
	declared := types(all)
	for i, name := range [...]string{"null", "boolean", "string", "integer", "number", "array", "object"} {
		if declared&(1<<i) != 0 {
			s.Types = append(s.Types, name)
		}
	}
	s.Nullable = slices.ContainsFunc(all, func(d declaration) bool { return slices.Contains(d.schema.Types, "null") })
	for _, d := range all {
		sh.annotate(s, sh.node(d))
	}
	for _, p := range sh.properties(all) {
		prop := sh.shape(p.declared)
		s.Props = append(s.Props, &Prop{p.name, prop})
		s.byName[p.name] = prop
	}
	if items := sh.items(all); len(items) > 0 {
		s.Items = sh.shape(items)
	}
	return s
}

// gather is flatten for shapes: what a dependentSchemas adds counts as well,
// and chains are cut off, so that equal places have equal keys.
func (sh *shaper) gather(start []declaration) ([]declaration, bool) {
	for i := range start {
		start[i].entered = nil
	}
	all, recursive := sh.flatten(start)
	for i := 0; i < len(all); i++ {
		all[i].entered = nil
		s := all[i].schema
		for _, name := range names(sh.node(all[i]).Get("dependentSchemas")) {
			sub := s.DependentSchemas[name]
			if sub != nil && !slices.ContainsFunc(all, func(d declaration) bool { return d.schema == sub }) {
				more, again := sh.flatten([]declaration{{schema: sub}})
				all, recursive = append(all, more...), recursive || again
			}
		}
	}
	return all, recursive
}

func shapeKey(all []declaration) string {
	var b strings.Builder
	for _, d := range all {
		b.WriteString(d.schema.Location)
		b.WriteByte('\n')
	}
	return b.String()
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
func (s *Schema) Requires(property string) bool {
	return slices.Contains(s.compiled.Required, property)
}
