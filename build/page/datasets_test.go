package page

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"stemma/disagreement"
	"stemma/internal/model"
	"stemma/internal/strictjson"
	"stemma/internal/wording"
)

// record decodes a record that is written as a Go value.
func record(t testing.TB, in *disagreement.Input, kind string, value map[string]any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	v, problems := strictjson.Parse(text)
	if v == nil {
		t.Fatal(problems)
	}
	add(in, kind, v)
}

type object = map[string]any

func date(edtf string) object { return object{"edtf": edtf} }

// fixedPolicy is one that nobody changes.
func fixedPolicy(t testing.TB) *model.Policy {
	t.Helper()
	text, err := os.ReadFile("testdata/policy.json")
	if err != nil {
		t.Fatal(err)
	}
	v, problems := strictjson.Parse(text)
	if problems != nil {
		t.Fatal(problems)
	}
	return model.DecodePolicy(v)
}

// hostileTexts try to get out of wherever a text of the dataset is put.
var hostileTexts = []string{
	`<script>window.broken=1</script>`,
	`</script><script>window.broken=2</script>`,
	`</style><img src=x onerror="window.broken=3">`,
	`"><svg onload=window.broken=4>`,
	`' onmouseover='window.broken=5`,
	`</title><iframe src="javascript:parent.broken=6"></iframe>`,
	`<!-- --><base href="http://attacker.invalid/">`,
	`{{template "head"}} ${window.broken=7} \u003cscript\u003e`,
	"left \u202eright-to-left\u202c \u2066isolate \u0007 bell \u2028",
	`url(http://attacker.invalid/a.png);} body{display:none} /*`,
	`&lt;b&gt; &amp; &#60;script&#62;`,
	`<a href="http://attacker.invalid" ping="http://attacker.invalid">`,
	"<meta http-equiv=refresh content='0;url=http://attacker.invalid'>",
}

var hostileAddresses = []string{
	"javascript:window.broken=8", "JaVaScRiPt:window.broken=9", " javascript:window.broken=10", "data:text/html,<script>window.broken=11</script>",
	"http://", "//attacker.invalid/x", "vbscript:x", "file:///etc/passwd", "http://user:secret@attacker.invalid/", "https://example.org/\"><script>window.broken=12</script>",
}

