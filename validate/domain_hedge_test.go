package validate

import (
	"os"
	"slices"
	"strings"
	"testing"

	"stemma/internal/diag"
	"stemma/internal/model"
	"stemma/internal/strictjson"
)

// quoted replaces the quote, the printed number and the parts of the quantity.
func quoted(words, number, parts string) []edit {
	edits := says(number, parts)
	edits[0].new = words
	return edits
}

const aboutAround = `"hedge": "about", "hedge_verbatim": "around",`

var hedgeCases = map[diag.Code][]domainCase{
	diag.HedgeUnknown: {
		{name: "a hedge that the schemas allow and the policy does not know", edits: []edit{
			{"schema/common.schema.json", "\"exact\",\n        \"about\",", "\"exact\",\n        \"abouts\",\n        \"about\","}, {"clm-number", `"hedge": "about"`, `"hedge": "abouts"`},
		}},
		{name: "a hedge that the policy knows", clean: true},
	},
	diag.HedgeVerbatim: {
		{name: "the words stand in the quote", edits: []edit{{"clm-number", "\n    \"hedge_verbatim\": \"around\",", ""}}},
		{name: "the words stand elsewhere", edits: quoted("a number of 6,000", "6,000", `"hedge": "estimated", "number": 6000`)},
		{name: "exact needs no words", clean: true, edits: quoted("6,000", "6,000", `"hedge": "exact", "number": 6000`)},
		{name: "dozens is its own word", clean: true, edits: quoted("dozens of men", "dozens", `"hedge": "dozens"`)},
	},
	diag.HedgeWords: {
		{name: "nearly is not about", edits: quoted("nearly 6,000", "6,000", `"hedge": "about", "hedge_verbatim": "nearly", "number": 6000`)},
		{name: "no more than is not more than", edits: quoted("no more than 6,000", "6,000", `"hedge": "over", "hedge_verbatim": "no more than", "number": 6000`)},
		{name: "exact, but the quote is not", edits: quoted("about 6,000", "6,000", `"hedge": "exact", "number": 6000`)},
		{name: "the words at the number are those of another hedge", edits: quoted("around 6,000", "6,000", `"hedge": "nearly", "number": 6000`)},
		{name: "tens of thousands are no thousands", edits: quoted("tens of thousands", "tens of thousands", `"hedge": "thousands"`)},
		{name: "hundreds of thousands neither", edits: quoted("hundreds of thousands", "hundreds of thousands", `"hedge": "hundreds"`)},
		{name: "hundreds are not dozens", edits: quoted("several hundred men", "several hundred", `"hedge": "dozens"`)},
		{name: "one of two hedges", clean: true, edits: quoted("at least an estimated 6,000", "6,000", `"hedge": "at_least", "hedge_verbatim": "at least an estimated", "number": 6000`)},
		{name: "capitals and white space", clean: true, edits: quoted("Upwards  of 6,000", "6,000", `"hedge": "over", "hedge_verbatim": "Upwards  of", "number": 6000`)},
		{name: "after the number", clean: true, edits: quoted("6,000 or more", "6,000", `"hedge": "at_least", "hedge_verbatim": "or more", "number": 6000`)},
		{name: "words of another language are not judged", clean: true, edits: append(quoted("fast 6,000", "6,000", `"hedge": "about", "hedge_verbatim": "fast", "number": 6000`),
			edit{"src-article", `"language": "en"`, `"language": "de"`})},
	},
	diag.HedgeUnread: {
		{name: "words that are in no list", edits: quoted("a whopping 6,000", "6,000", `"hedge": "about", "hedge_verbatim": "a whopping", "number": 6000`)},
		{name: "a negation", edits: quoted("not exactly 6,000", "6,000", `"hedge": "about", "hedge_verbatim": "not exactly", "number": 6000`)},
		{name: "a source without a language", edits: append(quoted("a whopping 6,000", "6,000", `"hedge": "about", "hedge_verbatim": "a whopping", "number": 6000`),
			edit{"src-article", "\n  \"language\": \"en\",", ""})},
		{name: "a list has them", clean: true},
		{name: "another language", clean: true, edits: append(quoted("rund 6,000", "6,000", `"hedge": "about", "hedge_verbatim": "rund", "number": 6000`),
			edit{"src-article", `"language": "en"`, `"language": "de-AT"`})},
	},
	diag.HedgeMissing: {
		{name: "before the number", edits: quoted("some 6,000 men", "6,000", `"number": 6000`)},
		{name: "in the words of the value", edits: quoted("almost six thousand men", "almost six thousand", `"number": 6000`)},
		{name: "before a range", edits: quoted("between about 5,000 and 6,000", "5,000 and 6,000", `"low": 5000, "high": 6000`)},
		{name: "after the number", edits: quoted("6,000 or so", "6,000", `"number": 6000`)},
		{name: "before a sum of money", edits: quoted("more than $6,000", "6,000", `"number": 6000`)},
		{name: "the hedge belongs to something else", clean: true, edits: quoted("the war is over. 6,000 men", "6,000", `"number": 6000`)},
		{name: "no word of its own", clean: true, edits: quoted("handsome 6,000 men", "6,000", `"number": 6000`)},
		{name: "not under", clean: true, edits: quoted("not under 6,000 men", "6,000", `"number": 6000`)},
		{name: "after the number, but no hedge", clean: true, edits: quoted("6,000 over the winter", "6,000", `"number": 6000`)},
		{name: "another language", clean: true, edits: append(quoted("about 6,000", "6,000", `"number": 6000`), edit{"src-article", `"language": "en"`, `"language": "fr"`})},
		{name: "coded", clean: true, edits: quoted("around 6,000", "6,000", aboutAround+` "number": 6000`)},
	},
}

