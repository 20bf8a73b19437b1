package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// A report quotes hostile text. On a terminal, control characters move the
// cursor and bidirectional ones reorder the line; in a CI log, "##[" begins a
// command anywhere in a line and "::" one at its start. The text printer shows
// all of them as escapes, the JSON printer writes them as \u escapes, which
// every JSON reader turns back into the same text.

// hidden tells whether a character has no certain glyph of its own: controls,
// format and bidi characters, spaces other than the ASCII one, variation
// selectors, private and unassigned characters. Shown as they are, they would
// act on the terminal, or look like nothing, or have an unknown width.
func hidden(r rune) bool {
	return !unicode.IsPrint(r) ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// escape writes a character that is not shown as it is.
func escape(r rune) string {
	switch r {
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	}
	return fmt.Sprintf(`\u{%x}`, r)
}

// cell is a piece of text that is shown as one: a user-perceived character or
// an escape.
type cell struct {
	text  string
	width int // columns of a terminal, at least 1
	runes int // code points of the original that it stands for, at least 1
}

func plainCell(text string, runes int) cell { return cell{text, len(text), runes} }

// maxCluster is the number of code points up to which a user-perceived
// character is shown as one. Longer ones are no writing, but piles of marks
// that run over the neighbouring lines.
const maxCluster = 8

// cells cuts a text into what a terminal shows of it. A byte that is not UTF-8
// counts as one code point. Tabs become the given text.
func cells(s, tab string) []cell {
	var out []cell
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			out = append(out, plainCell(fmt.Sprintf(`\x%02x`, s[i]), 1))
		case r == '\t':
			out = append(out, plainCell(tab, 1))
		case hidden(r) || r == '#' && i > 0 && s[i-1] == '#':
			out = append(out, plainCell(escape(r), 1))
		default:
			size = shownLen(s[i:])
			out = appendClusters(out, s[i:i+size])
		}
		i += size
	}
	return out
}

// shownLen gives the length of the text, at least one character, up to the
// next one that is escaped.
func shownLen(s string) int {
	for i, r := range s {
		switch {
		case i == 0:
		case hidden(r), r == '#' && s[i-1] == '#':
			return i
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return len(s)
}

// appendClusters cuts a text without hidden characters into user-perceived
// characters (UAX #29). Marks without a base are escaped: they would sit on
// whatever the printer writes before them.
func appendClusters(out []cell, s string) []cell {
	state := -1
	for s != "" {
		var cluster string
		var width int
		cluster, s, width, state = uniseg.FirstGraphemeClusterInString(s, state)
		n := utf8.RuneCountInString(cluster)
		first, _ := utf8.DecodeRuneInString(cluster)
		if n <= maxCluster && width > 0 && !unicode.IsMark(first) {
			out = append(out, cell{cluster, width, n})
			continue
		}
		for _, r := range cluster {
			out = append(out, plainCell(escape(r), 1))
		}
	}
	return out
}

func widthOf(cs []cell) int {
	n := 0
	for _, c := range cs {
		n += c.width
	}
	return n
}

func textOf(cs []cell) string {
	var b strings.Builder
	for _, c := range cs {
		b.WriteString(c.text)
	}
	return b.String()
}

// maxText is the number of columns after which a message is cut.
const maxText = 1000

// harmless gives a text in one line that is safe to print after something
// else. A text of more than maxText columns ends in "…".
func harmless(s string) string {
	part, whole := s, true
	if n, _ := skipRunes(s, 0, maxText*maxCluster); n < len(s) {
		part, whole = s[:n], false
	}
	cs := cells(part, `\t`)
	width := 0
	for i, c := range cs {
		if width += c.width; width > maxText {
			return textOf(cs[:i]) + "…"
		}
	}
	if !whole {
		return textOf(cs) + "…"
	}
	return textOf(cs)
}

// harmlessPath gives a path, whole, that is safe to print at the start of a
// line.
func harmlessPath(path string) string {
	if strings.HasPrefix(strings.TrimLeft(path, " "), "::") {
		path = "./" + path
	}
	return textOf(cells(path, `\t`))
}

// skipRunes moves from a byte offset over up to n code points, and gives the
// new offset and the number of code points that were there.
func skipRunes(s string, offset, n int) (end, skipped int) {
	for offset < len(s) && skipped < n {
		size := 1
		if s[offset] >= utf8.RuneSelf {
			_, size = utf8.DecodeRuneInString(s[offset:])
		}
		offset += size
		skipped++
	}
	return offset, skipped
}

// escapeJSON writes hidden characters of a JSON text, all of which stand inside
// strings except line breaks, as \u escapes.
func escapeJSON(text []byte) []byte {
	out := make([]byte, 0, len(text))
	var last rune
	for _, r := range string(text) {
		switch {
		case r == '\n' || !hidden(r) && !(r == '#' && last == '#'):
			out = utf8.AppendRune(out, r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		last = r
	}
	return out
}
