package page

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/wording"
)

// Input is what the page shows.
type Input struct {
	Dataset Dataset
	Result  *disagreement.Result
	Records disagreement.Input // complete: with the quotes and locators of claims
	Files   []File             // of the release, in the order in which they are listed
}

// Dataset is the metadata of dataset.json; empty is absent.
type Dataset struct {
	Name, Title, Description string
	Version, ReleasedOn      string // no release day: a version between releases
	Licence                  Licence
	URL, Citation            string
	Creators                 []Creator
	Keywords                 []string
	Language                 string // BCP 47, of titles and descriptions
}

// Licence is that of the data.
type Licence struct{ Name, Title, URL string }

// Creator is somebody who made the dataset.
type Creator struct{ Name, URL string }

// File is a file of the release to which the page links.
type File struct{ Path, About string } // path with slashes, from the release folder

// Render writes the page. The same input gives the same bytes. It fails where w
// fails, and for an input without a result.
func Render(w io.Writer, in Input) error { return write(w, in, mostAtOnce) }

// write is Render with another limit for what is laid out at once.
func write(w io.Writer, in Input, atOnce int) error {
	if in.Result == nil {
		return errors.New("internal error: a page needs the result of the disagreement computation")
	}
	buffered := bufio.NewWriterSize(w, 1<<16)
	out := &visible{w: buffered}
	p := &printer{w: out, book: newBook(&in), in: &in, isLarge: len(in.Result.Claims) > atOnce}
	p.page()
	if p.err != nil {
		return p.err
	}
	if err := out.flush(); err != nil {
		return err
	}
	return buffered.Flush()
}

// printer writes the parts of the page one after the other, so that a large
// dataset is never in memory as a page.
type printer struct {
	w    io.Writer
	book *book
	in   *Input
	err  error

	isLarge bool // questions are unpacked as they are read
}

func (p *printer) print(part string, data any) {
	if p.err == nil {
		p.err = templates.ExecuteTemplate(p.w, part, data)
	}
}

// page is the page from top to bottom.
func (p *printer) page() {
	order := p.order()
	events := p.book.eventViews(p.in.Records.Events)
	sources := p.book.sourceViews(p.in)
	p.print("head", p.head(order, events, sources))
	p.questions(order)
	p.print("timeline", events)
	for i := range events.Rows {
		p.print("event", &events.Rows[i])
	}
	p.print("sources", len(sources))
	for i := range sources {
		p.print("source", &sources[i])
	}
	p.print("about", p.about())
}

// listed is a question in the order of the page.
type listed struct {
	*disagreement.Question
	claims         []disagreement.QuestionClaim
	measure, about string
}

// order puts the questions with the most interesting classes first, then by
// title.
func (p *printer) order() []listed {
	out := make([]listed, len(p.in.Result.Questions))
	claims := p.in.Result.Claims
	for i := range out {
		q := &p.in.Result.Questions[i]
		n := 0
		for n < len(claims) && claims[n].QuestionID == q.ID {
			n++
		}
		out[i] = listed{Question: q, claims: claims[:n]}
		out[i].measure, out[i].about = p.book.Title(q.Parts)
		claims = claims[n:]
	}
	slices.SortFunc(out, func(x, y listed) int {
		return cmp.Or(wording.CompareClasses(x.Question, y.Question), strings.Compare(x.measure, y.measure), strings.Compare(x.about, y.about), strings.Compare(x.ID, y.ID))
	})
	return out
}

// shelf is the beginning of the questions of one class.
type shelf struct {
	Class, Title, Meaning string
	Count                 int
}

func (p *printer) questions(order []listed) {
	p.print("questions", len(order))
	last := ""
	for i := range order {
		if class := order[i].AgreementClass; i == 0 || class != last {
			if i > 0 {
				p.print("shelf-end", nil)
			}
			last = class
			p.print("shelf", p.shelf(class, order[i:]))
		}
		p.print("question", p.question(&order[i]))
	}
	if len(order) > 0 {
		p.print("shelf-end", nil)
	}
	p.print("questions-end", nil)
}

