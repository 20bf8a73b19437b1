package validate_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/ledger"
	"stemma/validate"
)

var firstRelease = ledger.Release{Version: "0.1.0", ReleasedOn: "2026-11-01", ManifestSHA256: strings.Repeat("1", 64)}

func line(kind, id, fate string) ledger.Record {
	return ledger.Record{Kind: kind, ID: id, SHA256: strings.Repeat("2", 64), Fate: ledger.Fate(fate)}
}

// published is what the releases before held: a city and an owner each current
// and withdrawn, one id that is a number, and one that has vanished since.
func published() *ledger.Ledger {
	var l *ledger.Ledger
	records := []ledger.Record{
		line("city", `"bonn"`, "current"), line("city", `"köln"`, "withdrawn"), line("owner", "7", "current"),
		line("owner", `"ann"`, "current"), line("city", `"gone"`, "current"),
	}
	l = l.Next(firstRelease, records)
	return l.Next(ledger.Release{Version: "0.2.0", ReleasedOn: "2026-11-02", ManifestSHA256: strings.Repeat("3", 64)}, records[:4])
}

// allThere are records that keep every rule.
func allThere(change map[string]string) map[string]string {
	files := map[string]string{
		"cities/bonn.json": `{"id": "bonn"}`, "cities/koeln.json": `{"id": "köln", "withdrawn": "x"}`,
		"owners/7.json": `{"no": 7}`, "owners/ann.json": `{"no": "ann"}`,
	}
	for name, text := range change {
		if files[name] = text; text == "" {
			delete(files, name)
		}
	}
	return files
}

