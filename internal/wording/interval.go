package wording

import (
	"slices"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
)

// CompareDates puts what has no last day last.
func CompareDates(x, y edtf.Date) int {
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

// CompareEnds orders ends; an end that is not there lies at infinity, whose sign
// is given.
func CompareEnds(x, y disagreement.Bound, infinity int) int {
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

// Stretch is an interval; an end without a value is none.
type Stretch struct{ Low, High disagreement.Bound }

// IsEmpty tells whether no number lies in a stretch.
func (s Stretch) IsEmpty() bool {
	if s.Low.Value == nil || s.High.Value == nil {
		return false
	}
	c := s.Low.Value.Cmp(s.High.Value)
	return c > 0 || c == 0 && !(s.Low.Inclusive && s.High.Inclusive)
}

// together is the interval of an origin as docs/computation.md defines it: the
// renderings of one utterance are intersected, or their hull is taken where
// nothing is left; of the utterances the hull is taken.
func (q *Question) together(claims []*disagreement.QuestionClaim) Stretch {
	var utterances [][]Stretch
	places := map[string]int{}
	for _, c := range claims {
		s, ok := q.stretchOf(c)
		if !ok {
			continue
		}
		if m := q.Book.Claims[c.RecordID]; m != nil && m.Utterance.IsSet() {
			if at, known := places[m.Utterance.Value]; known {
				utterances[at] = append(utterances[at], s)
				continue
			}
			places[m.Utterance.Value] = len(utterances)
		}
		utterances = append(utterances, []Stretch{s})
	}
	var all []Stretch
	for _, renderings := range utterances {
		s := fold(renderings, true)
		if s.IsEmpty() || q.Kind == model.TypeDate {
			s = fold(renderings, false)
		}
		all = append(all, s)
	}
	return fold(all, false)
}

func (q *Question) stretchOf(c *disagreement.QuestionClaim) (s Stretch, ok bool) {
	if q.Kind != model.TypeDate {
		return Stretch{c.Lower, c.Upper}, c.Lower.Value != nil || c.Upper.Value != nil
	}
	d, err := edtf.Parse(c.Value)
	if err != nil {
		return s, false
	}
	if day, known := d.Earliest(); known {
		s.Low = disagreement.Bound{Value: Days(day), Inclusive: true}
	}
	if day, known := d.Latest(); known {
		s.High = disagreement.Bound{Value: Days(day), Inclusive: true}
	}
	return s, true
}

// fold gives the intersection of intervals, or their hull.
func fold(all []Stretch, inner bool) Stretch {
	if len(all) == 0 {
		return Stretch{}
	}
	out := all[0]
	for _, s := range all[1:] {
		out.Low = choose(out.Low, s.Low, inner, -1)
		out.High = choose(out.High, s.High, inner, 1)
	}
	return out
}

// choose gives the inner or the outer one of two ends on the same side. Of two at
// one place the inner is the one that does not belong to its interval.
func choose(x, y disagreement.Bound, inner bool, side int) disagreement.Bound {
	c := CompareEnds(x, y, side) * side // above 0: x lies farther out
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

// Common is the interval on which all origins can agree; ok is false where there
// is none, or nothing to agree about.
func Common(q *disagreement.Question) (s Stretch, ok bool) {
	s = Stretch{q.LowerMax, q.UpperMin}
	return s, isComparable(q) && (s.Low.Value != nil || s.High.Value != nil)
}

func isComparable(q *disagreement.Question) bool {
	return q.ValueClass == disagreement.ClassCompatible || q.ValueClass == disagreement.ClassCorroborated
}

// All names those who can agree on what is common: who denies any answer agrees
// on none.
func All(q *disagreement.Question, kind string) string {
	switch {
	case q.Denying == 0:
		return "all"
	case kind == model.TypeQuantity:
		return "all who give a number"
	case kind == model.TypeDate:
		return "all who give a date"
	}
	return "all who give an answer"
}

// Gap is what lies between two origins that cannot both be right.
func Gap(q *disagreement.Question) (s Stretch, ok bool) {
	s = Stretch{q.UpperMin, q.LowerMax}
	ok = q.ValueClass == disagreement.ClassConflicting && s.Low.Value != nil && s.High.Value != nil && s.Low.Value.Cmp(s.High.Value) <= 0
	return s, ok
}

// GapText puts a gap into words.
func GapText(gap Stretch) string {
	if gap.Low.Value.Cmp(gap.High.Value) == 0 {
		return "they touch at " + Number(gap.Low.Value) + ", which is not in both"
	}
	return Number(gap.Low.Value) + " to " + Number(gap.High.Value) + ": above what one version allows, below what another does"
}

// CommonDays is Common for dates: one Stretch of days that every origin admits.
func (q *Question) CommonDays() (edtf.Span, bool) {
	groups := q.Asserting()
	if len(groups) < 2 || !isComparable(q.Question) {
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
func (q *Question) extents(g *Group) []edtf.Extent {
	var out []edtf.Extent
	for _, c := range g.Asserted {
		if d, err := edtf.Parse(c.Value); err == nil {
			out = edtf.Union(out, d.Extents(q.Book.Reading(c, d)))
		}
	}
	return out
}

// Asserting gives the origins that assert something.
func (q *Question) Asserting() []*Group {
	var out []*Group
	for _, g := range q.Groups {
		if len(g.Asserted) > 0 {
			out = append(out, g)
		}
	}
	return out
}
