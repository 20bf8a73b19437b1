package validate

import (
	"fmt"
	"strings"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/model"
)

const (
	lineage   = "\"lineage\": [\n    {\n      \"source\": \"src-report\""
	noLineage = `"publisher": "act-council",`
)

func derivedFrom(id string) string {
	return fmt.Sprintf(`"lineage": [{"source": %q, "relation": "was_derived_from", "basis": "stated"}]`, id)
}

func relation(kind, id string) string {
	return fmt.Sprintf(`"relations": [{"type": %q, "event": %q}], `, kind, id)
}

func event(label, rest string) string {
	return fmt.Sprintf(`"type": "meeting", "label": %q, %s"accounts": [{"attribution": "editorial", "source": "src-article"}]`, label, rest)
}

// togetherCases need more than one record to be seen.
var togetherCases = map[diag.Code][]domainCase{
	diag.RefCycle: {
		{name: "a source from itself", edits: []edit{{"src-article", lineage, strings.ReplaceAll(lineage, "report", "article")}, {"clm-number", "src-report", "src-report"}}},
		{name: "two sources from each other, and a claim through both", edits: []edit{{"src-report", noLineage, noLineage + derivedFrom("src-article") + ","}}},
		{name: "a claim through its own source", edits: []edit{{"clm-number", `"source": "src-report"`, `"source": "src-article"`}}},
		{name: "a claim through a copy of its source", edits: []edit{
			{"src-copy", "", newRecord("src-copy", `"type": "post", "access": "cited_not_seen", `+derivedFrom("src-article"))},
			{"clm-number", `"source": "src-report"`, `"source": "src-copy"`},
		}},
		{name: "evidence that carries the claim", edits: []edit{{"clm-status", `"claim": "clm-number"`, `"source": "src-article"`}}},
		{name: "claims that rest on each other", edits: []edit{{"clm-number", `"via"`, `"based_on": [{"claim": "clm-status", "basis": "stated"}], "via"`}}},
		{name: "claims that revise each other", edits: []edit{{"clm-number", `"via"`, `"revises": "clm-denial", "via"`}, {"clm-denial", `"coding"`, `"revises": "clm-number", "coding"`}}},
		{name: "places in each other", edits: []edit{{"plc-country", `"country"`, `"within": "plc-city", "country"`}}},
		{name: "two circles that share a place, and one of its own", edits: newRecords(map[string]string{
			"plc-a": `"name": "A", "within": "plc-b"`, "plc-b": `"name": "B", "within": "plc-c"`, "plc-c": `"name": "C", "within": "plc-a"`,
			"plc-d": `"name": "D", "within": "plc-a"`, "plc-e": `"name": "E", "within": "plc-e"`, "plc-f": `"name": "F", "within": "plc-d"`,
			"plc-g": `"name": "G", "within": "plc-f"`, "act-g": `"name": "G", "type": "company", "place": "plc-g"`, "act-h": `"name": "H", "type": "company", "acts_for": [{"actor": "act-g"}, {"actor": "act-h"}]`,
			"act-i": `"name": "I", "type": "company", "acts_for": [{"actor": "act-h"}]`, "act-j": `"name": "J", "type": "company", "withdrawn": "Never was."`,
		})},
		{name: "measures above each other", edits: []edit{{"msr-presence", `"coding"`, `"broader": "msr-event-status", "coding"`}, {"msr-event-status", `"coding"`, `"broader": "msr-presence", "coding"`}}},
		{name: "populations in each other", edits: []edit{{"msr-strength", `"name": "Fighters"`, `"name": "Fighters", "includes": ["fighters_and_families"]`}}},
		{name: "actors that speak for each other", edits: []edit{
			{"act-paper", `"type"`, `"acts_for": [{"actor": "act-council"}], "type"`}, {"act-council", `"type"`, `"acts_for": [{"actor": "act-paper"}], "type"`},
		}},
		{name: "merged into each other", edits: []edit{{"plc-city", `"within"`, `"merged_into": "plc-country", "within"`}, {"plc-country", `"country"`, `"merged_into": "plc-city", "country"`}}},
		{name: "a circle by way of a duplicate", edits: newRecords(map[string]string{
			"src-one":   `"type": "post", "access": "cited_not_seen", ` + derivedFrom("src-two"),
			"src-two":   `"type": "post", "access": "cited_not_seen", "merged_into": "src-three"`,
			"src-three": `"type": "post", "access": "cited_not_seen", ` + derivedFrom("src-one"),
		})},
		{name: "events in themselves and in each other", edits: newRecords(map[string]string{
			"evt-a": event("A", relation("part_of", "evt-b")), "evt-b": event("B", relation("part_of", "evt-a")),
			"evt-c": event("C", relation("concurrent", "evt-c")), "evt-d": event("D", relation("follows", "evt-d")),
		})},
		{name: "a diamond is no circle", clean: true, edits: append(newRecords(map[string]string{
			"src-left": `"type": "post", "access": "cited_not_seen", ` + derivedFrom("src-report"), "src-right": `"type": "post", "access": "cited_not_seen", ` + derivedFrom("src-report"),
			"evt-a": event("A", relation("concurrent", "evt-b")), "evt-b": event("B", relation("concurrent", "evt-a")),
		}), edit{"src-article", lineage, `"lineage": [{"source": "src-left", "relation": "was_quoted_from", "basis": "stated"}, {"source": "src-right"`})},
	},
	diag.RecordUnused: {
		{name: "an actor, a place and a measure", edits: newRecords(map[string]string{
			"act-nobody": `"name": "Nobody", "type": "person"`, "plc-nowhere": `"name": "Nowhere"`,
			"msr-nothing": `"name": "Nothing", "description": "d", "value_type": "text"`,
		})},
		{name: "only used by itself", edits: newRecords(map[string]string{"msr-event-host": `"name": "Host", "description": "d", "value_type": "boolean", "entails": null`})},
		{name: "measures that an account uses, duplicates and what was withdrawn", clean: true, edits: append(newRecords(map[string]string{
			"msr-event-host": `"name": "Host", "description": "d", "value_type": "boolean"`, "msr-event-invited": `"name": "Invited", "description": "d", "value_type": "boolean"`,
			"msr-event-accepted": `"name": "Accepted", "description": "d", "value_type": "boolean"`, "msr-event-held-on": `"name": "Held on", "description": "d", "value_type": "date"`,
			"msr-event-place": `"name": "Where", "description": "d", "value_type": "place"`, "msr-has-commented": `"name": "Commented", "description": "d", "value_type": "boolean"`,
			"act-old": `"name": "The Old Council", "type": "igo_body", "merged_into": "act-council"`, "plc-old": `"name": "Old Kabul", "withdrawn": "It never was."`,
		}),
			edit{"evt-meeting", `"group_label": "experts"`, `"actor": "act-group", "state": "declined"`}, edit{"evt-meeting", `"role": "participant"`, `"role": "host"`},
			edit{"evt-meeting", ",\n          \"state\": \"attended\"", ""}, edit{"evt-meeting", `"status": "held"`, `"status": "held", "place": "plc-city"`},
			edit{"clm-denial", denialValue, ""}, edit{"clm-denial", `"deny"`, `"no_comment"`})},
	},
	diag.RefWithdrawn: {
		{name: "a claim on a measure that was withdrawn, an actor in a place that was", edits: []edit{
			{"msr-presence", `"coding"`, `"withdrawn": "It was too vague.", "coding"`}, {"plc-city", `"coding"`, `"withdrawn": "It is a province.", "coding"`},
		}},
		{name: "an event, a claim and what they were named by", edits: append(newRecords(map[string]string{
			"evt-off": event("Off", `"withdrawn": "It never was.", `), "evt-next": event("Next", relation("follows", "evt-off")),
			"clm-off":  `"withdrawn": "A misreading.", ` + sayWhat("msr-event-status", `"type": "category", "verbatim": "in Kabul", "category": "held"`),
			"clm-next": sayWhat("msr-event-status", `"type": "category", "verbatim": "in Kabul", "category": "held"`) + `, "revises": "clm-off"`,
		}), edit{"clm-off", `"measure": "msr-event-status"`, `"measure": "msr-event-status", "event": "evt-off"`},
			edit{"clm-next", `"measure": "msr-event-status"`, `"measure": "msr-event-status", "event": "evt-off"`},
			edit{"clm-status", `"claim": "clm-number"`, `"claim": "clm-off"`})},
		{name: "what refers to it is withdrawn too", clean: true, edits: newRecords(map[string]string{
			"act-old": `"name": "Old", "type": "person", "withdrawn": "He never was."`, "act-older": `"name": "Older", "type": "person", "acts_for": [{"actor": "act-old"}], "withdrawn": "Nor was he."`,
		})},
	},
	diag.RefMerged: {
		{name: "an actor, a claim and an event that were merged, over two steps", edits: append(newRecords(map[string]string{
			"act-old": `"name": "Old", "type": "person", "merged_into": "act-older"`, "act-older": `"name": "Older", "type": "person", "merged_into": "act-group"`,
			"clm-old": sayWhat("msr-event-status", `"type": "category", "verbatim": "in Kabul", "category": "held"`) + `, "merged_into": "clm-status"`,
			"evt-old": event("Old", `"merged_into": "evt-meeting", `),
			"evt-new": event("New", relation("follows", "evt-old")),
		}), edit{"clm-old", `"measure": "msr-event-status"`, `"measure": "msr-event-status", "event": "evt-old"`},
			edit{"clm-denial", `"claimant": "act-group"`, `"claimant": "act-old"`}, edit{"clm-status", `"claim": "clm-number"`, `"claim": "clm-old"`})},
		{name: "a duplicate and what is withdrawn refer to a duplicate", clean: true, edits: newRecords(map[string]string{
			"act-old": `"name": "Old", "type": "person", "merged_into": "act-group"`, "act-older": `"name": "Older", "type": "person", "acts_for": [{"actor": "act-old"}], "merged_into": "act-old"`,
			"act-oldest": `"name": "Oldest", "type": "person", "acts_for": [{"actor": "act-old"}], "withdrawn": "Nobody."`,
		})},
	},
	diag.UtteranceClaimant: {
		{name: "two claimants", edits: []edit{{"clm-number", `"via"`, `"utterance": "utt-1", "via"`}, {"clm-denial", `"coding"`, `"utterance": "utt-1", "coding"`}}},
		{name: "an envoy and who he speaks for, and somebody without a name", clean: true, edits: []edit{
			{"clm-number", `"via"`, `"utterance": "utt-1", "via"`}, {"clm-denial", `"coding"`, `"utterance": "utt-1", "coding"`},
			{"act-council", `"aliases"`, `"acts_for": [{"actor": "act-group"}], "aliases"`}, {"clm-status", `"based_on"`, `"utterance": "utt-1", "based_on"`},
		}},
	},
	diag.RevisesClaimant: {
		{name: "the claim of another", edits: []edit{{"clm-number", `"via"`, `"revises": "clm-denial", "via"`}}},
		{name: "the claim of nobody", edits: []edit{{"clm-number", `"via"`, `"revises": "clm-status", "via"`}}},
		{name: "its own", clean: true, edits: []edit{{"clm-denial", `"coding"`, `"revises": "clm-silence", "coding"`}}},
		{name: "that of a man who spoke for the claimant, now merged", clean: true, edits: []edit{
			{"clm-number", `"via"`, `"revises": "clm-denial", "via"`}, {"act-envoy", "", newRecord("act-envoy", `"name": "Envoy", "type": "person", "acts_for": [{"actor": "act-council", "to": {"edtf": "2020"}}]`)},
			{"clm-denial", `"claimant": "act-group"`, `"claimant": "act-envoy"`},
		}},
		{name: "two documents that name nobody", clean: true, edits: []edit{{"clm-held-on", `"coding"`, `"revises": "clm-scheduled", "coding"`}}},
	},
	diag.RecordLookalike: {
		{name: "names that differ in case, width and white space", edits: []edit{
			{"act-twin", "", newRecord("act-twin", `"name": "ＴＨＥ   council", "type": "igo", "place": "plc-city"`)}, {"act-paper", `"type"`, `"acts_for": [{"actor": "act-twin"}], "type"`},
		}},
		{name: "a name that is another one's alias", edits: []edit{
			{"act-twin", "", newRecord("act-twin", `"name": "tc", "type": "igo"`)}, {"act-paper", `"type"`, `"acts_for": [{"actor": "act-twin"}], "type"`},
		}},
		{name: "places, measures, events and sources", edits: append(newRecords(map[string]string{
			"plc-kabul": `"name": "KABUL"`, "act-h": `"name": "H", "type": "company", "place": "plc-kabul"`, "act-i": `"name": "I", "type": "company", "acts_for": [{"actor": "act-h"}, {"actor": "act-i"}]`,
			"msr-strong": `"name": "strength", "description": "d", "value_type": "text", "withdrawn": null`, "evt-twin": event("meeting in Kabul", ""),
			"src-twin": `"type": "article", "access": "seen", "url": "https://example.org/article", "archive_url": "https://example.org/x"`,
		}), edit{"clm-when", "", newRecord("clm-when", sayWhat("msr-strong", `"type": "text", "verbatim": "Kabul", "text": "Kabul"`))},
			edit{"act-paper", `"type"`, `"acts_for": [{"actor": "act-i"}], "type"`})},
		{name: "namesakes that can be told apart", clean: true, edits: append(newRecords(map[string]string{
			"plc-kabul": `"name": "Kabul", "country": "TR"`, "act-twin": `"name": "The Other Council", "aliases": ["TC"], "type": "igo", "place": "plc-kabul"`,
			"act-one": `"name": "Khan", "type": "person", "xref": {"wikidata": "Q1"}`, "act-two": `"name": "Khan", "type": "person", "xref": {"wikidata": "Q2"}`,
		}), edit{"act-paper", `"type"`, `"acts_for": [{"actor": "act-twin"}, {"actor": "act-one"}, {"actor": "act-two"}], "type"`})},
		{name: "a duplicate that is marked as such", clean: true, edits: []edit{{"act-twin", "", newRecord("act-twin", `"name": "The Council", "type": "igo_body", "merged_into": "act-council"`)}}},
	},
}

// TestLongChain: the search for circles needs neither recursion nor more than
// linear time.
func TestLongChain(t *testing.T) {
	const n = 200_000
	file := &dataset.RecordFile{File: &dataset.File{Path: "x"}}
	g := graph{}
	id := func(i int) string { return fmt.Sprintf("clm-%07d", i) }
	for i := range n {
		g[id(i)] = []link{{to: id(i + 1), rec: dataset.Record{File: file, Data: []byte("{}")}, at: model.Span{End: 1}}}
		if i > 0 { // back edges into one knot
			g[id(i)] = append(g[id(i)], link{to: id(0), rec: dataset.Record{File: file, Data: []byte("{}")}, at: model.Span{End: 2}})
		}
	}
	if list := g.circles("based_on", "help"); len(list) != 1 || list[0].Code != diag.RefCycle {
		t.Errorf("%d findings", len(list))
	}
}
