package strictjson

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"stemma/internal/diag"
)

func TestParseProblems(t *testing.T) {
	nest := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	tests := []struct {
		name, in string
		code     diag.Code
		at       string // line:column-line:column
	}{
		{"empty", "", diag.JSONEmpty, "1:1-1:1"},
		{"blank", " \n\t", diag.JSONEmpty, "1:1-1:1"},
		{"byte order mark", "\xef\xbb\xbf{}", diag.JSONByteOrder, "1:1-1:2"},
		{"utf-16", "\xff\xfe{\x00}\x00", diag.JSONEncoding, "1:1-1:3"},
		{"bad utf-8", "{\"é\": \"a\xffb\"}", diag.JSONEncoding, "1:9-1:10"},
		{"overlong", "\"\xc0\x80\"", diag.JSONEncoding, "1:2-1:3"},
		{"encoded surrogate", "\"\xed\xa0\x80\"", diag.JSONEncoding, "1:2-1:3"},
		{"lone high", `{"a":"x\ud800y"}`, diag.JSONSurrogate, "1:8-1:14"},
		{"lone low", `"\uDC00"`, diag.JSONSurrogate, "1:2-1:8"},
		{"high high", `"\ud800\ud800"`, diag.JSONSurrogate, "1:2-1:8"},
		{"lone in a key", `{"\ud800":1}`, diag.JSONSurrogate, "1:3-1:9"},
		{"duplicate", "{\"a\":1,\n \"a\":2}", diag.JSONDuplicateKey, "2:2-2:5"},
		{"duplicate, deep and escaped", `{"x":[{"a":1,"\u0061":2}]}`, diag.JSONDuplicateKey, "1:14-1:22"},
		{"line comment", "{\n  // why\n}", diag.JSONComment, "2:3-2:4"},
		{"block comment", `{"a": /* 1 */ 1}`, diag.JSONComment, "1:7-1:8"},
		{"comment after", "{} // end", diag.JSONComment, "1:4-1:5"},
		{"nan", `{"a": NaN}`, diag.JSONNotANumber, "1:7-1:10"},
		{"minus infinity", `[-Infinity]`, diag.JSONNotANumber, "1:2-1:11"},
		{"trailing value", "{} {}", diag.JSONTrailing, "1:4-1:5"},
		{"trailing word", "{}\nend", diag.JSONTrailing, "2:1-2:4"},
		{"trailing comma in object", `{"a":1,}`, diag.JSONSyntax, "1:8-1:9"},
		{"trailing comma in array", "[1,\n]", diag.JSONSyntax, "2:1-2:2"},
		{"missing comma", "{\"a\":1\n \"b\":2}", diag.JSONSyntax, "1:7-1:7"},
		{"missing colon", `{"a" 1}`, diag.JSONSyntax, "1:5-1:5"},
		{"single quotes", `{'a':1}`, diag.JSONSyntax, "1:2-1:3"},
		{"typographic quotes", `{“a”:1}`, diag.JSONSyntax, "1:2-1:3"},
		{"python", `[True]`, diag.JSONSyntax, "1:2-1:6"},
		{"leading zero", `[007]`, diag.JSONSyntax, "1:2-1:5"},
		{"plus", `[+1]`, diag.JSONSyntax, "1:2-1:4"},
		{"bare point", `[.5]`, diag.JSONSyntax, "1:2-1:4"},
		{"open object", `{"a":1`, diag.JSONSyntax, "1:7-1:7"},
		{"open string", "{\"a\":\"x\n}", diag.JSONSyntax, "1:6-1:8"},
		{"open string at end", `"abc`, diag.JSONSyntax, "1:1-1:5"},
		{"raw tab", "[\"a\tb\"]", diag.JSONSyntax, "1:4-1:5"},
		{"bad escape", `["a\xb"]`, diag.JSONSyntax, "1:4-1:6"},
		{"stray bracket", `]`, diag.JSONSyntax, "1:1-1:2"},
		{"depth 129", nest(129), diag.JSONDepth, "1:129-1:130"},
		{"1,001 digits", "[1" + strings.Repeat("0", 1000) + "]", diag.JSONNumberLimit, "1:2-1:1003"},
		{"exponent 401", `{"é":1e401}`, diag.JSONNumberLimit, "1:6-1:11"},
		{"exponent -401", `1E-401`, diag.JSONNumberLimit, "1:1-1:7"},
		{"endless exponent", `1e99999999999999999999`, diag.JSONNumberLimit, "1:1-1:23"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := Parse([]byte(tt.in))
			if len(problems) != 1 {
				t.Fatalf("got %d problems, want 1: %+v", len(problems), problems)
			}
			p := problems[0]
			s := NewText([]byte(tt.in)).Span(p.Start, p.End)
			at := fmt.Sprintf("%d:%d-%d:%d", s.Start.Line, s.Start.Column, s.End.Line, s.End.Column)
			if p.Code != tt.code || at != tt.at {
				t.Errorf("got %s at %s (%s), want %s at %s", p.Code, at, p.Message, tt.code, tt.at)
			}
			if p.Message == "" || p.Help == "" {
				t.Errorf("no words: %+v", p)
			}
		})
	}
}

