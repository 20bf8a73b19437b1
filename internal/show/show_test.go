package show

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"stemma/disagreement"
	"stemma/internal/golden"
	"stemma/internal/strictjson"
	"stemma/internal/wording"
	"stemma/schema"
)

// text gives the list and all pictures of a set.
func text(t testing.TB, s *Set, width int, color bool) (list, pictures string) {
	t.Helper()
	var a, b bytes.Buffer
	if err := s.List(&a, width, color); err != nil {
		t.Fatal(err)
	}
	if err := s.Draw(&b, width, color); err != nil {
		t.Fatal(err)
	}
	return a.String(), b.String()
}

func TestText(t *testing.T) {
	for _, width := range []int{60, 80, 120} {
		for _, color := range []bool{false, true} {
			suffix := ""
			if color {
				suffix = "_color"
			}
			list, pictures := text(t, fixture(t), width, color)
			golden.Check(t, fmt.Sprintf("testdata/list_%d%s.txt", width, suffix), list)
			golden.Check(t, fmt.Sprintf("testdata/pictures_%d%s.txt", width, suffix), pictures)
		}
	}
}

var sgr = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// TestColorAddsNothing: without its colours the text is the text without colour.
func TestColorAddsNothing(t *testing.T) {
	s := fixture(t)
	list, pictures := text(t, s, 100, false)
	colorList, colorPictures := text(t, s, 100, true)
	if diff := cmp.Diff(list+pictures, sgr.ReplaceAllString(colorList+colorPictures, "")); diff != "" {
		t.Error(diff)
	}
	if !sgr.MatchString(colorList) || sgr.MatchString(list) {
		t.Error("colour is not where it was asked for")
	}
}

// TestWidth: no line is wider than it may be, and none holds what acts on
// a terminal.
func TestWidth(t *testing.T) {
	s := fixture(t)
	for width := 60; width <= 210; width++ {
		list, pictures := text(t, s, width, false)
		for l := range strings.Lines(list + pictures) {
			l = strings.TrimSuffix(l, "\n")
			if n := uniseg.StringWidth(l); n > width {
				t.Errorf("width %d: %d columns: %s", width, n, l)
			}
			if i := strings.IndexFunc(l, func(r rune) bool { return !unicode.IsPrint(r) }); i >= 0 || strings.HasSuffix(l, " ") {
				t.Errorf("width %d: %q", width, l)
			}
		}
	}
}

// TestDeterministic: the same set gives the same text, whatever the order of maps.
func TestDeterministic(t *testing.T) {
	list, pictures := text(t, fixture(t), 80, false)
	for range 20 {
		if l, p := text(t, fixture(t), 80, false); l != list || p != pictures {
			t.Fatal("the text differs from run to run")
		}
	}
}

// TestLongPicture: the axis is repeated below many claims.
func TestLongPicture(t *testing.T) {
	for n, want := range map[int]int{manyClaims: 1, manyClaims + 1: 2} {
		b := &builder{}
		var claims []disagreement.QuestionClaim
		for i := range n {
			claims = append(claims, says(fmt.Sprintf("clm-%02d", i), "src-ap", "act-un", "6000", "[6000,6000]"))
		}
		b.add(class("uncontested", "", strength("act-ttp", "2025"), 1, 1, 1), "[6000,6000]", "[6000,6000]", claims...)
		_, pictures := text(t, New(&b.Result, book(t)), 80, false)
		if got := strings.Count(pictures, "5,500"); got != want {
			t.Errorf("%d claims: the axis stands there %d times, want %d:\n%s", n, got, want, pictures)
		}
	}
}

func TestOrderOfClasses(t *testing.T) {
	list, _ := text(t, fixture(t), 200, false)
	last := -1
	for _, class := range Classes() {
		i := strings.Index(list, "\n"+wording.Words(class)+" (")
		if i < last {
			t.Errorf("%s stands at %d, before what is less interesting", class, i)
		}
		last = i
	}
	want := []string{"conflicting", "denied", "denied_only", "corroborated", "compatible", "not_comparable", "uncontested", "no_value"}
	if diff := cmp.Diff(want, Classes()); diff != "" {
		t.Error(diff)
	}
}

