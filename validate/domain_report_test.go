package validate

import "stemma/internal/diag"

const officials = "\n  \"claimant_label\": \"officials\","

var reportCases = map[diag.Code][]domainCase{
	diag.ClaimantMissing: {
		{name: "said by nobody", edits: []edit{{"clm-denial", "\n  \"claimant\": \"act-group\",", ""}}},
		{name: "an account by nobody", edits: []edit{{"evt-meeting", "\"claimant\": \"act-council\",", `"claimant_label": "the Council",`}}},
		{name: "anonymous without a label", edits: []edit{{"clm-status", officials, ""}}},
		{name: "editorial", clean: true, edits: []edit{{"clm-status", officials, ""}, {"clm-status", `"anonymous"`, `"editorial"`}}},
		{name: "unattributed", clean: true, edits: []edit{{"clm-status", officials, ""}, {"clm-status", `"anonymous"`, `"unattributed"`}}},
		{name: "ambiguous, with a guess", clean: true, edits: []edit{{"clm-status", officials, `"claimant": "act-council",`}, {"clm-status", `"anonymous"`, `"ambiguous"`}}},
	},
	diag.ClaimSource: {
		{name: "a claim from a report that was not seen", edits: []edit{{"clm-denial", `"source": "src-article"`, `"source": "src-report"`}}},
		{name: "an account from a report that was not seen", edits: []edit{{"evt-meeting", `"source": "src-article"`, `"source": "src-report"`}}},
		{name: "an excerpt was seen", clean: true, edits: []edit{{"src-article", `"access": "seen"`, `"access": "excerpt_seen"`}}},
	},
	diag.SaidAfterPrint: {
		{name: "said a day later", edits: []edit{{"clm-number", `"edtf": "2025-08"`, `"edtf": "2025-08-22"`}}},
		{name: "an account of the month after", edits: []edit{{"evt-meeting", `"edtf": "2025-08-21"`, `"edtf": "2025-09"`}}},
		{name: "said in the same month, perhaps before", clean: true},
		{name: "open dates", clean: true, edits: []edit{{"clm-number", `"edtf": "2025-08"`, `"edtf": "../2025-12-31"`}}},
		{name: "published some time after a day", clean: true, edits: []edit{
			{"clm-number", `"edtf": "2025-08"`, `"edtf": "2026-01-01"`}, {"src-article", `"2025-08-21"`, `"[2025-08-21..]"`},
		}},
	},
	diag.DateOrder: {
		{name: "an office and a time as envoy", edits: []edit{{"act-paper", `"type"`,
			`"roles": [{"title": "Editor", "from": {"edtf": "2022"}, "to": {"edtf": "2021-12"}}], "acts_for": [{"actor": "act-group", "from": {"edtf": "2025-08-21"}, "to": {"edtf": "2025-08-20"}}], "type"`}}},
		{name: "dates that leave room, and open ones", clean: true, edits: []edit{{"act-paper", `"type"`,
			`"roles": [{"title": "Editor", "from": {"edtf": "2022-05"}, "to": {"edtf": "2022"}}, {"title": "Chair", "from": {"edtf": "2022"}}, {"title": "Guest", "to": {"edtf": "2021"}}], "type"`}}},
	},
	diag.DateBasis: {
		{name: "of a source", edits: []edit{{"src-article", `"edtf": "2025-08-21"`, `"edtf": "2025-08-21", "inferred": ["year"]`}}},
		{name: "of an event", edits: []edit{{"evt-meeting", ",\n        \"basis\": \"src-article\"", ""}}},
		{name: "of words", edits: []edit{{"clm-number", `"edtf": "2025-08"`, `"edtf": "2025-08", "inferred": ["year", "month"]`}}},
		{name: "of an office and of an envoy", edits: []edit{{"act-paper", `"type": "media"`, `"type": "media",
  "roles": [{"title": "Envoy", "from": {"edtf": "2020", "inferred": ["year"]}}],
  "acts_for": [{"actor": "act-council", "to": {"edtf": "2021", "inferred": ["year"]}}]`}}},
		{name: "of a value", edits: []edit{
			{"msr-when", "", newRecord("msr-when", `"name": "When", "description": "d", "value_type": "date"`)},
			{"clm-when", "", newRecord("clm-when", sayWhat("msr-when", `"type": "date", "verbatim": "Kabul", "date": {"edtf": "2025", "inferred": ["year"]}`))},
		}},
		{name: "with a basis", clean: true},
	},
	diag.PlannedPast: {
		{name: "planned for a day that is past", edits: []edit{{"evt-meeting", `"held"`, `"planned"`}}},
		{name: "several plans, the last of which is past", edits: []edit{{"evt-meeting", `"held"`, `"planned"`}, {"evt-meeting", "\"accounts\": [", `"accounts": [` + plan("2026-11") + ","}, {"dataset.json", `"2026-11-23"`, `"2026-12-01"`}}},
		{name: "a plan for the month of the release", clean: true, edits: []edit{{"evt-meeting", `"held"`, `"planned"`}, {"evt-meeting", "\"accounts\": [", `"accounts": [` + plan("2026-11") + ","}}},
		{name: "somebody says that it was held", clean: true, edits: []edit{{"evt-meeting", "\"accounts\": [", `"accounts": [` + plan("2025-08-20") + ","}}},
		{name: "between releases", clean: true, edits: []edit{{"evt-meeting", `"held"`, `"planned"`}, {"dataset.json", `"1.0.0"`, `"1.0.0-dev"`}, {"dataset.json", "\n  \"released_on\": \"2026-11-23\",", ""}}},
		{name: "a plan without a date", clean: true, edits: []edit{{"evt-meeting", `"held"`, `"planned"`}, {"evt-meeting", eventWhen, ""}, {"evt-meeting", `"group_label": "experts"`, `"group_label": "experts"`}}},
	},
}

const eventWhen = "\n      \"when\": {\n        \"verbatim\": \"on Wednesday\",\n        \"edtf\": \"2025-08-20\",\n        \"inferred\": [\n          \"day\"\n        ],\n        \"basis\": \"src-article\"\n      },"

func plan(day string) string {
	return `{"attribution": "editorial", "status": "planned", "when": {"edtf": "` + day + `"}, "source": "src-article"}`
}
