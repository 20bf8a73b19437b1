package schema

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"stemma/internal/strictjson"
)

func constraintsOf(t *testing.T, text, column string) *Constraints {
	t.Helper()
	s := load(t, text)
	if s == nil {
		t.Fatalf("the schema has errors: %s", text)
	}
	p, _ := NewPlan("k", "ks", "", s)
	for _, c := range p.Tables[0].Columns {
		if c.Name == column {
			return c.Constraints
		}
	}
	t.Fatalf("no column %q: %s", column, text)
	return nil
}

func TestConstraints(t *testing.T) {
	for _, c := range []struct{ name, p, want string }{
		{"none", `{"type":"string"}`, "{}"},
		{"enum", `{"type":["string","null"],"enum":["a","b",null]}`, "enum=[a b]"},
		{"enum of two schemas", `{"type":"string","enum":["a","b"],"allOf":[{"enum":["c","b"]}]}`, "enum=[b]"},
		{"const", `{"const":"a"}`, "enum=[a]"},
		{"nothing is allowed", `{"type":"string","enum":["a"],"const":"b"}`, "enum=[]"},
		{"enum of numbers", `{"type":"integer","enum":[1,20e1]}`, "enum=[1 200]"},
		{"enum of booleans", `{"type":"boolean","enum":[true]}`, "enum=[true]"},
		{"enum in a branch", `{"type":"string","anyOf":[{"enum":["a"]},{"enum":["b"]}]}`, "{}"},
		{"enum under then", `{"type":"string","if":{"minLength":2},"then":{"enum":["aa"]}}`, "{}"},
		{"lengths", `{"type":"string","minLength":1,"maxLength":80,"allOf":[{"minLength":2,"maxLength":90}]}`, "length=2..80"},
		{"pattern", `{"type":"string","pattern":"^a","allOf":[{"pattern":"b$"},{"pattern":"^a"}]}`, "patterns=[^a b$]"},
		{"bounds", `{"type":"integer","minimum":1,"maximum":10,"allOf":[{"minimum":0},{"maximum":9.0}]}`, "min=1 max=9"},
		{"bounds of doubles", `{"type":"number","minimum":0.5,"maximum":0.1}`, "min=0.5"},
		{"bounds of another type", `{"type":"string","minimum":1}`, "{}"},
		{"by reference", `{"$ref":"#/$defs/d"}`, "enum=[x] length=0..5 refs=[actor]"},
		{"items", `{"type":"array","items":{"type":"string","enum":["a"]}}`, "enum=[a]"},
		{"reference in a branch", `{"type":"string","anyOf":[{"x-ref":["actor"]},{"x-ref":["source"]}]}`, "refs=[actor source]"},
		{"no scalar", `{"type":["string","integer"],"enum":["a",1]}`, "{}"},
		{"a date", `{"type":"string","format":"date","enum":["2025-01-01"]}`, "{}"},
	} {
		k := constraintsOf(t, closedObject(`"p":`+c.p, `,"$defs":{"d":{"type":"string","const":"x","maxLength":5,"x-ref":["actor"]}}`), "p")
		if got := shown(k); got != c.want {
			t.Errorf("%s: %s, not %s", c.name, got, c.want)
		}
	}
}

