package wording

import (
	"cmp"
	"slices"

	"stemma/disagreement"
)

// Class is a class of questions and what it means.
type Class struct{ Name, Meaning string }

// Classes lists all classes, the most interesting first.
func Classes() []Class { return slices.Clone(classes[:]) }

var classes = [...]Class{
	{disagreement.ClassConflicting, "no answer satisfies all"},
	{disagreement.ClassDenied, "asserted by some, denied by others"},
	{disagreement.ClassDeniedOnly, "denied, and asserted in no document coded here"},
	{disagreement.ClassCorroborated, "independent origins say much the same"},
	{disagreement.ClassCompatible, "all can be true, but they do not confirm each other"},
	{disagreement.ClassNotComparable, "versions that cannot be compared"},
	{disagreement.ClassUncontested, "one origin only"},
	{disagreement.ClassNoValue, "no answer"},
}

func rankOf(class string) int {
	return slices.IndexFunc(classes[:], func(c Class) bool { return c.Name == class })
}

// Meaning says what a class means; "" of what is none.
func Meaning(class string) string {
	if i := rankOf(class); i >= 0 {
		return classes[i].Meaning
	}
	return ""
}

// CompareClasses puts questions with the more interesting classes first: by the
// agreement class, then by the value class.
func CompareClasses(x, y *disagreement.Question) int {
	return cmp.Or(cmp.Compare(rankOf(x.AgreementClass), rankOf(y.AgreementClass)), cmp.Compare(rankOf(x.ValueClass), rankOf(y.ValueClass)))
}

// FoundBy lists the classes by which a question is found: its agreement class,
// its value class, and denied, if it is.
func FoundBy(q *disagreement.Question) []string {
	out := []string{q.AgreementClass}
	if q.ValueClass != q.AgreementClass {
		out = append(out, q.ValueClass)
	}
	if q.Denied && q.AgreementClass != disagreement.ClassDenied {
		out = append(out, disagreement.ClassDenied)
	}
	return out
}

// ClassOf names the class of a question, and that of the asserted values where
// the denials make them differ.
func ClassOf(q *disagreement.Question) string {
	if q.AgreementClass == q.ValueClass || q.AgreementClass == disagreement.ClassDeniedOnly {
		return Words(q.AgreementClass)
	}
	return Words(q.AgreementClass) + " (else " + Words(q.ValueClass) + ")"
}

// Legs says on how many legs the answer to a question stands.
func Legs(q *disagreement.Question) string {
	text := Count(q.Origins, "origin") + ", " + Count(q.Channels, "channel") + ", " + GroupedInt(q.Independent) + " independent"
	if q.IndependentStated != q.Independent {
		text += " (" + GroupedInt(q.IndependentStated) + " by stated links alone)"
	}
	return text
}

// ClaimsOf says how many claims answer a question, and how many of them no
// longer count.
func ClaimsOf(q *disagreement.Question) string {
	text := Count(q.Claims, "claim")
	switch q.Superseded {
	case 0:
		return text
	case 1:
		return text + ", of which 1 no longer counts"
	}
	return text + ", of which " + GroupedInt(q.Superseded) + " no longer count"
}

// NotCurrent says why a claim does not count any more.
func NotCurrent(c *disagreement.QuestionClaim) string {
	switch c.WhyNotCurrent {
	case disagreement.NotCurrentRevised:
		return "no longer counts, revised"
	case disagreement.NotCurrentRetracted:
		return "no longer counts, taken back"
	case disagreement.NotCurrentNewer:
		return "no longer counts, said anew later"
	case disagreement.NotCurrentRescheduled:
		return "no longer counts, rescheduled"
	case disagreement.NotCurrentBase:
		return "no longer counts, nor does what it follows from"
	}
	return "no longer counts"
}
