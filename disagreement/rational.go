package disagreement

import "math/big"

// Exact writes a number exactly: as a decimal without exponent if it has one,
// else as a fraction p/q in lowest terms.
func Exact(r *big.Rat) string {
	if places, ok := r.FloatPrec(); ok {
		return r.FloatString(places)
	}
	return r.String()
}

// Nearest gives the nearest double, ties to even; ok is false if that would be
// infinite.
func Nearest(r *big.Rat) (f float64, ok bool) {
	f, _ = r.Float64()
	return f, f-f == 0
}
