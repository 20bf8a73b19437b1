package wording

import (
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
)

// Label is what a claim says, as it says it, with its stance.
func (q *Question) Label(c *disagreement.QuestionClaim) string {
	switch {
	case Denies(c) && c.Derivation == disagreement.DerivedEntailment:
		return "denies any" // who denies a presence denies every number above zero
	case Denies(c):
		return "denies " + q.Said(c)
	case c.Stance == model.Retract:
		return "takes it back"
	case c.Stance == model.NoComment:
		return "no comment"
	}
	return q.Said(c)
}

// Said is the value of a claim, with the hedge that the document prints.
func (q *Question) Said(c *disagreement.QuestionClaim) string {
	m := q.Book.Claims[c.RecordID]
	if c.Value == "" {
		switch {
		case c.Lower.Value != nil || c.Upper.Value != nil:
			return Interval(c.Lower, c.Upper)
		case m != nil && m.Value != nil && m.Value.Special.Value == model.SomeValue:
			return "some value"
		}
		return "no value given"
	}
	text := q.Book.Value(q.Measure, c.Value)
	if q.Kind == model.TypeDate {
		if d, err := edtf.Parse(c.Value); err == nil && d.Kind() != edtf.SetKind && q.Book.Reading(c, d) == edtf.SometimeIn {
			return SometimeIn(text)
		}
	}
	if m == nil || m.Value == nil || c.Derivation != "" || q.Kind != model.TypeQuantity {
		return text
	}
	hedge := m.Value.Hedge.Value
	if rest, ok := strings.CutPrefix(text, Words(hedge)); ok && hedge != "" && m.Value.HedgeVerbatim.IsSet() {
		return m.Value.HedgeVerbatim.Value + rest
	}
	return text
}

// Verb says what a claim does with its value.
func Verb(c *disagreement.QuestionClaim) string {
	isEntailed := c.Derivation == disagreement.DerivedEntailment
	switch {
	case isEntailed && Denies(c):
		return "rules out"
	case isEntailed:
		return "implies"
	case Denies(c):
		return "denies"
	}
	return "says"
}
