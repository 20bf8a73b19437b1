package show

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
)

// group is what one origin says.
type group struct {
	origin string
	name   string
	claims []*disagreement.QuestionClaim
	// asserted are the claims that count: current, informative assertions.
	asserted []*disagreement.QuestionClaim
	low      disagreement.Bound // of the combined interval; of dates, the days since 1970-01-01
	high     disagreement.Bound
	bounded  bool // there is an interval with at least one end
}

// groups sorts the claims of a question by origin: those that assert first, by
// their intervals from low to high, then those that only deny, then the rest.
func (b *Book) groups(q *question) []*group {
	byOrigin := map[string]*group{}
	var out []*group
	for i := range q.claims {
		c := &q.claims[i]
		g := byOrigin[c.Origin]
		if g == nil {
			g = &group{origin: c.Origin, name: b.origin(c.Origin)}
			byOrigin[c.Origin] = g
			out = append(out, g)
		}
		g.claims = append(g.claims, c)
		if asserts(c) {
			g.asserted = append(g.asserted, c)
		}
	}
	for _, g := range out {
		if b.valueType(q.Measure) == model.TypeDate {
			g.low, g.high, g.bounded = daysOf(g.asserted)
		} else {
			g.low, g.high, g.bounded = b.combined(g.asserted)
		}
		slices.SortStableFunc(g.claims, func(a, c *disagreement.QuestionClaim) int {
			return cmp.Or(cmp.Compare(claimRank(a), claimRank(c)), compareDates(a.AsOf, c.AsOf))
		})
	}
	slices.SortStableFunc(out, func(a, c *group) int {
		return cmp.Or(cmp.Compare(groupRank(a), groupRank(c)), compareLower(a, c), strings.Compare(a.name, c.name), strings.Compare(a.origin, c.origin))
	})
	return out
}

// asserts tells whether a claim counts as an assertion.
func asserts(c *disagreement.QuestionClaim) bool {
	return c.Current && c.Stance == model.Assert && c.Value != ""
}

func denies(c *disagreement.QuestionClaim) bool { return c.Stance == model.Deny }

func claimRank(c *disagreement.QuestionClaim) int {
	switch {
	case !c.Current:
		return 3
	case asserts(c):
		return 0
	case denies(c):
		return 1
	}
	return 2
}

func groupRank(g *group) int {
	least := 3
	for _, c := range g.claims {
		least = min(least, claimRank(c))
	}
	return least
}

func compareDates(a, b edtf.Date) int {
	x, xKnown := a.Latest()
	y, yKnown := b.Latest()
	switch {
	case xKnown && yKnown:
		return x.Compare(y)
	case xKnown:
		return -1
	case yKnown:
		return 1
	}
	return 0
}

func compareLower(a, b *group) int {
	if a.bounded != b.bounded {
		if a.bounded {
			return -1
		}
		return 1
	}
	return cmp.Or(compareBounds(a.low, b.low, -1), compareBounds(a.high, b.high, 1))
}

// compareBounds orders ends; infinity is the sign of one that is not there.
func compareBounds(a, b disagreement.Bound, infinity int) int {
	switch {
	case a.Value != nil && b.Value != nil:
		return a.Value.Cmp(b.Value)
	case a.Value == nil && b.Value == nil:
		return 0
	case a.Value == nil:
		return infinity
	}
	return -infinity
}

// daysOf gives the first and the last day that an origin names.
func daysOf(claims []*disagreement.QuestionClaim) (low, high disagreement.Bound, ok bool) {
	var all []interval
	for _, c := range claims {
		d, err := edtf.Parse(c.Value)
		if err != nil {
			continue
		}
		var x interval
		if day, known := d.Earliest(); known {
			x.low = disagreement.Bound{Value: days(day), Inclusive: true}
		}
		if day, known := d.Latest(); known {
			x.high = disagreement.Bound{Value: days(day), Inclusive: true}
		}
		all = append(all, x)
	}
	if len(all) == 0 {
		return low, high, false
	}
	x := fold(all, false)
	return x.low, x.high, x.low.Value != nil || x.high.Value != nil
}

