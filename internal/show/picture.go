package show

import (
	"io"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/draw"
	"stemma/internal/wording"
)

// Draw writes each question with its reasons and a drawing of who says what.
func (s *Set) Draw(w io.Writer, width int, color bool) error {
	p := draw.NewPrinter(w, color)
	legend := legend{}
	for i, q := range s.interesting() {
		if i > 0 {
			p.Line(draw.Line{})
			p.Line(draw.Text(draw.Dim, strings.Repeat("─", width)))
			p.Line(draw.Line{})
		}
		a := s.answer(q)
		s.heading(p, a, width)
		a.picture(p, width, legend)
	}
	if s.Len() > 0 {
		p.Line(draw.Line{})
		p.Lines(0, legend.lines(width)...)
	}
	return p.Flush()
}

const indent = 2

// heading writes what is asked, and how and why it is answered as it is.
func (s *Set) heading(p *draw.Printer, a *answer, width int) {
	p.Lines(0, draw.Text(draw.Bold, a.title).Wrap(width)...)
	p.Line(draw.Text(draw.Dim, a.ID))
	p.Line(draw.Line{})

	style := styles[a.AgreementClass]
	if style == draw.Plain {
		style = draw.Bold
	}
	verdict := draw.Text(style, wording.ClassOf(a.Question.Question))
	verdict.Add(draw.Plain, ": "+strings.Join(a.Why(), " "))
	p.Lines(indent, verdict.Wrap(width-2*indent)...)

	counts := wording.ClaimsOf(a.Question.Question)
	if a.Origins > 0 {
		counts = wording.Legs(a.Question.Question) + " · " + counts
	}
	if before := s.before(a.Question.Question); before != "" {
		counts += " · " + before
	}
	p.Lines(indent, draw.Text(draw.Dim, counts).Wrap(width-2*indent)...)
	p.Line(draw.Line{})
}

// before names the same question in the period before.
func (s *Set) before(q *disagreement.Question) string {
	if q.PrevID == "" {
		return ""
	}
	byID := func(p disagreement.Question, id string) int { return strings.Compare(p.ID, id) }
	if i, ok := slices.BinarySearchFunc(s.Result.Questions, q.PrevID, byID); ok {
		return "before (" + wording.Period(s.Result.Questions[i].Period) + "): " + q.PrevID
	}
	return "before: " + q.PrevID
}

// line is one line of a picture before it is laid out: what is said, its place
// on the axis or in the columns, and who says it where.
type line struct {
	label, plot, about draw.Line
	depth              int // of the indent
}

// canvas draws claims: on an axis, in the columns of a table, or not at all.
type canvas interface {
	head() []line
	claim(*disagreement.QuestionClaim) line // label and plot
	group(*wording.Group) (line, bool)      // what an origin says with all its claims
	foot() []line
	width() int // of what it draws
}

// picture writes the lines of a question, grouped by origin.
func (a *answer) picture(p *draw.Printer, width int, used legend) {
	lay := a.layout(width)
	c := a.canvas(lay.plot, used)
	lay.plot = c.width()
	lay.settle()
	for _, l := range c.head() {
		lay.print(p, l)
	}
	for i, g := range a.Groups {
		if i > 0 && len(a.Groups) < 20 && !lay.beside {
			p.Line(draw.Line{})
		}
		style := draw.Bold
		if g.IsPast() {
			style = draw.Dim
		}
		p.Lines(indent, draw.Text(style, g.Name).Wrap(width-2*indent)...)
		if l, ok := c.group(g); ok {
			lay.print(p, l)
		}
		for _, qc := range g.Claims {
			l := c.claim(qc)
			l.about = a.about(qc, g, used)
			l.depth = 1
			lay.print(p, l)
		}
	}
	foot := c.foot()
	if head := c.head(); len(a.Answers) > manyClaims && len(head) > 0 { // the axis above is out of sight
		lay.print(p, line{plot: head[len(head)-1].plot})
		if len(head) > 1 {
			lay.print(p, line{plot: head[0].plot})
		}
	}
	if len(foot) > 0 && !lay.beside {
		p.Line(draw.Line{})
	}
	for _, l := range foot {
		lay.print(p, l)
	}
}

// layout divides the width: labels on the left, the drawing, and, where there is
// room, who says it where on the right; else that goes below each line.
type layout struct {
	total, label, plot, about int
	beside                    bool
}

// manyClaims is the number of claims from which on the axis is repeated below.
const manyClaims = 15

const (
	gutter      = 2
	besideFrom  = 110 // columns from which on there are three parts
	narrowAbout = 30
)

func (a *answer) layout(width int) *layout {
	l := &layout{total: width, beside: width >= besideFrom}
	for i := range a.Answers {
		l.label = max(l.label, draw.Text(draw.Plain, a.Label(&a.Answers[i])).Width()+2*indent)
	}
	for _, text := range []string{"all can agree", "not drawn here"} {
		l.label = max(l.label, len(text)+indent)
	}
	share := width * 3 / 10
	if l.beside {
		share = width / 4
	}
	l.label = min(l.label, share)
	l.plot = width - l.label - gutter - indent
	if l.beside {
		l.plot = l.plot * 55 / 100
	}
	return l
}

// settle gives what the drawing does not need to the text beside it.
func (l *layout) settle() {
	l.about = l.total - l.label - gutter - indent
	if l.beside {
		if l.plot > 0 {
			l.about -= l.plot + gutter
		}
		l.beside = l.about >= narrowAbout
	}
}

// print writes a line and what belongs to it: the label may need several lines,
// beside which the other parts go on.
func (l *layout) print(p *draw.Printer, one line) {
	from := indent * (1 + one.depth)
	if l.plot == 0 && one.label.Width() > l.label-from {
		p.Lines(from, one.label.Wrap(l.total-from-indent)...)
		if one.about.Width() > 0 {
			p.Lines(from+indent, one.about.Wrap(l.total-from-2*indent)...)
		}
		return
	}
	labels := one.label.Wrap(l.label - from)
	var abouts []draw.Line
	if l.beside && one.about.Width() > 0 {
		abouts = one.about.Wrap(l.about)
	}
	for i := range max(len(labels), len(abouts), 1) {
		text := draw.Text(draw.Plain, strings.Repeat(" ", from))
		if i < len(labels) {
			text.Append(labels[i])
		}
		text.PadTo(l.label + gutter)
		if i == 0 {
			text.Append(one.plot)
		}
		if i < len(abouts) {
			if l.plot > 0 {
				text.PadTo(l.label + gutter + l.plot + gutter)
			}
			text.Append(abouts[i])
		}
		p.Line(text.Cut(l.total))
	}
	if !l.beside && one.about.Width() > 0 {
		p.Lines(from+indent, one.about.Wrap(l.total-from-2*indent)...)
	}
}
