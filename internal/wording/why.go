package wording

import (
	"slices"
	"strconv"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
)

// Why says in plain words why the question has its class.
func (q *Question) Why() []string {
	out := []string{q.whyClass()}
	switch {
	case q.Denied:
		out = append(out, "Denied by "+Few(q.denying())+": the denial excludes what others assert.")
	case q.Denying > 0 && q.ValueClass == disagreement.ClassUncontested && q.deniesItself():
		out = append(out, q.whyNotDenied())
	case q.Denying > 0 && q.ValueClass != disagreement.ClassNoValue:
		out = append(out, "The denial by "+Few(q.denying())+" excludes nothing that others assert.")
	}
	if q.ValueClassStated != q.ValueClass {
		out = append(out, q.whyStated())
	}
	if q.RenderingConflict {
		out = append(out, "Two renderings of one and the same utterance do not fit together.")
	}
	if q.NoComment > 0 && q.ValueClass != disagreement.ClassNoValue {
		out = append(out, "No comment by "+Few(q.silent())+".")
	}
	return out
}

// whyStated says what the class would be without the links that are the coder's
// judgement.
func (q *Question) whyStated() string {
	text := "By stated links alone it would be " + Words(q.ValueClassStated) + "."
	if q.ValueClass == disagreement.ClassUncontested && len(q.relying(q.Asserting())) > 0 {
		return text // whyUncontested has said that links are judged
	}
	return "Some links that count here are the coder’s judgement. " + text
}

func (q *Question) whyClass() string {
	groups := q.Asserting()
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
		who := Few(groupNames(groups))
		if len(groups) > 2 {
			who = "At least two of " + who
		}
		if q.Kind == model.TypeQuantity {
			return who + ", through different documents, give numbers that lie close together."
		}
		return who + ", through different documents, say the same."
	}
	return q.whyCompatible()
}

func (q *Question) whyNoValue() string {
	switch {
	case q.Denying > 0:
		return "Asserted in no document coded here; " + Few(q.denying()) + deniesWord(q.denying())
	case q.NoComment > 0:
		return "No document coded here gives an answer. No comment by " + Few(q.silent()) + "."
	case q.Current == 0:
		return "No claim counts any more: all were withdrawn or replaced."
	}
	return "No document coded here gives an answer."
}

// whyUncontested tells an origin that speaks for itself from one on which others
// rely.
func (q *Question) whyUncontested(groups []*Group) string {
	origin, others := Few(groupNames(groups)), q.relying(groups)
	differ := q.differing(groups)
	switch {
	case len(others) > 0:
		start := "All goes back to "
		if q.ValueClassStated != q.ValueClass {
			start = "By the coder’s judgement all goes back to "
		}
		return strings.TrimSpace(start + origin + ", also what is said by " + Few(others) + ". " + differ)
	case differ != "":
		return differ
	case q.Denying > 0:
		return "Only " + origin + " says so."
	}
	return "Only " + origin + " says so; no other version is coded here."
}

