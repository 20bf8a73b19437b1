package numerals

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode"
)

// Read reads the numbers of a phrase. Phrases over 4096 bytes are not read.
func Read(phrase string) Result {
	if len(phrase) > maxPhrase {
		return Result{Problems: []Problem{{Message: fmt.Sprintf("a phrase longer than %d bytes is not read", maxPhrase)}}}
	}
	r := reader{phrase: phrase, tokens: tokenise(phrase)}
	for i := 0; i < len(r.tokens); {
		i = r.step(i)
	}
	if len(r.items) == 0 && len(r.problems) == 0 {
		r.impliedNumbers()
	}
	r.shareScales()
	r.addSums()
	return r.result()
}

// reader holds the state of one Read.
type reader struct {
	phrase   string
	tokens   []token
	items    []item
	others   []item // further readings of stretches that items cover
	problems []Problem
}

// item is a number that was found.
type item struct {
	start, end int
	readings   []*big.Rat
	scale      *big.Rat // the scale at its end, which may serve the number before; nil if there is none
	thousands  *big.Rat // what the separators at its end multiply, for the number before: 2–3,000; nil if there are none
	scaled     bool     // a scale certainly applies: what follows can be the rest of the number
}

// step reads what begins at token i and returns the index of what comes next.
func (r *reader) step(i int) int {
	t := r.tokens[i]
	switch t.kind {
	case digits:
		return r.digits(i)
	case numeral:
		r.problem(t.start, t.end, "a fraction sign, Roman numeral or other sign, which is not read")
		if last := len(r.items) - 1; last >= 0 && r.items[last].end == t.start {
			r.items = r.items[:last] // the 2 of 2½
		}
		return i + 1
	case mark:
		return i + 1
	}
	if s, ok := r.number(i, true); ok {
		return r.words(i, s)
	}
	switch {
	case fractionWords[t.text]:
		return r.fraction(t.start, i+1)
	case scaleWords[t.text] > 0 && !strings.HasSuffix(t.text, "s") && !r.isVague(i):
		r.problem(t.start, t.end, fmt.Sprintf("%q without a number before it", t.text))
	}
	return i + 1
}

// isVague tells whether the scale word at token i belongs to an amount without
// a number: several hundred, a couple of thousand.
func (r *reader) isVague(i int) bool {
	i--
	if i > 0 && (r.tokens[i].is("of") || r.tokens[i].isHyphen()) {
		i--
	}
	return i >= 0 && (vagueWords[r.tokens[i].text] || scaleWords[r.tokens[i].text] > 0 && r.isVague(i))
}

// digits reads the number at token i, with the scale after it.
func (r *reader) digits(i int) int {
	t := r.tokens[i]
	readings, problem := t.literal.read()
	if problem != "" {
		r.problem(t.start, t.end, problem)
		return i + 1
	}
	n := item{start: t.start, end: t.end, readings: r.withSign(i, readings), thousands: t.literal.thousands()}
	if i > 0 && len(t.literal.separators) == 0 {
		r.strayPoint(r.tokens[i-1], t, &n)
	}
	next := r.suffix(i+1, &n)
	return r.keep(n, next)
}

// strayPoint looks at a separator before digits that have none before it: .5 is
// a decimal; -.5 and 6 ,000 are not read.
func (r *reader) strayPoint(before, t token, n *item) {
	class := noSeparator
	if before.kind == mark {
		class = separatorOf([]rune(before.text)[0])
	}
	group := t.literal.groups[0]
	switch {
	case !t.glued || !isDecimal(class):
	case class != comma && !before.glued:
		n.start, n.readings = before.start, []*big.Rat{decimal("0", group)}
	case class != comma, len(group) == 3 && group[0] == '0':
		r.problem(before.start, t.end, "digits after a separator that may belong to a number")
	}
}

