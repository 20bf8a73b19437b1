package page

import (
	"math/big"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
	"stemma/internal/wording"
)

// chart is how the answers to one question are drawn: on an axis, or as chips in
// columns.
type chart struct {
	Axis    *axis
	Unit    string
	Bands   []band
	Columns int // of chips; 0 if there are none
	Foot    *foot

	values []string // of the chips
}

// band is a wording.Stretch of the axis that is marked behind all rows.
type band struct {
	X, Width place
	Class    string
}

// foot says what all can agree on, or what nobody can.
type foot struct{ Class, Label, Text string }

// mark is one interval as it is drawn. A sign is the name of a drawing of the
// page; an empty one is none.
type mark struct {
	Class                string
	From, To, Width, Mid place
	Low, High, Middle    string
}

// Group is the class of a mark that is drawn in another way than what is said.
func (m mark) Group() string {
	if m.Class == classSays {
		return ""
	}
	return m.Class
}

// Denies tells whether a mark is hatched.
func (m mark) Denies() bool { return m.Class == classDenies }

// The signs at the ends of intervals.
const (
	signClosed = "c"
	signOpen   = "o"
	signPoint  = "p"
	signLeft   = "l"
	signRight  = "r"
	signDenied = "x"
)

// The ways to draw what is said.
const (
	classSays   = "says"
	classWithin = "within"
	classDenies = "denies"
	classPast   = "past"
	classWhole  = "whole"
)

// mostColumns is the number of values from which on chips stand below each other.
const mostColumns = 4

// newChart is nil where there is nothing to draw.
func newChart(q *question) *chart {
	c := &chart{}
	switch q.Kind {
	case model.TypeQuantity, model.TypeDate:
		if c.Axis = newAxis(q.extent()); c.Axis != nil {
			c.mark(q)
		}
		if m := q.Book.Measures[q.Measure]; m != nil {
			c.Unit = m.Unit.Value
		}
	case model.TypeBoolean, model.TypeCategory, model.TypePlace:
		c.columns(q)
	}
	if c.Axis == nil && c.Columns == 0 {
		return nil
	}
	return c
}

// extent reaches over what is said. What is denied may lie far away; it does not
// widen the axis if there is anything else.
func (q *question) extent() extent {
	e := extent{days: q.Kind == model.TypeDate}
	for _, denied := range []bool{false, true} {
		for i := range q.Answers {
			if wording.Denies(&q.Answers[i]) != denied {
				continue
			}
			for _, s := range q.pieces(&q.Answers[i]) {
				e.add(s.Low.Value, s.High.Value)
			}
		}
		if len(e.values) > 0 {
			break
		}
	}
	return e
}

// pieces gives what a claim covers on the axis.
func (q *question) pieces(c *disagreement.QuestionClaim) []wording.Stretch {
	if c.Stance != model.Assert && c.Stance != model.Deny {
		return nil
	}
	if q.Kind == model.TypeDate {
		d, err := edtf.Parse(c.Value)
		if err != nil {
			return nil
		}
		return spans(d)
	}
	if c.Lower.Value == nil && c.Upper.Value == nil {
		return nil
	}
	return []wording.Stretch{{Low: c.Lower, High: c.Upper}}
}

func spans(d edtf.Date) []wording.Stretch {
	var out []wording.Stretch
	for _, m := range d.Members() {
		out = append(out, spanStretch(m))
	}
	return out
}

func spanStretch(m edtf.Span) wording.Stretch {
	s := wording.Stretch{Low: disagreement.Bound{Inclusive: true}, High: disagreement.Bound{Inclusive: true}}
	if !m.OpenStart {
		s.Low.Value = wording.Days(m.Start)
	}
	if !m.OpenEnd {
		s.High.Value = wording.Days(m.End)
	}
	return s
}

// mark marks what all can agree on, or the gap.
func (c *chart) mark(q *question) {
	if q.Kind == model.TypeDate {
		if span, ok := q.CommonDays(); ok {
			c.band(spanStretch(span), "agree", wording.All(q.Question.Question, q.Kind)+" can agree on", wording.DayRange(span.Start, span.End))
		}
		return
	}
	if s, ok := wording.Common(q.Question.Question); ok {
		c.band(s, "agree", wording.All(q.Question.Question, q.Kind)+" can agree on", wording.Interval(s.Low, s.High))
	}
	if s, ok := wording.Gap(q.Question.Question); ok {
		c.band(s, "gap", "the gap", wording.GapText(s))
	}
}

