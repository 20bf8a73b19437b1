package disagreement

import (
	"math"
	"math/big"
)

// Exact writes a rational without loss: as a decimal without exponent in its
// shortest form if there is one ("6600", "-1.25"), else as a fraction in lowest
// terms ("20/3").
func Exact(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	rest := new(big.Int).Set(r.Denom())
	twos := strip(rest, 2)
	fives := strip(rest, 5)
	if !rest.IsInt64() || rest.Int64() != 1 {
		return r.String()
	}
	// The denominator divides 10^n and no smaller power: n digits, the last not 0.
	return r.FloatString(max(twos, fives))
}

// strip divides n by a prime as often as it can, and says how often.
func strip(n *big.Int, prime int64) (times int) {
	p, quotient, remainder := big.NewInt(prime), new(big.Int), new(big.Int)
	for {
		quotient.QuoRem(n, p, remainder)
		if remainder.Sign() != 0 {
			return times
		}
		n.Set(quotient)
		times++
	}
}

// Nearest gives the double nearest to a rational, ties to even; ok is false if
// it is beyond all doubles. Zero is never negative.
func Nearest(r *big.Rat) (f float64, ok bool) {
	f, _ = r.Float64()
	if f == 0 {
		return 0, true
	}
	return f, !math.IsInf(f, 0)
}

// ratOf reads a decimal or a fraction p/q of the policy; nil if it is neither.
func ratOf(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil
	}
	return r
}

// quotient is a/b; nil unless b is above zero.
func quotient(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil || b.Sign() <= 0 {
		return nil
	}
	return new(big.Rat).Quo(a, b)
}
