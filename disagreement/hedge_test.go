package disagreement

import (
	"fmt"
	"testing"
)

// intervalOf computes what one claim's value admits on a measure.
func intervalOf(t *testing.T, measureWords, value string) string {
	t.Helper()
	r := compute(t, dataset("msr-n "+measureWords, "src-a", "clm-1 src-a act-a "+value))
	c := r.claim(t, "clm-1", "")
	return showInterval(c.Lower, c.Upper)
}

// Every row of MODEL §2, on every kind of measure, with numbers of every kind.
// Where a column is empty the interval is that of the column before.
func TestHedges(t *testing.T) {
	columns := []string{"", "rounded", "signed", "signed rounded"}
	for _, tt := range []struct {
		value string
		want  [4]string
	}{
		{"6000", [4]string{"[6000, 6000]", "[5500, 6500]", "[6000, 6000]", "[5500, 6500]"}},
		{"6300", [4]string{"[6300, 6300]", "[6250, 6350]", "[6300, 6300]", "[6250, 6350]"}},
		{"6320", [4]string{"[6320, 6320]", "[6315, 6325]", "[6320, 6320]", "[6315, 6325]"}},
		{"6321", [4]string{"[6321, 6321]"}},
		{"10", [4]string{"[10, 10]", "[9, 11]", "[10, 10]", "[9, 11]"}},   // τ·10 = 1 < g/2 = 5
		{"50", [4]string{"[50, 50]", "[45, 55]", "[50, 50]", "[45, 55]"}}, // τ·50 = 5 = g/2
		{"60", [4]string{"[60, 60]", "[55, 65]", "[60, 60]", "[55, 65]"}}, // g/2 = 5 < 6
		{"1000000", [4]string{"[1000000, 1000000]", "[900000, 1100000]", "[1000000, 1000000]", "[900000, 1100000]"}},
		{"1e3", [4]string{"[1000, 1000]", "[900, 1100]", "[1000, 1000]", "[900, 1100]"}},
		{"100.0", [4]string{"[100, 100]", "[90, 110]", "[100, 100]", "[90, 110]"}}, // an integer, however written
		{"0.1", [4]string{"[0.1, 0.1]"}},
		{"100.5", [4]string{"[100.5, 100.5]"}},
		{"9", [4]string{"[9, 9]"}},
		{"0", [4]string{"[0, 0]"}},
		{"-0", [4]string{"[0, 0]"}},
		{"-20", [4]string{"[-20, -20]", "[-22, -18]", "[-20, -20]", "[-22, -18]"}},
		{"-700", [4]string{"[-700, -700]", "[-750, -650]", "[-700, -700]", "[-750, -650]"}},
		{"9007199254740993", [4]string{"[9007199254740993, 9007199254740993]"}},
		{"100000000000000000000", [4]string{"[100000000000000000000, 100000000000000000000]", "[90000000000000000000, 110000000000000000000]",
			"[100000000000000000000, 100000000000000000000]", "[90000000000000000000, 110000000000000000000]"}},

		{"exact:6000", [4]string{"[6000, 6000]"}},
		{"exact:-3.5", [4]string{"[-3.5, -3.5]"}},
		{"estimated:6000", [4]string{"[6000, 6000]", "[5500, 6500]", "[6000, 6000]", "[5500, 6500]"}},
		{"estimated:6321", [4]string{"[6321, 6321]"}},
		{"unheard-of:6000", [4]string{"[6000, 6000]", "[5500, 6500]", "[6000, 6000]", "[5500, 6500]"}},

		{"about:6000", [4]string{"[5400, 6600]"}},
		{"about:0", [4]string{"[0, 0]"}},
		{"about:0.1", [4]string{"[0.09, 0.11]"}},
		{"about:-50", [4]string{"[-55, -45]"}},
		{"nearly:6000", [4]string{"[5400, 6000)"}},
		{"nearly:0", [4]string{"[0, 0]"}},
		{"nearly:-50", [4]string{"(-50, -45]"}},
		{"nearly:0.5", [4]string{"[0.45, 0.5)"}},

		{"at_least:100", [4]string{"[100, ∞)"}},
		{"at_least:0", [4]string{"[0, ∞)"}},
		{"at_least:-1", [4]string{"[-1, ∞)"}},
		{"over:100", [4]string{"(100, ∞)"}},
		{"over:0", [4]string{"(0, ∞)"}},
		{"over:-0.5", [4]string{"(-0.5, ∞)"}},

		{"up_to:20", [4]string{"[0, 20]", "[0, 20]", "(−∞, 20]", "(−∞, 20]"}},
		{"up_to:0", [4]string{"[0, 0]", "[0, 0]", "(−∞, 0]", "(−∞, 0]"}},
		{"up_to:0.5", [4]string{"[0, 0.5]", "[0, 0.5]", "(−∞, 0.5]", "(−∞, 0.5]"}},
		{"up_to:-4", [4]string{"(−∞, -4]"}},
		{"under:20", [4]string{"[0, 20)", "[0, 20)", "(−∞, 20)", "(−∞, 20)"}},
		{"under:0", [4]string{"(−∞, 0)"}},
		{"under:-4", [4]string{"(−∞, -4)"}},

		{"several:", [4]string{"[3, 9]"}},
		{"dozens:", [4]string{"[20, 99]"}},
		{"hundreds:", [4]string{"[200, 999]"}},
		{"thousands:", [4]string{"[2000, 9999]"}},

		// Printed ranges are never taken for rounded.
		{"5000..6000", [4]string{"[5000, 6000]"}},
		{"exact:5000..6000", [4]string{"[5000, 6000]"}},
		{"estimated:5000..6000", [4]string{"[5000, 6000]"}},
		{"unheard-of:5000..6000", [4]string{"[5000, 6000]"}},
		{"about:5000..6000", [4]string{"[4500, 6600]"}},
		{"about:-10..10", [4]string{"[-11, 11]"}},
		{"nearly:5000..6000", [4]string{"[4500, 6000)"}},
		{"at_least:5000..6000", [4]string{"[5000, ∞)"}},
		{"over:5000..6000", [4]string{"(5000, ∞)"}},
		{"up_to:5000..6000", [4]string{"[0, 6000]", "[0, 6000]", "(−∞, 6000]", "(−∞, 6000]"}},
		{"under:5000..6000", [4]string{"[0, 6000)", "[0, 6000)", "(−∞, 6000)", "(−∞, 6000)"}},
		{"25..25", [4]string{"[25, 25]"}},
	} {
		want := ""
		for i, words := range columns {
			if tt.want[i] != "" {
				want = tt.want[i]
			}
			if got := intervalOf(t, words, tt.value); got != want {
				t.Errorf("%s on a measure %q: %s, want %s", tt.value, words, got, want)
			}
		}
	}
}

