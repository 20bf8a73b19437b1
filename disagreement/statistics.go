package disagreement

import (
	"context"
	"math/big"
	"slices"

	"stemma/internal/model"
)

// statistics gives a row for each measure. The only error is that of the context.
func statistics(ctx context.Context, w *world, qs *questions, verdicts []verdict) ([]MeasureStatistics, error) {
	rows := map[*measure]*MeasureStatistics{}
	units := map[*measure][][]*big.Rat{}
	for _, m := range w.measures {
		if !m.retired {
			rows[m] = &MeasureStatistics{Measure: m.id, ValueType: m.valueType, AlphaApplies: m.valueType == model.TypeQuantity && m.nonnegative}
		}
	}
	for i, q := range qs.list {
		row := rows[q.measure]
		if row == nil {
			continue
		}
		v := &verdicts[i]
		row.Questions++
		row.Claims += len(q.claims)
		row.ByClass[classIndex(v.class)]++
		if v.denied {
			row.Denied++
		}
		if v.agreement == ClassDeniedOnly {
			row.DeniedOnly++
		}
		if row.AlphaApplies && v.class != ClassNotComparable {
			if values := ratings(v.origins, w.policy); len(values) >= 2 {
				units[q.measure] = append(units[q.measure], values)
			}
		}
	}
	var out []MeasureStatistics
	for m, row := range rows {
		row.AlphaQuestions = len(units[m])
		for _, values := range units[m] {
			row.AlphaValues += len(values)
		}
		var err error
		if row.Alpha, err = alpha(ctx, units[m]); err != nil {
			return nil, err
		}
		out = append(out, *row)
	}
	slices.SortFunc(out, func(a, b MeasureStatistics) int { return compare(a.Measure, b.Measure) })
	return out, nil
}

// ratings gives one number for each origin that states any that the ratio
// metric is defined for.
func ratings(origins []*origin, p *policy) []*big.Rat {
	var out []*big.Rat
	for _, o := range origins {
		if numbers := o.numbers(p); len(numbers) > 0 {
			if n := lowerMedian(numbers); n.Sign() >= 0 {
				out = append(out, n)
			}
		}
	}
	return out
}
