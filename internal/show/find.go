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
		return s.about(s.Book.survivor(id)), nil
	}
	prefix, ok := questionPrefix(id)
	if !ok {
		return nil, s.unknown(id)
	}
	found := s.where(func(q *question) bool { return strings.HasPrefix(q.ID, prefix) })
	switch n := found.Len(); {
	case n == 0:
		return nil, s.unknown(id)
	case len(prefix) < len("q-")+leastPrefix:
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
	if strings.Trim(digits, "0123456789abcdef") != "" || digits == "" {
		return "", false
	}
	return "q-" + digits, true
}

func (s *Set) unknown(id string) error {
	known := s.Book.IDs()
	for _, q := range s.questions {
		known = append(known, q.ID)
	}
	if near, ok := suggest.Nearest(id, known); ok {
		return fmt.Errorf("nothing has the id %q; did you mean %q?", id, near)
	}
	for _, prefix := range []string{"act-", "evt-", "msr-", "plc-", "src-", "clm-"} {
		if s.Book.Has(prefix + id) {
			return fmt.Errorf("nothing has the id %q; did you mean %q?", id, prefix+id)
		}
	}
	return errors.Join(fmt.Errorf("nothing has the id %q", id),
		errors.New("give the id of a question (stemma disagreement lists them), an actor, event, measure, place, source or claim"))
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
