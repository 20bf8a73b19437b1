package page

import (
	"cmp"
	"slices"
	"strings"

	"stemma/internal/model"
	"stemma/internal/wording"
)

// tree is the stemma of a question: the documents through which its answers came,
// from the roots on the left to the copies on the right. Lengths are in CSS
// pixels.
type tree struct {
	Nodes         []*node
	Edges         []*edge
	Width, Height int
	all           []*node
	Branches      []*branch // instead of the drawing
	Loose         []link    // documents that nothing leads to or from
	Summary       string
	Open          bool // there is more than one version to trace
}

type node struct {
	id               string
	Anchor           string
	X, Y             int
	width, Height    int
	Name, About      []string // in lines
	Title            string   // the name in full, where it is cut
	carries          string   // how many claims
	Class            string
	layer            int
	parents          []*edge
	weight, children int // sum of the places of its parents, for their order
}

type edge struct {
	from, to                  *node
	X1, Y1, X2, Y2, Turn, Mid int
	LabelX, LabelY            int
	relations                 []string
	basis                     string
	Class                     string // the basis, and whether the link is no copying
	Label                     string
	Text                      string // the whole sentence, behind the document
}

// The sizes of the drawing.
const (
	nodeWidth  = 206 // three of them fit beside the filter on a screen of 1280,
	slimWidth  = 152 // and four of these
	nodeHeight = 42
	lineHeight = 15
	layerGap   = 138
	slimGap    = 104
	curveRoom  = 27 // of it; the rest is straight, for the label
	rowGap     = 14
	linkGap    = 15 // between the links that lead to one document, for their labels
	treeMargin = 4
	arrow      = 7  // the length of what points at the copy
	mostNodes  = 80 // of a tree that can still be read
	nameRoom   = 23 // letters of a line
	aboutRoom  = 30
	slimName   = 17
	slimAbout  = 22
)

// reliesOn is the relation of a document to what its answer rests on, where it is
// not known to have copied it.
const reliesOn = "relies_on"

// newTree draws the documents of a question with those from which they come.
// It is nil where no link between documents is known.
func newTree(q *question) *tree {
	t := &treeMaker{book: q.book, nodes: map[string]*node{}, claims: map[string]int{}}
	for i := range q.Answers {
		c := &q.Answers[i]
		t.add(c.Source)
		t.claims[c.Source]++
		r := q.book.Report(c)
		for j := range r.Via {
			t.link(c.Source, &r.Via[j])
		}
		t.relies(c.Source, r.BasedOn, map[string]bool{})
	}
	for len(t.queue) > 0 {
		id := t.queue[0]
		t.queue = t.queue[1:]
		if s := q.book.Sources[id]; s != nil {
			for j := range s.Lineage {
				t.link(id, &s.Lineage[j])
			}
		}
	}
	if len(t.edges) == 0 {
		return nil
	}
	return t.finish()
}

// treeMaker collects the documents of a tree.
type treeMaker struct {
	book   *book
	nodes  map[string]*node
	order  []*node
	queue  []string
	edges  []*edge
	claims map[string]int
}

func (t *treeMaker) add(id string) *node {
	if n := t.nodes[id]; n != nil {
		return n
	}
	n := &node{id: id}
	t.nodes[id] = n
	t.order = append(t.order, n)
	t.queue = append(t.queue, id)
	return n
}

// link draws where a document has something from: one line for all that rests on
// one basis.
func (t *treeMaker) link(child string, d *model.Derivation) {
	t.connect(child, d.Source.Value, d.Relation.Value, d.Basis.Value, d.Basis.Value)
}

// relies draws on what an answer rests, and on what the claims rest on which it
// does.
func (t *treeMaker) relies(child string, basedOn []model.Evidence, seen map[string]bool) {
	for i := range basedOn {
		e := &basedOn[i]
		if !e.Claim.IsSet() {
			t.connect(child, e.Source.Value, reliesOn, e.Basis.Value, "relies "+e.Basis.Value)
			continue
		}
		id := t.book.Survivor(e.Claim.Value)
		c := t.book.Claims[id]
		if c == nil || seen[id] {
			continue
		}
		seen[id] = true
		source := t.book.Survivor(c.Source.Value)
		t.connect(child, source, reliesOn, e.Basis.Value, "relies "+e.Basis.Value)
		t.relies(source, c.BasedOn, seen)
	}
}

