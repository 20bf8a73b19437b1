package page

import (
	"cmp"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
)

// book finds records and questions by their ids.
type book struct {
	actors    map[string]*model.Actor
	places    map[string]*model.Place
	measures  map[string]*model.Measure
	sources   map[string]*model.Source
	events    map[string]*model.Event
	claims    map[string]*model.Claim
	questions map[string]*disagreement.Question
	merged    map[string]string
	carried   map[string]int  // claims and accounts by source
	shown     map[string]bool // records that have a place on the page
}

func newBook(in *Input) *book {
	b := &book{
		actors: map[string]*model.Actor{}, places: map[string]*model.Place{}, measures: map[string]*model.Measure{},
		sources: map[string]*model.Source{}, events: map[string]*model.Event{}, claims: map[string]*model.Claim{},
		questions: map[string]*disagreement.Question{}, merged: map[string]string{}, carried: map[string]int{}, shown: map[string]bool{},
	}
	for _, r := range in.Records.Actors {
		enter(b, b.actors, r, &r.Record)
	}
	for _, r := range in.Records.Places {
		enter(b, b.places, r, &r.Record)
	}
	for _, r := range in.Records.Measures {
		enter(b, b.measures, r, &r.Record)
	}
	for _, r := range in.Records.Sources {
		enter(b, b.sources, r, &r.Record)
		b.shown[r.ID.Value] = !r.Retired()
	}
	for _, r := range in.Records.Events {
		enter(b, b.events, r, &r.Record)
		b.shown[r.ID.Value] = !r.Retired()
	}
	for _, r := range in.Records.Claims {
		enter(b, b.claims, r, &r.Record)
		b.shown[r.ID.Value] = in.Result.QuestionOf[r.ID.Value] != ""
	}
	for i := range in.Result.Questions {
		b.questions[in.Result.Questions[i].ID] = &in.Result.Questions[i]
	}
	b.count(in)
	return b
}

func enter[T any](b *book, records map[string]T, value T, r *model.Record) {
	records[r.ID.Value] = value
	if r.MergedInto.IsSet() {
		b.merged[r.ID.Value] = r.MergedInto.Value
	}
}

// count finds out how much each document carries.
func (b *book) count(in *Input) {
	for _, r := range in.Records.Claims {
		if !r.Retired() {
			b.carried[b.survivor(r.Source.Value)]++
		}
	}
	for _, r := range in.Records.Events {
		if r.Retired() {
			continue
		}
		for i := range r.Accounts {
			b.carried[b.survivor(r.Accounts[i].Source.Value)]++
		}
	}
}

// anchor is that of a record, if it has a place on the page.
func (b *book) anchor(id string) string {
	if !b.shown[id] {
		return ""
	}
	return anchor(id)
}

// survivor gives the id under which a merged record goes on.
func (b *book) survivor(id string) string {
	for range len(b.merged) { // in a circle it ends somewhere
		next, ok := b.merged[id]
		if !ok {
			break
		}
		id = next
	}
	return id
}

// name gives the name of a record, else its id.
func (b *book) name(id string) string {
	switch {
	case b.actors[id] != nil:
		return cmp.Or(b.actors[id].Name.Value, id)
	case b.places[id] != nil:
		return cmp.Or(b.places[id].Name.Value, id)
	case b.measures[id] != nil:
		return cmp.Or(b.measures[id].Name.Value, id)
	case b.events[id] != nil:
		return cmp.Or(b.events[id].Label.Value, id)
	case b.sources[id] != nil:
		return b.document(id)
	}
	return id
}

// origin puts an origin into words: its components are actors, documents, and
// labels of anonymous claimants in a document.
func (b *book) origin(origin string) string {
	parts := strings.Split(origin, " + ")
	for i, part := range parts {
		if source, label, ok := strings.Cut(part, "/"); ok {
			parts[i] = "“" + label + "” in " + b.issue(source)
		} else {
			parts[i] = b.name(part)
		}
	}
	return and(parts)
}

// document names a source by its publisher, else its author, and its title or
// date, so that two documents of one publisher can be told apart.
func (b *book) document(id string) string {
	s := b.sources[id]
	if s == nil {
		return id
	}
	var parts []string
	if by := b.publisher(s); by != "" {
		parts = append(parts, by)
	}
	if s.Title.IsSet() {
		parts = append(parts, "“"+shortened(s.Title.Value, 60)+"”")
	}
	switch {
	case len(parts) == 0:
		return id
	case len(parts) == 1 && s.Published != nil:
		parts = append(parts, edtfText(s.Published.EDTF.Value))
	}
	return strings.Join(parts, ", ")
}

// issue names a source by its publisher and date, which is shorter.
func (b *book) issue(id string) string {
	s := b.sources[id]
	if s == nil || b.publisher(s) == "" {
		return b.document(id)
	}
	if s.Published == nil {
		return b.publisher(s)
	}
	return b.publisher(s) + ", " + edtfText(s.Published.EDTF.Value)
}