func runPublished(t testing.TB, l []byte, files map[string]string) *validate.Result {
	t.Helper()
	snap, list := engineSnapshot(t, files)
	if l != nil {
		snap = snap.WithHistory(l, nil)
	}
	res, err := validate.Run(t.Context(), snap, list, validate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func approve(entries ...string) string {
	for i, e := range entries {
		entries[i] = "{" + e + `, "reason": "it had to be so", "approved_on": "2026-11-20"}`
	}
	return `{"approvals": [` + strings.Join(entries, ", ") + `]}`
}

func TestPublishedRecords(t *testing.T) {
	for name, c := range map[string]struct {
		change map[string]string
		want   []string
	}{
		"nothing happened": {},
		"gone":             {map[string]string{"cities/bonn.json": ""}, []string{`dataset.json:2 id-vanished the city "bonn", published since 0.1.0,`}},
		"out of use":       {map[string]string{"cities/bonn.json": `{"id": "bonn", "merged_into": "köln"}`}, nil},
		"withdrawn, gone":  {map[string]string{"cities/koeln.json": ""}, []string{`dataset.json:2 id-vanished the city "köln"`}},
		"a number, gone":   {map[string]string{"owners/7.json": ""}, []string{`dataset.json:3 id-vanished the owner 7,`}},
		"a number, quoted": {map[string]string{"owners/7.json": `{"no": "7"}`}, []string{`dataset.json:3 id-vanished the owner 7,`}},
		"a number, 7.0":    {map[string]string{"owners/7.json": `{"no": 7.0}`}, nil},
		"another file":     {map[string]string{"owners/7.json": "", "owners/all.jsonl": "{\"no\": 7}\n"}, nil},
		"another kind":     {map[string]string{"owners/ann.json": "", "cities/ann.json": `{"id": "ann"}`}, []string{`cities/ann.json:1 id-kind-changed "ann" was published as the id of an owner, and is now that of a city`}},
		"both kinds":       {map[string]string{"cities/ann.json": `{"id": "ann"}`}, nil},
		"another number":   {map[string]string{"owners/7.json": "", "cities/7.json": `{"id": 7}`}, []string{`dataset.json:3 id-vanished the owner 7,`}},
		"published, too":   {map[string]string{"owners/ann.json": "", "cities/gone.json": `{"id": "gone", "withdrawn": "x"}`}, []string{`dataset.json:3 id-vanished the owner "ann"`}},
		"in use again":     {map[string]string{"cities/koeln.json": `{"id": "köln"}`}, []string{`cities/koeln.json:1 id-reused the city "köln" was withdrawn in 0.1.0, and is in use again`}},
		"put back":         {map[string]string{"cities/gone.json": `{"id": "gone", "withdrawn": "x"}`}, nil},
		"reused":           {map[string]string{"cities/gone.json": `{"id": "gone"}`}, []string{`cities/gone.json:1 id-reused the city "gone" had no record any more in 0.2.0`}},
		"no JSON":          {map[string]string{"cities/bonn.json": `{"id": "bonn",}`}, []string{"cities/bonn.json:1 json-syntax"}},
		"not by the schema": {map[string]string{"cities/bonn.json": `{"id": "bonn", "size": 1}`},
			[]string{`cities/bonn.json:1 property-unknown`}},
		"approved": {map[string]string{"cities/bonn.json": "", "owners/7.json": "", "cities/gone.json": `{"id": "gone"}`, "owners/ann.json": "", "cities/ann.json": `{"id": "ann"}`,
			"approvals.json": approve(`"code": "id-vanished", "kind": "city", "id": "bonn"`, `"code": "id-vanished", "kind": "owner", "id": 7`,
				`"code": "id-reused", "kind": "city", "id": "gone"`, `"code": "id-kind-changed", "kind": "owner", "id": "ann"`)}, nil},
		"approved for another": {map[string]string{"owners/7.json": "", "approvals.json": approve(`"code": "id-vanished", "kind": "owner", "id": "7"`)},
			[]string{`approvals.json:1 approval-unused this approval allows nothing: there is no finding id-vanished about the owner "7"`, `dataset.json:3 id-vanished the owner 7,`}},
		"approved as another": {map[string]string{"cities/bonn.json": "", "approvals.json": approve(`"code": "id-reused", "kind": "city", "id": "bonn"`)},
			[]string{`approvals.json:1 approval-unused this approval allows nothing: there is no finding id-reused about the city "bonn"`, `dataset.json:2 id-vanished`}},
		"approved, no JSON": {map[string]string{"cities/koeln.json": `{"id": "köln",}`, "approvals.json": approve(`"code": "id-reused", "kind": "city", "id": "köln"`)},
			[]string{`cities/koeln.json:1 json-syntax`}},
		"approved twice": {map[string]string{"cities/bonn.json": "", "approvals.json": approve(`"code": "id-vanished", "kind": "city", "id": "bonn"`, `"code": "id-vanished", "kind": "city", "id": "bonn"`)},
			[]string{`approvals.json:1 approval-unused this approval allows nothing`}},
		"approved for the build": {map[string]string{"approvals.json": approve(`"code": "id-replaced", "kind": "city", "id": "bonn"`, `"code": "version-step", "version": "1.0.0"`)}, nil},
		"another version":        {map[string]string{"approvals.json": approve(`"code": "version-step", "version": "0.9.0"`)}, []string{`approvals.json:1 approval-unused this approval is for the version 0.9.0, and the dataset's own is 1.0.0`}},
		"no such approval":       {map[string]string{"approvals.json": approve(`"code": "id-duplicate", "kind": "city", "id": "bonn"`)}, []string{`approvals.json:1 approval-code a finding "id-duplicate" cannot be approved`}},
		"version for an id":      {map[string]string{"approvals.json": approve(`"code": "version-step", "kind": "city", "id": "bonn"`)}, []string{`approvals.json:1 approval-code version-step is approved for a version`}},
		"id for a version":       {map[string]string{"approvals.json": approve(`"code": "id-vanished", "version": "1.0.0"`)}, []string{`approvals.json:1 approval-code id-vanished is approved for one record`}},
		"approvals by no schema": {map[string]string{"approvals.json": `{"approvals": [{"code": "id-vanished"}]}`, "cities/bonn.json": ""}, []string{`approvals.json:1 property-missing`, `approvals.json:1 property-missing`, `approvals.json:1 value-variant`}},
		"notes":                  {map[string]string{"release-notes/0.1.0.md": "x", "release-notes/1.0.0.md": "y"}, nil},
		"notes about nothing": {map[string]string{"release-notes/0.1.1.md": "x"},
			[]string{`release-notes/0.1.1.md:0 notes-unused these are notes about 0.1.1, which is no release, nor the version that is being made (1.0.0); the last release is 0.2.0`}},
	} {
		got := publishedLines(runPublished(t, published().Encode(), allThere(c.change)).Diagnostics)
		if len(got) != len(c.want) || !slices.EqualFunc(got, c.want, strings.HasPrefix) {
			t.Errorf("%s (-want +got):\n%s", name, cmp.Diff(c.want, got))
		}
	}
}

func publishedLines(list diag.List) (out []string) {
	for _, d := range list {
		out = append(out, fmt.Sprintf("%s:%d %s %s", d.Place.File, d.Place.Span.Start.Line, d.Code, d.Message))
	}
	return out
}

// Without a ledger nothing is known of what was published: approvals are not
// held against it. What is wrong with an approval by itself is still said.
func TestNothingKnownOfReleases(t *testing.T) {
	files := allThere(map[string]string{"cities/bonn.json": "", "release-notes/0.7.0.md": "x",
		"approvals.json": approve(`"code": "id-vanished", "kind": "city", "id": "x"`, `"code": "version-step", "version": "0.3.0"`, `"code": "x", "version": "1.0.0"`)})
	want := []string{"approval-unused", "approval-code"}
	res := runPublished(t, nil, files)
	var got []string
	for _, d := range res.Diagnostics {
		got = append(got, string(d.Code))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// A kind may go, lose its ids, or be renamed; each time all its ids go.
func TestKindsThatGo(t *testing.T) {
	text := string(published().Encode())
	for name, c := range map[string]struct{ ledger, help string }{
		"gone":   {strings.ReplaceAll(text, `"kind":"owner"`, `"kind":"person"`), `put the kind "person" and its records back`},
		"no ids": {strings.ReplaceAll(text, `"kind":"owner"`, `"kind":"visit"`), "name the property that holds the ids of this kind again"},
	} {
		var found []string
		for _, d := range runPublished(t, []byte(c.ledger), allThere(nil)).Diagnostics {
			switch {
			case d.Code == diag.IDVanished && strings.HasPrefix(d.Help, c.help):
				found = append(found, d.Place.File)
			case d.Code != diag.IDKindChanged:
				t.Errorf("%s: %+v", name, d)
			}
		}
		if len(found) == 0 || found[0] != dataset.ConfigName {
			t.Errorf("%s: %q", name, found)
		}
	}
}

// A ledger that was tampered with is a finding in it, and no rule goes by it.
func TestLedgerOfSomebodyElse(t *testing.T) {
	good := string(published().Encode())
	for name, c := range map[string]struct{ text, want string }{
		"no JSON":         {"{", "history/ledger.jsonl:1 json-syntax"},
		"a line is wrong": {strings.Replace(good, `"fate":"current"`, `"fate":"found"`, 1), `history/ledger.jsonl:3 ledger-invalid "found" is no fate`},
		"of the future":   {strings.NewReplacer("0.2.0", "1.0.0").Replace(good), "history/ledger.jsonl:2 ledger-invalid the release 1.0.0 does not come before 1.0.0-dev"},
	} {
		res := runPublished(t, []byte(c.text), allThere(map[string]string{"cities/bonn.json": ""}))
		got := publishedLines(res.Diagnostics)
		if len(got) != 1 || !strings.HasPrefix(got[0], c.want) || res.Checked != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
	res := runPublished(t, []byte(good), allThere(nil))
	if res.Checked == nil || string(res.Checked.Ledger().Encode()) != good {
		t.Errorf("the ledger of what was checked is another: %v", res.Diagnostics)
	}
	if res := runPublished(t, nil, allThere(nil)); res.Checked.Ledger() != nil {
		t.Error("a ledger from nowhere")
	}
}

// TestRandomHistories walks through releases in which ids come, change, and go
// properly or not. What goes wrong is found, exactly that, and approvals of
// exactly that are all used.
func TestRandomHistories(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	found := map[diag.Code]int{}
	for range 60 {
		var l *ledger.Ledger
		for release := range 4 {
			files := map[string]string{}
			for i := range 8 {
				name := fmt.Sprintf("cities/%d.json", i)
				switch r.IntN(5) {
				case 0: // no record
				case 1:
					files[name] = fmt.Sprintf(`{"id": "c%d", "withdrawn": "x"}`, i)
				default:
					files[name] = fmt.Sprintf(`{"id": "c%d", "name": "%d"}`, i, r.IntN(3))
				}
			}
			want := violations(l, files)
			res := runPublished(t, l.Encode(), files)
			if release == 0 { // the empty ledger: nothing was published
				want = nil
			}
			var approvals []string
			for i, d := range res.Diagnostics {
				code, id, _ := strings.Cut(append(want, make([]string, len(res.Diagnostics))...)[i], " ")
				found[d.Code]++
				if string(d.Code) != code || !strings.Contains(d.Message, id) {
					t.Fatalf("%s\n%v\n%v\nwant %q", l.Encode(), files, publishedLines(res.Diagnostics), want)
				}
				approvals = append(approvals, fmt.Sprintf(`"code": %q, "kind": "city", "id": %s`, code, id))
			}
			if len(want) != len(res.Diagnostics) {
				t.Fatalf("%q, want %q", publishedLines(res.Diagnostics), want)
			}
			if len(approvals) > 0 {
				files["approvals.json"] = approve(approvals...)
				if res := runPublished(t, l.Encode(), files); res.Checked == nil {
					t.Fatalf("approved, but %q", publishedLines(res.Diagnostics))
				}
			}
			snap, _ := engineSnapshot(t, files)
			records, err := snap.Published(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			l = l.Next(ledger.Release{Version: fmt.Sprintf("0.%d.0", release), ReleasedOn: "2026-11-01", ManifestSHA256: strings.Repeat("0", 64)}, records)
		}
	}
	if found[diag.IDVanished] < 10 || found[diag.IDReused] < 10 {
		t.Errorf("the histories are too simple: %v", found)
	}
}

// violations lists what is wrong with records after what was published, in the
// order of findings: those in records first.
func violations(l *ledger.Ledger, files map[string]string) (out []string) {
	var vanished []string
	for i := range 8 {
		id := fmt.Sprintf(`"c%d"`, i)
		e, text := l.Find("city", id), files[fmt.Sprintf("cities/%d.json", i)]
		switch {
		case e == nil:
		case text == "" && e.Fate != ledger.Vanished:
			vanished = append(vanished, "id-vanished "+id)
		case text != "" && e.Fate != ledger.Current && !strings.Contains(text, "withdrawn"):
			out = append(out, "id-reused "+id)
		}
	}
	return append(out, vanished...)
}
