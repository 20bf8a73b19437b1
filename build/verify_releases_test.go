package build

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stemma/internal/diag"
)

func verifyAll(t testing.TB, out string, opt ReleasesOptions) (*VerifiedReleases, diag.List) {
	t.Helper()
	v, list, err := VerifyReleases(t.Context(), out, opt)
	if err != nil {
		t.Fatalf("VerifyReleases: %v", err)
	}
	return v, list
}

func TestVerifyReleases(t *testing.T) {
	out := threeVersions(t)
	must(t, os.Mkdir(filepath.Join(out, "v2.0.0-dev"), 0o755), os.WriteFile(filepath.Join(out, "v1.2.3.dsse.json"), nil, 0o644), os.WriteFile(filepath.Join(out, ".note"), nil, 0o644))
	v, list := verifyAll(t, out, ReleasesOptions{Rebuild: true})
	if len(list) > 0 || !v.Chained || v.Deltas != 2 || v.IDs == 0 || len(v.Elsewhere) > 0 || v.Files() == 0 ||
		!slices.Equal(v.Skipped, []string{"v2.0.0-dev"}) || !slices.Equal(v.Histories, []string{"1.3.0", "1.3.1"}) || !slices.Equal(v.Changelogs, []string{"1.2.3", "1.3.0", "1.3.1"}) {
		t.Errorf("%+v\n%s", v, messages(list))
	}
	for i, name := range []string{"v1.2.3", "v1.3.0", "v1.3.1"} {
		if r := v.Releases[i]; r.Name != name || !r.Rebuilt || r.ByColumn || r.Errors != 0 {
			t.Errorf("release %+v", r)
		}
	}
}

// Whatever byte is changed in a folder of releases, it is found, with its place.
func TestEveryFileBesideTheReleasesIsLookedAt(t *testing.T) {
	out := threeVersions(t)
	for file, text := range tree(t, out) {
		isTable := strings.HasPrefix(file, "v") && strings.Contains(file, "tables/") // TestEveryFlippedBitIsNamed
		if strings.HasSuffix(file, "/") || isTable {
			continue
		}
		path := filepath.Join(out, filepath.FromSlash(file))
		flip(t, path)
		if file == indexName { // one bit in the middle may be in a name that is told first
			must(t, os.WriteFile(path, []byte(strings.Replace(text, `"index_version": 2`, `"index_version": 3`, 1)), 0o644))
		}
		_, list := verifyAll(t, out, ReleasesOptions{})
		found := slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
			return d.Severity == diag.Error && (d.Place.File == file || slices.ContainsFunc(d.Related, func(r diag.Related) bool { return r.Place.File == file }))
		})
		if !found {
			t.Errorf("%s: findings %q", file, short(list))
		}
		replaceFile(t, path, []byte(text))
	}
	if _, list := verifyAll(t, out, ReleasesOptions{}); len(list) > 0 {
		t.Errorf("findings %q", short(list))
	}
}

func TestFoldersOfReleasesThatAreWrong(t *testing.T) {
	remove := func(names ...string) func(string) error {
		return func(out string) error {
			var errs []error
			for _, name := range names {
				errs = append(errs, os.RemoveAll(filepath.Join(out, name)))
			}
			return errors.Join(errs...)
		}
	}
	replace := func(file, before, after string) func(string) error {
		return func(out string) error {
			path := filepath.Join(out, file)
			data, err := os.ReadFile(path)
			if !bytes.Contains(data, []byte(before)) {
				return errors.New(file + " does not hold " + before)
			}
			return errors.Join(err, os.WriteFile(path, bytes.Replace(data, []byte(before), []byte(after), 1), 0o644))
		}
	}
	for name, test := range map[string]struct {
		damage func(out string) error
		want   []string
		says   string
	}{
		"a release in the middle is missing": {remove("v1.3.0"), []string{"releases-index index.json"}, "lists the release 1.3.0, which is not here"},
		"and the index is too":               {remove("v1.3.0", indexName), []string{"releases-history v1.3.1/source.tar.zst"}, "names the release 1.3.0, which is not here"},
		"the last release is missing":        {remove("v1.3.1"), []string{"releases-index index.json"}, "lists the release 1.3.1, which is not here"},
		"stale index":                        {replace(indexName, `"1.3.1"`, `"1.3.2"`), []string{"releases-index index.json"}, "lists the release 1.3.2, which is not here"},
		"no lists":                           {remove(indexName, pageName, ledgerName), []string{"releases-page index.html", "releases-index index.json", "releases-ledger ledger.jsonl"}, "this file is missing"},
		"a forged line of the ledger":        {replace(ledgerName, `"changed_version":"1.2.3"`, `"changed_version":"1.3.0"`), []string{"releases-ledger ledger.jsonl"}, "from the releases follows"},
		"a line of the ledger less":          {replace(ledgerName, `{"release":"1.3.1"`, ""), []string{"releases-ledger ledger.jsonl"}, ""},
		"the page of another stemma":         {replace(pageName, `content="stemma releases `, `content="stemma releases 0`), []string{"releases-other-page index.html"}, "by another stemma"},
		"another page":                       {replace(pageName, "<h1", "<h2"), []string{"releases-page index.html"}, "this line is"},
		"a delta is missing":                 {remove("deltas/v1.2.3..v1.3.0"), []string{"releases-delta deltas/v1.2.3..v1.3.0"}, "is missing"},
		"all deltas are missing":             {remove(deltasDir), []string{"releases-delta deltas/v1.2.3..v1.3.0", "releases-delta deltas/v1.3.0..v1.3.1"}, ""},
		"a file of a delta":                  {remove("deltas/v1.2.3..v1.3.0/README.md"), []string{"releases-delta deltas/v1.2.3..v1.3.0/README.md"}, ""},
		"a delta too many":                   {func(out string) error { return os.Mkdir(filepath.Join(out, "deltas/v1.2.3..v1.3.1"), 0o755) }, []string{"releases-delta deltas/v1.2.3..v1.3.1"}, ""},
		"something else":                     {func(out string) error { return os.WriteFile(filepath.Join(out, "note.txt"), nil, 0o644) }, []string{"releases-extra note.txt"}, ""},
		"a candidate":                        {func(out string) error { return os.Mkdir(filepath.Join(out, "v2.0.0-rc.1"), 0o755) }, nil, ""},
		"a link": {func(out string) error {
			return errors.Join(os.Rename(filepath.Join(out, indexName), filepath.Join(out, ".index")), os.Symlink(".index", filepath.Join(out, indexName)))
		}, []string{"releases-index index.json"}, "not a plain file"},
		"no manifest":            {remove("v1.3.0/manifest.json"), []string{"release-missing-file v1.3.0/manifest.json"}, ""},
		"another version's name": {func(out string) error { return os.Rename(filepath.Join(out, "v1.3.1"), filepath.Join(out, "v1.4.0")) }, []string{"releases-index index.json", "release-manifest v1.4.0/manifest.json"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			out := threeVersions(t)
			must(t, test.damage(out))
			_, list := verifyAll(t, out, ReleasesOptions{})
			if got := short(list); !slices.Equal(got, test.want) || !strings.Contains(messages(list), test.says) {
				t.Errorf("findings %q, want %q:\n%s", got, test.want, messages(list))
			}
		})
	}
}

