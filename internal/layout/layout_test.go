package layout_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"stemma/internal/diag"
	"stemma/internal/layout"
	"stemma/internal/strictjson"
	"stemma/schema"
)

const schemaText = `{"properties": {
	"b": {},
	"a": {"properties": {"y": {}, "x": {}}},
	"list": {"items": {"properties": {"n": {}, "m": {}}}},
	"é": {}
}}`

// shape is the shape of schemaText.
var shape = func() *schema.Shape {
	catalog, list := schema.Load([]schema.File{{Path: "schema/s.json", Data: []byte(schemaText)}}, nil)
	if list.HasErrors() {
		panic(list)
	}
	return catalog.Schema("schema/s.json").Shape()
}()

func parse(t testing.TB, text string) *strictjson.Value {
	t.Helper()
	v, problems := strictjson.Parse([]byte(text))
	if problems != nil {
		t.Fatalf("%s: %v", text, problems)
	}
	return v
}

func TestRecord(t *testing.T) {
	tests := []struct{ name, in, want, line string }{
		{"order of the schema, then as it stands", `{"z":1,"c":2,"a":3,"b":4}`,
			"{\n  \"b\": 4,\n  \"a\": 3,\n  \"z\": 1,\n  \"c\": 2\n}", `{"b":4,"a":3,"z":1,"c":2}`},
		{"$schema is first, known or not", `{"b":1,"$schema":"s"}`, "{\n  \"$schema\": \"s\",\n  \"b\": 1\n}", `{"$schema":"s","b":1}`},
		{"nested objects and lists have orders of their own", `{"list":[{"m":1,"n":2},[]],"a":{"x":1,"y":2}}`,
			"{\n  \"a\": {\n    \"y\": 2,\n    \"x\": 1\n  },\n  \"list\": [\n    {\n      \"n\": 2,\n      \"m\": 1\n    },\n    []\n  ]\n}",
			`{"a":{"y":2,"x":1},"list":[{"n":2,"m":1},[]]}`},
		{"numbers stay as they were written", `[1.50, 1E2, -0, 100000000000000000000.0]`,
			"[\n  1.50,\n  1E2,\n  -0,\n  100000000000000000000.0\n]", `[1.50,1E2,-0,100000000000000000000.0]`},
		{"text in normal form C, with few escapes", `"\u0041e\u0301 \/ \u2028 \u0007 \ud83d\ude00"`, "\"A\u00e9 / \u2028 \\u0007 \U0001f600\"", "\"A\u00e9 / \u2028 \\u0007 \U0001f600\""},
		{"keys are matched in normal form C", "{\"zz\":0,\"e\u0301\":1}", "{\n  \"\u00e9\": 1,\n  \"zz\": 0\n}", "{\"\u00e9\":1,\"zz\":0}"},
		{"nothing in it", ` { } `, "{}", "{}"},
		{"no object", "\r\n null ", "null", "null"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v := parse(t, test.in)
			for oneLine, want := range map[bool]string{false: test.want, true: test.line} {
				got, problems := layout.Record(v, shape, oneLine)
				if problems != nil || string(got) != want {
					t.Errorf("on one line %v: %v (-want +got):\n%s", oneLine, problems, cmp.Diff(want, string(got)))
				}
			}
		})
	}
}

