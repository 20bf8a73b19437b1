package disagreement

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"stemma/internal/strictjson"
)

// question holds the claims that answer it, sorted by key and derivation.
type question struct {
	id      string
	parts   Parts
	measure *measure
	claims  []*claim
}

// id is q- and the first 16 hexadecimal digits of the SHA-256 of the canonical
// JSON of the parts; a part that is not asked for is null.
func (p Parts) id() string {
	member := func(name, text string) strictjson.Member {
		if text == "" {
			return strictjson.Member{Name: name}
		}
		return strictjson.Member{Name: name, Value: strictjson.Value{Kind: strictjson.String, Text: text}}
	}
	object := strictjson.Value{Kind: strictjson.Object, Members: []strictjson.Member{
		member("measure", p.Measure), member("subject", p.Subject), member("object", p.Object), member("place", p.Place),
		member("event", p.Event), member("population", p.Population), member("modality", p.Modality), member("period", p.Period),
	}}
	sum := sha256.Sum256(strictjson.AppendCanonical(nil, &object))
	return "q-" + hex.EncodeToString(sum[:8])
}

// questions is a set of questions that grows as claims are put to them.
type questions struct {
	byParts map[Parts]*question
	list    []*question
}

func newQuestions(claims []*claim) *questions {
	qs := &questions{byParts: map[Parts]*question{}}
	for _, c := range claims {
		qs.add(c)
	}
	return qs
}

func (qs *questions) add(c *claim) {
	q := qs.byParts[c.parts]
	if q == nil {
		q = &question{id: c.parts.id(), parts: c.parts, measure: c.measure}
		qs.byParts[c.parts] = q
		qs.list = append(qs.list, q)
	}
	q.claims = append(q.claims, c)
}

// sort brings questions and claims into the order of the tables.
func (qs *questions) sort() {
	slices.SortFunc(qs.list, func(a, b *question) int { return compare(a.id, b.id) })
	for _, q := range qs.list {
		slices.SortFunc(q.claims, func(a, b *claim) int {
			if c := compare(a.key, b.key); c != 0 {
				return c
			}
			return compare(a.derivation, b.derivation)
		})
	}
}

// previous gives, for every dated question, the same question in the latest
// earlier period.
func (qs *questions) previous() map[*question]string {
	series := map[Parts][]*question{}
	for _, q := range qs.list {
		if q.parts.Period == "" || q.parts.Period == Undated {
			continue
		}
		same := q.parts
		same.Period = ""
		series[same] = append(series[same], q)
	}
	out := map[*question]string{}
	for _, list := range series {
		// All periods of one measure have one form, which sorts by time.
		slices.SortFunc(list, func(a, b *question) int { return compare(a.parts.Period, b.parts.Period) })
		for i := 1; i < len(list); i++ {
			out[list[i]] = list[i-1].id
		}
	}
	return out
}
