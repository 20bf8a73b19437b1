package disagreement

import (
	"slices"
	"strings"

	"stemma/internal/model"
)

func compare(a, b string) int { return strings.Compare(a, b) }

// distinct sorts a list and drops repetitions. It is never nil: an empty list
// of a table is a list, not null.
func distinct(list []string) []string {
	if list == nil {
		return []string{}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// roots follows a source through everything that it was copied from to the
// documents at the end, sorted.
func (w *world) roots(source string, p pass) []string {
	if known, ok := w.known[p][source]; ok {
		return known
	}
	roots := w.findRoots(source, p)
	w.known[p][source] = roots
	return roots
}

func (w *world) findRoots(source string, p pass) []string {
	var out []string
	seen := map[string]bool{}
	var visit func(id string)
	visit = func(id string) {
		if seen[id] {
			return
		}
		seen[id] = true
		isRoot := true
		if s := w.sources[id]; s != nil {
			for _, e := range s.lineage {
				if e.counts(p) && e.reuse {
					isRoot = false
					visit(e.source)
				}
			}
		}
		if isRoot {
			out = append(out, id)
		}
	}
	visit(source)
	if len(out) == 0 { // a circle, which validate refuses
		return []string{source}
	}
	return distinct(out)
}

func (e edge) counts(p pass) bool     { return p == all || e.stated }
func (e evidence) counts(p pass) bool { return p == all || e.stated }

// channels are the documents that a claim leads back to: through via where it
// says that something was copied, else through the source that carries it.
func (w *world) channels(c *claim, p pass) []string {
	var out []string
	for _, e := range c.via {
		if e.counts(p) && e.reuse {
			out = append(out, w.roots(e.source, p)...)
		}
	}
	if out == nil {
		return w.roots(c.source, p)
	}
	return distinct(out)
}

// collapse gives those for whom an actor acts at a time, the actor itself if
// there is nobody; sorted.
func (w *world) collapse(id string, when dated) []string {
	var out []string
	seen := map[string]bool{}
	var visit func(id string)
	visit = func(id string) {
		if seen[id] {
			return
		}
		seen[id] = true
		isLast := true
		if a := w.actors[id]; a != nil {
			for _, t := range a.actsFor {
				if !when.isBefore(t.from) && !t.to.isBefore(when) {
					isLast = false
					visit(t.actor)
				}
			}
		}
		if isLast {
			out = append(out, id)
		}
	}
	visit(id)
	if len(out) == 0 {
		return []string{id}
	}
	return distinct(out)
}

// publisher gives those who stand behind a document: its publisher, else the
// document itself.
func (w *world) publisher(source string) []string {
	if s := w.sources[source]; s != nil && s.publisher != "" {
		return w.collapse(s.publisher, s.published)
	}
	return []string{source}
}

// origins finds the channels and the origin of every claim, in both passes.
func (w *world) origins(claims []*claim) {
	byID := map[string]*claim{}
	for _, c := range claims {
		if c.derivation == "" {
			byID[c.key] = c
		}
	}
	for _, p := range [...]pass{all, stated} {
		for _, c := range claims {
			c.behind[p].channels = w.channels(c, p)
		}
		for _, c := range claims {
			s := &c.behind[p]
			s.origin = strings.Join(w.components(c, p, byID), " + ")
		}
	}
}

// components gives the parts of a claim's origin, sorted: the first of four
// rules that applies (MODEL §3). Claims that others rely on are computed once.
func (w *world) components(c *claim, p pass, byID map[string]*claim) []string {
	s := &c.behind[p]
	if s.isFound {
		return s.components
	}
	s.isFound = true // a circle, which validate refuses, adds nothing
	var out []string
	for _, e := range c.basedOn {
		switch on := byID[e.claim]; {
		case !e.counts(p):
		case e.source != "":
			for _, root := range w.roots(e.source, p) {
				out = append(out, w.publisher(root)...)
			}
		case on != nil:
			out = append(out, w.components(on, p, byID)...)
		}
	}
	if out == nil {
		out = w.ownComponents(c, p)
	}
	s.components = distinct(out)
	return s.components
}

// ownComponents is the origin of a claim that relies on nothing but itself.
func (w *world) ownComponents(c *claim, p pass) []string {
	if c.claimant != "" {
		return w.collapse(c.claimant, c.said)
	}
	var out []string
	for _, channel := range c.behind[p].channels {
		if c.attribution == model.Anonymous {
			out = append(out, channel+"/"+c.label)
		} else {
			out = append(out, w.publisher(channel)...)
		}
	}
	return out
}
