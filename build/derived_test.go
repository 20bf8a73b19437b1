package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"stemma/internal/diag"
)

// threeVersions is a folder of releases: 1.2.3, 1.3.0, which knows it, and 1.3.1,
// which knows both. It is built once; every test gets a copy.
func threeVersions(t testing.TB) string {
	t.Helper()
	builtThree.once.Do(func() {
		out := filepath.Join(t.TempDir(), "dist")
		mustBuild(t, check(t, smallDataset), out)
		for _, next := range [][]string{
			{"dataset.json", `"1.2.3"`, `"1.3.0"`, "data/loans/2025.jsonl", `"r1", "days": 1,`, `"r1", "days": 2,`},
			{"dataset.json", `"1.2.3"`, `"1.3.1"`, "data/loans/2025.jsonl", `"r1", "days": 1,`, `"r1", "days": 3,`},
		} {
			mustBuild(t, check(t, edited(t, next...)), out)
		}
		builtThree.files = tree(t, out)
	})
	out := filepath.Join(t.TempDir(), "dist")
	writeTree(t, out, builtThree.files)
	return out
}

var builtThree struct {
	once  sync.Once
	files map[string]string
}

// mend builds the oldest release again, which changes nothing in it.
func mend(t *testing.T, out string) {
	t.Helper()
	if release := mustBuild(t, check(t, smallDataset), out); release.Outcome != Unchanged {
		t.Errorf("outcome %d", release.Outcome)
	}
}

func expectTree(t *testing.T, out string, want map[string]string) {
	t.Helper()
	got := tree(t, out)
	for file, content := range want {
		if text, ok := got[file]; !ok {
			t.Errorf("%s is missing", file)
		} else if text != content {
			t.Errorf("%s is not what it was", file)
		}
	}
	for file := range got {
		if _, ok := want[file]; !ok {
			t.Errorf("%s was not there", file)
		}
	}
}

func TestFilesBesideTheReleases(t *testing.T) {
	out := threeVersions(t)
	expectNames(t, out, deltasDir, pageName, indexName, ledgerName, "v1.2.3", "v1.3.0", "v1.3.1")
	expectNames(t, filepath.Join(out, deltasDir), "v1.2.3..v1.3.0", "v1.3.0..v1.3.1")
	index := readIndexFile(t, out)
	if len(index.Deltas) != 2 || index.Deltas[1].Path != "deltas/v1.3.0..v1.3.1" || index.IndexVersion != 2 ||
		index.Deltas[1].SumsSHA256 != sha256Hex(readFile(t, filepath.Join(out, "deltas/v1.3.0..v1.3.1/SHA256SUMS"))) ||
		index.Ledger != (IndexFile{ledgerName, sha256Hex(readFile(t, filepath.Join(out, ledgerName)))}) {
		t.Errorf("index %+v", index)
	}
	page := string(readFile(t, filepath.Join(out, pageName)))
	for _, text := range []string{"v1.3.1/README.md", "v1.2.3/SHA256SUMS", "deltas/v1.3.0..v1.3.1/", "v1.3.0/CHANGELOG.md"} {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not hold %q", text)
		}
	}
	if strings.Contains(page, "v1.2.3/index.html") || strings.Contains(page, "-dev") {
		t.Error("the page leads to what is not there")
	}
}

// The state after a build was killed at any step, and worse, is mended by the next
// one, even if that changes nothing.
func TestWhatLiesBesideTheReleasesIsMended(t *testing.T) {
	out := threeVersions(t)
	want := tree(t, out)
	path := func(name string) string { return filepath.Join(out, filepath.FromSlash(name)) }
	half := func(name string) error { return os.WriteFile(path(name), []byte("half"), 0o644) }
	folder := func(name string) error { return os.MkdirAll(path(name), 0o755) }
	remove := func(names ...string) error {
		var errs []error
		for _, name := range names {
			errs = append(errs, os.RemoveAll(path(name)))
		}
		return errors.Join(errs...)
	}
	for name, damage := range map[string]func() error{
		"before all of it": func() error { return remove(deltasDir, indexName, pageName, ledgerName) },
		"while the delta is written": func() error {
			return errors.Join(remove("deltas/v1.3.0..v1.3.1"), folder(".building-v1.3.0..v1.3.1/tables"), half(".building-v1.3.0..v1.3.1/delta.json"))
		},
		"before the delta is moved": func() error { return os.Rename(path("deltas/v1.3.0..v1.3.1"), path(".building-v1.3.0..v1.3.1")) },
		"before the first is moved": func() error {
			return errors.Join(remove(deltasDir), folder(deltasDir), folder(".building-v1.2.3..v1.3.0"))
		},
		"while the ledger is written": func() error { return errors.Join(remove(ledgerName), half(".building-ledger.jsonl")) },
		"before the index":            func() error { return remove(indexName, pageName) },
		"while the index is written":  func() error { return errors.Join(remove(indexName), half(".building-index.json")) },
		"while the page is written":   func() error { return errors.Join(half(pageName), half(".building-index.html")) },
		"halves of all lists":         func() error { return errors.Join(half(pageName), half(indexName), half(ledgerName)) },
		"lists of other releases":     func() error { return os.WriteFile(path(ledgerName), nil, 0o644) },
		"a link":                      func() error { return errors.Join(remove(indexName), os.Symlink("ledger.jsonl", path(indexName))) },
	} {
		t.Run(name, func(t *testing.T) {
			must(t, damage())
			mend(t, out)
			expectTree(t, out, want)
		})
	}
}