func shown(k *Constraints) string {
	var out []string
	add := func(is bool, format string, args ...any) {
		if is {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	add(k.Required, "required")
	add(k.Enum != nil, "enum=%v", k.Enum)
	add(k.Patterns != nil, "patterns=%v", k.Patterns)
	add(k.Minimum != "", "min=%s", k.Minimum)
	add(k.Maximum != "", "max=%s", k.Maximum)
	add(k.MinLength > 0 || k.MaxLength > 0, "length=%d..%d", k.MinLength, k.MaxLength)
	add(k.Refs != nil, "refs=%v", k.Refs)
	if out == nil {
		return "{}"
	}
	return strings.Join(out, " ")
}

func TestWhetherAColumnIsRequired(t *testing.T) {
	const text = `"p":{"type":"string"}`
	closed := closedObject(text, `,"required":["p"]`)
	for _, c := range []struct {
		name, schema, column string
		want                 bool
	}{
		{"required", closed, "p", true},
		{"not required", closedObject(text, ""), "p", false},
		{"required elsewhere", closedObject(text, `,"allOf":[{"required":["p"]}]`), "p", true},
		{"required in each branch", closedObject(text, `,"anyOf":[{"required":["p"]},{"required":["p","q"]}]`), "p", true},
		{"required in one branch", closedObject(text, `,"anyOf":[{"required":["p"]},{"minProperties":1}]`), "p", false},
		{"null", closedObject(`"p":{"type":["string","null"]}`, `,"required":["p"]`), "p", false},
		{"another type", `{"type":"object","required":["p"],"properties":{"p":{"anyOf":[{"type":"string"},{}]}}}`, "p", false},
		{"a record of another type", `{"required":["p"],"properties":{` + text + `}}`, "p", false},
		{"nested", closedObject(`"o":`+closed, `,"required":["o"]`), "o_p", true},
		{"nested, may be absent", closedObject(`"o":`+closed, ""), "o_p", false},
		{"nested or null", closedObject(`"o":{"anyOf":[`+closed+`,{"type":"null"}]}`, `,"required":["o"]`), "o_p", false},
		{"number", closedObject(`"p":{"type":"number"}`, `,"required":["p"]`), "p_exact", true},
		{"JSON", closedObject(`"p":{"type":["string","integer"]}`, `,"required":["p"]`), "p", true},
		{"JSON or null", closedObject(`"p":{"type":["string","integer","null"]}`, `,"required":["p"]`), "p", false},
		{"JSON of anything", closedObject(`"p":true`, `,"required":["p"]`), "p", false},
		{"date", closedObject(`"p":{"type":"string","format":"date"}`, `,"required":["p"]`), "p", true},
		{"date in one branch", closedObject(`"p":{"type":"string","anyOf":[{"format":"date"},{}]}`, `,"required":["p"]`), "p", false},
		{"EDTF", closedObject(`"p":{"type":"string","x-format":"edtf"}`, `,"required":["p"]`), "p", true},
		{"its first day", closedObject(`"p":{"type":"string","x-format":"edtf"}`, `,"required":["p"]`), "p_earliest", false},
		{"list", closedObject(`"p":{"type":"array","items":{"type":["string","null"]}}`, `,"required":["p"]`), "p", true},
		{"list of anything else too", closedObject(`"p":{"type":"array","items":{"anyOf":[{"type":"string"},{}]}}`, `,"required":["p"]`), "p", false},
		{"_extra", `{"type":"object"}`, "_extra", false},
		{"where it comes from", closed, "record_sha256", true},
	} {
		if got := constraintsOf(t, c.schema, c.column).Required; got != c.want {
			t.Errorf("%s: required is %v: %s", c.name, got, c.schema)
		}
	}
}

func TestPrimaryKeys(t *testing.T) {
	const list = `"l":{"type":"array","items":{"type":"object","properties":{"v":{"type":"integer"}}}}`
	s := load(t, `{"type":"object","required":["id"],"properties":{"id":{"type":"string"},`+list+`,"n":{"type":"object","properties":{"id":{"type":"integer"}}}}}`)
	for id, want := range map[string]string{
		"":      "[[record_path record_index] [record_path record_index l_ordinal]]",
		"id":    "[[id] [k_id l_ordinal]]",
		"/n/id": "[[n_id] [k_id l_ordinal]]",
		"no":    "[[] [k_no l_ordinal]]",
	} {
		p, _ := NewPlan("k", "ks", id, s)
		var got [][]string
		for i := range p.Tables {
			got = append(got, p.PrimaryKey(i))
			for _, name := range got[i] {
				at := slices.IndexFunc(p.Tables[i].Columns, func(c Column) bool { return c.Name == name })
				if required := p.Tables[i].Columns[at].Constraints.Required; required != (id == "" || id == "id" || strings.HasSuffix(name, "_ordinal")) {
					t.Errorf("id %q: the key column %s is required: %v", id, name, required)
				}
			}
		}
		if fmt.Sprint(got) != want {
			t.Errorf("id %q: %v, not %s", id, got, want)
		}
	}
}

var firstProperty = regexp.MustCompile(`"properties":\{"([a-z]+)":`)

// Whatever the schema and the record, the cells keep to what is said of them.
func TestCellsKeepTheConstraints(t *testing.T) {
	g := &generator{Rand: rand.New(rand.NewPCG(3, 4))}
	required, listed := 0, 0
	for range 600 {
		// The generator seldom requires what it declares.
		schema := strings.ReplaceAll(g.schemaText(), `"required":["a"]`, `"maxProperties":9`)
		schema = firstProperty.ReplaceAllString(schema, `"required":["$1"],"properties":{"$1":`)
		s := load(t, schema)
		if s == nil {
			continue
		}
		p, _ := NewPlan("k", "ks", "", s)
		for range 40 {
			record := mustParse(g.record(s.Shape(), 5))
			if s.validate(record) != nil {
				continue
			}
			r, l := checkConstraints(t, p, record)
			required, listed = required+r, listed+l
			if t.Failed() {
				t.Fatal(schema)
			}
		}
	}
	if required < 80 || listed < 150 {
		t.Errorf("only %d required cells and %d of listed values were looked at", required, listed)
	}
}

// checkConstraints counts the cells of required columns that a schema declares,
// and those with an enum.
func checkConstraints(t *testing.T, p *Plan, record *strictjson.Value) (required, listed int) {
	t.Helper()
	_, err := p.Rows(record, Origin{"r", 0, "s"}, func(table int, row []Cell) error {
		for i, cell := range row {
			c := &p.Tables[table].Columns[i]
			if c.Constraints.Required && !strings.HasPrefix(c.Name, "record_") && !strings.HasSuffix(c.Name, "_ordinal") {
				required++
			}
			if c.Constraints.Enum != nil {
				listed++
			}
			if why := breaks(c, cell); why != "" {
				t.Errorf("%s.%s: %+v is %s", p.Tables[table].Name, c.Name, cell, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return required, listed
}

// breaks tells which constraint a cell does not keep.
func breaks(c *Column, cell Cell) string {
	k := c.Constraints
	if !cell.Valid {
		if k.Required {
			return "null"
		}
		return ""
	}
	values := []Cell{cell}
	if c.Type.List {
		values = cell.List
	}
	for _, v := range values {
		if !v.Valid {
			continue
		}
		text := v.Str
		switch c.Type.Scalar {
		case Boolean:
			text = strconv.FormatBool(v.Int != 0)
		case Int64:
			text = strconv.FormatInt(v.Int, 10)
		case Float64:
			text = strictjson.CanonicalNumber(strconv.FormatFloat(v.Float, 'g', -1, 64))
		}
		length := utf8.RuneCountInString(v.Str)
		switch {
		case k.Enum != nil && !slices.Contains(k.Enum, text):
			return fmt.Sprintf("none of %q", k.Enum)
		case length < k.MinLength, k.MaxLength > 0 && length > k.MaxLength:
			return "too short or too long"
		case slices.ContainsFunc(k.Patterns, func(p string) bool { return !regexp.MustCompile(p).MatchString(v.Str) }):
			return "not of the pattern"
		}
	}
	return ""
}
