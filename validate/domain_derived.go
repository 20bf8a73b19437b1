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
	what               string
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
				d.what, d.at = "state", p.State.Span
			}
			out = append(out, d)
		}
	}
	return out
}

// checkDerived looks for the measures on which the accounts of an event derive
// claims, and marks them as used. Each is reported once for an event.
func checkDerived(c *check, m *model.Event) {
	reported := map[string]bool{}
	for i := range m.Accounts {
		for _, d := range derivedClaims(&m.Accounts[i]) {
			if !m.Retired() && !reported[d.measure] {
				reported[d.measure] = c.derives(d)
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
		c.derives(derivedClaim{model.MeasureHasCommented, model.TypeBoolean, "stance", m.StanceWritten.Span})
	}
	c.markMeasure(model.MeasureHasCommented)
}

// derives reports a derived claim that would silently not exist.
func (c *check) derives(d derivedClaim) (reported bool) {
	measure := c.measures.get(model.Text{Value: d.measure})
	switch {
	case measure == nil:
		c.find(diag.MeasureDerived, d.at, fmt.Sprintf("the %s answers the question %q, but there is no such measure", d.what, d.measure),
			fmt.Sprintf("add the measure %q with \"value_type\": %q, else the answer is in no table of claims", d.measure, d.valueType))
	case measure.model.ValueType.Value != d.valueType:
		c.find(diag.MeasureDerived, d.at, fmt.Sprintf("the %s answers the question %q, whose values are of type %s", d.what, d.measure, measure.model.ValueType.Value),
			fmt.Sprintf("write \"value_type\": %q in the measure, else the answer is in no table of claims", d.valueType), there(measure.Record, measure.model.ValueType.Span, "its type is here"))
	default:
		return false
	}
	return true
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
