package show

import (
	"math/big"

	"stemma/disagreement"
	"stemma/internal/draw"
	"stemma/internal/edtf"
	"stemma/internal/model"
	"stemma/internal/wording"
)

// The pens. They differ in shape, so that colour adds nothing but ease.
var (
	penSays   = draw.Pen{Line: "─", Closed: "●", Open: "○", Point: "◆", Style: draw.Cyan}
	penWithin = draw.Pen{Line: "╌", Closed: "●", Open: "○", Point: "◆", Style: draw.Cyan}
	penAll    = draw.Pen{Line: "━", Closed: "●", Open: "○", Point: "◆", Style: draw.Bold}
	penDenies = draw.Pen{Line: "┄", Closed: "✗", Open: "✗", Point: "✗", Middle: "✗", Style: draw.Red}
	penPast   = draw.Pen{Line: "·", Closed: "•", Open: "◦", Point: "•", Style: draw.Dim}
)

// canvas chooses how the values of a question are shown.
func (a *answer) canvas(width int, used legend) canvas {
	switch a.Kind {
	case model.TypeQuantity, model.TypeDate:
		if c := newAxis(a, width, used); c != nil {
			return c
		}
	case model.TypeBoolean, model.TypeCategory, model.TypePlace:
		if c := newColumns(a, width, used); c != nil {
			return c
		}
	}
	return &prose{a}
}

// axis draws numbers and dates to scale.
type axis struct {
	*answer
	scale *draw.Scale
	used  legend
	n     int
}

func newAxis(a *answer, width int, used legend) *axis {
	x := draw.Axis{Width: width, Label: wording.Tick, Days: a.Kind == model.TypeDate}
	a.cover(&x, func(c *disagreement.QuestionClaim) bool { return !wording.Denies(c) })
	if len(x.Values) == 0 { // what is denied may lie far away; it does not widen the axis if there is anything else
		a.cover(&x, wording.Denies)
	}
	if len(x.Values) == 0 {
		return nil
	}
	return &axis{answer: a, scale: draw.NewScale(x), used: used, n: width}
}

// cover makes an axis reach over what some claims say.
func (a *answer) cover(x *draw.Axis, some func(*disagreement.QuestionClaim) bool) {
	for i := range a.Answers {
		c := &a.Answers[i]
		if !some(c) {
			continue
		}
		for _, p := range a.pieces(c) {
			for _, v := range []*big.Rat{p.Low, p.High} {
				if v != nil {
					x.Values = append(x.Values, v)
				}
			}
			x.OpenLow = x.OpenLow || p.Low == nil
			x.OpenHigh = x.OpenHigh || p.High == nil
		}
	}
}

// pieces gives what a claim covers on the axis.
func (a *answer) pieces(c *disagreement.QuestionClaim) []draw.Interval {
	if a.Kind == model.TypeDate {
		d, err := edtf.Parse(c.Value)
		if err != nil {
			return nil
		}
		return spans(d.Members())
	}
	if c.Lower.Value == nil && c.Upper.Value == nil {
		return nil
	}
	return []draw.Interval{piece(c.Lower, c.Upper)}
}

func spans(all []edtf.Span) []draw.Interval {
	var out []draw.Interval
	for _, s := range all {
		var i draw.Interval
		if !s.OpenStart {
			i.Low = wording.Days(s.Start)
		}
		if !s.OpenEnd {
			i.High = wording.Days(s.End)
		}
		out = append(out, i)
	}
	return out
}

func piece(low, high disagreement.Bound) draw.Interval {
	return draw.Interval{Low: low.Value, High: high.Value, LowOpen: !low.Inclusive, HighOpen: !high.Inclusive}
}

func (x *axis) width() int { return x.n }

func (x *axis) head() []line {
	labels, ticks := x.scale.Header()
	var first, second line
	if m := x.Book.Measures[x.Measure]; m != nil && m.Unit.IsSet() {
		first.label = draw.Text(draw.Dim, "unit: "+m.Unit.Value)
	}
	if x.Kind == model.TypeDate {
		first.label = draw.Text(draw.Dim, x.years())
	}
	if x.scale.Log {
		second.label = draw.Text(draw.Dim, "log scale")
	}
	first.plot, second.plot = labels, ticks
	return []line{first, second}
}

