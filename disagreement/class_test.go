package disagreement

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stemma/schema"
)

// summary writes what a question comes to.
func summary(q *Question) string {
	text := q.ValueClass
	if q.AgreementClass != q.ValueClass {
		text += " → " + q.AgreementClass
	}
	if q.RenderingConflict {
		text += ", renderings conflict"
	}
	return text
}

// The classes of everything that is no plain number.
func TestClasses(t *testing.T) {
	const two = "src-a\nsrc-b\nsrc-c\n"
	for _, tt := range []struct{ name, lines, want string }{
		// Special values.
		{"no_value alone", "msr-n\nclm-1 src-a act-a no_value", "uncontested"},
		{"no_value twice", "msr-n\nclm-1 src-a act-a no_value\nclm-2 src-b act-b no_value", "corroborated"},
		{"no_value twice in one document", "msr-n\nclm-1 src-a act-a no_value\nclm-2 src-a act-b no_value", "compatible"},
		{"no_value and a number", "msr-n\nclm-1 src-a act-a no_value\nclm-2 src-b act-b 0", "conflicting"},
		{"no_value and a date", "msr-n date\nclm-1 src-a act-a no_value:date\nclm-2 src-b act-b date:2025", "conflicting"},
		{"no_value of another type", "msr-n\nclm-1 src-a act-a no_value:date\nclm-2 src-b act-b 5", "uncontested"},
		{"no_value denied, and a number", "msr-n\nclm-1 src-a act-a no_value deny\nclm-2 src-b act-b 5", "uncontested"},
		{"no_value denied", "msr-n\nclm-1 src-a act-a no_value deny\nclm-2 src-b act-b no_value", "uncontested → denied"},
		{"no_value denied alone", "msr-n\nclm-1 src-a act-a no_value deny", "no_value → denied_only"},
		{"some_value", "msr-n\nclm-1 src-a act-a some_value", "no_value"},
		{"some_value denied", "msr-n\nclm-1 src-a act-a some_value deny", "no_value"},
		{"some_value with a number", "msr-n\nclm-1 src-a act-a json={\"value\":{\"type\":\"quantity\",\"special\":\"some_value\",\"number\":5}}", "no_value"},
		{"some_value beside a number", "msr-n\nclm-1 src-a act-a some_value\nclm-2 src-b act-b 5", "uncontested"},
		{"no comment beside numbers", "msr-n\nclm-1 src-a act-a no_comment\nclm-2 src-b act-b 5\nclm-3 src-c act-c 6", "conflicting"},
		{"no value at all", "msr-n\nclm-1 src-a act-a\nclm-2 src-b act-b 5", "uncontested"},
		{"another type", "msr-n\nclm-1 src-a act-a true\nclm-2 src-b act-b 5", "uncontested"},
		{"a number or nothing, of one origin, and the number", "msr-n\nclm-1 src-a act-a no_value\nclm-2 src-a act-a 5\nclm-3 src-b act-b 5", "compatible"},
		{"a number or nothing, of one origin, and nothing", "msr-n\nclm-1 src-a act-a no_value\nclm-2 src-a act-a 5\nclm-3 src-b act-b no_value", "compatible"},
		{"a number or nothing, twice", "msr-n\nclm-1 src-a act-a no_value\nclm-2 src-a act-a 5\nclm-3 src-b act-b no_value\nclm-4 src-b act-b 5", "compatible"},
		{"a number or nothing, and another number", "msr-n\nclm-1 src-a act-a no_value\nclm-2 src-a act-a 5\nclm-3 src-b act-b 6", "conflicting"},
		{"no measure", "clm-1 src-a act-a 5\nclm-2 src-b act-b 6", "no_value"},

		// Booleans and categories.
		{"true and true", "msr-n boolean\nclm-1 src-a act-a true\nclm-2 src-b act-b true", "corroborated"},
		{"true and true in one document", "msr-n boolean\nclm-1 src-a act-a true\nclm-2 src-a act-b true", "compatible"},
		{"both at once, and true", "msr-n boolean\nclm-1 src-a act-a true\nclm-2 src-a act-a false\nclm-3 src-b act-b true", "compatible"},
		{"both at once, twice", "msr-n boolean\nclm-1 src-a act-a true\nclm-2 src-a act-a false\nclm-3 src-b act-b true\nclm-4 src-b act-b false", "corroborated"},
		{"true, and true denied", "msr-n boolean\nclm-1 src-a act-a true\nclm-2 src-b act-b true deny", "uncontested → denied"},
		{"true, and false denied", "msr-n boolean\nclm-1 src-a act-a true\nclm-2 src-b act-b false deny", "uncontested"},
		{"true, false, and true denied", "msr-n boolean\nclm-1 src-a act-a true\nclm-2 src-b act-b false\nclm-3 src-c act-c true deny", "conflicting → denied"},
		{"denied by its own origin", "msr-n boolean\nclm-1 src-a act-a true\nclm-2 src-b act-a true deny", "uncontested"},
		{"denied twice, once by its own origin", "msr-n boolean\nclm-1 src-a act-a true\nclm-2 src-b act-a true deny\nclm-3 src-b act-b true deny", "uncontested → denied"},
		{"equal categories", "msr-n category\nclm-1 src-a act-a =held\nclm-2 src-b act-b =held", "corroborated"},
		{"different categories", "msr-n category\nclm-1 src-a act-a =held\nclm-2 src-b act-b =planned", "conflicting"},
		{"three categories, two equal", "msr-n category\nclm-1 src-a act-a =held\nclm-2 src-b act-b =held\nclm-3 src-c act-a =planned", "compatible"}, // act-a says both

		// Texts are never compared.
		{"equal texts", "msr-n text\nclm-1 src-a act-a \"x\"\nclm-2 src-b act-b \"x\"", "not_comparable"},
		{"one text", "msr-n text\nclm-1 src-a act-a \"x\"", "uncontested"},
		{"a denied text", "msr-n text\nclm-1 src-a act-a \"x\"\nclm-2 src-b act-b \"x\" deny", "uncontested"},
		{"two texts of one utterance", "msr-n text\nclm-1 src-a act-a \"x\" utt=u\nclm-2 src-b act-a \"y\" utt=u", "uncontested"},

		// Dates are sets of pairs.
		{"the same span", "msr-n date\nclm-1 src-a act-a date:2025-08-25/2025-08-26\nclm-2 src-b act-b date:2025-08-25/2025-08-26", "corroborated"},
		{"a span inside another", "msr-n date\nclm-1 src-a act-a date:2025-08-25/2025-08-28\nclm-2 src-b act-b date:2025-08-26", "conflicting"},
		{"sometime in a span, and a day of it", "msr-n date\nclm-1 src-a act-a date:2025-08-25/2025-08-28@sometime_in\nclm-2 src-b act-b date:2025-08-26", "compatible"},
		{"a month and a span inside", "msr-n date\nclm-1 src-a act-a date:2025-08\nclm-2 src-b act-b date:2025-08-25/2025-08-26", "compatible"},
		{"a whole month and a span inside", "msr-n date\nclm-1 src-a act-a date:2025-08@throughout\nclm-2 src-b act-b date:2025-08-25/2025-08-26", "conflicting"},
		{"a month and a span over its end", "msr-n date\nclm-1 src-a act-a date:2025-08\nclm-2 src-b act-b date:2025-08-31/2025-09-01", "conflicting"},
		{"a month twice", "msr-n date\nclm-1 src-a act-a date:2025-08\nclm-2 src-b act-b date:2025-08", "corroborated"},
		{"a month, and the same days", "msr-n date\nclm-1 src-a act-a date:2025-08\nclm-2 src-b act-b date:2025-08-01/2025-08-31@sometime_in", "corroborated"},
		{"one of two days, and one of them", "msr-n date\nclm-1 src-a act-a date:[2025-08-20,2025-08-27]\nclm-2 src-b act-b date:2025-08-27", "compatible"},
		{"one of two days, in either order", "msr-n date\nclm-1 src-a act-a date:[2025-08-20,2025-08-27]\nclm-2 src-b act-b date:[2025-08-27,2025-08-20]", "corroborated"},
		{"an open start", "msr-n date\nclm-1 src-a act-a date:../2025-08\nclm-2 src-b act-b date:2020-02-29", "compatible"},
		{"a denied span", "msr-n date\nclm-1 src-a act-a date:2025-08-25/2025-08-26\nclm-2 src-b act-b date:2025-08-26 deny", "uncontested"},
		{"a denied month", "msr-n date\nclm-1 src-a act-a date:2025-08-25/2025-08-26\nclm-2 src-b act-b date:2025-08 deny", "uncontested → denied"},
		{"two days of one origin, one of them of another", "msr-n date\nclm-1 src-a act-a date:2025-08-20\nclm-2 src-a act-a date:2025-08-27\nclm-3 src-b act-b date:2025-08-27", "compatible"},

		// Places hold the places within them.
		{"a town and its country", "msr-n place\nclm-1 src-a act-a plc:plc-town\nclm-2 src-b act-b plc:plc-country", "compatible"},
		{"the same town", "msr-n place\nclm-1 src-a act-a plc:plc-town\nclm-2 src-b act-b plc:plc-town", "corroborated"},
		{"two towns", "msr-n place\nclm-1 src-a act-a plc:plc-town\nclm-2 src-b act-b plc:plc-other", "conflicting"},
		{"two regions of one country", "msr-n place\nclm-1 src-a act-a plc:plc-region\nclm-2 src-b act-b plc:plc-other", "conflicting"},
		{"a denied country", "msr-n place\nclm-1 src-a act-a plc:plc-town\nclm-2 src-b act-b plc:plc-country deny", "uncontested → denied"},
		{"a denied town elsewhere", "msr-n place\nclm-1 src-a act-a plc:plc-town\nclm-2 src-b act-b plc:plc-other deny", "uncontested"},
		{"an unknown place", "msr-n place\nclm-1 src-a act-a plc:plc-zz\nclm-2 src-b act-b plc:plc-zz", "corroborated"},
		{"a place that was merged", "msr-n place\nclm-1 src-a act-a plc:plc-dup\nclm-2 src-b act-b plc:plc-town", "compatible"}, // plc-dup means the region

		// One act of speech, rendered several times.
		{"renderings that meet", "msr-n\nclm-1 src-a act-a 5..9 utt=u\nclm-2 src-b act-a 7..12 utt=u\nclm-3 src-c act-b 10..20", "conflicting"},
		{"acts in unknown order", "msr-n\nclm-1 src-a act-a 5..9 utt=u\nclm-2 src-b act-a 7..12 utt=v\nclm-3 src-c act-b 10..20", "compatible"},
		{"acts that are not named", "msr-n\nclm-1 src-a act-a 5..9\nclm-2 src-b act-a 7..12\nclm-3 src-c act-b 10..20", "compatible"},
		{"renderings that do not meet", "msr-n\nclm-1 src-a act-a 5 utt=u\nclm-2 src-b act-a 8 utt=u\nclm-3 src-c act-b 6", "compatible, renderings conflict"},
		{"three renderings, pairwise", "msr-n\nclm-1 src-a act-a 1..2 utt=u\nclm-2 src-b act-a 2..3 utt=u\nclm-3 src-b act-a 1..3 utt=u\nclm-4 src-c act-b 2", "corroborated"},
		{"an utterance of two origins", "msr-n\nclm-1 src-a act-a 5 utt=u\nclm-2 src-b act-b 8 utt=u", "conflicting"},
		{"renderings in unknown units", "msr-n\nclm-1 src-a act-a 5~mile utt=u\nclm-2 src-b act-a 8 utt=u", "uncontested"},
		{"renderings of a day", "msr-n date\nclm-1 src-a act-a date:2025-08-25 utt=u\nclm-2 src-b act-a date:2025-08 utt=u\nclm-3 src-c act-b date:2025-08-25", "corroborated"},
		{"renderings of two days", "msr-n date\nclm-1 src-a act-a date:2025-08-25 utt=u\nclm-2 src-b act-a date:2025-08-26 utt=u", "uncontested, renderings conflict"},
		{"renderings: nothing and a number", "msr-n\nclm-1 src-a act-a no_value utt=u\nclm-2 src-b act-a 8 utt=u", "uncontested, renderings conflict"},

		// Numbers: what corroborates.
		{"hull 5/4", "msr-n\nclm-1 src-a act-a 4..5\nclm-2 src-b act-b 4", "corroborated"},
		{"hull above 5/4", "msr-n\nclm-1 src-a act-a 4..5.0001\nclm-2 src-b act-b 4", "compatible"},
		{"hull from zero", "msr-n\nclm-1 src-a act-a 0..1\nclm-2 src-b act-b 0..1", "compatible"},
		{"hull below zero", "msr-n signed\nclm-1 src-a act-a -5..-4\nclm-2 src-b act-b -5..-4", "compatible"},
		{"one point below zero", "msr-n signed\nclm-1 src-a act-a -5\nclm-2 src-b act-b -5", "corroborated"},
		{"unbounded above", "msr-n\nclm-1 src-a act-a at_least:5\nclm-2 src-b act-b at_least:5", "compatible"},
		{"unbounded below", "msr-n signed\nclm-1 src-a act-a up_to:5\nclm-2 src-b act-b up_to:5", "compatible"},
		{"an open end", "msr-n\nclm-1 src-a act-a nearly:100\nclm-2 src-b act-b 100..110", "conflicting"},
		{"two near, a third far", "msr-n\nclm-1 src-a act-a 10..11\nclm-2 src-b act-b 10..12\nclm-3 src-c act-c 5..100", "corroborated"},
		{"the near ones share the only document", "msr-n\nclm-1 src-a act-a 10..11\nclm-2 src-a act-b 10..12\nclm-3 src-c act-c 5..100", "compatible"},
		{"one of the near has a second document", "msr-n\nclm-1 src-a act-a 10..11\nclm-2 src-a act-b 10..12\nclm-3 src-c act-a 10..11", "corroborated"},
		{"over zero denied", "msr-n\nclm-1 src-a act-a 5\nclm-2 src-b act-b over:0 deny", "uncontested → denied"},
		{"zero is not over zero", "msr-n\nclm-1 src-a act-a 0\nclm-2 src-b act-b over:0 deny", "uncontested"},
		{"another number denied", "msr-n\nclm-1 src-a act-a 5\nclm-2 src-b act-b 6 deny", "uncontested"},
		{"a number inside denied", "msr-n\nclm-1 src-a act-a 5..7\nclm-2 src-b act-b 6 deny", "uncontested → denied"},
		{"a superseded denial", "msr-n\nclm-1 src-a act-a 5\nclm-2 src-b act-b 5 deny said=2025-01\nclm-3 src-b act-b 6 deny said=2025-02", "uncontested"},
		{"only superseded", "msr-n\nclm-1 src-b act-b 5 said=2025-01\nclm-3 src-b act-b 6 deny said=2025-02", "no_value → denied_only"},
	} {
		r := compute(t, dataset(two, "plc-country\nplc-region in=plc-country\nplc-town in=plc-region\nplc-other in=plc-country\nplc-dup merged=plc-region", tt.lines))
		if got := summary(r.of(t, "msr-n")); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestCounts(t *testing.T) {
	r := compute(t, dataset(`
msr-n P1Y entails=msr-b
msr-b boolean P1Y
src-a
src-b of=src-a
src-c
clm-1 src-a act-a 5 asof=2025
clm-2 src-a act-a 6 said=2025
clm-3 src-b act-b about:7
clm-4 src-c anonymous label=sources 5..6
clm-5 src-c editorial dozens:
clm-6 src-c act-d 8 deny
clm-7 src-c anonymous label=officials 8 deny
clm-8 src-c act-e no_comment
clm-9 src-c act-f some_value
clm-a src-a act-g 1 said=2025-01
clm-b src-a act-g 2 said=2025-02
clm-c src-a act-h false msr=msr-b
clm-d src-a act-i true deny msr=msr-b
clm-e src-a unattributed label=voices no_value`))
	q := r.of(t, "msr-n")
	got := fmt.Sprint(q.Claims, q.Current, q.Superseded, q.Denying, q.NoComment, q.Entailed, q.Anonymous, q.AsOfDerived, q.Origins, q.Channels, q.Independent)
	// 12 authored and 2 entailed; not current: clm-a; as-of inferred: all but clm-1.
	if want := fmt.Sprint(14, 13, 1, 3, 1, 2, 2, 12, 7, 2, 2); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for name, tt := range map[string]struct {
		got  []string
		want string
	}{
		"claimants":       {q.Claimants, "act-a act-b act-g act-h sources src-c voices"},
		"denying_actors":  {q.DenyingActors, "act-d act-i officials"},
		"values_asserted": {q.ValuesAsserted, "0 2 5 5..6 6 about 7 dozens no_value"},
	} {
		if got := strings.Join(tt.got, " "); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestValuesAsserted(t *testing.T) {
	for _, tt := range []struct{ measure, value, want string }{
		{"quantity", "6000", "6000"}, {"quantity", "6e3", "6000"}, {"quantity", "0.10", "0.1"}, {"quantity", "-0", "0"}, {"quantity", "-1.50", "-1.5"},
		{"quantity", "about:6000", "about 6000"}, {"quantity", "about:5..6.0", "about 5..6"}, {"quantity", "dozens:", "dozens"},
		{"quantity unit=hour", "5~hour", "5"}, {"quantity unit=hour", "5~day", "5 day"}, {"quantity", "over:5..6~day", "over 5..6 day"}, {"quantity", "several:~day", "several day"},
		{"quantity", "1e30", "1000000000000000000000000000000"}, {"quantity", "1e-7", "0.0000001"}, {"quantity", "no_value", "no_value"},
		{"boolean", "true", "true"}, {"boolean", "false", "false"}, {"category", "=held", "held"}, {"text", "\"words\"", "words"},
		{"date", "date:2025-08?", "2025-08?"}, {"date", "date:[2025-08-20..2025-08-25]", "[2025-08-20..2025-08-25]"}, {"date", "no_value:date", "no_value"},
		{"place", "plc:plc-a", "plc-a"},
	} {
		r := compute(t, dataset("src-a\nplc-b in=plc-a", "msr-n "+tt.measure, "clm-1 src-a act-a "+tt.value))
		if got := fmt.Sprintf("%q", r.of(t, "msr-n").ValuesAsserted); got != fmt.Sprintf("[%q]", tt.want) {
			t.Errorf("%s: %s, want %s", tt.value, got, tt.want)
		}
		if c := r.claim(t, "clm-1", ""); c.Value != tt.want {
			t.Errorf("%s: %s, want %s", tt.value, c.Value, tt.want)
		}
	}
}

// The four bounds, over origins, and what relates them; worked out by hand.
func TestBoundsAndRatios(t *testing.T) {
	for _, tt := range []struct{ name, measure, values, lower, upper, ratios string }{
		{"one", "", "5..8", "[5 [5", "8] 8]", "8/5 - 1"},
		{"a point", "", "5", "[5 [5", "5] 5]", "1 - -"},
		{"two", "", "4..6 5..10", "[4 [5", "6] 10]", "5/2 - 1/6"},
		{"touching", "", "5000..6000 6000..6500", "[5000 [6000", "6000] 6500]", "13/10 - 0"},
		{"conflicting", "", "4000..6000 2000..3500", "[2000 [4000", "3500] 6000]", "3 8/7 -1/8"},
		{"an open end outside", "", "nearly:6000 6000..6500", "[5400 [6000", "6000) 6500]", "65/54 1 0"},
		{"an open end and a closed one", "", "nearly:6000 exact:6000", "[5400 [6000", "6000) 6000]", "10/9 1 0"},
		{"both open", "", "nearly:6000 under:6000", "[0 [5400", "6000) 6000)", "- - 1/10"},
		{"open below", "", "over:5 at_least:5", "[5 (5", "- -", "- - -"},
		{"open below twice", "", "over:5 over:5 5..9", "[5 (5", "9] -", "- - -"},
		{"unbounded", "signed", "up_to:5 at_least:5", "- [5", "5] -", "- - -"},
		{"unbounded below", "signed", "up_to:5 1..7", "- [1", "5] 7]", "- - -"},
		{"unbounded and above", "signed", "up_to:5 6..7", "- [6", "5] 7]", "- 6/5 -"},
		{"all unbounded below", "signed", "up_to:5 under:6", "- -", "5] 6)", "- - -"},
		{"zero", "", "0 0..4", "[0 [0", "0] 4]", "- - 0"},
		{"conflict at zero", "", "0 4", "[0 [4", "0] 4]", "- - -1"},
		{"negative", "signed", "-4 -2", "[-4 [-2", "-4] -2]", "- - -1"},
		{"nothing is no bound", "", "no_value 3..4", "[3 [3", "4] 4]", "4/3 3/4 1"}, // conflicting, though the numbers are one
		{"only nothing", "", "no_value", "- -", "- -", "- - -"},
		{"not comparable", "", "3..4~mile 5..6", "[5 [5", "6] 6]", "- - -"},
		{"three", "", "about:10 10..20 12", "[9 [12", "11] 20]", "20/9 12/11 -1/11"},
	} {
		lines := "src-a\nmsr-n " + tt.measure
		for i, v := range strings.Fields(tt.values) {
			lines += fmt.Sprintf("\nclm-%d src-a act-%d %s", i, i, v)
		}
		q := compute(t, dataset(lines)).of(t, "msr-n")
		lower := func(b Bound) string {
			if b.Value == nil {
				return "-"
			}
			return map[bool]string{true: "[", false: "("}[b.Inclusive] + b.Value.RatString()
		}
		upper := func(b Bound) string {
			if b.Value == nil {
				return "-"
			}
			return b.Value.RatString() + map[bool]string{true: "]", false: ")"}[b.Inclusive]
		}
		ratios := ""
		for _, r := range []any{number(q.SpreadRatio), number(q.GapRatio), number(q.OverlapShare)} {
			if r == nil {
				ratios += " -"
			} else {
				ratios += fmt.Sprint(" ", r.(interface{ RatString() string }).RatString())
			}
		}
		got := fmt.Sprint(lower(q.LowerMin), " ", lower(q.LowerMax), " / ", upper(q.UpperMin), " ", upper(q.UpperMax), " /", ratios)
		if want := tt.lower + " / " + tt.upper + " / " + tt.ratios; got != want {
			t.Errorf("%s: %s, want %s (%s)", tt.name, got, want, q.ValueClass)
		}
	}
}

// The numbers that were stated: each once for an origin, the lower median.
func TestBestNumbers(t *testing.T) {
	for values, want := range map[string]string{
		"a:5": "5 5 5", "a:5 b:5": "5 5 5", "a:5 a:5 b:9": "5 5 9", "a:5 a:7 b:9": "5 7 9", "a:5 b:7 c:9 d:11": "5 7 11", "a:5 b:5 c:5 d:11": "5 5 11",
		"a:5..6": "- - -", "a:dozens: b:7": "7 7 7", "a:hundreds:300": "- - -", "a:about:100 b:over:90": "90 90 100", "a:1~hour b:2~second": "2 2 3600",
		"a:1~mile b:2": "2 2 2", "a:no_value b:2": "2 2 2", "a:1~hour a:3600": "3600 3600 3600", "a:-2 b:-3": "-3 -3 -2",
	} {
		lines := "src-a\nmsr-n unit=second"
		for i, v := range strings.Fields(values) {
			lines += fmt.Sprintf("\nclm-%d src-a act-%s %s", i, v[:1], v[2:])
		}
		q := compute(t, dataset(lines)).of(t, "msr-n")
		if got := fmt.Sprint(show(number(q.BestMin)), " ", show(number(q.BestMedian)), " ", show(number(q.BestMax))); got != want {
			t.Errorf("%s: %s, want %s", values, got, want)
		}
	}
	// Denials and superseded claims state nothing.
	q := compute(t, dataset("src-a\nmsr-n\nclm-1 src-a act-a 5 deny\nclm-2 src-a act-b 6 said=2025-01\nclm-3 src-a act-b 7 said=2025-02")).of(t, "msr-n")
	if Exact(q.BestMin) != "7" || Exact(q.BestMax) != "7" {
		t.Errorf("%s to %s", Exact(q.BestMin), Exact(q.BestMax))
	}
}

// For everything but quantities the columns of numbers are empty.
func TestNoNumbersWithoutQuantities(t *testing.T) {
	r := compute(t, dataset("src-a\nmsr-n date\nclm-1 src-a act-a date:2025\nclm-2 src-a act-b date:2026"))
	cells := r.of(t, "msr-n").Row("1")
	for _, c := range cells {
		for _, name := range []string{"lower", "upper", "best", "spread", "gap", "overlap"} {
			if strings.HasPrefix(c.Name, name) && c.Value != nil {
				t.Errorf("%s is %v", c.Name, c.Value)
			}
		}
	}
	c := r.claim(t, "clm-1", "")
	if c.Lower.Value != nil || c.Upper.Value != nil {
		t.Errorf("%+v", c)
	}
}

// The cells of every table are the properties of its schema, in its order, and
// have the types that it names.
func TestRowsMatchSchemas(t *testing.T) {
	r := compute(t, dataset(bothFigures, "clm-9 src-a act-z 1 retract\nclm-8 src-a act-z no_comment pop=x\nclm-7 src-a act-z 5 pop=y"))
	rows := map[string][][]Cell{}
	for i := range r.Questions {
		rows["disagreement"] = append(rows["disagreement"], r.Questions[i].Row("1"))
	}
	for i := range r.Claims {
		rows["question_claims"] = append(rows["question_claims"], r.Claims[i].Row("x"))
	}
	for i := range r.Sensitivity {
		rows["sensitivity"] = append(rows["sensitivity"], r.Sensitivity[i].Row("1"))
	}
	for i := range r.Measures {
		rows["measure_statistics"] = append(rows["measure_statistics"], r.Measures[i].Row("1"))
	}
	for table, list := range rows {
		text, err := schema.Embedded.ReadFile(table + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		root := parsed(string(text))
		var required []string
		for _, e := range root.Get("required").Elems {
			required = append(required, e.Text)
		}
		properties := root.Get("properties").Members
		for _, row := range list {
			var names, want []string
			for _, c := range row {
				names = append(names, c.Name)
			}
			for _, p := range properties {
				want = append(want, p.Name)
			}
			if !slices.Equal(names, want) {
				t.Fatalf("%s:\n got %v\nwant %v", table, names, want)
			}
			for i, c := range row {
				types := []string{properties[i].Value.Get("type").Text}
				for _, e := range properties[i].Value.Get("type").Elems {
					types = append(types, e.Text)
				}
				if got := jsonType(c.Value); !slices.Contains(types, got) || got == "null" && slices.Contains(required, c.Name) {
					t.Errorf("%s.%s is of type %s (%v), want one of %v", table, c.Name, got, c.Value, types)
				}
			}
		}
	}
}

func jsonType(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case int:
		return "integer"
	case bool:
		return "boolean"
	case []string:
		if v == nil {
			return "a list that is null"
		}
		return "array"
	default:
		if strings.HasSuffix(fmt.Sprintf("%T", value), "big.Rat") {
			return "number"
		}
	}
	return "string" // also for days
}
