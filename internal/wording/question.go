package wording

import (
	"cmp"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/model"
)

// Question is a question with the claims that answer it.
type Question struct {
	*disagreement.Question
	Book    *Book
	Kind    string // the value type of its measure
	Answers []disagreement.QuestionClaim
	Groups  []*Group
}

// Group is what one origin says.
type Group struct {
	Name     string
	Claims   []*disagreement.QuestionClaim // what counts first, then denials, then the rest
	Asserted []*disagreement.QuestionClaim // what counts: current, informative assertions
	Stretch                                // of what is asserted; of dates, in days since 1970-01-01
	Bounded  bool                          // the stretch has at least one end
}

// NewQuestion sorts the claims of a question by origin: the origins that assert
// something first, by their intervals from low to high, then those that only
// deny, then the rest.
func NewQuestion(b *Book, q *disagreement.Question, claims []disagreement.QuestionClaim) *Question {
	out := &Question{Question: q, Book: b, Kind: b.ValueType(q.Measure), Answers: claims}
	byOrigin := map[string]*Group{}
	for i := range claims {
		c := &claims[i]
		g := byOrigin[c.Origin]
		if g == nil {
			g = &Group{Name: b.Origin(c.Origin)}
			byOrigin[c.Origin] = g
			out.Groups = append(out.Groups, g)
		}
		g.Claims = append(g.Claims, c)
		if Asserts(c) {
			g.Asserted = append(g.Asserted, c)
		}
	}
	for _, g := range out.Groups {
		g.Stretch = out.together(g.Asserted)
		g.Bounded = g.Low.Value != nil || g.High.Value != nil
		slices.SortStableFunc(g.Claims, func(x, y *disagreement.QuestionClaim) int {
			return cmp.Or(cmp.Compare(rank(x), rank(y)), CompareDates(x.AsOf, y.AsOf))
		})
	}
	slices.SortStableFunc(out.Groups, compareGroups)
	return out
}

// Asserts tells whether a claim counts as an assertion.
func Asserts(c *disagreement.QuestionClaim) bool {
	return c.Current && c.Stance == model.Assert && c.Value != ""
}

// Denies tells whether a claim says that something is not so.
func Denies(c *disagreement.QuestionClaim) bool { return c.Stance == model.Deny }

// rank puts what is asserted first, then denials, then the rest.
func rank(c *disagreement.QuestionClaim) int {
	switch {
	case !c.Current:
		return 3
	case Asserts(c):
		return 0
	case Denies(c):
		return 1
	}
	return 2
}

// rank is that of the first claim: they are sorted by it.
func (g *Group) rank() int { return rank(g.Claims[0]) }

// IsPast tells whether nothing that an origin says counts any more.
func (g *Group) IsPast() bool { return g.rank() == 3 }

func compareGroups(x, y *Group) int {
	if c := cmp.Compare(x.rank(), y.rank()); c != 0 {
		return c
	}
	if x.Bounded != y.Bounded {
		if x.Bounded {
			return -1
		}
		return 1
	}
	return cmp.Or(CompareEnds(x.Low, y.Low, -1), CompareEnds(x.High, y.High, 1),
		strings.Compare(x.Name, y.Name), strings.Compare(x.Claims[0].Origin, y.Claims[0].Origin))
}
