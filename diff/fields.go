package diff

import (
	"slices"
	"strconv"
	"strings"

	"stemma/internal/strictjson"
)

// compareValues lists the innermost values in which two values differ, in the
// order of names; absent and null are told apart, because digests tell them
// apart.
func compareValues(old, now *strictjson.Value) []Field {
	c := &comparison{}
	c.value("", "", old, now)
	return c.fields
}

type comparison struct{ fields []Field }

func (c *comparison) value(oldAt, newAt string, old, now *strictjson.Value) {
	switch {
	case old.Kind == strictjson.Object && now.Kind == strictjson.Object:
		c.object(oldAt, newAt, old, now)
	case old.Kind == strictjson.Array && now.Kind == strictjson.Array:
		c.array(oldAt, newAt, old, now)
	case exact(old) != exact(now):
		f := Field{Pointer: newAt, Change: Changed, Old: canonical(old), New: canonical(now), at: now.Start, from: oldAt, to: newAt}
		if f.Old == f.New { // numbers with other digits
			f.Old, f.New = JSON(old.Text), JSON(now.Text)
		}
		if oldAt != newAt {
			f.OldPointer = oldAt
		}
		c.fields = append(c.fields, f)
	}
}

func (c *comparison) added(from, to string, v *strictjson.Value) {
	c.fields = append(c.fields, Field{Pointer: to, Change: Added, New: canonical(v), at: v.Start, from: from, to: to})
}

// removed notes a value that was in what is now the value in.
func (c *comparison) removed(from, to string, v, in *strictjson.Value) {
	c.fields = append(c.fields, Field{Pointer: from, Change: Removed, Old: canonical(v), at: in.Start, from: from, to: to})
}

func (c *comparison) object(oldAt, newAt string, old, now *strictjson.Value) {
	var names []string
	for _, v := range []*strictjson.Value{old, now} {
		for i := range v.Members {
			names = append(names, v.Members[i].Name)
		}
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		a, b := old.Get(name), now.Get(name)
		from, to := strictjson.AppendToken(oldAt, name), strictjson.AppendToken(newAt, name)
		switch {
		case a == nil:
			c.added(from, to, b)
		case b == nil:
			c.removed(from, to, a, now)
		default:
			c.value(from, to, a, b)
		}
	}
}

// array keeps the elements that both lists have in the same order, and compares
// what lies between them one by one.
func (c *comparison) array(oldAt, newAt string, old, now *strictjson.Value) {
	i, j := 0, 0
	for _, pair := range append(commonElements(keys(old.Elems), keys(now.Elems)), [2]int{len(old.Elems), len(now.Elems)}) {
		for ; i < pair[0] && j < pair[1]; i, j = i+1, j+1 {
			c.value(element(oldAt, i), element(newAt, j), &old.Elems[i], &now.Elems[j])
		}
		for ; i < pair[0]; i++ {
			c.removed(element(oldAt, i), element(newAt, i), &old.Elems[i], now)
		}
		for ; j < pair[1]; j++ {
			c.added(element(oldAt, j), element(newAt, j), &now.Elems[j])
		}
		i, j = pair[0]+1, pair[1]+1
	}
}

func element(pointer string, i int) string { return pointer + "/" + strconv.Itoa(i) }

func canonical(v *strictjson.Value) JSON { return JSON(strictjson.AppendCanonical(nil, v)) }

func keys(elems []strictjson.Value) []string {
	out := make([]string, len(elems))
	for i := range elems {
		out[i] = exact(&elems[i])
	}
	return out
}

// exact is the canonical form with the digits of all numbers as they were
// written: a release has a column for them.
func exact(v *strictjson.Value) string {
	b := strictjson.AppendCanonical(nil, v)
	return string(appendDigits(b, v))
}

func appendDigits(dst []byte, v *strictjson.Value) []byte {
	switch v.Kind {
	case strictjson.Number:
		dst = append(append(dst, 0), v.Text...)
	case strictjson.Array:
		for i := range v.Elems {
			dst = appendDigits(dst, &v.Elems[i])
		}
	case strictjson.Object:
		order := make([]*strictjson.Member, len(v.Members))
		for i := range v.Members {
			order[i] = &v.Members[i]
		}
		slices.SortFunc(order, func(a, b *strictjson.Member) int { return strings.Compare(a.Name, b.Name) })
		for _, m := range order {
			dst = appendDigits(dst, &m.Value)
		}
	}
	return dst
}

// maxAlignment bounds the work of aligning two lists; beyond it only equal
// beginnings and ends are found.
const maxAlignment = 4_000_000

// commonElements gives a longest common subsequence of two lists, as pairs of
// indices. It gives the reversed pairs for reversed arguments, so that a
// difference reads the same in both directions.
func commonElements(a, b []string) (pairs [][2]int) {
	begin := 0
	for begin < len(a) && begin < len(b) && a[begin] == b[begin] {
		pairs = append(pairs, [2]int{begin, begin})
		begin++
	}
	end := 0
	for end < len(a)-begin && end < len(b)-begin && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	middleA, middleB := a[begin:len(a)-end], b[begin:len(b)-end]
	if len(middleA)*len(middleB) <= maxAlignment {
		swapped := len(middleA) > len(middleB) || (len(middleA) == len(middleB) && slices.Compare(middleA, middleB) > 0)
		if swapped {
			middleA, middleB = middleB, middleA
		}
		for _, p := range align(middleA, middleB) {
			if swapped {
				p[0], p[1] = p[1], p[0]
			}
			pairs = append(pairs, [2]int{begin + p[0], begin + p[1]})
		}
	}
	for i := end; i > 0; i-- {
		pairs = append(pairs, [2]int{len(a) - i, len(b) - i})
	}
	return pairs
}

// align is the textbook dynamic programme for the longest common subsequence.
func align(a, b []string) (pairs [][2]int) {
	width := len(b) + 1
	length := make([]int32, (len(a)+1)*width) // of what is common from i and j on
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case length[(i+1)*width+j] >= length[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
