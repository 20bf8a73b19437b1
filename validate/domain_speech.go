package validate

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/model"
)

// speech holds who made which claim: what claims are compared by that belong to
// one act of speech, or of which one revises another.
type speech struct {
	mu         sync.Mutex
	claims     []spokenClaim
	utterances map[string][]spokenClaim
}

// spokenClaim is the little of a claim that is kept of all of them.
type spokenClaim struct {
	id       string
	claimant *kept[*model.Actor] // nil where nobody is named
	record   *dataset.Record
	at       model.Span // of the utterance
}

func (s *speech) claim(r record, m *model.Claim, claimant *kept[*model.Actor]) {
	if m.Retired() {
		return
	}
	said := spokenClaim{r.id, claimant, r.Record, m.Utterance.Span}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.claims = append(s.claims, said)
	if m.Utterance.IsSet() && claimant != nil {
		if s.utterances == nil {
			s.utterances = map[string][]spokenClaim{}
		}
		s.utterances[m.Utterance.Value] = append(s.utterances[m.Utterance.Value], said)
	}
}

func compareClaims(a, b spokenClaim) int {
	return cmp.Or(cmp.Compare(a.id, b.id), comparePlace(a.record, b.record))
}

// utterances finds renderings of one utterance by different claimants. An envoy
// and the state for which he speaks are one.
func (s *stemmaRules) utterances() diag.List {
	var list diag.List
	for name, said := range s.speech.utterances {
		slices.SortFunc(said, compareClaims)
		first := said[0]
		for _, other := range said[1:] {
			if !s.speakAsOne(first.claimant, other.claimant) {
				list = append(list, find(*other.record, diag.UtteranceClaimant, other.at,
					fmt.Sprintf("the utterance %q is one of %q here and of %q in %q", name, other.claimant.id, first.claimant.id, first.id),
					"give each act of speech a name of its own, or correct the claimant", there(*first.record, first.at, "the other rendering is here")))
			}
		}
	}
	return list
}

// revisions finds claims that revise one of another claimant.
func (s *stemmaRules) revisions() diag.List {
	wanted := map[string]spokenClaim{}
	for from, links := range s.links.revises {
		wanted[from] = spokenClaim{}
		for _, l := range links {
			wanted[l.to] = spokenClaim{}
		}
	}
	for _, said := range s.speech.claims {
		if known, ok := wanted[said.id]; ok && (known.record == nil || compareClaims(said, known) < 0) {
			wanted[said.id] = said
		}
	}
	var list diag.List
	for from, links := range s.links.revises {
		for _, l := range links {
			later, earlier := wanted[from], wanted[l.to]
			// Where neither names anybody, it is the documents that are compared, elsewhere.
			if later.record == nil || earlier.record == nil || later.claimant == nil && earlier.claimant == nil || s.speakAsOne(later.claimant, earlier.claimant) {
				continue
			}
			list = append(list, find(l.rec, diag.RevisesClaimant, l.at, fmt.Sprintf("%q is a claim of %s, this one of %s", l.to, nameOf(earlier), nameOf(later)),
				"a claimant revises only its own claims: leave revises out, or correct the claimant", there(*earlier.record, model.Span{}, "the other claim is here")))
		}
	}
	return list
}

func nameOf(c spokenClaim) string {
	if c.claimant == nil {
		return "nobody who is named"
	}
	return fmt.Sprintf("%q", c.claimant.id)
}

// speakAsOne tells whether two actors are one origin of claims: the same, or
// both speaking for the same one.
func (s *stemmaRules) speakAsOne(a, b *kept[*model.Actor]) bool {
	if a == nil || b == nil {
		return false
	}
	voices := s.voices(a)
	return slices.ContainsFunc(s.voices(b), func(id string) bool { return slices.Contains(voices, id) })
}

// voices lists an actor and everybody for whom it speaks, whenever that was;
// duplicates are the actors into which they were merged.
func (s *stemmaRules) voices(a *kept[*model.Actor]) []string {
	out := []string{a.id}
	for i := 0; i < len(out); i++ {
		k := s.actors.byID[out[i]]
		if k == nil {
			continue
		}
		next := []string{k.base.MergedInto.Value}
		for j := range k.model.ActsFor {
			next = append(next, k.model.ActsFor[j].Actor.Value)
		}
		for _, id := range next {
			if id != "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
