package numerals

import (
	"math/big"
	"slices"
	"strings"
	"unicode"
)

// tolerances finds numbers that are printed with a tolerance, 12 ± 3, before
// anything else is made of the two: neither of them is what the phrase says.
func (r *reader) tolerances() {
	for i := 0; i < len(r.tokens); {
		sign, ok := r.toleranceSign(i)
		if !ok {
			i++
			continue
		}
		r.tolerance(sign)
		i = sign.next
	}
}

// toleranceSign is a sign or words for "give or take".
type toleranceSign struct {
	start, end int // byte offsets
	next       int // index of the token after it
	words      bool
	certain    bool // +- may be a slip for something else
}

var toleranceWords = [][]string{{"plus", "or", "minus"}, {"plus", "/", "minus"}, {"plus", "-", "minus"}, {"plus", "minus"}, {"give", "or", "take"}}

func (r *reader) toleranceSign(i int) (toleranceSign, bool) {
	found := func(next int, words, certain bool) (toleranceSign, bool) {
		return toleranceSign{r.tokens[i].start, r.tokens[next-1].end, next, words, certain}, true
	}
	switch t := r.tokens[i]; {
	case t.is("±"), t.is("∓"):
		return found(i+1, false, true)
	case t.is("+"):
		minus := func(at int) bool {
			return at < len(r.tokens) && (r.tokens[at].isHyphen() || r.tokens[at].is("\u2212"))
		}
		if i+1 < len(r.tokens) && r.tokens[i+1].is("/") && minus(i+2) {
			return found(i+3, false, true)
		}
		if minus(i+1) && r.tokens[i+1].glued && !r.tokens[i+1].is("–") {
			return found(i+2, false, false)
		}
	case t.kind == word:
		for _, words := range toleranceWords {
			if next := i + len(words); next <= len(r.tokens) && r.are(i, words) {
				return found(next, true, true)
			}
		}
	}
	return toleranceSign{}, false
}

// are tells whether the tokens from i on are these texts; a hyphen is any dash.
func (r *reader) are(i int, texts []string) bool {
	for j, text := range texts {
		t := r.tokens[i+j]
		if !t.is(text) && !(text == "-" && t.isHyphen()) {
			return false
		}
	}
	return true
}

// tolerance takes the numbers beside the sign out of what is read. What they
// say together is a range if nothing about it is unsure; a number alone, even
// the one in the middle, is then still no reading.
func (r *reader) tolerance(sign toleranceSign) {
	after := slices.IndexFunc(r.items, func(n item) bool { return n.start >= sign.end })
	if after < 0 || r.gap(sign.end, r.items[after].start) != "" && !r.isMinus(sign.end, r.items[after].start) {
		if !sign.words { // "give or take a few" is a hedge
			r.problem(sign.start, sign.end, "a sign of a tolerance without a number after it")
		}
		return
	}
	width := r.items[after]
	first, start := after, sign.start
	if after > 0 && strings.Trim(r.gap(r.items[after-1].end, sign.start), ", ") == "" {
		first = after - 1
		start = r.items[first].start
	}
	middle := r.items[first]
	r.items = slices.Delete(r.items, first, after+1)
	message := "a tolerance, which is not read here"
	if first < after && sign.certain && !r.isShare(width.end) {
		if low, high, ok := endsOf(middle, width); ok {
			ends := [2]item{{start: start, end: width.end, readings: []*big.Rat{low}}, {start: start, end: width.end, readings: []*big.Rat{high}}}
			r.others = append(r.others, ends[:]...)
			r.bands = append(r.bands, Range{r.made(ends[0]), r.made(ends[1])})
			message = "a number with a tolerance, which is read only as the range that it makes"
		}
	}
	r.problem(start, width.end, message)
}

// gap is the text between two offsets, without currency signs.
func (r *reader) gap(start, end int) string {
	if start > end {
		return "overlap"
	}
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Sc, c) {
			return -1
		}
		return c
	}, r.phrase[start:end]))
}

// isMinus tells whether only a minus or dash is between two offsets.
func (r *reader) isMinus(start, end int) bool {
	return strings.Trim(r.gap(start, end), "-–—‐‑−") == ""
}

// isShare tells whether a percent sign or word stands at an offset: a share of
// the number before, or points of it.
func (r *reader) isShare(offset int) bool {
	at := slices.IndexFunc(r.tokens, func(t token) bool { return t.start >= offset })
	return at >= 0 && (slices.Contains([]string{"%", "‰", "٪", "﹪", "％", "percent", "pct", "pc", "per", "percentage"}, r.tokens[at].text))
}

// endsOf gives the ends of middle ± width. It gives none where one of them has
// several readings, where a scale may belong to both or to one (12 ± 3 thousand,
// 12k ± 3), and below zero.
func endsOf(middle, width item) (low, high *big.Rat, ok bool) {
	for i, reading := range width.readings {
		width.readings[i] = new(big.Rat).Abs(reading) // of "plus or minus", the minus is no sign
	}
	middles, widths := distinct(middle.readings), distinct(width.readings)
	if len(middles) != 1 || len(widths) != 1 || middle.hasScale() != width.hasScale() {
		return nil, nil, false
	}
	low, high = new(big.Rat).Sub(middles[0], widths[0]), plus(middles[0], widths[0])
	return low, high, low.Sign() >= 0 && widths[0].Sign() > 0
}

// hasScale tells whether a scale word or letter multiplies the number.
func (n item) hasScale() bool { return n.scaled || n.scale != nil }
