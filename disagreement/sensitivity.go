package disagreement

import (
	"context"
	"slices"
)

// The variants of the policy that the table sensitivity goes through.
var (
	tolerances = [...]string{"0.05", "0.1", "0.15", "0.2"}
	ratios     = [...]string{"1.1", "1.25", "1.5"}
)

// sensitivity counts how many questions would change class under other
// thresholds. Which claims there are does not depend on them: a number that is
// above zero stays so under any tolerance below one, which the policy must have.
// It leaves the sets of the claims as the last variant made them.
func (qs *questions) sensitivity(ctx context.Context, p *policy, base []verdict) ([]Sensitivity, error) {
	var out []Sensitivity
	for _, tolerance := range tolerances {
		for _, ratio := range ratios {
			variant := p.with(ratOf(tolerance), ratOf(ratio))
			row := Sensitivity{Tolerance: tolerance, CorroborationRatio: ratio, Questions: len(qs.list)}
			for i, q := range qs.list {
				if i%1024 == 0 && ctx.Err() != nil {
					return nil, ctx.Err()
				}
				v := base[i]
				if q.measure.kind == ofNumbers { // nothing else depends on the thresholds
					if ratio == ratios[0] {
						q.setClaims(variant)
					}
					v = q.judge(variant)
				}
				row.add(v, base[i])
			}
			out = append(out, row)
		}
	}
	return out, nil
}

func (s *Sensitivity) add(v, base verdict) {
	s.ByClass[classIndex(v.class)]++
	for _, n := range [...]struct {
		counter *int
		counts  bool
	}{
		{&s.ValueClassChanged, v.class != base.class},
		{&s.AgreementClassChanged, v.agreement != base.agreement},
		{&s.StatedClassChanged, v.stated != base.stated},
		{&s.Denied, v.denied},
	} {
		if n.counts {
			*n.counter++
		}
	}
}

func classIndex(class string) int { return slices.Index(ValueClasses[:], class) }
