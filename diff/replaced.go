package diff

import (
	"context"

	"stemma/internal/dataset"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// Replaced lists the records that go by an old id and say something else
// altogether: more of their values changed than stayed, and of what stayed nothing
// tells one record of the kind from another, since most of them have it. Values
// are those that are neither objects nor lists, without null, the id and
// $schema; the order of lists does not matter. Of a record with fewer than three
// values a correction cannot be told from a replacement.
func Replaced(ctx context.Context, d *Diff, old, now *dataset.Snapshot) ([]Record, error) {
	changed := map[string]map[string]int{} // records by kind and id
	for i, r := range d.Records {
		if r.Change != Changed || r.ID == "" {
			continue
		}
		if changed[r.Kind] == nil {
			changed[r.Kind] = map[string]int{}
		}
		changed[r.Kind][r.ID] = i
	}
	var out []Record
	for _, name := range kindNames(old, now) {
		suspects, err := suspectsOf(ctx, changed[name], name, old, now)
		if err != nil {
			return nil, err
		}
		if len(suspects) == 0 {
			continue
		}
		common, err := commonValues(ctx, name, old)
		if err != nil {
			return nil, err
		}
		for i, r := range d.Records {
			if shared, ok := suspects[i]; ok && r.Kind == name && common.all(shared) {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

const leastValues = 3

// leaf is a value at its place, the positions in lists left out.
type leaf struct {
	pointer string
	value   JSON
}

// suspectsOf gives, by its index, each changed record of which more changed than
// stayed, with what stayed.
func suspectsOf(ctx context.Context, changed map[string]int, kind string, old, now *dataset.Snapshot) (map[int][]leaf, error) {
	if len(changed) == 0 {
		return nil, nil
	}
	before, err := leavesOf(ctx, changed, kind, old)
	if err != nil {
		return nil, err
	}
	after, err := leavesOf(ctx, changed, kind, now)
	if err != nil {
		return nil, err
	}
	out := map[int][]leaf{}
	for id, i := range changed {
		var stayed []leaf
		for l := range before[id] {
			if after[id][l] {
				stayed = append(stayed, l)
			}
		}
		if fewer := min(len(before[id]), len(after[id])); fewer >= leastValues && fewer > 2*len(stayed) {
			out[i] = stayed
		}
	}
	return out, nil
}

// leavesOf gives the values of some records of a kind, by their ids.
func leavesOf(ctx context.Context, ids map[string]int, kind string, s *dataset.Snapshot) (map[string]map[leaf]bool, error) {
	out := map[string]map[leaf]bool{}
	err := eachRecord(ctx, kind, s, func(id, idPointer string, value *strictjson.Value) {
		if _, ok := ids[id]; ok {
			out[id] = leaves(value, idPointer)
		}
	})
	return out, err
}

func eachRecord(ctx context.Context, kind string, s *dataset.Snapshot, visit func(id, idPointer string, value *strictjson.Value)) error {
	for _, f := range s.Records {
		if err := ctx.Err(); err != nil {
			return err
		}
		k := s.Config.Kinds[f.Kind]
		if k.Name != kind {
			continue
		}
		for _, r := range f.Records() {
			if value, problems := strictjson.Parse(r.Data); problems == nil {
				at := schema.IDPointer(k.ID)
				id, _ := readID(value.Lookup(at))
				visit(id, at, value)
			}
		}
	}
	return nil
}

func leaves(record *strictjson.Value, idPointer string) map[leaf]bool {
	out := map[leaf]bool{}
	var walk func(at string, v *strictjson.Value)
	walk = func(at string, v *strictjson.Value) {
		switch {
		case at == idPointer || at == "/$schema" || v.Kind == strictjson.Null:
		case v.Kind == strictjson.Object:
			for i := range v.Members {
				walk(strictjson.AppendToken(at, v.Members[i].Name), &v.Members[i].Value)
			}
		case v.Kind == strictjson.Array:
			for i := range v.Elems {
				walk(at+"/*", &v.Elems[i])
			}
		default:
			out[leaf{at, canonical(v)}] = true
		}
	}
	walk("", record)
	return out
}

// frequency says in how many records of a kind there is a value.
type frequency struct {
	records int
	of      map[leaf]int
}

func commonValues(ctx context.Context, kind string, s *dataset.Snapshot) (frequency, error) {
	f := frequency{of: map[leaf]int{}}
	err := eachRecord(ctx, kind, s, func(_, idPointer string, value *strictjson.Value) {
		f.records++
		for l := range leaves(value, idPointer) {
			f.of[l]++
		}
	})
	return f, err
}

// all tells whether most records, and more than two, have each of some values.
func (f frequency) all(values []leaf) bool {
	for _, l := range values {
		if n := f.of[l]; n <= 2 || 2*n <= f.records {
			return false
		}
	}
	return true
}
