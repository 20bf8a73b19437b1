package disagreement

import (
	"slices"

	"stemma/internal/model"
)

// supersession finds out which claims are not current any more (MODEL §3).
// Where the order in time is unknown, both stay.
type supersession struct {
	revisions   map[string][]*claim // by the claim that they name
	rescheduled map[string][]dated  // by event, sorted by first day
	dates       string              // the measure of the days that events are planned for
}

func newSupersession(w *world, claims []*claim) *supersession {
	s := &supersession{map[string][]*claim{}, map[string][]dated{}, w.named(model.MeasureEventScheduledFor)}
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
	informing  []*claim
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
			out.informing = append(out.informing, c)
			if c.claimant != "" {
				out.byClaimant[c.claimant] = append(out.byClaimant[c.claimant], c)
			}
		}
	}
	return out
}

// find gives the first reason for which a claim is not current, and the first
// claim in the order of the keys that gives it.
func (s *supersession) find(c *claim, among *peers, p pass) superseded {
	origin := c.behind[p].origin
	reasons := [...]struct {
		why     string
		others  []*claim
		applies func(o *claim) bool
	}{
		{NotCurrentRevised, s.revisionsOf(c), func(o *claim) bool { return o.behind[p].origin == origin && !o.asOf.isBefore(c.asOf) }},
		{NotCurrentRetracted, among.retracting, func(o *claim) bool { return o.behind[p].origin == origin && c.asOf.isBefore(o.asOf) }},
		{NotCurrentNewer, among.byClaimant[c.claimant], func(o *claim) bool {
			return c.asOf.isBefore(o.asOf) && (c.utterance == "" || o.utterance != c.utterance)
		}},
		{NotCurrentRescheduled, s.replanning(c, among), func(o *claim) bool { return s.isReplanned(c, o) }},
	}
	for _, reason := range reasons {
		by := ""
		for _, o := range reason.others {
			if o != c && (by == "" || o.key < by) && reason.applies(o) {
				by = o.key
			}
		}
		if by != "" {
			return superseded{reason.why, by}
		}
	}
	return superseded{}
}

func (s *supersession) revisionsOf(c *claim) []*claim {
	if c.derivation != "" {
		return nil
	}
	return s.revisions[c.key]
}

// replanning gives the claims that may take the place of a plan.
func (s *supersession) replanning(c *claim, among *peers) []*claim {
	isPlan := c.parts.Modality == model.Planned || c.measure.id == s.dates
	if c.parts.Event == "" || !isPlan || len(s.rescheduled[c.parts.Event]) == 0 {
		return nil
	}
	return among.informing
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
