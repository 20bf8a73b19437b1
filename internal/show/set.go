package show

import (
	"cmp"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/wording"
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

// Classes lists all classes, the most interesting first.
func Classes() []string {
	var out []string
	for _, c := range wording.Classes() {
		out = append(out, c.Name)
	}
	return out
}

// OfClasses gives the questions of any of these classes, by value_class, by
// agreement_class, or because they are denied.
func (s *Set) OfClasses(named []string) *Set {
	if len(named) == 0 {
		return s
	}
	return s.where(func(q *question) bool {
		return slices.ContainsFunc(wording.FoundBy(q.Question), func(class string) bool { return slices.Contains(named, class) })
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
		return cmp.Or(wording.CompareClasses(a.Question, b.Question), strings.Compare(a.title, b.title), strings.Compare(a.ID, b.ID))
	})
	return out
}

// title puts a question into words.
func (b *Book) title(p disagreement.Parts) string {
	measure, about := b.Title(p)
	if about == "" {
		return measure
	}
	return measure + ": " + about
}

// answer is a question with all that its picture needs.
type answer struct {
	*wording.Question
	book  *Book
	title string
	named map[string]bool // documents that were named in full
}

func (s *Set) answer(q *question) *answer {
	return &answer{Question: wording.NewQuestion(&s.Book.Book, q.Question, q.claims), book: s.Book, title: s.Book.title(q.Parts), named: map[string]bool{}}
}