// The words of the repository's policy mean what the policy says, alone and in
// a phrase, whatever the order of its entries.
func TestPolicyWords(t *testing.T) {
	data, err := os.ReadFile("../policy.json")
	if err != nil {
		t.Fatal(err)
	}
	root, _ := strictjson.Parse(data)
	policy := model.DecodePolicy(root)
	words := newLexicon(policy)
	for i := range policy.Hedges {
		h := &policy.Hedges[i]
		for _, w := range h.Words {
			for _, phrase := range []string{w.Value, strings.ToUpper(w.Value), "put at " + w.Value + " that"} {
				if got := words.tokens(phrase); !slices.Equal(got, []string{h.Token.Value}) {
					t.Errorf("%q: %v, want %s", phrase, got, h.Token.Value)
				}
			}
		}
	}
}

func TestHedgePhrases(t *testing.T) {
	words := lexicon{{"fewer than", "under", false}, {"dozens", "dozens", true}, {"some", "about", false}, {"or so", "about", false}}
	for phrase, want := range map[string]string{
		"some": "about", "Some,": "about", "handsome": "", "some-time": "about", "somé": "", "not some": "", "isn’t some": "",
		"dozens of": "dozens", "dozens of thousands": "", "tens of dozens": "", "dozens thousand": "", "out of dozens": "dozens",
		"fewer  than": "under", "fewer": "", "": "", "some or so": "about about", "no fewer than": "",
	} {
		if got := strings.Join(words.tokens(phrase), " "); got != want {
			t.Errorf("%q: %q, want %q", phrase, got, want)
		}
	}
}

// FuzzTokens: the search ends, and finds only what the list has.
func FuzzTokens(f *testing.F) {
	f.Add("at least an estimated “some”", "some")
	f.Add("tens of thousands", "thousands")
	f.Add("\xff no  MORE\u00a0than", "no more than")
	f.Fuzz(func(t *testing.T, phrase, word string) {
		policy := &model.Policy{Hedges: []model.Hedge{
			{Token: text("a"), Words: []model.Text{text(word), text("some")}, Rule: text("around")},
			{Token: text("b"), Words: []model.Text{text("thousands")}, Rule: text("fixed")},
		}}
		words := newLexicon(policy)
		for _, token := range words.tokens(phrase) {
			if token != "a" && token != "b" {
				t.Fatalf("%q: %q", phrase, token)
			}
		}
	})
}

func text(s string) model.Text { return model.Text{Value: s, Span: model.Span{End: 1}} }

// FuzzAround: what is found is a part of the text, at the number.
func FuzzAround(f *testing.F) {
	f.Add("about 6,000 men", 6, 11)
	f.Add("Some “6,000” or so", 8, 13)
	f.Add("\xffé some\u00a06,000\xf0", 10, 15)
	words := lexicon{{"about", "about", false}, {"or so", "about", false}, {"some", "about", false}, {"dozens", "dozens", true}}
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if start < 0 || start > end || end > len(text) {
			return
		}
		h, ok := words.around(text, start, end)
		if ok && (h.token != "about" || !strings.Contains(text[:start], h.words) && !strings.Contains(text[end:], h.words)) {
			t.Fatalf("%q at [%d,%d): %+v", text, start, end, h)
		}
	})
}
