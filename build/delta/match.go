package delta

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"

	"stemma/build/columnar"
)

// pair is a row of the older and a row of the newer table, by their positions.
type pair struct{ old, new int64 }

// none stands for a row that the other table does not have.
const none = -1

// match says which rows of two states of a table belong together.
//
// With a key, rows belong together that have the same one. Without, rows that
// are equal; and of the others those that are equal in the columns that both
// tables have. Among rows that cannot be told apart, the first belongs to the
// first, and so on.
//
// Rows that belong together are unchanged if they are equal: in the columns that
// both tables have, with one type, and with a null in each other column of
// either. So a new column changes only the rows that have a value in it.
type match struct {
	before, after *side
	key           []string
	oldRows       int64
	newRows       int64

	added, removed []pair // by position
	changed, moved []pair // by position in the newer table
	unchanged      int64
	changedInBoth  int64
}

type digest [sha256.Size]byte

// looks is what has to be known of the rows of a table to match them.
type looks struct {
	keys  [][]digest // by candidate, by row
	both  []digest   // over the cells in columns that both tables have
	alone []bool     // whether a column that only this table has holds a value
}

// newMatch matches the rows of a table that is there in one release at least.
func newMatch(ctx context.Context, before, after *side, candidates [][]string) (*match, error) {
	var both []string
	for _, c := range named(before.columns) {
		if after.column(c) >= 0 {
			both = append(both, c.Name)
		}
	}
	old, err := look(ctx, before, both, candidates)
	if err != nil {
		return nil, err
	}
	now, err := look(ctx, after, both, candidates)
	if err != nil {
		return nil, err
	}
	m := &match{before: before, after: after, oldRows: int64(len(old.both)), newRows: int64(len(now.both)), key: []string{}}
	partner := newPartners(len(old.both), len(now.both))
	for i, key := range candidates {
		if unique(old.keys[i]) && unique(now.keys[i]) {
			m.key = key
			partner.join(old.keys[i], now.keys[i], nil, nil)
			break
		}
	}
	if len(m.key) == 0 && len(both) > 0 {
		partner.join(old.both, now.both, old.alone, now.alone)
		partner.join(old.both, now.both, nil, nil)
	}
	m.sort(partner, old, now)
	return m, nil
}

// look reads a table.
func look(ctx context.Context, s *side, both []string, candidates [][]string) (*looks, error) {
	l := &looks{keys: make([][]digest, len(candidates))}
	if !s.there {
		return l, nil
	}
	in, err := openStream(s.path)
	if err != nil {
		return nil, err
	}
	defer in.close()
	index := func(names []string) (columns []int) {
		for _, name := range names {
			columns = append(columns, slices.IndexFunc(s.columns, func(c columnar.Column) bool { return c.Name == name }))
		}
		return columns
	}
	keys := make([][]int, len(candidates))
	for i := range candidates {
		keys[i] = index(candidates[i])
	}
	shared := index(both)
	var alone []int
	for i := range s.columns {
		if !slices.Contains(shared, i) {
			alone = append(alone, i)
		}
	}
	var cells []byte
	for in.advance(ctx) {
		for i, columns := range keys {
			cells = in.appendCells(cells[:0], columns)
			l.keys[i] = append(l.keys[i], sha256.Sum256(cells))
		}
		cells = in.appendCells(cells[:0], shared)
		l.both = append(l.both, sha256.Sum256(cells))
		l.alone = append(l.alone, slices.ContainsFunc(alone, func(i int) bool { return !in.null(i) }))
	}
	return l, in.err
}

func (s *stream) appendCells(dst []byte, columns []int) []byte {
	for _, i := range columns {
		dst = s.appendCell(dst, i)
	}
	return dst
}

func unique(keys []digest) bool {
	seen := make(map[digest]struct{}, len(keys))
	for _, k := range keys {
		seen[k] = struct{}{}
	}
	return len(seen) == len(keys)
}

// partners gives each row the row of the other table that it belongs to.
type partners struct{ ofOld, ofNew []int64 }

func newPartners(oldRows, newRows int) *partners {
	return &partners{slices.Repeat([]int64{none}, oldRows), slices.Repeat([]int64{none}, newRows)}
}

// join joins rows that are alone and have equal digests, first with first. Rows
// that are marked stay alone.
func (p *partners) join(old, now []digest, oldMarked, newMarked []bool) {
	first := make(map[digest]int64, len(old)) // the next row of a digest
	following := make([]int64, len(old))      // and the one after it
	for i := int64(len(old)) - 1; i >= 0; i-- {
		if p.ofOld[i] != none || oldMarked != nil && oldMarked[i] {
			continue
		}
		following[i] = none
		if next, ok := first[old[i]]; ok {
			following[i] = next
		}
		first[old[i]] = i
	}
	for i := range now {
		if p.ofNew[i] != none || newMarked != nil && newMarked[i] {
			continue
		}
		if row, ok := first[now[i]]; ok && row != none {
			p.ofNew[i], p.ofOld[row] = row, int64(i)
			first[now[i]] = following[row]
		}
	}
}

// sort tells what became of each row.
func (m *match) sort(p *partners, old, now *looks) {
	for i, partner := range p.ofOld {
		if partner == none {
			m.removed = append(m.removed, pair{int64(i), none})
		}
	}
	var unchanged []pair
	for i, partner := range p.ofNew {
		at := pair{partner, int64(i)}
		switch {
		case partner == none:
			m.added = append(m.added, at)
		case old.both[partner] != now.both[i]:
			m.changedInBoth++
			m.changed = append(m.changed, at)
		case old.alone[partner] || now.alone[i]:
			m.changed = append(m.changed, at)
		default:
			unchanged = append(unchanged, at)
		}
	}
	m.unchanged = int64(len(unchanged))
	m.moved = outOfOrder(unchanged)
}

// outOfOrder gives the fewest pairs without which the others are in one order in
// both tables. The pairs are sorted by their newer row. It is what a longest
// increasing subsequence leaves over (M. L. Fredman, "On computing the length
// of longest increasing subsequences", 1975).
func outOfOrder(pairs []pair) []pair {
	if slices.IsSortedFunc(pairs, func(a, b pair) int { return cmp.Compare(a.old, b.old) }) {
		return nil
	}
	var ends []int                    // ends[n]: the pair with the least old row that ends a subsequence of n+1
	before := make([]int, len(pairs)) // the pair before it in that subsequence
	for i, p := range pairs {
		n, _ := slices.BinarySearchFunc(ends, p.old, func(end int, row int64) int { return cmp.Compare(pairs[end].old, row) })
		if before[i] = none; n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	kept := make([]bool, len(pairs))
	for i := ends[len(ends)-1]; i != none; i = before[i] {
		kept[i] = true
	}
	var out []pair
	for i, p := range pairs {
		if !kept[i] {
			out = append(out, p)
		}
	}
	return out
}
