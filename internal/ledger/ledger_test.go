package ledger

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

func value(t testing.TB, text string) *strictjson.Value {
	t.Helper()
	v, problems := strictjson.Parse([]byte(text))
	if problems != nil {
		t.Fatal(problems)
	}
	return v
}

func TestNewRecord(t *testing.T) {
	for text, want := range map[string]Record{
		`{"id": "a"}`:                                       {Fate: Current},
		`{"id": "a", "withdrawn": "lost"}`:                  {Fate: Withdrawn},
		`{"id": "a", "withdrawn": ""}`:                      {Fate: Current},
		`{"id": "a", "withdrawn": true}`:                    {Fate: Current},
		`{"id": "a", "merged_into": "b"}`:                   {Fate: Merged, MergedInto: "b"},
		`{"id": "a", "merged_into": "b", "withdrawn": "x"}`: {Fate: Merged, MergedInto: "b"},
		`{"id": "a", "merged_into": null}`:                  {Fate: Current},
	} {
		got := NewRecord("k", `"a"`, value(t, text))
		want.Kind, want.ID, want.SHA256 = "k", `"a"`, strictjson.Digest(value(t, text))
		if got != want {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}

func TestID(t *testing.T) {
	for text, want := range map[string]string{
		`"a"`: `"a"`, `"A\u00e4"`: `"Aä"`, `"\u000a\""`: `"\n\""`, `"1"`: `"1"`, `1`: `1`, `1.0`: `1`, `-2e1`: `-20`, `-0`: `0`,
		`""`: "", `null`: "", `1.5`: "", `1e30`: "", `["a"]`: "", `true`: "",
	} {
		v := value(t, text)
		got, ok := ID(v)
		if got != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", text, got, ok, want)
		}
		if !ok {
			continue
		}
		said := want
		if v.Kind == strictjson.String {
			said = v.Text
		}
		if text, numeric := (&Entry{ID: got}).Text(); text != said || numeric != (v.Kind == strictjson.Number) {
			t.Errorf("%s is the text %q, %v", got, text, numeric)
		}
	}
	if _, ok := ID(nil); ok {
		t.Error("nothing is an id")
	}
}

// What happens to one id, release by release: what its record is, and what the
// ledger says after it.
func TestNext(t *testing.T) {
	const absent = ""
	for name, steps := range map[string][]struct{ sha, fate, into, want string }{
		"stays":            {{"1", "current", "", "1 0.1.0 0.1.0 current"}, {"1", "current", "", "1 0.1.0 0.1.0 current"}},
		"changes":          {{"1", "current", "", "1 0.1.0 0.1.0 current"}, {"2", "current", "", "2 0.1.0 0.2.0 current"}, {"2", "current", "", "2 0.1.0 0.2.0 current"}},
		"comes later":      {{absent, "", "", absent}, {"1", "current", "", "1 0.2.0 0.2.0 current"}},
		"is withdrawn":     {{"1", "current", "", "1 0.1.0 0.1.0 current"}, {"2", "withdrawn", "", "2 0.1.0 0.2.0 withdrawn"}},
		"is merged":        {{"1", "current", "", "1 0.1.0 0.1.0 current"}, {"2", "merged", "b", "2 0.1.0 0.2.0 merged b"}, {"2", "merged", "b", "2 0.1.0 0.2.0 merged b"}},
		"vanishes":         {{"1", "current", "", "1 0.1.0 0.1.0 current"}, {absent, "", "", "1 0.1.0 0.2.0 vanished"}, {absent, "", "", "1 0.1.0 0.2.0 vanished"}},
		"vanishes, merged": {{"1", "merged", "b", "1 0.1.0 0.1.0 merged b"}, {absent, "", "", "1 0.1.0 0.2.0 vanished"}},
		"comes back":       {{"1", "current", "", "1 0.1.0 0.1.0 current"}, {absent, "", "", "1 0.1.0 0.2.0 vanished"}, {"1", "current", "", "1 0.1.0 0.3.0 current"}},
	} {
		var l *Ledger
		for i, step := range steps {
			var records []Record
			if step.sha != absent {
				records = []Record{{"k", `"a"`, step.sha, Fate(step.fate), step.into}}
			}
			l = l.Next(Release{Version: fmt.Sprintf("0.%d.0", i+1)}, records)
			got := absent
			if e := l.Find("k", `"a"`); e != nil {
				got = strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", e.RecordSHA256, e.FirstVersion, e.ChangedVersion, e.Fate, e.MergedInto))
			}
			if got != step.want {
				t.Errorf("%s, release %d: %q, want %q", name, i+1, got, step.want)
			}
		}
	}
}

// history is a random history: what each release holds.
type history struct {
	releases []Release
	records  [][]Record
}

func randomHistory(r *rand.Rand) history {
	ids := []string{`"a"`, `"b"`, `"a\"b"`, `"a\\"`, `"\n"`, `"ä"`, `"𐀀"`, `""`, `"1"`, `1`, `-7`, `10`, `9`}
	var h history
	for i := range r.IntN(5) {
		h.releases = append(h.releases, Release{fmt.Sprintf("%d.%d.%d", i, r.IntN(12), r.IntN(12)), "2026-11-23", digest(r.IntN(100))})
		var records []Record
		for _, kind := range []string{"k", "claim", `k "ä"`} {
			for _, id := range ids {
				if r.IntN(3) == 0 {
					continue
				}
				rec := Record{kind, id, digest(r.IntN(3)), Current, ""}
				switch r.IntN(6) {
				case 0:
					rec.Fate = Withdrawn
				case 1:
					rec.Fate, rec.MergedInto = Merged, "b"
				}
				records = append(records, rec)
			}
		}
		r.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		h.records = append(h.records, records)
	}
	return h
}

func digest(n int) string { return strings.Repeat(strconv.Itoa(n%10), 64) }

func (h history) fold() *Ledger {
	var l *Ledger
	for i, r := range h.releases {
		l = l.Next(r, h.records[i])
	}
	return l
}

// fromScratch computes what the ledger says of one id by looking at all
// releases at once: another way to the same answer.
func (h history) fromScratch(kind, id string) *Entry {
	state := make([]string, len(h.releases)) // in each release; empty where it has no record
	var e *Entry
	for i := range h.releases {
		for _, rec := range h.records[i] {
			if rec.Kind == kind && rec.ID == id {
				state[i] = rec.SHA256 + string(rec.Fate)
				if e == nil {
					e = &Entry{Kind: kind, ID: id, FirstVersion: h.releases[i].Version}
				}
				e.RecordSHA256, e.Fate, e.MergedInto = rec.SHA256, rec.Fate, rec.MergedInto
			}
		}
	}
	if e == nil {
		return nil
	}
	last := len(state) - 1
	if state[last] == "" {
		e.Fate, e.MergedInto = Vanished, ""
	}
	for last > 0 && state[last-1] == state[last] {
		last--
	}
	e.ChangedVersion = h.releases[last].Version
	return e
}

func TestFoldIsWhatTheReleasesSay(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	fates := map[Fate]int{}
	for range 300 {
		h := randomHistory(r)
		l := h.fold()
		found := 0
		for _, records := range h.records {
			for _, rec := range records {
				want, got := h.fromScratch(rec.Kind, rec.ID), l.Find(rec.Kind, rec.ID)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("%s %s (-from scratch, +fold):\n%s", rec.Kind, rec.ID, diff)
				}
			}
		}
		if l == nil {
			continue
		}
		if !slices.IsSortedFunc(l.Entries, Entry.Compare) || len(slices.Compact(slices.Clone(l.Entries))) != len(l.Entries) {
			t.Fatal("the entries are not in order")
		}
		for _, e := range l.Entries {
			fates[e.Fate]++
			if h.fromScratch(e.Kind, e.ID) != nil {
				found++
			}
		}
		if found != len(l.Entries) {
			t.Fatalf("%d of %d entries are of ids that were never published", len(l.Entries)-found, len(l.Entries))
		}
	}
	if len(fates) != 4 {
		t.Errorf("the histories are too simple: %v", fates)
	}
}

