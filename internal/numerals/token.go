package numerals

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	word    tokenKind = iota // letters, with apostrophes inside
	digits                   // a number in digits
	mark                     // any other character that is not white space
	numeral                  // a character that is a number but no digit: ½, Ⅷ, ³
)

// token is a piece of the phrase between white space.
type token struct {
	kind       tokenKind
	start, end int
	text       string  // word: in lower case; mark: the character
	literal    literal // digits
	glued      bool    // nothing stands between it and the token before
}

func (t token) is(text string) bool { return t.kind != digits && t.text == text }

func (t token) isHyphen() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return t.kind == mark && unicode.Is(unicode.Pd, r)
}

// tokenise cuts the phrase into tokens; invalid UTF-8 counts as marks.
func tokenise(phrase string) []token {
	var tokens []token
	last := 0
	for at := 0; at < len(phrase); {
		r, size := utf8.DecodeRuneInString(phrase[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		// Joiners and direction marks between digits and letters are invisible.
		if unicode.Is(unicode.Cf, r) && at == last {
			at += size
			last = at
			continue
		}
		t := token{kind: mark, start: at, end: at + size, text: phrase[at : at+size], glued: at == last && at > 0}
		switch {
		case unicode.Is(unicode.Nd, r):
			t.kind, t.literal = digits, scanLiteral(phrase, at)
			t.end = t.literal.end
		case unicode.IsNumber(r):
			t.kind = numeral
		case unicode.IsLetter(r):
			t.kind, t.end = word, endOfWord(phrase, at)
			t.text = strings.ToLower(phrase[at:t.end])
		}
		tokens = append(tokens, t)
		at, last = t.end, t.end
	}
	return tokens
}

func endOfWord(phrase string, at int) int {
	for at < len(phrase) {
		r, size := utf8.DecodeRuneInString(phrase[at:])
		next, _ := utf8.DecodeRuneInString(phrase[at+size:])
		inside := unicode.IsLetter(r) || unicode.IsMark(r) || (r == '\'' || r == '’') && unicode.IsLetter(next)
		if !inside {
			break
		}
		at += size
	}
	return at
}

// isForeign tells whether a word has a letter of a script other than Latin.
func isForeign(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return true
		}
	}
	return false
}

// isForeignScale tells whether a word in any language multiplies the number
// before it. Chinese, Japanese and Korean scales run on into the next word.
func isForeignScale(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	cjk := unicode.In(first, unicode.Han, unicode.Hangul) && foreignScales[string(first)]
	return cjk || foreignScales[text] || strings.HasSuffix(text, "tausend")
}
