package numerals

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// maxPhrase bounds the work on hostile input. A verbatim is a phrase of at most
// 200 characters; nothing near this length is one.
const maxPhrase = 4096

// Number is one printed number.
type Number struct {
	Start, End int        // byte offsets in the phrase, [Start,End)
	Text       string     // phrase[Start:End]
	Readings   []*big.Rat // what it can mean, at least one, the likeliest first; not to be changed
	Doubt      Doubt      // why another reading than the likeliest is plausible, too
}

// Doubt is a reason for which people read a printed number in different ways.
type Doubt uint8

// The doubts. NoDoubt does not say that there is one reading only: the other
// readings may be of a kind that the context always settles, such as 5m.
const (
	NoDoubt     Doubt = iota
	SharedScale       // 5 to 6 thousand: from 5000, rather than from 5
	Spaces            // 25 300: one number, rather than two
	Zeros             // 6.000: thousands, rather than decimals that are all zero
	Marks             // 1.500: thousands or decimals, as the language has it
)

// Language is how a language writes numbers, as far as that settles a doubt.
type Language uint8

// The languages.
const (
	UnknownLanguage Language = iota
	DecimalPoint             // 1.5, as in English
	DecimalComma             // 1,5, as in German: a point stands between thousands
)

// Likeliest is the reading that is to be preferred; nil if none is.
func (n Number) Likeliest(language Language) *big.Rat {
	switch {
	case n.Doubt != Marks || language == DecimalComma:
		return n.Readings[0]
	case language == DecimalPoint:
		return n.Readings[1]
	}
	return nil
}

// Problem is a part of the phrase that says a number which could not be read.
type Problem struct {
	Start, End int    // byte offsets in the phrase, [Start,End)
	Text       string // phrase[Start:End]
	Message    string // what it is and why it is not read
}

// Range is a range that is printed: two of the Numbers, with nothing between
// them but what makes them its ends. The ends of 12 ± 3 are both of these words.
type Range struct{ Low, High Number }

// String gives the printed words of the ends, for messages.
func (r Range) String() string {
	if r.Low.Start == r.High.Start {
		return strconv.Quote(r.Low.Text)
	}
	return strconv.Quote(r.Low.Text) + " to " + strconv.Quote(r.High.Text)
}

// Result is what a phrase says in numbers.
type Result struct {
	Numbers  []Number  // in the order of the phrase; empty if none is printed
	Ranges   []Range   // in the order of the phrase
	Problems []Problem // in the order of the phrase
}

// Understood tells whether nothing in the phrase was left unread. It is true,
// with no Numbers, for a phrase without any exact number.
func (r Result) Understood() bool { return len(r.Problems) == 0 }

// Admits tells whether some number of the phrase can be read as n. A caller
// should ask this first: n is printed; if it is not, and the phrase is not
// Understood, nothing is known; else n is not what the phrase says.
func (r Result) Admits(n *big.Rat) bool {
	return slices.ContainsFunc(r.Numbers, func(number Number) bool { return number.admits(n) })
}

// Doubtful finds the number of the phrase that says n, if it says so only in a
// reading that is not its likeliest one.
func (r Result) Doubtful(n *big.Rat, language Language) (Number, bool) {
	var found []Number
	for _, number := range r.Numbers {
		if !number.admits(n) {
			continue
		}
		likeliest := number.Likeliest(language)
		if number.Doubt == NoDoubt || likeliest != nil && likeliest.Cmp(n) == 0 {
			return Number{}, false
		}
		found = append(found, number)
	}
	if len(found) == 0 {
		return Number{}, false
	}
	return found[0], true
}

// RangeOf finds a range for which n stands only as one of its ends: a phrase
// that prints n outside of any range, too, gives none.
func (r Result) RangeOf(n *big.Rat) (Range, bool) {
	var found []Range
	for _, span := range r.Ranges {
		if span.Low.admits(n) || span.High.admits(n) {
			found = append(found, span)
		}
	}
	if len(found) == 0 {
		return Range{}, false
	}
	for _, number := range r.Numbers {
		alone := !slices.ContainsFunc(r.Ranges, func(s Range) bool { return number.Start < s.High.End && s.Low.Start < number.End })
		if alone && number.admits(n) {
			return Range{}, false
		}
	}
	return found[0], true
}

func (n Number) admits(value *big.Rat) bool {
	return slices.ContainsFunc(n.Readings, func(r *big.Rat) bool { return r.Cmp(value) == 0 })
}

// String lists the readings as exact decimals, for messages: "6000 or 6, 25".
func (r Result) String() string {
	var numbers []string
	for _, number := range r.Numbers {
		numbers = append(numbers, number.String())
	}
	return strings.Join(numbers, ", ")
}

// String lists the readings as exact decimals: "6000 or 6".
func (n Number) String() string {
	var readings []string
	for _, reading := range n.Readings {
		// Readings are products and sums of decimals and halves, so the
		// precision is always exact.
		precision, _ := reading.FloatPrec()
		readings = append(readings, reading.FloatString(precision))
	}
	return strings.Join(readings, " or ")
}
