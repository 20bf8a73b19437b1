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

// oneDocument makes claimants who all say nearly the same in one document, and
// others who deny something else: no pair of them corroborates or denies.
func oneDocument(claims int) Input {
	lines := []string{"msr-n P1Y", "src-0"}
	for i := range claims {
		lines = append(lines, fmt.Sprintf("clm-%d src-0 act-%d exact:%d%s", i, i, 10000+2*i+i%4/3, []string{"", "", "", " deny"}[i%4]))
	}
	return dataset(lines...)
}

func BenchmarkComputeOneDocument(b *testing.B) {
	in := oneDocument(5000)
	for b.Loop() {
		if _, err := Compute(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
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