// A release that was put in the place of another, with everything that follows
// from it, does not agree with what the release after it knows.
func TestReleaseInThePlaceOfAnother(t *testing.T) {
	out := threeVersions(t)
	must(t, os.RemoveAll(filepath.Join(out, "v1.2.3")), os.RemoveAll(filepath.Join(out, deltasDir)))
	other := t.TempDir()
	release := mustBuild(t, check(t, edited(t, "data/loans/2025.jsonl", `"r1", "days": 1,`, `"r1", "days": 77,`)), other)
	must(t, os.Rename(release.Dir, filepath.Join(out, "v1.2.3")))
	if list, err := derive(t.Context(), out); err != nil || len(list) > 0 {
		t.Fatalf("derive: %v, %v", list, err)
	}
	_, list := verifyAll(t, out, ReleasesOptions{})
	want := []string{"releases-history v1.3.0/source.tar.zst", "releases-history v1.3.1/source.tar.zst"}
	if got := short(list); !slices.Equal(got, want) || !strings.Contains(messages(list), "the ledger in these sources says that manifest.json of the release 1.2.3 has the SHA-256") {
		t.Errorf("findings %q, want %q:\n%s", got, want, messages(list))
	}
}

// Whoever has the later releases only can still verify them.
func TestReleasesFromElsewhere(t *testing.T) {
	out := threeVersions(t)
	must(t, os.RemoveAll(filepath.Join(out, "v1.2.3")), os.RemoveAll(filepath.Join(out, deltasDir)))
	if list, err := derive(t.Context(), out); err != nil || len(list) > 0 {
		t.Fatalf("derive: %v, %v", list, err)
	}
	v, list := verifyAll(t, out, ReleasesOptions{})
	if len(list) > 0 || !slices.Equal(v.Elsewhere, []string{"1.2.3"}) || !slices.Equal(v.Histories, []string{"1.3.1"}) || !slices.Equal(v.Unfounded, []string{"1.3.0"}) {
		t.Errorf("%+v\n%s", v, messages(list))
	}
}

func TestVerifyReleasesByColumn(t *testing.T) {
	out := threeVersions(t)
	v, list := verifyAll(t, out, ReleasesOptions{Rebuild: true, outputVersion: OutputVersion + 1})
	if len(list) > 0 || !v.Releases[0].ByColumn || v.Releases[0].Rebuilt || len(v.Changelogs) > 0 {
		t.Errorf("%+v\n%s", v, messages(list))
	}
}

func TestStoppedVerificationOfReleases(t *testing.T) {
	out := threeVersions(t)
	if _, _, err := VerifyReleases(cancelled(t.Context()), out, ReleasesOptions{}); err == nil {
		t.Error("no error")
	}
	for n := range 30 {
		v, list, err := VerifyReleases(&lateContext{Context: t.Context(), left: 10 + n*n*4}, out, ReleasesOptions{})
		if err == nil && (len(list) > 0 || !v.Chained) {
			t.Fatalf("stopped after %d: %s", 10+n*n*4, messages(list))
		}
	}
}

func TestHoldsReleases(t *testing.T) {
	out := threeVersions(t)
	for dir, want := range map[string]bool{out: true, filepath.Join(out, "v1.2.3"): false, filepath.Join(out, deltasDir): false, t.TempDir(): false, filepath.Join(out, "nowhere"): false} {
		if got := HoldsReleases(dir); got != want {
			t.Errorf("%s: %t", dir, got)
		}
	}
}
