package disagreement

import (
	"context"
	"math/big"
	"math/bits"
	"slices"
)

// Digits kept of each difference, and of the result.
const (
	differenceDigits = 36
	alphaDigits      = 9
)

// alpha is Krippendorff's α with the ratio metric over units of two values or
// more (K. Krippendorff, Content Analysis, 2004, chapter 11): 1 − D_o/D_e. It
// is nil if all values are equal or there are none. Each difference is cut to
// 36 decimals, so that the sums stay short integers; everything else is exact,
// and the result is rounded half to even to nine decimals.
func alpha(ctx context.Context, units [][]*big.Rat) (*big.Rat, error) {
	observed := new(big.Rat)
	var values []*big.Rat
	for _, unit := range units {
		sum, err := pairs(ctx, unit)
		if err != nil {
			return nil, err
		}
		observed.Add(observed, new(big.Rat).SetFrac(sum, big.NewInt(int64(len(unit)-1))))
		values = append(values, unit...)
	}
	n := int64(len(values))
	expected, err := pairs(ctx, values)
	if err != nil || n < 2 || expected.Sign() == 0 {
		return nil, err
	}
	// D_o/D_e = (Σ/n) / (Σ'/(n(n−1))) = (n−1)·Σ/Σ'
	observed.Mul(observed, new(big.Rat).SetFrac(big.NewInt(n-1), expected))
	return roundHalfEven(observed.Sub(big.NewRat(1, 1), observed), alphaDigits), nil
}

// pairs sums the differences of all ordered pairs, in units of 10^-36. Equal
// values are counted together: there are far fewer different ones.
func pairs(ctx context.Context, values []*big.Rat) (*big.Int, error) {
	groups, counts := grouped(values)
	small, isSmall := words(groups)
	sum, d := new(big.Int), new(difference)
	for i := range groups {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if isSmall {
			sum.Add(sum, rowOfWords(small[:i+1], counts))
			continue
		}
		for j, b := range groups[:i] {
			times := big.NewInt(2 * counts[i] * counts[j])
			sum.Add(sum, times.Mul(times, d.of(groups[i], b)))
		}
	}
	return sum, nil
}

// words gives the numbers as machine words, if all are below 2^31, so that the
// square of a sum of two is one as well.
func words(groups []*big.Int) (out []uint64, ok bool) {
	for _, g := range groups {
		if g.BitLen() > 31 {
			return nil, false
		}
		out = append(out, g.Uint64())
	}
	return out, true
}

// rowOfWords sums the differences of the last number to all before it, as pairs
// does; 36 decimals are two divisions of 18.
func rowOfWords(row []uint64, counts []int64) *big.Int {
	const half = 1e18 // 10^18
	var upper, lower wide
	last := len(row) - 1
	for j, b := range row[:last] {
		minus, plus := row[last]-b, row[last]+b // the numbers are sorted
		square, divisor := minus*minus, plus*plus
		high, low := bits.Mul64(square, half)
		digits, rest := bits.Div64(high, low, divisor)
		high, low = bits.Mul64(rest, half)
		more, _ := bits.Div64(high, low, divisor)
		times := uint64(2 * counts[last] * counts[j])
		upper.add(digits, times)
		lower.add(more, times)
	}
	sum := upper.big()
	return sum.Add(sum.Mul(sum, big.NewInt(half)), lower.big())
}

// wide is an unsigned integer of 128 bits. Terms are below 2^60 times a number
// of pairs, so that no dataset fills it.
type wide struct{ high, low uint64 }

func (w *wide) add(a, b uint64) {
	high, low := bits.Mul64(a, b)
	var carry uint64
	w.low, carry = bits.Add64(w.low, low, 0)
	w.high, _ = bits.Add64(w.high, high, carry)
}

func (w *wide) big() *big.Int {
	out := new(big.Int).SetUint64(w.high)
	return out.Add(out.Lsh(out, 64), new(big.Int).SetUint64(w.low))
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

// difference computes ((a−b)/(a+b))², cut to 36 decimals; it keeps its memory
// from pair to pair.
type difference struct{ minus, plus, square big.Int }

// of is the difference of two numbers a, b ≥ 0, not both 0, in units of 10^-36.
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
