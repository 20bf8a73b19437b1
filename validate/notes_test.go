package validate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/validate"
)

func notesFindings(t testing.TB, text string) (out []string) {
	t.Helper()
	fsys := fstest.MapFS{
		"dataset.json":           {Data: []byte(`{"name": "x", "version": "1.0.0", "released_on": "2026-01-01", "kinds": [{"kind": "a", "schema": "schema/a.json", "folder": "a", "table": "a"}]}`)},
		"schema/a.json":          {Data: []byte(`{"type": "object"}`)},
		"a/1.json":               {Data: []byte("{}\n")},
		"release-notes/1.0.0.md": {Data: []byte(text)},
	}
	snap, list, err := dataset.Load(t.Context(), fsys)
	if err != nil || snap == nil {
		t.Fatal(list, err)
	}
	res, err := validate.Run(t.Context(), snap, list, validate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics {
		if d.Code == diag.NotesMarkup {
			out = append(out, fmt.Sprintf("%d:%d %s", d.Place.Span.Start.Line, d.Place.Span.Start.Column, d.Message))
		}
	}
	return out
}

func TestNotesMarkup(t *testing.T) {
	const heading, under, html, fence = "this heading is above", "this line makes a heading", "this is HTML", "code is fenced inside"
	for text, want := range map[string][]string{
		"A *note*, `code`, a < b, 5 > 3, <https://example.org/x?y>.\n\n#### Deeper\n\n- one\n- two\n\n---\n\n| a |\n|---|\n": nil,
		"# One\n":                          {"1:1 " + heading},
		"x\n\n   ### Three":                {"3:1 " + heading},
		"##\n":                             {"1:1 " + heading},
		"##no heading, #17\n":              nil,
		"    # indented code\n":            nil,
		"Two\n---\n":                       {"2:1 " + under},
		"One\n  ===  \n":                   {"2:1 " + under},
		"- item\n---\n":                    {"2:1 " + under},
		"a <b>bold</b> word\n":             {"1:3 " + html},
		"é </details>\n":                   {"1:3 " + html},
		"<!-- hidden -->":                  {"1:1 " + html},
		"<javascript:alert(1)>":            {"1:1 " + html},
		"<https://a/ onclick=x>":           {"1:1 " + html},
		"```sh\n# a comment <b>\n```\n# b": {"4:1 " + heading},
		"~~~~\n~~~\n<b>\n~~~~\n":           nil,
		"```\nno end\n":                    {"1:1 this code has no end"},
		"- x\n  ```\n  <b>\n  ```\n":       {"2:1 " + fence, "3:3 " + html, "4:1 " + fence},
		"> ~~~\n":                          {"1:1 " + fence},
		"1. ```\n":                         {"1:1 " + fence},
		"``` a`b\n":                        {"1:1 " + fence},
		"a\r\nb":                           {"1:1 this line ends in CR LF"},
		"a\x1b[31m\u202e":                  {"1:2 the character U+001B"},
		"a\xff":                            {"1:2 the character U+FFFD"},
	} {
		got := notesFindings(t, text)
		if !slices.EqualFunc(got, want, strings.HasPrefix) {
			t.Errorf("%q: findings %q, want %q", text, got, want)
		}
	}
}
