package validate

import (
	"math/big"
	"testing"

	"stemma/internal/diag"
	"stemma/internal/numerals"
)

const (
	hedge    = "\n    \"hedge\": \"about\",\n    \"hedge_verbatim\": \"around\",\n    \"number\": 6000\n"
	verbatim = `"verbatim": "6,000",`
	quote    = `around 6,000 “fighters”`
)

// says replaces the printed number, the quote and the parts of the quantity.
func says(words, parts string) []edit {
	return []edit{
		{"clm-number", quote, words}, {"clm-number", verbatim, `"verbatim": "` + words + `",`}, {"clm-number", hedge, parts},
	}
}

var valueCases = map[diag.Code][]domainCase{
	diag.NumberDigits: {
		{name: "a zero too few", edits: []edit{{"clm-number", `"number": 6000`, `"number": 600`}}},
		{name: "one end of a range", edits: says("25 to 30", `"low": 25, "high": 35`)},
		{name: "a number for a vague word", edits: says("dozens of men", `"number": 24`)},
		{name: "a number for tens of thousands", edits: says("tens of thousands", `"number": 20000`)},
		{name: "a number for a vague hundred", edits: says("several hundred", `"number": 300`)},
		{name: "a fraction that a float would round away", edits: says("9007199254740993", `"number": 9007199254740992`)},
		{name: "words, separators, scales and other digits", clean: true, edits: says("two hundred and fifty", `"number": 2.5e2`)},
		{name: "a scale", clean: true, edits: says("1.5 million", `"number": 1500000`)},
		{name: "Arabic digits", clean: true, edits: says("٦٬٠٠٠", `"number": 6000`)},
		{name: "a range", clean: true, edits: says("25–30", `"low": 25, "high": 30`)},
		{name: "a vague word without a number", clean: true, edits: says("dozens of men", `"hedge": "dozens"`)},
	},
	diag.NumberUnread: {
		{name: "a rank in a word", edits: says("largest", `"number": 1`)},
		{name: "more than dozens", edits: says("a couple of dozen", `"number": 24`)},
		{name: "words of another language", edits: says("sechstausend", `"number": 6000`)},
		{name: "a fraction", edits: says("6½", `"number": 6.5`)},
		{name: "a number that is read", clean: true},
	},
	diag.NumberOfRange: {
		{name: "the lower end", edits: says("25 to 30", `"number": 25`)},
		{name: "the higher end, of a range with a dash", edits: says("25–30 men", `"number": 30`)},
		{name: "between two numbers", edits: says("between 2,000 and 3,500", `"number": 2000`)},
		{name: "both ends", clean: true, edits: says("between 2,000 and 3,500", `"low": 2000, "high": 3500`)},
		{name: "a part of a larger number", clean: true, edits: says("25 of 30", `"number": 25`)},
		{name: "two numbers with an and", clean: true, edits: says("2,000 and 3,500", `"number": 2000`)},
	},
	diag.RangeReversed: {
		{name: "the ends are exchanged", edits: says("25 to 30", `"low": 30, "high": 25`)},
		{name: "both ends are equal", clean: true, edits: says("25", `"low": 25, "high": 25.0`)},
	},
	diag.ValueRange: {
		{name: "fewer than none", edits: says("minus 5", `"number": -5`)},
		{name: "a measure that goes below zero", clean: true, edits: append(says("minus 5", `"number": -5`),
			edit{"msr-strength", `"rounding"`, `"nonnegative": false, "rounding"`})},
	},
	diag.ValueParts: {
		{name: "no number", edits: []edit{{"clm-number", ",\n    \"number\": 6000", ""}}},
		{name: "a number and a range", edits: []edit{{"clm-number", `"number": 6000`, `"number": 6000, "low": 6000, "high": 6000`}}},
		{name: "half a range", edits: says("6,000", `"low": 6000`)},
		{name: "a range with one bound", edits: says("at least 5 to 6", `"hedge": "at_least", "low": 5, "high": 6`)},
		{name: "a number for dozens", edits: says("dozens", `"hedge": "dozens", "number": 24`)},
		{name: "words of a hedge without its kind", edits: []edit{{"clm-number", "\n    \"hedge\": \"about\",", ""}}},
		{name: "a boolean with a number", edits: []edit{{"clm-denial", `"boolean": true`, `"number": 1`}}},
		{name: "a boolean with a hedge", edits: []edit{{"clm-denial", `"boolean": true`, `"boolean": true, "hedge": "about"`}}},
		{name: "a category with nothing", edits: []edit{{"clm-status", ",\n    \"category\": \"held\"", ""}}},
		{name: "a special value with a number", edits: []edit{{"clm-number", `"number": 6000`, `"number": 6000, "special": "some_value"`}}},
		{name: "an assertion without a value", edits: []edit{{"clm-denial", denialValue, ""}, {"clm-denial", `"deny"`, `"assert"`}}},
		{name: "a denial without a value", edits: []edit{{"clm-denial", denialValue, ""}}},
		{name: "no comment with a value", edits: []edit{{"clm-denial", `"deny"`, `"no_comment"`}}},
		{name: "evidence that is both", edits: []edit{{"clm-status", `"claim": "clm-number"`, `"claim": "clm-number", "source": "src-report"`}}},
		{name: "evidence that is neither", edits: []edit{{"clm-status", "\"claim\": \"clm-number\",", ""}}},
		{name: "a participant that is both", edits: []edit{{"evt-meeting", `"group_label"`, `"actor": "act-group", "group_label"`}}},
		{name: "a participant that is neither", edits: []edit{{"evt-meeting", `"group_label": "experts",`, ``}}},
		{name: "a measure with parts of a quantity", edits: []edit{{"msr-presence", `"boolean",`, `"boolean", "unit": "person", "rounding": "exact",`}}},
		{name: "a boolean that entails something", edits: []edit{
			{"msr-presence", `"boolean",`, `"boolean", "entails": [{"measure": "msr-strength", "condition": "positive"}],`},
			{"msr-strength", "\"entails\": [\n    {\n      \"measure\": \"msr-presence\",\n      \"condition\": \"positive\"\n    }\n  ],", ""},
		}},
		{name: "no comment", clean: true, edits: []edit{{"clm-denial", denialValue, ""}, {"clm-denial", `"deny"`, `"no_comment"`}}},
		{name: "a claim taken back", clean: true, edits: []edit{{"clm-denial", denialValue, ""}, {"clm-denial", `"deny"`, `"retract"`}}},
		{name: "a special value", clean: true, edits: []edit{{"clm-number", hedge, `"special": "some_value"`}}},
		{name: "a range about", clean: true, edits: says("about 5 to 6", `"hedge": "about", "hedge_verbatim": "about", "low": 5, "high": 6`)},
		{name: "a place, a date and a text", clean: true, edits: newRecords(map[string]string{
			"msr-where": `"name": "Where", "description": "d", "value_type": "place"`,
			"msr-when":  `"name": "When", "description": "d", "value_type": "date"`,
			"msr-what":  `"name": "What", "description": "d", "value_type": "text"`,
			"clm-where": sayWhat("msr-where", `"type": "place", "verbatim": "Kabul", "place": "plc-city"`),
			"clm-when":  sayWhat("msr-when", `"type": "date", "verbatim": "Kabul", "date": {"edtf": "2025"}`),
			"clm-what":  sayWhat("msr-what", `"type": "text", "verbatim": "Kabul", "text": "Kabul"`),
		})},
	},
}

