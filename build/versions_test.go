package build

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/ledger"
	"stemma/validate"
)

// smallHistory is a ledger before the small dataset: of its records, shelf 9 was
// always as it is, shelf 10 was another one, the book a-1 was changed once.
func smallHistory(t *testing.T) *ledger.Ledger {
	t.Helper()
	snap := check(t, smallDataset).Snapshot()
	records, err := snap.Published(t.Context())
	must(t, err)
	var first []ledger.Record
	for _, r := range records {
		switch {
		case r.ID == "9":
		case r.ID == "10" || r.ID == `"a-1"`:
			r.SHA256 = strings.Repeat("0", 64)
		default:
			continue
		}
		first = append(first, r)
	}
	second := slices.Clone(first)
	for i := range second {
		if second[i].ID == `"a-1"` {
			second[i].SHA256 = records[slices.IndexFunc(records, func(r ledger.Record) bool { return r.ID == `"a-1"` })].SHA256
		}
	}
	release := func(version string) ledger.Release {
		return ledger.Release{Version: version, ReleasedOn: "2026-01-01", ManifestSHA256: strings.Repeat("1", 64)}
	}
	var l *ledger.Ledger
	return l.Next(release("1.0.0"), first).Next(release("1.1.0"), second)
}

// checkAfter checks a dataset that has published something before.
func checkAfter(t *testing.T, dir string, l *ledger.Ledger) *validate.Checked {
	t.Helper()
	snap, list, err := dataset.Open(t.Context(), dir)
	must(t, err)
	return checkSnapshot(t, snap.WithHistory(l.Encode(), nil), list)
}

// versionsOf reads the columns about versions from the tables in a folder.
func versionsOf(t *testing.T, dir, table, id, suffix string) (out []string) {
	t.Helper()
	first, changed := readColumn(t, dir, table, "first_version"+suffix), readColumn(t, dir, table, "changed_version")
	for i, id := range readColumn(t, dir, table, id) {
		out = append(out, id+" "+first[i]+" "+changed[i])
	}
	return out
}

func TestVersionsOfRecords(t *testing.T) {
	for name, c := range map[string]struct {
		edits          []string
		history        bool
		shelves, books []string
	}{
		"the first release": {nil, false,
			[]string{"-3 1.2.3 1.2.3", "9 1.2.3 1.2.3", "10 1.2.3 1.2.3"}, []string{"B-2 1.2.3 1.2.3", "a-1 1.2.3 1.2.3"}},
		"after two": {nil, true,
			[]string{"-3 1.2.3 1.2.3", "9 1.0.0 1.0.0", "10 1.0.0 1.2.3"}, []string{"B-2 1.2.3 1.2.3", "a-1 1.0.0 1.1.0"}},
		"in between": {devEdits, true,
			[]string{"-3 1.3.0-dev 1.3.0-dev", "9 1.0.0 1.0.0", "10 1.0.0 1.3.0-dev"}, []string{"B-2 1.3.0-dev 1.3.0-dev", "a-1 1.0.0 1.1.0"}},
	} {
		checked := check(t, edited(t, c.edits...))
		if c.history {
			checked = checkAfter(t, edited(t, c.edits...), smallHistory(t))
		}
		content, _, err := planContent(checked)
		must(t, err)
		dir := t.TempDir()
		if _, err := compile(t.Context(), content, dir, newManifest(checked, OutputVersion), nil); err != nil {
			t.Fatal(err)
		}
		if got := versionsOf(t, dir, "shelves", "number", ""); !slices.Equal(got, c.shelves) {
			t.Errorf("%s: shelves %q", name, got)
		}
		if got := versionsOf(t, dir, "books", "isbn", ""); !slices.Equal(got[:2], c.books) {
			t.Errorf("%s: books %q", name, got)
		}
	}
}

// The columns come right before record_path, in the first tables of kinds with
// ids and nowhere else.
func TestWhichTablesHaveVersions(t *testing.T) {
	for _, name := range []string{smallDataset, modelDataset} {
		content, list, err := planContent(check(t, name))
		if err != nil || len(list) > 0 {
			t.Fatal(err, list)
		}
		for _, k := range content.kinds {
			for i, table := range k.Plan.Tables {
				var names []string
				for _, c := range table.Columns {
					names = append(names, c.Name)
				}
				at := slices.Index(names, "first_version")
				if has := i == 0 && k.ID != ""; has != (at >= 0) || has && !slices.Equal(names[at:at+3], []string{"first_version", "changed_version", "record_path"}) {
					t.Errorf("%s: columns %q", table.Name, names)
				}
			}
		}
	}
}

// A dataset of somebody else may say first_version itself: its column keeps the
// name.
func TestVersionColumnWhoseNameIsTaken(t *testing.T) {
	dir := edited(t, "shapes/shelf.json", `"properties": {`, `"properties": { "first_version": {"type": "string"},`,
		"data/shelves/all.jsonl", `{"number":9}`, `{"number":9,"first_version":"red"}`)
	release, list, err := Build(t.Context(), check(t, dir), Options{Out: t.TempDir()})
	if err != nil || release == nil {
		t.Fatal(err, list)
	}
	if len(list) != 1 || list[0].Severity != diag.Warning || list[0].Code != diag.SchemaColumnName || list[0].Place.File != "shapes/shelf.json" || list[0].Place.Span.Start.Line == 0 {
		t.Errorf("findings %v", list)
	}
	tables := filepath.Join(release.Dir, tablesDir)
	if got := readColumn(t, tables, "shelves", "first_version"); !slices.Equal(got, []string{"(null)", "red", "(null)"}) {
		t.Errorf("their column holds %q", got)
	}
	if got := versionsOf(t, tables, "shelves", "number", "_2"); !slices.Equal(got, []string{"-3 1.2.3 1.2.3", "9 1.2.3 1.2.3", "10 1.2.3 1.2.3"}) {
		t.Errorf("ours hold %q", got)
	}
	if got := verifyFindings(t, release.Dir, VerifyOptions{Rebuild: true}); len(got) > 0 {
		t.Errorf("findings %q", got)
	}
}
