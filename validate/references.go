package validate

import (
	"fmt"
	"slices"
	"unique"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// reference is the id of another record, found in a record. Ids are interned:
// a million claims refer to few sources.
type reference struct {
	target     unique.Handle[ID]
	shape      *schema.Shape // says which kinds the id may be of
	record     *dataset.Record
	start, end uint32
}

// collectReferences appends the references of a value, as x-ref marks them. What
// the schema finds fault with already is left out.
func collectReferences(refs []reference, s *schema.Shape, v *strictjson.Value, r *dataset.Record, faults []strictjson.Problem) []reference {
	if s == nil {
		return refs
	}
	switch v.Kind {
	case strictjson.String, strictjson.Number:
		if len(s.Refs) > 0 && !faulty(v, faults) {
			target, ok := idOf(v)
			if !ok { // no record has such an id, but the finding must show what is there
				target = ID{Text: v.Text, Numeric: v.Kind == strictjson.Number}
			}
			refs = append(refs, reference{unique.Make(target), s, r, v.Start, v.End})
		}
	case strictjson.Array:
		for i := range v.Elems {
			refs = collectReferences(refs, s.Items, &v.Elems[i], r, faults)
		}
	case strictjson.Object:
		for i := range v.Members {
			refs = collectReferences(refs, s.Prop(v.Members[i].Name), &v.Members[i].Value, r, faults)
		}
	}
	return refs
}

func faulty(v *strictjson.Value, faults []strictjson.Problem) bool {
	return slices.ContainsFunc(faults, func(p strictjson.Problem) bool { return p.Start < int(v.End) && int(v.Start) < p.End })
}

// findings gathers what the parts found, checks ids and references across them
// and sorts the records of each kind for the build.
func (e *engine) findings() diag.List {
	var list diag.List
	r := resolver{kinds: e.kinds, ids: make([]map[ID]*dataset.Record, len(e.kinds)), unread: make([]map[ID]bool, len(e.kinds))}
	for i := range e.kinds {
		r.ids[i], r.unread[i] = map[ID]*dataset.Record{}, map[ID]bool{}
		for _, p := range e.parts {
			if p.kind == i {
				e.kinds[i].Records = append(e.kinds[i].Records, p.entries...)
				for _, id := range p.unread {
					r.unread[i][id] = true
				}
			}
		}
		sortEntries(e.kinds[i].Records)
		list = append(list, duplicates(&e.kinds[i], r.ids[i])...)
	}
	for _, p := range e.parts {
		list = append(list, p.list...)
		for _, ref := range p.refs {
			r.check(ref)
		}
	}
	if e.complete {
		list = append(list, r.report()...)
		list = append(list, e.history(&r)...)
	}
	if e.domain != nil {
		list = append(list, e.together()...)
	}
	return list
}

// together gives what the domain rules find in all records together. While some
// records could not be read, the one that uses a record may be among them.
func (e *engine) together() diag.List {
	list := e.domain.finish()
	if slices.ContainsFunc(e.parts, func(p *part) bool { return p.unseen }) {
		list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Code == diag.RecordUnused })
	}
	return list
}

// duplicates fills the index of ids and reports those that are used again. The
// entries are sorted, so the first use is the one first in the order of files.
func duplicates(k *Kind, index map[ID]*dataset.Record) diag.List {
	var list diag.List
	if k.ID == "" {
		return nil
	}
	for _, entry := range k.Records {
		first, taken := index[entry.ID]
		if !taken {
			index[entry.ID] = entry.Record
			continue
		}
		d := diag.New(diag.IDDuplicate, idPlace(entry.Record, k.ID), schema.IDPointer(k.ID),
			fmt.Sprintf("the id %s is taken already", entry.ID.quoted()), "give one of the two records another id",
			diag.Related{Place: idPlace(first, k.ID), Message: "the first record with this id is here"})
		list = append(list, d)
	}
	return list
}

func idPlace(r *dataset.Record, property string) diag.Place {
	root, problems := strictjson.Parse(r.Data)
	if v := root.Lookup(schema.IDPointer(property)); problems == nil && v != nil {
		return r.Place(v.Start, v.End)
	}
	return r.Place(0, 0)
}
