package build

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/ledger"
	"stemma/validate"
)

const shelves = "data/shelves/all.jsonl"

// chain is the small dataset in three versions: a shelf is added, and one that
// was there before changes.
func chain(t testing.TB) (dirs [3]string) {
	t.Helper()
	dirs[0] = copyTree(t, smallDataset)
	dirs[1] = editedCopy(t, dirs[0], "dataset.json", `"1.2.3"`, `"1.3.0"`, "dataset.json", `"2026-01-31"`, `"2026-02-28"`, shelves, `{"number":9}`, `{"number":9}`+"\n"+`{"number":77,"room":"Keller"}`)
	notes := filepath.Join(dirs[1], dataset.NotesFolder)
	must(t, os.Mkdir(notes, 0o755), os.WriteFile(filepath.Join(notes, "1.3.0.md"), []byte("The cellar was *dry* enough.\n"), 0o644))
	dirs[2] = editedCopy(t, dirs[1], "dataset.json", `"1.3.0"`, `"1.3.1"`, "dataset.json", `"2026-02-28"`, `"2026-03-31"`, shelves, `"Keller"`, `"Dach"`)
	return dirs
}

// buildLike does what the command does.
func buildLike(t testing.TB, dir string, folders ...string) (*Release, diag.List) {
	t.Helper()
	snap, list, err := dataset.Open(t.Context(), dir)
	if err != nil || snap == nil {
		t.Fatal(list, err)
	}
	h, found, err := FindHistory(t.Context(), snap.Config, folders...)
	must(t, err)
	if found.HasErrors() {
		return nil, found
	}
	if snap, found = h.Attach(snap); found.HasErrors() {
		return nil, found
	}
	result, err := validate.Run(t.Context(), snap, list, validate.Options{})
	must(t, err)
	if result.Checked == nil {
		return nil, result.Diagnostics
	}
	release, list, err := Build(t.Context(), result.Checked, Options{Out: folders[0], History: h})
	must(t, err)
	return release, list
}

func builds(t testing.TB, dir string, folders ...string) *Release {
	t.Helper()
	release, list := buildLike(t, dir, folders...)
	if release == nil || len(list) > 0 {
		t.Fatalf("Build gives %v, %s", release, messages(list))
	}
	return release
}

// Three releases, each of which rebuilds from itself alone, wherever it lies.
func TestReleasesOneAfterTheOther(t *testing.T) {
	out := t.TempDir()
	dirs := chain(t)
	for _, dir := range dirs {
		release := builds(t, dir, out)
		if got := verifyFindings(t, release.Dir, VerifyOptions{Rebuild: true}); len(got) > 0 {
			t.Errorf("%s: findings %q", release.Dir, got)
		}
	}
	last := filepath.Join(out, "v1.3.1")
	changelog := readFile(t, filepath.Join(last, changelogName))
	path := filepath.Join("testdata", "history", "CHANGELOG.md")
	if *update {
		must(t, os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, changelog, 0o644))
	}
	if want := readFile(t, path); string(changelog) != string(want) {
		t.Errorf("the changelog is\n%swant\n%s(if the change is meant, run with -update)", changelog, want)
	}
	snap, list, m, err := Sources(t.Context(), last)
	if err != nil || len(list) > 0 || m.Version != "1.3.1" || !bytes.Equal(snap.Changelog.Data, changelog) {
		t.Fatal(err, list)
	}
	l, problems := ledger.Parse(snap.Ledger.Data)
	if problems != nil || len(l.Releases) != 2 || l.Releases[1].ManifestSHA256 != sha256Hex(readFile(t, filepath.Join(out, "v1.3.0", manifestName))) {
		t.Errorf("%v, %+v", problems, l)
	}
	if e := l.Find("shelf", "77"); e == nil || e.FirstVersion != "1.3.0" || e.ChangedVersion != "1.3.0" {
		t.Errorf("the new shelf: %+v", e)
	}

	// A build of a version that is there sees the history that it saw.
	for _, dir := range dirs {
		if release := builds(t, dir, out); release.Outcome != Unchanged {
			t.Errorf("%s: outcome %d", dir, release.Outcome)
		}
	}

	// The last release alone is enough, to be checked and to go on.
	alone := t.TempDir()
	must(t, os.Rename(last, filepath.Join(alone, "v1.3.1")))
	if got := verifyFindings(t, filepath.Join(alone, "v1.3.1"), VerifyOptions{Rebuild: true}); len(got) > 0 {
		t.Errorf("findings %q", got)
	}
	next := editedCopy(t, dirs[2], "dataset.json", `"1.3.1"`, `"1.4.0-dev"`, "dataset.json", `"2026-03-31"`, "null")
	h, list, err := FindHistory(t.Context(), check(t, next).Snapshot().Config, t.TempDir(), alone)
	if err != nil || len(list) > 0 || len(h.ledger.Releases) != 3 || h.ledger.Find("shelf", "77").ChangedVersion != "1.3.1" {
		t.Fatalf("%+v, %v, %v", h, list, err)
	}
	text := string(readFile(t, filepath.Join(builds(t, next, alone).Dir, changelogName)))
	if want := strings.TrimPrefix(string(changelog), changelogHead); !strings.HasSuffix(text, want) || !strings.Contains(text, "\n## 1.4.0-dev - not released\n") {
		t.Errorf("the changelog is\n%s", text)
	}
}

