package validate

import (
	"fmt"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"stemma/internal/diag"
	"stemma/internal/model"
)

// name is a name that a record goes by.
type name struct {
	*entry
	text  model.Text
	alias bool
	marks []string // what tells it from others of the same name, "" where unknown
}

// lookalikes finds records of one kind that go by the same name: two names, or
// a name and an alias. Two equal aliases are no finding, since many people
// share a surname. Sources are the same if they have the same address.
func (s *stemmaRules) lookalikes() diag.List {
	var sources, actors, places, measures, events []name
	for _, k := range s.sources.sorted() {
		sources = append(sources, name{&k.entry, k.model.URL, false, nil})
	}
	for _, k := range s.actors.sorted() {
		var marks []string
		if x := k.model.XRef; x != nil {
			marks = []string{x.Wikidata.Value, x.GeoNames.Value, x.OpenSanctions.Value, x.UCDP.Value, x.UNList.Value}
		}
		actors = append(actors, name{&k.entry, k.model.Name, false, marks})
		for _, alias := range k.model.Aliases {
			actors = append(actors, name{&k.entry, alias, true, marks})
		}
	}
	for _, k := range s.places.sorted() {
		m := k.model
		places = append(places, name{&k.entry, m.Name, false, []string{m.Country.Value, m.Within.Value, m.GeoNames.Value, m.Wikidata.Value}})
	}
	for _, k := range s.measures.sorted() {
		measures = append(measures, name{&k.entry, k.model.Name, false, nil})
	}
	for _, k := range s.labels.sorted() {
		events = append(events, name{&k.entry, k.model, false, nil})
	}
	var list diag.List
	exact := func(s string) string { return s }
	list = append(list, sameNames(sources, exact, "address", "keep one record; in the other write merged_into with its id")...)
	const merge = "if they are the same, keep one and write merged_into with its id in the other; if not, "
	list = append(list, sameNames(actors, foldName, "name", merge+"make the names differ, or give each its number in xref")...)
	list = append(list, sameNames(places, foldName, "name", merge+"give each its country, its larger place (within) or its GeoNames number")...)
	list = append(list, sameNames(measures, foldName, "name", merge+"make the names differ")...)
	return append(list, sameNames(events, foldName, "label", merge+"make the labels differ, for example by the day")...)
}

// foldName makes names equal that readers would take for the same.
func foldName(s string) string {
	folded := norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s)))
	return strings.Join(strings.Fields(folded), " ")
}

// compared limits with how many namesakes a record is compared, so that very
// many of one name cost no more than their number.
const compared = 16

// sameNames reports each record that looks like one before it, once. The names
// are sorted by the ids of their records.
func sameNames(names []name, fold func(string) string, what, help string) diag.List {
	var list diag.List
	earlier := map[string][]name{}
	reported := map[*entry]bool{}
	for _, n := range names {
		if !n.text.IsSet() || n.base.Retired() {
			continue
		}
		key := fold(n.text.Value)
		for _, other := range earlier[key] {
			if other.entry == n.entry || reported[n.entry] || other.alias && n.alias || differ(other.marks, n.marks) {
				continue
			}
			reported[n.entry] = true
			list = append(list, find(n.Record, diag.RecordLookalike, n.text.Span,
				fmt.Sprintf("%q goes by the same %s as %q", n.id, what, other.id), help, there(other.Record, other.text.Span, fmt.Sprintf("%q is here", other.id))))
		}
		if len(earlier[key]) < compared {
			earlier[key] = append(earlier[key], n)
		}
	}
	return list
}

// differ tells whether two records have different numbers in one register.
func differ(a, b []string) bool {
	for i := 0; i < min(len(a), len(b)); i++ {
		if a[i] != "" && b[i] != "" && a[i] != b[i] {
			return true
		}
	}
	return false
}
