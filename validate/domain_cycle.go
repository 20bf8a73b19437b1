package validate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/model"
)

// link leads from one record to another: the id that stands at a place.
type link struct {
	to  string
	rec dataset.Record
	at  model.Span
}

// graph holds the links of one property, by the id of the record they stand in.
type graph map[string][]link

// links holds the graphs of events and claims, and of merged records of all
// kinds: only records that have such a link cost memory.
type links struct {
	mu                                            sync.Mutex
	mergedInto, basedOn, revises, partOf, follows graph
	later                                         []laterReference // between events and claims
}

func (l *links) keep(from origin, ref model.Ref) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.later = append(l.later, laterReference{from, ref})
}

func (l *links) add(g *graph, from record, to model.Text) {
	if !to.IsSet() {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if *g == nil {
		*g = graph{}
	}
	(*g)[from.id] = append((*g)[from.id], link{to.Value, *from.Record, to.Span})
}

func (l *links) merged(r record, m *model.Record) { l.add(&l.mergedInto, r, m.MergedInto) }

func (l *links) event(r record, m *model.Event) {
	for _, relation := range m.Relations {
		switch relation.Type.Value {
		case model.PartOf:
			l.add(&l.partOf, r, relation.Event)
		case model.Follows:
			l.add(&l.follows, r, relation.Event)
		}
	}
}

func (l *links) claim(r record, m *model.Claim) {
	for i := range m.BasedOn {
		l.add(&l.basedOn, r, m.BasedOn[i].Claim)
	}
	l.add(&l.revises, r, m.Revises)
}

// cycles looks for circles in everything that must have a beginning or an end.
func (s *stemmaRules) cycles() diag.List {
	lineage, actsFor, within, broader := graph{}, graph{}, graph{}, graph{}
	put := func(g graph, e *entry, to model.Text) {
		if to.IsSet() {
			g[e.id] = append(g[e.id], link{to.Value, e.Record, to.Span})
		}
	}
	for _, k := range s.sources.sorted() {
		for i := range k.model.Lineage {
			put(lineage, &k.entry, k.model.Lineage[i].Source)
		}
	}
	for _, k := range s.actors.sorted() {
		for i := range k.model.ActsFor {
			put(actsFor, &k.entry, k.model.ActsFor[i].Actor)
		}
	}
	for _, k := range s.places.sorted() {
		put(within, &k.entry, k.model.Within)
	}
	for _, k := range s.measures.sorted() {
		put(broader, &k.entry, k.model.Broader)
	}
	merged := s.links.mergedInto.circles("merged_into", "one record must stay: take merged_into out of it")
	if merged == nil {
		// A reference to a duplicate means the record that it was merged into.
		for _, g := range []*graph{&lineage, &actsFor, &within, &broader, &s.links.basedOn, &s.links.revises, &s.links.partOf, &s.links.follows} {
			g.through(s.links.mergedInto)
		}
	}
	return slices.Concat(
		merged,
		lineage.circles("lineage", "no document is taken from itself: take the wrong entry out"),
		actsFor.circles("acts_for", "no actor speaks for itself: take the wrong entry out"),
		within.circles("within", "no place lies in itself: correct the one that is wrong"),
		broader.circles("broader", "no measure is more general than itself: correct the one that is wrong"),
		s.links.basedOn.circles("based_on", "no claim rests on itself: take the wrong entry out"),
		s.links.revises.circles("revises", "only the later claim revises the earlier one: take revises out of the other"),
		s.links.partOf.circles("part_of", "no event is a part of itself: take the wrong relation out"),
		s.links.follows.circles("follows", "no event comes after itself: take the wrong relation out"),
	)
}

// through makes links to duplicates lead on to the records that stay.
func (g *graph) through(mergedInto graph) {
	for id, links := range mergedInto {
		if *g == nil {
			return
		}
		(*g)[id] = append((*g)[id], links...)
	}
}

// circles reports circles of links, one for each knot: mending it shows the
// next, if there is one. The work is linear in the number of links.
func (g graph) circles(property, help string) diag.List {
	var list diag.List
	search := circleSearch{graph: g, state: map[string]uint8{}}
	for _, id := range slices.Sorted(maps.Keys(g)) {
		for _, circle := range search.from(id) {
			list = append(list, describeCircle(circle, property, help))
		}
	}
	return list
}

// describeCircle points at the link in the record with the smallest id, so that
// the finding does not depend on where the search began.
func describeCircle(circle []link, property, help string) diag.Diagnostic {
	// The last link leads to the record in which the first stands.
	smallest := 0
	for i := range circle {
		if circle[i].to < circle[smallest].to {
			smallest = i
		}
	}
	start := (smallest + 1) % len(circle)
	circle = slices.Concat(circle[start:], circle[:start])
	const most = 8 // of a longer circle the beginning is enough
	owner := circle[len(circle)-1].to
	steps := []string{owner}
	var related []diag.Related
	for i, l := range circle {
		if i == most {
			steps = append(steps, "…", owner)
			break
		}
		steps = append(steps, l.to)
		if i > 0 {
			related = append(related, there(l.rec, l.at, fmt.Sprintf("and on to %q", l.to)))
		}
	}
	message := fmt.Sprintf("%s leads from %q back to itself", property, owner)
	if len(circle) > 1 {
		message = fmt.Sprintf("%s goes in a circle: %s", property, strings.Join(steps, " → "))
	}
	return find(circle[0].rec, diag.RefCycle, circle[0].at, message, help, related...)
}

// circleSearch walks a graph depth first, without recursion: a chain may be as
// long as there are records.
type circleSearch struct {
	graph graph
	state map[string]uint8 // 0 unseen, onPath, done; knotted: in a circle that was found
	path  []step
}

type step struct {
	id   string
	next int // index of the link to follow next
}

const (
	onPath uint8 = 1 << iota
	done
	knotted
)

// from walks everything that can be reached from a record and was not seen
// before, and gives the circles met.
func (s *circleSearch) from(id string) (circles [][]link) {
	if s.state[id] != 0 {
		return nil
	}
	s.enter(id)
	for len(s.path) > 0 {
		top := &s.path[len(s.path)-1]
		out := s.graph[top.id]
		if top.next == len(out) {
			s.state[top.id] = s.state[top.id]&^onPath | done
			s.path = s.path[:len(s.path)-1]
			continue
		}
		l := out[top.next]
		top.next++
		switch {
		case s.state[l.to] == 0:
			s.enter(l.to)
		case s.state[l.to]&onPath != 0:
			if circle := s.close(l.to); circle != nil {
				circles = append(circles, circle)
			}
		}
	}
	return circles
}

func (s *circleSearch) enter(id string) {
	s.state[id] = onPath
	// Records of one id, which is an error of its own, come here in any order.
	slices.SortStableFunc(s.graph[id], func(a, b link) int {
		return cmp.Or(cmp.Compare(a.rec.File.Path, b.rec.File.Path), cmp.Compare(a.rec.Index, b.rec.Index), cmp.Compare(a.at.Start, b.at.Start))
	})
	s.path = append(s.path, step{id: id})
}

// close gives the circle that leads back to a record on the path; nil if it has
// a part in common with one that was given before. Whatever it looks at is in a
// circle, and is marked, so that no step of the path is looked at twice.
func (s *circleSearch) close(id string) []link {
	for i := len(s.path) - 1; s.state[s.path[i].id]&knotted == 0; i-- {
		s.state[s.path[i].id] |= knotted
		if s.path[i].id != id {
			continue
		}
		var circle []link
		for _, p := range s.path[i:] {
			circle = append(circle, s.graph[p.id][p.next-1])
		}
		return circle
	}
	return nil
}

// reachMemo remembers which source was taken from which.
type reachMemo struct{ known sync.Map }

type sourcePair struct{ from, to string }

// takenFrom tells whether the lineage of one source leads to another one.
// Lineages are short, and claims on the same sources ask the same again.
func (s *stemmaRules) takenFrom(from, to string) bool {
	start := s.sources.byID[from]
	if start == nil || len(start.model.Lineage) == 0 {
		return false
	}
	pair := sourcePair{from, to}
	if known, ok := s.lineage.known.Load(pair); ok {
		return known.(bool)
	}
	seen := map[string]bool{from: true}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		k := s.sources.byID[queue[0]]
		if k == nil {
			continue
		}
		for i := range k.model.Lineage {
			if id := k.model.Lineage[i].Source.Value; !seen[id] {
				seen[id] = true
				queue = append(queue, id)
			}
		}
	}
	reached := seen[to] && from != to
	s.lineage.known.Store(pair, reached)
	return reached
}
