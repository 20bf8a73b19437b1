package build

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stemma/build/columnar"
	"stemma/internal/dataset"
)

// forgedTables gives the release of the small dataset after an attacker changed
// one value in its tables: they were written anew from other records, say that
// they come from the bundled sources, and all lists were recomputed.
func forgedTables(t testing.TB) string {
	t.Helper()
	dir := smallRelease(t)
	original, err := parseManifest(readFile(t, filepath.Join(dir, manifestName)))
	must(t, err)
	c := check(t, edited(t, "data/loans/2025.jsonl", `"days": 81,`, `"days": 82,`))
	m := newManifest(c, OutputVersion)
	m.DatasetSHA256 = original.DatasetSHA256
	tables := filepath.Join(dir, tablesDir)
	must(t, os.RemoveAll(tables), os.Mkdir(tables, 0o755))
	content, _, err := planContent(c)
	must(t, err)
	m.Tables, err = compile(t.Context(), content, tables, m, nil)
	must(t, err)
	forge(t, dir, func(old *Manifest) { old.Tables = m.Tables })
	return dir
}

func TestForgedValueIsNamedByRebuilding(t *testing.T) {
	dir := forgedTables(t)
	if got := verifyFindings(t, dir, VerifyOptions{}); len(got) > 0 {
		t.Fatalf("without rebuilding, lists and tables agree; findings %q", got)
	}
	v, list, err := Verify(t.Context(), dir, VerifyOptions{Rebuild: true})
	must(t, err)
	want := []string{"release-rebuild SHA256SUMS", "release-rebuild manifest.json", "release-rebuild provenance.intoto.json", "release-rebuild tables/loans.arrow", "release-rebuild tables/loans.parquet"}
	if !slices.Equal(short(list), want) || v.Rebuilt {
		t.Fatalf("findings %q, want %q", short(list), want)
	}
	for _, d := range list[3:] {
		if says := `table "loans", row 9 (from 0), column "days": 82 instead of 81`; !strings.Contains(d.Message, says) {
			t.Errorf("%q does not say %q", d.Message, says)
		}
	}
}

func TestOtherBytesForTheSameCells(t *testing.T) {
	dir := smallRelease(t)
	// Decompressors skip such a frame: the archive holds the same files, but its
	// bytes are not those of the release.
	path := filepath.Join(dir, archiveName)
	data := readFile(t, path)
	replaceFile(t, path, append(data, 0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4))
	forge(t, dir, func(*Manifest) {})
	if got := verifyFindings(t, dir, VerifyOptions{}); len(got) > 0 {
		t.Fatalf("without rebuilding: %q", got)
	}
	want := []string{"release-rebuild SHA256SUMS", "release-rebuild manifest.json", "release-rebuild provenance.intoto.json", "release-rebuild source.tar.zst"}
	if got := verifyFindings(t, dir, VerifyOptions{Rebuild: true}); !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
}

func TestFileThatOnlyTheReleaseHas(t *testing.T) {
	dir := smallRelease(t)
	must(t, os.WriteFile(filepath.Join(dir, policyName), []byte("x"), 0o644))
	forge(t, dir, func(m *Manifest) {
		version := "1"
		m.PolicyVersion = &version
		at := slices.IndexFunc(m.Files, func(f File) bool { return f.Path > policyName })
		m.Files = slices.Insert(m.Files, at, File{Path: policyName, Bytes: 1, SHA256: sha256Hex([]byte("x"))})
	})
	want := []string{"release-rebuild SHA256SUMS", "release-rebuild manifest.json", "release-rebuild policy.json", "release-rebuild provenance.intoto.json"}
	if got := verifyFindings(t, dir, VerifyOptions{Rebuild: true}); !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
}

// bundle puts other sources into a release, with lists that fit them.
func bundle(t testing.TB, dir string, inputs []*dataset.File) {
	t.Helper()
	var b bytes.Buffer
	must(t, pack(t.Context(), &b, inputs, newMeter(0, nil)))
	replaceFile(t, filepath.Join(dir, archiveName), b.Bytes())
	forge(t, dir, func(*Manifest) {})
}

func TestSourcesOfAnotherDataset(t *testing.T) {
	dir := smallRelease(t)
	other := check(t, edited(t, "data/shelves/all.jsonl", "Nord", "Sued"))
	bundle(t, dir, other.Snapshot().Inputs())
	_, list, err := Verify(t.Context(), dir, VerifyOptions{})
	if err != nil || !slices.Equal(short(list), []string{"release-digests source.tar.zst"}) || !named(list, manifestName) {
		t.Errorf("%v, %s", err, messages(list))
	}
}

// The digest in the manifest and the tables is the attacker's too: the sources
// are read like any dataset of unknown origin.
func TestSourcesThatDoNotBuild(t *testing.T) {
	for name, edits := range map[string][3]string{
		"a record": {"data/shelves/all.jsonl", `{"number":9}`, `{"number":"9"}`},
		"a schema": {"shapes/shelf.json", `"type": "integer"`, `"type": "whole"`},
		"a setup":  {"dataset.json", `"name": "small"`, `"name": ""`},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "release")
			root := edited(t, edits[:]...)
			m, list, err := rebuildFrom(t.Context(), root, out, OutputVersion)
			if err != nil || m != nil || !list.HasErrors() {
				t.Errorf("%v, %v, %s", m, err, messages(list))
			}
			if _, err := os.Stat(out); err == nil {
				t.Error("something was written")
			}
		})
	}
}

