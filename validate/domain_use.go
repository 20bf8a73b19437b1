package validate

import (
	"fmt"
	"strings"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/model"
)

// origin is the record in which a reference stands.
type origin struct {
	record   *dataset.Record
	kind, id string

	withdrawn, retired bool
}

func originOf(record *dataset.Record, kind, id string, m *model.Record) origin {
	return origin{record, kind, id, m.Withdrawn.IsSet(), m.Retired()}
}

// laterReference is one that can be followed only when all records were seen.
type laterReference struct {
	from origin
	ref  model.Ref
}

// follow looks at where a reference leads: it marks the record there as used,
// and finds records that are out of use. What is out of use itself may refer to
// anything.
func (s *stemmaRules) follow(from origin, ref model.Ref) diag.List {
	target := s.lookup(ref.Kind, ref.Value)
	if target == nil || (ref.Kind == from.kind && ref.Value == from.id) {
		return nil // a record does not use itself
	}
	target.markUsed()
	withdrawn, merged := target.base.Withdrawn, target.base.MergedInto
	switch {
	case withdrawn.IsSet() && !from.withdrawn:
		return diag.List{find(*from.record, diag.RefWithdrawn, ref.Span, fmt.Sprintf("the %s %q is withdrawn: %s", ref.Kind, ref.Value, strings.TrimSuffix(withdrawn.Value, ".")),
			fmt.Sprintf("refer to another %s, or withdraw this record too", ref.Kind), there(target.Record, withdrawn.Span, "it is withdrawn here"))}
	case merged.IsSet() && !from.retired:
		survivor := s.survivor(ref.Kind, target)
		if survivor == "" {
			return nil
		}
		return diag.List{find(*from.record, diag.RefMerged, ref.Span, fmt.Sprintf("the %s %q is a duplicate", ref.Kind, ref.Value),
			fmt.Sprintf("write %q", survivor), there(target.Record, merged.Span, "it is merged here"))}
	}
	return nil
}

// survivor gives the id of the record into which others were merged; none if
// they go in a circle, which is reported elsewhere.
func (s *stemmaRules) survivor(kind string, e *entry) string {
	const longest = 64 // merges of merges
	id := e.base.MergedInto.Value
	for range longest {
		next := s.lookup(kind, id)
		if next == nil || !next.base.MergedInto.IsSet() {
			return id
		}
		id = next.base.MergedInto.Value
	}
	return ""
}

// references follows those of the records of the first wave, which must all be
// known before, and those between records of the second.
func (s *stemmaRules) references() diag.List {
	var list diag.List
	for kind, entries := range s.byKind() {
		for _, e := range entries {
			for _, ref := range e.base.Refs {
				list = append(list, s.follow(originOf(&e.Record, kind, e.id, e.base), ref)...)
			}
		}
	}
	for _, kept := range s.links.later {
		list = append(list, s.follow(kept.from, kept.ref)...)
	}
	return list
}

// markMeasure marks a measure as used that a claim or an account uses without
// naming it.
func (s *stemmaRules) markMeasure(id string) {
	if e := s.measures.entry(id); e != nil {
		e.markUsed()
	}
}