func (b *book) publisher(s *model.Source) string {
	if s.Publisher.IsSet() {
		return b.name(b.survivor(s.Publisher.Value))
	}
	return s.Author.Value
}

func (b *book) valueType(measure string) string {
	if m := b.measures[measure]; m != nil {
		return m.ValueType.Value
	}
	return ""
}

func (b *book) population(measure, code string) string {
	if m := b.measures[measure]; m != nil {
		for i := range m.Populations {
			if m.Populations[i].Code.Value == code {
				return cmp.Or(m.Populations[i].Name.Value, code)
			}
		}
	}
	return code
}

// value names a value of a question.
func (b *book) value(measure, value string) string {
	m := b.measures[measure]
	if m == nil || value == model.NoValue {
		return words(value)
	}
	switch m.ValueType.Value {
	case model.TypeBoolean:
		if value == "true" {
			return "yes"
		}
		return "no"
	case model.TypeCategory:
		for i := range m.Categories {
			if m.Categories[i].Code.Value == value {
				return cmp.Or(m.Categories[i].Name.Value, value)
			}
		}
	case model.TypePlace:
		return b.name(value)
	case model.TypeDate:
		return edtfText(value)
	case model.TypeQuantity:
		return quantityText(value)
	case model.TypeText:
		return "“" + value + "”"
	}
	return value
}

// title puts a question into words: what is asked, and about what.
func (b *book) title(p disagreement.Parts) (measure, about string) {
	var parts []string
	switch {
	case p.Subject != "" && p.Object != "":
		parts = append(parts, b.name(p.Subject)+" → "+b.name(p.Object))
	case p.Subject != "":
		parts = append(parts, b.name(p.Subject))
	case p.Object != "":
		parts = append(parts, "→ "+b.name(p.Object))
	}
	if p.Event != "" {
		parts = append(parts, "“"+b.name(p.Event)+"”")
	}
	if p.Place != "" {
		parts = append(parts, "in "+b.name(p.Place))
	}
	if p.Population != "" {
		parts = append(parts, "counting “"+b.population(p.Measure, p.Population)+"”")
	}
	if p.Period != "" {
		parts = append(parts, periodText(p.Period))
	}
	if p.Modality != model.Actual && p.Modality != "" {
		parts = append(parts, words(p.Modality))
	}
	return b.name(p.Measure), strings.Join(parts, ", ")
}

// account finds the account of an event that a claim leads back to, and the
// participant in it, if it is about one.
func (b *book) account(c *disagreement.QuestionClaim) (*model.Account, *model.Participant) {
	e := b.events[c.RecordID]
	steps := strings.Split(c.Pointer, "/")
	if e == nil || len(steps) < 3 || steps[1] != "accounts" {
		return nil, nil
	}
	i := index(steps[2], len(e.Accounts))
	if i < 0 {
		return nil, nil
	}
	a := &e.Accounts[i]
	if len(steps) >= 5 && steps[3] == "participants" {
		if j := index(steps[4], len(a.Participants)); j >= 0 {
			return a, &a.Participants[j]
		}
	}
	return a, nil
}

// index reads a step of a JSON Pointer into a list; -1 if it leads nowhere.
func index(step string, length int) int {
	n := 0
	for _, d := range step {
		if n = n*10 + int(d-'0'); d < '0' || d > '9' || n >= length {
			return -1
		}
	}
	if step == "" || n >= length {
		return -1
	}
	return n
}

// report gives what the record behind a claim shares with all reports.
func (b *book) report(c *disagreement.QuestionClaim) *model.Report {
	if m := b.claims[c.RecordID]; m != nil {
		return &m.Report
	}
	if a, _ := b.account(c); a != nil {
		return &a.Report
	}
	return &model.Report{}
}

// speaker names who speaks in a claim.
func (b *book) speaker(c *disagreement.QuestionClaim) string {
	switch {
	case c.Claimant != "":
		return b.name(c.Claimant)
	case c.Label != "":
		return "“" + c.Label + "”"
	}
	return b.document(c.Source)
}

// reading says whether a date value means all its days, or some of them: as the
// record says, else as its form implies.
func (b *book) reading(c *disagreement.QuestionClaim, d edtf.Date) edtf.Reading {
	if m := b.claims[c.RecordID]; m != nil && m.Value != nil && m.Value.Date != nil {
		return m.Value.Date.Reading()
	}
	if a, _ := b.account(c); a != nil && a.When != nil {
		return a.When.Reading()
	}
	return d.DefaultReading()
}

// people lists the actors that a question is about or who answer it, sorted.
func (b *book) people(q *disagreement.Question, claims []disagreement.QuestionClaim) []string {
	out := []string{q.Subject, q.Object}
	for i := range claims {
		out = append(out, claims[i].Claimant)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(id string) bool { return b.actors[id] == nil })
}