// Releases from before there were ledgers and changelogs have both derived from
// them.
func TestHistoryOfOldReleases(t *testing.T) {
	snap, list, err := dataset.Open(t.Context(), "..")
	if err != nil || list.HasErrors() {
		t.Fatal(err, list)
	}
	config := *snap.Config
	config.Version = "0.3.0-dev" // what comes after the releases that have none
	h, list, err := FindHistory(t.Context(), &config, filepath.Join("..", "dist"))
	if err != nil || len(list) > 0 {
		t.Fatal(err, list)
	}
	if l := h.ledger; len(l.Releases) != 2 || l.Releases[0].Version != "0.1.0" || l.Find("claim", `"clm-seed-05-attendance"`).FirstVersion != "0.1.0" {
		t.Errorf("%+v", l.Releases)
	}
	old, list, err := h.changelogOf(t.Context(), h.previous, snap)
	if err != nil || len(list) > 0 {
		t.Fatal(err, list)
	}
	for _, want := range []string{"\n## 0.2.0 - 2026-11-23\n", "\nA minor step after 0.1.0.", "\n- major: 1 column added\n", "\n## 0.1.0 - 2026-11-23\n", "\nThe first release, with "} {
		if strings.Count(string(old), want) != 1 {
			t.Errorf("the changelog does not say %q once", want)
		}
	}
}