// What is wrong with brackets, colons and quotation marks is said where the
// contributor has to mend it, and in words of what they forgot.
func TestParseWords(t *testing.T) {
	tests := []struct{ in, at, message, related string }{
		{`{"a" "b"}`, "1:5", "a colon is missing after the key", "1:6"},
		{"{\"coding\" {\n}}", "1:10", "a colon is missing after the key", "1:11"},
		{"{\"a\": 1\n  \"b\": 2}", "1:8", "a comma is missing here", "2:3"},
		{"[1 2]", "1:3", "a comma is missing here", "1:4"},
		{"{\n  \"a\": {\n    \"b\": [\n      1\n  },\n  \"c\": 2\n}", "5:3", `"}" does not close what is open here`, "3:10"},
		{"{\n  \"a\": {\n    \"b\": 1,\n  \"c\": {\n    \"d\": 2\n  }\n}\n", "8:1", "the text ends in the middle of a value", "2:8"},
		{"{\"a\":\n  \"by\": 1}", "2:3", "this was read as a value, but a colon follows", ""},
		{"{\n  value_type\": 1}", "2:3", "keys stand in double quotation marks", ""},
		{"{a: 1}", "1:2", "keys stand in double quotation marks", ""},
		{`{"a": nul, "b": 1}`, "1:7", "nul is not a JSON value", ""},
		{`{"a": tru}`, "1:7", "tru is not a JSON value", ""},
		{`{"a": yes}`, "1:7", "yes is not a JSON value", ""},
		{"{\"a\":\u00a01}", "1:6", "an unusual space or invisible character (U+00A0) stands here", ""},
		{`[02000]`, "1:2", "a number does not begin with a zero", ""},
		{`[1,2}`, "1:5", `"}" does not close what is open here`, "1:1"},
	}
	for _, tt := range tests {
		_, problems := Parse([]byte(tt.in))
		if len(problems) != 1 {
			t.Errorf("%q: %d problems", tt.in, len(problems))
			continue
		}
		place := func(offset int) string {
			p := NewText([]byte(tt.in)).Position(offset)
			return fmt.Sprintf("%d:%d", p.Line, p.Column)
		}
		related := ""
		for _, r := range problems[0].Related {
			related += place(r.Start)
		}
		if got := place(problems[0].Start); got != tt.at || problems[0].Message != tt.message || related != tt.related || problems[0].Help == "" {
			t.Errorf("%q:\n got %s %s, related %q (%s)\nwant %s %s, related %q", tt.in, got, problems[0].Message, related, problems[0].Help, tt.at, tt.message, tt.related)
		}
	}
}

func TestParseSize(t *testing.T) {
	fits := `"` + strings.Repeat("a", MaxBytes-2) + `"`
	if _, p := Parse([]byte(fits)); p != nil {
		t.Errorf("a record of exactly the limit: %v", p[0].Message)
	}
	if _, p := Parse([]byte(fits + " ")); len(p) != 1 || p[0].Code != diag.JSONSize {
		t.Errorf("a record over the limit: %+v", p)
	}
}