func TestFind(t *testing.T) {
	s := fixture(t)
	titles := func(id string) []string {
		found, err := s.Find(id)
		if err != nil {
			return []string{err.Error()}
		}
		out := []string{}
		for _, q := range found.questions {
			out = append(out, q.ID[len(q.ID)-4:]+" "+q.Measure)
		}
		return out
	}
	cases := []struct {
		id   string
		want []string
	}{
		{"q-b3c9adf7e01d2a55", []string{"2a55 msr-strength"}},
		{"q-b3c9adf7", []string{"2a55 msr-strength"}},
		{"B3C9ADF7", []string{"2a55 msr-strength"}},
		{"act-institute", []string{"a1cc msr-held-on", "e610 msr-strength"}}, // an origin, also one of several
		{"act-old", []string{"2a55 msr-strength", "90bb msr-presence"}},      // goes on as act-ttp
		{"plc-kabul", []string{"5d88 msr-attendance", "c3ee msr-place"}},     // asked about, or the answer
		{"src-un-report", []string{"2a55 msr-strength", "3b66 msr-strength", "4c77 msr-attendance", "5d88 msr-attendance"}},
		{"clm-u2", []string{"4c77 msr-attendance"}},
		{"act-ap", []string{"6e99 msr-share"}},
		{"clm-ttp-pk", []string{"2a55 msr-strength", "90bb msr-presence"}},
		{"b3c", []string{`"b3c" is too short for the beginning of a question's id: give at least 4 digits after q-`}},
		{"q-", []string{`"q-" is too short for the beginning of a question's id: give at least 4 digits after q-`}},
		{"q-0", []string{`"q-0" is too short for the beginning of a question's id: give at least 4 digits after q-`}},
		{"", []string{"nothing has the id \"\"\ngive the id of a question (stemma disagreement lists them), an actor, event, measure, place, source or claim"}},
		{"evt-dia", []string{`nothing has the id "evt-dia"; did you mean "evt-dialogue"?`}},
		{"Clm-u", []string{`nothing has the id "Clm-u"; did you mean "clm-u1" or "clm-u2"?`}},
		{"act-tpp", []string{`nothing has the id "act-tpp"; did you mean "act-ttp"?`}},
		{"taliban", []string{`nothing has the id "taliban"; did you mean "act-taliban"?`}},
		{"q-b3c9adf7e01d2a56", []string{`nothing has the id "q-b3c9adf7e01d2a56"; did you mean "q-b3c9adf7e01d2a55"?`}},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, titles(c.id)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.id, diff)
		}
	}
	if _, err := s.Find("q-b3c9"); err == nil || !strings.HasPrefix(err.Error(), `14 questions begin with "q-b3c9": "q-b3c9adf7e01d2a55"`) {
		t.Errorf("an ambiguous beginning gives %v", err)
	}
}

func TestOfClasses(t *testing.T) {
	s := fixture(t)
	for _, c := range []struct {
		classes []string
		want    int
	}{
		{nil, 14}, {[]string{"denied"}, 2}, {[]string{"compatible"}, 3}, {[]string{"uncontested", "no_value"}, 5}, {[]string{"denied_only"}, 1},
	} {
		if got := s.OfClasses(c.classes).Len(); got != c.want {
			t.Errorf("%v: %d questions, want %d", c.classes, got, c.want)
		}
	}
}

// TestJSONColumns holds the keys of the JSON against the schemas of the tables:
// each column, in its place, and each number followed by its exact form.
func TestJSONColumns(t *testing.T) {
	b := &builder{}
	numbers(b)
	b.Sensitivity, b.Measures = make([]disagreement.Sensitivity, 1), make([]disagreement.MeasureStatistics, 1)
	var out bytes.Buffer
	if err := New(&b.Result, book(t)).JSON(&out, func(kind, id string) string { return kind + "/" + id }); err != nil {
		t.Fatal(err)
	}
	v, problems := strictjson.Parse(out.Bytes())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	check := func(table string, row *strictjson.Value, more ...string) {
		if diff := cmp.Diff(append(columnsOf(t, table), more...), keys(row)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", table, diff)
		}
	}
	question := v.Lookup("/questions/0")
	check("disagreement", question, "claims")
	check("question_claims", question.Lookup("/claims/0"))
	check("sensitivity", v.Lookup("/sensitivity/0"))
	check("measure_statistics", v.Lookup("/measure_statistics/0"))
	if diff := cmp.Diff([]string{"schema_version", "policy_version", "questions", "sensitivity", "measure_statistics"}, keys(v)); diff != "" {
		t.Error(diff)
	}
}

