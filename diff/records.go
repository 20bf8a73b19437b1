package diff

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strings"

	"stemma/internal/dataset"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// entry is a record of one side. Its value is not kept: most records are the
// same on both sides, and a dataset may be large.
type entry struct {
	dataset.Record
	kind    string
	id      string // as it is shown; empty if there is none
	key     string // of the id; empty if there is none
	content [sha256.Size]byte
	broken  bool // it cannot be read
}

// pair is one record on both sides; one of the two may be nil.
type pair struct{ old, now *entry }

// readRecords reads the records of a side, by kind.
func readRecords(ctx context.Context, s *dataset.Snapshot) (map[string][]*entry, error) {
	out := map[string][]*entry{}
	for _, f := range s.Records {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		kind := s.Config.Kinds[f.Kind]
		for _, r := range f.Records() {
			e := &entry{Record: r, kind: kind.Name}
			value, problems := strictjson.Parse(r.Data)
			if problems != nil {
				e.broken, e.content = true, sha256.Sum256(r.Data)
			} else {
				e.content = sha256.Sum256([]byte(exact(value)))
				if kind.ID != "" {
					e.id, e.key = readID(value.Lookup(schema.IDPointer(kind.ID)))
				}
			}
			out[kind.Name] = append(out[kind.Name], e)
		}
	}
	return out, nil
}

// readID gives an id as it is shown, and a key in which the number 1 and the
// text "1" differ.
func readID(v *strictjson.Value) (id, key string) {
	switch {
	case v == nil:
	case v.Kind == strictjson.String && v.Text != "":
		return v.Text, "s" + v.Text
	case v.Kind == strictjson.Number:
		return strictjson.CanonicalNumber(v.Text), "n" + strictjson.CanonicalNumber(v.Text)
	}
	return "", ""
}

// match finds the record of the other side for each record of a kind: by its id;
// without one by its content, in the same file first, and then by its file and
// the order in it. What cannot be read is matched by its place, with whatever is
// there on the other side and has no match yet.
func match(old, now []*entry) []pair {
	m := &matching{old: old, now: now, done: map[*entry]bool{}}
	readable := func(e *entry) bool { return !e.broken }
	m.by(func(e *entry) (string, bool) { return e.key, e.key != "" })
	noID := func(e *entry) bool { return e.key == "" }
	m.by(func(e *entry) (string, bool) { return e.File.Path + "\x00" + string(e.content[:]), noID(e) })
	m.by(func(e *entry) (string, bool) { return string(e.content[:]), noID(e) && readable(e) })
	m.by(func(e *entry) (string, bool) { return e.File.Path, noID(e) && readable(e) })
	m.broken()
	for _, e := range old {
		if !m.done[e] {
			m.pairs = append(m.pairs, pair{e, nil})
		}
	}
	for _, e := range now {
		if !m.done[e] {
			m.pairs = append(m.pairs, pair{nil, e})
		}
	}
	return m.pairs
}

type matching struct {
	old, now []*entry
	done     map[*entry]bool
	pairs    []pair
}

// by matches what is left by a key, equal keys in their order.
func (m *matching) by(key func(*entry) (string, bool)) {
	waiting := map[string][]*entry{}
	for _, e := range m.now {
		if k, ok := key(e); ok && !m.done[e] {
			waiting[k] = append(waiting[k], e)
		}
	}
	for _, e := range m.old {
		k, ok := key(e)
		if !ok || m.done[e] || len(waiting[k]) == 0 {
			continue
		}
		m.take(e, waiting[k][0])
		waiting[k] = waiting[k][1:]
	}
}

func (m *matching) take(old, now *entry) {
	m.done[old], m.done[now] = true, true
	m.pairs = append(m.pairs, pair{old, now})
}

// broken matches what is at the same place where one of the two cannot be read.
func (m *matching) broken() {
	type place struct {
		file  string
		index int64
	}
	at := map[place]*entry{}
	for _, e := range m.now {
		if !m.done[e] {
			at[place{e.File.Path, e.Index}] = e
		}
	}
	for _, e := range m.old {
		if other := at[place{e.File.Path, e.Index}]; other != nil && !m.done[e] && (e.broken || other.broken) {
			m.take(e, other)
		}
	}
}

// compareRecords compares the records of all kinds.
func compareRecords(ctx context.Context, old, now *dataset.Snapshot) ([]Record, error) {
	before, err := readRecords(ctx, old)
	if err != nil {
		return nil, err
	}
	after, err := readRecords(ctx, now)
	if err != nil {
		return nil, err
	}
	kindOf := map[string]string{}
	for _, name := range now.Config.KindNames() {
		for _, e := range after[name] {
			if e.key != "" && kindOf[e.key] == "" {
				kindOf[e.key] = name
			}
		}
	}
	out := []Record{}
	for _, name := range kindNames(old, now) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		from := len(out)
		for _, p := range match(before[name], after[name]) {
			if r, differs := p.compare(); differs {
				if r.Change == Vanished && p.old.key != "" {
					r.Now = kindOf[p.old.key]
				}
				out = append(out, r)
			}
		}
		slices.SortStableFunc(out[from:], func(a, b Record) int {
			return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Change, b.Change))
		})
	}
	return out, nil
}

// kindNames lists the kinds of NEW in their order, then those that only OLD has.
func kindNames(old, now *dataset.Snapshot) []string {
	names := now.Config.KindNames()
	for _, name := range old.Config.KindNames() {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// compare says what happened to a record.
func (p pair) compare() (Record, bool) {
	e := cmp.Or(p.now, p.old)
	r := Record{Kind: e.kind, ID: e.id, File: e.File.Path, Line: e.Place(0, 0).Span.Start.Line}
	switch {
	case p.now == nil && e.broken:
		r.Change = Repaired
		return r, true
	case p.now == nil:
		r.Change = Vanished
		return r, true
	case p.old == nil && e.broken:
		r.Change = Unreadable
		return r, true
	case p.old == nil:
		r.Change = Added
		return r, true
	}
	if p.old.File.Path != p.now.File.Path {
		r.OldFile = p.old.File.Path
	}
	switch {
	case p.old.content == p.now.content && p.old.broken == p.now.broken:
		r.Change = Moved
		return r, r.OldFile != ""
	case p.now.broken:
		r.ID = p.old.id
		r.Change = Unreadable
	case p.old.broken:
		r.Change = Repaired
	default:
		p.compareFields(&r)
	}
	return r, true
}

func (p pair) compareFields(r *Record) {
	old, _ := strictjson.Parse(p.old.Data)
	now, _ := strictjson.Parse(p.now.Data)
	r.Fields = compareValues(old, now)
	for i := range r.Fields {
		r.Fields[i].Line = p.now.Place(r.Fields[i].at, r.Fields[i].at).Span.Start.Line
	}
	r.Change = Changed
	before, after := fate(old), fate(now)
	if before == after {
		return
	}
	switch r.Change = after; after {
	case Merged:
		r.Into = now.Get("merged_into").Str()
	case Withdrawn:
		r.Reason = now.Get("withdrawn").Str()
	default:
		r.Change = Reinstated
	}
}

// fate tells whether a record is retired: by the properties merged_into and
// withdrawn, whatever the model.
func fate(record *strictjson.Value) string {
	switch {
	case record.Get("merged_into").Str() != "":
		return Merged
	case record.Get("withdrawn").Str() != "":
		return Withdrawn
	}
	return ""
}
