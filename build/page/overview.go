package page

import (
	"cmp"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/model"
	"stemma/internal/wording"
)

// headView is the top of the page.
type headView struct {
	Dataset                   Dataset
	Shelves                   []classCount
	Questions, Events, Claims int
	Sources                   int
	Actors, Measures          []choice
	Policy                    string
	Summary                   string
	About                     *aboutView
}

// classCount is a class with its share of the questions.
type classCount struct {
	Class, Title, Meaning string
	Count                 int // by agreement class
	Found                 int // by any class, as the filter counts
	X, Width              place
}

// choice is an entry of a filter.
type choice struct {
	ID, Name string
	Count    int
}

func (p *printer) head(order []listed, events *timeline, sources []sourceView) headView {
	h := headView{
		Dataset: p.in.Dataset, Questions: len(order), Events: len(events.Rows), Sources: len(sources), Policy: p.in.Result.PolicyVersion,
	}
	for _, c := range p.in.Records.Claims {
		if !c.Retired() {
			h.Claims++
		}
	}
	at := 0
	for _, c := range wording.Classes() {
		n := classCount{Class: c.Name, Title: wording.Capital(c.Name), Meaning: c.Meaning}
		for i := range order {
			if order[i].AgreementClass == c.Name {
				n.Count++
			}
			if slices.Contains(wording.FoundBy(order[i].Question), c.Name) {
				n.Found++
			}
		}
		if len(order) > 0 {
			n.X = place(at * int(wide) / len(order))
			n.Width = place((at+n.Count)*int(wide)/len(order)) - n.X
		}
		at += n.Count
		if n.Found > 0 {
			h.Shelves = append(h.Shelves, n)
		}
	}
	h.Actors, h.Measures = p.choices(order)
	h.About = p.about()
	h.Summary = summary(h.Shelves, len(order))
	return h
}

// choices lists the actors and the measures of the questions, by name.
func (p *printer) choices(order []listed) (actors, measures []choice) {
	people, asked := map[string]int{}, map[string]int{}
	for i := range order {
		asked[order[i].Measure]++
		for _, id := range p.book.People(order[i].Question, order[i].claims) {
			people[id]++
		}
	}
	return p.sorted(people), p.sorted(asked)
}

func (p *printer) sorted(counts map[string]int) []choice {
	var out []choice
	for id, n := range counts {
		out = append(out, choice{id, p.book.Name(id), n})
	}
	slices.SortFunc(out, func(x, y choice) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), strings.Compare(x.ID, y.ID))
	})
	return out
}

// summary says how many questions there are of each class.
func summary(shelves []classCount, questions int) string {
	var parts []string
	for _, s := range shelves {
		if s.Count > 0 {
			parts = append(parts, wording.GroupedInt(s.Count)+" "+wording.Words(s.Class))
		}
	}
	return wording.Count(questions, "question") + ": " + strings.Join(parts, ", ")
}

// aboutView is the end of the page.
type aboutView struct {
	Dataset     Dataset
	Licence     link2
	Home        link2
	Creators    []link2
	Citation    string
	Policy      string
	Sensitivity []sensitivityRow
	Stability   string
	Files       []link2
}

// link2 leads out of the page, if it has an address.
type link2 struct{ Text, URL, About string }

type sensitivityRow struct {
	Tolerance, Ratio string
	ChangedValue     int // value classes
	Changed          int // agreement classes
	ByClass          []int
	Denied           int
	Own              bool
}

// ValueClasses are the columns of the table of sensitivity.
func (*aboutView) ValueClasses() []string {
	var out []string
	for _, c := range disagreement.ValueClasses {
		out = append(out, wording.Words(c))
	}
	return out
}