// The columns first_version and changed_version are those that the ledger
// after the release has.
func TestVersionsAreThoseOfTheNextLedger(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 100 {
		h := randomHistory(r)
		if len(h.releases) == 0 {
			continue
		}
		last := len(h.releases) - 1
		before, after := history{h.releases[:last], h.records[:last]}.fold(), h.fold()
		text := string(before.Encode())
		for _, rec := range h.records[last] {
			first, changed := before.Versions(h.releases[last].Version, rec)
			if e := after.Find(rec.Kind, rec.ID); e.FirstVersion != first || e.ChangedVersion != changed {
				t.Fatalf("%+v: %s, %s; the ledger says %+v", rec, first, changed, e)
			}
		}
		if string(before.Encode()) != text {
			t.Fatal("Next changed the ledger before it")
		}
	}
}

func TestEncodeAndParse(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 200 {
		l := randomHistory(r).fold()
		if l != nil { // the empty text is no id
			l.Entries = slices.DeleteFunc(l.Entries, func(e Entry) bool { return e.ID == `""` })
		}
		text := l.Encode()
		got, problems := Parse(text)
		if problems != nil {
			t.Fatalf("%s\n%v", text, problems)
		}
		if l == nil {
			l = &Ledger{}
		}
		if diff := cmp.Diff(l.Entries, got.Entries); diff != "" || !slices.Equal(l.Releases, got.Releases) {
			t.Fatalf("(-written, +read):\n%s\n%v\n%v", diff, l.Releases, got.Releases)
		}
	}
}

