package model

import (
	"math/big"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stemma/internal/edtf"
	"stemma/internal/strictjson"
)

func parse(t testing.TB, text string) *strictjson.Value {
	t.Helper()
	v, problems := strictjson.Parse([]byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return v
}

const claimText = `{
  "id": "clm-a", "claimant": "act-b", "attribution": "direct",
  "question": {"measure": "msr-c", "place": "plc-d", "event": null},
  "value": {"type": "quantity", "verbatim": "6,000", "number": 9007199254740993.10},
  "quote": "6,000 “men”", "source": "src-e",
  "said_on": {"edtf": "2025-08/..", "inferred": ["year", "month"], "basis": "src-f"},
  "via": [{"source": "src-g", "relation": "had_primary_source", "basis": "stated"}],
  "based_on": [{"claim": "clm-h", "basis": "judged"}, {"source": "src-i", "basis": "stated"}],
  "coding": {"by": "x", "on": "2026-11-23"}
}`

func TestClaimKeepsValuesAndPlaces(t *testing.T) {
	c := DecodeClaim(parse(t, claimText))
	at := func(s Span) string { return claimText[s.Start:s.End] }
	places := map[string]string{
		at(c.ID.Span):                 `"clm-a"`,
		at(c.Value.Number.Span):       `9007199254740993.10`,
		at(c.Quote.Span):              `"6,000 “men”"`,
		at(c.SaidOn.Inferred[1].Span): `"month"`,
		at(c.Via[0].Relation.Span):    `"had_primary_source"`,
		at(c.BasedOn[1].Span):         `{"source": "src-i", "basis": "stated"}`,
		at(c.Question.Span):           `{"measure": "msr-c", "place": "plc-d", "event": null}`,
	}
	for got, want := range places {
		if got != want {
			t.Errorf("place of %s, want %s", got, want)
		}
	}
	if want, _ := new(big.Rat).SetString("9007199254740993.1"); c.Value.Number.Rat().Cmp(want) != 0 || c.Value.Number.Literal != "9007199254740993.10" {
		t.Errorf("the number is %v (%s)", c.Value.Number.Rat(), c.Value.Number.Literal)
	}
	if c.Question.Event.IsSet() || c.AsOf != nil || c.Value.Low.Rat() != nil || c.Value.Boolean.IsSet() {
		t.Error("null and absent properties are set")
	}
	var refs []string
	for _, r := range c.Refs {
		refs = append(refs, r.Kind+" "+r.Value)
	}
	want := []string{"source src-e", "actor act-b", "source src-f", "source src-g", "claim clm-h", "source src-i", "measure msr-c", "place plc-d"}
	if diff := cmp.Diff(want, refs); diff != "" {
		t.Errorf("references (-want +got):\n%s", diff)
	}
}

func TestDefaultsAreGivenByMethods(t *testing.T) {
	c := DecodeClaim(parse(t, claimText))
	m := DecodeMeasure(parse(t, `{"value_type": "quantity"}`))
	text := DecodeMeasure(parse(t, `{"value_type": "text"}`))
	written := DecodeMeasure(parse(t, `{"value_type": "quantity", "nonnegative": false}`))
	denying := DecodeClaim(parse(t, `{"stance": "deny", "modality": "planned", "coding": {"status": "reviewed"}}`))
	policy := DecodePolicy(parse(t, `{"hedges": [{"token": "about"}, {"token": "over", "includes_value": false}]}`))
	cases := []struct {
		name      string
		got, want any
	}{
		{"stance", c.Stance(), Assert}, {"stance written", c.StanceWritten.Value, ""}, {"denial", denying.Stance(), Deny},
		{"modality", c.Modality(), Actual}, {"plan", denying.Modality(), Planned},
		{"status", c.Coding.Status(), Draft}, {"reviewed", denying.Coding.Status(), Reviewed},
		{"nonnegative", m.Nonnegative(), true}, {"negative", written.Nonnegative(), false}, {"no number", text.Nonnegative(), false},
		{"reading", c.SaidOn.Reading(), edtf.SometimeIn}, {"no date", (*Date)(nil).Reading(), edtf.Reading("")},
		{"hedge includes", policy.Hedge("about").IncludesValue(), true}, {"hedge excludes", policy.Hedge("over").IncludesValue(), false},
		{"no policy", (*Policy)(nil).Unit("person") == nil, true},
	}
	for _, tc := range cases {
		if tc.got != tc.want {
			t.Errorf("%s: %v, want %v", tc.name, tc.got, tc.want)
		}
	}
}

func TestDateEnds(t *testing.T) {
	cases := []struct{ edtf, earliest, latest string }{
		{"2025-08-20", "2025-08-20", "2025-08-20"},
		{"2025-08", "2025-08-01", "2025-08-31"},
		{"../2025-08-20", "", "2025-08-20"},
		{"2025-08-20/..", "2025-08-20", ""},
		{"nonsense", "", ""},
	}
	for _, tc := range cases {
		d := &Date{EDTF: Text{Value: tc.edtf}}
		earliest, latest := "", ""
		if day, ok := d.Earliest(); ok {
			earliest = day.String()
		}
		if day, ok := d.Latest(); ok {
			latest = day.String()
		}
		if earliest != tc.earliest || latest != tc.latest {
			t.Errorf("%s: %q to %q, want %q to %q", tc.edtf, earliest, latest, tc.earliest, tc.latest)
		}
	}
	if _, ok := (*Date)(nil).Latest(); ok {
		t.Error("no date has a latest day")
	}
}

func TestParticipantAnswers(t *testing.T) {
	cases := map[string][]Answer{
		`"host"`:                             {{"msr-event-host", true}},
		`"host", "state": "expected"`:        {{"msr-event-host", true}, {"msr-event-invited", true}},
		`"host", "state": "declined"`:        {{"msr-event-host", true}, {"msr-event-invited", true}, {"msr-event-accepted", false}},
		`"host", "state": "absent"`:          {{"msr-event-host", true}, {"msr-event-attended", false}},
		`"organizer", "state": "absent"`:     {{"msr-event-organizer", true}, {"msr-event-attended", false}},
		`"target", "state": "declined"`:      {{"msr-event-target", true}, {"msr-event-invited", true}, {"msr-event-accepted", false}},
		`"supporter", "state": "absent"`:     {{"msr-event-supporter", true}, {"msr-event-attended", false}},
		`"participant"`:                      {{"msr-event-participant", true}},
		`"participant", "state": "invited"`:  {{"msr-event-participant", true}, {"msr-event-invited", true}},
		`"participant", "state": "declined"`: {{"msr-event-invited", true}, {"msr-event-accepted", false}},
		`"participant", "state": "absent"`:   {{"msr-event-attended", false}},
		`"speaker", "state": "accepted"`:     {{"msr-event-speaker", true}, {"msr-event-invited", true}, {"msr-event-accepted", true}},
		`"speaker", "state": "declined"`:     {{"msr-event-invited", true}, {"msr-event-accepted", false}},
		`"visitor", "state": "attended"`:     {{"msr-event-visitor", true}, {"msr-event-attended", true}},
		`"visitor", "state": "absent"`:       {{"msr-event-attended", false}},
	}
	for state, want := range cases {
		e := DecodeEvent(parse(t, `{"accounts": [{"participants": [{"actor": "act-a", "role": `+state+`}]}]}`))
		if got := e.Accounts[0].Participants[0].Answers(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", state, got, want)
		}
	}
	group := DecodeEvent(parse(t, `{"accounts": [{"participants": [{"group_label": "activists", "role": "host"}]}]}`))
	if got := group.Accounts[0].Participants[0].Answers(); got != nil {
		t.Errorf("a group derives %v", got)
	}
}

func TestWhenMeasure(t *testing.T) {
	for status, want := range map[string]string{
		"planned": MeasureEventScheduledFor, "postponed": MeasureEventScheduledFor, "rescheduled": MeasureEventScheduledFor,
		"cancelled": MeasureEventScheduledFor, "held": MeasureEventHeldOn, "ongoing": MeasureEventHeldOn, "occurred": MeasureEventHeldOn, "": MeasureEventHeldOn,
	} {
		if got := (&Account{Status: Text{Value: status}}).WhenMeasure(); got != want {
			t.Errorf("%q: %s, want %s", status, got, want)
		}
	}
}

func BenchmarkDecodeClaim(b *testing.B) {
	v := parse(b, claimText)
	b.ReportAllocs()
	for b.Loop() {
		DecodeClaim(v)
	}
}
