package numerals

import (
	"math/big"
	"strings"
	"testing"
	"unicode"
)

// The numbers of a phrase are separated by commas, the readings of one by "or".
// A trailing "!" says that something was not understood.
var phrases = []struct{ phrase, want string }{
	// No exact number.
	{"", ""},
	{"fighters", ""},
	{"several dozen fighters", ""},
	{"dozens of fighters", ""},
	{"hundreds of thousands", ""},
	{"a few hundred men", ""},
	{"several hundred thousand", ""},
	{"thousands-strong", ""},
	{"has not addressed the report", ""},

	// Digits and separators.
	{"6000", "6000"},
	{"about 6,000 fighters", "6000"},
	{"around 6.000 fighters", "6000 or 6"},
	{"6.500", "6500 or 6.5"},
	{"6 000", "6000"},
	{"6\u00a0000", "6000"},
	{"6\u202f000", "6000"},
	{"6\u2009000", "6000"},
	{"25\u00a0300", "25300"},
	{"25 300", "25300 or 25 or 300"},
	{"1 000 000", "1000000"},
	{"1 250\u00a0000", "1250000"},
	{"6'000", "6000"},
	{"6’000’000", "6000000"},
	{"1,00,000", "100000"},
	{"10,00,000 rupees", "1000000"},
	{"1,234,567.89", "1234567.89"},
	{"1.234.567,89", "1234567.89"},
	{"1 234,5", "1234.5"},
	{"1'234.5", "1234.5"},
	{"1.5", "1.5"},
	{"1,5", "1.5"},
	{"0,125", "0.125"},
	{"0.125", "0.125"},
	{"1234,567", "1234.567"},
	{"3.14159", "3.14159"},
	{"007", "7"},
	{"0", "0"},
	{"25%", "25"},
	{"25 per cent", "25"},
	{"12.5 percent", "12.5"},
	{"(6,000)", "6000"},
	{"6,000.", "6000"},
	{"6,000, he said", "6000"},
	{"6,000+", "6000"},
	{"~6,000", "6000"},
	{"$6,000", "6000"},
	{"Rs6,000", "6000"},
	{"6,000-strong", "6000"},
	{"in 2025 300 fighters", "2025, 300"},
	{"20 October 2025", "20, 2025"},
	{"the 25th meeting", "25"},
	{"20km", "20"},
	{"minus 5", "-5"},
	{"minus five", "-5"},
	{"−5", "-5"},
	{"-5", "-5 or 5"},
	{"losses – 30 people", "30"},

	{".5", "0.5"},
	{"about .25 per cent", "0.25"},
	{"said.5 men", "5!"},
	{"... 50", "50"},
	{"-.5", "5!"},
	{"6'5", "6, 5"},
	{"between 5 000 and 6 000", "5000, 6000"},

	{"1 000", "1000"},
	{"1\u202f000\u202f000", "1000000"},
	{"1'000", "1000"},
	{"1.000", "1000 or 1"},
	{"1.000.000", "1000000"},
	{"12,34,56,789", "123456789"},
	{"2.5m", "2.5 or 2500000"},
	{"US$2.5m", "2.5 or 2500000"},
	{"2.5 mn", "2500000"},
	{"from 4,000 to 6,000", "4000, 6000"},
	{"upwards of 6,000", "6000"},
	{"no fewer than 6,000", "6000"},
	{"as many as six thousand", "6000"},
	{"6,000 or more", "6000"},
	{"6,000 or so", "6000"},
	{"in the region of 6k", "6000"},
	{"half a million or more", "500000"},

	// Other scripts.
	{"۳۶ fighters", "36"},
	{"۶٬۰۰۰", "6000"},
	{"٦٬٠٠٠", "6000"},
	{"۶،۰۰۰", "6000"},
	{"١٫٥", "1.5"},
	{"۱٬۲۳۴٬۵۶۷", "1234567"},
	{"۱۲٫۵", "12.5"},
	{"١٬٢٣٤٫٥٦", "1234.56"},
	{"۱۲۳۴٫۵", "1234.5"},
	{"۶ ۰۰۰", "6000"},
	{"۲۵ تا ۳۰", "25, 30!"},
	{"۶٫۰۰۰", "6000 or 6"},
	{"٦٬٠٠٠٫٥", "6000.5"},
	{"६,०००", "6000"},
	{"১২", "12"},
	{"６，０００", "6000"},
	{"𝟔𝟎𝟎𝟎", "6000"},

	// Words.
	{"zero", "0"},
	{"six", "6"},
	{"Twelve men", "12"},
	{"twenty-five", "25"},
	{"twenty five", "25"},
	{"ninety‑nine", "99"},
	{"one hundred", "100"},
	{"a hundred", "100"},
	{"two hundred and fifty", "250"},
	{"two hundred fifty-one", "251"},
	{"fifteen hundred", "1500"},
	{"twenty-five hundred", "2500"},
	{"six thousand", "6000"},
	{"SIX THOUSAND", "6000"},
	{"six-thousand", "6000"},
	{"a thousand-strong force", "1000"},
	{"six thousand five hundred", "6500"},
	{"six thousand, five hundred", "6000, 6500, 500"},
	{"one hundred thousand", "100000"},
	{"two hundred and fifty thousand", "250000"},
	{"two hundred and fifty thousand three hundred and one", "250301"},
	{"one million two hundred thousand and five", "1200005"},
	{"two thousand million", "2000000000"},
	{"a dozen", "12"},
	{"two dozen", "24"},
	{"half a dozen", "6"},
	{"half a million", "500000"},
	{"half-a-million", "500000"},
	{"a half million", "500000"},
	{"two and a half thousand", "2500"},
	{"a million and a half", "1500000"},
	{"one point five million", "1500000"},
	{"one point zero five", "1.05"},
	{"three lakh", "300000"},
	{"one of the fighters", "1"},

	// Digits with scales.
	{"6k", "6000"},
	{"6K fighters", "6000"},
	{"6 k", "6000"},
	{"6.5k", "6500"},
	{"1.5m", "1.5 or 1500000"},
	{"1.5 m", "1.5 or 1500000"},
	{"1.5 million", "1500000"},
	{"1,5 million", "1500000"},
	{"2bn", "2000000000"},
	{"2 bn", "2000000000"},
	{"2b", "2 or 2000000000"},
	{"3mln", "3000000"},
	{"6 thousand", "6000"},
	{"6-thousand", "6000"},
	{"2 hundred thousand", "200000"},
	{"1.5 lakh", "150000"},
	{"2 crore", "20000000"},
	{"2 lakh 50 thousand", "200000, 250000, 50000"},
	{"1 crore 2 lakh 50 thousand", "10000000, 10200000, 10250000, 200000, 50000"},
	{"6 thousand and 500", "6000, 6500, 500"},
	{"2 dozen", "24"},

	// Ranges.
	{"between 2,000 and 3,500", "2000, 3500"},
	{"6,000 to 6,500", "6000, 6500"},
	{"25–30", "25, 30"},
	{"25 – 30", "25, 30"},
	{"5,000-6,000", "5000, 6000"},
	{"25 or 30", "25, 30"},
	{"two to three million", "2 or 2000000, 3000000"},
	{"two or three hundred", "2 or 200, 300"},
	{"5 to 6 thousand", "5 or 5000, 6000"},
	{"5-6k", "5 or 5000, 6000"},
	{"$2–$3 million", "2 or 2000000, 3000000"},
	{"four-to-five thousand", "4 or 4000, 5000"},
	{"5 6 thousand", "5, 6000"},
	{"2–3,000 fighters", "2 or 2000, 3000"},
	{"25 to 30,000", "25 or 25000, 30000"},
	{"between 500 and 1,000", "500, 1000"},
	{"between 500 and 1 million", "500, 1000000"},
	{"5,000 to 6 thousand", "5000, 6000"},
	{"between one hundred and two hundred", "100, 200"},
	{"between one thousand and fifteen hundred", "1000, 1500"},
	{"between five hundred and a thousand", "500, 1000"},
	{"between twenty and thirty", "20, 30"},
	{"between one hundred and fifty and two hundred", "100, 150, 50, 200"},
	{"between one hundred and fifty thousand", "100, 150000, 50000"},
	{"hundreds of the 6,000 fighters", "6000"},

	// Not understood.
	{"a couple of thousand", "!"},
	{"a couple of dozen", "!"},
	{"a dozen or two", "12, 2"},
	{"a score", "!"},
	{"scores of men", ""},
	{"a handful", ""},
	{"half a dozen or more", "6"},
	{"6,000-odd", "6000"},
	{"a quarter of a million", "!"},
	{"three quarters of a million", "!"},
	{"half of a thousand men, 500", "500!"},
	{"۳۶\u200cهزار", "!"},
	{"hundred fighters", "!"},
	{"half of them", "!"},
	{"half of the 6,000", "6000!"},
	{"two-thirds", "!"},
	{"2/3 of them", "!"},
	{"on 25/08/2025", "!"},
	{"25.08.2025", "!"},
	{"at 10:30 some 50 people", "50!"},
	{"25,26,27", "!"},
	{"2,0000", "!"},
	{"1,234.567.8", "!"},
	{"2½ million", "!"},
	{"½", "!"},
	{"Ⅻ", "!"},
	{"6٣", "!"},
	{"1e6", "1, 6!"},
	{"1990s", "1990!"},
	{"6xyz", "6!"},
	{"nineteen ninety-nine", "19, 99!"},
	{"one two three", "1, 2, 3!"},
	{"three score", "!"},
	{"six mille", "!"},
	{"6 mil", "!"},
	{"۳۶ هزار", "!"},
	{"۳۶هزار", "!"},
	{"6万人", "!"},
	{"6 тысяч", "!"},
	{"۳۶ نفر", "36!"},
	{"شش هزار", "!"},
	{"no casualties", "!"},
	{"no more than 50", "50"},
	{"none", "!"},
	{"twenty-first", "!"},
	{"eight-to-ten", "8, 10"},
	{"one half", "!"},
	{"half-dozen", "6"},
	{"hundred and fifty", "50!"},
	{"6 ,000", "6, 0!"},
	{"sechstausend", "!"},
	{"seis mil", "!"},
	{"both men", "!"},
	{"twice the 3,000", "3000!"},
	{"\xff6\xff", "6"},
}

