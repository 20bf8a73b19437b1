package show

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"stemma/disagreement"
	"stemma/internal/suggest"
)

// leastPrefix is the number of hexadecimal digits from which on the beginning of
// a question's id is taken for it.
const leastPrefix = 4

// Find gives the questions that an id names: that of a question, or its
// beginning, or that of a record: the questions about it, and those that it
// answers.
func (s *Set) Find(id string) (*Set, error) {
	if s.Book.Has(id) {
		return s.about(s.Book.Survivor(id)), nil
	}
	prefix, ok := questionPrefix(id)
	if !ok {
		return nil, s.unknown(id)
	}
	found := s.where(func(q *question) bool { return strings.HasPrefix(q.ID, prefix) })
	isShort := len(prefix) < len("q-")+leastPrefix
	switch n := found.Len(); {
	case n == 0 && !(isShort && strings.HasPrefix(strings.ToLower(id), "q-")): // bad may be the beginning of a name
		return nil, s.unknown(id)
	case isShort:
		return nil, fmt.Errorf("%q is too short for the beginning of a question's id: give at least %d digits after q-", id, leastPrefix)
	case n == 1:
		return found, nil
	default:
		var ids []string
		for _, q := range found.questions {
			ids = append(ids, q.ID)
		}
		return nil, fmt.Errorf("%d questions begin with %q: %s", n, id, suggest.List(ids, 8))
	}
}

// questionPrefix reads the beginning of a question's id, with or without q-.
func questionPrefix(id string) (string, bool) {
	digits := strings.TrimPrefix(strings.ToLower(id), "q-")
	if strings.Trim(digits, "0123456789abcdef") != "" || id == "" {
		return "", false
	}
	return "q-" + digits, true
}

func (s *Set) unknown(id string) error {
	if meant := s.meant(id); len(meant) > 0 {
		return fmt.Errorf("nothing has the id %q; did you mean %s?", id, suggest.List(meant, 8))
	}
	return errors.Join(fmt.Errorf("nothing has the id %q", id),
		errors.New("give the id of a question (stemma disagreement lists them), an actor, event, measure, place, source or claim"))
}

// meant finds the ids that may be meant by one that nothing has: first the one
// that lacks its kind only, then those that are typed in part, then a slip.
func (s *Set) meant(id string) []string {
	typed := strings.ToLower(id)
	known := s.Book.IDs()
	var whole, begun []string
	for _, k := range known {
		_, name, _ := strings.Cut(k, "-")
		switch {
		case name == typed:
			whole = append(whole, k)
		case typed != "" && strings.HasPrefix(k, typed):
			begun = append(begun, k)
		}
	}
	if found := slices.Concat(whole, begun); len(found) > 0 {
		return found
	}
	for _, q := range s.questions {
		known = append(known, q.ID)
	}
	if near, ok := suggest.Nearest(id, known); ok {
		return []string{near}
	}
	return nil
}

// about gives the questions in which a record has a part.
func (s *Set) about(id string) *Set {
	return s.where(func(q *question) bool {
		if slices.Contains([]string{q.Measure, q.Subject, q.Object, q.Place, q.Event}, id) {
			return true
		}
		return slices.ContainsFunc(q.claims, func(c disagreement.QuestionClaim) bool {
			return c.RecordID == id || c.Source == id || c.Claimant == id || slices.Contains(c.Channels, id) ||
				slices.Contains(strings.Split(c.Origin, " + "), id) || c.Value == id
		})
	})
}
