package numerals

import "math/big"

// spelled is a number in words: tokens[from:next] of the reader.
type spelled struct {
	value *big.Rat
	next  int
	scale *big.Rat // the last scale word's value; nil if there is none
	bare  bool     // nothing follows the last scale word: it may serve the number before, too
	and   int      // index of an "and" that was read as part of the number; 0 if none
}

// wordAt returns the word at index i where it continues what stands before: after
// white space or, at from, one hyphen. next is the index after it.
func (r *reader) wordAt(i int) (text string, next int) {
	if i < len(r.tokens) && r.tokens[i].isHyphen() && r.tokens[i].glued && i+1 < len(r.tokens) && r.tokens[i+1].glued {
		i++
	}
	if i < len(r.tokens) && r.tokens[i].kind == word {
		return r.tokens[i].text, i + 1
	}
	return "", i
}

// small reads a number below one hundred.
func (r *reader) small(i int) (value int64, next int, ok bool) {
	text, next := r.wordAt(i)
	value, ok = smallWords[text]
	if !ok {
		return 0, i, false
	}
	if value >= 20 {
		unitText, afterUnit := r.wordAt(next)
		if unit, isSmall := smallWords[unitText]; isSmall && unit >= 1 && unit <= 9 {
			return value + unit, afterUnit, true
		}
	}
	return value, next, true
}

// simple reads what stands before a scale: two, twenty-five, one point five,
// two and a half, a, half a.
func (r *reader) simple(i int) (value *big.Rat, next int, ok bool) {
	text, afterArticle := r.wordAt(i)
	if text == "half" {
		text, afterA := r.wordAt(afterArticle)
		if text != "a" && text != "an" {
			afterA = afterArticle
		}
		scale, _ := r.wordAt(afterA)
		return big.NewRat(1, 2), afterA, scaleWords[scale] > 0
	}
	if text == "a" || text == "an" {
		scale, _ := r.wordAt(afterArticle)
		if scale == "half" { // a half million
			return r.simple(afterArticle)
		}
		return rat(1), afterArticle, scaleWords[scale] > 0
	}
	n, next, ok := r.small(i)
	if !ok {
		return nil, i, false
	}
	value = rat(n)
	if text, after := r.wordAt(next); text == "point" {
		if fraction, afterDigits := r.spelledDigits(after); fraction != "" {
			return plus(value, decimal("0", fraction)), afterDigits, true
		}
	}
	if after := r.andAHalf(next); after > 0 {
		return plus(value, big.NewRat(1, 2)), after, true
	}
	return value, next, true
}

// andAHalf returns the index after "and a half" at index i, or 0.
func (r *reader) andAHalf(i int) int {
	for _, want := range []string{"and", "a", "half"} {
		text, next := r.wordAt(i)
		if text != want {
			return 0
		}
		i = next
	}
	return i
}

// spelledDigits reads digits in words, as after "point".
func (r *reader) spelledDigits(i int) (digits string, next int) {
	for {
		text, after := r.wordAt(i)
		value, ok := smallWords[text]
		if !ok || value > 9 {
			return digits, i
		}
		digits += string(rune('0' + value))
		i = after
	}
}

// group reads a simple number with its scales: two hundred and fifty thousand.
// Scales that follow one another multiply (hundred thousand).
func (r *reader) group(i int, withAnd bool) (spelled, bool) {
	value, next, ok := r.simple(i)
	if !ok {
		return spelled{}, false
	}
	s := spelled{value: value, next: next}
	for {
		text, after := r.wordAt(s.next)
		factor, isScale := scaleWords[text]
		if !isScale || s.scale != nil && s.scale.Cmp(rat(factor)) > 0 {
			return s, true
		}
		s.value, s.next, s.scale, s.bare = times(s.value, rat(factor)), after, rat(factor), true
		if factor != 100 {
			continue
		}
		at, and := s.next, 0
		if text, after := r.wordAt(at); text == "and" && withAnd {
			at, and = after, after-1
		}
		rest, afterRest, ok := r.small(at)
		if !ok {
			continue
		}
		// "One hundred and two hundred" are two numbers.
		if text, _ := r.wordAt(afterRest); text == "hundred" || text == "hundreds" {
			return s, true
		}
		s.value, s.next, s.and, s.bare = plus(s.value, rat(rest)), afterRest, and, false
	}
}

// number reads a whole number in words at token i: groups of falling scale.
// Without withAnd it stops at the first "and" that could end it.
func (r *reader) number(i int, withAnd bool) (spelled, bool) {
	total, ok := r.group(i, withAnd)
	for ok && total.scale != nil {
		if after := r.andAHalf(total.next); after > 0 && total.bare {
			total.value, total.next, total.bare = plus(total.value, times(total.scale, big.NewRat(1, 2))), after, false
			break
		}
		at, and := total.next, total.and
		if text, after := r.wordAt(at); text == "and" {
			if !withAnd {
				break
			}
			at, and = after, after-1
		}
		part, isNumber := r.group(at, withAnd)
		if !isNumber || part.value.Cmp(total.scale) >= 0 || total.scale.Cmp(rat(100)) <= 0 {
			break
		}
		total.value, total.next, total.and, total.bare = plus(total.value, part.value), part.next, and, false
		if total.scale = part.scale; total.scale == nil {
			break
		}
	}
	return total, ok
}
