package page

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"html"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"stemma/disagreement"
	"stemma/internal/golden"
	"stemma/internal/model"
)

// small has one of everything that is drawn in a way of its own.
func small(t testing.TB) Input {
	t.Helper()
	in := disagreement.Input{Policy: fixedPolicy(t)}
	for id, name := range map[string]string{"act-a": "Amt", "act-b": "Bund", "act-c": "Chor", "act-p": "Paper"} {
		record(t, &in, model.KindActor, object{"id": id, "name": name, "type": "company"})
	}
	record(t, &in, model.KindMeasure, object{"id": "msr-n", "name": "Strength", "value_type": "quantity", "unit": "person", "period": "P1Y", "rounding": "exact"})
	record(t, &in, model.KindMeasure, object{"id": "msr-d", "name": "Day", "value_type": "date"})
	record(t, &in, model.KindMeasure, object{"id": "msr-y", "name": "Presence", "value_type": "boolean"})
	record(t, &in, model.KindMeasure, object{"id": model.MeasureEventScheduledFor, "name": "Scheduled for", "value_type": "date"})
	record(t, &in, model.KindSource, object{"id": "src-1", "type": "article", "access": "seen", "publisher": "act-p", "published": date("2025-08-20"), "url": "https://example.org/1", "language": "en"})
	record(t, &in, model.KindSource, object{"id": "src-2", "type": "article", "access": "excerpt_seen", "title": "A copy", "published": date("2025-08-21"),
		"lineage": []object{{"source": "src-1", "relation": "was_derived_from", "basis": "judged"}}})
	record(t, &in, model.KindSource, object{"id": "src-3", "type": "report", "access": "cited_not_seen", "url": "javascript:alert(1)"})
	claim := func(id, source, who, measure string, value object, more object) {
		c := object{"id": id, "source": source, "claimant": who, "attribution": "direct", "quote": "so many, says " + who, "said_on": date("2025-08-20"),
			"question": object{"measure": measure, "subject": "act-c"}, "value": value, "coding": object{"by": "me", "on": "2026-11-23"}}
		for k, v := range more {
			c[k] = v
		}
		record(t, &in, model.KindClaim, c)
	}
	number := func(n int, hedge string) object {
		v := object{"type": "quantity", "verbatim": "?", "number": n}
		if hedge != "" {
			v["hedge"] = hedge
		}
		return v
	}
	claim("clm-low", "src-1", "act-a", "msr-n", number(20, "up_to"), nil)
	claim("clm-high", "src-2", "act-b", "msr-n", number(35, "over"), nil)
	claim("clm-never", "src-3", "act-c", "msr-n", number(10, "at_least"), object{"stance": "deny"})
	claim("clm-old", "src-1", "act-a", "msr-n", number(15, "exact"), object{"said_on": date("2025-08-01")})
	claim("clm-days", "src-1", "act-a", "msr-d", object{"type": "date", "date": object{"edtf": "2025-08", "reading": "sometime_in"}}, nil)
	claim("clm-day", "src-3", "act-b", "msr-d", object{"type": "date", "date": date("2025-08-05")}, nil)
	claim("clm-yes", "src-1", "act-a", "msr-y", object{"type": "boolean", "boolean": true}, nil)
	claim("clm-no", "src-2", "act-c", "msr-y", object{"type": "boolean", "boolean": true}, object{"stance": "deny"})
	record(t, &in, model.KindEvent, object{"id": "evt-m", "type": "meeting", "label": "Meeting", "accounts": []object{
		{"source": "src-1", "claimant": "act-a", "attribution": "direct", "status": "planned", "when": date("2025-09-01/2025-09-02"), "said_on": date("2025-08-20"), "quote": "on the first"},
		{"source": "src-2", "claimant": "act-b", "attribution": "indirect", "status": "postponed", "when": date("2025-09-10/.."), "participants": []object{{"actor": "act-c", "role": "participant", "state": "declined"}}},
	}})
	return input(t, in, Dataset{Name: "small", Title: "A small dataset", Description: "Made for a test.", Version: "1.0.0", ReleasedOn: "2026-11-23",
		Licence: Licence{"CC0-1.0", "Creative Commons Zero", "https://example.org/cc0"}, Creators: []Creator{{"Somebody", ""}}, Language: "en"})
}

