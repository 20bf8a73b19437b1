package validate

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"stemma/internal/dataset"
	"stemma/internal/model"
)

// shelf keeps records of one kind by id. It is filled concurrently and read
// only after the wave in which it was filled.
type shelf[T any] struct {
	mu   sync.Mutex
	byID map[string]*kept[T]
}

// kept is a record that is remembered.
type kept[T any] struct {
	entry
	model T
}

// entry is what remembered records of all kinds have.
type entry struct {
	dataset.Record
	id   string
	base *model.Record
	used atomic.Bool // another record refers to it
}

// markUsed is called for every reference to the record, mostly after the first.
func (e *entry) markUsed() {
	if !e.used.Load() {
		e.used.Store(true)
	}
}

// put remembers a record. Of two with one id, which the engine reports, the
// first in the order of files stays.
func (s *shelf[T]) put(r record, base *model.Record, value T) {
	k := &kept[T]{entry: entry{Record: *r.Record, id: r.id, base: base}, model: value}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byID == nil {
		s.byID = map[string]*kept[T]{}
	}
	if other := s.byID[r.id]; other == nil || comesBefore(k.Record, other.Record) {
		s.byID[r.id] = k
	}
}

// get finds a record by the id in a reference; nil if there is none, which the
// engine reports.
func (s *shelf[T]) get(id model.Text) *kept[T] { return s.byID[id.Value] }

// sorted lists the records by id.
func (s *shelf[T]) sorted() []*kept[T] {
	out := make([]*kept[T], 0, len(s.byID))
	for _, id := range slices.Sorted(maps.Keys(s.byID)) {
		out = append(out, s.byID[id])
	}
	return out
}

// entry is get without the kind's own part.
func (s *shelf[T]) entry(id string) *entry {
	if k := s.byID[id]; k != nil {
		return &k.entry
	}
	return nil
}

func (s *shelf[T]) entries() []*entry {
	var out []*entry
	for _, k := range s.sorted() {
		out = append(out, &k.entry)
	}
	return out
}

// lookup finds the remembered record that a reference leads to: of events and
// claims only those that are out of use; nil for others, and for references
// that lead nowhere.
func (s *stemmaRules) lookup(kind, id string) *entry {
	switch kind {
	case model.KindSource:
		return s.sources.entry(id)
	case model.KindActor:
		return s.actors.entry(id)
	case model.KindPlace:
		return s.places.entry(id)
	case model.KindMeasure:
		return s.measures.entry(id)
	case model.KindEvent, model.KindClaim:
		return s.retired[kind].entry(id)
	}
	return nil
}

// byKind gives the sources, actors, places and measures, kind by kind.
func (s *stemmaRules) byKind() iter.Seq2[string, []*entry] {
	return func(yield func(string, []*entry) bool) {
		_ = yield(model.KindSource, s.sources.entries()) && yield(model.KindActor, s.actors.entries()) &&
			yield(model.KindPlace, s.places.entries()) && yield(model.KindMeasure, s.measures.entries())
	}
}

func comesBefore(a, b dataset.Record) bool {
	return cmp.Or(cmp.Compare(a.File.Path, b.File.Path), cmp.Compare(a.Index, b.Index)) < 0
}