func (t *treeMaker) connect(child, parent, relation, basis, class string) {
	parent = t.book.Survivor(parent)
	if parent == child || parent == "" {
		return
	}
	from, to := t.add(parent), t.add(child)
	for _, e := range t.edges {
		if e.from == from && e.to == to && e.Class == class {
			if !slices.Contains(e.relations, relation) {
				e.relations = append(e.relations, relation)
			}
			return
		}
	}
	e := &edge{from: from, to: to, Class: class, basis: basis, relations: []string{relation}}
	t.edges = append(t.edges, e)
	to.parents = append(to.parents, e)
	from.children++
}

// say puts a link into words.
func (t *treeMaker) say(e *edge) {
	slices.Sort(e.relations)
	var short, long []string
	for _, r := range e.relations {
		short, long = append(short, relationText(r)), append(long, wording.Words(r))
	}
	e.Label = strings.Join(short, ", ")
	if e.isReliance() {
		e.Label += ", " + fitting(basisText(e.basis), 12)
	}
	e.Text = wording.And(long) + " " + t.book.issue(e.from.id) + " (" + basisText(e.basis) + ")"
}

func (e *edge) isReliance() bool { return e.relations[0] == reliesOn }

// relationText is the relation as seen from the document that copies.
func relationText(relation string) string {
	switch relation {
	case model.WasQuotedFrom:
		return "quoted"
	case model.WasDerivedFrom:
		return "derived"
	case model.WasRevisionOf:
		return "revised"
	case model.HadPrimarySource:
		return "primary"
	}
	return wording.Words(relation)
}

func (t *treeMaker) finish() *tree {
	out := &tree{Edges: t.edges}
	for _, e := range t.edges {
		t.say(e)
	}
	out.Summary = wording.Count(len(t.order), "document") + ", " + wording.Count(len(t.edges), "link")
	slices.SortFunc(out.Edges, func(x, y *edge) int {
		return cmp.Or(strings.Compare(x.to.id, y.to.id), strings.Compare(x.from.id, y.from.id), strings.Compare(x.Label, y.Label), strings.Compare(x.Class, y.Class))
	})
	t.order = slices.DeleteFunc(t.order, func(n *node) bool {
		isLoose := len(n.parents) == 0 && n.children == 0
		if isLoose {
			out.Loose = append(out.Loose, t.book.documentLink(n.id))
		}
		return isLoose
	})
	slices.SortFunc(out.Loose, func(x, y link) int {
		return cmp.Or(strings.Compare(x.Text, y.Text), strings.Compare(x.Anchor, y.Anchor))
	})
	out.Nodes, out.all = t.order, t.order
	for _, n := range t.order {
		if c := t.claims[n.id]; c > 0 {
			n.carries = wording.Count(c, "claim")
		}
	}
	if len(t.order) > mostNodes {
		out.list(t.book) // it says it better
		return out
	}
	layers := t.layers()
	width, gap, room := nodeWidth, layerGap, [2]int{nameRoom, aboutRoom}
	if len(layers) > 3 {
		width, gap, room = slimWidth, slimGap, [2]int{slimName, slimAbout}
	}
	out.Width = len(layers)*(width+gap) - gap + 2*treeMargin
	for i, l := range layers {
		y := treeMargin
		for _, n := range l {
			n.X, n.Y, n.width = treeMargin+i*(width+gap), y, width
			t.describe(n, room)
			n.Height = max(nodeHeight+(len(n.Name)+len(n.About)-2)*lineHeight, nodeHeight, (len(n.parents)+1)*linkGap)
			y += n.Height + rowGap
		}
		out.Height = max(out.Height, y-rowGap+treeMargin)
	}
	for _, n := range out.Nodes {
		n.placeLinks(gap)
	}
	return out
}

