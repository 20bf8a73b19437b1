package wording

import (
	"slices"

	"stemma/disagreement"
	"stemma/internal/model"
)

// Printed says whose day of publication stands in for the as-of date of a claim
// that has none of its own (docs/computation.md). It is own if that is the date
// of the claim's own source. Else it is that of what was copied: of one document,
// or, where the id is empty, of several or of one that cannot be told.
func (b *Book) Printed(c *disagreement.QuestionClaim) (id string, own bool) {
	if b.wasPrinted(c.Source, c) {
		return c.Source, true
	}
	r := b.Report(c)
	queue := b.reused(r.Via)
	if len(queue) == 0 {
		queue = b.reused(b.lineage(c.Source))
	}
	var found []string
	for i := 0; i < len(queue); i++ {
		if b.wasPrinted(queue[i], c) {
			found = append(found, queue[i])
		}
		for _, next := range b.reused(b.lineage(queue[i])) {
			if !slices.Contains(queue, next) {
				queue = append(queue, next)
			}
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], false
}

// IsDated tells whether a source says when it was published.
func (b *Book) IsDated(source string) bool {
	s := b.Sources[source]
	return s != nil && s.Published != nil
}

// wasPrinted tells whether a source has the as-of date of a claim as its own.
func (b *Book) wasPrinted(source string, c *disagreement.QuestionClaim) bool {
	if !b.IsDated(source) {
		return false
	}
	d, err := b.Sources[source].Published.Parse()
	return err == nil && d.String() == c.AsOf.String()
}

func (b *Book) lineage(source string) []model.Derivation {
	if s := b.Sources[source]; s != nil {
		return s.Lineage
	}
	return nil
}

// reused gives the documents from which something was taken over.
func (b *Book) reused(links []model.Derivation) []string {
	var out []string
	for i := range links {
		if id := b.Survivor(links[i].Source.Value); links[i].IsReuse() && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// Inferred names the parts of the date on which a claim was made, or of which it
// speaks, that the document does not print.
func (b *Book) Inferred(c *disagreement.QuestionClaim) string {
	r := b.Report(c)
	d := r.SaidOn
	if c.AsOfFrom == disagreement.AsOfWritten {
		d = r.AsOf
	}
	if d == nil || c.AsOfFrom == disagreement.AsOfPublished || len(d.Inferred) == 0 {
		return ""
	}
	var parts []string
	for _, p := range d.Inferred {
		parts = append(parts, p.Value)
	}
	if len(parts) == 3 { // year, month and day
		return "inferred"
	}
	return And(parts) + " inferred"
}
