package disagreement

import (
	"math/big"
	"slices"

	"stemma/internal/model"
)

// row gives the question's row of the table disagreement.
func (q *question) row(v *verdict, p *policy, previous string) Question {
	out := Question{
		ID: q.id, Parts: q.parts, PrevID: previous,
		ValueClass: v.class, ValueClassStated: v.stated, Denied: v.denied, AgreementClass: v.agreement, RenderingConflict: v.renderings,
		Origins: len(v.origins), Independent: independent(q.claims, all), IndependentStated: independent(q.claims, stated),
	}
	var channels []string
	for _, c := range q.claims {
		out.count(c)
		if c.asserts(all) {
			channels = append(channels, c.behind[all].channels...)
			out.Claimants = append(out.Claimants, c.speaker())
			out.ValuesAsserted = append(out.ValuesAsserted, c.text)
		}
		if c.denies(all) {
			out.DenyingActors = append(out.DenyingActors, c.speaker())
		}
	}
	out.Channels = len(distinct(channels))
	out.Claimants, out.DenyingActors, out.ValuesAsserted = distinct(out.Claimants), distinct(out.DenyingActors), distinct(out.ValuesAsserted)
	if q.measure.kind == ofNumbers {
		out.bounds(v.origins)
		out.best(v.origins, p)
		out.ratios()
	}
	return out
}

// count adds a claim to the numbers of claims.
func (q *Question) count(c *claim) {
	q.Claims++
	if !c.isCurrent(all) {
		q.Superseded++
		return
	}
	q.Current++
	for _, n := range [...]struct {
		counter *int
		counts  bool
	}{
		{&q.Denying, c.denies(all)},
		{&q.NoComment, c.stance == model.NoComment},
		{&q.Entailed, c.isEntailed()},
		{&q.Anonymous, c.attribution == model.Anonymous},
		{&q.AsOfDerived, c.asOfFrom == AsOfSaid || c.asOfFrom == AsOfPublished},
	} {
		if n.counts {
			*n.counter++
		}
	}
}

// bounds sets the ends of the hull of all origins, and of what all admit.
func (q *Question) bounds(origins []*origin) {
	first := true
	for _, o := range origins {
		if o.set.unknown || !o.set.some {
			continue
		}
		x := o.set.numbers
		if first {
			q.LowerMin, q.LowerMax, q.UpperMin, q.UpperMax = x.lower, x.lower, x.upper, x.upper
			first = false
			continue
		}
		q.LowerMin, q.LowerMax = outerLower(q.LowerMin, x.lower), innerLower(q.LowerMax, x.lower)
		q.UpperMin, q.UpperMax = innerUpper(q.UpperMin, x.upper), outerUpper(q.UpperMax, x.upper)
	}
}

// best sets the lowest, the middle and the highest of the numbers stated, each
// counted once for an origin.
func (q *Question) best(origins []*origin, p *policy) {
	var numbers []*big.Rat
	for _, o := range origins {
		numbers = append(numbers, o.numbers(p)...)
	}
	if len(numbers) == 0 {
		return
	}
	slices.SortFunc(numbers, (*big.Rat).Cmp)
	q.BestMin, q.BestMedian, q.BestMax = numbers[0], lowerMedian(numbers), numbers[len(numbers)-1]
}

func lowerMedian(sorted []*big.Rat) *big.Rat { return sorted[(len(sorted)-1)/2] }

// numbers gives the different numbers that an origin states, in the measure's
// unit, sorted. Ranges, words without numbers and what follows from other
// claims state none.
func (o *origin) numbers(p *policy) []*big.Rat {
	var out []*big.Rat
	for _, c := range o.claims {
		if c.value.number == nil || c.set.unknown {
			continue
		}
		if h := p.hedges[c.value.hedge]; h != nil && h.rule == model.RuleFixed {
			continue
		}
		n := c.value.number
		if factor, _ := p.factor(c.value.unit, c.measure.unit); factor != nil {
			n = new(big.Rat).Mul(n, factor)
		}
		out = append(out, n)
	}
	slices.SortFunc(out, (*big.Rat).Cmp)
	return slices.CompactFunc(out, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
}

// ratios sets what relates the bounds to each other.
func (q *Question) ratios() {
	if q.ValueClass == ClassNotComparable {
		return
	}
	q.SpreadRatio = quotient(q.UpperMax.Value, q.LowerMin.Value)
	if q.ValueClass == ClassConflicting {
		q.GapRatio = quotient(q.LowerMax.Value, q.UpperMin.Value)
	}
	if q.LowerMin.Value == nil || q.LowerMax.Value == nil || q.UpperMin.Value == nil || q.UpperMax.Value == nil {
		return
	}
	common := new(big.Rat).Sub(q.UpperMin.Value, q.LowerMax.Value)
	q.OverlapShare = quotient(common, new(big.Rat).Sub(q.UpperMax.Value, q.LowerMin.Value))
}

// claimRow gives a claim's row of the table question_claims.
func (q *question) claimRow(c *claim) QuestionClaim {
	s := &c.behind[all]
	out := QuestionClaim{
		QuestionID: q.id, Key: c.key, Derivation: c.derivation, RecordKind: c.recordKind, RecordID: c.record, Pointer: c.pointer,
		Source: c.source, Claimant: c.claimant, Label: c.label, Origin: s.origin, Channels: s.channels, Value: c.text, Stance: c.stance,
		Current: s.superseded.why == "", WhyNotCurrent: s.superseded.why, SupersededBy: s.superseded.by,
		AsOf: c.asOf.date, AsOfFrom: c.asOfFrom,
	}
	if q.measure.kind == ofNumbers && c.isInformative() && c.set.some && !c.set.unknown {
		out.Lower, out.Upper = c.set.numbers.lower, c.set.numbers.upper
	}
	return out
}
