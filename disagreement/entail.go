package disagreement

import (
	"maps"
	"math/big"
	"slices"

	"stemma/internal/model"
)

// entailed gives the claims that follow from authored and derived ones, in one
// step: numbers above zero assert what their measure entails, and a denied or
// false answer speaks about the numbers.
func (w *world) entailed(qs *questions) []*claim {
	up := w.entailedUp(qs)
	return append(up, w.entailedDown(qs)...)
}

func (w *world) entailedUp(qs *questions) []*claim {
	var out []*claim
	for _, q := range qs.list {
		if q.measure.valueType != model.TypeQuantity {
			continue
		}
		for _, entails := range q.measure.entails {
			m := w.measure(entails, model.TypeBoolean)
			if m == nil {
				continue
			}
			for _, c := range q.claims {
				if !w.policy.isPositive(c) {
					continue
				}
				parts := c.parts
				parts.Measure, parts.Population = m.id, ""
				e := c.follow(DerivedEntailment, m, parts)
				e.value = booleanValue(true)
				w.complete(e)
				out = append(out, e)
			}
		}
	}
	return out
}

// isPositive tells whether a claim asserts a number that can only be above
// zero. No factor of a unit changes that.
func (p *policy) isPositive(c *claim) bool {
	if c.stance != model.Assert || c.value == nil || c.value.set.none {
		return false
	}
	plain := *c.value
	plain.unit = ""
	x, _ := p.quantity(&plain, c.measure)
	return x.isPositive()
}

// entailsLike tells whether the same claims are sure to follow upwards under two
// policies: no hedge brings a number to zero, or across it, in one of them and
// not in the other. Only the tolerances may differ.
func (p *policy) entailsLike(other *policy) bool {
	one := big.NewRat(1, 1)
	if p.tau.Cmp(one) >= 0 || other.tau.Cmp(one) >= 0 { // round numbers may reach zero
		return false
	}
	sign := func(coefficient, tau *big.Rat) int {
		r := new(big.Rat).Mul(coefficient, tau)
		return r.Add(r, one).Sign()
	}
	for _, h := range p.hedges {
		for _, c := range [...]*big.Rat{h.from, h.to} {
			if c != nil && sign(c, p.tau) != sign(c, other.tau) {
				return false
			}
		}
	}
	return true
}

// topic is what a question about a boolean shares with those about the numbers
// that entail it.
type topic struct {
	measure, subject, object, event, modality string
}

func topicOf(measure string, p Parts) topic {
	return topic{measure, p.Subject, p.Object, p.Event, p.Modality}
}

func (w *world) entailedDown(qs *questions) []*claim {
	asked := map[topic][]*question{} // for numbers, by what they entail; all were asked by authored claims
	for _, q := range qs.list {
		if q.measure.valueType != model.TypeQuantity {
			continue
		}
		for _, entails := range q.measure.entails {
			t := topicOf(entails, q.parts)
			asked[t] = append(asked[t], q)
		}
	}
	type answer struct {
		target *question
		key    string
	}
	found := map[answer]*claim{}
	for _, q := range qs.list {
		if w.measure(q.measure.id, model.TypeBoolean) == nil {
			continue
		}
		for _, target := range asked[topicOf(q.measure.id, q.parts)] {
			if !overlap(q.parts.Period, target.parts.Period) || !w.isWithin(target.parts.Place, q.parts.Place) {
				continue
			}
			for _, c := range q.claims {
				v, a := aboutNumbers(c), answer{target, c.key}
				// A denied participant derives several booleans from one place in
				// the record: together they say it once, the first measure's way.
				if other := found[a]; v == nil || other != nil && other.base.measure.id <= c.measure.id {
					continue
				}
				e := c.follow(DerivedEntailment, target.measure, target.parts)
				e.value, e.text = v, v.text
				found[a] = e
			}
		}
	}
	return slices.Collect(maps.Values(found)) // the questions sort their claims
}

// aboutNumbers gives what a claim about a boolean says about the numbers that
// entail it: a denied "true" denies every number above zero, a "false" asserts
// zero. It is nil for everything else.
func aboutNumbers(c *claim) *value {
	if c.value == nil || c.value.set.none {
		return nil
	}
	zero := new(big.Rat)
	switch isTrue := c.value.text == "true"; {
	case c.stance == model.Deny && isTrue:
		return &value{set: quantitySet(interval{lower: Bound{zero, false}}), text: "over 0"}
	case c.stance == model.Assert && !isTrue:
		return &value{set: quantitySet(point(zero)), text: "0"}
	}
	return nil
}