// relying names who else speaks for the one origin because they rely on it.
func (q *Question) relying(groups []*Group) []string {
	var out []string
	for _, g := range groups {
		for _, c := range g.Asserted {
			if name := q.Book.Speaker(c); name != g.Name && c.Claimant != "" && len(q.Book.Report(c).BasedOn) > 0 && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// differing says what the one origin says that cannot all be its answer, if it
// says such things.
func (q *Question) differing(groups []*Group) string {
	if len(groups) != 1 || !q.excludesItself(groups[0]) {
		return ""
	}
	var said, who []string
	for _, c := range groups[0].Asserted {
		if text := q.Said(c); !slices.Contains(said, text) {
			said = append(said, text)
		}
		if name := q.Book.Speaker(c); !slices.Contains(who, name) {
			who = append(who, name)
		}
	}
	text := groups[0].Name + " says " + Few(said)
	if len(said) == 2 {
		text = groups[0].Name + " says both " + And(said)
	}
	switch {
	case len(who) > 1:
		return text + ", through " + Few(who) + "."
	case q.RenderingConflict:
		return text + "."
	}
	return text + "; which came last is not known." // else only the last would count
}

// excludesItself tells whether the assertions of an origin cannot all be true.
func (q *Question) excludesItself(g *Group) bool {
	switch q.Kind {
	case model.TypeBoolean, model.TypeCategory, model.TypePlace:
		return slices.ContainsFunc(g.Asserted, func(c *disagreement.QuestionClaim) bool { return c.Value != g.Asserted[0].Value })
	case model.TypeDate:
		common := q.extents(&Group{Asserted: g.Asserted[:1]})
		for i := range g.Asserted {
			common = edtf.Meet(common, q.extents(&Group{Asserted: g.Asserted[i : i+1]}))
		}
		return len(common) == 0
	case model.TypeQuantity:
		var all []Stretch
		for _, c := range g.Asserted {
			all = append(all, Stretch{c.Lower, c.Upper})
		}
		return fold(all, true).IsEmpty()
	}
	return false
}

// deniesItself tells whether nobody denies but the origins that assert.
func (q *Question) deniesItself() bool {
	return !slices.ContainsFunc(q.Groups, func(g *Group) bool {
		return len(g.Asserted) == 0 && slices.ContainsFunc(g.Claims, func(c *disagreement.QuestionClaim) bool { return c.Current && Denies(c) })
	})
}

// whyNotDenied says why a denial by the one who asserts is none.
func (q *Question) whyNotDenied() string {
	groups := q.Asserting()
	for _, g := range groups {
		for _, c := range g.Asserted {
			if slices.ContainsFunc(g.Claims, func(d *disagreement.QuestionClaim) bool { return d.Current && Denies(d) && d.Value == c.Value }) {
				return g.Name + " both asserts and denies " + q.Said(c) + ": no denial by others is coded here, so it does not count as denied."
			}
		}
	}
	return "Who denies is who asserts, " + Few(groupNames(groups)) + ": that does not count as denied."
}

func deniesWord(who []string) string {
	if len(who) == 1 {
		return " denies it."
	}
	return " deny it."
}

func (q *Question) whyNotComparable() string {
	switch {
	case q.Kind == model.TypeText:
		return "Texts are not compared: read them side by side."
	case q.Period == disagreement.Undated:
		return "No date: it is not known whether the versions are about the same time."
	}
	return "The versions cannot be compared: a number or its unit has no known size on this measure's scale."
}

func (q *Question) whyConflicting(groups []*Group) string {
	if q.Kind != model.TypeQuantity {
		return "No answer satisfies all: " + q.versions(groups) + "."
	}
	var lowest, highest *Group // the least upper and the greatest lower end
	for _, g := range groups {
		if g.High.Value != nil && (lowest == nil || CompareEnds(g.High, lowest.High, 1) < 0) {
			lowest = g
		}
		if g.Low.Value != nil && (highest == nil || CompareEnds(g.Low, highest.Low, -1) > 0) {
			highest = g
		}
	}
	if lowest == nil || highest == nil || lowest == highest {
		return "No number satisfies all: " + q.versions(groups) + "."
	}
	most, least := "at most ", "at least "
	if !lowest.High.Inclusive {
		most = "less than "
	}
	if !highest.Low.Inclusive {
		least = "more than "
	}
	return "No number satisfies all: " + lowest.Name + " says " + most + Number(lowest.High.Value) +
		", " + highest.Name + " says " + least + Number(highest.Low.Value) + "."
}

// versions lists who says what, each version once, and of versions of which some
// exclude each other only these.
func (q *Question) versions(groups []*Group) string {
	var order []string
	who := map[string][]string{}
	opposed := q.opposed(groups)
	for _, g := range groups {
		for _, c := range g.Asserted {
			if len(opposed) > 0 && !opposed[c] {
				continue // it agrees with all
			}
			text := q.Said(c)
			if who[text] == nil {
				order = append(order, text)
			}
			if !slices.Contains(who[text], g.Name) {
				who[text] = append(who[text], g.Name)
			}
		}
	}
	var parts []string
	for _, text := range order {
		verb := " says "
		if len(who[text]) > 1 {
			verb = " say "
		}
		parts = append(parts, Few(who[text])+verb+text)
	}
	const most = 4
	if len(parts) > most {
		parts = append(parts[:most], "and so on")
	}
	return strings.Join(parts, "; ")
}

// opposed finds the assertions that exclude one of another origin; none where
// only three or more together leave nothing.
func (q *Question) opposed(groups []*Group) map[*disagreement.QuestionClaim]bool {
	out := map[*disagreement.QuestionClaim]bool{}
	const most = 200 // each is held against each other one
	if q.Claims > most {
		return out
	}
	for i, g := range groups {
		for _, other := range groups[i+1:] {
			for _, x := range g.Asserted {
				for _, y := range other.Asserted {
					if q.exclude(x, y) {
						out[x], out[y] = true, true
					}
				}
			}
		}
	}
	return out
}

// exclude tells whether two assertions cannot both be true.
func (q *Question) exclude(x, y *disagreement.QuestionClaim) bool {
	both := &Group{Asserted: []*disagreement.QuestionClaim{x, y}}
	if q.Kind != model.TypePlace {
		return q.excludesItself(both)
	}
	return !q.Book.isWithin(x.Value, y.Value) && !q.Book.isWithin(y.Value, x.Value)
}

func (q *Question) whyCompatible() string {
	text := "The versions can all be true"
	if s, ok := Common(q.Question); ok {
		text += " (" + Interval(s.Low, s.High) + " would satisfy " + All(q.Question, q.Kind) + ")"
	}
	switch {
	case q.Independent < 2 && q.Channels == 1:
		return text + ", but they do not confirm each other: all reach us through one document, " + q.onlyChannel() + "."
	case q.Independent < 2:
		return text + ", but they do not confirm each other: only " + strconv.Itoa(q.Independent) + " of " + Count(q.Origins, "origin") + " is independent."
	}
	return text + ", but no two independent ones come close enough to confirm each other."
}

func (q *Question) onlyChannel() string {
	for _, g := range q.Groups {
		for _, c := range g.Asserted {
			if len(c.Channels) > 0 {
				return named(q.Book.Document, c.Channels[0])
			}
		}
	}
	return ""
}

func (q *Question) denying() []string { return q.speakers(Denies) }

func (q *Question) silent() []string {
	return q.speakers(func(c *disagreement.QuestionClaim) bool { return c.Stance == model.NoComment })
}

// speakers names who makes the current claims of one sort.
func (q *Question) speakers(sort func(*disagreement.QuestionClaim) bool) []string {
	var out []string
	for _, g := range q.Groups {
		for _, c := range g.Claims {
			if name := q.Book.Speaker(c); c.Current && sort(c) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

func groupNames(groups []*Group) []string {
	var out []string
	for _, g := range groups {
		out = append(out, g.Name)
	}
	return out
}
