package schema

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// generator makes schemas and records at random, from few names and values, so
// that what it makes meets.
type generator struct {
	*rand.Rand
	defs int // how many $defs a schema may refer to
}

var (
	someNames = []string{"a", "b", "A", "a_b", "b_edtf", "x.y", "", "$schema", "a/b~c", "é"}
	someTexts = []string{`"x"`, `""`, `"2025-08-20"`, `"2025-08-20T14:30:00Z"`, `"2025-08-20T14:30:00.500+05:00"`, `"2025-08"`, `"ä\n\""`, `"12.50"`}
	someOther = []string{"null", "true", "false", "0", "1.0", "-3", "2.50", "1e3", "1e-7", "9007199254740993", "[]", "{}", "[null]", `{"a":null}`, `[[1],{"a":[]}]`}
)

func (g *generator) one(of []string) string { return of[g.IntN(len(of))] }

func (g *generator) sometimes(percent int) bool { return g.IntN(100) < percent }

// schemaText gives a whole schema.
func (g *generator) schemaText() string {
	g.defs = g.IntN(3)
	root := g.object(3)
	if g.sometimes(15) {
		root = g.schema(3)
	}
	if root == "true" || g.defs == 0 {
		return root
	}
	var defs []string
	for i := range g.defs {
		defs = append(defs, fmt.Sprintf(`"d%d":%s`, i, g.schema(2)))
	}
	if root == "{}" {
		return `{"$defs":{` + strings.Join(defs, ",") + `}}`
	}
	return root[:len(root)-1] + `,"$defs":{` + strings.Join(defs, ",") + `}}`
}

func (g *generator) schema(depth int) string {
	if depth == 0 {
		return g.leaf()
	}
	switch g.IntN(10) {
	case 0, 1, 2:
		return g.object(depth - 1)
	case 3, 4:
		return g.array(depth - 1)
	case 5:
		return g.variants(depth - 1)
	case 6:
		if g.defs > 0 {
			return fmt.Sprintf(`{"$ref":"#/$defs/d%d"}`, g.IntN(g.defs))
		}
	}
	return g.leaf()
}

func (g *generator) leaf() string {
	scalar := g.one([]string{"string", "integer", "number", "boolean"})
	switch g.IntN(12) {
	case 0:
		return fmt.Sprintf(`{"type":[%q,"null"]}`, scalar)
	case 1:
		return fmt.Sprintf(`{"enum":[%s,%s]}`, g.one(someTexts), g.one(append(someOther[:8:8], someTexts...)))
	case 2:
		return fmt.Sprintf(`{"const":%s}`, g.one(someOther))
	case 3:
		return `{"type":"string","format":"date"}`
	case 4:
		return `{"type":["string","null"],"format":"date-time"}`
	case 5:
		return `{"type":"string","x-format":"edtf"}`
	case 6:
		return g.one([]string{"true", "{}", `{"type":"object"}`, `{"format":"date"}`, `{"minLength":1}`})
	case 7:
		return fmt.Sprintf(`{"type":[%q,"string"]}`, scalar)
	}
	return fmt.Sprintf(`{"type":%q}`, scalar)
}

func (g *generator) object(depth int) string {
	var parts []string
	if g.sometimes(80) {
		parts = append(parts, g.one([]string{`"type":"object"`, `"type":"object"`, `"type":["object","null"]`}))
	}
	var props []string
	for _, i := range g.Perm(len(someNames))[:g.IntN(5)] {
		props = append(props, strconv.Quote(someNames[i])+":"+g.schema(depth))
	}
	parts = append(parts, `"properties":{`+strings.Join(props, ",")+`}`)
	parts = append(parts, g.one([]string{`"additionalProperties":false`, `"additionalProperties":false`, `"additionalProperties":true`,
		`"additionalProperties":{"type":"integer"}`, `"unevaluatedProperties":false`, `"minProperties":1`, `"required":["a"]`, `"patternProperties":{"^x":{}}`}))
	if g.sometimes(20) {
		parts = append(parts, `"minProperties":1`)
		parts = compactKeys(parts)
	}
	if g.sometimes(25) {
		parts = append(parts, g.one([]string{`"allOf"`, `"anyOf"`, `"oneOf"`})+`:[`+g.schema(depth)+`,`+g.object(0)+`]`)
	}
	if g.sometimes(15) {
		parts = append(parts, `"if":`+g.object(0), `"then":`+g.object(0), `"else":`+g.object(0))
	}
	if g.sometimes(5) {
		parts = append(parts, `"dependentSchemas":{"a":`+g.object(0)+`}`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func compactKeys(parts []string) []string {
	if len(parts) > 1 && parts[len(parts)-1] == parts[len(parts)-2] {
		return parts[:len(parts)-1]
	}
	return parts
}

func (g *generator) array(depth int) string {
	parts := []string{g.one([]string{`"type":"array"`, `"type":"array"`, `"type":["array","null"]`, `"maxItems":4`})}
	if g.sometimes(90) {
		parts = append(parts, `"items":`+g.schema(depth))
	}
	if g.sometimes(30) {
		parts = append(parts, `"minItems":1`)
	}
	if g.sometimes(10) {
		parts = append(parts, `"prefixItems":[`+g.schema(depth)+`]`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func (g *generator) variants(depth int) string {
	if g.sometimes(30) {
		return `{"anyOf":[` + g.schema(depth) + `,{"type":"null"}]}`
	}
	return fmt.Sprintf(`{%q:[%s,%s]}`, g.one([]string{"anyOf", "oneOf", "allOf"}), g.schema(depth), g.schema(depth))
}

// record gives a value that a shape may allow, and now and then does not.
func (g *generator) record(s *Shape, depth int) string {
	if s == nil || depth == 0 || g.sometimes(8) || len(s.Types) == 0 {
		return g.one(append(someOther, someTexts...))
	}
	if s.Nullable && g.sometimes(20) {
		return "null"
	}
	switch g.one(s.Types) {
	case "object":
		return g.recordObject(s, depth)
	case "array":
		var entries []string
		for range g.IntN(4) {
			entries = append(entries, g.record(s.Items, depth-1))
		}
		return "[" + strings.Join(entries, ",") + "]"
	case "string":
		return g.one(someTexts)
	case "boolean":
		return g.one([]string{"true", "false"})
	case "integer":
		return g.one([]string{"0", "1.0", "-3", "1e3", "9007199254740993"})
	}
	return g.one([]string{"0", "1.0", "-3", "2.50", "1e-7", "-0.0", "9007199254740993"})
}

func (g *generator) recordObject(s *Shape, depth int) string {
	var members []string
	named := map[string]bool{}
	for _, p := range s.Props {
		if g.sometimes(75) {
			members, named[p.Name] = append(members, strconv.Quote(p.Name)+":"+g.record(p.Shape, depth-1)), true
		}
	}
	for g.sometimes(12) {
		if name := g.one(someNames); !named[name] {
			members, named[name] = append(members, strconv.Quote(name)+":"+g.one(someOther)), true
		}
	}
	return "{" + strings.Join(members, ",") + "}"
}