func TestGate(t *testing.T) {
	dirs := chain(t)
	out := t.TempDir()
	version := func(v, date string) []string {
		return []string{"dataset.json", `"1.2.3"`, `"` + v + `"`, "dataset.json", `"2026-01-31"`, date}
	}
	more := []string{shelves, `{"number":9}`, `{"number":9}` + "\n" + `{"number":77}`}
	wider := []string{"shapes/shelf.json", `"properties": {`, `"properties": {"lamp": {"type": "boolean"},`}
	edit(t, filepath.Join(dirs[0], shelves), `{"number":9}`+"\n", `{"number":9}`+"\n"+`{"number":11}`+"\n")
	gone := []string{shelves, `{"number":11}` + "\n", ""}
	other := func(isbn, title string) string {
		return `{"isbn": "` + isbn + `", "title": "` + title + `", "weight": "` + title + `.5", "pages": ` + title + `}`
	}
	must(t, os.WriteFile(filepath.Join(dirs[0], "data/books/C-3.json"), []byte(other("C-3", "1")), 0o644))
	replaced := []string{"data/books/C-3.json", other("C-3", "1"), other("C-3", "2")}
	builds(t, dirs[0], out)
	for name, test := range map[string]struct {
		edits     []string
		approvals string
		want      []string // "severity code file: message"
	}{
		"enough":         {slices.Concat(version("1.3.0", `"2026-02-01"`), more), "", nil},
		"more":           {slices.Concat(version("2.0.0", `"2026-02-01"`), more), "", nil},
		"nothing":        {version("1.2.4", `"2026-02-01"`), "", nil},
		"too small":      {slices.Concat(version("1.2.4", `"2026-02-01"`), more), "", []string{"error version-step dataset.json:5: the changes since 1.2.3 call for version 1.3.0 or later, this is 1.2.4: 1 record added (minor)"}},
		"a column":       {slices.Concat(version("1.3.0", `"2026-02-01"`), wider), "", []string{"error version-step dataset.json:5: the changes since 1.2.3 call for version 2.0.0 or later"}},
		"development":    {slices.Concat(version("1.2.4-dev", `null`), more), "", []string{"warning version-step dataset.json:5: the changes since 1.2.3 call for version 1.3.0 or later, this is 1.2.4-dev"}},
		"enough, dev":    {slices.Concat(version("1.3.0-dev", `null`), more), "", nil},
		"below":          {version("1.1.0", `"2026-02-01"`), "", []string{"error version-order dataset.json:5: the version 1.1.0 comes before 1.2.3, which is published in "}},
		"below, dev":     {version("1.1.0-dev", "null"), "", []string{"warning version-order dataset.json:5: the version 1.1.0-dev comes before 1.2.3"}},
		"the same, dev":  {version("1.2.3-dev", "null"), "", []string{"warning version-order dataset.json:5: the version 1.2.3-dev leads to 1.2.3"}},
		"allowed":        {slices.Concat(version("1.2.4", `"2026-02-01"`), more), `{"code": "version-step", "version": "1.2.4", "reason": "A shelf is not data.", "approved_on": "2026-02-01"}`, nil},
		"allowed, dev":   {slices.Concat(version("1.2.4-dev", `null`), more), `{"code": "version-step", "version": "1.2.4", "reason": "A shelf is not data.", "approved_on": "2026-02-01"}`, nil},
		"allowed, other": {slices.Concat(version("1.2.4", `"2026-02-01"`), more), `{"code": "version-step", "version": "1.2.5", "reason": "A shelf is not data.", "approved_on": "2026-02-01"}`, []string{"error approval-unused approvals.json:1: this approval is for the version 1.2.5"}},
		"allowed, idle":  {slices.Concat(version("1.3.0", `"2026-02-01"`), more), `{"code": "version-step", "version": "1.3.0", "reason": "A shelf is not data.", "approved_on": "2026-02-01"}`, []string{"error approval-unused approvals.json:1: this approval allows nothing"}},
		"vanished":       {slices.Concat(version("2.0.0", `"2026-02-01"`), gone), "", []string{"error id-vanished dataset.json:29: the shelf 11, published since 1.2.3, has no record any more"}},
		"vanished, allowed": {slices.Concat(version("1.2.4", `"2026-02-01"`), gone), `{"code": "id-vanished", "kind": "shelf", "id": 11, "reason": "It never existed.", "approved_on": "2026-02-01"}`,
			[]string{"error version-step dataset.json:5: the changes since 1.2.3 call for version 2.0.0 or later, this is 1.2.4: 1 record vanished (major)"}},
		"replaced":          {slices.Concat(version("2.0.0", `"2026-02-01"`), replaced), "", []string{`error id-replaced data/books/C-3.json:1: the book "C-3" has nothing in common`}},
		"replaced, allowed": {slices.Concat(version("2.0.0", `"2026-02-01"`), replaced), `{"code": "id-replaced", "kind": "book", "id": "C-3", "reason": "The room has a new name.", "approved_on": "2026-02-01"}`, nil},
		"replaced, idle":    {version("2.0.0", `"2026-02-01"`), `{"code": "id-replaced", "kind": "book", "id": "C-3", "reason": "The room has a new name.", "approved_on": "2026-02-01"}`, []string{"error approval-unused approvals.json:1: this approval allows nothing"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := editedCopy(t, dirs[0], test.edits...)
			if test.approvals != "" {
				must(t, os.WriteFile(filepath.Join(dir, dataset.ApprovalsName), []byte(`{"approvals": [`+test.approvals+"]}\n"), 0o644))
			}
			private := filepath.Join(t.TempDir(), "dist")
			must(t, os.CopyFS(private, os.DirFS(out)))
			release, list := buildLike(t, dir, private)
			var got []string
			for _, d := range list {
				got = append(got, d.Severity.String()+" "+string(d.Code)+" "+place(d)+": "+d.Message)
			}
			if !slices.EqualFunc(got, test.want, strings.HasPrefix) {
				t.Errorf("findings %q, want %q", got, test.want)
			}
			if (release == nil) != list.HasErrors() || list.HasErrors() == slices.ContainsFunc(names(t, private), func(n string) bool { return strings.HasPrefix(n, "v") && n != "v1.2.3" }) {
				t.Errorf("the release is %v, and there are %q", release, names(t, private))
			}
			if release != nil && strings.Contains(name, "allowed") && strings.Contains(test.approvals, "version-step") {
				if text := string(readFile(t, filepath.Join(release.Dir, changelogName))); !strings.Contains(text, "; less was allowed: `A shelf is not data.`") {
					t.Errorf("the changelog does not say why:\n%s", text)
				}
			}
			if release != nil {
				if got := verifyFindings(t, release.Dir, VerifyOptions{Rebuild: true}); len(got) > 0 {
					t.Errorf("findings %q", got)
				}
			}
		})
	}
}

func place(d diag.Diagnostic) string {
	return fmt.Sprintf("%s:%d", d.Place.File, d.Place.Span.Start.Line)
}

