package validate

import (
	"testing"

	"stemma/internal/diag"
	"stemma/internal/model"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// groupTakesPart makes the participant an actor with a record.
var groupTakesPart = edit{"evt-meeting", `"group_label": "experts"`, `"actor": "act-group"`}

var derivedCases = map[diag.Code][]domainCase{
	diag.MeasureDerived: {
		{name: "a role and a state without measures, in two accounts", edits: []edit{groupTakesPart,
			{"evt-meeting", `"accounts": [`, `"accounts": [{"attribution": "editorial", "participants": [{"actor": "act-council", "role": "participant", "state": "attended"}], "source": "src-article"},`}}},
		{name: "a place without a measure, a date with one of another type", edits: []edit{
			{"evt-meeting", `"status": "held"`, `"status": "held", "place": "plc-city"`}, {"msr-event-held-on", `"date"`, `"text"`},
			{"clm-held-on", `"measure": "msr-event-held-on"`, `"measure": "msr-event-scheduled-for"`},
		}},
		{name: "the silence of one who is asked", edits: []edit{{"msr-has-commented", `"boolean"`, `"text"`}}},
		{name: "who was absent took no part", edits: []edit{groupTakesPart, {"evt-meeting", `"attended"`, `"absent"`}}},
		{name: "an event that is out of use", clean: true, edits: []edit{
			{"evt-old", "", newRecord("evt-old", event("Old", `"withdrawn": "It never was.", `))}, {"evt-old", `"editorial"`, `"editorial", "place": "plc-city"`},
		}},
		{name: "a group without a record derives nothing", clean: true},
	},
	diag.QuestionEvent: {
		{name: "no event", edits: []edit{{"clm-status", ",\n    \"event\": \"evt-meeting\"", ""}}},
		{name: "a subject too many, a place too", edits: []edit{{"clm-status", `"event": "evt-meeting"`, `"event": "evt-meeting", "subject": "act-group", "place": "plc-city"`}}},
		{name: "a subject too few", edits: []edit{
			{"msr-event-host", "", newRecord("msr-event-host", `"name": "Host", "description": "d", "value_type": "boolean"`)},
			{"clm-host", "", newRecord("clm-host", sayWhat("msr-event-host", `"type": "boolean", "verbatim": "in Kabul", "boolean": true`))},
		}},
		{name: "a measure of the dataset's own", clean: true, edits: []edit{
			{"msr-event-size", "", newRecord("msr-event-size", `"name": "Size", "description": "d", "value_type": "text"`)},
			{"clm-size", "", newRecord("clm-size", sayWhat("msr-event-size", `"type": "text", "verbatim": "in Kabul", "text": "large"`))},
		}},
		{name: "event and subject", clean: true, edits: []edit{
			{"msr-event-host", "", newRecord("msr-event-host", `"name": "Host", "description": "d", "value_type": "boolean"`)},
			{"clm-host", "", newRecord("clm-host", sayWhat("msr-event-host", `"type": "boolean", "verbatim": "in Kabul", "boolean": true`))},
			{"clm-host", `"msr-event-host"`, `"msr-event-host", "event": "evt-meeting", "subject": "act-group"`},
		}},
	},
}

// Every role that the schema allows is one whose measure is known.
func TestRolesAreAskedOf(t *testing.T) {
	data, err := schema.Embedded.ReadFile("event.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	root, _ := strictjson.Parse(data)
	roles := root.Lookup("/properties/accounts/items/properties/participants/items/properties/role/enum")
	if roles == nil || len(roles.Elems) == 0 {
		t.Fatal("the schema lists no roles")
	}
	for _, role := range roles.Elems {
		if !askedOfEvents[model.MeasureEventRole+role.Text] {
			t.Errorf("the role %q has no measure", role.Text)
		}
	}
}