// Hedges apply before units are converted; factors are exact.
func TestUnits(t *testing.T) {
	for _, tt := range []struct{ measure, value, want string }{
		{"unit=second", "2~hour", "[7200, 7200]"},
		{"unit=hour", "1~day", "[24, 24]"},
		{"unit=hour", "1~second", "[1/3600, 1/3600]"},
		{"unit=second", "2~tick", "[2/3, 2/3]"},
		{"unit=tick", "2~second", "[6, 6]"},
		{"unit=metre", "about:10~mile", "[14484.096, 17702.784]"},
		{"unit=mile", "over:1~metre", "(125/201168, ∞)"},
		{"unit=second rounded", "20~hour", "[64800, 79200]"},     // 18 to 22 hours: 20 is round, 72000 does not matter
		{"unit=hour rounded", "5400~second", "[107/72, 109/72]"}, // 5400 ± 50 s: round to hundreds
		{"unit=second", "nearly:1~hour", "[3240, 3600)"},
		{"unit=second", "1..2~hour", "[3600, 7200]"},
		{"unit=second", "several:~hour", "[10800, 32400]"},
		{"unit=second signed", "under:1~hour", "(−∞, 3600)"},
		{"unit=second", "5~second", "[5, 5]"},
		{"unit=second", "5", "[5, 5]"},
		{"unit=furlong", "5~furlong", "[5, 5]"}, // the measure's own unit needs no factor
		{"unit=second", "5~mile", "(−∞, ∞)"},    // not known: no bounds
		{"unit=second", "5~furlong", "(−∞, ∞)"},
		{"unit=furlong", "5~second", "(−∞, ∞)"},
		{"", "5~second", "(−∞, ∞)"},
	} {
		if got := intervalOf(t, tt.measure, tt.value); got != tt.want {
			t.Errorf("%s with %q: %s, want %s", tt.value, tt.measure, got, tt.want)
		}
	}
}

// What cannot be converted can still be counted, but not compared; a single
// origin is uncontested whatever the unit.
func TestUnitsThatCannotBeConverted(t *testing.T) {
	lines := "msr-n unit=second\nsrc-a\nsrc-b\nclm-1 src-a act-a 5~mile\nclm-3 src-a act-c 7 deny"
	q := compute(t, dataset(lines)).of(t, "msr-n")
	if q.ValueClass != ClassUncontested || q.BestMin != nil || q.LowerMin.Value != nil || q.Denied {
		t.Errorf("alone: %+v", q)
	}
	q = compute(t, dataset(lines, "clm-2 src-b act-b 5")).of(t, "msr-n")
	if q.ValueClass != ClassNotComparable || q.SpreadRatio != nil || q.OverlapShare != nil || q.Denied {
		t.Errorf("with another: %+v", q)
	}
	// The bounds are those of the origins that are known.
	if got := showInterval(q.LowerMin, q.UpperMax); got != "[5, 5]" || Exact(q.BestMedian) != "5" {
		t.Errorf("bounds %s, best %s", got, Exact(q.BestMedian))
	}
	// A denial in such a unit excludes nothing that anybody knows.
	q = compute(t, dataset("msr-n unit=second\nsrc-a\nclm-1 src-a act-a 5\nclm-2 src-a act-b 5~mile deny")).of(t, "msr-n")
	if q.Denied || q.Denying != 1 {
		t.Errorf("denied in miles: %+v", q)
	}
	// One unknown member makes the whole origin unknown.
	q = compute(t, dataset("msr-n unit=second\nsrc-a\nsrc-b\nclm-1 src-a act-a 5\nclm-2 src-a act-a 5~mile\nclm-3 src-b act-b 5")).of(t, "msr-n")
	if q.ValueClass != ClassNotComparable {
		t.Errorf("partly in miles: %s", q.ValueClass)
	}
}

