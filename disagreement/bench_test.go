package disagreement

import (
	"context"
	"fmt"
	"testing"
)

// many makes claims spread over questions, sources and actors, with lineage,
// hedges, units and denials.
func many(claims, questions int) Input {
	r := newRandom(1)
	lines := []string{"msr-n P1Y rounded unit=second entails=msr-b", "msr-b boolean P1Y"}
	for i := range max(claims/10, 10) {
		line := fmt.Sprint("src-", i)
		if i > 0 && r.chance(40) {
			line += fmt.Sprintf(" of=src-%d%s", r.IntN(i), r.basis())
		}
		lines = append(lines, line)
	}
	for i := range claims {
		value := r.of("", "about:", "nearly:", "exact:", "at_least:") + fmt.Sprint(100+r.IntN(900)*10)
		if r.chance(10) {
			value = r.of("over:0 deny", "no_comment", "1000..2000", "1~hour")
		}
		lines = append(lines, fmt.Sprintf("clm-%d src-%d act-%d %s sub=act-s%d%s", i, r.IntN(max(claims/10, 10)), r.IntN(claims/4+1), value, i%questions, r.of("", " said=2025-03", " said=2025-04")))
	}
	return dataset(lines...)
}

func BenchmarkCompute(b *testing.B) {
	for _, size := range []struct{ claims, questions int }{{20000, 5000}, {20000, 500}, {5000, 1}} {
		in := many(size.claims, size.questions)
		b.Run(fmt.Sprintf("claims=%d/questions=%d", size.claims, size.questions), func(b *testing.B) {
			for b.Loop() {
				if _, err := Compute(context.Background(), in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
