package validate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unique"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/internal/suggest"
	"stemma/schema"
)

// reference is the id of another record, found in a record. Ids are interned:
// a million claims refer to few sources.
type reference struct {
	target     unique.Handle[string]
	shape      *schema.Shape // says which kinds the id may be of
	record     *dataset.Record
	start, end uint32
}

// collectReferences appends the references of a value, as x-ref marks them.
func collectReferences(refs []reference, s *schema.Shape, v *strictjson.Value, r *dataset.Record) []reference {
	if s == nil {
		return refs
	}
	switch v.Kind {
	case strictjson.String, strictjson.Number:
		if len(s.Refs) > 0 {
			target := v.Text
			if v.Kind == strictjson.Number {
				target = strictjson.CanonicalNumber(v.Text)
			}
			refs = append(refs, reference{unique.Make(target), s, r, v.Start, v.End})
		}
	case strictjson.Array:
		for i := range v.Elems {
			refs = collectReferences(refs, s.Items, &v.Elems[i], r)
		}
	case strictjson.Object:
		for i := range v.Members {
			refs = collectReferences(refs, s.Prop(v.Members[i].Name), &v.Members[i].Value, r)
		}
	}
	return refs
}

// findings gathers what the parts found, checks ids and references across them
// and sorts the records of each kind for the build.
func (e *engine) findings() diag.List {
	var list diag.List
	ids := make([]map[string]*dataset.Record, len(e.kinds))
	for i := range e.kinds {
		ids[i] = map[string]*dataset.Record{}
		for _, p := range e.parts {
			if p.kind == i {
				e.kinds[i].Records = append(e.kinds[i].Records, p.entries...)
			}
		}
		sortEntries(e.kinds[i].Records)
		list = append(list, duplicates(&e.kinds[i], ids[i])...)
	}
	r := resolver{kinds: e.kinds, ids: ids}
	for _, p := range e.parts {
		list = append(list, p.list...)
		for _, ref := range p.refs {
			r.check(ref)
		}
	}
	list = append(list, r.report()...)
	if e.domain != nil {
		list = append(list, e.domain.finish()...)
	}
	return list
}

// duplicates fills the index of ids and reports those that are used again. The
// entries are sorted, so the first use is the one first in the order of files.
func duplicates(k *Kind, index map[string]*dataset.Record) diag.List {
	var list diag.List
	if k.ID == "" {
		return nil
	}
	for _, entry := range k.Records {
		first, taken := index[entry.ID.Text]
		if !taken {
			index[entry.ID.Text] = entry.Record
			continue
		}
		d := diag.New(diag.IDDuplicate, idPlace(entry.Record, k.ID), strictjson.AppendToken("", k.ID),
			fmt.Sprintf("the id %q is used a second time", entry.ID.Text), "give this record an id of its own; an id is never used again",
			diag.Related{Place: idPlace(first, k.ID), Message: "the first record with this id is here"})
		list = append(list, d)
	}
	return list
}

func idPlace(r *dataset.Record, property string) diag.Place {
	root, problems := strictjson.Parse(r.Data)
	if v := root.Get(property); problems == nil && v != nil {
		return r.Place(v.Start, v.End)
	}
	return r.Place(0, 0)
}

// resolver finds references that lead nowhere.
type resolver struct {
	kinds  []Kind
	ids    []map[string]*dataset.Record
	broken []reference
}

func (r *resolver) check(ref reference) {
	if !r.leads(ref.target.Value(), ref.shape.Refs) {
		r.broken = append(r.broken, ref)
	}
}

func (r *resolver) leads(id string, kinds []string) bool {
	return slices.ContainsFunc(kinds, func(name string) bool {
		i := slices.IndexFunc(r.kinds, func(k Kind) bool { return k.Name == name })
		if i < 0 {
			return false
		}
		_, ok := r.ids[i][id]
		return ok
	})
}

// suggestions limits how many broken references are compared with all ids:
// with many, the fault is not a slip of the finger.
const suggestions = 20

func (r *resolver) report() diag.List {
	slices.SortFunc(r.broken, func(a, b reference) int {
		return cmp.Or(comparePlace(a.record, b.record), cmp.Compare(a.start, b.start))
	})
	var list diag.List
	for i, ref := range r.broken {
		id, wanted := ref.target.Value(), strings.Join(ref.shape.Refs, " or ")
		code, message := diag.RefUnresolved, fmt.Sprintf("there is no %s %q", wanted, id)
		help := fmt.Sprintf("check the id, or add the %s", wanted)
		var related []diag.Related
		for k, kind := range r.kinds {
			if other, ok := r.ids[k][id]; ok {
				code, message = diag.RefKind, fmt.Sprintf("%q is a %s, but this must be a %s", id, kind.Name, wanted)
				help = "refer to a record of the right kind"
				related = append(related, diag.Related{Place: idPlace(other, kind.ID), Message: "it is here"})
			}
		}
		if i < suggestions {
			if near, ok := suggest.Nearest(id, r.candidates(id, ref.shape.Refs)); ok {
				help = fmt.Sprintf("did you mean %q?", near)
			}
		}
		root, _ := strictjson.Parse(ref.record.Data)
		d := diag.New(code, ref.record.Place(ref.start, ref.end), root.PointerAt(ref.start), message, help, related...)
		list = append(list, d)
	}
	return list
}

// candidates lists ids of about the same length, sorted.
func (r *resolver) candidates(id string, kinds []string) []string {
	var out []string
	for _, k := range r.kinds {
		if !slices.Contains(kinds, k.Name) {
			continue
		}
		for _, entry := range k.Records {
			if d := len(entry.ID.Text) - len(id); d >= -4 && d <= 4 {
				out = append(out, entry.ID.Text)
			}
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(out)))
}