func (p *printer) shelf(class string, rest []listed) shelf {
	s := shelf{Class: class, Title: wording.Capital(class), Meaning: wording.Meaning(class)}
	for i := range rest {
		if rest[i].AgreementClass != class {
			break
		}
		s.Count++
	}
	return s
}

// questionView is a question as the page shows it.
type questionView struct {
	Anchor         string
	Classes        string // for the filter, if there are more than that of the shelf
	MeasureID      string // for the filter
	People         string // for the filter
	ClassText      string
	Measure, About string
	Why, More      string
	Legs           string
	Before         link
	Chart          *chart // nil if there is nothing to draw
	Groups         []groupView
	Heads          bool // the claims of each origin stand under its name
	Tree           *tree
	Documents      string // instead of a tree
	Later          bool   // the script unpacks it when it comes into view
}

// mostAtOnce is the number of claims in questions that a browser can lay out at
// once without making people wait. Of a larger dataset, the questions are put
// into noscript elements: a browser without the script shows them as they are;
// one with it takes each as a piece of text, which costs next to nothing, until
// the script unpacks it.
const mostAtOnce = 2000

func (p *printer) question(l *listed) *questionView {
	q := newQuestion(p.book, l.Question, l.claims)
	why := q.Why()
	v := &questionView{
		Anchor: anchor(q.ID), MeasureID: q.Measure, ClassText: wording.ClassOf(l.Question), Measure: l.measure, About: l.about,
		Why: why[0], More: strings.Join(why[1:], " "), Legs: legs(l.Question), Tree: newTree(q),
		People: strings.Join(p.book.People(l.Question, l.claims), " "), Later: p.isLarge,
	}
	if !p.isLarge || len(l.claims) > 1 { // of one among thousands, its words say enough
		v.Chart = newChart(q)
	}
	if classes := wording.FoundBy(l.Question); len(classes) > 1 {
		v.Classes = strings.Join(classes, " ")
	}
	if before := p.book.questions[q.PrevID]; before != nil {
		v.Before = link{"before: " + wording.Period(before.Period), anchor(before.ID)}
	}
	for _, g := range q.Groups {
		v.Groups = append(v.Groups, p.group(q, v.Chart, g))
	}
	v.Heads = len(v.Groups) > 1 || v.Chart == nil
	if v.Tree == nil && q.Claims > 1 { // one claim names its document
		v.Documents = q.documents()
	}
	if v.Tree != nil {
		v.Tree.Open = q.Origins > 1 || q.Denied
		if p.isLarge && v.Tree.Branches == nil {
			v.Tree.list(p.book)
		}
	}
	return v
}

// legs says on how many legs an answer stands, if it is more than one, and how
// many claims give it.
func legs(q *disagreement.Question) string {
	if q.Origins == 0 || q.Origins == 1 && q.Channels == 1 && q.IndependentStated == q.Independent {
		return wording.ClaimsOf(q)
	}
	return wording.Legs(q) + " · " + wording.ClaimsOf(q)
}

// question is a question with what it takes to draw it.
type question struct {
	*wording.Question
	book *book
}

func newQuestion(b *book, q *disagreement.Question, claims []disagreement.QuestionClaim) *question {
	return &question{wording.NewQuestion(&b.Book, q, claims), b}
}

// documents says why there is no tree to draw.
func (q *question) documents() string {
	var ids []string
	for i := range q.Answers {
		if !slices.Contains(ids, q.Answers[i].Source) {
			ids = append(ids, q.Answers[i].Source)
		}
	}
	if len(ids) == 1 {
		return "All of it comes from one document, which is not known to have it from another."
	}
	return wording.Count(len(ids), "document") + ", none of which is known to have it from another."
}
