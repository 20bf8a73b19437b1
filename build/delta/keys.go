package delta

import (
	"slices"
	"strings"

	"stemma/build/columnar"
)

// computedKind is the kind of tables that are computed from records.
const computedKind = "disagreement"

// computedKeys are the keys of computed tables, see docs/releases.md. Where a
// column of a key is null, null is its value: a claim answers a question as it
// is written and by derivation.
var computedKeys = [][]string{
	{"question_id", "claim_key", "derivation"},
	{"question_id"},
	{"tolerance", "corroboration_ratio"},
	{"measure"},
}

// keyCandidates gives the lists of columns that may identify the rows of a
// table, the best first: all of them are in the table, wherever it is there,
// with one type. The first by which the rows of both tables differ is the key.
func keyCandidates(before, after *side, stated ...[]string) [][]string {
	rules := slices.Clone(stated)
	rules = append(rules, []string{"id"})
	for _, s := range []*side{after, before} {
		if s.there {
			rules = append(rules, childKey(s.columns))
		}
	}
	rules = append(rules, []string{"record_path", "record_index"})
	if before.kind == computedKind || after.kind == computedKind {
		rules = append(rules, computedKeys...)
	}
	var out [][]string
	for _, key := range rules {
		usable := len(key) > 0 && !slices.ContainsFunc(key, func(name string) bool { return !shared(before, after, name) })
		if usable && !slices.ContainsFunc(out, func(other []string) bool { return slices.Equal(other, key) }) {
			out = append(out, key)
		}
	}
	return out
}

// childKey gives the key of a child table: the columns up to its ordinals. Nil
// for a table that does not begin like one.
func childKey(columns []columnar.Column) []string {
	ordinal := func(c columnar.Column) bool {
		return strings.HasSuffix(c.Name, "_ordinal") && c.Type.ID() == columnar.Int64.ID()
	}
	first := slices.IndexFunc(columns, ordinal)
	records := first == 2 && columns[0].Name == "record_path" && columns[1].Name == "record_index"
	if first != 1 && !records {
		return nil
	}
	var key []string
	for i, c := range columns {
		if i >= first && !ordinal(c) {
			break
		}
		key = append(key, c.Name)
	}
	return key
}

// shared tells whether a column is in the table, wherever that is there, with
// one type.
func shared(before, after *side, name string) bool {
	types := map[string]bool{}
	for _, s := range []*side{before, after} {
		if !s.there {
			continue
		}
		i := slices.IndexFunc(s.columns, func(c columnar.Column) bool { return c.Name == name })
		if i < 0 {
			return false
		}
		types[columnar.TypeName(s.columns[i].Type)] = true
	}
	return len(types) == 1
}
