package numerals

import (
	"math/big"
	"testing"
)

// The readings that are not the likeliest, by how the language writes numbers.
func TestDoubtful(t *testing.T) {
	for _, test := range []struct {
		phrase, number         string
		unknown, point, commas bool
	}{
		{"1.500", "1500", true, true, false},
		{"1.500", "1.5", true, false, true},
		{"6.000", "6000", false, false, false}, // nobody prints six with three zeros
		{"6.000", "6", true, true, true},
		{"1.500.000", "1500000", false, false, false},
		{"1,500", "1500", false, false, false},
		{"1.5", "1.5", false, false, false},
		{"1.500 million", "1500000", true, false, true},
		{"۱٫۵۰۰", "1500", true, true, false},
		{"25 300", "25300", false, false, false},
		{"25 300", "25", true, true, true},
		{"25\u00a0300", "25300", false, false, false},
		{"5–6k", "5000", false, false, false},
		{"5–6k", "5", true, true, true},
		{"5–6k", "6000", false, false, false},
		{"5 to 6 thousand", "5", true, true, true},
		{"two or three hundred", "2", true, true, true},
		{"2–3,000", "2", true, true, true},
		{"2–3,000", "2000", false, false, false},
		{"between 5 and 6 thousand", "5", true, true, true},
		{"5 and 6 thousand", "5", false, false, false}, // no range
		{"5 and 6 thousand", "5000", false, false, false},
		{"1 to 1,000", "1", false, false, false}, // 1000 to 1000 is no range
		{"1 to 1.500", "1", true, false, true},
		{"1 to 1.500", "1000", true, true, false},
		{"2–3m", "2", false, false, false}, // metres, or millions: the unit settles it
		{"5m", "5000000", false, false, false},
		{"-5", "-5", false, false, false},
		{"–25 300", "25", false, false, false},
		{"5, not 5 to 6 thousand", "5", false, false, false},
		{"6,000", "7000", false, false, false},
	} {
		number, _ := new(big.Rat).SetString(test.number)
		result := Read(test.phrase)
		for language, want := range [...]bool{UnknownLanguage: test.unknown, DecimalPoint: test.point, DecimalComma: test.commas} {
			if n, got := result.Doubtful(number, Language(language)); got != want || got && (n.Doubt == NoDoubt || len(n.Readings) < 2) {
				t.Errorf("%q, %s, language %d: %v, want %v (%+v)", test.phrase, test.number, language, got, want, n)
			}
		}
	}
}