var (
	styleElement  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	scriptElement = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	policyElement = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`)
)

// The golden page is without style and script, which have their own files.
func TestSmallPage(t *testing.T) {
	page := render(t, small(t))
	page = styleElement.ReplaceAllString(page, "<style></style>")
	page = scriptElement.ReplaceAllString(page, "<script></script>")
	page = policyElement.ReplaceAllString(page, "")
	golden.Check(t, "testdata/small.html", page)
}

// What the policy lets through is what is in the page, to the byte.
func TestPolicyMatchesThePage(t *testing.T) {
	page := render(t, small(t))
	found := policyElement.FindStringSubmatch(page)
	if found == nil {
		t.Fatal("there is no policy")
	}
	policy := html.UnescapeString(found[1])
	if !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %s", policy)
	}
	for name, element := range map[string]*regexp.Regexp{"style-src": styleElement, "script-src": scriptElement} {
		all := element.FindAllStringSubmatch(page, -1)
		if len(all) != 1 {
			t.Fatalf("%s: %d elements", name, len(all))
		}
		sum := sha256.Sum256([]byte(all[0][1]))
		if want := name + " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy %s has no %s", policy, want)
		}
	}
	if strings.Index(page, "<meta http-equiv") > strings.Index(page, "<style>") {
		t.Error("the policy comes after what it governs")
	}
}

// The order in which records come makes no difference.
func TestOrderOfRecords(t *testing.T) {
	in := load(t, own)
	want := render(t, in)
	if again := render(t, in); again != want {
		t.Fatal("a second page of the same input differs")
	}
	r := rand.New(rand.NewPCG(3, 4))
	shuffle(r, in.Records.Sources)
	shuffle(r, in.Records.Actors)
	shuffle(r, in.Records.Places)
	shuffle(r, in.Records.Measures)
	shuffle(r, in.Records.Events)
	shuffle(r, in.Records.Claims)
	if got := render(t, input(t, in.Records, in.Dataset)); got != want {
		t.Error("shuffled records give another page")
	}
}

func shuffle[T any](r *rand.Rand, list []T) {
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// Every record that a reader may look for is there, with its words.
func TestNothingIsLeftOut(t *testing.T) {
	in := load(t, own)
	page := render(t, in)
	has := func(what string) {
		if !strings.Contains(page, what) {
			t.Errorf("the page has no %s", what)
		}
	}
	for i := range in.Result.Questions {
		has(`<article class="q" id="` + in.Result.Questions[i].ID + `"`)
	}
	for _, c := range in.Records.Claims {
		if in.Result.QuestionOf[c.ID.Value] != "" {
			has(` id="` + c.ID.Value + `"`)
			has(">" + html.EscapeString(c.Quote.Value) + "</q>")
		}
	}
	for _, s := range in.Records.Sources {
		has(`<article class="s" id="` + s.ID.Value + `"`)
	}
	for _, e := range in.Records.Events {
		has(`<article class="e" id="` + e.ID.Value + `"`)
		for i := range e.Accounts {
			has(` id="` + e.ID.Value + "--" + strconv.Itoa(i) + `"`)
		}
	}
	if n := len(regexp.MustCompile(`<li class="c[ "]`).FindAllString(page, -1)) - strings.Count(page, `<li class="c account"`); n != len(in.Result.Claims) {
		t.Errorf("%d claims in questions, want %d", n, len(in.Result.Claims))
	}
}

// html/template escapes by context; these are the ways out that there would be.
func TestHostileTextStaysText(t *testing.T) {
	page := render(t, hostile(t))
	body := strings.ToLower(scriptElement.ReplaceAllString(styleElement.ReplaceAllString(page, ""), ""))
	for _, bad := range []string{"<script", "<iframe", "<img", "<base", "onload=\"", `href="javascript`, `href="data:text`, "ZgotmplZ", `href="http://user`, `href="../`, `href="/`,
		"\u202e", "\u2066", "\u2028", "\a"} {
		if i := strings.Index(body, strings.ToLower(bad)); i >= 0 {
			t.Errorf("the page has %q: …%.200q", bad, body[max(0, i-80):])
		}
	}
	if !strings.Contains(page, "left \uFFFDright-to-left\uFFFD") {
		t.Error("overrides of the direction are not made visible")
	}
	if len(scriptElement.FindAllString(page, -1)) != 1 || strings.Count(page, "<style>") != 1 || strings.Count(page, "</html>") != 1 {
		t.Error("the page has more than one script, style or end")
	}
}

func TestLargePageIsPacked(t *testing.T) {
	page := render(t, large(t, 2500))
	questions := strings.Count(page, `<article class="q"`)
	if n := strings.Count(page, "<noscript>"); n != questions || n != strings.Count(page, "</noscript>\n</article>") {
		t.Errorf("%d of %d questions are packed", n, questions)
	}
	if strings.Contains(render(t, small(t)), "<noscript>") {
		t.Error("a small page is packed")
	}
}

type failing struct{ after int }

func (f *failing) Write(p []byte) (int, error) {
	if f.after -= len(p); f.after < 0 {
		return 0, errFull
	}
	return len(p), nil
}

var errFull = errors.New("disk full")

func TestErrors(t *testing.T) {
	in := small(t)
	for _, after := range []int{0, 1000, 40000} {
		if err := Render(&failing{after}, in); !errors.Is(err, errFull) {
			t.Errorf("after %d bytes: %v", after, err)
		}
	}
	if err := Render(&strings.Builder{}, Input{}); err == nil {
		t.Error("no result, but a page")
	}
}

func TestEmptyDataset(t *testing.T) {
	page := render(t, input(t, disagreement.Input{Policy: fixedPolicy(t)}, Dataset{Name: "empty", Version: "0.0.1"}))
	for _, want := range []string{"There are no questions", "There are no events", "0 documents"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}
