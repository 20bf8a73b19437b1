package disagreement

// STUB of branch cli: the lead's rational.go takes the place of this file.

import (
	"math"
	"math/big"
)

// Exact writes a rational without loss.
func Exact(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	if n, exact := r.FloatPrec(); exact {
		return r.FloatString(n)
	}
	return r.String()
}

// Nearest gives the double nearest to a rational.
func Nearest(r *big.Rat) (f float64, ok bool) {
	f, _ = r.Float64()
	if f == 0 {
		return 0, true
	}
	return f, !math.IsInf(f, 0)
}