const (
	releaseLine = `{"release":"0.1.0","released_on":"2026-11-23","manifest_sha256":"1111111111111111111111111111111111111111111111111111111111111111"}` + "\n"
	entryLine   = `{"kind":"k","id":"a","record_sha256":"2222222222222222222222222222222222222222222222222222222222222222","first_version":"0.1.0","changed_version":"0.1.0","fate":"current"}` + "\n"
	nextRelease = `{"release":"0.2.0","released_on":"2026-11-24","manifest_sha256":"3333333333333333333333333333333333333333333333333333333333333333"}` + "\n"
)

func TestParseRefuses(t *testing.T) {
	with := func(line string, pairs ...string) string {
		out := strings.NewReplacer(pairs...).Replace(line)
		if out == line {
			t.Fatalf("%q changes nothing", pairs)
		}
		return out
	}
	sum := `"record_sha256":"` + digest(2) + `",`
	for name, c := range map[string]struct{ text, at, says string }{
		"no JSON":            {releaseLine + "{\"kind\": \n", "\n", ""},
		"a blank line":       {releaseLine + "\n" + entryLine, "", "nothing in it"},
		"no object":          {releaseLine + "[]\n", "[]", `no text "kind"`},
		"no end of line":     {strings.TrimSuffix(releaseLine+entryLine, "\n"), `{"kind"`, "not as a ledger writes it"},
		"spaces":             {with(releaseLine, ",", ", "), `{"release"`, "not as a ledger writes it"},
		"carriage return":    {with(releaseLine, "\n", "\r\n"), `{"release"`, "not as a ledger writes it"},
		"another order":      {releaseLine + with(entryLine, sum, "", "}", ","+strings.TrimSuffix(sum, ",")+"}"), `{"kind"`, "not as a ledger writes it"},
		"more":               {releaseLine + with(entryLine, "}", `,"more":1}`), `{"kind"`, "not as a ledger writes it"},
		"a key twice":        {releaseLine + with(entryLine, "}", `,"kind":"k"}`), `"kind":"k"}`, ""},
		"no version":         {with(releaseLine, `"0.1.0"`, `1`), `1`, `no text "release"`},
		"a dev version":      {with(releaseLine, `0.1.0`, `0.1.0-dev`), `"0.1.0-dev"`, "not the version of a release"},
		"a short version":    {with(releaseLine, `0.1.0`, `0.1`), `"0.1"`, "not the version of a release"},
		"no day":             {with(releaseLine, `11-23`, `11-31`), `"2026-11-31"`, "not a day"},
		"no digest":          {with(releaseLine, `"1111`, `"x111`), `"x111`, "not a SHA-256"},
		"a short digest":     {with(releaseLine, `"1111`, `"111`), `"111`, "not a SHA-256"},
		"a capital digest":   {releaseLine + with(entryLine, `"2222`, `"A222`), `"A222`, "not a SHA-256"},
		"releases reversed":  {nextRelease + releaseLine, `"0.1.0"`, "stands after the release 0.2.0"},
		"a release twice":    {releaseLine + releaseLine, `"0.1.0"`, "stands after the release 0.1.0"},
		"a release too late": {releaseLine + entryLine + nextRelease, `{"release":"0.2.0"`, "after an id"},
		"unknown release":    {releaseLine + with(entryLine, `"changed_version":"0.1.0"`, `"changed_version":"0.2.0"`), `"0.2.0"`, `"0.2.0" is not listed above`},
		"no release":         {entryLine, `"0.1.0"`, `"0.1.0" is not listed above`},
		"changed too early":  {releaseLine + nextRelease + with(entryLine, `"first_version":"0.1.0"`, `"first_version":"0.2.0"`), `"0.1.0","fate"`, "before it was there"},
		"an empty id":        {releaseLine + with(entryLine, `"id":"a"`, `"id":""`), `""`, "no id"},
		"id null":            {releaseLine + with(entryLine, `"id":"a"`, `"id":null`), `null`, "no id"},
		"a fraction":         {releaseLine + with(entryLine, `"id":"a"`, `"id":1.5`), `1.5`, "no id"},
		"1.0":                {releaseLine + with(entryLine, `"id":"a"`, `"id":1.0`), `{"kind"`, `"id":1,`},
		"an escape":          {releaseLine + with(entryLine, `"id":"a"`, `"id":"\u0061"`), `{"kind"`, `"id":"a"`},
		"no kind":            {releaseLine + with(entryLine, `"kind":"k",`, ``), `{"id"`, `no text "kind"`},
		"an id twice":        {releaseLine + entryLine + entryLine, `"a"`, `the k "a" is listed twice`},
		"ids reversed":       {releaseLine + with(entryLine, `"a"`, `"b"`) + entryLine, `"a"`, `the k "a" stands after the k "b"`},
		"text, number":       {releaseLine + entryLine + with(entryLine, `"a"`, `1`), `1,"record`, `stands after`},
		"numbers by text":    {releaseLine + with(entryLine, `"a"`, `10`) + with(entryLine, `"a"`, `9`), `9,"record`, `stands after the k 10`},
		"kinds reversed":     {releaseLine + entryLine + with(entryLine, `"k"`, `"j"`), `"a"`, `stands after`},
		"no fate":            {releaseLine + with(entryLine, `"current"`, `"lost"`), `"lost"`, "no fate"},
		"not merged":         {releaseLine + with(entryLine, `}`, `,"merged_into":"b"}`), `"b"`, "merged_into is there"},
		"merged, not where":  {releaseLine + with(entryLine, `"current"`, `"merged"`), `"merged"`, "merged_into is there"},
		"merged into null":   {releaseLine + with(entryLine, `"current"`, `"merged","merged_into":null`), `null`, "merged_into is there"},
	} {
		l, problems := Parse([]byte(c.text))
		if l != nil || len(problems) == 0 {
			t.Errorf("%s: %d problems", name, len(problems))
			continue
		}
		p := problems[0]
		at := c.text[p.Start:p.End]
		if !strings.HasPrefix(c.text[p.Start:], c.at) || !strings.Contains(p.Message, c.says) || (c.says != "" && p.Code == "") || p.Help == "" {
			t.Errorf("%s: at %q: [%s] %s", name, at, p.Code, p.Message)
		}
		if p.Code == diag.LedgerInvalid && len(problems) > 1 && name != "no object" && name != "no release" {
			t.Errorf("%s is reported %d times: %v", name, len(problems), problems)
		}
	}
}

