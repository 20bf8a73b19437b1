package diag

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

var ownSGR = regexp.MustCompile("\x1b\\[[0-9;]*m")

// requireHarmless checks, by rules of its own, that a terminal and a CI log do
// nothing but show the text.
func requireHarmless(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Fatalf("not UTF-8: %q", text)
	}
	for _, r := range text {
		if r != '\n' && (unicode.Is(unicode.C, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)) {
			t.Fatalf("%U in %q", r, text)
		}
	}
	if strings.Contains(text, "##") {
		t.Fatalf("a CI command may begin at the ## in %q", text)
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") {
			t.Fatalf("a CI command: %q", line)
		}
	}
}

// requireUnderline checks of a report with one finding, without colour, that
// the underline is as far from the gutter as the span's text.
func requireUnderline(t *testing.T, text string) {
	t.Helper()
	lines := strings.Split(text, "\n")
	for i, line := range lines[1:] {
		// Only snippets have a line of blanks, a bar, blanks and carets.
		bar := strings.Index(line, "|")
		if bar < 0 || strings.Trim(line, " |^") != "" || !strings.HasSuffix(line, "^") || strings.TrimLeft(line, " ")[0] != '|' {
			continue
		}
		source := lines[i]
		if bar >= len(source) || source[bar] != '|' {
			t.Fatalf("gutters differ:\n%s\n%s", source, line)
		}
		if shown, marked := uniseg.StringWidth(source), len(line); marked > max(shown+1, bar+3) {
			t.Fatalf("the underline goes beyond the text:\n%s\n%s", source, line)
		}
		if width := uniseg.StringWidth(source); width > bar+2+snippetWidth+2 {
			t.Fatalf("%d columns: %s", width, source)
		}
	}
}

func FuzzPrinters(f *testing.F) {
	f.Add("records/a.json", `  "actor": "act-tpp",`, "no such actor", "did you mean act-ttp?", 12, 21)
	f.Add("\x1b]0;t\x07", "\t\"数据\"\u202e\r", "\n::error::", "\xff##[x]###", 3, 3)
	f.Add(" ::a", strings.Repeat("e\u0301\u200d", 900), "\u0301", "", 800, 1200)
	f.Add("", "", "", "", 0, -5)
	f.Add("a", "👩🏽‍🚀🇦🇫❤\ufe0f#\ufe0f\u20e3##", "#", "#", 1<<40, 1<<62)
	f.Add("a", "\u1100\u1160\u11a8\u0600\u0915\u093f\u3164", "x", "y", 2, 4)
	f.Fuzz(func(t *testing.T, file, line, message, help string, start, end int) {
		place := at(file, 3, start, end)
		d := New(ValueType, place, "/"+line, message, help, Related{place, help})
		report := NewReport(1, 1, List{d}, func(string, int) (string, bool) { return line, true })
		plain := render(t, TextPrinter{}, report)
		requireHarmless(t, plain)
		requireUnderline(t, plain)
		if n := strings.Count(plain, "\n"); n > 10 {
			t.Fatalf("%d lines: the input broke some\n%s", n, plain)
		}
		if colored := render(t, TextPrinter{Color: true}, report); ownSGR.ReplaceAllString(colored, "") != plain {
			t.Fatalf("colour changes the text:\n%s\n%s", colored, plain)
		}
		encoded := render(t, JSONPrinter{}, report)
		requireHarmless(t, encoded)
		if !json.Valid([]byte(encoded)) {
			t.Fatalf("not JSON: %s", encoded)
		}
	})
}

// FuzzCells checks that cutting a text up loses and invents nothing.
func FuzzCells(f *testing.F) {
	f.Add("abc\t##\xff")
	f.Add("e\u0301\u200d👩🏽🇦🇫数\u202e")
	f.Fuzz(func(t *testing.T, s string) {
		runes := 0
		for _, c := range cells(s, snippetTab) {
			runes += c.runes
			if c.width < 1 || c.runes < 1 {
				t.Fatalf("%+v in %q", c, s)
			}
		}
		if want := utf8.RuneCountInString(s); runes != want {
			t.Fatalf("%d code points of %d in %q", runes, want, s)
		}
	})
}
