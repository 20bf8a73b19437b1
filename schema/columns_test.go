package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// closedObject is a schema that allows exactly the properties given.
func closedObject(properties, more string) string {
	return `{"type":"object","additionalProperties":false,"properties":{` + properties + `}` + more + `}`
}

func columnsOf(t *testing.T, text string) []string {
	t.Helper()
	s := load(t, text)
	if s == nil {
		t.Fatalf("the schema has errors: %s", text)
	}
	p, list := NewPlan("k", "ks", "", s)
	if list.HasErrors() {
		t.Fatal(list)
	}
	var out []string
	for _, c := range p.Tables[0].Columns {
		out = append(out, c.Name)
	}
	return out
}

// TestWhetherThereIsAnExtraColumn is rule 9: the column exists where something
// can be left over, and nowhere else.
func TestWhetherThereIsAnExtraColumn(t *testing.T) {
	const text = `"p":{"type":"string"}`
	closed := closedObject(text, "")
	for _, c := range []struct {
		name, schema string
		want         bool
	}{
		{"closed", closed, false},
		{"open", `{"type":"object","properties":{` + text + `}}`, true},
		{"closed but for a pattern", closedObject(text, `,"patternProperties":{"x":{}}`), true},
		{"closed by false in a property of its own", closedObject(`"p":false`, ""), false},
		{"unevaluated", `{"type":"object","allOf":[{"properties":{` + text + `}}],"unevaluatedProperties":false}`, false},
		{"unevaluated, open inside", `{"type":"object","allOf":[{"additionalProperties":true}],"unevaluatedProperties":false}`, true},
		{"unevaluated, a pattern inside", `{"type":"object","anyOf":[{"patternProperties":{"x":true}}],"unevaluatedProperties":false}`, true},
		{"unevaluated, a name only in if", `{"type":"object","if":{"properties":{"q":{"const":1}}},"then":{"properties":{` + text + `}},"unevaluatedProperties":false}`, true},
		{"unevaluated, a name in if and then", `{"type":"object","if":{"properties":{"p":{"const":1}}},"then":{"properties":{"p":true}},"unevaluatedProperties":false}`, false},
		{"unevaluated, a dependent schema", `{"type":"object","dependentSchemas":{"p":{"properties":{"q":{}}}},"properties":{"p":{}},"unevaluatedProperties":false}`, true},
		{"unevaluated of a type inside", `{"type":"object","allOf":[{"unevaluatedProperties":{"type":"integer"}}],"unevaluatedProperties":false}`, true},
		{"closed branches", `{"anyOf":[` + closed + `,` + closedObject(`"q":{"type":"string"}`, "") + `]}`, false},
		{"one open branch", `{"oneOf":[` + closed + `,{"type":"object","required":["q"]}]}`, true},
		{"no type", closedObject(`"p":{"properties":{"q":{"type":"string"}},"required":["q"]}`, ""), true},
		{"a type only in then", closedObject(`"p":true`, `,"if":{"required":["p"]},"then":{"properties":{`+text+`}}`), true},
		{"a type in then and else", closedObject(`"p":true`, `,"if":{"required":["p"]},"then":{"properties":{`+text+`}},"else":{"properties":{"p":{"const":"x"}}}`), false},
		{"a type by enum", closedObject(`"p":{"enum":["a",null]}`, ""), false},
		{"anything is JSON", closedObject(`"p":true`, ""), false},
		{"nested, may be empty", closedObject(`"p":`+closed, ""), true},
		{"nested, needs a property", closedObject(`"p":`+closedObject(text, `,"required":["p"]`), ""), false},
		{"nested, needs one of them", closedObject(`"p":`+closedObject(text, `,"minProperties":1`), ""), false},
		{"nested or null", closedObject(`"p":{"anyOf":[`+closedObject(text, `,"required":["p"]`)+`,{"type":"null"}]}`, ""), false},
		{"child table, may be empty", closedObject(`"p":{"type":"array","items":`+closed+`}`, ""), true},
		{"child table, never empty", closedObject(`"p":{"type":"array","minItems":1,"items":`+closed+`}`, ""), false},
		{"list", closedObject(`"p":{"type":"array","items":{"type":"string"}}`, ""), false},
		{"list without type", closedObject(`"p":{"items":{"type":"string"}}`, ""), true},
		{"list whose entries may differ", closedObject(`"p":{"type":"array","anyOf":[{"items":{"type":"string"}},{"maxItems":3}]}`, ""), true},
		{"date", closedObject(`"p":{"type":"string","format":"date"}`, ""), false},
		{"date in one branch", closedObject(`"p":{"type":"string","anyOf":[{"format":"date"},{}]}`, ""), true},
		{"date and time", closedObject(`"p":{"type":"string","format":"date-time"}`, ""), true},
	} {
		if got := slices.Contains(columnsOf(t, c.schema), "_extra"); got != c.want {
			t.Errorf("%s: _extra is %v: %s", c.name, got, c.schema)
		}
	}
}