func keys(v *strictjson.Value) []string {
	var out []string
	for _, m := range v.Members {
		out = append(out, m.Name)
	}
	return out
}

func columnsOf(t *testing.T, table string) []string {
	data, err := fs.ReadFile(schema.Embedded, table+".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	v, _ := strictjson.Parse(data)
	var out []string
	for _, m := range v.Get("properties").Members {
		out = append(out, m.Name)
		if text := string(data[m.Value.Get("type").Start:m.Value.Get("type").End]); strings.Contains(text, `"number"`) {
			out = append(out, m.Name+"_exact")
		}
	}
	return out
}

func TestJSONValues(t *testing.T) {
	b := &builder{}
	huge, ok := new(big.Rat).SetString("1e400")
	if !ok {
		t.Fatal("no number")
	}
	q := class("compatible", "", parts("msr-\u202e<a>&\x1b\"", "", "", "", "", ""), 1, 1, 1)
	q.BestMin, q.BestMax, q.SpreadRatio = big.NewRat(20, 3), huge, big.NewRat(1, 8)
	q.Claimants = []string{}
	b.add(q, "", "", says("clm-a", "src-a", "act-a", "1", "[1,∞)", asOf("2025-08/..", disagreement.AsOfWritten)))
	var out bytes.Buffer
	if err := New(&b.Result, &Book{}).JSON(&out, func(kind, id string) string { return kind + "/" + id }); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"measure": "msr-\u202e<a>&\u001b\""`, `"subject": null`, `"claimants": []`, `"denied": false`, `"n_claims": 1`,
		`"best_min": 6.666666666666667, "best_min_exact": "20/3"`, `"best_max": null, "best_max_exact": "1` + strings.Repeat("0", 400) + `"`,
		`"spread_ratio": 0.125, "spread_ratio_exact": "0.125"`, `"best_median": null, "best_median_exact": null`,
		`"lower": 1, "lower_exact": "1", "lower_inclusive": true, "upper": null, "upper_exact": null, "upper_inclusive": null`,
		`"record_path": "claim/clm-a"`, `"as_of_earliest": "2025-08-01", "as_of_latest": null`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the JSON has no %s:\n%s", want, &out)
		}
	}
	if !json.Valid(out.Bytes()) {
		t.Error("it is no JSON")
	}
}

// TestCombined: what an origin says with all its claims, as docs/model.md has it.
func TestCombined(t *testing.T) {
	b := book(t)
	cases := []struct {
		name   string
		claims []disagreement.QuestionClaim
		want   string
	}{
		{"utterances widen", []disagreement.QuestionClaim{says("clm-1", "src-ap", "act-un", "1", "[1,2]"), says("clm-2", "src-ap", "act-un", "5", "(4,5)")}, "1 to under 5"},
		{"renderings narrow", []disagreement.QuestionClaim{says("clm-u1", "src-ap", "act-un", "1", "[1,5]"), says("clm-u2", "src-ap", "act-un", "5", "(4,∞)")}, "over 4 to 5"},
		{"renderings that do not fit widen", []disagreement.QuestionClaim{says("clm-u1", "src-ap", "act-un", "1", "[1,2]"), says("clm-u2", "src-ap", "act-un", "5", "[4,5]")}, "1 to 5"},
		{"closed beats open outside", []disagreement.QuestionClaim{says("clm-1", "src-ap", "act-un", "1", "(1,5]"), says("clm-2", "src-ap", "act-un", "5", "[1,5)")}, "1 to 5"},
		{"open beats closed inside", []disagreement.QuestionClaim{says("clm-u1", "src-ap", "act-un", "1", "(1,5]"), says("clm-u2", "src-ap", "act-un", "5", "[1,5)")}, "over 1 to under 5"},
		{"no end", []disagreement.QuestionClaim{says("clm-1", "src-ap", "act-un", "1", "(1,∞)"), says("clm-2", "src-ap", "act-un", "5", "(∞,5)")}, "any number"},
	}
	for _, c := range cases {
		for range 2 {
			q := wording.NewQuestion(&b.Book, &disagreement.Question{Parts: strength("act-ttp", "2025")}, c.claims)
			if got := wording.Interval(q.Groups[0].Low, q.Groups[0].High); got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
			slices.Reverse(c.claims) // the order is without meaning
		}
	}
}
