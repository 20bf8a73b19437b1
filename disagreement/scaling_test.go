package disagreement

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// scaledDataset makes claims about numbers above or below zero, with a factor
// as their unit and a number.
func scaledDataset(seed uint64, unhedged bool, scale func(string) string) []string {
	r := rand.New(rand.NewPCG(seed, 3))
	lines := []string{"msr-n P1Y rounded unit=second entails=msr-b", "msr-m signed unit=second", "msr-b boolean", "src-0\nsrc-1\nsrc-2 of=src-1"}
	hedges := []string{"exact:", "about:", "nearly:", "at_least:", "over:", "up_to:", "under:"}
	numbers := []string{"100", "110", "120", "125", "90", "6000", "6600", "0", "-100", "-110"}
	if unhedged {
		hedges, numbers = []string{"", "estimated:"}, []string{"100", "110", "120", "90", "200", "6000", "6500", "-100", "-110"}
	}
	for i := range 14 {
		value := hedges[r.IntN(len(hedges))] + scale(numbers[r.IntN(len(numbers))])
		if r.IntN(4) == 0 {
			value = []string{"", "about:", "nearly:"}[r.IntN(3)] + scale("100") + ".." + scale([]string{"110", "120", "6000"}[r.IntN(3)])
			if unhedged {
				value = scale("100") + ".." + scale("125")
			}
		}
		lines = append(lines, fmt.Sprintf("clm-%d src-%d act-%d %s%s%s", i, r.IntN(3), r.IntN(5), value,
			[]string{"", "", "", " deny"}[r.IntN(4)], []string{"", " msr=msr-m"}[r.IntN(2)]))
	}
	return lines
}

// Numbers times any rational above zero keep the classes, for hedges, ranges
// and bounds; round numbers without a hedge, times powers of ten.
func TestScaling(t *testing.T) {
	times := func(factor string) func(string) string {
		return func(n string) string { r := ratOf(n); return Exact(r.Mul(r, ratOf(factor))) }
	}
	same := func(n string) string { return n }
	for seed := range uint64(rounds) {
		explicit := compute(t, dataset(scaledDataset(seed, false, same)...))
		for _, factor := range []string{"0.001", "0.37", "12.5", "123456789.123"} {
			sameClasses(t, fmt.Sprint("hedged, seed ", seed, " times ", factor), explicit, compute(t, dataset(scaledDataset(seed, false, times(factor))...)))
		}
		round := compute(t, dataset(scaledDataset(seed, true, same)...))
		for _, factor := range []string{"10", "10000000000000000000000"} {
			sameClasses(t, fmt.Sprint("round, seed ", seed, " times ", factor), round, compute(t, dataset(scaledDataset(seed, true, times(factor))...)))
		}
	}
	// A factor without a finite decimal is that of a unit: a third.
	for seed := range uint64(rounds) {
		for _, unhedged := range []bool{false, true} {
			lines := scaledDataset(seed, unhedged, same)
			before := compute(t, dataset(lines...))
			for i, line := range lines[4:] {
				words := strings.Fields(line)
				words[3] += "~tick"
				lines[4+i] = strings.Join(words, " ")
			}
			sameClasses(t, fmt.Sprint("times 1/3, seed ", seed), before, compute(t, dataset(lines...)))
		}
	}
}

// Who says nothing changes no class. (A refusal to comment on an event says
// that somebody has not commented: those questions may change.)
func TestSilenceChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, r *random, lines []string) {
		before := compute(t, dataset(lines...))
		more := slices.Clone(lines)
		for i := range 10 {
			q := before.Questions[r.IntN(len(before.Questions))]
			if q.Period == Undated {
				continue
			}
			line := fmt.Sprintf("clm-silent-%d %s %s asof=%s msr=%s %s ", i, r.source(), r.actor(), dateIn(q.Period), q.Measure, q.Modality)
			for key, id := range map[string]string{"sub": q.Subject, "obj": q.Object, "plc": q.Place, "pop": q.Population} {
				if id != "" {
					line += " " + key + "=" + id
				}
			}
			kind := "quantity"
			for _, m := range before.Measures {
				if m.Measure == q.Measure {
					kind = m.ValueType
				}
			}
			silence := r.of("no_comment", "some_value:"+kind, "deny some_value:"+kind, "")
			if q.Event != "" && silence != "no_comment" {
				line += " evt=" + q.Event
			} else if q.Event != "" {
				continue
			}
			more = append(more, line+" "+silence)
		}
		after := compute(t, dataset(more...))
		sameClasses(t, "with silence", before, after)
	})
}

// Where every source has at most one parent and claims name their claimants
// with nothing behind them, cutting links never lowers the number of channels
// or of independent answers: what was one document falls apart into several,
// and every matching between origins and documents stays one.
func TestCuttingLinks(t *testing.T) {
	different := 0
	for seed := range uint64(rounds) {
		r := newRandom(seed)
		lines := []string{"msr-n"}
		for i := range 7 {
			line := fmt.Sprint("src-", i)
			if i > 0 && r.chance(70) {
				line += fmt.Sprintf(" of=src-%d%s", r.IntN(i), r.basis())
			}
			lines = append(lines, line, fmt.Sprint("act-", i))
		}
		for i := range 10 {
			lines = append(lines, fmt.Sprintf("clm-%d src-%d %s 5 asof=2025", i, r.IntN(7), r.of(r.actor(), r.actor(), "anonymous label=x", "editorial")))
		}
		q := compute(t, dataset(lines...)).of(t, "msr-n")
		if q.IndependentStated < q.Independent {
			t.Errorf("seed %d: %d independent, but only %d with fewer links", seed, q.Independent, q.IndependentStated)
		}
		if q.IndependentStated > q.Independent {
			different++
		}
	}
	if different < rounds/10 {
		t.Errorf("only %d of %d datasets have a link that matters", different, rounds)
	}
}

// What does not hold, so that nobody relies on it.
func TestWhatCuttingLinksMayLower(t *testing.T) {
	for name, tt := range map[string]struct {
		lines          string
		links, without int
	}{
		"one of two parents":                              {"src-a of=src-b:judged of=src-c\nclm-1 src-a act-a 5\nclm-2 src-a act-b 5", 2, 1},
		"evidence that hid that one origin says it twice": {"src-r pub=act-c\nclm-1 src-a act-a 5 based=src-r:judged\nclm-2 src-b act-a 5", 2, 1},
	} {
		q := compute(t, dataset("msr-n", tt.lines)).of(t, "msr-n")
		if q.Independent != tt.links || q.IndependentStated != tt.without {
			t.Errorf("%s: %d, and %d", name, q.Independent, q.IndependentStated)
		}
	}
}