// TestManyColumns is about definitions that double the columns at each level.
func TestManyColumns(t *testing.T) {
	var defs []string
	for i := range 40 {
		defs = append(defs, fmt.Sprintf(`"d%d":{"type":"object","properties":{"a":{"$ref":"#/$defs/d%d"},"b":{"$ref":"#/$defs/d%d"}}}`, i, i+1, i+1))
	}
	s := load(t, `{"$ref":"#/$defs/d0","$defs":{`+strings.Join(defs, ",")+`,"d40":{"type":"string"}}}`)
	if _, list := NewPlan("k", "ks", "", s); !list.HasErrors() {
		t.Error("2^40 columns are no error")
	}
	// Many definitions that all lead to each other have no end of paths, but few
	// columns: they become JSON where they enter the circle.
	defs = nil
	for i := range 12 {
		var props []string
		for j := range 12 {
			props = append(props, fmt.Sprintf(`"p%d":{"$ref":"#/$defs/d%d"}`, j, j))
		}
		defs = append(defs, fmt.Sprintf(`"d%d":{"type":"object","properties":{%s}}`, i, strings.Join(props, ",")))
	}
	p, list := NewPlan("k", "ks", "", load(t, `{"$ref":"#/$defs/d0","$defs":{`+strings.Join(defs, ",")+`}}`))
	if list.HasErrors() || len(p.Tables[0].Columns) > 20 {
		t.Errorf("%d columns, %v", len(p.Tables[0].Columns), list)
	}
}

// TestCheckIsTheSameEveryTime: the library ranges over maps, the findings must not.
func TestCheckIsTheSameEveryTime(t *testing.T) {
	s := load(t, `{"type":"object","required":["x","y"],"additionalProperties":false,"properties":{
		"a":{"anyOf":[{"type":"object","properties":{"k":{"const":1},"l":{"const":2},"m":{"type":"string"}}},{"type":"object","properties":{"k":{"const":3},"l":{"const":4},"m":{"type":"boolean"}}}]},
		"b":{"type":"integer"},"c":{"type":"integer"},"d":{"type":"integer"},"e":{"oneOf":[{"type":"string"},{"type":"boolean"}]}}}`)
	record := mustParse(`{"a":{"k":5,"l":5,"m":5},"b":"","c":"","d":"","e":1,"f":1,"g":1}`)
	first := fmt.Sprint(s.Check(record))
	for range 50 {
		if again := fmt.Sprint(s.Check(record)); again != first {
			t.Fatalf("the findings vary:\n%s\n%s", first, again)
		}
	}
}

// TestNameTables is about names across kinds; those of dataset.json stay.
func TestNameTables(t *testing.T) {
	s := load(t, `{"type":"object","properties":{"l":{"type":"array","items":{"type":"object","properties":{"v":{"type":"integer"}}}}}}`)
	a, _ := NewPlan("a", "B_L", "", s)
	b, _ := NewPlan("b", "bs", "", s)
	c, _ := NewPlan("A", "As", "", s)
	list := NameTables([]*Plan{a, b, c})
	var names []string
	for _, p := range []*Plan{a, b, c} {
		for _, table := range p.Tables {
			names = append(names, table.Name)
		}
	}
	if want := []string{"B_L", "a_l", "bs", "b_l_2", "As", "A_l_2"}; !slices.Equal(names, want) {
		t.Errorf("the tables are called %q, want %q", names, want)
	}
	if len(list) != 2 || list.HasErrors() {
		t.Errorf("findings: %v", list)
	}
}

// TestWhetherThereIsAValueColumn is rule 10.
func TestWhetherThereIsAValueColumn(t *testing.T) {
	for _, c := range []struct {
		schema string
		want   bool
	}{
		{`{"type":"object"}`, false},
		{`{"$ref":"#/$defs/o","$defs":{"o":{"type":"object"}}}`, false},
		{`{"properties":{"p":{"type":"string"}}}`, true},
		{`{"type":["object","null"]}`, true},
		{`{"oneOf":[{"type":"object"},{"type":"object","properties":{}}]}`, false},
		{`{"type":"string"}`, true},
		{`true`, true},
	} {
		if got := slices.Contains(columnsOf(t, c.schema), "_value"); got != c.want {
			t.Errorf("_value is %v: %s", got, c.schema)
		}
	}
	// What matches a pattern is not subject to additionalProperties.
	s := load(t, `{"type":"object","properties":{"list":{"items":{"properties":{"v":{"type":"integer"}}}}},
		"allOf":[{"patternProperties":{"^l":true},"additionalProperties":{"items":{"type":"object"}}}]}`)
	p, _ := NewPlan("k", "ks", "", s)
	checkNothingIsDropped(t, p, mustParse(`{"list":[1,{"v":2}]}`))
}
