// Package layout writes JSON records in their canonical layout: keys in the
// order of the schema, two spaces, line feeds, one entry per line, text in
// Unicode normal form C, numbers as they were written. In .jsonl files each
// record stays on one line.
//
// It may import schema, strictjson and diag.
package layout

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"stemma/internal/strictjson"
	"stemma/schema"
)

// Record gives the canonical layout of one record, without a final line break.
// Two keys of one object that are the same text in normal form C are an error.
func Record(v *strictjson.Value, s *schema.Shape, oneLine bool) ([]byte, error) {
	w := writer{oneLine: oneLine}
	if err := w.value(v, s, 0); err != nil {
		return nil, err
	}
	return w.Bytes(), nil
}

type writer struct {
	bytes.Buffer
	oneLine bool
}

func (w *writer) value(v *strictjson.Value, s *schema.Shape, depth int) error {
	switch v.Kind {
	case strictjson.Number:
		w.WriteString(v.Text)
	case strictjson.String:
		w.text(v.Text)
	case strictjson.Array:
		return w.list(v, s, depth)
	case strictjson.Object:
		return w.object(v, s, depth)
	default:
		w.Write(strictjson.AppendCanonical(nil, v))
	}
	return nil
}

func (w *writer) text(s string) {
	w.Write(strictjson.AppendCanonical(nil, &strictjson.Value{Kind: strictjson.String, Text: norm.NFC.String(s)}))
}

func (w *writer) list(v *strictjson.Value, s *schema.Shape, depth int) error {
	var items *schema.Shape
	if s != nil {
		items = s.Items
	}
	w.WriteByte('[')
	for i := range v.Elems {
		w.entry(i, depth+1)
		if err := w.value(&v.Elems[i], items, depth+1); err != nil {
			return err
		}
	}
	w.end(len(v.Elems), depth)
	w.WriteByte(']')
	return nil
}

func (w *writer) object(v *strictjson.Value, s *schema.Shape, depth int) error {
	w.WriteByte('{')
	members := inOrder(v.Members, s)
	for i, m := range members {
		w.entry(i, depth+1)
		w.text(m.Name)
		w.WriteByte(':')
		if !w.oneLine {
			w.WriteByte(' ')
		}
		if err := w.value(&m.Value, s.Prop(m.Name), depth+1); err != nil {
			return err
		}
	}
	w.end(len(members), depth)
	w.WriteByte('}')
	return sameInNFC(members)
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

// inOrder puts $schema first, then the keys in the order of the schema, then
// those that it does not know in the order in which they stand.
func inOrder(members []strictjson.Member, s *schema.Shape) []*strictjson.Member {
	rank := map[string]int{"$schema": -1}
	if s != nil {
		for i, p := range s.Props {
			if p.Name != "$schema" {
				rank[p.Name] = i
			}
		}
	}
	out := make([]*strictjson.Member, len(members))
	for i := range members {
		out[i] = &members[i]
	}
	position := func(m *strictjson.Member) int {
		if r, ok := rank[m.Name]; ok {
			return r
		}
		return len(rank)
	}
	slices.SortStableFunc(out, func(a, b *strictjson.Member) int { return position(a) - position(b) })
	return out
}

func sameInNFC(members []*strictjson.Member) error {
	seen := map[string]string{}
	for _, m := range members {
		n := norm.NFC.String(m.Name)
		if other, ok := seen[n]; ok {
			return fmt.Errorf("the keys %+q and %+q are the same text in Unicode normal form C", other, m.Name)
		}
		seen[n] = m.Name
	}
	return nil
}
