package numerals

import (
	"math/big"
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

// Result is what a phrase says in numbers.
type Result struct {
	Numbers  []Number  // in the order of the phrase; empty if none is printed
	Problems []Problem // in the order of the phrase
}

// Understood tells whether nothing in the phrase was left unread. It is true,
// with no Numbers, for a phrase without any exact number.
func (r Result) Understood() bool { return len(r.Problems) == 0 }

// Admits tells whether some number of the phrase can be read as n. A caller
// should ask this first: n is printed; if it is not, and the phrase is not
// Understood, nothing is known; else n is not what the phrase says.
func (r Result) Admits(n *big.Rat) bool {
	for _, number := range r.Numbers {
		for _, reading := range number.Readings {
			if reading.Cmp(n) == 0 {
				return true
			}
		}
	}
	return false
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
