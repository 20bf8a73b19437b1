package disagreement

import "math/big"

// interval is a connected set of rationals. A bound without a value is no end.
// Rationals are shared between intervals and never changed.
type interval struct {
	lower, upper Bound
}

func point(v *big.Rat) interval { return closed(v, v) }

func closed(low, high *big.Rat) interval {
	return interval{Bound{low, true}, Bound{high, true}}
}

func (x interval) isEmpty() bool {
	if x.lower.Value == nil || x.upper.Value == nil {
		return false
	}
	c := x.lower.Value.Cmp(x.upper.Value)
	return c > 0 || c == 0 && !(x.lower.Inclusive && x.upper.Inclusive)
}

func (x interval) isPoint() bool {
	return x.isBounded() && x.lower.Value.Cmp(x.upper.Value) == 0
}

func (x interval) isBounded() bool { return x.lower.Value != nil && x.upper.Value != nil }

// isPositive tells whether every number of the interval is above zero.
func (x interval) isPositive() bool {
	if x.lower.Value == nil {
		return false
	}
	return x.lower.Value.Sign() > 0 || x.lower.Value.Sign() == 0 && !x.lower.Inclusive
}

func (x interval) intersect(y interval) interval {
	return interval{innerLower(x.lower, y.lower), innerUpper(x.upper, y.upper)}
}

// hull is the smallest interval that holds both.
func (x interval) hull(y interval) interval {
	return interval{outerLower(x.lower, y.lower), outerUpper(x.upper, y.upper)}
}

// Of two bounds with one value, the inner excludes it if one does, the outer
// includes it if one does. No end is outside of every bound.

func innerLower(a, b Bound) Bound { return choose(a, b, 1, false) }
func innerUpper(a, b Bound) Bound { return choose(a, b, -1, false) }
func outerLower(a, b Bound) Bound { return choose(a, b, -1, true) }
func outerUpper(a, b Bound) Bound { return choose(a, b, 1, true) }

// choose takes the greater (sign 1) or the smaller bound (sign -1).
func choose(a, b Bound, sign int, outer bool) Bound {
	if a.Value == nil || b.Value == nil {
		if outer == (a.Value == nil) {
			return a
		}
		return b
	}
	switch c := a.Value.Cmp(b.Value) * sign; {
	case c > 0:
		return a
	case c < 0:
		return b
	}
	return Bound{a.Value, a.Inclusive && b.Inclusive || outer && (a.Inclusive || b.Inclusive)}
}

// scaled multiplies by a factor above zero.
func (x interval) scaled(factor *big.Rat) interval {
	return interval{x.lower.scaled(factor), x.upper.scaled(factor)}
}

func (b Bound) scaled(factor *big.Rat) Bound {
	if b.Value == nil {
		return b
	}
	return Bound{new(big.Rat).Mul(b.Value, factor), b.Inclusive}
}
