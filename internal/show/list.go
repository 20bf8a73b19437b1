package show

import (
	"io"
	"strings"

	"stemma/disagreement"
	"stemma/internal/draw"
	"stemma/internal/model"
)

// styles are the colours of the classes; nothing depends on them alone.
var styles = map[string]draw.Style{
	disagreement.ClassConflicting: draw.Red, disagreement.ClassDenied: draw.Yellow, disagreement.ClassDeniedOnly: draw.Yellow,
	disagreement.ClassCorroborated: draw.Green, disagreement.ClassCompatible: draw.Cyan,
}

// meanings says of each class what it means.
var meanings = map[string]string{
	disagreement.ClassConflicting:   "no answer satisfies all",
	disagreement.ClassDenied:        "asserted by some, denied by others",
	disagreement.ClassDeniedOnly:    "denied, and asserted by nobody",
	disagreement.ClassCorroborated:  "independent origins say much the same",
	disagreement.ClassCompatible:    "all can be true, but they do not confirm each other",
	disagreement.ClassNotComparable: "versions that cannot be compared",
	disagreement.ClassUncontested:   "one origin only",
	disagreement.ClassNoValue:       "no answer",
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
			head := draw.Text(draw.Bold, words(last)+" ("+grouped(itoa(counts[last]))+")")
			head.Add(draw.Dim, "  "+meanings[last])
			p.Line(draw.Line{})
			p.Line(head.Cut(width))
		}
		s.entry(p, q, width)
	}
	if len(all) > 0 {
		p.Line(draw.Line{})
		p.Lines(0, draw.Text(draw.Dim, "Who says what: stemma disagreement ID, with the id of a question, an actor, an event, a measure…").Wrap(width)...)
	}
	return p.Flush()
}

func (s *Set) summary(counts map[string]int) draw.Line {
	l := draw.Text(draw.Bold, count(len(s.questions), "question"))
	separator := ": "
	for _, class := range classes {
		if n := counts[class]; n > 0 {
			l.Add(draw.Plain, separator)
			l.Add(styles[class], grouped(itoa(n))+" "+words(class))
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
		about.Add(styles[q.ValueClass], words(q.ValueClass)).Add(draw.Dim, " without the denials · ")
	}
	about.Add(draw.Plain, s.Book.answers(q))
	switch {
	case q.Origins > 1:
		about.Add(draw.Dim, " · "+q.counts())
	case q.Origins == 1:
		about.Add(draw.Dim, " · 1 origin: "+s.Book.only(q))
	}
	p.Lines(indent+2, about.Wrap(width-indent-2)...)
}

// only names the one origin of a question.
func (b *Book) only(q *question) string {
	for i := range q.claims {
		if c := &q.claims[i]; asserts(c) {
			return b.origin(c.Origin)
		}
	}
	return count(q.Origins, "origin")
}

// answers sums up what is asserted.
func (b *Book) answers(q *question) string {
	if b.valueType(q.Measure) == model.TypeQuantity && (q.LowerMin.Value != nil || q.UpperMax.Value != nil) {
		text := intervalText(q.LowerMin, q.UpperMax)
		if low, high, ok := q.common(); ok {
			text += "; all can agree on " + intervalText(low, high)
		}
		if low, high, ok := q.gap(); ok {
			text += "; a gap from " + numberText(low.Value) + " to " + numberText(high.Value)
		}
		return text
	}
	var values []string
	for _, v := range q.ValuesAsserted {
		values = append(values, shortened(b.value(q.Measure, v), 60))
	}
	const most = 5
	if len(values) > most {
		values = append(values[:most], count(len(values)-most, "other"))
	}
	if len(values) == 0 {
		if len(q.DenyingActors) > 0 {
			var who []string
			for _, id := range q.DenyingActors {
				who = append(who, b.name(id))
			}
			return "denied by " + few(who)
		}
		return "no answer"
	}
	return strings.Join(values, " / ")
}
