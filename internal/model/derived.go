package model

// The measures on which accounts and refusals to comment derive claims. They
// are ordinary measure records of the dataset; MODEL §3 says what derives what.
const (
	MeasureEventRole         = "msr-event-" // and the role of a participant
	MeasureEventInvited      = "msr-event-invited"
	MeasureEventAccepted     = "msr-event-accepted"
	MeasureEventAttended     = "msr-event-attended"
	MeasureEventStatus       = "msr-event-status"
	MeasureEventScheduledFor = "msr-event-scheduled-for"
	MeasureEventHeldOn       = "msr-event-held-on"
	MeasureEventPlace        = "msr-event-place"
	MeasureHasCommented      = "msr-has-commented"
)

// Answer is a boolean claim that a participant derives: its measure and value.
type Answer struct {
	Measure string
	Value   bool
}

// Answers lists the boolean claims that a participant derives, its role first.
// A group without a record of its own derives none. Who stayed away took no
// part: a participant, speaker or visitor who declined or was absent derives
// the claims of its state, but none that it had the role.
func (p *Participant) Answers() []Answer {
	if !p.Actor.IsSet() {
		return nil
	}
	var answers []Answer
	if !p.tookNoPart() {
		answers = append(answers, Answer{MeasureEventRole + p.Role.Value, true})
	}
	switch p.State.Value {
	case Invited, Expected:
		answers = append(answers, Answer{MeasureEventInvited, true})
	case Accepted, Declined: // who answers was asked
		answers = append(answers, Answer{MeasureEventInvited, true}, Answer{MeasureEventAccepted, p.State.Value == Accepted})
	case Attended, Absent:
		answers = append(answers, Answer{MeasureEventAttended, p.State.Value == Attended})
	}
	return answers
}

// tookNoPart tells whether the role asks for being there, and the state says
// that the participant was not. Organizers, hosts, targets and supporters have
// their roles wherever they are.
func (p *Participant) tookNoPart() bool {
	switch p.Role.Value {
	case RoleParticipant, RoleSpeaker, RoleVisitor:
		return p.State.Value == Declined || p.State.Value == Absent
	}
	return false
}

// WhenMeasure gives the measure to which the date of an account answers: of an
// event that did not come about, the day for which it had been scheduled.
func (a *Account) WhenMeasure() string {
	switch a.Status.Value {
	case Planned, Postponed, Rescheduled, Cancelled:
		return MeasureEventScheduledFor
	}
	return MeasureEventHeldOn
}