func TestKeysThatAreOne(t *testing.T) {
	const text = "{\"a\":{\"e\u0301\":1,\"\u00e9\":2},\"b\":[{\"\u212b\":1,\"A\u030a\":2,\"\u00c5\":3}]}"
	_, problems := layout.Record(parse(t, text), nil, false)
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s %+q first %+q", p.Code, text[p.Start:p.End], text[p.Related[0].Start:p.Related[0].End]))
	}
	want := []string{
		string(diag.JSONDuplicateKey) + ` "\"\u00e9\"" first "\"e\u0301\""`,
		string(diag.JSONDuplicateKey) + ` "\"A\u030a\"" first "\"\u212b\""`,
		string(diag.JSONDuplicateKey) + ` "\"\u00c5\"" first "\"\u212b\""`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// check holds what must be true of the layout of any JSON: it is JSON of the
// same value, after normalisation; it is its own layout; and the one on one
// line has no line break.
func check(t *testing.T, text string, s *schema.Shape) {
	t.Helper()
	v, problems := strictjson.Parse([]byte(text))
	if problems != nil {
		return
	}
	lines, collisions := layout.Record(v, s, false)
	line, _ := layout.Record(v, s, true)
	if collisions != nil {
		return
	}
	if strings.Contains(string(line), "\n") {
		t.Errorf("%q has a line break", line)
	}
	want := string(strictjson.AppendCanonical(nil, normalised(v)))
	for _, out := range [][]byte{lines, line} {
		again, problems := strictjson.Parse(out)
		if problems != nil {
			t.Fatalf("%q becomes %q, which is no JSON: %v", text, out, problems)
		}
		if got := string(strictjson.AppendCanonical(nil, again)); got != want {
			t.Errorf("%q becomes %q, another value: %s", text, out, cmp.Diff(want, got))
		}
		if twice, _ := layout.Record(again, s, false); string(twice) != string(lines) {
			t.Errorf("%q is no fixed point: %s", text, cmp.Diff(string(lines), string(twice)))
		}
		if twice, _ := layout.Record(again, s, true); string(twice) != string(line) {
			t.Errorf("%q on one line is no fixed point: %s", text, cmp.Diff(string(line), string(twice)))
		}
	}
}

func normalised(v *strictjson.Value) *strictjson.Value {
	out := *v
	if v.Kind == strictjson.String {
		out.Text = norm.NFC.String(v.Text)
	}
	out.Members, out.Elems = nil, nil
	for _, m := range v.Members {
		m.Name, m.Value = norm.NFC.String(m.Name), *normalised(&m.Value)
		out.Members = append(out.Members, m)
	}
	for i := range v.Elems {
		out.Elems = append(out.Elems, *normalised(&v.Elems[i]))
	}
	return &out
}

// TestAnyJSON holds the properties against generated values.
func TestAnyJSON(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 17)) // the same values on every run
	checked := 0
	for range 3000 {
		text := generate(r, 0)
		if _, problems := strictjson.Parse([]byte(text)); problems == nil {
			checked++
		}
		check(t, text, shape)
		check(t, text, nil)
	}
	if checked < 2000 {
		t.Errorf("only %d of the generated texts are JSON", checked)
	}
}

func generate(r *rand.Rand, depth int) string {
	words := []string{"a", "b", "x", "y", "list", "m", "n", "e\u0301", "\u00e9", "$schema", "", `\u0041\u030a`, `\n`, `\"`, "\u0327", "\u1100\u1161", "\u2126", "# \u202e"}
	space := []string{"", " ", "\n", "\r\n\t"}[r.IntN(4)]
	switch kind := r.IntN(8); {
	case kind < 2 && depth < 5:
		var elems []string
		for range r.IntN(4) {
			elems = append(elems, generate(r, depth+1))
		}
		return "[" + space + strings.Join(elems, ","+space) + "]"
	case kind < 5 && depth < 5:
		var members []string
		for range r.IntN(5) {
			members = append(members, `"`+words[r.IntN(len(words))]+`"`+space+":"+generate(r, depth+1))
		}
		return "{" + strings.Join(members, space+",") + "}" + space
	case kind < 6:
		return []string{"null", "true", "false"}[r.IntN(3)]
	case kind < 7:
		return strconv.FormatFloat(r.NormFloat64()*1e6, "eEf"[r.IntN(3)], r.IntN(9), 64)
	}
	return `"` + words[r.IntN(len(words))] + words[r.IntN(len(words))] + `"`
}

func FuzzRecord(f *testing.F) {
	for _, seed := range []string{
		`{"b":1,"a":{"x":[],"y":{}}}`, `[1.50,-0,1e400]`, "\"e\u0301\\u0301\"", `{"":{"":""}}`, "\"\\ud83d\\ude00\u2028\"",
		`"` + strings.Repeat("\u0301", 40) + `"`, "{\"\u212b\":1,\"A\u030a\":2}", strings.Repeat("[", 100) + strings.Repeat("]", 100),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		check(t, text, shape)
		check(t, text, nil)
	})
}