// hostile is a dataset as no validation would let it through.
func hostile(t testing.TB) Input {
	t.Helper()
	in := disagreement.Input{Policy: fixedPolicy(t)}
	long := strings.Repeat("W", 20000)
	text := func(i int) string { return hostileTexts[i%len(hostileTexts)] }
	record(t, &in, model.KindMeasure, object{"id": "msr-n", "name": text(0), "value_type": "quantity", "unit": text(3), "period": "P1Y",
		"populations": []object{{"code": "p", "name": text(1)}}})
	record(t, &in, model.KindMeasure, object{"id": "msr-c", "name": text(2), "value_type": "category", "categories": []object{{"code": text(4), "name": text(5)}, {"code": "b", "name": text(6)}}})
	record(t, &in, model.KindMeasure, object{"id": "msr-t", "name": long, "value_type": "text"})
	record(t, &in, model.KindMeasure, object{"id": "msr-d", "name": text(8), "value_type": "date"})
	record(t, &in, model.KindMeasure, object{"id": model.MeasureEventStatus, "name": "Status", "value_type": "category", "period": "P1D"})
	record(t, &in, model.KindPlace, object{"id": "plc-x", "name": text(7)})
	for i := range hostileTexts {
		record(t, &in, model.KindActor, object{"id": fmt.Sprintf("act-%d", i), "name": text(i), "type": "person"})
		record(t, &in, model.KindSource, object{"id": fmt.Sprintf("src-%d", i), "type": text(i + 1), "title": text(i), "author": text(i + 2), "publisher": fmt.Sprintf("act-%d", i),
			"url": hostileAddresses[i%len(hostileAddresses)], "archive_url": hostileAddresses[(i+1)%len(hostileAddresses)], "access": text(i),
			"published": date("2025-08-0" + fmt.Sprint(i%9+1)), "language": text(i),
			"lineage": []object{{"source": fmt.Sprintf("src-%d", (i+1)%len(hostileTexts)), "relation": text(i), "basis": text(i + 3)}}, "coding": object{"by": text(i), "note": text(i + 1)}})
	}
	for i, id := range []string{"clm-a", `clm-"><script>window.broken=13</script>`, "f-text", "filter", "questions", "n-questions", "clm-\u202e", long, "#clm-a", "__proto__", "clm-é x"} {
		record(t, &in, model.KindClaim, object{"id": id, "source": fmt.Sprintf("src-%d", i%len(hostileTexts)), "claimant": fmt.Sprintf("act-%d", i%len(hostileTexts)),
			"attribution": text(i), "claimant_label": text(i + 1), "quote": text(i + 2), "locator": text(i + 3), "utterance": text(i),
			"question": object{"measure": "msr-n", "subject": "act-1", "place": "plc-x", "population": "p"}, "said_on": date("2025-08-20"), "stance": []string{"assert", "deny"}[i%2],
			"value": object{"type": "quantity", "verbatim": text(i), "number": 10 * (i + 1), "hedge": "about", "hedge_verbatim": text(i)}, "coding": object{"note": text(i)}})
		record(t, &in, model.KindClaim, object{"id": fmt.Sprintf("clm-c%d", i), "source": fmt.Sprintf("src-%d", i%len(hostileTexts)), "claimant": fmt.Sprintf("act-%d", i),
			"attribution": "direct", "quote": long, "question": object{"measure": "msr-c"}, "value": object{"type": "category", "category": text(4 + i%2)}})
		record(t, &in, model.KindClaim, object{"id": fmt.Sprintf("clm-t%d", i), "source": fmt.Sprintf("src-%d", i%len(hostileTexts)), "claimant_label": text(i),
			"attribution": "anonymous", "quote": text(i), "question": object{"measure": "msr-t"}, "value": object{"type": "text", "text": text(i + 1)}})
	}
	record(t, &in, model.KindClaim, object{"id": "clm-huge", "source": "src-1", "claimant": "act-2", "attribution": "direct", "question": object{"measure": "msr-n", "subject": "act-2"},
		"value": object{"type": "quantity", "number": json.Number("1" + strings.Repeat("0", 400))}})
	record(t, &in, model.KindClaim, object{"id": "clm-tiny", "source": "src-2", "claimant": "act-3", "attribution": "direct", "question": object{"measure": "msr-n", "subject": "act-2"},
		"value": object{"type": "quantity", "number": json.Number("1e-300"), "hedge": "over"}})
	record(t, &in, model.KindEvent, object{"id": `evt-"><script>window.broken=14</script>`, "type": text(0), "label": text(1), "title_verbatim": text(2), "topics": []string{text(3)},
		"relations": []object{{"type": text(4), "event": text(5)}}, "accounts": []object{{"source": "src-0", "status": text(6), "when": date("0000-01-01/9999-12-31"), "quote": text(0), "place": "plc-x",
			"participants": []object{{"group_label": text(0), "role": text(1), "state": text(2), "quote": text(3)}}}}})
	moreHostile(t, &in, long[:2000])
	d := Dataset{Name: text(0), Title: text(5), Description: text(2), Version: text(3), ReleasedOn: text(1), Licence: Licence{text(0), text(1), hostileAddresses[0]}, URL: hostileAddresses[1],
		Creators: []Creator{{text(4), hostileAddresses[3]}}, Keywords: hostileTexts, Language: text(4), Citation: text(6)}
	out := input(t, in, d)
	out.Files = []File{{"../../etc/passwd", "no"}, {"javascript:window.broken=15", "no"}, {"/etc/passwd", "no"}, {"tables/claims.parquet", text(0)}}
	return out
}

// hostileQuestions is the number of questions on one measure.
const hostileQuestions = 300