// A release of an older stemma, played by one whose output version is another:
// it says which stemma to use, and compares what both have.
func TestReleaseOfAnotherOutputVersion(t *testing.T) {
	out := t.TempDir()
	release, list, err := Build(t.Context(), check(t, smallDataset), Options{Out: out, outputVersion: 99})
	if err != nil || len(list) > 0 || release.Manifest.OutputVersion != 99 {
		t.Fatalf("Build gives %+v, %v, %v", release, list, err)
	}
	if got := verifyFindings(t, release.Dir, VerifyOptions{}); len(got) > 0 {
		t.Errorf("without rebuilding: %q", got)
	}
	if got := verifyFindings(t, release.Dir, VerifyOptions{Rebuild: true, outputVersion: 99}); len(got) > 0 {
		t.Errorf("the stemma that made it finds %q", got)
	}
	_, list, err = Verify(t.Context(), release.Dir, VerifyOptions{Rebuild: true})
	if err != nil || !slices.Equal(short(list), []string{"release-output-version manifest.json"}) || !strings.Contains(list[0].Help, "output version 99") {
		t.Errorf("%v, %s", err, messages(list))
	}
}

func TestForgedReleaseOfAnotherOutputVersion(t *testing.T) {
	dir := forgedTables(t)
	_, list, err := Verify(t.Context(), dir, VerifyOptions{Rebuild: true, outputVersion: 99})
	if want := []string{"release-output-version manifest.json", "release-rebuild tables/loans.parquet", "release-rebuild tables/loans.parquet"}; err != nil || !slices.Equal(short(list), want) {
		t.Fatalf("%v, findings %q, want %q", err, short(list), want)
	}
	if says := `the column "days" holds other values than the bundled sources: table "loans", row 9 (from 0), column "days": 82 instead of 81`; !strings.Contains(messages(list), says) {
		t.Errorf("findings\n%s\ndo not say %q", messages(list), says)
	}
}

func TestCompareColumns(t *testing.T) {
	column := func(name, typ, hash string) Column { return Column{name, typ, hash} }
	release := &Manifest{Tables: []Table{
		{Name: "gone", Rows: 1, Columns: []Column{column("a", "utf8", "1")}},
		{Name: "rows", Rows: 1, Columns: []Column{column("a", "utf8", "1")}},
		{Name: "t", Rows: 1, Columns: []Column{column("same", "utf8", "1"), column("other", "utf8", "1"), column("retyped", "utf8", "1"), column("gone", "utf8", "1")}},
	}}
	rebuilt := &Manifest{Tables: []Table{
		{Name: "t", Rows: 1, Columns: []Column{column("new", "utf8", "1"), column("other", "utf8", "2"), column("retyped", "int64", "2"), column("same", "utf8", "1")}},
		{Name: "rows", Rows: 2, Columns: []Column{column("a", "utf8", "2")}},
		{Name: "new", Rows: 2},
	}}
	v := verifier{folder: &folder{dir: t.TempDir()}, ctx: t.Context(), manifest: release}
	v.compareColumns(rebuilt, t.TempDir())
	got := messages(v.list.Sorted())
	if len(v.list) != 2 || !strings.Contains(got, `the table "rows" has 1 rows, the bundled sources become 2`) || !strings.Contains(got, `the column "other" holds other values`) {
		t.Errorf("findings\n%s", got)
	}
}

// A table that only one of the two readers can read ends the build before it is
// sealed, and names the file.
func TestTableThatTheSecondReaderRefuses(t *testing.T) {
	dir := smallRelease(t)
	m, err := parseManifest(readFile(t, filepath.Join(dir, manifestName)))
	must(t, err)
	tables := filepath.Join(dir, tablesDir)
	must(t, os.Rename(filepath.Join(tables, "loans"+columnar.ArrowExtension), filepath.Join(tables, "loans"+columnar.ParquetExtension)))
	list, err := secondRead(t.Context(), tables, m.Tables, nil)
	if err != nil || !slices.Equal(short(list), []string{"second-reader tables/loans.parquet"}) {
		t.Errorf("%v, %s", err, messages(list))
	}
	if _, err := secondRead(cancelled(t.Context()), tables, m.Tables, nil); err == nil {
		t.Error("a stopped run gives no error")
	}
}

func TestEqualFiles(t *testing.T) {
	long := strings.Repeat("x", 1<<17)
	for _, test := range []struct {
		a, b string
		want bool
	}{{"", "", true}, {"a", "a", true}, {"a", "b", false}, {"a", "", false}, {"a", "ab", false}, {long, long, true}, {long, long + "y", false}, {long + "y", long, false}, {long, long[1:] + "y", false}} {
		got, err := equalFiles(t.Context(), strings.NewReader(test.a), strings.NewReader(test.b))
		if got != test.want || err != nil {
			t.Errorf("%d and %d bytes: %v, %v", len(test.a), len(test.b), got, err)
		}
	}
	broken := io.MultiReader(strings.NewReader("a"), failingReader{})
	if _, err := equalFiles(t.Context(), broken, strings.NewReader("a")); err == nil {
		t.Error("a reader that fails gives no error")
	}
	if _, err := equalFiles(cancelled(t.Context()), strings.NewReader("a"), strings.NewReader("a")); err == nil {
		t.Error("a stopped comparison gives no error")
	}
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, errFull }
