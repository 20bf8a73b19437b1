package descriptor

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible writes characters that cannot be seen, or that change the direction
// of what surrounds them, as \u{…}. Joiners between letters stay.
func visible(s string) string {
	if strings.IndexFunc(s, hidden) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			fmt.Fprintf(&b, `\u{%x}`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hidden(r rune) bool {
	switch {
	case r == 0x200c || r == 0x200d: // the joiners
		return false
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == 0x2028, r == 0x2029, r == 0xfffd:
		return true
	}
	return false
}

// markdown writes a text as Markdown that shows just this text, in one line:
// no markup, no HTML, no entity and no end of a table's cell.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range visible(strings.Join(strings.Fields(s), " ")) {
		// CommonMark takes a backslash before any ASCII punctuation. Those that
		// mean nothing within a line are left alone, to be read.
		if r < utf8.RuneSelf && strings.ContainsRune("\\`*_{}[]<>#|~&!$", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	out := b.String()
	// At the beginning of a line some more characters have a meaning.
	if out != "" && strings.IndexByte("+-=0123456789", out[0]) >= 0 && strings.ContainsAny(out[:min(len(out), 12)], "+-=.)") {
		out = startOfLine(out)
	}
	return out
}

// startOfLine escapes what would begin a list, a rule or a heading.
func startOfLine(s string) string {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits < len(s) && strings.IndexByte("+-=.)", s[digits]) >= 0 {
		return s[:digits] + `\` + s[digits:]
	}
	return s
}

// code writes a text as a code span in a cell of a table: there a bar is
// escaped even in code, and nothing else is.
func code(s string) string {
	s = visible(s)
	longest, run := 0, 0
	for _, r := range s {
		if run++; r != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	s = strings.ReplaceAll(s, "|", `\|`)
	if s == "" || s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' || s[len(s)-1] == ' ' {
		s = " " + s + " " // one blank at either end is taken off again
	}
	return fence + s + fence
}

// short cuts a text after a number of characters.
func short(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
