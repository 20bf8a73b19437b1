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
	return ends(source, func(id string) (next []string) {
		if s := w.sources[id]; s != nil {
			for _, e := range s.lineage {
				if e.counts(p) && e.reuse {
					next = append(next, e.source)
				}
			}
		}
		return next
	})
}

// ends follows links from a record to those that lead no further, sorted; from
// a circle, which validate refuses, nothing but the start comes out.
func ends(start string, next func(id string) []string) []string {
	var out []string
	seen := map[string]bool{start: true}
	for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
		further := next(queue[0])
		if further == nil {
			out = append(out, queue[0])
		}
		for _, id := range further {
			if !seen[id] {
				seen[id] = true
				queue = append(queue, id)
			}
		}
	}
	if out == nil {
		return []string{start}
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
	return ends(id, func(id string) (next []string) {
		if a := w.actors[id]; a != nil {
			for _, t := range a.actsFor {
				if !when.isBefore(t.from) && !t.to.isBefore(when) {
					next = append(next, t.actor)
				}
			}
		}
		return next
	})
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

// takeRepeats finds the claims of which nobody knows who of several stands
// behind them, because they came through several documents or rest on several,
// and that say what a claim of fewer of these says. They repeat that one, and
// are no origin of their own: a digest of two articles does not confirm either.
func (qs *questions) takeRepeats() {
	for _, q := range qs.list {
		for _, p := range [...]pass{all, stated} {
			repeats := map[*claim]standing{}
			for _, c := range q.claims {
				if len(c.behind[p].components) > 1 && c.isInformative() {
					if o := q.repeated(c, p); o != nil {
						repeats[c] = c.behind[p].as(o.behind[p])
					}
				}
			}
			for c, s := range repeats {
				c.behind[p] = s
			}
		}
	}
}

// repeated gives the claim that another one repeats: of those with the fewest
// parts the first by key; nil if there is none.
func (q *question) repeated(c *claim, p pass) *claim {
	var found *claim
	parts := c.behind[p].components
	for _, o := range q.claims {
		own := o.behind[p].components
		if len(own) >= len(parts) || !o.isInformative() || o.stance != c.stance || o.text != c.text || !isSubset(own, parts) {
			continue
		}
		if found == nil || len(own) < len(found.behind[p].components) ||
			len(own) == len(found.behind[p].components) && (o.key < found.key || o.key == found.key && o.derivation < found.derivation) {
			found = o
		}
	}
	return found
}

// as takes over the origin of another standing, and its channels if they are
// among those that are known.
func (s standing) as(o standing) standing {
	s.origin, s.components = o.origin, o.components
	if isSubset(o.channels, s.channels) {
		s.channels = o.channels
	}
	return s
}

func isSubset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(s string) bool { return !slices.Contains(b, s) })
}