// moreHostile has texts without an end in every name, hostile texts in the rarer
// fields, and very many questions on one measure.
func moreHostile(t testing.TB, in *disagreement.Input, long string) {
	t.Helper()
	text := func(i int) string { return hostileTexts[i%len(hostileTexts)] }
	bad := func(i int) object {
		return object{"edtf": "2025-08-20", "verbatim": text(i), "inferred": []string{text(i + 1)}, "basis": text(i + 2)}
	}
	record(t, in, model.KindActor, object{"id": "act-long", "name": long, "type": "person"})
	record(t, in, model.KindPlace, object{"id": "plc-long", "name": long})
	record(t, in, model.KindSource, object{"id": "src-long", "type": long, "title": long, "author": long, "url": "https://example.org/" + long, "archive_url": "https://example.org/" + long,
		"language": long, "published": bad(1), "coding": object{"note": long}, "lineage": []object{{"source": "src-1", "relation": long, "basis": long}}})
	record(t, in, model.KindMeasure, object{"id": "msr-many", "name": "Many", "value_type": "quantity", "unit": text(3)})
	record(t, in, model.KindMeasure, object{"id": "msr-wide", "name": text(1), "value_type": "category", "categories": []object{{"code": long, "name": long}}})
	report := func(i int) object {
		return object{"source": "src-long", "claimant": "act-long", "claimant_label": text(i), "attribution": text(i + 1), "said_on": bad(i), "as_of": bad(i + 1), "locator": long, "quote": long,
			"via":      []object{{"source": "src-2", "relation": text(i), "basis": text(i + 1)}, {"source": text(i), "relation": long, "basis": long}},
			"based_on": []object{{"source": "src-3", "basis": text(i)}, {"claim": text(i + 1), "basis": text(i + 2)}}}
	}
	event := report(3)
	event["status"], event["when"], event["place"], event["place_precision"] = "planned", bad(4), "plc-long", long
	event["participants"] = []object{{"actor": "act-long", "role": long, "state": text(3), "stance": "deny", "quote": long}}
	record(t, in, model.KindEvent, object{"id": "evt-long", "type": long, "label": long, "title_verbatim": long, "topics": []string{long, text(1)},
		"relations": []object{{"type": long, "event": "evt-long"}}, "accounts": []object{event}})
	claim := func(id string, question, value object) {
		c := report(len(id))
		c["id"], c["question"], c["value"], c["revises"], c["coding"] = id, question, value, text(2), object{"by": text(3), "on": text(4), "status": text(5), "note": long}
		record(t, in, model.KindClaim, c)
	}
	claim("clm-long", object{"measure": "msr-wide", "subject": "act-long", "object": "act-long", "place": "plc-long", "event": "evt-long", "modality": text(0)}, object{"type": "category", "category": long})
	claim("clm-day", object{"measure": "msr-d", "subject": "act-long"}, object{"type": "date", "date": bad(7)})
	for i := range hostileQuestions {
		place := fmt.Sprintf("plc-%d", i)
		record(t, in, model.KindPlace, object{"id": place, "name": fmt.Sprintf("%s %d", text(i), i)})
		record(t, in, model.KindClaim, object{"id": fmt.Sprintf("clm-many-%d", i), "source": "src-1", "claimant": "act-1", "attribution": "direct", "quote": text(i),
			"question": object{"measure": "msr-many", "place": place}, "value": object{"type": "quantity", "number": i}})
	}
}

