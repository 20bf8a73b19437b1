package disagreement

import (
	"fmt"

	"stemma/internal/model"
)

// accounts gives the claims that the accounts of an event derive (MODEL §3).
func (w *world) accounts(e *model.Event) []*claim {
	var out []*claim
	for i := range e.Accounts {
		a := &e.Accounts[i]
		at := fmt.Sprintf("/accounts/%d", i)
		derive := func(pointer, derivation, measureID, valueType string) *claim {
			m := w.measure(w.named(measureID), valueType)
			if m == nil {
				return nil
			}
			c := &claim{
				key: e.ID.Value + "#" + at + pointer, derivation: derivation,
				recordKind: model.KindEvent, record: e.ID.Value, pointer: at + pointer,
				parts:   Parts{Measure: m.id, Event: e.ID.Value, Modality: model.Actual},
				measure: m, stance: model.Assert,
			}
			w.report(c, &a.Report)
			out = append(out, c)
			return c
		}
		for j := range a.Participants {
			p := &a.Participants[j]
			for _, answer := range p.Answers() {
				if c := derive(fmt.Sprintf("/participants/%d", j), DerivedParticipation, answer.Measure, model.TypeBoolean); c != nil {
					c.parts.Subject, c.stance, c.value = w.id(p.Actor), p.Stance(), booleanValue(answer.Value)
				}
			}
		}
		w.deriveFacts(a, derive)
	}
	for _, c := range out {
		w.complete(c)
	}
	return out
}

// deriveFacts derives what an account says about the event itself.
func (w *world) deriveFacts(a *model.Account, derive func(pointer, derivation, measure, valueType string) *claim) {
	if a.Status.IsSet() {
		if c := derive("/status", DerivedStatus, model.MeasureEventStatus, model.TypeCategory); c != nil {
			c.value = namedValue(a.Status)
		}
	}
	if d := newDated(a.When); d.isSet {
		if c := derive("/when", DerivedWhen, a.WhenMeasure(), model.TypeDate); c != nil {
			c.value = dateValue(d)
		}
	}
	if place := w.id(a.Place); place != "" {
		if c := derive("/place", DerivedPlace, model.MeasureEventPlace, model.TypePlace); c != nil {
			c.value = w.placeValue(place)
		}
	}
}

// noComment gives the claim that somebody has said nothing about an event, which
// follows from a refusal to comment; nil if it does not.
func (w *world) noComment(base *claim) *claim {
	m := w.measure(w.named(model.MeasureHasCommented), model.TypeBoolean)
	if base.stance != model.NoComment || base.claimant == "" || base.parts.Event == "" || m == nil {
		return nil
	}
	c := base.follow(DerivedNoComment, m, Parts{Measure: m.id, Subject: base.claimant, Event: base.parts.Event, Modality: model.Actual})
	c.pointer, c.stance, c.value, c.utterance = "/stance", model.Assert, booleanValue(false), ""
	w.complete(c)
	return c
}

// follow makes a claim that follows from another one: who says it, when and
// where stays.
func (c *claim) follow(derivation string, m *measure, parts Parts) *claim {
	out := *c
	out.derivation, out.measure, out.parts, out.base = derivation, m, parts, c
	out.revises, out.value, out.text = "", nil, ""
	return &out
}