func TestRead(t *testing.T) {
	for _, test := range phrases {
		result := Read(test.phrase)
		got := result.String()
		if !result.Understood() {
			got += "!"
		}
		if got != test.want {
			t.Errorf("Read(%q): got %s, want %s\n%+v", test.phrase, got, test.want, result.Problems)
		}
		checkResult(t, test.phrase, result)
	}
}

func TestAdmits(t *testing.T) {
	for _, test := range []struct {
		phrase, number     string
		admits, understood bool
	}{
		{"nearly 6,000 fighters", "6000", true, true},
		{"nearly 6,000 fighters", "6e3", true, true},
		{"nearly 6,000 fighters", "600", false, true},
		{"nearly 6,000 fighters", "6", false, true},
		{"6.000", "6", true, true},
		{"0.1", "0.1", true, true},
		{"9007199254740993", "9007199254740993", true, true},
		{"9007199254740993", "9007199254740992", false, true},
		{"several dozen", "36", false, true},
		{"شش هزار", "6000", false, false},
		{"", "0", false, true},
	} {
		n, ok := new(big.Rat).SetString(test.number)
		if !ok {
			t.Fatal(test.number)
		}
		result := Read(test.phrase)
		if result.Admits(n) != test.admits || result.Understood() != test.understood {
			t.Errorf("%q, %s: admits %v, understood %v", test.phrase, test.number, result.Admits(n), result.Understood())
		}
	}
}