func TestManyFaultsEndTheReading(t *testing.T) {
	_, problems := Parse([]byte(releaseLine + strings.Repeat(entryLine, 1000)))
	if len(problems) != maxProblems {
		t.Errorf("%d problems", len(problems))
	}
}

func TestNilIsEmpty(t *testing.T) {
	var l *Ledger
	if l.Find("k", `"a"`) != nil || l.Has("0.1.0") || l.Encode() != nil {
		t.Error("there is something in nothing")
	}
	empty, problems := Parse(nil)
	if problems != nil || len(empty.Releases)+len(empty.Entries) != 0 {
		t.Errorf("%+v %v", empty, problems)
	}
	if l, problems := Parse([]byte(releaseLine)); problems != nil || !l.Has("0.1.0") || l.Has("0.2.0") {
		t.Errorf("%+v %v", l, problems)
	}
}

// large is a ledger of n ids.
func large(n int) (*Ledger, []Record) {
	records := make([]Record, n)
	for i := range records {
		records[i] = Record{"claim", fmt.Sprintf(`"clm-%06d"`, i), digest(i), Current, ""}
	}
	var l *Ledger
	return l.Next(Release{"0.1.0", "2026-11-23", digest(1)}, records), records
}

func BenchmarkFind(b *testing.B) {
	l, records := large(100_000)
	for i := 0; b.Loop(); i++ {
		if l.Find("claim", records[i*7919%len(records)].ID) == nil {
			b.Fatal("not found")
		}
	}
}

func BenchmarkParse(b *testing.B) {
	l, _ := large(100_000)
	text := l.Encode()
	for b.Loop() {
		if _, problems := Parse(text); problems != nil {
			b.Fatal(problems)
		}
	}
}

func FuzzParse(f *testing.F) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 3 {
		f.Add(randomHistory(r).fold().Encode())
	}
	for _, text := range []string{"", "\n", releaseLine, releaseLine + entryLine, releaseLine + nextRelease + strings.Replace(entryLine, `"a"`, `-1`, 1), "{", "{}\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, problems := Parse(data)
		if (l == nil) != (len(problems) > 0) {
			t.Fatal("a ledger with problems, or neither")
		}
		for _, p := range problems {
			if p.Start < 0 || p.Start > p.End || p.End > len(data) || p.Message == "" {
				t.Errorf("%+v in %d bytes", p, len(data))
			}
		}
		if l == nil {
			return
		}
		if got := l.Encode(); string(got) != string(data) {
			t.Errorf("%q is encoded as %q", data, got)
		}
		for i, e := range l.Entries {
			if l.Find(e.Kind, e.ID) != &l.Entries[i] {
				t.Errorf("%s %s is not found", e.Kind, e.ID)
			}
		}
	})
}
