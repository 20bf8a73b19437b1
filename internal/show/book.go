package show

import (
	"cmp"
	"slices"
	"strings"

	"stemma/internal/model"
	"stemma/internal/strictjson"
)

// Book finds records by their ids, for their names. Its zero value is empty.
type Book struct {
	actors   map[string]*model.Actor
	places   map[string]*model.Place
	measures map[string]*model.Measure
	sources  map[string]*model.Source
	events   map[string]*model.Event
	claims   map[string]*model.Claim
	merged   map[string]string
	ids      map[string]bool
}

// Add decodes a record and keeps it. Kinds that are not stemma's are left out.
func (b *Book) Add(kind string, v *strictjson.Value) {
	switch kind {
	case model.KindActor:
		m := model.DecodeActor(v)
		b.put(&m.Record)
		put(&b.actors, m.ID.Value, m)
	case model.KindPlace:
		m := model.DecodePlace(v)
		b.put(&m.Record)
		put(&b.places, m.ID.Value, m)
	case model.KindMeasure:
		m := model.DecodeMeasure(v)
		b.put(&m.Record)
		put(&b.measures, m.ID.Value, m)
	case model.KindSource:
		m := model.DecodeSource(v)
		b.put(&m.Record)
		put(&b.sources, m.ID.Value, m)
	case model.KindEvent:
		m := model.DecodeEvent(v)
		b.put(&m.Record)
		put(&b.events, m.ID.Value, m)
	case model.KindClaim:
		m := model.DecodeClaim(v)
		b.put(&m.Record)
		put(&b.claims, m.ID.Value, m)
	}
}

func (b *Book) put(r *model.Record) {
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
func (b *Book) IDs() []string {
	out := make([]string, 0, len(b.ids))
	for id := range b.ids {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// survivor gives the id under which a merged record goes on.
func (b *Book) survivor(id string) string {
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
func (b *Book) name(id string) string {
	switch {
	case b.actors[id] != nil:
		return cmp.Or(b.actors[id].Name.Value, id)
	case b.places[id] != nil:
		return cmp.Or(b.places[id].Name.Value, id)
	case b.measures[id] != nil:
		return cmp.Or(b.measures[id].Name.Value, id)
	case b.events[id] != nil:
		return cmp.Or(b.events[id].Label.Value, id)
	}
	return id
}

// origin puts an origin into words: its components are actors, documents, and
// labels of anonymous claimants in a document.
func (b *Book) origin(origin string) string {
	parts := strings.Split(origin, " + ")
	for i, part := range parts {
		if source, label, ok := strings.Cut(part, "/"); ok {
			parts[i] = "“" + label + "” in " + source
		} else {
			parts[i] = b.name(part)
		}
	}
	return and(parts)
}

// document names a source by its publisher and the beginning of its title, with
// the id by which its file is found.
func (b *Book) document(id string) string {
	s := b.sources[id]
	if s == nil {
		return id
	}
	var about []string
	if s.Publisher.IsSet() {
		about = append(about, b.name(s.Publisher.Value))
	}
	if s.Title.IsSet() {
		about = append(about, "“"+shortened(s.Title.Value, 40)+"”")
	}
	if len(about) == 0 {
		return id
	}
	return strings.Join(about, ", ") + " [" + id + "]"
}

// shortened cuts a text behind a word.
func shortened(s string, limit int) string {
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	cut := string(r[:limit])
	if i := strings.LastIndexByte(cut, ' '); i > limit/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-") + "…"
}

func (b *Book) valueType(measure string) string {
	if m := b.measures[measure]; m != nil {
		return m.ValueType.Value
	}
	return ""
}

func (b *Book) population(measure, code string) string {
	if m := b.measures[measure]; m != nil {
		for i := range m.Populations {
			if m.Populations[i].Code.Value == code {
				return cmp.Or(m.Populations[i].Name.Value, code)
			}
		}
	}
	return code
}

// value names a value of a question that is no number: a truth value, the name
// of a category or place, a date.
func (b *Book) value(measure, value string) string {
	m := b.measures[measure]
	if m == nil || value == model.NoValue {
		return words(value)
	}
	switch m.ValueType.Value {
	case model.TypeBoolean:
		return map[string]string{"true": "yes", "false": "no"}[value]
	case model.TypeCategory:
		for i := range m.Categories {
			if m.Categories[i].Code.Value == value {
				return cmp.Or(m.Categories[i].Name.Value, value)
			}
		}
	case model.TypePlace:
		return b.name(value)
	case model.TypeDate:
		return dateText(value)
	case model.TypeQuantity:
		return quantityText(value)
	case model.TypeText:
		return "“" + value + "”"
	}
	return value
}

// and joins names: "a, b and c".
func and(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// few joins names like and, but of many only the first.
func few(names []string) string {
	const most = 4
	if len(names) > most {
		return strings.Join(names[:most-1], ", ") + " and " + count(len(names)-most+1, "other")
	}
	return and(names)
}

// words makes a token readable.
func words(token string) string { return strings.ReplaceAll(token, "_", " ") }
