package schema

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/internal/suggest"
)

// Where JSON Schema keeps schemas inside a schema: as the value of a keyword,
// in a list, or under names.
var (
	schemaKeywords = []string{"not", "if", "then", "else", "items", "additionalProperties", "additionalItems", "contains",
		"propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema"}
	schemaLists = []string{"allOf", "anyOf", "oneOf", "prefixItems", "items"}
	schemaMaps  = []string{"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"}
)

// walkSchemas visits every schema inside a schema's text with its JSON Pointer
// and the base address that $id gives it.
func walkSchemas(v *strictjson.Value, pointer, base string, visit func(v *strictjson.Value, pointer, base string)) {
	if v == nil || v.Kind != strictjson.Object {
		return
	}
	if id := v.Get("$id").Str(); id != "" {
		base = resolve(base, id)
	}
	visit(v, pointer, base)
	for i := range v.Members {
		m := &v.Members[i]
		at := strictjson.AppendToken(pointer, m.Name)
		switch {
		case m.Value.Kind == strictjson.Object && slices.Contains(schemaKeywords, m.Name):
			walkSchemas(&m.Value, at, base, visit)
		case m.Value.Kind == strictjson.Array && slices.Contains(schemaLists, m.Name):
			for j := range m.Value.Elems {
				walkSchemas(&m.Value.Elems[j], at+"/"+strconv.Itoa(j), base, visit)
			}
		case m.Value.Kind == strictjson.Object && slices.Contains(schemaMaps, m.Name):
			for j := range m.Value.Members {
				sub := &m.Value.Members[j]
				walkSchemas(&sub.Value, strictjson.AppendToken(at, sub.Name), base, visit)
			}
		}
	}
}

func resolve(base, ref string) string {
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

// checkText finds what a schema's author can get wrong, with its place: the
// library would name only the file, or the fault in words that may change.
func (c *Catalog) checkText(s *source, kinds []string) diag.List {
	var list diag.List
	report := func(at *strictjson.Value, code diag.Code, message, help string) {
		list = append(list, s.diagnose(strictjson.Problem{Code: code, Start: int(at.Start), End: int(at.End), Message: message, Help: help}))
	}
	known := c.addresses()
	walkSchemas(s.root, "", s.url, func(v *strictjson.Value, _, base string) {
		checkKeywords(v, kinds, report)
		for _, keyword := range []string{"$ref", "$dynamicRef", "$recursiveRef"} {
			ref := v.Get(keyword)
			if ref == nil || ref.Kind != strictjson.String {
				continue
			}
			target, fragment, _ := strings.Cut(resolve(base, ref.Text), "#")
			root, ok := known[target]
			switch {
			case !ok:
				report(ref, diag.SchemaReference, fmt.Sprintf("%q leads to no schema of this dataset", ref.Text),
					"refer to a file in the schema folder, by its name or its $id; nothing else is ever opened")
			case root != nil && strings.HasPrefix(fragment, "/") && root.Lookup(unescapePointer(fragment)) == nil:
				report(ref, diag.SchemaReference, fmt.Sprintf("%q names a part that its schema does not have", ref.Text), missingPart(root, fragment))
			}
		}
	})
	return list
}

// addresses lists everything that a reference may lead to: files, their $ids,
// the $ids inside them, and the meta-schemas (nil: their text is the library's).
func (c *Catalog) addresses() map[string]*strictjson.Value {
	known := map[string]*strictjson.Value{}
	for _, address := range metaSchemas {
		known[address] = nil
	}
	for address, s := range c.byURL {
		known[address] = s.root
		walkSchemas(s.root, "", address, func(v *strictjson.Value, _, base string) {
			base, _, _ = strings.Cut(base, "#")
			if _, ok := known[base]; !ok {
				known[base] = v
			}
		})
	}
	return known
}

// metaSchemas are the addresses under which the library itself knows a schema.
var metaSchemas = []string{
	"https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2019-09/schema", "http://json-schema.org/draft-07/schema",
	"http://json-schema.org/draft-06/schema", "http://json-schema.org/draft-04/schema", "https://json-schema.org/draft-07/schema",
}

func missingPart(root *strictjson.Value, fragment string) string {
	i := strings.LastIndexByte(fragment, '/')
	holder := root.Lookup(unescapePointer(fragment[:i]))
	if holder == nil {
		return "write the part as a JSON Pointer, such as #/$defs/date"
	}
	var names []string
	for _, m := range holder.Members {
		names = append(names, m.Name)
	}
	if near, ok := suggest.Nearest(unescapePointer(fragment[i+1:]), names); ok {
		return fmt.Sprintf("did you mean %q?", fragment[:i+1]+near)
	}
	return "there are " + suggest.List(names, 12)
}

// checkKeywords checks patterns, and the shape of stemma's own keywords.
func checkKeywords(v *strictjson.Value, kinds []string, report func(*strictjson.Value, diag.Code, string, string)) {
	checkPattern := func(at *strictjson.Value, pattern string) {
		if _, err := regexp.Compile(pattern); err != nil {
			report(at, diag.SchemaPattern, fmt.Sprintf("the pattern %q cannot be executed", pattern),
				"patterns are RE2: no look-ahead, look-behind or back-references; say the rest in another keyword")
		}
	}
	if p := v.Get("pattern"); p != nil && p.Kind == strictjson.String {
		checkPattern(p, p.Text)
	}
	if pp := v.Get("patternProperties"); pp != nil {
		for i := range pp.Members {
			m := &pp.Members[i]
			checkPattern(&strictjson.Value{Start: m.NameStart, End: m.NameEnd}, m.Name)
		}
	}
	for i := range v.Members {
		m := &v.Members[i]
		if !strings.HasPrefix(m.Name, "x-") {
			continue
		}
		if check, ok := ownKeywords[m.Name]; ok {
			if message, help := check(&m.Value, kinds); message != "" {
				report(&m.Value, diag.SchemaKeyword, message, help)
			}
		} else if near, ok := suggest.Nearest(m.Name, ownKeywordNames); ok {
			report(&strictjson.Value{Start: m.NameStart, End: m.NameEnd}, diag.SchemaKeyword,
				fmt.Sprintf("%q is no keyword", m.Name), fmt.Sprintf("did you mean %q?", near))
		}
	}
}
