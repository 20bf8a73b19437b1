package disagreement

import (
	"context"
	"math/big"
	"slices"
)

// The variants of the policy that the table sensitivity goes through.
var (
	tolerances = [...]string{"0.05", "0.1", "0.15", "0.2"}
	ratios     = [...]string{"1.1", "1.25", "1.5"}
)

// sensitivity counts how many questions would change class under other
// thresholds. It leaves the sets of the claims as the last variant made them.
func (qs *questions) sensitivity(ctx context.Context, in Input, w *world, verdicts []verdict) ([]Sensitivity, error) {
	base := make(map[Parts]*verdict, len(verdicts))
	for i, q := range qs.list {
		base[q.parts] = &verdicts[i]
	}
	var out []Sensitivity
	for _, tolerance := range tolerances {
		variant := *w.policy
		variant.tau = ratOf(tolerance)
		// A hedge may reach down to zero under one tolerance and not under
		// another. Then other claims follow, and everything is done anew.
		others, isSame := qs, w.policy.entailsLike(&variant)
		if !isSame {
			_, _, others = prepare(in, &variant)
		}
		rows, err := others.vary(ctx, &variant, base, isSame)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			rows[i].Tolerance = tolerance
		}
		out = append(out, rows...)
	}
	return out, nil
}

// vary gives the rows of one tolerance. If the claims are the same as in the
// base, so are the verdicts that depend on no threshold.
func (qs *questions) vary(ctx context.Context, p *policy, base map[Parts]*verdict, isSame bool) ([]Sensitivity, error) {
	rows := make([]Sensitivity, len(ratios))
	limits := make([]*big.Rat, len(ratios))
	for j, ratio := range ratios {
		limits[j] = ratOf(ratio)
	}
	met := 0
	for i, q := range qs.list {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		was := base[q.parts]
		if was != nil {
			met++
		}
		isFixed := isSame && !was.depends
		var read *reading
		if !isFixed {
			q.setClaims(p)
			read = q.read()
		}
		for j, limit := range limits {
			if isFixed {
				rows[j].add(was, was)
				continue
			}
			v := q.judge(read, limit)
			rows[j].add(&v, was)
		}
	}
	for j, ratio := range ratios {
		rows[j].CorroborationRatio, rows[j].Questions = ratio, len(qs.list)
		gone := len(base) - met // questions that only the base has
		rows[j].ValueClassChanged += gone
		rows[j].AgreementClassChanged += gone
		rows[j].StatedClassChanged += gone
	}
	return rows, nil
}

// add counts a question; base is nil if it is asked only here.
func (s *Sensitivity) add(v, base *verdict) {
	s.ByClass[classIndex(v.class)]++
	if base == nil {
		base = &verdict{}
	}
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
