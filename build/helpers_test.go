package build

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/validate"
)

// smallDataset is fixed: its release has golden digests.
const smallDataset = "../testdata/small"

// modelDataset is fixed too: records of all six kinds, with disagreements.
const modelDataset = "testdata/stemma"

// check reads and checks the dataset in a folder.
func check(t testing.TB, dir string) *validate.Checked {
	t.Helper()
	snap, list, err := dataset.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return checkSnapshot(t, snap, list)
}

func checkSnapshot(t testing.TB, snap *dataset.Snapshot, list diag.List) *validate.Checked {
	t.Helper()
	result, err := validate.Run(t.Context(), snap, list, validate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if result.Checked == nil {
		t.Fatalf("the dataset has findings: %v", result.Diagnostics)
	}
	return result.Checked
}

// attached checks a dataset once more, with the history that a folder of releases
// tells.
func attached(t testing.TB, c *validate.Checked, out string) (*validate.Checked, *History) {
	t.Helper()
	h, list, err := FindHistory(t.Context(), c.Snapshot().Config, out)
	if err != nil || len(list) > 0 {
		t.Fatalf("FindHistory gives %v, %v", list, err)
	}
	snap, list := h.Attach(c.Snapshot())
	return checkSnapshot(t, snap, list), h
}

// mustBuild builds and expects neither findings nor an error.
func mustBuild(t testing.TB, c *validate.Checked, out string) *Release {
	t.Helper()
	c, h := attached(t, c, out)
	release, list, err := Build(t.Context(), c, Options{Out: out, History: h})
	if err != nil || len(list) > 0 {
		t.Fatalf("Build gives %v, %v", list, err)
	}
	return release
}

// smallRelease gives a folder with the release of the small dataset, beside its
// index. It is built once; every test gets a copy.
func smallRelease(t testing.TB) string {
	t.Helper()
	return builtSmall.release(t)
}

// modelRelease does the same for the dataset of stemma's own model.
func modelRelease(t testing.TB) string {
	t.Helper()
	return builtModel.release(t)
}

var (
	builtSmall = built{dataset: smallDataset, version: "v1.2.3"}
	builtModel = built{dataset: modelDataset, version: "v2.0.0"}
)

// built is a dataset that is built once.
type built struct {
	dataset, version string
	once             sync.Once
	files            map[string]string // see tree
}

func (b *built) release(t testing.TB) string {
	t.Helper()
	b.once.Do(func() {
		out := filepath.Join(t.TempDir(), "dist")
		mustBuild(t, check(t, b.dataset), out)
		b.files = tree(t, out)
	})
	out := filepath.Join(t.TempDir(), "dist")
	writeTree(t, out, b.files)
	return filepath.Join(out, b.version)
}

func writeTree(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for _, file := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, file)
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		if !strings.HasSuffix(file, "/") {
			must(t, os.WriteFile(path, []byte(files[file]), 0o644))
		}
	}
}

// edited copies the small dataset and replaces texts in dataset.json or another
// file: file, old, new, …
func edited(t testing.TB, edits ...string) string {
	t.Helper()
	return editedCopy(t, smallDataset, edits...)
}

func editedCopy(t testing.TB, dataset string, edits ...string) string {
	t.Helper()
	dir := copyTree(t, dataset)
	for i := 0; i < len(edits); i += 3 {
		edit(t, filepath.Join(dir, edits[i]), edits[i+1], edits[i+2])
	}
	return dir
}

func edit(t testing.TB, path, before, after string) {
	t.Helper()
	data := readFile(t, path)
	if strings.Count(string(data), before) != 1 {
		t.Fatalf("%s holds %q %d times", path, before, strings.Count(string(data), before))
	}
	replaceFile(t, path, []byte(strings.Replace(string(data), before, after, 1)))
}

// devEdits turn the small dataset into a version between releases.
var devEdits = []string{"dataset.json", `"1.2.3"`, `"1.3.0-dev"`, "dataset.json", `"2026-01-31"`, "null"}

func copyTree(t testing.TB, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func replaceFile(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// tree gives the bytes of every file below a folder; folders end in a slash.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		if d.IsDir() {
			out[filepath.ToSlash(rel)+"/"] = ""
			return nil
		}
		data, err := os.ReadFile(path)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	}))
	return out
}

func names(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// verifyFindings verifies and gives "code file" of each finding, sorted.
func verifyFindings(t testing.TB, dir string, opt VerifyOptions) []string {
	t.Helper()
	_, list, err := Verify(t.Context(), dir, opt)
	if err != nil {
		t.Fatalf("Verify: %v", err)
	}
	return short(list)
}

func short(list diag.List) []string {
	out := []string{}
	for _, d := range list {
		out = append(out, string(d.Code)+" "+d.Place.File)
	}
	return out
}

func messages(list diag.List) string {
	var out []string
	for _, d := range list {
		out = append(out, d.Place.File+": "+d.Message+" ("+d.Help+")")
	}
	return strings.Join(out, "\n")
}

// expectNames expects a folder to hold exactly these entries.
func expectNames(t testing.TB, dir string, want ...string) {
	t.Helper()
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("%s holds %q, want %q", filepath.Base(dir), got, want)
	}
}

func cancelled(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return ctx
}