func (p *printer) about() *aboutView {
	d := p.in.Dataset
	v := &aboutView{
		Dataset: d, Policy: p.in.Result.PolicyVersion, Citation: d.Citation,
		Licence: link2{Text: cmp.Or(d.Licence.Title, d.Licence.Name), URL: webLink(d.Licence.URL)},
		Home:    link2{Text: d.URL, URL: webLink(d.URL)},
	}
	for _, c := range d.Creators {
		v.Creators = append(v.Creators, link2{Text: c.Name, URL: webLink(c.URL)})
	}
	for _, f := range p.in.Files {
		if l := localLink(f.Path); l != "" {
			v.Files = append(v.Files, link2{f.Path, l, f.About})
		}
	}
	if v.Citation == "" {
		v.Citation = citation(d)
	}
	for i := range p.in.Result.Sensitivity {
		s := &p.in.Result.Sensitivity[i]
		v.Sensitivity = append(v.Sensitivity, sensitivityRow{
			Tolerance: percent(s.Tolerance), Ratio: s.CorroborationRatio, ChangedValue: s.ValueClassChanged, Changed: s.AgreementClassChanged, ByClass: s.ByClass[:], Denied: s.Denied,
			Own: p.isOwn(s),
		})
	}
	v.Stability = p.stability()
	return v
}

// stability says how many questions thresholds can reach, how many they do
// change, and how many hang on links that somebody judged.
func (p *printer) stability() string {
	if len(p.in.Result.Sensitivity) == 0 {
		return ""
	}
	compared, judged := 0, 0
	for i := range p.in.Result.Questions {
		q := &p.in.Result.Questions[i]
		if q.Origins > 1 && p.book.ValueType(q.Measure) == model.TypeQuantity {
			compared++
		}
		if q.ValueClassStated != q.ValueClass {
			judged++
		}
	}
	values, verdicts := 0, 0
	for i := range p.in.Result.Sensitivity {
		s := &p.in.Result.Sensitivity[i]
		values, verdicts = max(values, s.ValueClassChanged), max(verdicts, s.AgreementClassChanged)
	}
	all := wording.Count(len(p.in.Result.Questions), "question")
	changes := "no question changes its class"
	if values+verdicts > 0 {
		changes = "the value class changes of at most " + wording.GroupedInt(values) + " and the agreement class, for which denials count too, of at most " + wording.GroupedInt(verdicts)
	}
	return "Thresholds matter where numbers come from two or more origins: in " + wording.GroupedInt(compared) + " of " + all +
		". Under the other thresholds tried, " + changes + ". By stated links alone, without those that are the coder’s judgement, " +
		wording.GroupedInt(judged) + " of " + all + " would have another value class."
}

// isOwn tells whether a row is that of the dataset's own policy.
func (p *printer) isOwn(s *disagreement.Sensitivity) bool {
	policy := p.in.Records.Policy
	if policy == nil {
		return false
	}
	return policy.Tolerance.Value == s.Tolerance && policy.CorroborationRatio.Value == s.CorroborationRatio
}

// percent writes 0.1 as 10 %.
func percent(decimal string) string {
	whole, fraction, _ := strings.Cut(decimal, ".")
	if whole != "0" || len(fraction) > 4 || strings.Trim(fraction, "0123456789") != "" {
		return decimal
	}
	for len(fraction) < 2 {
		fraction += "0"
	}
	n := strings.TrimLeft(fraction[:2], "0")
	if rest := strings.TrimRight(fraction[2:], "0"); rest != "" {
		n = cmp.Or(n, "0") + "." + rest
	}
	return cmp.Or(n, "0") + " %"
}

// citation is how to cite a dataset that does not say it.
func citation(d Dataset) string {
	var who []string
	for _, c := range d.Creators {
		who = append(who, c.Name)
	}
	text := wording.And(who)
	if len(d.ReleasedOn) >= 4 {
		text += " (" + d.ReleasedOn[:4] + ")"
	}
	if text != "" {
		text += ". "
	}
	text += cmp.Or(d.Title, d.Name) + ". Version " + d.Version + "."
	if d.URL != "" {
		text += " " + d.URL
	}
	return text
}
