package schema

import (
	"slices"
	"testing"
)

// TestShapeFollowsReferences: x-ref counts wherever a declaration can stand.
func TestShapeFollowsReferences(t *testing.T) {
	s := load(t, `{"properties":{
		"a":{"$ref":"#/$defs/r"},
		"b":{"anyOf":[{"type":"array","items":{"$ref":"#/$defs/r"}},{"type":"null"}]},
		"c":{"allOf":[{"$ref":"#/$defs/r"},{"x-ref":["source"]}]},
		"child":{"$ref":"#"}},
		"if":{"required":["a"]},"then":{"properties":{"d":{"x-ref":["source"]}}},
		"dependentSchemas":{"a":{"properties":{"e":{"$ref":"#/$defs/r"}}}},
		"$defs":{"r":{"type":["string","null"],"x-ref":["actor"],"description":"Who."}}}`)
	root := s.Shape()
	for name, want := range map[string][]string{"a": {"actor"}, "c": {"actor", "source"}, "d": {"source"}, "e": {"actor"}} {
		if got := root.Prop(name).Refs; !slices.Equal(got, want) {
			t.Errorf("%s refers to %v, want %v", name, got, want)
		}
		if got := root.Prop("child").Prop("child").Prop(name); got == nil || !slices.Equal(got.Refs, want) {
			t.Errorf("child/child/%s is %+v", name, got)
		}
	}
	if got := root.Prop("b").Items; got == nil || !slices.Equal(got.Refs, []string{"actor"}) {
		t.Errorf("the entries of b are %+v", got)
	}
	if a := root.Prop("a"); !a.Nullable || a.Description != "Who." || !slices.Equal(a.Types, []string{"string"}) {
		t.Errorf("a is %+v", a)
	}
	record := mustParse(`{"child":{"b":["x"]},"zz":1}`)
	if at := root.At(record, record.Lookup("/child/b/0").Start); at == nil || len(at.Refs) != 1 {
		t.Errorf("the shape at /child/b/0 is %+v", at)
	}
	if at := root.At(record, record.Lookup("/zz").Start); at != nil {
		t.Errorf("the shape of an undeclared property is %+v", at)
	}
	var names []string
	for _, p := range root.Props {
		names = append(names, p.Name)
	}
	if want := []string{"a", "b", "c", "child", "d", "e"}; !slices.Equal(names, want) {
		t.Errorf("the properties are %q, want %q", names, want)
	}
}

func TestConfig(t *testing.T) {
	for _, name := range []string{DatasetSchema, PolicySchema, ApprovalsSchema} {
		s, err := Config(name)
		if err != nil {
			t.Fatal(err)
		}
		if title, description := s.Title(); title == "" || description == "" {
			t.Errorf("%s has the title %q and the description %q", name, title, description)
		}
		if problems := s.Check(mustParse(`[]`)); len(problems) != 1 {
			t.Errorf("%s: a list gives %v", name, problems)
		}
	}
}
