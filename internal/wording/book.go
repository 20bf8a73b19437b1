package wording

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
)

// Book finds records by their ids, for their names. Its zero value is empty.
type Book struct {
	Actors   map[string]*model.Actor
	Places   map[string]*model.Place
	Measures map[string]*model.Measure
	Sources  map[string]*model.Source
	Events   map[string]*model.Event
	Claims   map[string]*model.Claim

	// Document names a source where it speaks for itself, Issue where its day
	// matters. Without them a source goes by its id.
	Document, Issue func(id string) string

	merged map[string]string
	ids    map[string]bool
}

// AddActor keeps an actor.
func (b *Book) AddActor(m *model.Actor) { enter(b, &b.Actors, m, &m.Record) }

// AddPlace keeps a place.
func (b *Book) AddPlace(m *model.Place) { enter(b, &b.Places, m, &m.Record) }

// AddMeasure keeps a measure.
func (b *Book) AddMeasure(m *model.Measure) { enter(b, &b.Measures, m, &m.Record) }

// AddSource keeps a source.
func (b *Book) AddSource(m *model.Source) { enter(b, &b.Sources, m, &m.Record) }

// AddEvent keeps an event.
func (b *Book) AddEvent(m *model.Event) { enter(b, &b.Events, m, &m.Record) }

// AddClaim keeps a claim.
func (b *Book) AddClaim(m *model.Claim) { enter(b, &b.Claims, m, &m.Record) }

func enter[T any](b *Book, records *map[string]T, value T, r *model.Record) {
	put(records, r.ID.Value, value)
	put(&b.ids, r.ID.Value, true)
	if r.MergedInto.IsSet() {
		put(&b.merged, r.ID.Value, r.MergedInto.Value)
	}
}

func put[T any](m *map[string]T, id string, value T) {
	if *m == nil {
		*m = map[string]T{}
	}
	(*m)[id] = value
}

// Has tells whether there is a record with an id.
func (b *Book) Has(id string) bool { return b.ids[id] }

// IDs lists the ids of all records, sorted.
func (b *Book) IDs() []string { return slices.Sorted(maps.Keys(b.ids)) }

// Survivor gives the id under which a merged record goes on.
func (b *Book) Survivor(id string) string {
	for range len(b.merged) { // in a circle it ends somewhere
		next, ok := b.merged[id]
		if !ok {
			break
		}
		id = next
	}
	return id
}

// Name gives the name of a record, else its id.
func (b *Book) Name(id string) string {
	switch {
	case b.Actors[id] != nil:
		return cmp.Or(b.Actors[id].Name.Value, id)
	case b.Places[id] != nil:
		return cmp.Or(b.Places[id].Name.Value, id)
	case b.Measures[id] != nil:
		return cmp.Or(b.Measures[id].Name.Value, id)
	case b.Events[id] != nil:
		return cmp.Or(b.Events[id].Label.Value, id)
	case b.Sources[id] != nil:
		return named(b.Document, id)
	}
	return id
}

func named(by func(string) string, id string) string {
	if by == nil {
		return id
	}
	return by(id)
}

// Origin puts an origin into words: its components are actors, documents, and
// labels of anonymous claimants in a document.
func (b *Book) Origin(origin string) string {
	parts := strings.Split(origin, " + ")
	for i, part := range parts {
		if source, label, ok := strings.Cut(part, "/"); ok {
			parts[i] = "“" + label + "” in " + named(b.Issue, source)
		} else {
			parts[i] = b.Name(part)
		}
	}
	return And(parts)
}

// isWithin tells whether a place is another one or lies in it.
func (b *Book) isWithin(place, other string) bool {
	for range len(b.Places) + 1 { // in a circle it ends somewhere
		if place == other {
			return true
		}
		p := b.Places[place]
		if p == nil || !p.Within.IsSet() {
			return false
		}
		place = b.Survivor(p.Within.Value)
	}
	return false
}

// ValueType is that of a measure.
func (b *Book) ValueType(measure string) string {
	if m := b.Measures[measure]; m != nil {
		return m.ValueType.Value
	}
	return ""
}

