package validate

import (
	"fmt"

	"stemma/internal/diag"
	"stemma/internal/model"
)

// checkParticipants: each is an actor or a group without a record.
func checkParticipants(c *check, m *model.Event) {
	for i := range m.Accounts {
		a := &m.Accounts[i]
		for j := range a.Participants {
			p := &a.Participants[j]
			switch {
			case p.Actor.IsSet() && p.GroupLabel.IsSet():
				c.find(diag.ValueParts, p.GroupLabel.Span, "this participant is both an actor and a group without a record", "leave out either actor or group_label")
			case !p.Actor.IsSet() && !p.GroupLabel.IsSet():
				c.find(diag.ValueParts, p.Role.Span, "this participant has no name", `add "actor", or "group_label" with the words of the document`)
			}
			c.inText(p.Quote, a.Source)
		}
	}
}

// checkRelations: part_of and follows are looked at for longer circles too.
func checkRelations(c *check, m *model.Event) {
	for _, r := range m.Relations {
		if r.Type.Value == model.Concurrent && r.Event.Value == m.ID.Value {
			c.find(diag.RefCycle, r.Event.Span, "this event is said to be concurrent with itself", "name the other event, or leave the relation out")
		}
	}
}

// checkPlannedPast finds events that no account says anything of but that they
// were planned, for a day before the release. One finding for an event is
// enough. Between releases there is no day to compare with.
func checkPlannedPast(c *check, m *model.Event) {
	release := c.snap.Config.ReleasedOn
	if c.snap.Config.IsDev() || release == "" || m.Retired() {
		return
	}
	var plan *model.Account
	var latest string
	for i := range m.Accounts {
		a := &m.Accounts[i]
		if a.Status.IsSet() && a.Status.Value != model.Planned {
			return // somebody says what became of it
		}
		// Both days are written year first, so that texts compare as days do.
		if day, ok := a.When.Latest(); ok && a.Status.IsSet() && day.String() > latest {
			plan, latest = a, day.String()
		}
	}
	if plan != nil && latest < release {
		c.find(diag.PlannedPast, plan.Status.Span, fmt.Sprintf("this event is only planned, for %s at the latest; this release is of %s", latest, release),
			"look for a source that says what became of it and add its account; if there is none, let it stand",
			there(*c.rec.Record, plan.When.EDTF.Span, "the planned date is here"))
	}
}
