package disagreement

import (
	"math/big"
	"slices"

	"stemma/internal/model"
)

// statistics gives a row for each measure.
func statistics(w *world, qs *questions, verdicts []verdict) []MeasureStatistics {
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
		row.Alpha = alpha(units[m])
		out = append(out, *row)
	}
	slices.SortFunc(out, func(a, b MeasureStatistics) int { return compare(a.Measure, b.Measure) })
	return out
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

// Digits kept of each difference, and of the result.
const (
	differenceDigits = 40
	alphaDigits      = 9
)

// alpha is Krippendorff's α with the ratio metric over units of two values or
// more (K. Krippendorff, Content Analysis, 2004, chapter 11): 1 − D_o/D_e. It
// is nil if all values are equal or there are none. Each difference is cut to
// 40 decimals, so that the sums stay short integers; everything else is exact,
// and the result is rounded half to even to nine decimals.
func alpha(units [][]*big.Rat) *big.Rat {
	observed := new(big.Rat)
	var values []*big.Rat
	for _, unit := range units {
		sum := pairs(unit)
		observed.Add(observed, new(big.Rat).SetFrac(sum, big.NewInt(int64(len(unit)-1))))
		values = append(values, unit...)
	}
	n := int64(len(values))
	expected := pairs(values)
	if n < 2 || expected.Sign() == 0 {
		return nil
	}
	// D_o/D_e = (Σ/n) / (Σ'/(n(n−1))) = (n−1)·Σ/Σ'
	observed.Mul(observed, new(big.Rat).SetFrac(big.NewInt(n-1), expected))
	return roundHalfEven(observed.Sub(big.NewRat(1, 1), observed), alphaDigits)
}

// pairs sums the differences of all ordered pairs, in units of 10^-40. Equal
// values are counted together: there are far fewer different ones.
func pairs(values []*big.Rat) *big.Int {
	groups, counts := grouped(values)
	sum, d := new(big.Int), new(difference)
	for i, a := range groups {
		for j, b := range groups[:i] {
			times := big.NewInt(2 * counts[i] * counts[j])
			sum.Add(sum, times.Mul(times, d.of(a, b)))
		}
	}
	return sum
}

// grouped gives the different values and how often each occurs. They are
// multiplied by one number that makes them all integers: a ratio stays what
// it is.
func grouped(values []*big.Rat) (groups []*big.Int, counts []int64) {
	common, gcd := big.NewInt(1), new(big.Int)
	for _, v := range values {
		common.Mul(common, new(big.Int).Quo(v.Denom(), gcd.GCD(nil, nil, common, v.Denom())))
	}
	for i, v := range slices.SortedFunc(slices.Values(values), (*big.Rat).Cmp) {
		n := new(big.Int).Mul(v.Num(), new(big.Int).Quo(common, v.Denom()))
		if last := len(groups) - 1; i > 0 && groups[last].Cmp(n) == 0 {
			counts[last]++
			continue
		}
		groups, counts = append(groups, n), append(counts, 1)
	}
	return groups, counts
}

var differenceScale = new(big.Int).Exp(big.NewInt(10), big.NewInt(differenceDigits), nil)

// difference computes ((a−b)/(a+b))², cut to 40 decimals; it keeps its memory
// from pair to pair.
type difference struct{ minus, plus, square big.Int }

// of is the difference of two numbers a, b ≥ 0, not both 0, in units of 10^-40.
// The result is overwritten by the next one.
func (d *difference) of(a, b *big.Int) *big.Int {
	d.minus.Sub(a, b)
	d.plus.Add(a, b)
	d.square.Mul(&d.minus, &d.minus)
	d.minus.Mul(&d.square, differenceScale)
	d.square.Mul(&d.plus, &d.plus)
	return d.plus.Quo(&d.minus, &d.square)
}

// roundHalfEven rounds to a number of decimals, halves to the even neighbour.
func roundHalfEven(r *big.Rat, digits int64) *big.Rat {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(digits), nil)
	scaled := new(big.Rat).Mul(r, new(big.Rat).SetInt(scale))
	floor, rest := new(big.Int).DivMod(scaled.Num(), scaled.Denom(), new(big.Int))
	twice := rest.Lsh(rest, 1)
	if c := twice.Cmp(scaled.Denom()); c > 0 || c == 0 && floor.Bit(0) == 1 {
		floor.Add(floor, big.NewInt(1))
	}
	return new(big.Rat).SetFrac(floor, scale)
}