// large is a dataset with many claims, the same for the same number.
func large(t testing.TB, claims int) Input {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	in := disagreement.Input{Policy: fixedPolicy(t)}
	pick := func(kind string, n int) string { return fmt.Sprintf("%s-%d", kind, r.IntN(n)) }
	day := func() string { return fmt.Sprintf("2025-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28)) }
	actors, places, sources, events := claims/25+5, 60, claims/20+5, claims/40+1
	types := []string{"quantity", "quantity", "boolean", "category", "date", "quantity"}
	for i := range 24 {
		m := object{"id": fmt.Sprintf("msr-%d", i), "name": fmt.Sprintf("Measure number %d of things that are counted", i), "value_type": types[i%len(types)], "period": []string{"P1Y", "P1M"}[i%2], "rounding": "rounded", "unit": "person"}
		if types[i%len(types)] == "category" {
			m["categories"] = []object{{"code": "a", "name": "The first of them"}, {"code": "b", "name": "The second"}, {"code": "c", "name": "Something else"}}
		}
		record(t, &in, model.KindMeasure, m)
	}
	for _, name := range []string{model.MeasureEventStatus, model.MeasureEventScheduledFor, model.MeasureEventHeldOn} {
		kind := map[bool]string{true: "category", false: "date"}[name == model.MeasureEventStatus]
		record(t, &in, model.KindMeasure, object{"id": name, "name": wording.Words(name), "value_type": kind})
	}
	for i := range actors {
		record(t, &in, model.KindActor, object{"id": fmt.Sprintf("act-%d", i), "name": fmt.Sprintf("The organisation with number %d", i), "type": "company"})
	}
	for i := range places {
		record(t, &in, model.KindPlace, object{"id": fmt.Sprintf("plc-%d", i), "name": fmt.Sprintf("Town %d", i)})
	}
	for i := range sources {
		s := object{"id": fmt.Sprintf("src-%d", i), "type": "article", "access": "seen", "title": fmt.Sprintf("What number %d of the papers wrote about it that day", i),
			"publisher": pick("act", actors), "published": date(day()), "url": fmt.Sprintf("https://example.org/papers/%d", i), "language": "en"}
		if i > 3 && r.IntN(2) == 0 {
			s["lineage"] = []object{{"source": pick("src", i), "relation": "was_derived_from", "basis": []string{"stated", "judged", "text_overlap"}[r.IntN(3)]}}
		}
		record(t, &in, model.KindSource, s)
	}
	for i := range events {
		e := object{"id": fmt.Sprintf("evt-%d", i), "type": "meeting", "label": fmt.Sprintf("Meeting number %d of those who met", i)}
		var accounts []object
		for range 1 + r.IntN(4) {
			accounts = append(accounts, object{"source": pick("src", sources), "claimant": pick("act", actors), "attribution": "direct", "quote": "they are going to meet on that day",
				"status": []string{"planned", "held", "postponed", "cancelled"}[r.IntN(4)], "when": date(day()), "said_on": date(day())})
		}
		e["accounts"] = accounts
		record(t, &in, model.KindEvent, e)
	}
	for i := range claims {
		measure := r.IntN(24)
		value := object{"type": types[measure%len(types)], "verbatim": "as it is printed there"}
		switch value["type"] {
		case "quantity":
			value["number"], value["hedge"] = 100*(1+r.IntN(60)), []string{"about", "at_least", "exact", "up_to", "nearly"}[r.IntN(5)]
		case "boolean":
			value["boolean"] = r.IntN(2) == 0
		case "category":
			value["category"] = string(rune('a' + r.IntN(3)))
		case "date":
			value["date"] = date(day())
		}
		record(t, &in, model.KindClaim, object{"id": fmt.Sprintf("clm-%d", i), "source": pick("src", sources), "claimant": pick("act", actors), "attribution": "indirect",
			"quote": fmt.Sprintf("what somebody is said to have said, number %d of many", i), "said_on": date(day()), "stance": []string{"assert", "assert", "assert", "assert", "deny"}[r.IntN(5)],
			"question": object{"measure": fmt.Sprintf("msr-%d", measure), "subject": pick("act", 9), "place": pick("plc", 6)}, "value": value, "locator": "paragraph 3",
			"coding": object{"by": "somebody", "on": "2026-11-23", "note": "A note of ordinary length about what was decided while coding."}})
	}
	return input(t, in, Dataset{Name: "large", Title: "A large dataset", Version: "1.0.0", ReleasedOn: "2026-11-23", Description: "Generated."})
}
