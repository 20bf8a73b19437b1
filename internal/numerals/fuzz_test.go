package numerals

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// What repeats without end is read up to the cap in bounded time (a blow-up
// would run into the timeout of the test), and not at all above it.
func TestHostile(t *testing.T) {
	for _, piece := range []string{"9", "1,", "one ", "million ", "one hundred and ", "between one hundred and fifty and ", "half a ", "twenty-", "a half ",
		"5 to ", "2 lakh ", "5m and ", "1 000 ", "\xff", "٦", "-", "of ", "hundred of ", "one point one ", "a million and a half "} {
		for _, size := range []int{maxPhrase, 10 << 20} {
			phrase := strings.Repeat(piece, size/len(piece))
			result := Read(phrase)
			if size > maxPhrase && (result.Understood() || len(result.Numbers) > 0) {
				t.Errorf("%q repeated to %d bytes was read", piece, size)
			}
			if len(phrase) <= maxPhrase {
				checkResult(t, phrase, result)
			}
		}
	}
}

// checkResult holds for every phrase.
func checkResult(t *testing.T, phrase string, result Result) {
	t.Helper()
	last := 0
	for _, n := range result.Numbers {
		if n.Start < last || n.End <= n.Start || n.End > len(phrase) || phrase[n.Start:n.End] != n.Text || len(n.Readings) == 0 {
			t.Fatalf("%q: number %+v", phrase, n)
		}
		last = n.Start
		for _, reading := range n.Readings {
			if !result.Admits(reading) {
				t.Fatalf("%q: %s is not admitted", phrase, reading)
			}
			if _, exact := reading.FloatPrec(); !exact {
				t.Fatalf("%q: %s is no decimal", phrase, reading)
			}
		}
	}
	for _, span := range result.Ranges {
		if span.Low.End >= span.High.Start || !slices.ContainsFunc(result.Numbers, func(n Number) bool { return n.Start == span.Low.Start && n.End == span.Low.End }) {
			t.Fatalf("%q: range %+v", phrase, span)
		}
		for _, reading := range slices.Concat(span.Low.Readings, span.High.Readings) {
			if !result.Admits(reading) {
				t.Fatalf("%q: the end %s is not admitted", phrase, reading)
			}
		}
	}
	last = 0
	for _, p := range result.Problems {
		if p.Start < last || p.End > len(phrase) || p.Message == "" || len(phrase) <= maxPhrase && phrase[p.Start:p.End] != p.Text {
			t.Fatalf("%q: problem %+v", phrase, p)
		}
		last = p.Start
	}
}

func FuzzRead(f *testing.F) {
	for _, test := range phrases {
		f.Add(test.phrase)
	}
	for _, test := range ranges {
		f.Add(test.phrase)
	}
	f.Fuzz(func(t *testing.T, phrase string) {
		result := Read(phrase)
		checkResult(t, phrase, result)
		// A phrase with a digit is never silently without a number.
		hasDigit := strings.ContainsFunc(phrase, func(r rune) bool { return r != utf8.RuneError && unicode.Is(unicode.Nd, r) })
		if hasDigit && len(result.Numbers) == 0 && result.Understood() {
			t.Fatalf("%q: the digits were overlooked", phrase)
		}
	})
}