// The policy decides, not the code: other tolerances and shares, a hedge with
// ends on one side, one that leaves its number out at both ends.
func TestPolicyDecides(t *testing.T) {
	policy := `{"version": "x", "tolerance": "0.2", "round_number_share": "1", "corroboration_ratio": "3/2", "units": [], "hedges": [
		{"token": "about", "rule": "around", "from": "-0.5", "to": "2", "includes_value": false},
		{"token": "nearly", "rule": "around", "from": "0", "to": "1", "includes_value": true},
		{"token": "estimated", "rule": "around", "from": "0", "to": "0", "includes_value": false},
		{"token": "over", "rule": "at_or_above"},
		{"token": "several", "rule": "fixed", "low": "0.5", "high": "7"}]}`
	for value, want := range map[string]string{
		"6000": "[5000, 7000]", "300": "[240, 360]", "about:100": "[90, 140]", "nearly:100": "[100, 120]", "estimated:100": "[100, 100]",
		"over:5": "[5, ∞)", "several:": "[0.5, 7]", "several:100": "[0.5, 7]", "about:-100": "[-140, -90]", "nearly:-100": "[-120, -100]",
	} {
		in := dataset("msr-n rounded", "src-a", "clm-1 src-a act-a "+value)
		in.Policy = decodePolicy(policy)
		c := compute(t, in).claim(t, "clm-1", "")
		if got := showInterval(c.Lower, c.Upper); got != want {
			t.Errorf("%s: %s, want %s", value, got, want)
		}
	}
	// The ratio may be a fraction: hull 3/2 corroborates, a little more does not.
	for high, want := range map[string]string{"150": ClassCorroborated, "150.0001": ClassCompatible} {
		in := dataset("msr-n", "src-a", "src-b", "clm-1 src-a act-a 100..120", "clm-2 src-b act-b 110.."+high)
		in.Policy = decodePolicy(policy)
		if q := compute(t, in).of(t, "msr-n"); q.ValueClass != want || q.PrevID != "" {
			t.Errorf("up to %s: %s, want %s", high, q.ValueClass, want)
		}
	}
}

// A unit whose factor is no number above zero cannot be converted.
func TestUnitsWithoutFactor(t *testing.T) {
	for _, factor := range []string{"0", "-1", "x", ""} {
		in := dataset("msr-n unit=second", "src-a", "clm-1 src-a act-a 5~odd")
		in.Policy = decodePolicy(`{"units": [{"code": "second", "dimension": "time", "factor": "1"}, {"code": "odd", "dimension": "time", "factor": "` + factor + `"}]}`)
		if c := compute(t, in).claim(t, "clm-1", ""); c.Lower.Value != nil || c.Upper.Value != nil {
			t.Errorf("%q: %s", factor, showInterval(c.Lower, c.Upper))
		}
	}
}

// Without a policy every number is exact, and nothing fails.
func TestNoPolicy(t *testing.T) {
	in := dataset("msr-n rounded", "src-a", "clm-1 src-a act-a about:6000")
	in.Policy = nil
	r := compute(t, in)
	c := r.claim(t, "clm-1", "")
	if got := showInterval(c.Lower, c.Upper); got != "[6000, 6000]" || r.PolicyVersion != "" {
		t.Errorf("%s, version %q", got, r.PolicyVersion)
	}
}

// Exact and Nearest write numbers; the vectors of the fractions were worked out
// by hand.
func TestExact(t *testing.T) {
	for text, want := range map[string]string{
		"6600": "6600", "1/2": "0.5", "-5/4": "-1.25", "20/3": "20/3", "-1/7": "-1/7", "0": "0", "1e3": "1000", "1e-3": "0.001", "3/1024": "0.0029296875",
		"7/40": "0.175", "1/6": "1/6", "123456789012345678901234567890": "123456789012345678901234567890", "1.50": "1.5",
	} {
		if got := Exact(ratOf(text)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"0.1": "0.1 true", "9007199254740993": "9.007199254740992e+15 true", "9007199254740995": "9.007199254740996e+15 true",
		"1/3": "0.3333333333333333 true", "-1/3": "-0.3333333333333333 true", "-1e-400": "0 true", "1e308": "1e+308 true",
	} {
		f, ok := Nearest(ratOf(text))
		if got := fmt.Sprint(f, ok); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if _, ok := Nearest(ratOf("-1e309")); ok {
		t.Error("-1e309 is no double")
	}
}
