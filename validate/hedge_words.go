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

// saidHedge is a phrase of a lexicon where a text says it.
type saidHedge struct {
	token      string
	fixed      bool
	words      string // as the text has them, with the negation
	start, end int    // byte offsets in the text
	negated    bool   // not about: no hedge is known that this means
}

// mean tells whether one of the phrases means a hedge.
func mean(said []saidHedge, token string) bool {
	return slices.ContainsFunc(said, func(h saidHedge) bool { return !h.negated && h.token == token })
}

// tokens lists the hedges that a phrase says, from left to right.
func (l lexicon) tokens(phrase string) []string {
	var out []string
	for _, h := range l.said(phrase) {
		if !h.negated {
			out = append(out, h.token)
		}
	}
	return out
}

// said lists the phrases of a text, from left to right.
func (l lexicon) said(phrase string) []saidHedge {
	text, at := loosen(phrase, unicode.ToLower)
	var out []saidHedge
	for i := 0; i < len(text); {
		h, ok := l.begins(text, i)
		if !ok {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		end := i + len(h.words)
		if !(h.fixed && isMultiplied(text[:i], text[end:])) {
			start, negated := i, false
			if n, ok := negation(text[:i]); ok {
				start, negated = n, true
			}
			out = append(out, saidHedge{h.token, h.fixed, phrase[at[start]:at[end]], at[i], at[end], negated})
		}
		i = end
	}
	return out
}

// within lists the phrases that some words of a text say where they stand in it:
// "more than" says something else in "no more than". Words that the text has
// several times are taken where they stand last before an offset.
func (l lexicon) within(text, words string, before int) []saidHedge {
	if words == "" {
		return nil
	}
	start := strings.LastIndex(text[:before], words)
	if start < 0 {
		start = strings.Index(text, words)
	}
	if start < 0 {
		return l.said(words)
	}
	end := start + len(words)
	return slices.DeleteFunc(l.said(text), func(h saidHedge) bool { return h.end <= start || h.start >= end })
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

// around lists the hedges that stand directly before the bytes [start, end) of
// a text, the nearest first, and one such as "or more" directly after them. Its
// offsets are not set.
func (l lexicon) around(text string, start, end int) []saidHedge {
	const far = 64 // bytes: more than any phrase has
	from, to := max(0, start-far), min(len(text), end+far)
	before, at := loosen(text[from:start], unicode.ToLower)
	var out []saidHedge
	for {
		before = strings.TrimRightFunc(before, func(r rune) bool { return r == ' ' || r == '"' || r == '\'' || r == '(' || unicode.Is(unicode.Sc, r) })
		h, ok := l.ends(before)
		if !ok {
			break
		}
		rest := before[:len(before)-len(h.words)]
		first, negated := negation(rest)
		if !negated {
			first = len(rest)
		}
		out = append(out, saidHedge{token: h.token, words: text[from+at[first] : from+at[len(before)]], negated: negated})
		before = rest
	}
	after, afterAt := loosen(text[end:to], unicode.ToLower)
	spaces := len(after) - len(strings.TrimLeft(after, " "))
	for _, h := range l {
		rest, ok := strings.CutPrefix(after[spaces:], h.words)
		if ok && !h.fixed && strings.HasPrefix(h.words, "or ") && !beginsWithWord(rest) {
			words := text[end+afterAt[spaces] : end+afterAt[spaces+len(h.words)]]
			return append(out, saidHedge{token: h.token, words: words})
		}
	}
	return out
}

// ends finds the longest phrase at the end of a loosened text. Those that stand
// for a number are a part of it (several hundred), and "or more" follows one.
func (l lexicon) ends(text string) (hedgePhrase, bool) {
	for _, h := range l {
		if rest, ok := strings.CutSuffix(text, h.words); ok && !h.fixed && !strings.HasPrefix(h.words, "or ") && !endsInWord(rest) {
			return h, true
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

// negations turn the meaning of what follows them round, or leave little of it.
var negations = []string{"not", "no", "never", "nor", "neither", "without", "hardly", "scarcely", "cannot"}

// fillers may stand between a negation and what it negates: not much more than.
var fillers = []string{"be", "been", "even", "much", "many", "quite", "really"}

// negation finds the negation directly before a phrase, and where it begins.
func negation(before string) (start int, ok bool) {
	for {
		before = strings.TrimRight(before, " ")
		word := lastWord(before)
		rest := before[:len(before)-len(word)]
		switch {
		case slices.Contains(negations, word):
			return len(rest), true
		case word == "t" && strings.HasSuffix(rest, "n'"):
			rest = strings.TrimSuffix(rest, "'")
			return len(rest) - len(lastWord(rest)), true
		case !slices.Contains(fillers, word):
			return 0, false
		}
		before = rest
	}
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
