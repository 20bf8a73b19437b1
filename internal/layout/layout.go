// Package layout writes JSON records in their canonical layout: keys in the
// order of the schema, two spaces, line feeds, one entry per line, text in
// Unicode normal form C, numbers as they were written. In .jsonl files each
// record stays on one line.
//
// It may import schema, strictjson and diag.
package layout

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// Record gives the canonical layout of one record, without a final line break.
// A shape of nil knows no order. Two keys of one object that are the same text
// in normal form C are a problem: a reader of the layout would lose one value.
func Record(v *strictjson.Value, s *schema.Shape, oneLine bool) ([]byte, []strictjson.Problem) {
	w := writer{oneLine: oneLine}
	w.value(v, s, 0)
	return w.Bytes(), w.problems
}

type writer struct {
	bytes.Buffer
	oneLine  bool
	problems []strictjson.Problem
}

func (w *writer) value(v *strictjson.Value, s *schema.Shape, depth int) {
	switch v.Kind {
	case strictjson.Number:
		w.WriteString(v.Text)
	case strictjson.String:
		w.text(norm.NFC.String(v.Text))
	case strictjson.Array:
		w.list(v, s, depth)
	case strictjson.Object:
		w.object(v, s, depth)
	default:
		w.Write(strictjson.AppendCanonical(w.AvailableBuffer(), v))
	}
}

func (w *writer) text(s string) {
	w.Write(strictjson.AppendCanonical(w.AvailableBuffer(), &strictjson.Value{Kind: strictjson.String, Text: s}))
}

func (w *writer) list(v *strictjson.Value, s *schema.Shape, depth int) {
	var items *schema.Shape
	if s != nil {
		items = s.Items
	}
	w.WriteByte('[')
	for i := range v.Elems {
		w.entry(i, depth+1)
		w.value(&v.Elems[i], items, depth+1)
	}
	w.end(len(v.Elems), depth)
	w.WriteByte(']')
}

func (w *writer) object(v *strictjson.Value, s *schema.Shape, depth int) {
	members := normalised(v.Members)
	w.reportSame(members)
	inOrder(members, s)
	w.WriteByte('{')
	for i, m := range members {
		w.entry(i, depth+1)
		w.text(m.name)
		w.WriteByte(':')
		if !w.oneLine {
			w.WriteByte(' ')
		}
		w.value(&m.Value, s.Prop(m.name), depth+1)
	}
	w.end(len(members), depth)
	w.WriteByte('}')
}

func (w *writer) entry(i, depth int) {
	if i > 0 {
		w.WriteByte(',')
	}
	w.breakLine(depth)
}

func (w *writer) end(entries, depth int) {
	if entries > 0 {
		w.breakLine(depth)
	}
}

func (w *writer) breakLine(depth int) {
	if !w.oneLine {
		w.WriteByte('\n')
		w.WriteString(strings.Repeat("  ", depth))
	}
}

// member is a member with its name in normal form C. Schemas are matched with
// that name: the file will have it, and a second run must find the same order.
type member struct {
	name string
	*strictjson.Member
}

func normalised(members []strictjson.Member) []member {
	out := make([]member, len(members))
	for i := range members {
		out[i] = member{norm.NFC.String(members[i].Name), &members[i]}
	}
	return out
}

// inOrder puts $schema first, then the keys in the order of the schema, then
// those that it does not know in the order in which they stand.
func inOrder(members []member, s *schema.Shape) {
	rank := map[string]int{"$schema": -1}
	if s != nil {
		for i, p := range s.Props {
			if p.Name != "$schema" {
				rank[p.Name] = i
			}
		}
	}
	position := func(m member) int {
		if r, ok := rank[m.name]; ok {
			return r
		}
		return math.MaxInt
	}
	slices.SortStableFunc(members, func(a, b member) int { return cmp.Compare(position(a), position(b)) })
}

// reportSame reports keys that differ only before normalisation; those that are
// equal as they stand are no JSON that is ever laid out.
func (w *writer) reportSame(members []member) {
	seen := make(map[string]*strictjson.Member, len(members))
	for _, m := range members {
		first := seen[m.name]
		if first == nil {
			seen[m.name] = m.Member
			continue
		}
		w.problems = append(w.problems, strictjson.Problem{
			Code: diag.JSONDuplicateKey, Start: int(m.NameStart), End: int(m.NameEnd),
			Message: fmt.Sprintf("the key %q looks like an earlier one, but is made of other characters: %+q and %+q", m.name, first.Name, m.Name),
			Help:    "keep one of the two; both are the same text in Unicode normal form C",
			Related: []strictjson.Related{{Start: int(first.NameStart), End: int(first.NameEnd), Message: "the first is here"}},
		})
	}
}
