package page

import (
	"cmp"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
)

// question is a question with the claims that answer it.
type question struct {
	*disagreement.Question
	book   *book
	kind   string // the value type of its measure
	claims []disagreement.QuestionClaim
	groups []*group
}

// group is what one origin says.
type group struct {
	name     string
	claims   []*disagreement.QuestionClaim
	asserted []*disagreement.QuestionClaim // what counts: current, informative assertions
	stretch                                // of what is asserted; of dates, in days since 1970-01-01
	bounded  bool                          // the stretch has at least one end
}

func newQuestion(b *book, q *disagreement.Question, claims []disagreement.QuestionClaim) *question {
	out := &question{Question: q, book: b, kind: b.valueType(q.Measure), claims: claims}
	byOrigin := map[string]*group{}
	for i := range claims {
		c := &claims[i]
		g := byOrigin[c.Origin]
		if g == nil {
			g = &group{name: b.origin(c.Origin)}
			byOrigin[c.Origin] = g
			out.groups = append(out.groups, g)
		}
		g.claims = append(g.claims, c)
		if asserts(c) {
			g.asserted = append(g.asserted, c)
		}
	}
	for _, g := range out.groups {
		g.stretch = out.together(g.asserted)
		g.bounded = g.low.Value != nil || g.high.Value != nil
		slices.SortStableFunc(g.claims, func(x, y *disagreement.QuestionClaim) int {
			return cmp.Or(cmp.Compare(rank(x), rank(y)), compareDates(x.AsOf, y.AsOf))
		})
	}
	slices.SortStableFunc(out.groups, compareGroups)
	return out
}

// asserts tells whether a claim counts as an assertion.
func asserts(c *disagreement.QuestionClaim) bool {
	return c.Current && c.Stance == model.Assert && c.Value != ""
}

func denies(c *disagreement.QuestionClaim) bool { return c.Stance == model.Deny }

