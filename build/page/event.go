package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
	"stemma/internal/wording"
)

// eventView is an event with its accounts on an axis of time.
type eventView struct {
	Anchor, Label, Type, Title string
	Topics                     []string
	Relations                  []fact
	People                     string // ids of actors, for the filter
	Axis                       *axis
	Accounts                   []accountView
	Statuses                   string // in words
	Overview                   []lane
	Spoken                     string // the lanes in words
	first                      edtf.Day
	isDated                    bool
}

// accountView is one version of an event.
type accountView struct {
	Anchor, Status, When string
	State                string // Status as part of a class
	Marks                []statusMark
	Said                 place // when it was said
	HasSaid              bool
	SaidText, Who        string
	Source               sourceLink
	Quote, Language      string
	Facts                []fact
	order                edtf.Date
}

// lane is what is drawn of one status in the overview.
type lane []statusMark

// states is the order of the lanes.
var states = []string{model.Planned, model.Postponed, model.Rescheduled, model.Cancelled, model.Ongoing, model.Held, model.Occurred}

// statusMark is a wording.Stretch of days with what is said to have become of the event.
type statusMark struct {
	mark
	Status string
}

func (b *book) event(e *model.Event) eventView {
	v := eventView{
		Anchor: anchor(e.ID.Value), Label: e.Label.Value, Type: wording.Words(e.Type.Value), Title: e.TitleVerbatim.Value,
	}
	for _, t := range e.Topics {
		v.Topics = append(v.Topics, wording.Words(t.Value))
	}
	for i := range e.Relations {
		r := &e.Relations[i]
		id := b.Survivor(r.Event.Value)
		v.Relations = append(v.Relations, fact{relationWords(r.Type.Value), []link{{b.Name(id), b.anchor(id)}}})
	}
	var dates, said []edtf.Date
	for i := range e.Accounts {
		a := &e.Accounts[i]
		if d := parsed(a.When); d != nil {
			dates = append(dates, *d)
		}
		if d := parsed(cmp.Or(a.SaidOn, a.AsOf)); d != nil {
			said = append(said, *d)
		}
	}
	if v.Axis = dayAxis(dates); v.Axis != nil {
		v.Axis = dayAxis(append(dates, said...))
	}
	for _, d := range dates {
		if day, ok := firstDay(d); ok && (!v.isDated || day.Compare(v.first) < 0) {
			v.first, v.isDated = day, true
		}
	}
	var statuses []string
	for i := range e.Accounts {
		account := b.accountView(&v, e, i)
		if !slices.Contains(statuses, account.Status) {
			statuses = append(statuses, account.Status)
		}
		v.Accounts = append(v.Accounts, account)
	}
	slices.SortStableFunc(v.Accounts, func(x, y accountView) int { return wording.CompareDates(x.order, y.order) })
	v.Statuses = strings.Join(statuses, ", ")
	v.People = strings.Join(b.eventPeople(e), " ")
	return v
}

// relationWords ties an event to another one.
func relationWords(relation string) string {
	if relation == model.Concurrent {
		return "concurrent with"
	}
	return wording.Words(relation)
}

// firstDay gives a day by which an event can be ordered.
func firstDay(d edtf.Date) (edtf.Day, bool) {
	if day, ok := d.Earliest(); ok {
		return day, true
	}
	return d.Latest()
}

// parsed reads a date; nil if there is none.
func parsed(d *model.Date) *edtf.Date {
	if d == nil {
		return nil
	}
	out, err := d.Parse()
	if err != nil {
		return nil
	}
	return &out
}

func (b *book) accountView(v *eventView, e *model.Event, i int) accountView {
	a := &e.Accounts[i]
	out := accountView{
		Anchor: accountAnchor(e.ID.Value, "/accounts/"+strconv.Itoa(i)), Status: cmp.Or(a.Status.Value, "no status"), State: state(a),
		Source: b.sourceLink(b.Survivor(a.Source.Value)), Quote: a.Quote.Value, Who: b.accountSpeaker(a),
	}
	out.Language = b.language(b.Survivor(a.Source.Value))
	if s := b.Sources[b.Survivor(a.Source.Value)]; s != nil {
		if d := parsed(s.Published); d != nil {
			out.order, out.SaidText = *d, "published "+wording.Date(*d)
			if strings.HasSuffix(out.Source.Card.Text, wording.Date(*d)) {
				out.SaidText = "" // the name of the document has it
			}
		}
	}
	for _, from := range []struct {
		date *model.Date
		text string
	}{{a.AsOf, "as of "}, {a.SaidOn, "said "}} {
		if d := parsed(from.date); d != nil {
			out.order, out.SaidText = *d, from.text+wording.Date(*d)
		}
	}
	if d := parsed(a.When); d != nil {
		out.When = wording.Date(*d)
		if a.When.Reading() == edtf.SometimeIn && d.Kind() != edtf.SetKind {
			out.When = wording.SometimeIn(out.When)
		}
		out.Marks = statusMarks(v.Axis, a)
	}
	if v.Axis != nil && (a.SaidOn != nil || a.AsOf != nil) {
		if day, ok := out.order.Latest(); ok {
			out.Said, out.HasSaid = v.Axis.at(wording.Days(day)), true
		}
	}
	out.Facts = b.accountFacts(a)
	return out
}

