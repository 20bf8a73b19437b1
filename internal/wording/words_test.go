package wording

import (
	"math/big"
	"strings"
	"testing"

	"stemma/disagreement"
)

func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return r
}

// interval reads bounds written like [1,2) or (∞,5].
func interval(text string) (low, high disagreement.Bound) {
	from, to, _ := strings.Cut(text[1:len(text)-1], ",")
	end := func(value string, isClosed bool) disagreement.Bound {
		if value == "∞" {
			return disagreement.Bound{}
		}
		return disagreement.Bound{Value: rat(value), Inclusive: isClosed}
	}
	return end(from, text[0] == '['), end(to, text[len(text)-1] == ']')
}

func TestNumbersInWords(t *testing.T) {
	for number, want := range map[string]string{
		"6000": "6,000", "-1234567.5": "-1,234,567.5", "999": "999", "20/3": "20/3 (≈ 6.67)", "0.001": "0.001", "10000/3": "10,000/3 (≈ 3,333.33)",
	} {
		if got := Number(rat(number)); got != want {
			t.Errorf("Number(%s) = %q, want %q", number, got, want)
		}
	}
	for number, want := range map[string]string{"15000000000": "15e9", "6000": "6,000", "-20000000000": "-2e10", "12345678901": "12,345,678,901"} {
		if got := Tick(rat(number)); got != want {
			t.Errorf("Tick(%s) = %q, want %q", number, got, want)
		}
	}
	for value, want := range map[string]string{
		"about 6000": "about 6,000", "at_least 100 person": "at least 100 person", "6000..6500": "6,000–6,500", "dozens": "dozens", "about 1000..2000 km_h": "about 1,000–2,000 km h",
	} {
		if got := Quantity(value); got != want {
			t.Errorf("Quantity(%s) = %q, want %q", value, got, want)
		}
	}
	for bounds, want := range map[string]string{
		"[1,2]": "1 to 2", "(1,2]": "over 1 to 2", "[1,2)": "1 to under 2", "[1,∞)": "1 or more", "(1000,∞)": "more than 1,000",
		"(∞,5]": "5 or less", "(∞,5)": "less than 5", "(∞,∞)": "any number", "[7,7]": "7",
	} {
		if got := Interval(interval(bounds)); got != want {
			t.Errorf("Interval(%s) = %q, want %q", bounds, got, want)
		}
	}
}

func TestDatesInWords(t *testing.T) {
	for date, want := range map[string]string{
		"2025-08-20": "20 Aug 2025", "2025-08": "Aug 2025", "2025": "2025", "2025-08-25/2025-08-26": "25–26 Aug 2025",
		"2025-08-30/2025-09-02": "30 Aug – 2 Sep 2025", "2025-12-30/2026-01-02": "30 Dec 2025 – 2 Jan 2026", "2025-01/2025-06": "Jan–Jun 2025",
		"2024/2025": "2024–2025", "2025-08-20/..": "from 20 Aug 2025 on", "[2025-08-20..]": "some time from 20 Aug 2025 on", "[..2025-08-20]": "some time until 20 Aug 2025", "2025-08-20~/..": "from about 20 Aug 2025 on", "2025-08~/2025-09": "about Aug–Sep 2025", "../2025-08-20": "until 20 Aug 2025", "[2025-08-20..2025-08-25]": "within 20–25 Aug 2025",
		"2025-08-20?": "20 Aug 2025?", "2025-08~": "about Aug 2025", "2025-02": "Feb 2025", "202X": "202X", "[2025-01-01,2025-03-01]": "[2025-01-01,2025-03-01]", "no date": "no date",
	} {
		if got := EDTF(date); got != want {
			t.Errorf("EDTF(%s) = %q, want %q", date, got, want)
		}
	}
}

func TestNamesInWords(t *testing.T) {
	for got, want := range map[string]string{
		Grouped("-1234567.5"):                            "-1,234,567.5",
		Grouped("1/3"):                                   "1/3",
		Grouped("123"):                                   "123",
		And([]string{"a", "b"}):                          "a and b",
		Few([]string{"a", "b", "c", "d", "e"}):           "a, b, c and 2 others",
		Shortened("one two three", 9):                    "one two…",
		Count(1, "origin") + " " + Count(2000, "origin"): "1 origin 2,000 origins",
		Count(2, "entry"):                                "2 entries",
		Capital("denied_only"):                           "Denied only",
		AsOf("20 Aug 2025") + AsOf("until 2025"):         "as of 20 Aug 2025until 2025",
		Period(disagreement.Undated) + Period("2025"):    "undated2025",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Every class of the computation has a meaning and a place.
func TestClassesAreComplete(t *testing.T) {
	for _, class := range append([]string{disagreement.ClassDenied, disagreement.ClassDeniedOnly}, disagreement.ValueClasses[:]...) {
		if Meaning(class) == "" || rankOf(class) < 0 {
			t.Errorf("the class %s means nothing", class)
		}
	}
	if Meaning("nothing") != "" {
		t.Error("what is no class means something")
	}
}

func TestClassOf(t *testing.T) {
	for _, c := range []struct{ value, agreement, want string }{
		{"corroborated", "denied", "denied (else corroborated)"}, {"no_value", "denied_only", "denied only"}, {"not_comparable", "not_comparable", "not comparable"},
	} {
		if got := ClassOf(&disagreement.Question{ValueClass: c.value, AgreementClass: c.agreement}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// A book with no record, and with records merged in a circle, answers too.
func TestBookOfNothing(t *testing.T) {
	b := &Book{}
	if b.Name("act-a") != "act-a" || b.Survivor("act-a") != "act-a" || b.Origin("src-a/label") != "“label” in src-a" || b.Has("act-a") || len(b.IDs()) != 0 {
		t.Error("an empty book knows something")
	}
	put(&b.merged, "a", "b")
	put(&b.merged, "b", "a")
	if got := b.Survivor("a"); got != "a" && got != "b" {
		t.Errorf("a circle ends at %s", got)
	}
}

func TestIndex(t *testing.T) {
	for step, want := range map[string]int{"0": 0, "2": 2, "3": -1, "": -1, "-1": -1, "x": -1, "99999999999999999999": -1} {
		if got := Index(step, 3); got != want {
			t.Errorf("%q leads to %d, want %d", step, got, want)
		}
	}
}
