package numerals

import (
	"math/big"
	"slices"
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
}

// Problem is a part of the phrase that says a number which could not be read.
type Problem struct {
	Start, End int    // byte offsets in the phrase, [Start,End)
	Text       string // phrase[Start:End]
	Message    string // what it is and why it is not read
}

// Range is a range that is printed: two of the Numbers, with nothing between
// them but what makes them its ends.
type Range struct{ Low, High Number }

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