// statusMarks draws the days of an account.
func statusMarks(x *axis, a *model.Account) []statusMark {
	d := parsed(a.When)
	if x == nil || d == nil {
		return nil
	}
	class := classSays
	if a.When.Reading() == edtf.SometimeIn {
		class = classWithin
	}
	var out []statusMark
	for _, s := range spans(*d) {
		m := statusMark{x.draw(s, class), state(a)}
		if m.Middle == signPoint {
			m.Middle = ""
		}
		out = append(out, m)
	}
	return out
}

// state is the status as a part of a class; every known one has a sign.
func state(a *model.Account) string {
	if slices.Contains(states, a.Status.Value) {
		return a.Status.Value
	}
	return "none"
}

func (b *book) accountSpeaker(a *model.Account) string {
	switch {
	case a.Claimant.IsSet():
		return b.Name(b.Survivor(a.Claimant.Value))
	case a.ClaimantLabel.IsSet():
		return "“" + a.ClaimantLabel.Value + "”"
	case a.Attribution.IsSet():
		return wording.Words(a.Attribution.Value)
	}
	return ""
}

func (b *book) accountFacts(a *model.Account) []fact {
	var out []fact
	if a.Place.IsSet() {
		text := b.Name(b.Survivor(a.Place.Value))
		if a.PlacePrecision.IsSet() {
			text += " (" + wording.Words(a.PlacePrecision.Value) + ")"
		}
		out = append(out, plain("Place", text))
	}
	for i := range a.Participants {
		p := &a.Participants[i]
		who := "“" + p.GroupLabel.Value + "”"
		if p.Actor.IsSet() {
			who = b.Name(b.Survivor(p.Actor.Value))
		}
		if p.State.IsSet() {
			who += ", " + wording.Words(p.State.Value)
		}
		if p.Stance() == model.Deny {
			who = "denied: " + who
		}
		if p.Quote.IsSet() {
			who += " — “" + p.Quote.Value + "”"
		}
		out = append(out, plain(wording.Capital(p.Role.Value), who))
	}
	if a.When != nil && (a.When.Verbatim.IsSet() || len(a.When.Inferred) > 0) {
		out = b.dateFact(out, "When", a.When)
	}
	said := disagreement.AsOfWritten
	if a.SaidOn != nil {
		said = disagreement.AsOfSaid
	}
	return append(out, b.reportFacts(&a.Report, said)...)
}

// eventPeople lists the actors of an event, sorted.
func (b *book) eventPeople(e *model.Event) []string {
	var out []string
	for i := range e.Accounts {
		a := &e.Accounts[i]
		out = append(out, b.Survivor(a.Claimant.Value))
		for j := range a.Participants {
			out = append(out, b.Survivor(a.Participants[j].Actor.Value))
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(id string) bool { return b.Actors[id] == nil })
}

// timeline is the overview of all events on one axis.
type timeline struct {
	Axis *axis
	Rows []eventView
}

// events shows all events by the day on which they begin, those without a day
// last.
func (b *book) eventViews(events []*model.Event) *timeline {
	t := &timeline{}
	var dates []edtf.Date
	kept := map[string]*model.Event{}
	for _, e := range events {
		if e.Retired() {
			continue
		}
		v := b.event(e)
		kept[v.Anchor] = e
		t.Rows = append(t.Rows, v)
		for i := range e.Accounts {
			if d := parsed(e.Accounts[i].When); d != nil {
				dates = append(dates, *d)
			}
		}
	}
	slices.SortStableFunc(t.Rows, func(x, y eventView) int {
		switch {
		case x.isDated && y.isDated:
			if c := x.first.Compare(y.first); c != 0 {
				return c
			}
		case x.isDated:
			return -1
		case y.isDated:
			return 1
		}
		return cmp.Or(strings.Compare(x.Label, y.Label), strings.Compare(x.Anchor, y.Anchor))
	})
	t.Axis = dayAxis(dates)
	for i := range t.Rows {
		t.Rows[i].overview(t.Axis, kept[t.Rows[i].Anchor])
	}
	return t
}

// overview draws an event in one lane for each status, so that a plan and what
// came of it do not hide each other.
func (v *eventView) overview(x *axis, e *model.Event) {
	var spoken []string
	for _, s := range append(states, "none") {
		var l lane
		for i := range e.Accounts {
			a := &e.Accounts[i]
			if state(a) != s {
				continue
			}
			for _, m := range statusMarks(x, a) {
				if !slices.Contains(l, m) {
					l = append(l, m)
				}
			}
			if d := parsed(a.When); d != nil {
				if text := cmp.Or(a.Status.Value, "no status") + " " + wording.Date(*d); !slices.Contains(spoken, text) {
					spoken = append(spoken, text)
				}
			}
		}
		if len(l) > 0 {
			v.Overview = append(v.Overview, l)
		}
	}
	v.Spoken = strings.Join(spoken, "; ")
}