// layers puts every document behind all from which it comes, and near them.
func (t *treeMaker) layers() [][]*node {
	// In a circle, which validate lets nobody make, the rounds end the search.
	for range t.order {
		for _, e := range t.edges {
			e.to.layer = max(e.to.layer, e.from.layer+1)
		}
	}
	for _, n := range t.order {
		n.layer = min(n.layer, len(t.order)-1)
	}
	layers := make([][]*node, len(t.order))
	for _, n := range t.order {
		layers[n.layer] = append(layers[n.layer], n)
	}
	layers = slices.DeleteFunc(layers, func(l []*node) bool { return len(l) == 0 })
	rows := map[*node]int{}
	for _, l := range layers {
		for _, n := range l {
			n.weight = 0
			for _, e := range n.parents {
				n.weight += 1000 * rows[e.from] / len(n.parents)
			}
		}
		slices.SortFunc(l, func(x, y *node) int {
			return cmp.Or(cmp.Compare(x.weight, y.weight), -cmp.Compare(min(x.children, 1), min(y.children, 1)), strings.Compare(x.id, y.id))
		})
		for i, n := range l {
			rows[n] = i
		}
	}
	return layers
}

// describe says which document it is.
func (t *treeMaker) describe(n *node, room [2]int) {
	name := n.id
	var about []string
	if s := t.book.Sources[n.id]; s != nil {
		n.Anchor = t.book.anchor(n.id)
		name = cmp.Or(t.book.publisher(s), s.Title.Value, n.id)
		if s.Published != nil {
			about = append(about, wording.EDTF(s.Published.EDTF.Value))
		}
		if s.Access.Value == model.AccessCitedNotSeen {
			about = append(about, "not seen")
			n.Class = "unseen"
		}
	}
	n.Name = inLines(strings.Fields(name), " ", room[0])
	if strings.Join(n.Name, " ") != name {
		n.Title = name
	}
	if n.carries != "" {
		about = append(about, n.carries)
	}
	if !slices.ContainsFunc(n.parents, func(e *edge) bool { return !slices.Equal(e.relations, []string{model.HadPrimarySource}) }) {
		n.Class = strings.TrimSpace("root " + n.Class)
	}
	n.About = inLines(about, " · ", room[1])
}

// inLines breaks a text between its parts into two lines at most, and cuts what
// does not fit.
func inLines(parts []string, between string, room int) []string {
	for n := len(parts); n > 0; n-- {
		first := strings.Join(parts[:n], between)
		if n > 1 && fitting(first, room) != first {
			continue
		}
		lines := []string{fitting(first, room)}
		if n < len(parts) {
			lines = append(lines, fitting(strings.Join(parts[n:], between), room))
		}
		return lines
	}
	return nil
}

// fitting cuts a text to a width in letters; those of East Asia are two wide.
func fitting(s string, limit int) string {
	width := 0
	for i, r := range s {
		if width++; r >= 0x1100 {
			width++
		}
		if width > limit {
			return strings.TrimRight(s[:i], " ,.·") + "…"
		}
	}
	return s
}

// placeLinks draws the curves from the right of the parents to the left of a
// document, each to a place of its own.
func (n *node) placeLinks(gap int) {
	slices.SortFunc(n.parents, func(x, y *edge) int {
		return cmp.Or(cmp.Compare(x.from.Y, y.from.Y), strings.Compare(x.from.id, y.from.id), strings.Compare(x.Label, y.Label), strings.Compare(x.Class, y.Class))
	})
	first := n.Y + n.Height/2 - (len(n.parents)-1)*linkGap/2
	for i, e := range n.parents {
		e.X1, e.Y1 = e.from.X+e.from.width, e.from.Y+e.from.Height/2
		e.X2, e.Y2 = n.X-arrow, first+i*linkGap
		e.Turn = e.X2 - gap + curveRoom + arrow
		e.Mid = (e.X1 + e.Turn) / 2
		e.LabelX, e.LabelY = e.X2-4, e.Y2-4
	}
}

// Links lead to the document.
func (n *node) Links() []*edge { return n.parents }

// IsStraight tells whether a link needs no curve.
func (e *edge) IsStraight() bool { return e.Y1 == e.Y2 }

// Slim is the width of a document that is not the usual one.
func (n *node) Slim() int {
	if n.width == nodeWidth {
		return 0
	}
	return n.width
}

// Grown is the height of a document that needs more than the usual one.
func (n *node) Grown() int {
	if n.Height == nodeHeight {
		return 0
	}
	return n.Height
}
