package validate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma/internal/model"
)

// hedgePhrase is a phrase that means a hedge.
type hedgePhrase struct {
	words string
	token string
	fixed bool // it stands for a number
}

// lexicon is the phrases of a policy, as loosen writes them, the longest first,
// so that "no more than" is not taken for "more than".
type lexicon []hedgePhrase

func newLexicon(p *model.Policy) lexicon {
	if p == nil {
		return nil
	}
	var l lexicon
	for i := range p.Hedges {
		h := &p.Hedges[i]
		for _, w := range h.Words {
			if words, _ := loosen(strings.TrimSpace(w.Value), unicode.ToLower); words != "" {
				l = append(l, hedgePhrase{words, h.Token.Value, h.Rule.Value == model.RuleFixed})
			}
		}
	}
	slices.SortStableFunc(l, func(a, b hedgePhrase) int { return len(b.words) - len(a.words) })
	return l
}

// tokens lists the hedges that a phrase says, from left to right.
func (l lexicon) tokens(phrase string) []string {
	text, _ := loosen(phrase, unicode.ToLower)
	var out []string
	for at := 0; at < len(text); {
		h, ok := l.begins(text, at)
		if !ok {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		end := at + len(h.words)
		if !isNegated(text[:at]) && !(h.fixed && isMultiplied(text[:at], text[end:])) {
			out = append(out, h.token)
		}
		at = end
	}
	return out
}

// begins finds the longest phrase at an offset of a loosened text.
func (l lexicon) begins(text string, at int) (hedgePhrase, bool) {
	if endsInWord(text[:at]) {
		return hedgePhrase{}, false
	}
	for _, h := range l {
		if rest, ok := strings.CutPrefix(text[at:], h.words); ok && !beginsWithWord(rest) {
			return h, true
		}
	}
	return hedgePhrase{}, false
}

// around finds the hedge that stands directly before the bytes [start, end) of
// a text, or one such as "or more" directly after them. Its words are as the
// text has them.
func (l lexicon) around(text string, start, end int) (hedgePhrase, bool) {
	const far = 64 // bytes: more than any phrase has
	from, to := max(0, start-far), min(len(text), end+far)
	before, at := loosen(text[from:start], unicode.ToLower)
	before = strings.TrimRightFunc(before, func(r rune) bool { return r == ' ' || r == '"' || r == '\'' || r == '(' || unicode.Is(unicode.Sc, r) })
	after, afterAt := loosen(text[end:to], unicode.ToLower)
	spaces := len(after) - len(strings.TrimLeft(after, " "))
	for _, h := range l {
		switch {
		case h.fixed: // at a number it is a part of it: several hundred
		case strings.HasPrefix(h.words, "or "):
			if rest, ok := strings.CutPrefix(after[spaces:], h.words); ok && !beginsWithWord(rest) {
				h.words = text[end+afterAt[spaces] : end+afterAt[spaces+len(h.words)]]
				return h, true
			}
		default:
			rest, ok := strings.CutSuffix(before, h.words)
			if !ok || endsInWord(rest) {
				continue
			}
			h.words = text[from+at[len(rest)] : from+at[len(before)]]
			return h, !isNegated(rest)
		}
	}
	return hedgePhrase{}, false
}

// isMultiplied tells whether an amount between two texts is only a part of a
// larger one, for which there is no hedge: tens of thousands, several million.
func isMultiplied(before, after string) bool {
	if rest, ok := strings.CutSuffix(strings.TrimSpace(before), "of"); ok && !endsInWord(rest) {
		return slices.Contains(amounts, lastWord(rest))
	}
	next := strings.TrimLeft(after, " -")
	if rest, ok := strings.CutPrefix(next, "of "); ok {
		next = rest
	}
	word := next[:len(next)-len(strings.TrimLeftFunc(next, unicode.IsLetter))]
	return slices.Contains(amounts, word) || slices.Contains(amounts, word+"s")
}

// amounts are words that multiply each other.
var amounts = []string{"tens", "dozens", "scores", "hundreds", "thousands", "lakhs", "millions", "crores", "billions", "trillions"}

// isNegated tells whether the word before a phrase turns its meaning round.
func isNegated(before string) bool {
	word := lastWord(before)
	return word == "not" || word == "no" || word == "never" || strings.HasSuffix(strings.TrimRight(before, " "), "n't")
}

func lastWord(text string) string {
	text = strings.TrimRight(text, " ")
	return text[len(strings.TrimRightFunc(text, unicode.IsLetter)):]
}

func endsInWord(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func beginsWithWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
