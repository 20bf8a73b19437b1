package diff_test

import (
	"fmt"
	"strings"
	"testing"

	"stemma/diff"
)

// TestWeigh compares schemas that differ in one place, in both directions.
func TestWeigh(t *testing.T) {
	for _, c := range []struct{ old, now, there, back string }{
		{`{"type": "object", "minProperties": 1}`, `{"type": "object", "minProperties": 2}`, diff.Tightened, diff.Loosened},
		{`{"type": "object"}`, `{"type": ["object", "null"]}`, diff.Loosened, diff.Tightened},
		{`{"properties": {"a": {"type": "number"}}}`, `{"properties": {"a": {"type": "integer"}}}`, diff.Tightened, diff.Loosened},
		{`{"properties": {"a": {}}}`, `{"properties": {"a": {"type": "integer"}}}`, diff.Tightened, diff.Loosened},
		{`{"properties": {"a": {}}}`, `{"properties": {"a": {"enum": ["x"]}}}`, diff.Tightened, diff.Loosened},
		{`{"properties": {"a": {"enum": ["x", "y"]}}}`, `{"properties": {"a": {"enum": ["x", "z"]}}}`, diff.Tightened, diff.Tightened},
		{`{"properties": {"a": {"pattern": "^x"}}}`, `{"properties": {"a": {"pattern": "^y"}}}`, diff.Unclear, diff.Unclear},
		{`{"properties": {"a": {}}}`, `{"properties": {"a": {"format": "date"}}}`, diff.Tightened, diff.Loosened},
		{`{"properties": {"a": {"exclusiveMaximum": 1e2}}}`, `{"properties": {"a": {"exclusiveMaximum": 99.5}}}`, diff.Tightened, diff.Loosened},
		{`{"properties": {"a": {"maximum": 1e2}}}`, `{"properties": {"a": {"maximum": 100}}}`, diff.Wording, diff.Wording},
		{`{"additionalProperties": true}`, `{"additionalProperties": false}`, diff.Tightened, diff.Loosened},
		{`{}`, `{"additionalProperties": false}`, diff.Tightened, diff.Loosened},
		{`{}`, `{"additionalProperties": {"type": "string"}}`, diff.Tightened, diff.Loosened},
		{`{"uniqueItems": false}`, `{"uniqueItems": true}`, diff.Tightened, diff.Loosened},
		{`{"allOf": [{"type": "object"}]}`, `{"allOf": [{"type": "object"}, {"minProperties": 2}]}`, diff.Tightened, diff.Loosened},
		{`{"anyOf": [{"type": "object"}]}`, `{"anyOf": [{"type": "object"}, {"type": "null"}]}`, diff.Loosened, diff.Tightened},
		{`{"oneOf": [{"type": "object"}]}`, `{"oneOf": [{"type": "object"}, {"type": "null"}]}`, diff.Unclear, diff.Unclear},
		{`{"not": {"required": ["a"]}}`, `{"not": {"required": ["a", "b"]}}`, diff.Unclear, diff.Unclear},
		{`{"if": {"required": ["a"]}, "then": {}}`, `{"if": {"required": ["b"]}, "then": {}}`, diff.Unclear, diff.Unclear},
		{`{"if": {"required": ["a"]}, "then": {"maxProperties": 3}}`, `{"if": {"required": ["a"]}, "then": {"maxProperties": 2}}`, diff.Tightened, diff.Loosened},
		{`{"$defs": {"d": {"type": "string"}}}`, `{"$defs": {"d": {"type": "string"}, "e": {"type": "string"}}}`, diff.Wording, diff.Wording},
		{`{"$defs": {"d": {"minLength": 1}}}`, `{"$defs": {"d": {"minLength": 2}}}`, diff.Tightened, diff.Loosened},
		// Properties that have the names of keywords.
		{`{"properties": {"required": {"maxLength": 5}}}`, `{"properties": {"required": {"maxLength": 4}}}`, diff.Tightened, diff.Loosened},
		{`{"properties": {"enum": {}}}`, `{"properties": {"enum": {"title": "x"}}}`, diff.Wording, diff.Wording},
		{`{"properties": {"a": {}}}`, `{"properties": {"a": {}, "not": {}}}`, diff.Shape, diff.Shape},
		{`{"properties": {"a": {"items": {"minimum": 1}}}}`, `{"properties": {"a": {"items": {"minimum": 2}}}}`, diff.Tightened, diff.Loosened},
		{`{"properties": {"a": {"x-ref": ["note"]}}}`, `{"properties": {"a": {"x-ref": ["note", "object"]}}}`, diff.Loosened, diff.Tightened},
		{`{"properties": {"a": {"x-colour": "red"}}}`, `{"properties": {"a": {"x-colour": "blue"}}}`, diff.Wording, diff.Wording},
	} {
		for _, way := range []struct{ old, now, want string }{{c.old, c.now, c.there}, {c.now, c.old, c.back}} {
			name := "schema/note.schema.json"
			d := compare(t, side(t, "a", museum(files{name: way.old})), side(t, "b", museum(files{name: way.now})))
			var got []string
			for _, s := range d.Schemas {
				for _, f := range s.Fields {
					got = append(got, f.Effect)
				}
			}
			all := strings.Join(got, " ")
			if all != way.want && all != way.want+" "+way.want {
				t.Errorf("%s → %s: %s, want %s", way.old, way.now, fmt.Sprint(got), way.want)
			}
		}
	}
}

// A schema that no kind leads to constrains nothing; one that a reference leads
// to does.
func TestUnusedSchemas(t *testing.T) {
	for ref, want := range map[string]string{"": diff.Unused, `{"$ref": "common.json#/$defs/t"}`: diff.Tightened} {
		f := func(common string) files {
			out := files{"schema/common.json": common}
			if ref != "" {
				out["schema/note.schema.json"] = `{"properties": {"text": ` + ref + `}}`
			}
			return museum(out)
		}
		d := compare(t, side(t, "a", f(`{"$defs": {"t": {"maxLength": 9}}}`)), side(t, "b", f(`{"$defs": {"t": {"maxLength": 8}}}`)))
		if len(d.Schemas) != 1 || d.Schemas[0].Fields[0].Effect != want {
			t.Errorf("%q: %+v", ref, d.Schemas)
		}
	}
}