type interval struct{ low, high disagreement.Bound }

// combined is the interval of an origin as docs/model.md defines it: renderings
// of one utterance narrow each other, or are both taken where they cannot; the
// utterances together make the interval wider.
func (b *Book) combined(claims []*disagreement.QuestionClaim) (low, high disagreement.Bound, ok bool) {
	byUtterance := map[string][]interval{}
	var order []string
	for _, c := range claims {
		if c.Lower.Value == nil && c.Upper.Value == nil {
			continue
		}
		key := "claim " + c.Key + " " + c.Derivation
		if m := b.claims[c.RecordID]; m != nil && m.Utterance.IsSet() {
			key = "utterance " + m.Utterance.Value
		}
		if byUtterance[key] == nil {
			order = append(order, key)
		}
		byUtterance[key] = append(byUtterance[key], interval{c.Lower, c.Upper})
	}
	var all []interval
	for _, key := range order {
		x := fold(byUtterance[key], true)
		if x.empty() {
			x = fold(byUtterance[key], false)
		}
		all = append(all, x)
	}
	if len(all) == 0 {
		return low, high, false
	}
	x := fold(all, false)
	return x.low, x.high, x.low.Value != nil || x.high.Value != nil
}

// fold gives the intersection, or the convex hull.
func fold(all []interval, narrow bool) interval {
	x := all[0]
	for _, y := range all[1:] {
		x.low = choose(x.low, y.low, narrow, -1)
		x.high = choose(x.high, y.high, narrow, 1)
	}
	return x
}

// choose gives one of two ends on the same side: the inner or the outer one. Of
// two at one place the inner is the one that does not belong to its interval.
func choose(a, b disagreement.Bound, inner bool, side int) disagreement.Bound {
	c := compareBounds(a, b, side) * side // above 0: a is farther out
	if c == 0 {
		if a.Value != nil && a.Inclusive == inner {
			return b
		}
		return a
	}
	if (c > 0) == inner {
		return b
	}
	return a
}

func (x interval) empty() bool {
	if x.low.Value == nil || x.high.Value == nil {
		return false
	}
	c := x.low.Value.Cmp(x.high.Value)
	return c > 0 || c == 0 && !(x.low.Inclusive && x.high.Inclusive)
}

// extents gives the days that an origin admits; nil if it gives no date.
func (b *Book) extents(g *group) []edtf.Extent {
	var out []edtf.Extent
	for _, c := range g.asserted {
		if d, err := edtf.Parse(c.Value); err == nil {
			out = append(out, d.Extents(b.reading(c, d))...)
		}
	}
	return out
}

// reading says whether a date value means all its days, or some of them: as the
// record says, else as its form implies.
func (b *Book) reading(c *disagreement.QuestionClaim, d edtf.Date) edtf.Reading {
	if m := b.claims[c.RecordID]; m != nil && m.Value != nil && m.Value.Date != nil {
		return m.Value.Date.Reading()
	}
	if a := b.account(c); a != nil && a.When != nil {
		return a.When.Reading()
	}
	return d.DefaultReading()
}

// account finds the account of an event from which a claim is derived.
func (b *Book) account(c *disagreement.QuestionClaim) *model.Account {
	e := b.events[c.RecordID]
	rest, ok := strings.CutPrefix(c.Pointer, "/accounts/")
	if e == nil || !ok {
		return nil
	}
	number, _, _ := strings.Cut(rest, "/")
	for i := range e.Accounts {
		if itoa(i) == number {
			return &e.Accounts[i]
		}
	}
	return nil
}

func days(d edtf.Day) *big.Rat { return big.NewRat(int64(d.DaysSinceEpoch()), 1) }
