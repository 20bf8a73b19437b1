package disagreement

import (
	"math/big"

	"stemma/internal/model"
)

// policy is a dataset's policy with its numbers read, or a variant of it.
type policy struct {
	version           string
	tau, share, ratio *big.Rat
	hedges            map[string]*hedge
	units             map[string]unit
}

// hedge is a rule by which a number with some words becomes an interval.
type hedge struct {
	rule          string
	from, to      *big.Rat
	includesValue bool
	low, high     *big.Rat
}

type unit struct {
	dimension string
	factor    *big.Rat
}

func newPolicy(p *model.Policy) *policy {
	out := &policy{tau: new(big.Rat), share: new(big.Rat), ratio: big.NewRat(1, 1), hedges: map[string]*hedge{}, units: map[string]unit{}}
	if p == nil {
		return out
	}
	out.version = p.Version.Value
	for field, text := range map[**big.Rat]string{&out.tau: p.Tolerance.Value, &out.share: p.RoundNumberShare.Value, &out.ratio: p.CorroborationRatio.Value} {
		if r := ratOf(text); r != nil {
			*field = r
		}
	}
	for i := range p.Hedges {
		h := &p.Hedges[i]
		out.hedges[h.Token.Value] = &hedge{
			rule: h.Rule.Value, from: ratOf(h.From.Value), to: ratOf(h.To.Value), includesValue: h.IncludesValue(),
			low: ratOf(h.Low.Value), high: ratOf(h.High.Value),
		}
	}
	for i := range p.Units {
		u := &p.Units[i]
		if factor := ratOf(u.Factor.Value); factor != nil && factor.Sign() > 0 {
			out.units[u.Code.Value] = unit{u.Dimension.Value, factor}
		}
	}
	return out
}

// quantity gives the interval of a printed number or range, in the measure's
// unit; ok is false if the unit cannot be converted. Hedges apply before units
// are converted (MODEL §2).
func (p *policy) quantity(v *value, m *measure) (x interval, ok bool) {
	factor, ok := p.factor(v.unit, m.unit)
	if !ok {
		return interval{}, false
	}
	if v.number != nil {
		x = p.interval(v.hedge, v.number, m, true)
	} else {
		low, high := orZero(v.low), orZero(v.high)
		x = interval{p.interval(v.hedge, low, m, false).lower, p.interval(v.hedge, high, m, false).upper}
	}
	if factor != nil {
		x = x.scaled(factor)
	}
	return x, true
}

// orZero keeps a hedge without a number, such as "dozens", computable.
func orZero(r *big.Rat) *big.Rat {
	if r == nil {
		return new(big.Rat)
	}
	return r
}

// factor converts from a unit to the measure's; nil means that there is nothing
// to convert.
func (p *policy) factor(from, to string) (factor *big.Rat, ok bool) {
	if from == "" || from == to {
		return nil, true
	}
	a, known := p.units[from]
	b, knownToo := p.units[to]
	if !known || !knownToo || a.dimension != b.dimension {
		return nil, false
	}
	return new(big.Rat).Quo(a.factor, b.factor), true
}

// interval gives what a hedge makes of a number. Only a single number can be
// taken for rounded.
func (p *policy) interval(token string, v *big.Rat, m *measure, single bool) interval {
	h := p.hedges[token]
	if h == nil || h.rule == model.RuleUnhedged {
		if single && m.rounded {
			return p.rounded(v)
		}
		return point(v)
	}
	switch h.rule {
	case model.RuleAround:
		return p.around(h, v)
	case model.RuleAtOrAbove:
		return interval{lower: Bound{v, h.includesValue}}
	case model.RuleAtOrBelow:
		upper := interval{upper: Bound{v, h.includesValue}}
		zero := interval{lower: Bound{new(big.Rat), true}}
		if both := upper.intersect(zero); m.nonnegative && !both.isEmpty() {
			return both
		}
		return upper // "under 0" of something that cannot be negative: as written
	case model.RuleFixed:
		if h.low != nil && h.high != nil {
			return closed(h.low, h.high)
		}
	}
	return point(v)
}

// around goes from v(1 + from·τ) to v(1 + to·τ), in order; an end at v itself
// is included only if the hedge says so.
func (p *policy) around(h *hedge, v *big.Rat) interval {
	a, b := p.end(h.from, v, h), p.end(h.to, v, h)
	switch a.Value.Cmp(b.Value) {
	case 0:
		return point(v)
	case 1:
		a, b = b, a
	}
	return interval{a, b}
}

func (p *policy) end(coefficient, v *big.Rat, h *hedge) Bound {
	if coefficient == nil || coefficient.Sign() == 0 {
		return Bound{v, h.includesValue}
	}
	r := new(big.Rat).Mul(coefficient, p.tau)
	r.Add(r, big.NewRat(1, 1))
	return Bound{r.Mul(r, v), true}
}

// rounded widens a round number by a share of its last rounded place, at most
// by the tolerance: 6000 may be anything that somebody rounds to thousands.
func (p *policy) rounded(v *big.Rat) interval {
	ten, place := big.NewInt(10), big.NewInt(1)
	if !v.IsInt() || v.Sign() == 0 {
		return point(v)
	}
	rest, quotient, remainder := new(big.Int).Set(v.Num()), new(big.Int), new(big.Int)
	for {
		quotient.QuoRem(rest, ten, remainder)
		if remainder.Sign() != 0 {
			break
		}
		rest.Set(quotient)
		place.Mul(place, ten)
	}
	if place.IsInt64() && place.Int64() == 1 {
		return point(v)
	}
	half := new(big.Rat).Mul(p.share, new(big.Rat).SetInt(place))
	if most := new(big.Rat).Mul(p.tau, new(big.Rat).Abs(v)); most.Cmp(half) < 0 {
		half = most
	}
	return closed(new(big.Rat).Sub(v, half), new(big.Rat).Add(v, half))
}
