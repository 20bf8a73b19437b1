package disagreement

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// floatAlpha is Krippendorff's α written down anew, in floats, from the
// coincidence matrix (Krippendorff 2004, section 11.3): the ways in which
// values are paired within units, against all pairs of values.
func floatAlpha(units [][]float64) float64 {
	coincidences := map[[2]float64]float64{}
	totals := map[float64]float64{}
	n := 0.0
	for _, unit := range units {
		for i, c := range unit {
			for j, k := range unit {
				if i != j {
					coincidences[[2]float64{c, k}] += 1 / float64(len(unit)-1)
				}
			}
			totals[c]++
			n++
		}
	}
	delta := func(c, k float64) float64 {
		if c == k {
			return 0
		}
		d := (c - k) / (c + k)
		return d * d
	}
	observed, expected := 0.0, 0.0
	for pair, count := range coincidences {
		observed += count * delta(pair[0], pair[1])
	}
	for c, nc := range totals {
		for k, nk := range totals {
			expected += nc * nk * delta(c, k)
		}
	}
	return 1 - (n-1)*observed/expected
}

func rats(units [][]float64) (out [][]*big.Rat) {
	for _, unit := range units {
		var values []*big.Rat
		for _, v := range unit {
			values = append(values, new(big.Rat).SetFloat64(v))
		}
		out = append(out, values)
	}
	return out
}

func TestAlphaAgainstFloats(t *testing.T) {
	// The data of Krippendorff's example of four coders and twelve units
	// ("Computing Krippendorff's alpha-reliability", 2011, section C), whose
	// published coefficient with the ratio metric is 0.797.
	published := [][]float64{{1, 1, 1}, {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3}, {2, 2, 2, 2}, {1, 2, 3, 4}, {4, 4, 4, 4}, {1, 1, 2, 1}, {2, 2, 2, 2}, {5, 5, 5}, {1, 1}}
	if got := alpha(rats(published)); got.FloatString(3) != "0.797" {
		t.Errorf("the published example: %s, want 0.797", got.FloatString(6))
	}
	// By hand: {1, 3} and {3, 3}: D_o = (1/4)(2·1/4), D_e = (1/12)(6·1/4), α = 1 − (1/8)/(1/8).
	if got := alpha(rats([][]float64{{1, 3}, {3, 3}})); got.Sign() != 0 {
		t.Errorf("by hand: %s, want 0", got)
	}
	rng := rand.New(rand.NewPCG(8, 8))
	for range 300 {
		var units [][]float64
		for range 1 + rng.IntN(6) {
			var unit []float64
			for range 2 + rng.IntN(4) {
				unit = append(unit, float64(rng.IntN(8))*math.Pow10(rng.IntN(4)))
			}
			units = append(units, unit)
		}
		got := alpha(rats(units))
		want := floatAlpha(units)
		if got == nil {
			if !math.IsNaN(want) {
				t.Errorf("%v: nil, want %v", units, want)
			}
			continue
		}
		f, _ := got.Float64()
		if math.Abs(f-want) > 1e-8 {
			t.Errorf("%v: %v, want %v", units, f, want)
		}
		if scaled := new(big.Rat).Mul(got, big.NewRat(1e9, 1)); !scaled.IsInt() {
			t.Errorf("%v: more than nine decimals: %s", units, got)
		}
	}
}

