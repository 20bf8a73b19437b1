package page

import (
	"slices"

	"stemma/disagreement"
	"stemma/internal/model"
	"stemma/internal/wording"
)

// groupView is what one origin says: its row in the drawing, and its claims.
type groupView struct {
	Name   string
	Past   bool
	Class  string // of the row, if it does not assert
	Stands string // what it says, in short
	Lanes  [][]mark
	Chips  []chip
	Claims []claimView
}

func (p *printer) group(q *question, c *chart, g *wording.Group) groupView {
	v := groupView{Name: g.Name, Past: g.IsPast()}
	for _, qc := range g.Claims {
		v.Claims = append(v.Claims, p.claim(q, g, qc))
	}
	v.Class = v.Claims[0].Class // the most telling comes first
	if c == nil {
		return v
	}
	v.Stands = q.stands(g)
	v.Lanes, v.Chips = c.lanes(q, g), c.chips(q, g)
	return v
}

// stands says in short what an origin says. Chips say it themselves.
func (q *question) stands(g *wording.Group) string {
	labels := map[string]bool{}
	for _, c := range g.Claims {
		if c.Current == g.Claims[0].Current && wording.Denies(c) == wording.Denies(g.Claims[0]) {
			labels[q.Label(c)] = true
		}
	}
	switch first := g.Claims[0]; {
	case !first.Current:
		return "no longer counts"
	case first.Stance == model.NoComment || first.Stance == model.Retract:
		return q.Label(first)
	case q.Kind != model.TypeQuantity && q.Kind != model.TypeDate:
		return ""
	case wording.Denies(first) && len(labels) > 1:
		return "denies it"
	case q.Kind == model.TypeQuantity && g.Bounded:
		return wording.Interval(g.Low, g.High)
	case len(labels) > 1:
		return wording.Count(len(labels), "version")
	default:
		return q.Label(first)
	}
}

// lanes draws what an origin says, each version once, below the interval of all
// of them if they differ.
func (c *chart) lanes(q *question, g *wording.Group) [][]mark {
	if c.Axis == nil {
		return nil
	}
	var out [][]mark
	asserted := 0
	for _, qc := range g.Claims {
		marks := c.marks(q, qc)
		if len(marks) == 0 || slices.ContainsFunc(out, func(l []mark) bool { return slices.Equal(l, marks) }) {
			continue
		}
		out = append(out, marks)
		if wording.Asserts(qc) {
			asserted++
		}
	}
	if asserted > 1 && q.Kind == model.TypeQuantity && g.Bounded {
		out = slices.Insert(out, 0, []mark{c.Axis.draw(g.Stretch, classWhole)})
	}
	return out
}

// chip is a value of which there are few.
type chip struct {
	Class, Text string // a class if it is not asserted
	Column      int
}

// chips gives the values of an origin, each once.
func (c *chart) chips(q *question, g *wording.Group) []chip {
	var out []chip
	for _, qc := range g.Claims {
		if x := c.chip(q, qc); x != nil && !slices.Contains(out, *x) {
			out = append(out, *x)
		}
	}
	return out
}

// chip draws a claim; nil if it has no value.
func (c *chart) chip(q *question, qc *disagreement.QuestionClaim) *chip {
	if c.Columns == 0 || qc.Value == "" || qc.Stance != model.Assert && qc.Stance != model.Deny {
		return nil
	}
	out := &chip{Text: q.Book.Value(q.Measure, qc.Value), Column: 1}
	if c.Columns > 1 {
		out.Column = slices.Index(c.values, qc.Value) + 1
	}
	switch {
	case !qc.Current:
		out.Class = classPast
	case wording.Denies(qc):
		out.Class, out.Text = classDenies, "denies: "+out.Text
	}
	return out
}
