package disagreement

import (
	"stemma/internal/edtf"
)

// firstPublished is when a claim was first in print, as far as that is known.
func (w *world) firstPublished(c *claim) dated {
	if first, ok := w.reusedDate(c.via); ok {
		return first
	}
	first, _ := w.published(c.source)
	return first
}

// published is when what a source says was first in print. A copy does not make
// a statement younger: the dates of what it reuses count, and where one of these
// has none, nothing is known. Only for documents that nobody has seen does the
// date of the copy stand in; ok is false for such a document.
func (w *world) published(id string) (first dated, ok bool) {
	if known, found := w.dates[id]; found {
		return known.dated, known.ok
	}
	s := w.sources[id]
	if s == nil {
		return dated{}, false
	}
	w.dates[id] = printed{} // in a circle, which validate refuses
	if first, ok = w.reusedDate(s.lineage); !ok {
		first, ok = s.published, s.published.isSet || s.isSeen
	}
	w.dates[id] = printed{first, ok}
	return first, ok
}

// printed is a date that was looked up.
type printed struct {
	dated
	ok bool
}

// reusedDate spans the dates of everything that was reused, since it is not
// known what was taken from which; ok is false if that says nothing.
func (w *world) reusedDate(edges []edge) (span dated, ok bool) {
	for _, e := range edges {
		if !e.reuse {
			continue
		}
		switch d, known := w.published(e.source); {
		case !known:
		case !ok:
			span, ok = d, true
		case !d.isSet || !span.isSet:
			span = dated{}
		default:
			span = span.hull(d)
		}
	}
	return span, ok
}

// hull is the interval from the first day of either date to the last.
func (a dated) hull(b dated) dated {
	if a.hasEndsOf(b) {
		return a
	}
	from, to := a, a
	if a.hasEarliest && (!b.hasEarliest || b.earliest < a.earliest) {
		from = b
	}
	if a.hasLatest && (!b.hasLatest || b.latest > a.latest) {
		to = b
	}
	out := dated{
		isSet: true, earliest: from.earliest, hasEarliest: from.hasEarliest, latest: to.latest, hasLatest: to.hasLatest,
	}
	text := [2]string{"..", ".."}
	if day, ok := from.date.Earliest(); ok {
		text[0] = day.String()
	}
	if day, ok := to.date.Latest(); ok {
		text[1] = day.String()
	}
	// Two open ends are no date; then there is nothing to show either.
	out.date, _ = edtf.Parse(text[0] + "/" + text[1])
	return out
}