func TestProblemPlaces(t *testing.T) {
	for phrase, want := range map[string]string{
		"on 25/08/2025, about 50":   "25/08/2025",
		"the 36 هزار":               "36 هزار",
		"6xyz":                      "6xyz",
		"about two-thirds of 6,000": "two-thirds",
		"no one-sided … none":       "", // "one" is a number: what is implied does not matter
	} {
		got := ""
		for _, problem := range Read(phrase).Problems {
			got += problem.Text
		}
		if got != want {
			t.Errorf("%q: problems at %q, want %q", phrase, got, want)
		}
	}
}

// Every number below ten thousand, and some above, spelled the British and the
// American way, reads as itself alone.
func TestSpelledNumbers(t *testing.T) {
	check := func(n int64) {
		for _, and := range []string{" and ", " "} {
			phrase := "about " + spell(n, and) + " fighters"
			result := Read(phrase)
			if !result.Understood() || len(result.Numbers) != 1 || !result.Admits(rat(n)) {
				t.Errorf("%q: got %s, %v", phrase, result, result.Problems)
			}
		}
	}
	for n := int64(0); n < 10_000; n++ {
		check(n)
	}
	for n := int64(10_000); n < 1e12; n = n*7 + 13 {
		check(n)
		check(n - n%1000)
	}
}

var ones = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
var tens = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")

func spell(n int64, and string) string {
	switch {
	case n < 20:
		return ones[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + "-" + ones[n%10]
	}
	for _, scale := range []struct {
		value int64
		name  string
	}{{1e9, "billion"}, {1e6, "million"}, {1e3, "thousand"}, {100, "hundred"}} {
		if n < scale.value {
			continue
		}
		text, rest := spell(n/scale.value, and)+" "+scale.name, n%scale.value
		switch {
		case rest == 0:
			return text
		case rest < 100:
			return text + and + spell(rest, and)
		}
		return text + " " + spell(rest, and)
	}
	panic("unreachable")
}

// The digits of every script have their values, row by row of the table.
func TestDigits(t *testing.T) {
	check := func(low, high rune) {
		if (high-low+1)%10 != 0 {
			t.Fatalf("%U to %U are not whole rows of ten", low, high)
		}
		for r := low; r <= high; r++ {
			if value, zero := digit(r); rune(value) != (r-low)%10 || zero != r-rune(value) {
				t.Errorf("%U: value %d, zero %U", r, value, zero)
			}
		}
	}
	for _, row := range unicode.Nd.R16 {
		check(rune(row.Lo), rune(row.Hi))
	}
	for _, row := range unicode.Nd.R32 {
		check(rune(row.Lo), rune(row.Hi))
	}
}