// rank puts what is asserted first, then denials, then the rest.
func rank(c *disagreement.QuestionClaim) int {
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

// rank is that of the first claim: they are sorted by it.
func (g *group) rank() int { return rank(g.claims[0]) }

func compareGroups(x, y *group) int {
	if c := cmp.Compare(x.rank(), y.rank()); c != 0 {
		return c
	}
	if x.bounded != y.bounded {
		if x.bounded {
			return -1
		}
		return 1
	}
	return cmp.Or(compareEnds(x.low, y.low, -1), compareEnds(x.high, y.high, 1),
		strings.Compare(x.name, y.name), strings.Compare(x.claims[0].Origin, y.claims[0].Origin))
}

// compareDates puts what has no last day last.
func compareDates(x, y edtf.Date) int {
	first, hasFirst := x.Latest()
	second, hasSecond := y.Latest()
	switch {
	case hasFirst && hasSecond:
		return first.Compare(second)
	case hasFirst:
		return -1
	case hasSecond:
		return 1
	}
	return 0
}

// compareEnds orders ends; an end that is not there lies at infinity, whose sign
// is given.
func compareEnds(x, y disagreement.Bound, infinity int) int {
	switch {
	case x.Value != nil && y.Value != nil:
		return x.Value.Cmp(y.Value)
	case x.Value == nil && y.Value == nil:
		return 0
	case x.Value == nil:
		return infinity
	}
	return -infinity
}

// stretch is an interval; an end without a value is none.
type stretch struct{ low, high disagreement.Bound }

func (s stretch) isEmpty() bool {
	if s.low.Value == nil || s.high.Value == nil {
		return false
	}
	c := s.low.Value.Cmp(s.high.Value)
	return c > 0 || c == 0 && !(s.low.Inclusive && s.high.Inclusive)
}

// together is the interval of an origin as docs/computation.md defines it: the
// renderings of one utterance are intersected, or their hull is taken where
// nothing is left; of the utterances the hull is taken.
func (q *question) together(claims []*disagreement.QuestionClaim) stretch {
	var utterances [][]stretch
	places := map[string]int{}
	for _, c := range claims {
		s, ok := q.stretchOf(c)
		if !ok {
			continue
		}
		if m := q.book.claims[c.RecordID]; m != nil && m.Utterance.IsSet() {
			if at, known := places[m.Utterance.Value]; known {
				utterances[at] = append(utterances[at], s)
				continue
			}
			places[m.Utterance.Value] = len(utterances)
		}
		utterances = append(utterances, []stretch{s})
	}
	var all []stretch
	for _, renderings := range utterances {
		s := fold(renderings, true)
		if s.isEmpty() || q.kind == model.TypeDate {
			s = fold(renderings, false)
		}
		all = append(all, s)
	}
	return fold(all, false)
}

func (q *question) stretchOf(c *disagreement.QuestionClaim) (s stretch, ok bool) {
	if q.kind != model.TypeDate {
		return stretch{c.Lower, c.Upper}, c.Lower.Value != nil || c.Upper.Value != nil
	}
	d, err := edtf.Parse(c.Value)
	if err != nil {
		return s, false
	}
	if day, known := d.Earliest(); known {
		s.low = disagreement.Bound{Value: days(day), Inclusive: true}
	}
	if day, known := d.Latest(); known {
		s.high = disagreement.Bound{Value: days(day), Inclusive: true}
	}
	return s, true
}

// fold gives the intersection of intervals, or their hull.
func fold(all []stretch, inner bool) stretch {
	if len(all) == 0 {
		return stretch{}
	}
	out := all[0]
	for _, s := range all[1:] {
		out.low = choose(out.low, s.low, inner, -1)
		out.high = choose(out.high, s.high, inner, 1)
	}
	return out
}

// choose gives the inner or the outer one of two ends on the same side. Of two at
// one place the inner is the one that does not belong to its interval.
func choose(x, y disagreement.Bound, inner bool, side int) disagreement.Bound {
	c := compareEnds(x, y, side) * side // above 0: x lies farther out
	switch {
	case c == 0 && (x.Value == nil || x.Inclusive != inner):
		return x
	case c == 0:
		return y
	case (c > 0) == inner:
		return y
	}
	return x
}

// common is the interval on which all origins can agree; ok is false where there
// is none, or nothing to agree about.
func (q *question) common() (s stretch, ok bool) {
	s = stretch{q.LowerMax, q.UpperMin}
	comparable := q.ValueClass == disagreement.ClassCompatible || q.ValueClass == disagreement.ClassCorroborated
	return s, comparable && (s.low.Value != nil || s.high.Value != nil)
}

// gap is what lies between two origins that cannot both be right.
func (q *question) gap() (s stretch, ok bool) {
	s = stretch{q.UpperMin, q.LowerMax}
	ok = q.ValueClass == disagreement.ClassConflicting && s.low.Value != nil && s.high.Value != nil && s.low.Value.Cmp(s.high.Value) <= 0
	return s, ok
}

// commonDays is common for dates: one stretch of days that every origin admits.
func (q *question) commonDays() (edtf.Span, bool) {
	groups := q.asserting()
	if len(groups) < 2 || q.ValueClass != disagreement.ClassCompatible && q.ValueClass != disagreement.ClassCorroborated {
		return edtf.Span{}, false
	}
	common := q.extents(groups[0])
	for _, g := range groups[1:] {
		common = edtf.Meet(common, q.extents(g))
	}
	if len(common) == 0 || slices.ContainsFunc(common, func(e edtf.Extent) bool { return e.OpenStart || e.OpenEnd }) {
		return edtf.Span{}, false
	}
	return common[0].Span, true
}

// extents gives the days that an origin admits.
func (q *question) extents(g *group) []edtf.Extent {
	var out []edtf.Extent
	for _, c := range g.asserted {
		if d, err := edtf.Parse(c.Value); err == nil {
			out = edtf.Union(out, d.Extents(q.book.reading(c, d)))
		}
	}
	return out
}

// asserting gives the origins that assert something.
func (q *question) asserting() []*group {
	var out []*group
	for _, g := range q.groups {
		if len(g.asserted) > 0 {
			out = append(out, g)
		}
	}
	return out
}