func TestParseReportsEveryDuplicate(t *testing.T) {
	var b strings.Builder
	b.WriteString("{")
	for i := range 40 {
		fmt.Fprintf(&b, `"k%d":1,"k%d":2,`, i, i)
	}
	_, problems := Parse([]byte(strings.TrimSuffix(b.String(), ",") + "}"))
	if len(problems) != 40 {
		t.Errorf("got %d problems, want 40", len(problems))
	}
	for _, p := range problems {
		if len(p.Related) != 1 || p.Related[0].Start >= p.Start {
			t.Errorf("the first key is not named: %+v", p)
		}
	}
}

func TestPointers(t *testing.T) {
	text := `{"a": {"b/c": [10, {"~": "é"}, null]}, "": true}`
	v, problems := Parse([]byte(text))
	if problems != nil {
		t.Fatal(problems)
	}
	for pointer, want := range map[string]string{
		"": text, "/a": `{"b/c": [10, {"~": "é"}, null]}`, "/a/b~1c/0": "10", "/a/b~1c/1/~0": `"é"`, "/a/b~1c/2": "null", "/": "true",
		"/x": "", "/a/b~1c/3": "", "/a/b~1c/00": "", "/a/b~1c/-": "", "a": "", "/a/b~1c/0/x": "",
	} {
		got := ""
		if at := v.Lookup(pointer); at != nil {
			got = text[at.Start:at.End]
			if back := v.PointerAt(at.Start); pointer != "" && back != pointer && !strings.HasPrefix(back, pointer) {
				t.Errorf("PointerAt(%d) = %q, want %q", at.Start, back, pointer)
			}
		}
		if got != want {
			t.Errorf("Lookup(%q) = %q, want %q", pointer, got, want)
		}
	}
	if s, e, ok := v.KeySpan("/a/b~1c"); !ok || text[s:e] != `"b/c"` {
		t.Errorf("KeySpan = %q, %v", text[s:e], ok)
	}
	if _, _, ok := v.KeySpan("/a/b~1c/0"); ok {
		t.Error("an array element has a key")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`{"a":[1,2.50,-0,1e400,{"b":null}],"é":"\u00e9\ud83d\ude00"}`, `{"a":1,"a":2}`, "[1,\n2,]", "\"\\ud800\"", "{} x",
		strings.Repeat("[", 130), "1e-401", "// c", "\xef\xbb\xbf1", "\"a\nb\"", `{"a":NaN}`, " ", "[\"\\x\"]", "{\"a\":\"x",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, problems := Parse(data)
		text := NewText(data)
		for _, p := range problems {
			if p.Start < 0 || p.Start > p.End || p.End > len(data) {
				t.Fatalf("place outside the text: %+v", p)
			}
			text.Span(p.Start, p.End)
			if _, ok := diag.Lookup(p.Code); !ok || p.Message == "" {
				t.Fatalf("no code or no words: %+v", p)
			}
		}
		if problems != nil {
			return
		}
		if !json.Valid(data) {
			t.Fatalf("read %q, which is not JSON", data)
		}
		checkPlaces(t, data, v)
		canonical := AppendCanonical(nil, v)
		again, problems := Parse(canonical)
		if len(problems) > 0 && problems[0].Code == diag.JSONNumberLimit {
			return // many digits can become an exponent beyond the limit of what is read
		}
		if problems != nil {
			t.Fatalf("the canonical form %q cannot be read: %+v", canonical, problems)
		}
		if second := AppendCanonical(nil, again); string(second) != string(canonical) {
			t.Fatalf("the canonical form is not stable: %q, %q", canonical, second)
		}
	})
}

// checkPlaces proves that a value's bytes, parsed alone, are that value.
func checkPlaces(t *testing.T, data []byte, v *Value) {
	t.Helper()
	again, problems := Parse(data[v.Start:v.End])
	if problems != nil || string(AppendCanonical(nil, again)) != string(AppendCanonical(nil, v)) {
		t.Fatalf("the bytes of a value are not the value: %q", data[v.Start:v.End])
	}
	for i := range v.Elems {
		checkPlaces(t, data, &v.Elems[i])
	}
	for i := range v.Members {
		m := &v.Members[i]
		if name, problems := Parse(data[m.NameStart:m.NameEnd]); problems != nil || name.Text != m.Name {
			t.Fatalf("the bytes of a name are not the name: %q", data[m.NameStart:m.NameEnd])
		}
		checkPlaces(t, data, &m.Value)
	}
}
