package diff_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"stemma/diff"
	"stemma/internal/golden"
)

func TestChangelogSections(t *testing.T) {
	d := fixture(t)
	old, now := side(t, "0.1.0", museum(nil)), side(t, "0.2.0", museum(files{"dataset.json": strings.Replace(museumConfig, `"0.1.0"`, `"0.2.0"`, 1)}))
	old.Unfit = "the dataset has errors; " + hostile
	for name, text := range map[string]string{
		"hostile": d.Section(diff.Published{Version: "0.1.1", ReleasedOn: "2026-02-03", Notes: "\n\n*Two* jugs were broken.\n\n", Approved: hostile}),
		"dev":     d.Section(diff.Published{Version: "0.1.1-dev"}),
		"nothing": compare(t, old, now).Section(diff.Published{Version: "0.2.0", ReleasedOn: "2026-02-03"}),
		"first":   diff.FirstSection(diff.Published{Version: "0.1.0", ReleasedOn: "2026-01-01", Notes: "What there is."}, []diff.Count{{Kind: "object", N: 2}, {Kind: "`@all`", N: 1}, {Kind: "note"}}),
		"empty":   diff.FirstSection(diff.Published{Version: "0.0.1"}, nil),
	} {
		golden.Check(t, filepath.Join("testdata", "changelog", name+".md"), text)
		if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
			t.Errorf("%s has a character that is not printed at %q", name, text[i:])
		}
		if n := strings.Count("\n"+text, "\n## "); n != 1 || !strings.HasPrefix(text, "## ") || !strings.HasSuffix(text, "\n") || strings.HasSuffix(text, "\n\n") {
			t.Errorf("%s: %d headings of versions", name, n)
		}
		for line := range strings.Lines(text) {
			rest := strings.NewReplacer("<details>", "", "<summary>", "", "</summary>", "", "</details>", "").Replace(outsideSpans(t, line))
			if strings.ContainsAny(rest, "<@`|&\\") {
				t.Errorf("%s: %q stands outside of code", name, rest)
			}
		}
	}
}

// However much changed, a section stays readable.
func TestChangelogIsCut(t *testing.T) {
	many := files{}
	for i := range 3000 {
		many[fmt.Sprintf("objects/%d.json", i)] = fmt.Sprintf(`{"id": "%d", "name": %q}`, i, strings.Repeat("`", 500))
	}
	text := compare(t, side(t, "a", museum(nil)), side(t, "b", museum(many))).Section(diff.Published{Version: "0.1.1"})
	shown := strings.Count(text, "\n- added ")
	if len(text) > 45_000 || shown < 100 {
		t.Errorf("%d bytes, %d records", len(text), shown)
	}
	for _, want := range []string{"- records: 3000 added\n  - `object`: 3000 added\n", fmt.Sprintf("%d lines (%[1]d of records) are left out below; `stemma diff`", 3000-shown)} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q", want)
		}
	}
}
