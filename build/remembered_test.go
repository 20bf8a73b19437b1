package build

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stemma/internal/dataset"
)

// What the lists beside the releases remember keeps a build from going on without
// a release that was lost, or with another in its place.
func TestReleasesThatWereLost(t *testing.T) {
	dirs := chain(t)
	remove := func(name string) func(string) error {
		return func(out string) error { return os.RemoveAll(filepath.Join(out, name)) }
	}
	for name, test := range map[string]struct {
		damage func(out string) error
		want   string // beginning of the message of the only error; empty: it is built
	}{
		"nothing": {func(string) error { return nil }, ""},
		"last":    {remove("v1.3.0"), "the index lists the release 1.3.0, which is not here"},
		"first":   {remove("v1.2.3"), ""}, // the ledger of the second knows it
		"other": {func(out string) error {
			other := t.TempDir()
			mustBuild(t, check(t, edited(t, "data/loans/2025.jsonl", `"r1", "days": 1,`, `"r1", "days": 77,`)), other)
			return os.Rename(filepath.Join(other, "v1.2.3"), filepath.Join(out, "v1.2.3"))
		}, "index.json lists the release 1.2.3 with the SHA-256"},
		"no index": {func(out string) error {
			return os.Remove(filepath.Join(out, indexName))
		}, ""},
		"a damaged file": {func(out string) error {
			return os.WriteFile(filepath.Join(out, "v1.3.0", "README.md"), nil, 0o644)
		}, "this file has 0 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "dist")
			builds(t, dirs[0], out)
			builds(t, dirs[1], out)
			if name == "other" {
				must(t, os.RemoveAll(filepath.Join(out, "v1.2.3")))
			}
			must(t, test.damage(out))
			dir := editedCopy(t, dirs[2])
			must(t, os.RemoveAll(filepath.Join(dir, dataset.NotesFolder)))
			release, list := buildLike(t, dir, out)
			if test.want == "" {
				if release == nil || list.HasErrors() {
					t.Errorf("not built: %s", messages(list))
				}
				return
			}
			if release != nil || !strings.Contains(messages(list), test.want) {
				t.Errorf("built %v: %s", release, messages(list))
			}
			if _, err := os.Lstat(filepath.Join(out, "v1.3.1")); err == nil {
				t.Error("the release stands")
			}
		})
	}
}

// A version whose folder was lost is made again as it was, and not otherwise.
func TestLostVersionBuiltAgain(t *testing.T) {
	dirs := chain(t)
	out := filepath.Join(t.TempDir(), "dist")
	builds(t, dirs[0], out)
	builds(t, dirs[1], out)
	must(t, os.RemoveAll(filepath.Join(out, "v1.3.0")))
	builds(t, dirs[1], out)
	must(t, os.RemoveAll(filepath.Join(out, "v1.3.0")))
	must(t, os.WriteFile(filepath.Join(dirs[1], dataset.NotesFolder, "1.3.0.md"), []byte("Other words.\n"), 0o644))
	if release, list := buildLike(t, dirs[1], out); release != nil && release.Outcome != Refused || !strings.Contains(messages(list), "was published with other content") {
		t.Errorf("built: %s", messages(list))
	}
}

// A folder with some of the releases does not hide those that the dataset has.
func TestLaterReleaseInAnotherFolder(t *testing.T) {
	dirs := chain(t)
	out, preview := filepath.Join(t.TempDir(), "dist"), filepath.Join(t.TempDir(), "preview")
	builds(t, dirs[0], out)
	builds(t, dirs[1], out)
	builds(t, dirs[0], preview)
	config := check(t, dirs[2]).Snapshot().Config
	if _, list, err := FindHistory(t.Context(), config, preview, out); err != nil || !strings.Contains(messages(list), "the release 1.3.0 is in ") {
		t.Errorf("%s, %v", messages(list), err)
	}
	if _, list, err := FindHistory(t.Context(), config, out, preview); err != nil || len(list) > 0 {
		t.Errorf("%s, %v", messages(list), err)
	}
}
