package show

import (
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/draw"
	"stemma/internal/model"
	"stemma/internal/wording"
)

// columns shows values of which there are few, each in a column of its own.
type columns struct {
	*answer
	values []string // as in the claims
	names  []string
	at     []int // where the columns begin
	used   legend
	n      int
}

const columnGap = 3

// newColumns gives nil if there is no value, or no room for a column each.
func newColumns(a *answer, width int, used legend) *columns {
	c := &columns{answer: a, used: used}
	if a.Kind == model.TypeBoolean {
		c.values = []string{"true", "false"} // both, so that the other answer can be seen to be missing
	}
	for i := range a.Answers {
		if v := a.Answers[i].Value; v != "" && !slices.Contains(c.values, v) {
			c.values = append(c.values, v)
		}
	}
	if len(c.values) == 0 {
		return nil
	}
	if a.Kind != model.TypeBoolean {
		slices.SortFunc(c.values, func(x, y string) int {
			return strings.Compare(a.Book.Value(a.Measure, x), a.Book.Value(a.Measure, y))
		})
	}
	for _, v := range c.values {
		name := wording.Shortened(a.Book.Value(a.Measure, v), 30)
		c.names, c.at = append(c.names, name), append(c.at, c.n)
		c.n += draw.Text(draw.Plain, name).Width() + columnGap
	}
	c.n -= columnGap
	if c.n > width {
		return nil
	}
	return c
}

func (c *columns) width() int { return c.n }

func (c *columns) head() []line {
	var l draw.Line
	for i, name := range c.names {
		l.PadTo(c.at[i]).Add(draw.Dim, name)
	}
	return []line{{plot: l}}
}

func (c *columns) claim(qc *disagreement.QuestionClaim) line {
	style, sign, verb := draw.Cyan, "●", "says"
	switch {
	case qc.Stance == model.NoComment || qc.Stance == model.Retract || qc.Value == "":
		return line{label: draw.Text(labelStyle(qc), c.Label(qc))}
	case wording.Denies(qc):
		style, sign, verb = draw.Red, "✗", "denies"
	}
	if !qc.Current {
		style = draw.Dim
		if sign == "●" {
			sign = "•"
			c.used.add("•", "no longer counts")
		}
	}
	if sign == "✗" {
		c.used.add("✗", "denied")
	}
	if qc.Derivation == disagreement.DerivedEntailment {
		verb = "implies"
		if wording.Denies(qc) {
			verb = "rules out"
		}
	}
	var l draw.Line
	i := slices.Index(c.values, qc.Value)
	middle := c.at[i] + (draw.Text(draw.Plain, c.names[i]).Width()-1)/2
	l.PadTo(middle).Add(style, sign)
	return line{label: draw.Text(labelStyle(qc), verb), plot: l}
}

func (c *columns) group(*wording.Group) (line, bool) { return line{}, false }

func (c *columns) foot() []line { return nil }

// prose shows values that can only be read.
type prose struct{ *answer }

func (p *prose) width() int { return 0 }

func (p *prose) head() []line { return nil }

func (p *prose) claim(qc *disagreement.QuestionClaim) line {
	return line{label: draw.Text(labelStyle(qc), p.Label(qc))}
}

func (p *prose) group(*wording.Group) (line, bool) { return line{}, false }

func (p *prose) foot() []line { return nil }