func (b *Book) population(measure, code string) string {
	if m := b.Measures[measure]; m != nil {
		for i := range m.Populations {
			if m.Populations[i].Code.Value == code {
				return cmp.Or(m.Populations[i].Name.Value, code)
			}
		}
	}
	return code
}

// Value names a value of a measure, as package disagreement writes it.
func (b *Book) Value(measure, value string) string {
	m := b.Measures[measure]
	if m == nil || value == model.NoValue {
		return Words(value)
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
		return b.Name(value)
	case model.TypeDate:
		return EDTF(value)
	case model.TypeQuantity:
		return Quantity(value)
	case model.TypeText:
		return "“" + value + "”"
	}
	return value
}

// Title puts a question into words: what is asked, and about what.
func (b *Book) Title(p disagreement.Parts) (measure, about string) {
	var parts []string
	switch {
	case p.Subject != "" && p.Object != "":
		parts = append(parts, b.Name(p.Subject)+" → "+b.Name(p.Object))
	case p.Subject != "":
		parts = append(parts, b.Name(p.Subject))
	case p.Object != "":
		parts = append(parts, "→ "+b.Name(p.Object))
	}
	if p.Event != "" {
		parts = append(parts, "“"+b.Name(p.Event)+"”")
	}
	if p.Place != "" {
		parts = append(parts, "in "+b.Name(p.Place))
	}
	if p.Population != "" {
		parts = append(parts, "counting “"+b.population(p.Measure, p.Population)+"”")
	}
	if p.Period != "" {
		parts = append(parts, Period(p.Period))
	}
	if p.Modality != model.Actual && p.Modality != "" {
		parts = append(parts, Words(p.Modality))
	}
	return b.Name(p.Measure), strings.Join(parts, ", ")
}

// Account finds the account of an event that a claim leads back to, and the
// participant in it, if it is about one.
func (b *Book) Account(c *disagreement.QuestionClaim) (*model.Account, *model.Participant) {
	e := b.Events[c.RecordID]
	steps := strings.Split(c.Pointer, "/")
	if e == nil || len(steps) < 3 || steps[1] != "accounts" {
		return nil, nil
	}
	i := Index(steps[2], len(e.Accounts))
	if i < 0 {
		return nil, nil
	}
	a := &e.Accounts[i]
	if len(steps) >= 5 && steps[3] == "participants" {
		if j := Index(steps[4], len(a.Participants)); j >= 0 {
			return a, &a.Participants[j]
		}
	}
	return a, nil
}

// Index reads a step of a JSON Pointer into a list; -1 if it leads nowhere.
func Index(step string, length int) int {
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

// Report gives what the record behind a claim shares with all reports.
func (b *Book) Report(c *disagreement.QuestionClaim) *model.Report {
	if m := b.Claims[c.RecordID]; m != nil {
		return &m.Report
	}
	if a, _ := b.Account(c); a != nil {
		return &a.Report
	}
	return &model.Report{}
}

// Speaker names who speaks in a claim.
func (b *Book) Speaker(c *disagreement.QuestionClaim) string {
	switch {
	case c.Claimant != "":
		return b.Name(c.Claimant)
	case c.Label != "":
		return "“" + c.Label + "”"
	}
	return named(b.Document, c.Source)
}

// Reading says whether a date value means all its days, or some of them: as the
// record says, else as its form implies.
func (b *Book) Reading(c *disagreement.QuestionClaim, d edtf.Date) edtf.Reading {
	if m := b.Claims[c.RecordID]; m != nil && m.Value != nil && m.Value.Date != nil {
		return m.Value.Date.Reading()
	}
	if a, _ := b.Account(c); a != nil && a.When != nil {
		return a.When.Reading()
	}
	return d.DefaultReading()
}

// People lists the actors that a question is about or who answer it, sorted.
func (b *Book) People(q *disagreement.Question, claims []disagreement.QuestionClaim) []string {
	out := []string{q.Subject, q.Object}
	for i := range claims {
		out = append(out, claims[i].Claimant)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(id string) bool { return b.Actors[id] == nil })
}