func (c *chart) band(s wording.Stretch, class, label, text string) {
	from, to := c.Axis.ends(s)
	const least = wide / 200 // a point can be seen too
	if to-from < least {
		from = min(max(from-least/2, 0), wide-least)
		to = from + least
	}
	c.Bands = append(c.Bands, band{from, to - from, class})
	c.Foot = &foot{class, label, text}
}

// ends gives the places of the ends of an interval.
func (a *axis) ends(s wording.Stretch) (from, to place) {
	to = wide
	if s.Low.Value != nil {
		from = a.at(s.Low.Value)
	}
	if s.High.Value != nil {
		to = a.at(s.High.Value)
	}
	return from, max(from, to)
}

// draw draws an interval.
func (a *axis) draw(s wording.Stretch, class string) mark {
	m := mark{Class: class}
	m.From, m.To = a.ends(s)
	m.Width, m.Mid = m.To-m.From, (m.From+m.To)/2
	m.Low, m.High = a.sign(s.Low, signLeft), a.sign(s.High, signRight)
	switch {
	case class == classDenies:
		m.Middle = signDenied
		if m.Low != signLeft {
			m.Low = ""
		}
		if m.High != signRight {
			m.High = ""
		}
	case s.Low.Value != nil && s.High.Value != nil && s.Low.Value.Cmp(s.High.Value) == 0:
		m.Low, m.High, m.Middle = "", "", signPoint
	case m.Width < wide/60: // the signs would hide each other
		m.Low, m.High, m.Middle = "", "", signPoint
		if s.Low.Value == nil || s.High.Value == nil {
			m.Middle = a.sign(s.Low, signLeft)
			if s.High.Value == nil {
				m.Middle = signRight
			}
		}
	}
	return m
}

func (a *axis) sign(b disagreement.Bound, none string) string {
	switch {
	case b.Value == nil || a.isOutside(b.Value):
		return none
	case b.Inclusive:
		return signClosed
	}
	return signOpen
}

// marks draws a claim.
func (c *chart) marks(q *question, qc *disagreement.QuestionClaim) []mark {
	if c.Axis == nil {
		return nil
	}
	class := classSays
	switch {
	case !qc.Current:
		class = classPast
	case wording.Denies(qc):
		class = classDenies
	case q.Kind == model.TypeDate:
		if d, err := edtf.Parse(qc.Value); err == nil && q.book.Reading(qc, d) == edtf.SometimeIn {
			class = classWithin
		}
	}
	var out []mark
	for _, s := range q.pieces(qc) {
		out = append(out, c.Axis.draw(s, class))
	}
	return out
}

// columns gives each value a column, if they are few.
func (c *chart) columns(q *question) {
	if q.Kind == model.TypeBoolean {
		c.values = []string{"true", "false"} // both, so that the other answer can be seen to be missing
	}
	for i := range q.Answers {
		if v := q.Answers[i].Value; v != "" && !slices.Contains(c.values, v) {
			c.values = append(c.values, v)
		}
	}
	if q.Kind != model.TypeBoolean {
		slices.SortFunc(c.values, func(x, y string) int {
			return strings.Compare(q.book.Value(q.Measure, x), q.book.Value(q.Measure, y))
		})
	}
	if c.Columns = len(c.values); c.Columns > mostColumns {
		c.Columns = 1
	}
}

// dayAxis is an axis that reaches over dates; nil if none has a day.
func dayAxis(dates []edtf.Date) *axis {
	e := extent{days: true}
	for _, d := range dates {
		for _, m := range d.Members() {
			var low, high *big.Rat
			if !m.OpenStart {
				low = wording.Days(m.Start)
			}
			if !m.OpenEnd {
				high = wording.Days(m.End)
			}
			e.add(low, high)
		}
	}
	return newAxis(e)
}