// years names the years that an axis of days is about; its ticks may not.
func (x *axis) years() string {
	var first, last string
	for i := range x.Answers {
		d, err := edtf.Parse(x.Answers[i].Value)
		if err != nil {
			continue
		}
		for _, m := range d.Members() {
			for _, year := range []string{m.Start.String()[:4], m.End.String()[:4]} {
				if year == "0000" && (m.OpenStart || m.OpenEnd) {
					continue
				}
				if first == "" || year < first {
					first = year
				}
				last = max(last, year)
			}
		}
	}
	return wording.Between(first, last)
}

func (x *axis) claim(c *disagreement.QuestionClaim) line {
	l := line{label: draw.Text(labelStyle(c), x.Label(c))}
	if c.Stance != model.Assert && c.Stance != model.Deny {
		return l
	}
	pieces := x.pieces(c)
	if len(pieces) == 0 {
		return l
	}
	pen := penSays
	switch {
	case !c.Current:
		pen = penPast
		x.used.add("•", "no longer counts")
	case wording.Denies(c):
		pen = penDenies
		x.used.add("✗", "denied")
	case x.Kind == model.TypeDate:
		if d, err := edtf.Parse(c.Value); err == nil && x.Book.Reading(c, d) == edtf.SometimeIn {
			pen = penWithin
			x.used.add("╌", "some day of these")
		}
	}
	row := x.scale.Row()
	for _, i := range pieces {
		if row.Draw(i, pen) {
			x.used.add("‹›", "goes on outside the picture")
		}
		x.explain(i, pen)
	}
	l.plot = row.Line()
	return l
}

// explain notes the ends of what was drawn for the legend.
func (x *axis) explain(i draw.Interval, pen draw.Pen) {
	if i.Low == nil || i.High == nil {
		x.used.add("◄►", "no end")
	}
	if pen == penDenies || pen == penPast {
		return
	}
	switch {
	case i.Low != nil && i.High != nil && i.Low.Cmp(i.High) == 0:
		x.used.add("◆", "exactly this")
		return
	case i.Low != nil && i.LowOpen || i.High != nil && i.HighOpen:
		x.used.add("○", "end not included")
	}
	if i.Low != nil && !i.LowOpen || i.High != nil && !i.HighOpen {
		x.used.add("●", "end included")
	}
}

func (x *axis) group(g *wording.Group) (line, bool) {
	if x.Kind != model.TypeQuantity || !g.Bounded || len(g.Asserted) < 2 {
		return line{}, false
	}
	row := x.scale.Row()
	row.Draw(piece(g.Low, g.High), penAll)
	x.used.add("━", "all claims of one origin together")
	return line{label: draw.Text(draw.Dim, "together"), plot: row.Line(), about: draw.Text(draw.Dim, wording.Interval(g.Low, g.High)), depth: 1}, true
}

// foot marks what all can agree on, or what nobody can.
func (x *axis) foot() []line {
	if x.Kind == model.TypeDate {
		return x.commonDays()
	}
	if common, ok := wording.Common(x.Question.Question); ok {
		return []line{x.mark(piece(common.Low, common.High), "▒", draw.Green, x.agreeing(), x.agreed(wording.Interval(common.Low, common.High)))}
	}
	if gap, ok := wording.Gap(x.Question.Question); ok {
		return []line{x.mark(piece(gap.Low, gap.High), "×", draw.Red, "the gap", wording.GapText(gap))}
	}
	return nil
}

// agreeing is the label of what all can agree on. There is little room: who they
// are stands beside it where somebody denies.
func (x *axis) agreeing() string {
	if x.Denying > 0 {
		return "can agree"
	}
	return "all can agree"
}

func (x *axis) agreed(text string) string {
	if x.Denying > 0 {
		text += ": " + wording.All(x.Question.Question, x.Kind)
	}
	return text
}

func (x *axis) mark(i draw.Interval, sign string, style draw.Style, name, text string) line {
	row := x.scale.Row()
	row.Fill(i, sign, style)
	return line{label: draw.Text(style, name), plot: row.Line(), about: draw.Text(draw.Plain, text)}
}

func (x *axis) commonDays() []line {
	common, ok := x.CommonDays()
	if !ok {
		return nil
	}
	return []line{x.mark(spans([]edtf.Span{common})[0], "▒", draw.Green, x.agreeing(), x.agreed(wording.DayRange(common.Start, common.End)))}
}

func labelStyle(c *disagreement.QuestionClaim) draw.Style {
	switch {
	case !c.Current:
		return draw.Dim
	case wording.Denies(c):
		return draw.Red
	}
	return draw.Plain
}
