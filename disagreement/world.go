package disagreement

import (
	"math/big"
	"slices"

	"stemma/internal/edtf"
	"stemma/internal/model"
)

// world is a dataset as the computation needs it: every id replaced by that of
// the record that a duplicate was merged into, dates read, retired records gone.
type world struct {
	policy   *policy
	merged   map[string]string
	sources  map[string]*source
	actors   map[string]*actor
	within   map[string]string // place to the place that it lies in
	measures map[string]*measure
	children map[string][]string    // place to the places directly within it
	inside   map[string][]string    // place sets that were looked up
	known    [2]map[string][]string // roots that were looked up, by pass
	dates    map[string]dated       // when sources were first in print, as looked up
}

type source struct {
	id        string
	publisher string
	published dated
	lineage   []edge
}

// edge is a link to a source: a part of lineage or via.
type edge struct {
	source string
	reuse  bool
	stated bool
}

type actor struct {
	actsFor []term
}

// term says that an actor acts for another one for a time.
type term struct {
	actor    string
	from, to dated
}

type measure struct {
	id, valueType, unit, period string
	kind                        kind
	nonnegative, rounded        bool
	retired                     bool
	entails                     []string
}

// dated is a date with its ends; isSet tells whether there is one at all.
type dated struct {
	isSet            bool
	date             edtf.Date
	reading          edtf.Reading
	earliest, latest int32 // days since 1970
	hasEarliest      bool
	hasLatest        bool
}

func newDated(d *model.Date) dated {
	parsed, err := d.Parse()
	if d == nil || err != nil {
		return dated{}
	}
	out := dated{isSet: true, date: parsed, reading: d.Reading()}
	if day, ok := parsed.Earliest(); ok {
		out.earliest, out.hasEarliest = day.DaysSinceEpoch(), true
	}
	if day, ok := parsed.Latest(); ok {
		out.latest, out.hasLatest = day.DaysSinceEpoch(), true
	}
	return out
}

// hasEndsOf tells whether two dates begin and end on the same days.
func (a dated) hasEndsOf(b dated) bool {
	return a.hasEarliest == b.hasEarliest && a.hasLatest == b.hasLatest && a.earliest == b.earliest && a.latest == b.latest
}

// isBefore tells whether a is known to be over before b begins.
func (a dated) isBefore(b dated) bool {
	return a.hasLatest && b.hasEarliest && a.latest < b.earliest
}

func newWorld(in Input, p *policy) *world {
	w := &world{
		policy: p, merged: map[string]string{}, sources: map[string]*source{}, actors: map[string]*actor{},
		within: map[string]string{}, children: map[string][]string{}, inside: map[string][]string{}, measures: map[string]*measure{},
		known: [2]map[string][]string{{}, {}}, dates: map[string]dated{},
	}
	w.merge(in)
	for _, s := range in.Sources {
		w.sources[s.ID.Value] = &source{id: s.ID.Value, publisher: w.id(s.Publisher), published: newDated(s.Published), lineage: w.edges(s.Lineage)}
	}
	for _, a := range in.Actors {
		out := &actor{}
		for _, t := range a.ActsFor {
			out.actsFor = append(out.actsFor, term{w.id(t.Actor), newDated(t.From), newDated(t.To)})
		}
		w.actors[a.ID.Value] = out
	}
	for _, p := range in.Places {
		if in := w.id(p.Within); in != "" && !p.MergedInto.IsSet() {
			w.within[p.ID.Value] = in
			w.children[in] = append(w.children[in], p.ID.Value)
		}
	}
	w.addMeasures(in.Measures)
	return w
}

func (w *world) addMeasures(measures []*model.Measure) {
	for _, m := range measures {
		out := &measure{
			id: m.ID.Value, valueType: m.ValueType.Value, unit: m.Unit.Value, period: m.Period.Value,
			nonnegative: m.Nonnegative(), rounded: m.Rounding.Value == "rounded", retired: m.Retired(),
		}
		switch out.valueType {
		case model.TypeQuantity:
			out.kind = ofNumbers
		case model.TypeDate:
			out.kind = ofDates
		}
		for _, e := range m.Entails {
			out.entails = append(out.entails, w.id(e.Measure))
		}
		slices.Sort(out.entails)
		out.entails = slices.Compact(out.entails)
		w.measures[out.id] = out
	}
}

// merge follows merged_into of every kind to its end; a circle is left alone.
func (w *world) merge(in Input) {
	next := map[string]string{}
	add := func(r *model.Record) {
		if r.MergedInto.IsSet() {
			next[r.ID.Value] = r.MergedInto.Value
		}
	}
	for _, r := range in.Sources {
		add(&r.Record)
	}
	for _, r := range in.Actors {
		add(&r.Record)
	}
	for _, r := range in.Places {
		add(&r.Record)
	}
	for _, r := range in.Measures {
		add(&r.Record)
	}
	for _, r := range in.Events {
		add(&r.Record)
	}
	for _, r := range in.Claims {
		add(&r.Record)
	}
	for id := range next {
		target := id
		for steps := 0; next[target] != "" && steps <= len(next); steps++ {
			target = next[target]
		}
		if next[target] == "" {
			w.merged[id] = target
		}
	}
}

// id gives the id that a reference means; empty for no reference.
func (w *world) id(ref model.Text) string { return w.named(ref.Value) }

// named gives the id of the record that now stands for an id.
func (w *world) named(id string) string {
	if target, ok := w.merged[id]; ok {
		return target
	}
	return id
}

func (w *world) edges(list []model.Derivation) []edge {
	var out []edge
	for i := range list {
		d := &list[i]
		out = append(out, edge{w.id(d.Source), d.IsReuse(), d.Basis.Value == model.Stated})
	}
	return out
}

// measure finds a measure that claims may be about.
func (w *world) measure(id, valueType string) *measure {
	if m := w.measures[id]; m != nil && !m.retired && m.valueType == valueType {
		return m
	}
	return nil
}

// placeSet is a place and everything within it, sorted. It is shared by all who
// ask: a country may hold thousands of places and be named as often.
func (w *world) placeSet(place string) []string {
	if known, ok := w.inside[place]; ok {
		return known
	}
	seen := map[string]bool{place: true}
	queue := []string{place}
	for i := 0; i < len(queue); i++ {
		for _, child := range w.children[queue[i]] {
			if !seen[child] {
				seen[child] = true
				queue = append(queue, child)
			}
		}
	}
	slices.Sort(queue)
	w.inside[place] = queue
	return queue
}

// isWithin tells whether a place is another one or lies within it. No place is
// only within no place.
func (w *world) isWithin(place, other string) bool {
	seen := map[string]bool{}
	for place != other {
		if seen[place] || w.within[place] == "" {
			return false
		}
		seen[place] = true
		place = w.within[place]
	}
	return true
}

// value is what a claim answers, with its numbers read.
type value struct {
	hedge, unit       string
	number, low, high *big.Rat
	set               set    // for everything but numbers; the marker for no_value
	text              string // for the table
}
