package show

import (
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/model"
)

// answer is a question with all that its picture needs.
type answer struct {
	*question
	book   *Book
	kind   string // the value type of its measure
	groups []*group
	named  map[string]bool // documents that were named in full
}

func (s *Set) answer(q *question) *answer {
	q.title = s.Book.title(q.Parts)
	return &answer{question: q, book: s.Book, kind: s.Book.valueType(q.Measure), groups: s.Book.groups(q), named: map[string]bool{}}
}

// asserting gives the origins that assert something.
func (a *answer) asserting() []*group {
	var out []*group
	for _, g := range a.groups {
		if len(g.asserted) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// why says in plain words why the question has its class.
func (a *answer) why() []string {
	out := []string{a.whyClass()}
	switch {
	case a.Denied:
		out = append(out, "Denied by "+few(a.denying())+": the denial excludes what others assert.")
	case a.Denying > 0 && a.ValueClass != disagreement.ClassNoValue:
		out = append(out, "The denial by "+few(a.denying())+" excludes nothing that others assert.")
	}
	if a.ValueClassStated != a.ValueClass {
		out = append(out, "Counting only the links that documents state themselves, it would look "+words(a.ValueClassStated)+".")
	}
	if a.RenderingConflict {
		out = append(out, "Two renderings of one and the same utterance do not fit together.")
	}
	if a.NoComment > 0 && a.ValueClass != disagreement.ClassNoValue {
		out = append(out, "Asked, but without comment: "+few(a.silent())+".")
	}
	return out
}

func (a *answer) whyClass() string {
	groups := a.asserting()
	switch a.ValueClass {
	case disagreement.ClassNoValue:
		return a.whyNoValue()
	case disagreement.ClassUncontested:
		return a.whyUncontested(groups)
	case disagreement.ClassNotComparable:
		return a.whyNotComparable()
	case disagreement.ClassConflicting:
		return a.whyConflicting(groups)
	case disagreement.ClassCorroborated:
		who := few(names(groups))
		if len(groups) > 2 {
			who = "At least two of " + who
		}
		if a.kind == model.TypeQuantity {
			return who + ", through different documents, give numbers that lie close together."
		}
		return who + ", through different documents, say the same."
	}
	return a.whyCompatible()
}

func (a *answer) whyNoValue() string {
	switch {
	case a.Denying > 0:
		return "Nobody asserts it; " + few(a.denying()) + deniesWord(a.denying())
	case a.NoComment > 0:
		return "Nobody gives an answer; asked, but without comment: " + few(a.silent()) + "."
	case a.Current == 0:
		return "No claim counts any more: all were withdrawn or replaced."
	}
	return "Nobody gives an answer."
}

// whyUncontested tells an origin that speaks for itself from one on which others
// rely.
func (a *answer) whyUncontested(groups []*group) string {
	origin := few(names(groups))
	var others []string
	for _, g := range groups {
		for _, c := range g.asserted {
			if name := a.speaker(c); name != g.name && c.Claimant != "" && a.relies(c) != "" && !slices.Contains(others, name) {
				others = append(others, name)
			}
		}
	}
	switch {
	case len(others) > 0:
		return "Everything goes back to " + origin + ", also what is said by " + few(others) + "."
	case a.Denying > 0:
		return "Only " + origin + " says so."
	}
	return "Only " + origin + " says so; nobody else gives a version."
}

func deniesWord(who []string) string {
	if len(who) == 1 {
		return " denies it."
	}
	return " deny it."
}

func (a *answer) whyNotComparable() string {
	switch {
	case a.kind == model.TypeText:
		return "Texts are not compared: read them side by side."
	case a.Period == disagreement.Undated:
		return "No date: it is not known whether the versions are about the same time."
	}
	return "The versions cannot be compared: a number or its unit has no known size on this measure's scale."
}

func (a *answer) whyConflicting(groups []*group) string {
	if a.kind != model.TypeQuantity {
		return "No answer satisfies all: " + a.versions(groups) + "."
	}
	var lowest, highest *group // the least upper and the greatest lower end
	for _, g := range groups {
		if g.high.Value != nil && (lowest == nil || compareBounds(g.high, lowest.high, 1) < 0) {
			lowest = g
		}
		if g.low.Value != nil && (highest == nil || compareBounds(g.low, highest.low, -1) > 0) {
			highest = g
		}
	}
	if lowest == nil || highest == nil || lowest == highest {
		return "No number satisfies all: " + a.versions(groups) + "."
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
func (a *answer) versions(groups []*group) string {
	var order []string
	who := map[string][]string{}
	for _, g := range groups {
		for _, c := range g.asserted {
			text := a.said(c)
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

func (a *answer) whyCompatible() string {
	text := "The versions can all be true"
	if low, high, ok := a.common(); ok {
		text += " (" + intervalText(low, high) + " would satisfy everyone)"
	}
	switch {
	case a.Independent < 2 && a.Channels == 1:
		return text + ", but they do not confirm each other: all reach us through one document, " + a.onlyChannel() + "."
	case a.Independent < 2:
		return text + ", but they do not confirm each other: only " + itoa(a.Independent) + " of " + count(a.Origins, "origin") + " is independent."
	}
	return text + ", but no two independent ones come close enough to confirm each other."
}

func (a *answer) onlyChannel() string {
	for _, g := range a.groups {
		for _, c := range g.asserted {
			if len(c.Channels) > 0 {
				return c.Channels[0]
			}
		}
	}
	return ""
}

func (a *answer) denying() []string { return a.speakers(denies) }

func (a *answer) silent() []string {
	return a.speakers(func(c *disagreement.QuestionClaim) bool { return c.Stance == model.NoComment })
}

// speakers names who makes the current claims of one sort.
func (a *answer) speakers(sort func(*disagreement.QuestionClaim) bool) []string {
	var out []string
	for _, g := range a.groups {
		for _, c := range g.claims {
			if name := a.speaker(c); c.Current && sort(c) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// speaker names who speaks in a claim.
func (a *answer) speaker(c *disagreement.QuestionClaim) string {
	switch {
	case c.Claimant != "":
		return a.book.name(c.Claimant)
	case c.Label != "":
		return "“" + c.Label + "”"
	}
	return c.Source
}

func names(groups []*group) []string {
	var out []string
	for _, g := range groups {
		out = append(out, g.name)
	}
	return out
}