// withSign applies a minus before the number at token i.
func (r *reader) withSign(i int, readings []*big.Rat) []*big.Rat {
	if i == 0 {
		return readings
	}
	before := r.tokens[i-1]
	sign := before.is("minus")
	dash := before.isHyphen() && !before.glued && r.tokens[i].glued
	if !sign && !dash && !(before.is("\u2212") && !before.glued) {
		return readings
	}
	var negative []*big.Rat
	for _, reading := range readings {
		negative = append(negative, new(big.Rat).Neg(reading))
	}
	if dash { // or a dash between two clauses
		negative = append(negative, readings...)
	}
	return negative
}

// suffix applies the scales from token i on to n and returns the index after them.
func (r *reader) suffix(i int, n *item) int {
	const mostScales = 3 // hundred thousand million; more is no number anybody prints
	for range mostScales {
		text, next := r.wordAt(i)
		if text == "" {
			break
		}
		glued := r.tokens[i].glued && r.tokens[next-1].glued
		factor := scaleWords[text]
		if factor == 0 && n.scale == nil {
			factor = abbreviations[text]
		}
		unsure := maybeScales[text]
		if factor == 0 && (unsure == 0 || n.scale != nil || text == "b" && !glued) {
			if glued && next == i+1 && n.scale == nil && !unitsAfterDigits[text] && !isForeign(text) {
				r.problem(n.start, r.tokens[i].end, fmt.Sprintf("the letters %q directly after the digits are not understood", text))
			}
			break
		}
		if factor > 0 {
			for j, reading := range n.readings {
				n.readings[j] = times(reading, rat(factor))
			}
		} else {
			factor = unsure
			for _, reading := range n.readings {
				n.readings = append(n.readings, times(reading, rat(factor)))
			}
		}
		n.scaled = unsure == 0
		n.scale = rat(factor)
		if n.end = r.tokens[next-1].end; unsure > 0 {
			return next
		}
		i = next
	}
	return i
}

// words keeps the number in words s, which begins at token i.
func (r *reader) words(i int, s spelled) int {
	n := item{start: r.tokens[i].start, end: r.tokens[s.next-1].end, readings: r.withSign(i, []*big.Rat{s.value}), scaled: s.scale != nil}
	if s.bare {
		n.scale = s.scale
	}
	if _, _, again := r.simple(s.next); again {
		// Nineteen ninety-nine, one two three: years, telephone numbers.
		r.problem(n.start, n.end, "number words that follow one another without making one number")
	}
	if s.and > 0 && i > 0 && r.tokens[i-1].is("between") {
		// Between one hundred and fifty and two hundred, or one hundred and fifty thousand.
		if first, ok := r.number(i, false); ok && first.next == s.and {
			if second, ok := r.number(s.and+1, true); ok {
				r.others = append(r.others,
					item{start: n.start, end: r.tokens[first.next-1].end, readings: []*big.Rat{first.value}},
					item{start: r.tokens[s.and+1].start, end: r.tokens[second.next-1].end, readings: []*big.Rat{second.value}})
			}
		}
	}
	return r.keep(n, s.next)
}

// keep records n unless the word after it says that n is not the number meant.
func (r *reader) keep(n item, next int) int {
	text, after := r.wordAt(next)
	_, _, isNumber := r.simple(next) // half a million begins like a fraction
	switch {
	case text == "":
	case isForeignScale(text):
		r.problem(n.start, r.tokens[after-1].end, fmt.Sprintf("the scale %q is not read", text))
		return after
	case fractionWords[text] && !isNumber, (text == "first" || text == "second") && after > next+1:
		return r.fraction(n.start, after)
	case isForeign(text):
		r.problem(r.tokens[after-1].start, r.tokens[after-1].end, "a word that may be a scale, in a script that is not read")
	}
	r.items = append(r.items, n)
	return next
}

// fraction reports a fraction that ends before token i. A whole of which it is
// a part by name (a quarter of a million) is no number of its own.
func (r *reader) fraction(start, i int) int {
	if of, afterOf := r.wordAt(i); of == "of" {
		article, afterArticle := r.wordAt(afterOf)
		if scale, after := r.wordAt(afterArticle); (article == "a" || article == "an") && scaleWords[scale] > 0 {
			i = after
		}
	}
	r.problem(start, r.tokens[i-1].end, "a fraction or ordinal in words, which is not read")
	return i
}

