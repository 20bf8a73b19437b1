package validate

import (
	"fmt"

	"stemma/internal/diag"
	"stemma/internal/model"
)

// lineageDates finds copies that were published before what they were taken
// from: the latest possible day of the one lies before the earliest of the
// other. Only reuse is looked at: what a document merely cites as its evidence
// (had_primary_source) may be published after it.
func (s *stemmaRules) lineageDates() diag.List {
	var list diag.List
	for _, k := range s.sources.sorted() {
		if k.base.Retired() || !k.model.publishedKnown {
			continue
		}
		for i := range k.model.Lineage {
			taken := &k.model.Lineage[i]
			if d, ok := s.copiedTooEarly(k, taken); ok && taken.IsReuse() {
				list = append(list, d)
			}
		}
	}
	return list
}

func (s *stemmaRules) copiedTooEarly(k *kept[datedSource], taken *model.Derivation) (d diag.Diagnostic, ok bool) {
	original := s.sources.get(taken.Source)
	if original == nil {
		return d, false
	}
	first, known := original.model.Published.Earliest()
	if !known || k.model.published.Compare(first) >= 0 {
		return d, false
	}
	return find(k.Record, diag.LineageDate, taken.Source.Span,
		fmt.Sprintf("published on %s at the latest, but taken from %q, which was published on %s at the earliest", k.model.published, original.id, first),
		"correct one of the two dates, or the lineage: perhaps the other document is the copy, or both have it from a third one",
		there(k.Record, k.model.Published.EDTF.Span, "this document's date is here"),
		there(original.Record, original.model.Published.EDTF.Span, "the other document's date is here")), true
}