func TestRoundHalfEven(t *testing.T) {
	for text, want := range map[string]string{
		"0.0000000005": "0", "0.0000000015": "0.000000002", "0.0000000025": "0.000000002", "-0.0000000005": "0", "-0.0000000015": "-0.000000002",
		"0.00000000050001": "0.000000001", "1/3": "0.333333333", "2/3": "0.666666667", "-2/3": "-0.666666667", "1": "1",
	} {
		if got := Exact(roundHalfEven(ratOf(text), 9)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// Differences are cut, not rounded, to forty decimals.
func TestDifference(t *testing.T) {
	for _, tt := range []struct{ a, b, want string }{
		{"1", "3", "25" + strings.Repeat("0", 38)},
		{"1", "2", strings.Repeat("1", 40)},
		{"0", "7", "1" + strings.Repeat("0", 40)},
		{"1", "5", strings.Repeat("4", 40)},
		{"1/3", "1", "25" + strings.Repeat("0", 38)},
		{"1/6", "0.25", "4" + strings.Repeat("0", 38)},
	} {
		got := pairs([]*big.Rat{ratOf(tt.a), ratOf(tt.b)}) // both ordered pairs
		if want, _ := new(big.Int).SetString(tt.want, 10); got.Cmp(want.Lsh(want, 1)) != 0 {
			t.Errorf("%s and %s: %s, want twice %s", tt.a, tt.b, got, tt.want)
		}
	}
}

// Which numbers go into α.
func TestMeasureStatistics(t *testing.T) {
	r := compute(t, dataset(`
msr-n P1Y unit=second
msr-s P1Y signed
msr-b boolean
msr-one
msr-none
msr-same
msr-gone withdrawn=x
src-a
src-b
clm-10 src-a act-a 1 asof=2020
clm-11 src-a act-b about:3 asof=2020
clm-12 src-a act-c dozens: asof=2020
clm-13 src-a act-d 5..6 asof=2020
clm-14 src-a act-e 9 deny asof=2020
clm-20 src-a act-a 3 asof=2021
clm-21 src-a act-a 3 asof=2021
clm-22 src-a act-a 7 asof=2021
clm-23 src-a act-b 0.001~hour asof=2021
clm-24 src-a act-c -5 asof=2021
clm-30 src-a act-a 3 asof=2022
clm-40 src-a act-a 3 asof=2023
clm-41 src-a act-b 5~mile asof=2023
clm-42 src-a act-c 9 asof=2023
clm-50 src-a act-a 4 asof=2024/..
clm-51 src-a act-b 5 asof=2024/..
clm-s1 src-a act-a 4 msr=msr-s
clm-s2 src-a act-b 5 msr=msr-s
clm-o1 src-a act-a 4 msr=msr-one
clm-e1 src-a act-a 4 msr=msr-same
clm-e2 src-b act-b 4 msr=msr-same
clm-b1 src-a act-a true msr=msr-b
clm-b2 src-a act-b true deny msr=msr-b
clm-b3 src-a act-b true deny msr=msr-b sub=act-s`))
	rows := map[string]string{}
	for _, m := range r.Measures {
		text := ""
		for _, c := range m.Row("v") {
			if c.Name != "measure" && c.Name != "policy_version" {
				text += " " + show(c.Value)
			}
		}
		rows[m.Measure] = text[1:]
	}
	// In 2020: 1 and 3. In 2021: 3 (the lower median of 3 and 7) and 3.6; -5 is
	// no ratio. In 2022 there is one number, in 2023 no comparable ones, and 2024 is open.
	want := fmt.Sprintf("%.9f", floatAlpha([][]float64{{1, 3}, {3, 3.6}}))
	for measure, wanted := range map[string]string{
		"msr-n":    "quantity 5 16 0 1 2 2 0 0 0 0 " + want + " 2 4",
		"msr-s":    "quantity 1 2 0 0 0 1 0 0 0 0 - - -",
		"msr-b":    "boolean 2 3 1 1 0 0 0 0 1 1 - - -",
		"msr-one":  "quantity 1 1 0 1 0 0 0 0 0 0 - 0 0",
		"msr-none": "quantity 0 0 0 0 0 0 0 0 0 0 - 0 0",
		"msr-same": "quantity 1 2 0 0 0 0 1 0 0 0 - 1 2",
	} {
		if got := rows[measure]; strings.TrimSuffix(got, "0") != strings.TrimSuffix(wanted, "0") {
			t.Errorf("%s: %s, want %s", measure, got, wanted)
		}
	}
	if len(rows) != 6 || r.Measures[0].Measure != "msr-b" {
		t.Errorf("%v", rows)
	}
}

// The table sensitivity is what the whole computation gives under the policy
// that each row names.
func TestSensitivityAgainstRecomputation(t *testing.T) {
	changed := 0
	for seed := range uint64(5) {
		r := newRandom(seed)
		lines := r.dataset(60)
		for i := range 40 { // numbers near each other, on which thresholds decide
			lines = append(lines, fmt.Sprintf("clm-near-%d src-%d act-%d %s%s sub=act-%d", i, r.IntN(8), r.IntN(6), r.of("about:", "", "nearly:"),
				r.of("100", "110", "120", "130", "150", "90"), r.IntN(6)))
		}
		for _, own := range []struct{ from, tolerance, share string }{
			{"-1", "0.1", "0.5"},
			{"-8", "0.1", "0.5"}, // "about 100" may be 0 under 0.15 and 0.2: it entails less
			{"-0.5", "1", "1"},   // a round 100 may be 0 under the policy's own tolerance
		} {
			policy := strings.NewReplacer(`"from": "-1", "to": "1"`, `"from": "`+own.from+`", "to": "1"`,
				`"tolerance": "0.1"`, `"tolerance": "`+own.tolerance+`"`, `"round_number_share": "0.5"`, `"round_number_share": "`+own.share+`"`).Replace(testPolicy)
			in := dataset(lines...)
			in.Policy = decodePolicy(policy)
			base := compute(t, in)
			if len(base.Sensitivity) != 12 {
				t.Fatalf("%d rows, want 12", len(base.Sensitivity))
			}
			i := 0
			for _, tolerance := range []string{"0.05", "0.1", "0.15", "0.2"} {
				for _, ratio := range []string{"1.1", "1.25", "1.5"} {
					other := strings.NewReplacer(`"tolerance": "`+own.tolerance+`"`, `"tolerance": "`+tolerance+`"`, `"corroboration_ratio": "1.25"`, `"corroboration_ratio": "`+ratio+`"`).Replace(policy)
					in.Policy = decodePolicy(other)
					want := compared(base, compute(t, in))
					got := base.Sensitivity[i]
					if got.Tolerance != tolerance || got.CorroborationRatio != ratio {
						t.Errorf("row %d is about %s and %s", i, got.Tolerance, got.CorroborationRatio)
					}
					got.Tolerance, got.CorroborationRatio = "", ""
					if got != want {
						t.Errorf("seed %d, %v, %s and %s: %+v, want %+v", seed, own, tolerance, ratio, got, want)
					}
					changed += got.ValueClassChanged
					i++
				}
			}
		}
	}
	if changed < 100 {
		t.Errorf("only %d changes: the thresholds do not decide anything here", changed)
	}
}

// A round number may be zero under a policy's own tolerance of one, and not
// under the others: there it entails another question.
func TestSensitivityOfRoundNumbers(t *testing.T) {
	in := dataset("msr-n rounded entails=msr-b\nmsr-b boolean\nsrc-a\nclm-1 src-a act-a 100")
	in.Policy = decodePolicy(`{"tolerance": "1", "round_number_share": "1", "corroboration_ratio": "1.25"}`)
	r := compute(t, in)
	if len(r.Questions) != 1 {
		t.Fatalf("%s", describe(r))
	}
	for _, s := range r.Sensitivity {
		if s.Questions != 2 || s.ValueClassChanged != 1 || s.AgreementClassChanged != 1 || s.StatedClassChanged != 1 {
			t.Errorf("%+v", s)
		}
	}
}

// A question may depend on the thresholds by its stated links alone, or by
// what is denied.
func TestSensitivityOfOneOrigin(t *testing.T) {
	r := compute(t, dataset("msr-n\nsrc-a\nsrc-b\nclm-1 src-a act-a about:100\nclm-2 src-b act-b about:110 based=clm-1:judged"))
	for _, s := range r.Sensitivity { // hull [90, 121] under 0.1
		if s.Tolerance == "0.1" && (s.StatedClassChanged == 1) != (s.CorroborationRatio == "1.5") || s.ValueClassChanged != 0 {
			t.Errorf("%+v", s)
		}
	}
	r = compute(t, dataset("msr-n\nsrc-a\nclm-1 src-a act-a about:100\nclm-2 src-a act-b exact:112 deny"))
	for _, s := range r.Sensitivity {
		if (s.AgreementClassChanged == 1) != (s.Tolerance > "0.1") || s.AgreementClassChanged != s.Denied {
			t.Errorf("%+v", s)
		}
	}
}

// compared counts, with nothing but the rows of two results.
func compared(base, other *Result) Sensitivity {
	was := map[string]Question{}
	for _, q := range base.Questions {
		was[q.ID] = q
	}
	s := Sensitivity{Questions: len(other.Questions)}
	count := func(n *int, if_ bool) {
		if if_ {
			*n++
		}
	}
	for _, q := range other.Questions {
		b := was[q.ID]
		delete(was, q.ID)
		count(&s.ValueClassChanged, b.ValueClass != q.ValueClass)
		count(&s.AgreementClassChanged, b.AgreementClass != q.AgreementClass)
		count(&s.StatedClassChanged, b.ValueClassStated != q.ValueClassStated)
		count(&s.Denied, q.Denied)
		for i, class := range []string{"no_value", "uncontested", "not_comparable", "conflicting", "corroborated", "compatible"} {
			count(&s.ByClass[i], class == q.ValueClass)
		}
	}
	s.ValueClassChanged += len(was)
	s.AgreementClassChanged += len(was)
	s.StatedClassChanged += len(was)
	return s
}

// The rows that were computed before sensitivity are those of the policy, not
// of its last variant.
func TestSensitivityLeavesRowsAlone(t *testing.T) {
	r := compute(t, dataset("msr-n", "src-a", "clm-1 src-a act-a about:100"))
	c := r.claim(t, "clm-1", "")
	if got := showInterval(c.Lower, c.Upper); got != "[90, 110]" {
		t.Error(got)
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := Compute(ctx, dataset("msr-n\nclm-1 src-a act-a 5")); !errors.Is(err, context.Canceled) || r != nil {
		t.Errorf("%v, %v", r, err)
	}
}

// No records at all is a dataset too.
func TestEmpty(t *testing.T) {
	r := compute(t, Input{})
	if len(r.Questions) != 0 || len(r.Sensitivity) != 12 || len(r.Measures) != 0 || len(r.QuestionOf) != 0 {
		t.Errorf("%+v", r)
	}
}