func TestStoppedBesideTheReleases(t *testing.T) {
	out := threeVersions(t)
	want := tree(t, out)
	must(t, os.RemoveAll(filepath.Join(out, deltasDir)), os.Remove(filepath.Join(out, indexName)))
	ctx, cancel := context.WithCancel(t.Context())
	release, _, err := Build(ctx, check(t, smallDataset), Options{Out: out, Stage: func(name string) {
		if name == "derive" {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || release == nil || !strings.Contains(err.Error(), "the release stands in") {
		t.Fatalf("Build gives %v, %v", release, err)
	}
	mend(t, out)
	expectTree(t, out, want)

	// Stopped at each point at which it looks: what is there is whole.
	for n := range 200 {
		must(t, os.RemoveAll(filepath.Join(out, deltasDir)), os.Remove(filepath.Join(out, indexName)), os.Remove(filepath.Join(out, ledgerName)))
		_, err := derive(&lateContext{Context: t.Context(), left: n * n}, out)
		if err == nil {
			break
		}
		for file, text := range tree(t, out) {
			if want[file] != text {
				t.Fatalf("stopped after %d: %s is not what it should be", n*n, file)
			}
		}
		_, err = derive(t.Context(), out)
		must(t, err)
	}
	expectTree(t, out, want)
}

// lateContext ends when it was asked often enough.
type lateContext struct {
	context.Context
	mu   sync.Mutex
	left int
}

func (c *lateContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// A delta that is there is never written again, whatever is in its tables.
func TestDeltasAreNotRewritten(t *testing.T) {
	out := threeVersions(t)
	file := filepath.Join(out, "deltas/v1.2.3..v1.3.0/README.md")
	must(t, os.WriteFile(file, []byte("mine"), 0o644))
	mend(t, out)
	if string(readFile(t, file)) != "mine" {
		t.Error("the delta was written again")
	}
}

func TestDeltaThatCannotBeRead(t *testing.T) {
	for name, test := range map[string]struct {
		damage func(dir string) error
		says   string
	}{
		"half":    {func(dir string) error { return os.Truncate(filepath.Join(dir, "delta.json"), 100) }, "delta.json: line"},
		"no sums": {func(dir string) error { return os.Remove(filepath.Join(dir, sumsName)) }, "it has no SHA256SUMS"},
		"a file":  {func(dir string) error { return errors.Join(os.RemoveAll(dir), os.WriteFile(dir, nil, 0o644)) }, "it is not a folder"},
		"other releases": {func(dir string) error {
			return errors.Join(os.RemoveAll(dir), os.CopyFS(dir, os.DirFS(filepath.Join(filepath.Dir(dir), "v1.2.3..v1.3.0"))))
		}, "it was made of a release 1.2.3"},
	} {
		t.Run(name, func(t *testing.T) {
			out := threeVersions(t)
			must(t, test.damage(filepath.Join(out, "deltas/v1.3.0..v1.3.1")), os.Remove(filepath.Join(out, indexName)))
			_, list, err := Build(t.Context(), check(t, smallDataset), Options{Out: out})
			if err != nil || len(list) != 1 || list[0].Place.File != "deltas/v1.3.0..v1.3.1" || !strings.Contains(list[0].Message, test.says) {
				t.Errorf("findings %s, %v", messages(list), err)
			}
			if _, err := os.Stat(filepath.Join(out, indexName)); err == nil {
				t.Error("an index was written")
			}
		})
	}
}

// A delta is not made of releases whose bytes are not those that were sealed.
func TestDeltaOfADamagedRelease(t *testing.T) {
	out := threeVersions(t)
	must(t, os.RemoveAll(filepath.Join(out, deltasDir)), os.Remove(filepath.Join(out, indexName)))
	flip(t, filepath.Join(out, "v1.3.0/tables/books.arrow"))
	release, list, err := Build(t.Context(), check(t, smallDataset), Options{Out: out})
	if err != nil || release == nil || release.Outcome != Unchanged || fmt.Sprint(short(list)) != "[release-changed-file v1.3.0/tables/books.arrow]" || list[0].Severity != diag.Warning {
		t.Errorf("Build gives %v, %s, %v", release, messages(list), err)
	}
	if _, err := os.Stat(filepath.Join(out, indexName)); err == nil {
		t.Error("an index was written")
	}
}

func flip(t testing.TB, path string) {
	t.Helper()
	data := readFile(t, path)
	data[len(data)/2] ^= 1
	replaceFile(t, path, data)
}
