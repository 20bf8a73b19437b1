package page

import (
	"slices"
	"strconv"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
)

// classes lists all classes, the most interesting first, with what they mean.
var classes = [...]struct{ name, meaning string }{
	{disagreement.ClassConflicting, "no answer satisfies all"},
	{disagreement.ClassDenied, "asserted by some, denied by others"},
	{disagreement.ClassDeniedOnly, "denied, and asserted by nobody"},
	{disagreement.ClassCorroborated, "independent origins say much the same"},
	{disagreement.ClassCompatible, "all can be true, but they do not confirm each other"},
	{disagreement.ClassNotComparable, "versions that cannot be compared"},
	{disagreement.ClassUncontested, "one origin only"},
	{disagreement.ClassNoValue, "no answer"},
}

// class names the class of a question, and that of the asserted values where the
// denials make them differ.
func (q *question) class() string {
	if q.AgreementClass == q.ValueClass || q.AgreementClass == disagreement.ClassDeniedOnly {
		return words(q.AgreementClass)
	}
	return words(q.AgreementClass) + " (" + words(q.ValueClass) + ")"
}

// legs says on how many legs the answer stands.
func (q *question) legs() string {
	text := count(q.Origins, "origin") + ", " + count(q.Channels, "channel") + ", " + groupedInt(q.Independent) + " independent"
	if q.IndependentStated != q.Independent {
		text += " (" + groupedInt(q.IndependentStated) + " by stated links alone)"
	}
	text += " · " + count(q.Claims, "claim")
	switch q.Superseded {
	case 0:
	case 1:
		text += ", of which 1 no longer counts"
	default:
		text += ", of which " + groupedInt(q.Superseded) + " no longer count"
	}
	return text
}

// why says in plain words why the question has its class, the first sentence,
// and what else there is to know about it.
func (q *question) why() []string {
	out := []string{q.whyClass()}
	switch {
	case q.Denied:
		out = append(out, "Denied by "+few(q.denying())+": the denial excludes what others assert.")
	case q.Denying > 0 && q.ValueClass != disagreement.ClassNoValue:
		out = append(out, "The denial by "+few(q.denying())+" excludes nothing that others assert.")
	}
	if q.ValueClassStated != q.ValueClass {
		out = append(out, "Counting only the links that documents state themselves, it would look "+words(q.ValueClassStated)+".")
	}
	if q.RenderingConflict {
		out = append(out, "Two renderings of one and the same utterance do not fit together.")
	}
	if q.NoComment > 0 && q.ValueClass != disagreement.ClassNoValue {
		out = append(out, "Asked, but without comment: "+few(q.silent())+".")
	}
	return out
}

func (q *question) whyClass() string {
	groups := q.asserting()
	switch q.ValueClass {
	case disagreement.ClassNoValue:
		return q.whyNoValue()
	case disagreement.ClassUncontested:
		return q.whyUncontested(groups)
	case disagreement.ClassNotComparable:
		return q.whyNotComparable()
	case disagreement.ClassConflicting:
		return q.whyConflicting(groups)
	case disagreement.ClassCorroborated:
		who := few(groupNames(groups))
		if len(groups) > 2 {
			who = "At least two of " + who
		}
		if q.kind == model.TypeQuantity {
			return who + ", through different documents, give numbers that lie close together."
		}
		return who + ", through different documents, say the same."
	}
	return q.whyCompatible()
}

func (q *question) whyNoValue() string {
	who := q.denying()
	switch {
	case q.Denying > 0 && len(who) == 1:
		return "Nobody asserts it; " + who[0] + " denies it."
	case q.Denying > 0:
		return "Nobody asserts it; " + few(who) + " deny it."
	case q.NoComment > 0:
		return "Nobody gives an answer; asked, but without comment: " + few(q.silent()) + "."
	case q.Current == 0:
		return "No claim counts any more: all were withdrawn or replaced."
	}
	return "Nobody gives an answer."
}

// whyUncontested tells an origin that speaks for itself from one on which others
// rely.
func (q *question) whyUncontested(groups []*group) string {
	var others []string
	for _, g := range groups {
		for _, c := range g.asserted {
			name := q.book.speaker(c)
			if c.Claimant != "" && name != g.name && len(q.book.report(c).BasedOn) > 0 && !slices.Contains(others, name) {
				others = append(others, name)
			}
		}
	}
	origin := few(groupNames(groups))
	switch {
	case len(others) > 0:
		return "Everything goes back to " + origin + ", also what is said by " + few(others) + "."
	case q.Denying > 0:
		return "Only " + origin + " says so."
	}
	return "Only " + origin + " says so; nobody else gives a version."
}

func (q *question) whyNotComparable() string {
	switch {
	case q.kind == model.TypeText:
		return "Texts are not compared: read them side by side."
	case q.Period == disagreement.Undated:
		return "No date: it is not known whether the versions are about the same time."
	}
	return "The versions cannot be compared: a number or its unit has no known size on this measure's scale."
}