// impliedNumbers reports what may be a number in a phrase that names none.
func (r *reader) impliedNumbers() {
	for _, t := range r.tokens {
		switch {
		case t.kind != word:
		case impliedWords[t.text]:
			r.problem(t.start, t.end, "a word that implies a number without naming it")
		case isForeignScale(t.text):
			r.problem(t.start, t.end, fmt.Sprintf("the scale %q is not read", t.text))
		case isForeign(t.text):
			r.problem(t.start, t.end, "words of a script that is not read")
			return
		}
	}
}

// between is the text between two items, without currency signs.
func (r *reader) between(a, b item) string {
	text := strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Sc, c) {
			return -1
		}
		return unicode.ToLower(c)
	}, r.phrase[a.end:b.start])
	return strings.TrimSpace(text)
}

// shareScales lets a scale serve the number before, too, where that makes a
// rising range: 5 to 6 thousand, 2–3,000.
func (r *reader) shareScales() {
	for i := len(r.items) - 2; i >= 0; i-- {
		a, b := &r.items[i], r.items[i+1]
		scale := b.scale
		if scale == nil {
			scale = b.thousands
		}
		if scale == nil || a.scale != nil || a.scaled || a.thousands != nil {
			continue
		}
		connector := r.between(*a, b)
		switch strings.Trim(connector, "-–—‐‑−") {
		case "":
			if connector == "" {
				continue
			}
			fallthrough
		case "to", "and", "or", "up to":
			largest := slices.MaxFunc(b.readings, (*big.Rat).Cmp)
			for _, reading := range a.readings {
				if shared := times(reading, scale); shared.Cmp(largest) <= 0 {
					a.readings = append(a.readings, shared)
				}
			}
			a.scale = b.scale
		}
	}
}

// addSums lets the parts of one number be read as such where only digits and
// scales part them: 2 lakh 50 thousand.
func (r *reader) addSums() {
	const mostReadings = 8
	var sum item
	for i, n := range r.items {
		if i > 0 && sum.scaled && r.joins(sum, n) {
			total := item{start: sum.start, end: n.end, scale: n.scale, scaled: n.scaled}
			for _, a := range sum.readings {
				for _, b := range n.readings {
					if len(total.readings) < mostReadings {
						total.readings = append(total.readings, plus(a, b))
					}
				}
			}
			r.others = append(r.others, total)
			sum = total
			continue
		}
		sum = n
	}
}

// joins tells whether n can be the rest of the number before it.
func (r *reader) joins(before, n item) bool {
	switch r.between(before, n) {
	case "", ",", "and", ", and":
	default:
		return false
	}
	if before.scale == nil {
		return false
	}
	for _, reading := range n.readings {
		if reading.Sign() < 0 || reading.Cmp(before.scale) >= 0 {
			return false
		}
	}
	return true
}

func (r *reader) problem(start, end int, message string) {
	r.problems = append(r.problems, Problem{Start: start, End: end, Text: r.phrase[start:end], Message: message})
}

// result puts everything in the order of the phrase.
func (r *reader) result() Result {
	result := Result{Problems: r.problems}
	for _, n := range append(slices.Clone(r.items), r.others...) {
		result.Numbers = append(result.Numbers, r.made(n))
	}
	result.Ranges = r.ranges()
	slices.SortStableFunc(result.Numbers, func(a, b Number) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	slices.SortStableFunc(result.Problems, func(a, b Problem) int { return cmp.Compare(a.Start, b.Start) })
	return result
}

func (r *reader) made(n item) Number {
	return Number{Start: n.start, End: n.end, Text: r.phrase[n.start:n.end], Readings: distinct(n.readings)}
}

// distinct drops readings that come again, keeping the order.
func distinct(readings []*big.Rat) []*big.Rat {
	var kept []*big.Rat
	for _, reading := range readings {
		if !slices.ContainsFunc(kept, func(k *big.Rat) bool { return k.Cmp(reading) == 0 }) {
			kept = append(kept, reading)
		}
	}
	return kept
}
