package show

import (
	"io"
	"strings"

	"stemma/disagreement"
	"stemma/internal/draw"
	"stemma/internal/model"
	"stemma/internal/wording"
)

// styles are the colours of the classes; nothing depends on them alone.
var styles = map[string]draw.Style{
	disagreement.ClassConflicting: draw.Red, disagreement.ClassDenied: draw.Yellow, disagreement.ClassDeniedOnly: draw.Yellow,
	disagreement.ClassCorroborated: draw.Green, disagreement.ClassCompatible: draw.Cyan,
}

// List writes the questions grouped by class, the most interesting first.
func (s *Set) List(w io.Writer, width int, color bool) error {
	p := draw.NewPrinter(w, color)
	all := s.interesting()
	counts := map[string]int{}
	for _, q := range all {
		counts[q.AgreementClass]++
	}
	p.Lines(0, s.summary(counts).Wrap(width)...)
	last := ""
	for _, q := range all {
		if q.AgreementClass != last {
			last = q.AgreementClass
			head := draw.Text(draw.Bold, wording.Words(last)+" ("+wording.GroupedInt(counts[last])+")")
			head.Add(draw.Dim, "  "+wording.Meaning(last))
			p.Line(draw.Line{})
			p.Line(head.Cut(width))
		}
		s.entry(p, q, width)
	}
	if len(all) > 0 {
		p.Line(draw.Line{})
		p.Lines(0, terms(width)...)
		p.Lines(0, draw.Text(draw.Dim, "Who says what: stemma disagreement ID, with the id of a question, an actor, an event, a measure…").Wrap(width)...)
	}
	return p.Flush()
}

func (s *Set) summary(counts map[string]int) draw.Line {
	l := draw.Text(draw.Bold, wording.Count(len(s.questions), "question"))
	separator := ": "
	for _, class := range Classes() {
		if n := counts[class]; n > 0 {
			l.Add(draw.Plain, separator)
			l.Add(styles[class], wording.GroupedInt(n)+" "+wording.Words(class))
			separator = ", "
		}
	}
	return l
}

// entry writes one question of the list: what is asked, and its id; then the
// answers, and on how many legs they stand.
func (s *Set) entry(p *draw.Printer, q *question, width int) {
	const indent, idWidth = 2, 20
	title := draw.Text(draw.Plain, q.title).Wrap(width - indent - idWidth)
	first := draw.Text(draw.Plain, strings.Repeat(" ", indent))
	first.Append(title[0]).PadTo(width-len(q.ID)).Add(draw.Dim, q.ID)
	p.Line(first.Cut(width))
	p.Lines(indent, title[1:]...)
	var about draw.Line
	if q.AgreementClass == disagreement.ClassDenied {
		about.Add(styles[q.ValueClass], wording.Words(q.ValueClass)).Add(draw.Dim, " without the denials · ")
	}
	about.Add(draw.Plain, s.Book.answers(q))
	switch {
	case q.Origins > 1:
		about.Add(draw.Dim, " · "+wording.Legs(q.Question))
	case q.Origins == 1:
		about.Add(draw.Dim, " · 1 origin: "+s.Book.only(q))
	}
	p.Lines(indent+2, about.Wrap(width-indent-2)...)
}

// only names the one origin of a question.
func (b *Book) only(q *question) string {
	for i := range q.claims {
		if c := &q.claims[i]; wording.Asserts(c) {
			return b.Origin(c.Origin)
		}
	}
	return wording.Count(q.Origins, "origin")
}

// answers sums up what is asserted.
func (b *Book) answers(q *question) string {
	if b.ValueType(q.Measure) == model.TypeQuantity && (q.LowerMin.Value != nil || q.UpperMax.Value != nil) {
		text := wording.Interval(q.LowerMin, q.UpperMax)
		if common, ok := wording.Common(q.Question); ok {
			text += "; " + wording.All(q.Question, model.TypeQuantity) + " can agree on " + wording.Interval(common.Low, common.High)
		}
		if gap, ok := wording.Gap(q.Question); ok {
			text += "; a gap from " + wording.Number(gap.Low.Value) + " to " + wording.Number(gap.High.Value)
		}
		return text
	}
	var values []string
	for _, v := range q.ValuesAsserted {
		values = append(values, wording.Shortened(b.Value(q.Measure, v), 60))
	}
	const most = 5
	if len(values) > most {
		values = append(values[:most], wording.Count(len(values)-most, "other"))
	}
	if len(values) == 0 {
		if len(q.DenyingActors) > 0 {
			var who []string
			for _, id := range q.DenyingActors {
				who = append(who, b.Name(id))
			}
			return "denied by " + wording.Few(who)
		}
		return "no answer"
	}
	return strings.Join(values, " / ")
}