func (q *question) whyConflicting(groups []*group) string {
	if q.kind != model.TypeQuantity {
		return "No answer satisfies all: " + q.versions(groups) + "."
	}
	var lowest, highest *group // by the least upper and the greatest lower end
	for _, g := range groups {
		if g.high.Value != nil && (lowest == nil || compareEnds(g.high, lowest.high, 1) < 0) {
			lowest = g
		}
		if g.low.Value != nil && (highest == nil || compareEnds(g.low, highest.low, -1) > 0) {
			highest = g
		}
	}
	if lowest == nil || highest == nil || lowest == highest {
		return "No number satisfies all: " + q.versions(groups) + "."
	}
	most, least := "at most ", "at least "
	if !lowest.high.Inclusive {
		most = "less than "
	}
	if !highest.low.Inclusive {
		least = "more than "
	}
	return "No number satisfies all: " + lowest.name + " says " + most + numberText(lowest.high.Value) +
		", " + highest.name + " says " + least + numberText(highest.low.Value) + "."
}

// versions lists who says what, each version once.
func (q *question) versions(groups []*group) string {
	var order []string
	who := map[string][]string{}
	for _, g := range groups {
		for _, c := range g.asserted {
			text := q.said(c)
			if who[text] == nil {
				order = append(order, text)
			}
			if !slices.Contains(who[text], g.name) {
				who[text] = append(who[text], g.name)
			}
		}
	}
	var parts []string
	for _, text := range order {
		verb := " says "
		if len(who[text]) > 1 {
			verb = " say "
		}
		parts = append(parts, few(who[text])+verb+text)
	}
	const most = 4
	if len(parts) > most {
		parts = append(parts[:most], "and so on")
	}
	return strings.Join(parts, "; ")
}

func (q *question) whyCompatible() string {
	text := "The versions can all be true"
	if s, ok := q.common(); ok {
		text += " (" + intervalText(s.low, s.high) + " would satisfy everyone)"
	}
	switch {
	case q.Independent < 2 && q.Channels == 1:
		return text + ", but they do not confirm each other: all reach us through one document, " + q.onlyChannel() + "."
	case q.Independent < 2:
		return text + ", but they do not confirm each other: only " + strconv.Itoa(q.Independent) + " of " + count(q.Origins, "origin") + " is independent."
	}
	return text + ", but no two independent ones come close enough to confirm each other."
}

func (q *question) onlyChannel() string {
	for _, g := range q.groups {
		for _, c := range g.asserted {
			if len(c.Channels) > 0 {
				return q.book.document(c.Channels[0])
			}
		}
	}
	return ""
}

func (q *question) denying() []string { return q.speakers(denies) }

func (q *question) silent() []string {
	return q.speakers(func(c *disagreement.QuestionClaim) bool { return c.Stance == model.NoComment })
}

// speakers names who makes the current claims of one sort.
func (q *question) speakers(sort func(*disagreement.QuestionClaim) bool) []string {
	var out []string
	for _, g := range q.groups {
		for _, c := range g.claims {
			if name := q.book.speaker(c); c.Current && sort(c) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

func groupNames(groups []*group) []string {
	var out []string
	for _, g := range groups {
		out = append(out, g.name)
	}
	return out
}

// label is what a claim says, as it says it.
func (q *question) label(c *disagreement.QuestionClaim) string {
	text := q.said(c)
	switch c.Stance {
	case model.Deny:
		return "denies " + text
	case model.Retract:
		return "takes it back"
	case model.NoComment:
		return "no comment"
	}
	return text
}

// said is the value of a claim, with the hedge that the document prints.
func (q *question) said(c *disagreement.QuestionClaim) string {
	m := q.book.claims[c.RecordID]
	if c.Value == "" {
		switch {
		case c.Lower.Value != nil || c.Upper.Value != nil:
			return intervalText(c.Lower, c.Upper)
		case m != nil && m.Value != nil && m.Value.Special.Value == model.SomeValue:
			return "some value"
		}
		return "no value given"
	}
	text := q.book.value(q.Measure, c.Value)
	if q.kind == model.TypeDate {
		if d, err := edtf.Parse(c.Value); err == nil && d.Kind() != edtf.SetKind && q.book.reading(c, d) == edtf.SometimeIn {
			return sometimeIn(text)
		}
	}
	if m == nil || m.Value == nil || c.Derivation != "" || q.kind != model.TypeQuantity {
		return text
	}
	hedge := m.Value.Hedge.Value
	if rest, ok := strings.CutPrefix(text, words(hedge)); ok && hedge != "" && m.Value.HedgeVerbatim.IsSet() {
		return m.Value.HedgeVerbatim.Value + rest
	}
	return text
}
