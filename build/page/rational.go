package page

import "math/big"

// multiple gives the nearest multiple of a step that is not above a number, or
// not below it.
func multiple(v, step *big.Rat, up bool) *big.Rat {
	q := new(big.Rat).Quo(v, step)
	// Euclidean division rounds down: the denominator is positive.
	m := new(big.Rat).Mul(new(big.Rat).SetInt(new(big.Int).Div(q.Num(), q.Denom())), step)
	if up && m.Cmp(v) < 0 {
		m.Add(m, step)
	}
	return m
}

func power10(k int) *big.Rat {
	p := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(k, -k))), nil)
	r := new(big.Rat).SetInt(p)
	if k < 0 {
		r.Inv(r)
	}
	return r
}

// exponent gives the largest k with 10^k not above a number above zero.
func exponent(r *big.Rat) int {
	k := (r.Num().BitLen() - r.Denom().BitLen()) * 30103 / 100000 // log10(2), off by one at most
	for power10(k).Cmp(r) > 0 {
		k--
	}
	for power10(k+1).Cmp(r) <= 0 {
		k++
	}
	return k
}

// roundUp gives the smallest of 1, 2, 5, 10, 20, 50… that is not below a number
// above zero; roundDown the largest that is not above it.
func roundUp(r *big.Rat) *big.Rat {
	base := power10(exponent(r))
	for _, d := range []int64{1, 2, 5, 10} {
		if v := times(base, d, 1); v.Cmp(r) >= 0 {
			return v
		}
	}
	return base // not reached: 10 times the base is above r
}

func roundDown(r *big.Rat) *big.Rat {
	base := power10(exponent(r))
	for _, d := range []int64{5, 2} {
		if v := times(base, d, 1); v.Cmp(r) <= 0 {
			return v
		}
	}
	return base
}

// logBits are the binary digits of a logarithm behind its point: enough for a
// hundredth of a percent of any axis.
const logBits = 24

// log2 gives the binary logarithm of a number above zero, in units of
// 2^-logBits, rounded down: the same digits on every machine.
func log2(r *big.Rat) *big.Int {
	const precision = 128
	x := new(big.Float).SetPrec(precision).SetRat(r)
	whole := x.MantExp(x) - 1
	x.SetMantExp(x, 1) // from 1 to below 2
	digits := big.NewInt(int64(whole))
	two := big.NewFloat(2)
	for range logBits {
		x.Mul(x, x)
		digits.Lsh(digits, 1)
		if x.Cmp(two) >= 0 {
			x.SetMantExp(x, -1)
			digits.Add(digits, big.NewInt(1))
		}
	}
	return digits
}
