package page

import (
	"cmp"
	"slices"
	"strings"

	"stemma/internal/wording"
)

// branch is a document in a tree that is written as a list: for trees too large
// to be drawn, and on large pages, of which drawings would be a quarter.
type branch struct {
	Link     link
	About    string
	Label    string // how it hangs on the document above
	Class    string // the basis of that
	Also     string // the other documents from which it comes
	Branches []*branch
}

// list puts a list in the place of the drawing.
func (t *tree) list(b *book) {
	l := &lister{book: b, from: map[*node][]*edge{}, done: map[*node]bool{}}
	for _, n := range t.all {
		for _, e := range n.parents {
			l.from[e.from] = append(l.from[e.from], e)
		}
	}
	slices.SortFunc(t.all, func(x, y *node) int { return strings.Compare(x.id, y.id) })
	for _, wantRoot := range []bool{true, false} { // what no root leads to lies in a circle
		for _, n := range t.all {
			if !l.done[n] && (len(n.parents) == 0) == wantRoot {
				t.Branches = append(t.Branches, l.branch(n, nil))
			}
		}
	}
	t.Nodes, t.Width, t.Height = nil, 0, 0
}

type lister struct {
	book *book
	from map[*node][]*edge
	done map[*node]bool
}

// branch hangs a document, and all that comes from it and hangs nowhere yet, on
// the document to which a link leads.
func (l *lister) branch(n *node, by *edge) *branch {
	l.done[n] = true
	out := &branch{Link: l.book.documentLink(n.id), About: n.carries}
	var also []string
	for _, e := range n.parents {
		if e == by {
			out.Label, out.Class = e.Label, e.Class
			continue
		}
		words := e.Label + " from "
		if e.isReliance() {
			words = wording.Words(reliesOn) + " "
		}
		also = append(also, words+l.book.issue(e.from.id)+" ("+basisText(e.basis)+")")
	}
	out.Also = strings.Join(also, "; ")
	below := l.from[n]
	slices.SortFunc(below, func(x, y *edge) int {
		return cmp.Or(strings.Compare(x.to.id, y.to.id), strings.Compare(x.Class, y.Class))
	})
	for _, e := range below {
		if !l.done[e.to] {
			out.Branches = append(out.Branches, l.branch(e.to, e))
		}
	}
	return out
}
