package numerals

import (
	"strings"
	"testing"
)

// The ranges of a phrase, as low–high with the readings of each.
var ranges = []struct{ phrase, want string }{
	{"25 to 30", "25–30"},
	{"25–30", "25–30"},
	{"25-30 people", "25–30"},
	{"25 — 30", "25–30"},
	{"25\u00a0–\u00a030", "25–30"},
	{"25 or 30", "25–30"},
	{"between 2,000 and 3,500", "2000–3500"},
	{"between about 2,000 and 3,500", "2000–3500"},
	{"Between 2\u00a0000 and 3\u00a0500", "2000–3500"},
	{"from 4,000 to 6,000", "4000–6000"},
	{"4,000 to about 6,000", "4000–6000"},
	{"4,000 to perhaps even 6,000", "4000–6000"},
	{"$2–$3 million", "2 or 2000000–3000000"},
	{"5-6k", "5 or 5000–6000"},
	{"5 to 6 thousand", "5 or 5000–6000"},
	{"twenty-five to thirty", "25–30"},
	{"two or three hundred", "2 or 200–300"},
	{"۲۵ to ۳۰", "25–30"},
	{"1,00,000 to 2,00,000", "100000–200000"},
	{"between 25 and 30 or 40 to 50", "25–30, 30–40, 40–50"},
	{"2,000 and 3,500", ""},
	{"2,000 men to 3,500", ""},
	{"30 to 25", ""},
	{"25 of 30", ""},
	{"25, 30", ""},
	{"25", ""},
	{"between 25 men and 30", ""},
	{"the gap between them is 25 and 30", ""},
	{"twenty-five", ""},
}

func TestRanges(t *testing.T) {
	for _, test := range ranges {
		result := Read(test.phrase)
		var got []string
		for _, span := range result.Ranges {
			got = append(got, span.Low.String()+"–"+span.High.String())
		}
		if list := strings.Join(got, ", "); list != test.want {
			t.Errorf("%q: ranges %s, want %s", test.phrase, list, test.want)
		}
		checkResult(t, test.phrase, result)
	}
}

func TestRangeOf(t *testing.T) {
	for _, test := range []struct {
		phrase string
		number int64
		want   bool
	}{
		{"25 to 30", 25, true}, {"25 to 30", 30, true}, {"25 to 30", 27, false}, {"25 of 30", 25, false},
		{"25, not 25 to 30", 25, false}, {"25, not 25 to 30", 30, true}, {"5 to 6 thousand", 5000, true},
		{"between one hundred and fifty and two hundred", 150, true}, {"6,000", 6000, false},
	} {
		if _, got := Read(test.phrase).RangeOf(rat(test.number)); got != test.want {
			t.Errorf("%q, %d: %v, want %v", test.phrase, test.number, got, test.want)
		}
	}
}
