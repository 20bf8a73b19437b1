package disagreement

import (
	"slices"

	"stemma/internal/model"
)

// supersession finds out which claims are not current any more (MODEL §3).
// Where the order in time is unknown, both stay.
type supersession struct {
	revisions   map[string][]*claim // by the claim that they name
	revised     map[Parts][]*claim  // the claims that are named, by their question
	rescheduled map[string][]dated  // by event, sorted by first day
	dates       string              // the measure of the days that events are planned for
}

func newSupersession(w *world, claims []*claim) *supersession {
	s := &supersession{
		revisions: map[string][]*claim{}, revised: map[Parts][]*claim{}, rescheduled: map[string][]dated{},
		dates: w.named(model.MeasureEventScheduledFor),
	}
	status := w.named(model.MeasureEventStatus)
	for _, c := range claims {
		if c.revises != "" {
			s.revisions[c.revises] = append(s.revisions[c.revises], c)
		}
		isRescheduled := c.measure.id == status && c.value != nil && c.stance == model.Assert && c.value.text == model.Rescheduled
		if isRescheduled && c.asOf.hasEarliest {
			s.rescheduled[c.parts.Event] = append(s.rescheduled[c.parts.Event], c.asOf)
		}
	}
	for _, c := range claims {
		if c.derivation == "" && s.revisions[c.key] != nil {
			s.revised[c.parts] = append(s.revised[c.parts], c)
		}
	}
	for _, list := range s.rescheduled {
		slices.SortFunc(list, func(a, b dated) int { return int(a.earliest) - int(b.earliest) })
	}
	return s
}

// apply marks the claims of all questions in one pass. What follows from a
// claim is never more current than that claim is among the others that were
// not entailed.
func (s *supersession) apply(qs *questions, p pass) {
	direct := map[*claim]superseded{}
	for _, q := range qs.list {
		own := newPeers(q, func(c *claim) bool { return !c.isEntailed() })
		for _, c := range own.all {
			direct[c] = s.find(c, own, p)
		}
	}
	for _, q := range qs.list {
		hasEntailed := slices.ContainsFunc(q.claims, (*claim).isEntailed)
		everybody := newPeers(q, func(*claim) bool { return hasEntailed })
		for _, c := range q.claims {
			found := direct[c]
			if hasEntailed {
				found = s.find(c, everybody, p)
			}
			if base := direct[c.base]; c.base != nil && found.why == "" && base.why != "" {
				found = superseded{NotCurrentBase, base.by}
			}
			c.behind[p].superseded = found
		}
	}
}

// peers are claims of one question, by what can supersede others.
type peers struct {
	all        []*claim
	retracting []*claim
	byClaimant map[string][]*claim
	asserting  []*claim
}

func newPeers(q *question, include func(*claim) bool) *peers {
	out := &peers{byClaimant: map[string][]*claim{}}
	for _, c := range q.claims {
		if !include(c) {
			continue
		}
		out.all = append(out.all, c)
		if c.stance == model.Retract {
			out.retracting = append(out.retracting, c)
		}
		if c.isInformative() {
			if c.stance == model.Assert {
				out.asserting = append(out.asserting, c)
			}
			if c.claimant != "" {
				out.byClaimant[c.claimant] = append(out.byClaimant[c.claimant], c)
			}
		}
	}
	return out
}

// find gives the first reason for which a claim is not current, and the first
// claim that gives it, in the order of time and then of the keys.
func (s *supersession) find(c *claim, among *peers, p pass) superseded {
	origin := c.behind[p].origin
	reasons := [...]struct {
		why     string
		others  []*claim
		applies func(o *claim) bool
	}{
		{NotCurrentRevised, s.revisionsOf(c, p), func(o *claim) bool { return o.behind[p].origin == origin && !o.asOf.isBefore(c.asOf) }},
		{NotCurrentRetracted, among.retracting, func(o *claim) bool { return o.behind[p].origin == origin && c.asOf.isBefore(o.asOf) }},
		{NotCurrentNewer, among.byClaimant[c.claimant], func(o *claim) bool {
			return c.asOf.isBefore(o.asOf) && (c.utterance == "" || o.utterance != c.utterance)
		}},
		{NotCurrentRescheduled, s.replanning(c, among), func(o *claim) bool { return s.isReplanned(c, o) }},
	}
	for _, reason := range reasons {
		var by *claim
		for _, o := range reason.others {
			if o != c && (by == nil || o.comesFirst(by)) && reason.applies(o) {
				by = o
			}
		}
		if by != nil {
			return superseded{reason.why, by.key}
		}
	}
	return superseded{}
}

// comesFirst orders claims by the first day of their as-of, unknown ones last,
// and then by key.
func (c *claim) comesFirst(o *claim) bool {
	switch {
	case c.asOf.hasEarliest != o.asOf.hasEarliest:
		return c.asOf.hasEarliest
	case c.asOf.hasEarliest && c.asOf.earliest != o.asOf.earliest:
		return c.asOf.earliest < o.asOf.earliest
	}
	return c.key < o.key
}

// revisionsOf gives the claims that revise one by name, or revise the claim of
// which it is a copy.
func (s *supersession) revisionsOf(c *claim, p pass) []*claim {
	if c.derivation != "" {
		return nil
	}
	out := s.revisions[c.key]
	for _, o := range s.revised[c.parts] {
		if o != c && c.revises != o.key && c.copies(o, p) {
			out = append(out[:len(out):len(out)], s.revisions[o.key]...)
		}
	}
	return out
}

// copies tells whether a claim says the same as another one of its question, by
// the same origin, and reached us through nothing but its documents.
func (c *claim) copies(o *claim, p pass) bool {
	a, b := &c.behind[p], &o.behind[p]
	return c.stance == o.stance && c.text == o.text && a.origin == b.origin && isSubset(a.channels, b.channels)
}

// replanning gives the claims that may take the place of a plan.
func (s *supersession) replanning(c *claim, among *peers) []*claim {
	isPlan := c.parts.Modality == model.Planned || c.measure.id == s.dates
	if c.parts.Event == "" || !isPlan || len(s.rescheduled[c.parts.Event]) == 0 {
		return nil
	}
	return among.asserting
}

// isReplanned tells whether a plan from before the event was rescheduled gives
// way to one that is not from before that.
func (s *supersession) isReplanned(plan, o *claim) bool {
	if !o.asOf.hasEarliest || !plan.asOf.hasLatest {
		return false
	}
	list := s.rescheduled[plan.parts.Event]
	i := slices.IndexFunc(list, func(r dated) bool { return r.earliest > plan.asOf.latest })
	return i >= 0 && list[i].earliest <= o.asOf.earliest
}
