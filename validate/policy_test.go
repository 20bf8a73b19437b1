package validate

import (
	"slices"
	"testing"

	"stemma/internal/diag"
	"stemma/internal/model"
	"stemma/internal/strictjson"
	"stemma/schema"
)

const nearlyRule = "\"to\": \"0\",\n      \"includes_value\": false"

var policyCases = map[diag.Code][]domainCase{
	diag.PolicyNumber: {
		{name: "a tolerance of one", edits: []edit{{"policy.json", `"tolerance": "0.1"`, `"tolerance": "1.0"`}}},
		{name: "a tolerance below zero", edits: []edit{{"policy.json", `"tolerance": "0.1"`, `"tolerance": "-0.1"`}}},
		{name: "a share below zero and a ratio below one", edits: []edit{
			{"policy.json", `"round_number_share": "0.5"`, `"round_number_share": "-0.5"`}, {"policy.json", `"corroboration_ratio": "1.25"`, `"corroboration_ratio": "0.99"`},
		}},
		{name: "the least that they may be", clean: true, edits: []edit{
			{"policy.json", `"tolerance": "0.1"`, `"tolerance": "0"`}, {"policy.json", `"round_number_share": "0.5"`, `"round_number_share": "0.0"`},
			{"policy.json", `"corroboration_ratio": "1.25"`, `"corroboration_ratio": "1.00"`},
		}},
	},
	diag.PolicyHedge: {
		{name: "a hedge without an entry, another with two", edits: []edit{{"policy.json", `"token": "several"`, `"token": "dozens"`}}},
		{name: "a word of two hedges, whatever its case", edits: []edit{{"policy.json", `"precisely"`, `"Nearly"`}}},
		{name: "a word of white space", edits: []edit{{"policy.json", `"precisely"`, `" "`}}},
		{name: "an end is missing", edits: []edit{{"policy.json", "\"from\": \"-1\",\n      \"to\": \"1\",", `"from": "-1",`}}},
		{name: "the ends are exchanged", edits: []edit{{"policy.json", "\"low\": \"3\",\n      \"high\": \"9\"", `"low": "9", "high": "3"`}}},
		{name: "ends where there are none", edits: []edit{{"policy.json", `"rule": "unhedged"`, `"rule": "unhedged", "from": "-1", "low": "1", "includes_value": true`}}},
		{name: "a hole in an interval", edits: []edit{{"policy.json", nearlyRule, `"to": "1", "includes_value": false`}}},
		{name: "an open end", clean: true, edits: []edit{{"policy.json", nearlyRule, `"to": "0.0", "includes_value": false`}}},
		{name: "a single point", clean: true, edits: []edit{{"policy.json", "\"low\": \"3\",\n      \"high\": \"9\"", `"low": "7", "high": "7.0"`}}},
	},
	diag.PolicyUnit: {
		{name: "a unit that is listed twice", edits: []edit{{"policy.json", `"code": "foot"`, `"code": "mile"`}}},
		{name: "a dimension without a base unit", edits: []edit{{"policy.json", "\"dimension\": \"persons\",\n      \"factor\": \"1\"", "\"dimension\": \"persons\",\n      \"factor\": \"2\""}}},
		{name: "a dimension of its own", edits: []edit{{"policy.json", "\"code\": \"week\",\n      \"name\": \"weeks\",\n      \"dimension\": \"time\"", "\"code\": \"week\",\n      \"name\": \"weeks\",\n      \"dimension\": \"weeks\""}}},
		{name: "a factor as a fraction", clean: true, edits: []edit{{"policy.json", `"factor": "0.3048"`, `"factor": "381/1250"`}}},
	},
}

// Without a policy to rely on, no record is held against it.
func TestBrokenPolicyIsNotUsed(t *testing.T) {
	list := checkDomain(t, edited(t, []edit{{"policy.json", `"code": "person"`, `"code": "persons"`}, {"policy.json", `"tolerance": "0.1"`, `"tolerance": "2"`}}), nil)
	if len(list) != 1 || list[0].Code != diag.PolicyNumber || list[0].Place.File != "policy.json" {
		t.Error(render(list))
	}
}

// TestHedgeTokens: the code lists the hedges that the schemas allow.
func TestHedgeTokens(t *testing.T) {
	data, err := schema.Embedded.ReadFile("common.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	root, _ := strictjson.Parse(data)
	var listed []string
	for _, v := range root.Get("$defs").Get("hedge").Get("enum").Elems {
		if v.Kind == strictjson.String {
			listed = append(listed, v.Text)
		}
	}
	if !slices.Equal(listed, model.HedgeTokens()) {
		t.Errorf("the schema lists %v, the code %v", listed, model.HedgeTokens())
	}
}
