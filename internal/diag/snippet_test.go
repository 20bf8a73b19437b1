package diag

import (
	"strings"
	"testing"
)

// span marks a stretch of one line, in columns from 1, end exclusive.
func span(line, start, end int) Span {
	return Span{Position{line, start}, Position{line, end}}
}

func TestSnippetUnderlines(t *testing.T) {
	multi := Span{Position{1, 3}, Position{4, 2}}
	cases := []struct {
		name, line string
		span       Span
		text, mark string
	}{
		{"ascii", `{"a": 12}`, span(1, 7, 9), `{"a": 12}`, `      ^^`},
		{"first column", `abc`, span(1, 1, 2), `abc`, `^`},
		{"empty span", `abc`, span(1, 2, 2), `abc`, ` ^`},
		{"no end", `abc`, Span{Start: Position{1, 2}}, `abc`, ` ^`},
		{"end of line", `abc`, span(1, 4, 4), `abc`, `   ^`},
		{"behind the line", `abc`, span(1, 99, 120), `abc`, `   ^`},
		{"span longer than the line", `abc`, span(1, 2, 99), `abc`, ` ^^`},
		{"reversed span", `abc`, span(1, 3, 1), `abc`, `  ^`},
		{"empty line", ``, span(1, 1, 1), ``, `^`},
		{"several lines", `{ [1,`, multi, `{ [1,`, `  ^^^`},
		{"no column", `abc`, Span{Start: Position{1, 0}}, `abc`, ``},
		{"tab", "\t\"a\"\tb", span(1, 6, 7), `    "a"    b`, `           ^`},
		{"on a tab", "\ta", span(1, 1, 2), `    a`, `^^^^`},
		{"wide", `"数据": 1`, span(1, 7, 8), `"数据": 1`, `        ^`},
		{"on wide", `"数据"`, span(1, 2, 4), `"数据"`, ` ^^^^`},
		{"combining", "\"e\u0301te\u0301\": 1", span(1, 10, 11), "\"e\u0301te\u0301\": 1", `       ^`},
		{"inside a cluster", "e\u0301x", span(1, 2, 3), "e\u0301x", `^`},
		{"from base through mark", "ae\u0301x", span(1, 2, 4), "ae\u0301x", ` ^`},
		{"Devanagari", "क\u093f x", span(1, 4, 5), "क\u093f x", `   ^`},
		{"emoji and modifier", "👩🏽 x", span(1, 4, 5), "👩🏽 x", `   ^`},
		{"flag", "🇦🇫x", span(1, 3, 4), "🇦🇫x", `  ^`},
		{"joiner", "👩\u200d🚀x", span(1, 4, 5), `👩\u{200d}🚀x`, `            ^`},
		{"Persian and non-joiner", "می\u200cرود", span(1, 4, 5), `می\u{200c}رود`, `          ^`},
		{"escape sequence", "a\x1b[31mb", span(1, 7, 8), `a\u{1b}[31mb`, `           ^`},
		{"bidi", "a\u202eb", span(1, 2, 3), `a\u{202e}b`, ` ^^^^^^^^`},
		{"no-break space", "a\u00a0b", span(1, 3, 4), `a\u{a0}b`, `       ^`},
		{"variation selector", "❤\ufe0f!", span(1, 3, 4), `❤\u{fe0f}!`, `         ^`},
		{"lone mark", "\u0301a", span(1, 2, 3), `\u{301}a`, `       ^`},
		{"mark behind an escape", "\x07\u0301a", span(1, 3, 4), `\u{7}\u{301}a`, `            ^`},
		{"pile of marks", "a" + strings.Repeat("\u0301", 8) + "b", span(1, 10, 11),
			`\u{61}` + strings.Repeat(`\u{301}`, 8) + `b`, strings.Repeat(" ", 6+8*7) + `^`},
		{"not UTF-8", "a\xff\xfeb", span(1, 3, 4), `a\xff\xfeb`, `     ^^^^`},
		{"cut UTF-8", "\xe6\x95x", span(1, 3, 4), `\xe6\x95x`, `        ^`},
		{"replacement character", "\ufffdx", span(1, 2, 3), "\ufffdx", ` ^`},
		{"CI command", "##[error]x", span(1, 10, 11), `#\u{23}[error]x`, `              ^`},
		{"heading", "# a ### b", span(1, 9, 10), `# a #\u{23}\u{23} b`, `                  ^`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := new(cursor).cut(Place{"f", c.span}, c.line)
			mark := ""
			if s.length > 0 {
				mark = strings.Repeat(" ", s.indent) + strings.Repeat("^", s.length)
			}
			if s.text != c.text || mark != c.mark || s.clipped {
				t.Errorf("clipped: %t\n%s\n%s\nwant\n%s\n%s", s.clipped, s.text, mark, c.text, c.mark)
			}
		})
	}
}

func TestSnippetWindow(t *testing.T) {
	long := strings.Repeat("x", 5000)
	cases := []struct {
		name, line string
		span       Span
		text       string
		indent     int
		length     int
	}{
		{"start", "ab" + long, span(1, 1, 3), "ab" + long[:98] + "…", 0, 2},
		{"middle", long + "ab" + long, span(1, 5001, 5003), "…" + long[:33] + "ab" + long[:65] + "…", 34, 2},
		{"end", long + "ab", span(1, 5001, 5003), "…" + long[:98] + "ab", 99, 2},
		{"behind the end", long + "ab", span(1, 5003, 5003), "…" + long[:98] + "ab", 101, 1},
		{"far behind the end", long + "ab", span(1, 50_000, 50_001), "…" + long[:98] + "ab", 101, 1},
		{"span wider than the window", long + "ab" + long, span(1, 5001, 9000), "…" + long[:33] + "ab" + long[:65] + "…", 34, 67},
		{"wide characters", strings.Repeat("数", 500) + "ab", span(1, 501, 503), "…" + strings.Repeat("数", 49) + "ab", 99, 2},
		{"exactly the width", long[:98] + "ab", span(1, 99, 101), long[:98] + "ab", 98, 2},
		{"one too many", long[:99] + "ab", span(1, 100, 102), "…" + long[:98] + "ab", 99, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := new(cursor).cut(Place{"f", c.span}, c.line)
			if s.text != c.text || s.indent != c.indent || s.length != c.length {
				t.Errorf("%d+%d %s\nwant %d+%d %s", s.indent, s.length, s.text, c.indent, c.length, c.text)
			}
			if wide := strings.Contains(c.text, "…"); s.clipped != wide {
				t.Errorf("clipped is %t", s.clipped)
			}
		})
	}
}

// TestCursorRemembers compares a cursor that is used for many places with a
// fresh one for each.
func TestCursorRemembers(t *testing.T) {
	line := strings.Repeat("aé数\u0301\t", 3000)
	var kept cursor
	for _, column := range []int{1, 2, 900, 901, 5000, 14_000, 99_999, 3, 15_000, 15_001, 15_002} {
		place := Place{"f", span(7, column, column+3)}
		if got, want := kept.cut(place, line), new(cursor).cut(place, line); got != want {
			t.Errorf("column %d: %+v, want %+v", column, got, want)
		}
	}
	other := Place{"f", span(8, 1, 2)}
	if got, want := kept.cut(other, "short"), new(cursor).cut(other, "short"); got != want {
		t.Errorf("next line: %+v, want %+v", got, want)
	}
}