const denialValue = "\n  \"value\": {\n    \"type\": \"boolean\",\n    \"verbatim\": \"present\",\n    \"boolean\": true\n  },"

// sayWhat makes the parts of a claim with a value.
func sayWhat(measure, value string) string {
	return `"attribution": "editorial", "question": {"measure": "` + measure + `"}, "value": {` + value + `}, "quote": "in Kabul", "source": "src-article"`
}

const strengthUnit = `"unit": "person"`

var measureCases = map[diag.Code][]domainCase{
	diag.MeasureType: {
		{name: "a number where a yes or no is asked for", edits: []edit{{"clm-number", `"measure": "msr-strength"`, `"measure": "msr-presence"`}, {"clm-number", ",\n    \"population\": \"fighters\"", ""}}},
		{name: "a quantity that entails a quantity", edits: []edit{
			{"msr-other", "", newRecord("msr-other", `"name": "Other", "description": "d", "value_type": "quantity"`)},
			{"msr-strength", `"measure": "msr-presence"`, `"measure": "msr-other"`},
		}},
		{name: "the types agree", clean: true},
	},
	diag.MeasureUnit: {
		{name: "a unit that the policy does not have", edits: []edit{{"clm-number", `"number": 6000`, `"number": 6000, "unit": "persons"`}}},
		{name: "a unit that is like none", edits: []edit{{"clm-number", `"number": 6000`, `"number": 6000, "unit": "furlong"`}}},
		{name: "a measure with an unknown unit", edits: []edit{{"msr-strength", strengthUnit, `"unit": "men"`}}},
		{name: "a unit on a measure without", edits: []edit{{"msr-strength", strengthUnit + ",", ""}, {"clm-number", `"number": 6000`, `"number": 6000, "unit": "person"`}}},
		{name: "the measure's unit", clean: true, edits: []edit{{"clm-number", `"number": 6000`, `"number": 6000, "unit": "person"`}}},
	},
	diag.UnitDimension: {
		{name: "kilometres of persons", edits: []edit{{"clm-number", `"number": 6000`, `"number": 6000, "unit": "kilometre"`}}},
		{name: "another unit of the same dimension", clean: true, edits: append(newRecords(map[string]string{
			"msr-way": `"name": "Way", "description": "d", "value_type": "quantity", "unit": "kilometre"`,
			"clm-way": sayWhat("msr-way", `"type": "quantity", "verbatim": "5 miles", "number": 5, "unit": "mile"`),
		}), edit{"clm-way", `in Kabul`, `5 miles from Kabul`})},
	},
	diag.MeasurePopulation: {
		{name: "no population", edits: []edit{{"clm-number", ",\n    \"population\": \"fighters\"", ""}}},
		{name: "a population that is not listed", edits: []edit{{"clm-number", `"population": "fighters"`, `"population": "figters"`}}},
		{name: "a population where there are none", edits: []edit{{"clm-denial", `"place": "plc-city"`, `"place": "plc-city", "population": "fighters"`}}},
		{name: "a population listed twice", edits: []edit{{"msr-strength", `"code": "fighters_and_families"`, `"code": "fighters"`}}},
		{name: "a part that is not listed", edits: []edit{{"msr-strength", "\"includes\": [\n        \"fighters\"", "\"includes\": [\n        \"soldiers\""}}},
		{name: "the larger population", clean: true, edits: []edit{{"clm-number", `"population": "fighters"`, `"population": "fighters_and_families"`}}},
	},
	diag.MeasureCategory: {
		{name: "a category that is not listed", edits: []edit{{"clm-status", `"category": "held"`, `"category": "hold"`}}},
		{name: "a measure without categories", edits: []edit{{"msr-event-status", `"categories": [`, `"populations": [`}, {"clm-status", `"event": "evt-meeting"`, `"event": "evt-meeting", "population": "held"`}}},
		{name: "a boolean with categories", edits: []edit{{"msr-presence", `"boolean",`, `"boolean", "categories": [{"code": "yes", "name": "Yes"}],`}}},
		{name: "a status that the measure of statuses lacks", edits: []edit{{"msr-event-status", `"code": "held"`, `"code": "hold"`}}},
		{name: "a category listed twice", edits: []edit{{"msr-event-status", `"code": "planned"`, `"code": "held"`}}},
		{name: "another category", clean: true, edits: []edit{{"clm-status", `"category": "held"`, `"category": "planned"`}}},
	},
}

// FuzzIsPrinted: the short way says nothing but what the long one says.
func FuzzIsPrinted(f *testing.F) {
	for _, seed := range [][2]string{{"6000", "6,000"}, {"6000", "6000"}, {"600", "6,00"}, {"1234567", "1,234567"}, {"1234567", "1,234,567"}, {"0", "0"}, {"-5", "-5"}, {"60", "6,0"}, {"", ""}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, literal, words string) {
		if len(literal) > 1 && literal[0] == '0' || !isPrinted(literal, words) {
			return // no number of JSON begins so
		}
		n, ok := new(big.Rat).SetString(literal)
		if !ok || len(literal) < 1000 && !numerals.Read(words).Admits(n) {
			t.Fatalf("%q is taken for %s", words, literal)
		}
	})
}

func TestIsPrinted(t *testing.T) {
	for words, want := range map[string]bool{"6,000": true, "6000": true, "6.000": false, "60,00": false, "6,0000": false, "6,001": false, "": false} {
		if got := isPrinted("6000", words); got != want {
			t.Errorf("%q: %v, want %v", words, got, want)
		}
	}
}
