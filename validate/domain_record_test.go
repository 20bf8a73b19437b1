package validate

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"testing/fstest"

	"stemma/internal/diag"
)

// twoPlaces are the lines of a .jsonl file.
const twoPlaces = `{"id": "plc-river", "name": "River", "within": "plc-country", "coding": {"by": "x", "on": "2026-11-23"}}
{"id": "plc-bridge", "name": "Bridge", "within": "plc-river", "coding": {"by": "x", "on": "2026-11-23"}}
`

var recordCases = map[diag.Code][]domainCase{
	diag.IDFileName: {
		{name: "the file has another name", edits: []edit{
			{"plc-city", `"id": "plc-city"`, `"id": "plc-town"`},
			{"act-paper", `plc-city`, `plc-town`}, {"clm-denial", `plc-city`, `plc-town`},
		}},
		{name: "a file of many records has any name", clean: true, edits: []edit{
			{"records/places/more.jsonl", "", twoPlaces}, {"act-paper", `plc-city`, `plc-bridge`},
		}},
	},
	diag.IDPrefix: {
		{name: "the prefix is another kind's, and the schema does not mind", edits: []edit{
			{"schema/place.schema.json", `^plc-[a-z0-9]+(-[a-z0-9]+)*$`, `^[a-z0-9-]+$`},
			{"records/places/act-city.json", "", newRecord("act-city", `"name": "Town"`)}, {"act-paper", `plc-city`, `act-city`},
		}},
		{name: "the prefixes are right", clean: true},
	},
	diag.ValueFormat: {
		{name: "a language that is registered nowhere", edits: []edit{{"src-article", `"language": "en"`, `"language": "english"`}}},
		{name: "a region that is registered nowhere", edits: []edit{{"src-article", `"language": "en"`, `"language": "en-ZQ"`}}},
		{name: "languages with scripts and three letters", clean: true, edits: []edit{{"src-article", `"language": "en"`, `"language": "uz-Arab-AF"`}}},
		{name: "a code that is no country", edits: []edit{{"plc-city", `"AF"`, `"ZQ"`}}},
		{name: "a code that belongs to a group of countries", edits: []edit{{"plc-city", `"AF"`, `"EU"`}}},
		{name: "a code that is not the one of the standard", edits: []edit{{"plc-city", `"AF"`, `"UK"`}}},
	},
	diag.SourceUnarchived: {
		{name: "a page without a copy", edits: []edit{{"src-article", "\n  \"archive_url\": \"https://example.org/archive/article\",", ""}}},
		{name: "a document without an address", edits: []edit{
			{"src-article", "\n  \"archive_url\": \"https://example.org/archive/article\",", ""}, {"src-article", `"url": "https://example.org/article"`, `"url": null`},
		}},
		{name: "a source that was only cited", clean: true},
		{name: "a source that was withdrawn", clean: true, edits: []edit{
			{"src-old", "", newRecord("src-old", `"type": "post", "access": "seen", "withdrawn": "It was a forgery."`)},
		}},
	},
	diag.TextInvisible: {
		{name: "a space of no width in a name", edits: []edit{{"plc-city", `"Kabul"`, "\"Ka\u200Bbul\""}}},
		{name: "a change of direction in a quote", edits: []edit{{"clm-denial", `denied that it`, `denied \u202Ethat it`}}},
		{name: "a mark at the beginning", edits: []edit{{"plc-city", `"Kabul"`, `"\uFEFFKabul"`}}},
		{name: "a control character in an alias", edits: []edit{{"act-council", `"TC"`, `"TC\u0007"`}}},
		{name: "a joiner between Latin letters", edits: []edit{{"plc-city", `"Kabul"`, "\"Ka\u200Dbul\""}}},
		{name: "a joiner at the end of a word", edits: []edit{{"plc-city", `"Kabul"`, "\"می\u200C\""}}},
		{name: "joiners between letters that need them", clean: true, edits: []edit{
			{"act-council", `"TC"`, "\"می\u200Cخواهد\", \"क्\u200Dष\", \"مُ\u200Cخ\""},
		}},
		{name: "pictures, and signs with a selector", clean: true, edits: []edit{{"act-council", `"TC"`, "\"👩\u200D🚀\", \"❤\uFE0F\", \"🏳\uFE0F\u200D🌈\""}}},
		{name: "other scripts, accents and a no-break space", clean: true, edits: []edit{{"act-council", `"TC"`, "\"Ünïted\u00A0Nations\", \"طالبان\", \"塔利班\""}}},
		{name: "lines in a note", clean: true, edits: []edit{{"plc-city", `"by": `, `"note": "one\n\ttwo", "by": `}}},
	},
}

