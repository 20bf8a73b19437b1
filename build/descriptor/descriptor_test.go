package descriptor

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"testing"

	"stemma/internal/golden"
)

// plain is a description that can be made wrong.
func plain() *Description {
	return &Description{
		Dataset: Dataset{Name: "plain", Version: "0.1.0-dev"},
		Tables:  []Table{{Name: "things", Kind: "thing", Columns: []Column{{Name: "id", Type: typeText}}}},
		Files:   []File{{"tables/things.parquet", strings.Repeat("0", 64), 12}},
	}
}

func TestGoldenDocuments(t *testing.T) {
	for folder, d := range map[string]*Description{"sample": writeSample(t, t.TempDir()), "plain": writePlain(t, t.TempDir())} {
		documents, err := Documents(d)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Documents(d)
		if err != nil {
			t.Fatal(err)
		}
		for i, doc := range documents {
			golden.Check(t, path.Join("testdata", folder, doc.Path), doc.Data)
			if !bytes.Equal(doc.Data, again[i].Data) || !bytes.HasSuffix(doc.Data, []byte("\n")) {
				t.Errorf("%s: differs when written again, or its last line has no end", doc.Path)
			}
		}
		golden.Check(t, path.Join("testdata", folder, "dataset-card.md"), DatasetCard(d))
		golden.Check(t, path.Join("testdata", folder, "tables.sql"), LoadSQL(d, Tables))
	}
}

func TestDescriptionsThatAreWrong(t *testing.T) {
	for says, change := range map[string]func(d *Description){
		"name and version":        func(d *Description) { d.Dataset.Version = "" },
		"no columns":              func(d *Description) { d.Tables[0].Columns = nil },
		"is there twice":          func(d *Description) { d.Tables = append(d.Tables, d.Tables[0]) },
		"no plain file name":      func(d *Description) { d.Tables[0].Name = "a`b" },
		"no file tables/":         func(d *Description) { d.Files = nil },
		"with a SHA-256":          func(d *Description) { d.Files[0].SHA256 = "" },
		`the type "utf16"`:        func(d *Description) { d.Tables[0].Columns[0].Type = "utf16" },
		`"no", which is no table`: func(d *Description) { d.Tables[0].ForeignKeys = []ForeignKey{{nil, "no", nil}} },
		"as many columns":         func(d *Description) { d.Tables[0].ForeignKeys = []ForeignKey{{[]string{"id"}, "things", nil}} },
		"which are no columns":    func(d *Description) { d.Tables[0].PrimaryKey = []string{"no"} },
	} {
		d := plain()
		change(d)
		if documents, err := Documents(d); documents != nil || err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v; want an error with %q", err, says)
		}
	}
}

func TestWholePattern(t *testing.T) {
	for re2, want := range map[string]string{
		"^clm-[a-z0-9]+(-[a-z0-9]+)*$": "clm-[a-z0-9]+(-[a-z0-9]+)*", "^[0-9a-f]{64}$": "[0-9a-f]{64}", `^a\.b$`: `a\.b`, "^(a|b)$": "(a|b)", "^[^x]$": "[^x]",
		"^a|b$": "", "abc": "", "^abc": "", `^a\$`: "", "^(?i)a$": "", `^\d$`: "", `^\bx$`: "", "^a$b$": "", "^a*?$": "", "^a{2,3}$": "a{2,3}", "^a{2}?$": "", "^a{$": "", "^a}$": "", "^a{2}b{3,}$": "a{2}b{3,}", "^[]a]$": "", "^[a[b]]$": "", "^[a-z&&[b]]$": "",
	} {
		if got := wholePattern(re2); got != want {
			t.Errorf("%s: %q, not %q", re2, got, want)
		}
	}
}

// In XML Schema a pattern always means the whole text.
func FuzzWholePattern(f *testing.F) {
	for _, p := range []string{"^clm-[a-z0-9]+(-[a-z0-9]+)*$", "^(a|b)$", "^a|b$", "^[^x]$", `^a\$$`, "^[a-c-]{1,3}$", "^(ab?)+$"} {
		f.Add(p, "a")
		f.Add(p, "clm-a-b")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		re2, err := regexp.Compile(pattern)
		whole := wholePattern(pattern)
		if err != nil || whole == "" {
			return
		}
		again, err := regexp.Compile(`\A(?:` + whole + `)\z`)
		if err != nil {
			t.Fatalf("%s became %s: %v", pattern, whole, err)
		}
		for _, s := range []string{text, pattern, whole, "", "a", "a\n"} {
			if re2.MatchString(s) != again.MatchString(s) {
				t.Errorf("%s became %s, which says something else of %q", pattern, whole, s)
			}
		}
	})
}

func TestMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"plain text, really.": "plain text, really.",
		"<b>&amp;</b>":        `\<b\>\&amp\;\</b\>`,
		"a|b\n\n# c":          `a\|b \# c`,
		"1. one":              `1\. one`,
		"- x":                 `\- x`,
		"+ x":                 `\+ x`,
		"=== x":               `\=== x`,
		"25-30 people":        `25\-30 people`,
		"\u202eevil\x00":      `\\u\{202e\}evil\\u\{0\}`,
		"می\u200cخواهم":       "می\u200cخواهم",
		"[a](http://x) ![b]":  `\[a\](http://x) \!\[b\]`,
		"bad \xff":            `bad \\u\{fffd\}`,
	} {
		want = strings.ReplaceAll(want, `\;`, ";")
		if got := markdown(in); got != want {
			t.Errorf("%q: %s, not %s", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"a": "`a`", "a`b": "``a`b``", "`": "`` ` ``", "a|b": "`a\\|b`", "": "`  `", "a\nb": "`a\\u{a}b`", "``": "``` `` ```", " a": "`  a `",
	} {
		if got := code(in); got != want {
			t.Errorf("%q: %s, not %s", in, got, want)
		}
	}
}

func TestNulls(t *testing.T) {
	for want, c := range map[string]struct {
		column Column
		rows   int64
	}{
		"*required*": {Column{Required: true}, 3}, "": {Column{}, 0}, "0%": {Column{}, 3}, "33.3%": {Column{Nulls: 1}, 3},
		"100%": {Column{Nulls: 3}, 3}, "<0.1%": {Column{Nulls: 1}, 1_000_000}, "99.9%": {Column{Nulls: 999_999}, 1_000_000}, "50%": {Column{Nulls: 1}, 2},
	} {
		if got := c.column.nulls(c.rows); got != want {
			t.Errorf("%+v: %s, not %s", c, got, want)
		}
	}
}

// However hostile a text is, a table of Markdown keeps its cells, and nothing
// opens a tag or leaves a line.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{hostile, "a|b", "\\|", "`", "\n", "<", "&", "\\"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, out := range map[string]string{"text": markdown(s), "code": code(s)} {
			if strings.ContainsAny(out, "\n\r\x00\u202e\u2028") {
				t.Errorf("%s of %q leaves the line: %q", name, s, out)
			}
			if strings.Contains(strings.ReplaceAll(out, `\|`, ""), "|") {
				t.Errorf("%s of %q ends the cell: %q", name, s, out)
			}
		}
		for i, out := 0, markdown(s); i < len(out); i++ {
			if out[i] == '\\' {
				i++
			} else if strings.IndexByte("<>`[]*_&", out[i]) >= 0 {
				t.Errorf("%q has markup: %q", s, out)
			}
		}
	})
}
