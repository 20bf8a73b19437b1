package validate

import (
	"fmt"
	"strings"

	"stemma/internal/diag"
	"stemma/internal/model"
)

// derivedClaim is a claim that an account derives: its measure, the type of its
// value, and what in the account derives it.
type derivedClaim struct {
	measure, valueType string
	part               string // of the account or claim
	at                 model.Span
}

// derivedClaims lists what an account derives, as MODEL §3 says.
func derivedClaims(a *model.Account) []derivedClaim {
	var out []derivedClaim
	if a.Status.IsSet() {
		out = append(out, derivedClaim{model.MeasureEventStatus, model.TypeCategory, "status", a.Status.Span})
	}
	if a.When != nil {
		out = append(out, derivedClaim{a.WhenMeasure(), model.TypeDate, "date", a.When.Span})
	}
	if a.Place.IsSet() {
		out = append(out, derivedClaim{model.MeasureEventPlace, model.TypePlace, "place", a.Place.Span})
	}
	for i := range a.Participants {
		p := &a.Participants[i]
		for _, answer := range p.Answers() {
			d := derivedClaim{answer.Measure, model.TypeBoolean, "role", p.Role.Span}
			if p.State.IsSet() && answer.Measure != model.MeasureEventRole+p.Role.Value {
				d.part, d.at = "state", p.State.Span
			}
			out = append(out, d)
		}
	}
	return out
}

// checkDerived looks for the measures on which the accounts of an event derive
// claims, and marks them as used.
func checkDerived(c *check, m *model.Event) {
	for i := range m.Accounts {
		asked := map[string]bool{}
		for _, d := range derivedClaims(&m.Accounts[i]) {
			if !m.Retired() && !asked[d.measure] {
				asked[d.measure] = true
				c.derives(d, "account")
			}
			c.markMeasure(d.measure)
		}
	}
}

// checkSilence: that somebody gave no comment is an answer, too.
func checkSilence(c *check, m *model.Claim) {
	if m.Stance() != model.NoComment {
		return
	}
	if !m.Retired() {
		c.derives(derivedClaim{model.MeasureHasCommented, model.TypeBoolean, "stance", m.StanceWritten.Span}, "claim")
	}
	c.markMeasure(model.MeasureHasCommented)
}

// askedOfEvents are the measures on which accounts derive claims; those about
// participants have a subject too.
var askedOfEvents = map[string]bool{
	model.MeasureEventStatus: false, model.MeasureEventScheduledFor: false, model.MeasureEventHeldOn: false, model.MeasureEventPlace: false,
	model.MeasureEventInvited: true, model.MeasureEventAccepted: true, model.MeasureEventAttended: true,
	model.MeasureEventRole + "organizer": true, model.MeasureEventRole + "host": true, model.MeasureEventRole + model.RoleParticipant: true,
	model.MeasureEventRole + model.RoleSpeaker: true, model.MeasureEventRole + "target": true, model.MeasureEventRole + model.RoleVisitor: true,
	model.MeasureEventRole + "supporter": true,
}

// checkEventQuestion holds the question of a claim against those that accounts
// answer: only equal questions meet.
func checkEventQuestion(c *check, m *model.Claim) {
	q := &m.Question
	wantsSubject, ok := askedOfEvents[q.Measure.Value]
	if !ok {
		return
	}
	var faults, ways []string
	for _, part := range []struct {
		name   string
		text   model.Text
		wanted bool
	}{{"event", q.Event, true}, {"subject", q.Subject, wantsSubject}, {"object", q.Object, false}, {"place", q.Place, false}} {
		switch {
		case part.wanted && !part.text.IsSet():
			faults, ways = append(faults, "no "+part.name), append(ways, fmt.Sprintf("add %q", part.name))
		case !part.wanted && part.text.IsSet():
			faults, ways = append(faults, withArticle(part.name)), append(ways, fmt.Sprintf("leave %q out", part.name))
		}
	}
	if len(faults) > 0 {
		c.find(diag.QuestionEvent, q.Span, fmt.Sprintf("this question of %q has %s, so that it never meets the accounts of events", q.Measure.Value, strings.Join(faults, " and ")),
			strings.Join(ways, " and ")+"; for another question use another measure")
	}
}