var quoteCases = map[diag.Code][]domainCase{
	diag.QuoteVerbatim: {
		{name: "the words are not in the quote", edits: []edit{{"clm-denial", `"verbatim": "present"`, `"verbatim": "there"`}}},
		{name: "the case differs", edits: []edit{{"clm-denial", `"verbatim": "present"`, `"verbatim": "It  was Present"`}}},
		{name: "the quotation marks differ", edits: []edit{
			{"clm-denial", `"verbatim": "present"`, `"verbatim": "\"was\" present"`}, {"clm-denial", `it was present`, `it “was” present`},
		}},
		{name: "a date that is claimed", edits: []edit{
			{"msr-when", "", newRecord("msr-when", `"name": "When", "description": "d", "value_type": "date"`)},
			{"clm-denial", `"measure": "msr-presence"`, `"measure": "msr-when"`}, {"clm-denial", `"boolean",`, `"date",`},
			{"clm-denial", `"boolean": true`, `"date": {"edtf": "2025-08-20", "verbatim": "August 20th"}`},
		}},
		{name: "the words are in the quote", clean: true},
	},
	diag.QuoteHedge: {
		{name: "the hedge is not in the quote", edits: []edit{{"clm-number", `"around",`, `"approximately",`}}},
		{name: "the hedge has a capital", edits: []edit{{"clm-number", `"around",`, `"Around",`}}},
		{name: "there is no hedge", clean: true, edits: []edit{{"clm-number", quote, "6,000 men"}, {"clm-number", "\n    \"hedge\": \"about\",\n    \"hedge_verbatim\": \"around\",", ""}}},
	},
	diag.QuoteNotInText: {
		{name: "a word was changed", edits: hasText(changed), texts: texts(changed)},
		{name: "an account's quote, in another case", texts: texts(printed),
			edits: append(hasText(printed), edit{"evt-meeting", `"quote": "experts met on Wednesday"`, `"quote": "Experts met on Wednesday"`})},
		{name: "a claim's quote, with a comma too many", texts: texts(printed),
			edits: append(hasText(printed), edit{"clm-silence", `declined to comment`, `declined, to comment`})},
		{name: "a participant's quote", texts: texts(printed),
			edits: append(hasText(printed), edit{"evt-meeting", `"quote": "experts met"`, `"quote": "experts gathered"`})},
		{name: "white space and quotation marks differ", clean: true, edits: hasText(printed), texts: texts(printed)},
		{name: "they differ in an account and at a participant", clean: true, texts: texts(printed), edits: append(hasText(printed),
			edit{"evt-meeting", `"quote": "experts met on Wednesday"`, `"quote": "experts  met on\u00a0Wednesday"`}, edit{"evt-meeting", `"quote": "experts met"`, `"quote": "experts\tmet"`})},
		{name: "the text is not at hand", clean: true, edits: hasText(changed), texts: texts(printed)},
		{name: "no texts were given", clean: true, edits: hasText(changed)},
	},
}

// The text of src-article, as printed and with other words.
const (
	printed = "It has around\n 6,000 \"fighters\". It denied  that it was\u00A0present, and experts met on\tWednesday, not as\nplanned for\u202f19 August. It declined to comment."
	changed = "It has nearly 6,000 “fighters”. It denied that it was present, and experts met on Tuesday, not (met on Wednesday) as planned for 19 August. It declined to comment."
)

func hasText(text string) []edit {
	return []edit{{"src-article", `"access": "seen"`, fmt.Sprintf(`"access": "seen", "text_sha256": "%x"`, sha256.Sum256([]byte(text)))}}
}

func texts(text string) fs.FS { return fstest.MapFS{"a/b.txt": &fstest.MapFile{Data: []byte(text)}} }
