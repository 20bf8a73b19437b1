package validate

import (
	"fmt"
	"strings"
	"unicode"

	"stemma/internal/diag"
	"stemma/internal/model"
	"stemma/internal/strictjson"
)

// checkInvisible finds characters, in any text of the record, that a reader
// cannot see or that change the direction of the text around them.
func checkInvisible(c *check, _ *model.Record) { c.invisible(c.rec.value) }

func (c *check) invisible(v *strictjson.Value) {
	switch v.Kind {
	case strictjson.String:
		if at, r, ok := findInvisible(v.Text); ok {
			where := "at its beginning"
			if at > 0 {
				where = fmt.Sprintf("after %q", lastRunes(v.Text[:at], 12))
			}
			c.find(diag.TextInvisible, model.Span{Start: v.Start, End: v.End},
				fmt.Sprintf("this text has %s (U+%04X) %s", describe(r), r, where), "delete it; text copied from a web page often carries such characters along")
		}
	case strictjson.Array:
		for i := range v.Elems {
			c.invisible(&v.Elems[i])
		}
	case strictjson.Object:
		for i := range v.Members {
			c.invisible(&v.Members[i].Value)
		}
	}
}

// findInvisible finds the first such character.
func findInvisible(s string) (at int, r rune, ok bool) {
	if !strings.ContainsFunc(s, isInvisible) {
		return 0, 0, false // nearly all texts
	}
	runes := []rune(s)
	for i, at := 0, 0; i < len(runes); at, i = at+len(string(runes[i])), i+1 {
		if r := runes[i]; isInvisible(r) && !belongs(runes, i) {
			return at, r, true
		}
	}
	return 0, 0, false
}

func isInvisible(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7F:
		return false
	case r == '\n' || r == '\t':
		return false // in notes
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false // signs of Arabic and Syriac that are seen
	case r == '\u2800':
		return true // a Braille pattern without dots
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// joining are the scripts in which joiners change how letters are written.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mandaic, unicode.Mongolian, unicode.Thaana,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
	unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Balinese, unicode.Javanese,
}

const (
	nonJoiner = '\u200C'
	joiner    = '\u200D'
)

// belongs tells whether an invisible character is part of how its neighbours
// are written: joiners between letters of scripts that use them and between
// pictures, and selectors of how a sign is drawn.
func belongs(runes []rune, i int) bool {
	before := i - 1
	for before >= 0 && unicode.In(runes[before], unicode.Inherited) {
		before-- // vowel signs and the like
	}
	if before < 0 {
		return false
	}
	switch r := runes[i]; {
	case r == nonJoiner, r == joiner:
		if i+1 == len(runes) {
			return false
		}
		isPicture := r == joiner && unicode.In(runes[before], unicode.S) && unicode.Is(unicode.So, runes[i+1])
		return isPicture || unicode.In(runes[before], joining...) && unicode.In(runes[i+1], joining...)
	case unicode.Is(unicode.Variation_Selector, r):
		return unicode.In(runes[before], unicode.S, unicode.P, unicode.N, unicode.Han, unicode.Mongolian, unicode.Myanmar)
	}
	return false
}

func describe(r rune) string {
	switch {
	case unicode.In(r, unicode.Bidi_Control):
		return "a character that changes the direction of text"
	case unicode.Is(unicode.Cc, r):
		return "a control character"
	}
	return "an invisible character"
}

func lastRunes(s string, n int) string {
	runes := []rune(s)
	return string(runes[max(0, len(runes)-n):])
}
