package schema

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stemma/internal/strictjson"
)

// Where JSON Schema keeps schemas inside a schema: as the value of a keyword,
// in a list, or under names.
var (
	schemaKeywords = []string{"not", "if", "then", "else", "items", "additionalProperties", "additionalItems", "contains",
		"propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema"}
	schemaLists = []string{"allOf", "anyOf", "oneOf", "prefixItems", "items"}
	schemaMaps  = []string{"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"}
)

// drafts are the drafts of JSON Schema that can be used, with the numbers that
// their order needs.
var drafts = []struct {
	address string // without scheme and fragment
	number  int
}{
	{"json-schema.org/draft/2020-12/schema", 2020}, {"json-schema.org/draft/2019-09/schema", 2019},
	{"json-schema.org/draft-07/schema", 7}, {"json-schema.org/draft-06/schema", 6}, {"json-schema.org/draft-04/schema", 4},
	{"json-schema.org/schema", 2020},
}

// draftOf gives the number of the draft that $schema names: 2020 if it names
// none, 0 if it names another one.
func draftOf(root *strictjson.Value) int {
	at := root.Get("$schema")
	if at == nil {
		return 2020
	}
	address := strings.TrimSuffix(strings.TrimSuffix(at.Str(), "#"), "#/")
	address = strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	for _, d := range drafts {
		if d.address == address {
			return d.number
		}
	}
	return 0
}

// idOf gives the $id of a schema: id in draft 4, nothing beside a $ref up to
// draft 7.
func idOf(v *strictjson.Value, draft int) *strictjson.Value {
	name := "$id"
	if draft == 4 {
		name = "id"
	}
	id := v.Get(name)
	if id.Str() == "" || (draft != 0 && draft <= 7 && v.Get("$ref") != nil) {
		return nil
	}
	return id
}

// index knows every schema inside the schema files: by its place in a file, and
// by the addresses under which a reference can name it.
type index struct {
	resources map[string]target // by address without fragment
	anchors   map[string]target // by address, "#" and name
	files     map[string]target // by the address of the file
}

type target struct {
	source  *source
	pointer string
	node    *strictjson.Value
}

// reference is a $ref with its address, written out in full.
type reference struct {
	source  *source
	at      *strictjson.Value
	address string // without fragment
	part    string // fragment
}

// add notes the schema at a pointer of a source and all that it contains.
// References are collected in the order of the text.
func (x *index) add(s *source, v *strictjson.Value, pointer, base string) {
	if s.schemas[pointer] != nil {
		return
	}
	s.schemas[pointer] = v
	if v.Kind != strictjson.Object {
		return
	}
	here := target{s, pointer, v}
	anchor := func(name string) {
		if _, taken := x.anchors[base+"#"+name]; name != "" && !taken {
			x.anchors[base+"#"+name] = here
		}
	}
	if id := idOf(v, s.draft); id != nil {
		address, fragment, _ := strings.Cut(resolve(base, id.Text), "#")
		base = address
		if first, taken := x.resources[base]; !taken && !strings.HasPrefix(id.Text, "#") {
			x.resources[base] = here
		} else if taken && first.source == s && first.pointer != "" && !strings.HasPrefix(id.Text, "#") {
			s.repeated = append(s.repeated, id)
		}
		anchor(fragment)
	}
	anchor(v.Get("$anchor").Str())
	anchor(v.Get("$dynamicAnchor").Str())
	for _, keyword := range []string{"$ref", "$dynamicRef", "$recursiveRef"} {
		if ref := v.Get(keyword); ref != nil && ref.Kind == strictjson.String {
			address, part, _ := strings.Cut(resolve(base, ref.Text), "#")
			s.references = append(s.references, reference{s, ref, address, unescapePointer(part)})
		}
	}
	x.addParts(s, v, pointer, base)
}

func (x *index) addParts(s *source, v *strictjson.Value, pointer, base string) {
	for i := range v.Members {
		m := &v.Members[i]
		at := strictjson.AppendToken(pointer, m.Name)
		switch {
		case m.Value.Kind == strictjson.Array && slices.Contains(schemaLists, m.Name):
			for j := range m.Value.Elems {
				x.add(s, &m.Value.Elems[j], at+"/"+strconv.Itoa(j), base)
			}
		case m.Value.Kind == strictjson.Object && slices.Contains(schemaMaps, m.Name):
			for j := range m.Value.Members {
				sub := &m.Value.Members[j]
				if sub.Value.Kind != strictjson.Array { // draft 7: dependencies may list names
					x.add(s, &sub.Value, strictjson.AppendToken(at, sub.Name), base)
				}
			}
		case slices.Contains(schemaKeywords, m.Name) && (m.Value.Kind == strictjson.Object || m.Value.Kind == strictjson.Bool):
			x.add(s, &m.Value, at, base)
		}
	}
}

// resolve writes a reference out in full.
func resolve(base, ref string) string {
	if strings.HasPrefix(base, "urn:") && (ref == "" || ref[0] == '#') {
		return base + ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	r, err := b.Parse(ref)
	if err != nil {
		return ref
	}
	return r.String()
}

// find follows a reference; ok is false if it leads nowhere. The target has no
// source if it is a schema that the library brings along.
func (x *index) find(r reference) (to target, ok bool) {
	if metaSchema(r.address) {
		return target{}, true
	}
	to, ok = x.holder(r)
	if !ok {
		return target{}, false
	}
	if r.part != "" && r.part[0] != '/' {
		address := r.address
		if _, own := x.resources[address]; !own {
			address = to.source.url
		}
		to, ok = x.anchors[address+"#"+r.part]
		return to, ok
	}
	node := to.node.Lookup(r.part)
	return target{to.source, to.pointer + strings.TrimSuffix(r.part, "/"), node}, node != nil
}

// holder gives the schema that the address of a reference names. If it is
// nobody's, the reference is taken for a path that begins at the file it stands
// in: files are published under other names than their $id.
func (x *index) holder(r reference) (target, bool) {
	if to, ok := x.resources[r.address]; ok {
		return to, true
	}
	path, _, _ := strings.Cut(r.at.Text, "#")
	to, ok := x.files[resolve(fileURL(r.source.Path), path)]
	return to, ok && path != ""
}

// metaSchema tells whether an address is that of a schema that the library
// brings along: the meta-schemas of the drafts, and their vocabularies.
func metaSchema(address string) bool {
	plain := strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	for _, d := range drafts {
		if d.address == plain {
			return true
		}
	}
	for _, prefix := range []string{"https://json-schema.org/draft/2020-12/meta/", "https://json-schema.org/draft/2019-09/meta/"} {
		if name, ok := strings.CutPrefix(address, prefix); ok {
			return slices.Contains([]string{"core", "applicator", "unevaluated", "validation", "meta-data", "format", "format-annotation",
				"format-assertion", "content"}, name)
		}
	}
	return false
}