// A history that lies in the dataset must be that of its releases.
func TestHistoryThatDiffers(t *testing.T) {
	dirs := chain(t)
	out := t.TempDir()
	for _, dir := range dirs {
		builds(t, dir, out)
	}
	unpacked := func(t *testing.T, version string) string {
		dir := filepath.Join(t.TempDir(), "source")
		must(t, os.Mkdir(dir, 0o755))
		f, err := os.Open(filepath.Join(out, version, archiveName))
		must(t, err)
		defer f.Close()
		must(t, unpackArchive(t.Context(), f, sourceLimits, dir))
		return dir
	}
	// The sources of a release become the same release, beside the others and
	// without them.
	for _, version := range []string{"v1.2.3", "v1.3.0", "v1.3.1"} {
		dir := unpacked(t, version)
		for _, folder := range []string{out, t.TempDir()} {
			if release := builds(t, dir, folder); string(readFile(t, filepath.Join(release.Dir, sumsName))) != string(readFile(t, filepath.Join(out, version, sumsName))) {
				t.Errorf("%s: other bytes", version)
			}
		}
	}
	for name, test := range map[string]struct {
		change func(dir string)
		folder string
		want   string
	}{
		"another ledger": {func(dir string) {
			edit(t, filepath.Join(dir, dataset.LedgerName), `"kind":"shelf","id":77`, `"kind":"shelf","id":78`)
		}, out, "history-differs history/ledger.jsonl"},
		"another changelog": {func(dir string) { edit(t, filepath.Join(dir, dataset.ChangelogName), "*dry*", "*wet*") }, out, "history-differs history/CHANGELOG.md"},
		"gone on":           {func(dir string) { edit(t, filepath.Join(dir, "dataset.json"), `"1.3.1"`, `"1.3.2"`) }, out, "history-differs history/ledger.jsonl"},
		"gone on alone":     {func(dir string) { edit(t, filepath.Join(dir, "dataset.json"), `"1.3.1"`, `"1.3.2"`) }, t.TempDir(), "history-differs history/CHANGELOG.md"},
		"half":              {func(dir string) { must(t, os.Remove(filepath.Join(dir, dataset.ChangelogName))) }, t.TempDir(), "history-differs history/ledger.jsonl"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := unpacked(t, "v1.3.1")
			test.change(dir)
			release, list := buildLike(t, dir, test.folder)
			if got := short(list); release != nil || !slices.Equal(got, []string{test.want}) || !strings.Contains(list[0].Help, "history") {
				t.Errorf("%v, %s", got, messages(list))
			}
		})
	}
}

// What the release before says is relied on, so it must be what was sealed.
func TestDamagedPreviousRelease(t *testing.T) {
	for name, damage := range map[string]func(dir string) error{
		"manifest": func(dir string) error { return os.Truncate(filepath.Join(dir, manifestName), 10) },
		"sources":  func(dir string) error { return os.Truncate(filepath.Join(dir, archiveName), 100) },
		"changelog": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, changelogName), []byte("# Changelog\n"), 0o644)
		},
		"no changelog": func(dir string) error { return os.Remove(filepath.Join(dir, changelogName)) },
		"no sums":      func(dir string) error { return os.WriteFile(filepath.Join(dir, sumsName), nil, 0o644) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallRelease(t)
			must(t, damage(dir))
			release, list := buildLike(t, edited(t, devEdits...), filepath.Dir(dir))
			if got := short(list); release != nil || !slices.Equal(got, []string{"release-manifest v1.2.3"}) || !strings.Contains(list[0].Help, "restore the folder") {
				t.Errorf("%v, %q, %s", release, got, messages(list))
			}
		})
	}
}

// The ledger beside the releases is taken if it is that of the previous one.
func TestFindLedger(t *testing.T) {
	dirs := chain(t)
	out := t.TempDir()
	builds(t, dirs[0], out)
	builds(t, dirs[1], out)
	config := check(t, dirs[2]).Snapshot().Config
	full, _, err := FindHistory(t.Context(), config, out)
	must(t, err)
	right := full.ledger.Encode()
	for name, test := range map[string]struct {
		text   []byte
		opened bool
	}{
		"none":  {nil, true},
		"right": {right, false},
		"half":  {right[:len(right)/2], true},
		"old":   {bytes.Replace(right, []byte(full.previous.manifestSHA256), []byte(strings.Repeat("0", 64)), 1), true},
	} {
		must(t, os.RemoveAll(filepath.Join(out, ledgerName)))
		if test.text != nil {
			must(t, os.WriteFile(filepath.Join(out, ledgerName), test.text, 0o644))
		}
		h, list, err := FindLedger(t.Context(), config, out)
		if err != nil || len(list) > 0 || !bytes.Equal(h.ledger.Encode(), right) || (h.previous != nil) != test.opened {
			t.Errorf("%s: %+v, %v, %v", name, h, list, err)
		}
	}
}
