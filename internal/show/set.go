package show

import (
	"cmp"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/model"
)

// Set is the questions of a dataset, or some of them.
type Set struct {
	Result    *disagreement.Result
	Book      *Book
	questions []*question // in the order of the result
	partial   bool        // not all questions of the result
}

// question is one question with its claims.
type question struct {
	*disagreement.Question
	claims []disagreement.QuestionClaim
	title  string // made when it is needed
}

// New makes the set of all questions of a result.
func New(result *disagreement.Result, book *Book) *Set {
	s := &Set{Result: result, Book: book, questions: make([]*question, len(result.Questions))}
	claims := result.Claims
	for i := range result.Questions {
		q := &result.Questions[i]
		n := 0
		for n < len(claims) && claims[n].QuestionID == q.ID {
			n++
		}
		s.questions[i] = &question{Question: q, claims: claims[:n]}
		claims = claims[n:]
	}
	return s
}

// Len is the number of questions.
func (s *Set) Len() int { return len(s.questions) }

// classes lists all classes, the most interesting first.
var classes = []string{
	disagreement.ClassConflicting, disagreement.ClassDenied, disagreement.ClassDeniedOnly, disagreement.ClassCorroborated,
	disagreement.ClassCompatible, disagreement.ClassNotComparable, disagreement.ClassUncontested, disagreement.ClassNoValue,
}

// Classes lists all classes, the most interesting first.
func Classes() []string { return slices.Clone(classes) }

// OfClasses gives the questions of any of these classes, by value_class, by
// agreement_class, or because they are denied.
func (s *Set) OfClasses(named []string) *Set {
	if len(named) == 0 {
		return s
	}
	return s.where(func(q *question) bool {
		return slices.Contains(named, q.ValueClass) || slices.Contains(named, q.AgreementClass) ||
			q.Denied && slices.Contains(named, disagreement.ClassDenied)
	})
}

func (s *Set) where(keep func(*question) bool) *Set {
	some := &Set{Result: s.Result, Book: s.Book, partial: true}
	for _, q := range s.questions {
		if keep(q) {
			some.questions = append(some.questions, q)
		}
	}
	return some
}

// interesting gives the questions with the most interesting classes first, then
// by title.
func (s *Set) interesting() []*question {
	out := slices.Clone(s.questions)
	for _, q := range out {
		q.title = s.Book.title(q.Parts)
	}
	slices.SortFunc(out, func(a, b *question) int {
		return cmp.Or(cmp.Compare(rank(a.AgreementClass), rank(b.AgreementClass)), cmp.Compare(rank(a.ValueClass), rank(b.ValueClass)),
			strings.Compare(a.title, b.title), strings.Compare(a.ID, b.ID))
	})
	return out
}

func rank(class string) int { return slices.Index(classes, class) }

// title puts a question into words.
func (b *Book) title(p disagreement.Parts) string {
	var about []string
	switch {
	case p.Subject != "" && p.Object != "":
		about = append(about, b.name(p.Subject)+" → "+b.name(p.Object))
	case p.Subject != "":
		about = append(about, b.name(p.Subject))
	case p.Object != "":
		about = append(about, "→ "+b.name(p.Object))
	}
	if p.Event != "" {
		about = append(about, "“"+b.name(p.Event)+"”")
	}
	if p.Place != "" {
		about = append(about, "in "+b.name(p.Place))
	}
	if p.Population != "" {
		about = append(about, "counting “"+b.population(p.Measure, p.Population)+"”")
	}
	if p.Period != "" {
		about = append(about, periodText(p.Period))
	}
	if p.Modality != model.Actual && p.Modality != "" {
		about = append(about, words(p.Modality))
	}
	if len(about) == 0 {
		return b.name(p.Measure)
	}
	return b.name(p.Measure) + ": " + strings.Join(about, ", ")
}

func periodText(period string) string {
	if period == disagreement.Undated {
		return period
	}
	return dateText(period)
}

// class names the class of a question, and that of the asserted values where the
// denials make them differ.
func (q *question) class() string {
	if q.AgreementClass == q.ValueClass || q.AgreementClass == disagreement.ClassDeniedOnly {
		return words(q.AgreementClass)
	}
	return words(q.AgreementClass) + " (" + words(q.ValueClass) + ")"
}

// counts says on how many legs the answer stands.
func (q *question) counts() string {
	text := count(q.Origins, "origin") + ", " + count(q.Channels, "channel") + ", " + grouped(itoa(q.Independent)) + " independent"
	if q.IndependentStated != q.Independent {
		text += " (" + itoa(q.IndependentStated) + " by stated links alone)"
	}
	return text
}

// common is the interval on which all origins can agree; ok is false where there
// is none, or nothing to agree about.
func (q *question) common() (low, high disagreement.Bound, ok bool) {
	low, high = q.LowerMax, q.UpperMin
	comparable := q.ValueClass == disagreement.ClassCompatible || q.ValueClass == disagreement.ClassCorroborated
	return low, high, comparable && (low.Value != nil || high.Value != nil)
}

// gap is the interval between two origins that cannot both be right.
func (q *question) gap() (low, high disagreement.Bound, ok bool) {
	low, high = q.UpperMin, q.LowerMax
	ok = q.ValueClass == disagreement.ClassConflicting && low.Value != nil && high.Value != nil && low.Value.Cmp(high.Value) <= 0
	return low, high, ok
}
