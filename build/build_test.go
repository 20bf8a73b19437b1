package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stemma/internal/diag"
)

func TestReleaseIsNeverChanged(t *testing.T) {
	out := filepath.Join(t.TempDir(), "a", "dist")
	first := mustBuild(t, check(t, smallDataset), out)
	if first.Outcome != Created {
		t.Errorf("the first build: outcome %d", first.Outcome)
	}
	before := tree(t, out)

	again := mustBuild(t, check(t, smallDataset), out)
	if again.Outcome != Unchanged {
		t.Errorf("equal bytes: outcome %d", again.Outcome)
	}

	other := check(t, edited(t, "data/shelves/all.jsonl", "Nord", "Sued"))
	release, list, err := Build(t.Context(), other, Options{Out: out})
	if err != nil || release == nil || release.Outcome != Refused {
		t.Fatalf("other bytes: %v, %v", release, err)
	}
	want := []string{}
	for _, name := range []string{"CODEBOOK.md", sumsName, "croissant.json", "datapackage.json", manifestName, provenanceName, archiveName} {
		want = append(want, "release-exists v1.2.3/"+name)
	}
	for _, name := range []string{"book_copies", "book_copies_notes", "books", "loans", "shelves"} { // their footers name the dataset's digest
		want = append(want, "release-exists v1.2.3/tables/"+name+".arrow", "release-exists v1.2.3/tables/"+name+".parquet")
	}
	if got := short(list); !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
	if after := tree(t, out); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Error("a refused build changed something")
	}
}

func TestReleaseThatWasTamperedWithIsNamed(t *testing.T) {
	tests := map[string]struct {
		change func(dir string) error
		want   []string
	}{
		"a file more": {func(dir string) error { return os.WriteFile(filepath.Join(dir, "x"), nil, 0o600) }, []string{"release-exists v1.2.3/x"}},
		"a file less": {func(dir string) error { return os.Remove(filepath.Join(dir, sumsName)) }, []string{"release-exists v1.2.3/SHA256SUMS"}},
		"a link": {func(dir string) error {
			path := filepath.Join(dir, sumsName)
			return errors.Join(os.Rename(path, filepath.Join(dir, "..", "elsewhere")), os.Symlink("../elsewhere", path))
		}, []string{"release-exists v1.2.3/SHA256SUMS", "release-exists v1.2.3/SHA256SUMS"}},
		"longer": {func(dir string) error { return os.Truncate(filepath.Join(dir, sumsName), 1<<20) }, []string{"release-exists v1.2.3/SHA256SUMS"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := smallRelease(t)
			must(t, test.change(dir))
			release, list, err := Build(t.Context(), check(t, smallDataset), Options{Out: filepath.Dir(dir)})
			if err != nil || release.Outcome != Refused || !slices.Equal(short(list), test.want) {
				t.Errorf("Build gives %v, %q, %v; want %q", release, short(list), err, test.want)
			}
		})
	}
}

func TestDevelopmentReleaseIsReplaced(t *testing.T) {
	out := t.TempDir()
	dir := edited(t, devEdits...)
	first := mustBuild(t, check(t, dir), out)
	must(t, os.WriteFile(filepath.Join(first.Dir, "note"), nil, 0o600))
	second := mustBuild(t, check(t, dir), out)
	if second.Outcome != Replaced {
		t.Errorf("outcome %d", second.Outcome)
	}
	expectNames(t, out, "index.html", "index.json", "ledger.jsonl", "v1.3.0-dev")
	if got := verifyFindings(t, second.Dir, VerifyOptions{Rebuild: true}); len(got) > 0 {
		t.Errorf("findings %q", got)
	}
	if third := mustBuild(t, check(t, dir), out); third.Outcome != Unchanged {
		t.Errorf("the third build: outcome %d", third.Outcome)
	}
	if got := readIndexFile(t, out); len(got.Releases) != 0 {
		t.Errorf("the index lists a development release: %v", got)
	}
}

func TestReplaceInStepsLeavesNothingBehind(t *testing.T) {
	out := t.TempDir()
	must(t, os.Mkdir(filepath.Join(out, "new"), 0o755), os.Mkdir(filepath.Join(out, "v1"), 0o755))
	must(t, os.WriteFile(filepath.Join(out, "new", "x"), nil, 0o644))
	must(t, replaceInSteps(filepath.Join(out, "new"), filepath.Join(out, "v1")))
	expectNames(t, out, "v1")
	expectNames(t, filepath.Join(out, "v1"), "x")
	if err := replaceInSteps(filepath.Join(out, "new"), filepath.Join(out, "v1")); err == nil {
		t.Error("replacing by what does not exist gives no error")
	}
	expectNames(t, filepath.Join(out, "v1"), "x") // it has its name back
}

func TestStoppedBuildLeavesNothing(t *testing.T) {
	var stages []string
	c := check(t, smallDataset)
	_, _, err := Build(t.Context(), c, Options{Out: t.TempDir(), Stage: func(name string) { stages = append(stages, name) }})
	must(t, err)
	if want := []string{"compile", "second reader", "write", "seal", "derive"}; !slices.Equal(stages, want) {
		t.Fatalf("stages %q, want %q", stages, want)
	}
	for _, stop := range stages[:len(stages)-1] { // what is sealed stands: TestStoppedBesideTheReleases
		t.Run(stop, func(t *testing.T) {
			out := t.TempDir()
			ctx, cancel := context.WithCancel(t.Context())
			_, _, err := Build(ctx, c, Options{Out: out, Stage: func(name string) {
				if name == stop {
					cancel()
				}
			}})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			expectNames(t, out)
			mustBuild(t, c, out)
		})
		t.Run(stop+" panic", func(t *testing.T) {
			out := t.TempDir()
			func() {
				defer func() {
					if recover() == nil {
						t.Error("no panic")
					}
				}()
				_, _, _ = Build(t.Context(), c, Options{Out: out, Stage: func(name string) {
					if name == stop {
						panic("stop")
					}
				}})
			}()
			expectNames(t, out)
			mustBuild(t, c, out) // the lock is released
		})
	}
	out := t.TempDir()
	if _, _, err := Build(cancelled(t.Context()), c, Options{Out: out}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped before it began: %v", err)
	}
	expectNames(t, out)
}

// What a killed process leaves can be anything up to the second rename.
func TestBuildAfterAKilledOne(t *testing.T) {
	out := t.TempDir()
	dev := check(t, edited(t, devEdits...))
	old := tree(t, mustBuild(t, dev, out).Dir)
	must(t,
		os.MkdirAll(filepath.Join(out, ".building-v1.2.3", "tables"), 0o755),
		os.WriteFile(filepath.Join(out, ".building-v1.2.3", "tables", "books.arrow"), []byte("half"), 0o644),
		os.WriteFile(filepath.Join(out, ".building-index.json"), []byte("half"), 0o644),
		os.Symlink(t.TempDir(), filepath.Join(out, ".building-link")),
		os.MkdirAll(filepath.Join(out, ".replaced-v0.9.0"), 0o755),
		os.MkdirAll(filepath.Join(out, "v0.9.0-dev"), 0o755),
		os.MkdirAll(filepath.Join(out, ".replaced-v0.9.0-dev"), 0o755),
		os.Rename(filepath.Join(out, "v1.3.0-dev"), filepath.Join(out, ".replaced-v1.3.0-dev")), // killed between two renames
		os.RemoveAll(filepath.Join(out, ".replaced-v0.9.0")),
	)
	mustBuild(t, check(t, smallDataset), out)
	expectNames(t, out, "index.html", "index.json", "ledger.jsonl", "v0.9.0-dev", "v1.2.3", "v1.3.0-dev")
	if got := tree(t, filepath.Join(out, "v1.3.0-dev")); fmt.Sprint(got) != fmt.Sprint(old) {
		t.Error("the release that was moved away is not what it was")
	}
}

func TestOutFolder(t *testing.T) {
	c := check(t, smallDataset)
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	must(t, os.WriteFile(path("file"), nil, 0o644), os.Symlink("nowhere", path("dangling")), os.Mkdir(path("real"), 0o755), os.Symlink("real", path("link")))
	for _, name := range []string{"file", "dangling", "file/below"} {
		if _, _, err := Build(t.Context(), c, Options{Out: path(name)}); err == nil || !strings.Contains(err.Error(), "file") && !strings.Contains(err.Error(), "dangling") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if release := mustBuild(t, c, path("link")); release.Outcome != Created {
		t.Errorf("a link to a folder: outcome %d", release.Outcome)
	}
	expectNames(t, path("real"), "index.html", "index.json", "ledger.jsonl", "v1.2.3")
}

func TestWhatHasTheNameOfARelease(t *testing.T) {
	for name, place := range map[string]func(path string) error{
		"file":          func(path string) error { return os.WriteFile(path, []byte("mine"), 0o644) },
		"link":          func(path string) error { return os.Symlink(os.TempDir(), path) },
		"dangling link": func(path string) error { return os.Symlink("nowhere", path) },
	} {
		for version, edits := range map[string][]string{"v1.2.3": nil, "v1.3.0-dev": devEdits} {
			t.Run(name+" "+version, func(t *testing.T) {
				out := t.TempDir()
				must(t, place(filepath.Join(out, version)))
				release, list, err := Build(t.Context(), check(t, edited(t, edits...)), Options{Out: out})
				if err != nil || release.Outcome != Refused || !slices.Equal(short(list), []string{"release-exists " + version}) {
					t.Errorf("Build gives %v, %v, %v", release, list, err)
				}
				expectNames(t, out, version)
			})
		}
	}
}

func TestBuildsTakeTurns(t *testing.T) {
	out := t.TempDir()
	unlock, err := prepare(out)
	must(t, err)
	if _, _, err := Build(t.Context(), check(t, smallDataset), Options{Out: out}); err == nil || !strings.Contains(err.Error(), "another build is writing to "+out) {
		t.Errorf("error %v", err)
	}
	unlock()
	mustBuild(t, check(t, smallDataset), out)
}

func TestModes(t *testing.T) {
	out := filepath.Join(t.TempDir(), "new", "dist")
	dir := mustBuild(t, check(t, smallDataset), out).Dir
	for _, path := range []string{filepath.Dir(out), out, dir, filepath.Join(dir, tablesDir)} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != dirMode {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	for file := range tree(t, dir) {
		if info, err := os.Stat(filepath.Join(dir, file)); err != nil || !info.IsDir() && info.Mode().Perm() != fileMode {
			t.Errorf("%s: %v, %v", file, info.Mode(), err)
		}
	}
}

func readIndexFile(t testing.TB, out string) Index {
	t.Helper()
	var index Index
	must(t, json.Unmarshal(readFile(t, filepath.Join(out, indexName)), &index))
	return index
}

func TestIndex(t *testing.T) {
	out := t.TempDir()
	version := func(v string) []string { return []string{"dataset.json", `"1.2.3"`, `"` + v + `"`} }
	for _, v := range []string{"1.2.3", "1.9.0", "1.10.0"} {
		mustBuild(t, check(t, edited(t, version(v)...)), out)
	}
	must(t, os.Mkdir(filepath.Join(out, "v2"), 0o755), os.WriteFile(filepath.Join(out, "v1.2.3.dsse.json"), nil, 0o644))
	index := readIndexFile(t, out)
	var got []string
	for _, r := range index.Releases {
		got = append(got, r.Version+" "+r.Path)
		if want := sha256Hex(readFile(t, filepath.Join(out, r.Path, manifestName))); r.ManifestSHA256 != want || len(r.Tables) != 5 || r.Tables[3] != (IndexTable{"loans", 42}) {
			t.Errorf("release %s: %+v", r.Version, r)
		}
	}
	if want := []string{"1.2.3 v1.2.3", "1.9.0 v1.9.0", "1.10.0 v1.10.0"}; !slices.Equal(got, want) {
		t.Errorf("the index lists %q, want %q", got, want)
	}
	right := readFile(t, filepath.Join(out, indexName))
	for name, damage := range map[string]func(path string) error{
		"missing": os.Remove,
		"half":    func(path string) error { return os.Truncate(path, 10) },
		"wrong":   func(path string) error { return os.WriteFile(path, []byte("{}"), 0o644) },
	} {
		must(t, damage(filepath.Join(out, indexName)))
		if release := mustBuild(t, check(t, edited(t, version("1.9.0")...)), out); release.Outcome != Unchanged {
			t.Errorf("%s: outcome %d", name, release.Outcome)
		}
		if string(readFile(t, filepath.Join(out, indexName))) != string(right) {
			t.Errorf("%s: the index was not mended", name)
		}
	}
}

func TestBrokenReleaseBesideANewOne(t *testing.T) {
	for name, damage := range map[string]struct {
		do   func(dir string) error
		says string
	}{
		"no manifest":    {func(dir string) error { return os.Remove(filepath.Join(dir, manifestName)) }, "it has no manifest.json"},
		"half":           {func(dir string) error { return os.Truncate(filepath.Join(dir, manifestName), 100) }, "manifest.json: line"},
		"huge":           {func(dir string) error { return os.Truncate(filepath.Join(dir, manifestName), 1<<40) }, "no such file is as large"},
		"other version":  {func(dir string) error { return os.Rename(dir, filepath.Join(filepath.Dir(dir), "v1.0.0")) }, "is that of the version 1.2.3"},
		"a link":         {func(dir string) error { return errors.Join(os.RemoveAll(dir), os.Symlink("nowhere", dir)) }, "it is not a folder"},
		"manifest links": {func(dir string) error { return replaceByLink(filepath.Join(dir, manifestName)) }, "it has no manifest.json"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallRelease(t)
			out := filepath.Dir(dir)
			index := readFile(t, filepath.Join(out, indexName))
			must(t, damage.do(dir))
			broken := slices.DeleteFunc(names(t, out), func(name string) bool { return !strings.HasPrefix(name, "v") })[0]

			next := check(t, edited(t, "dataset.json", `"1.2.3"`, `"2.0.0"`))
			release, list, err := Build(t.Context(), next, Options{Out: out})
			if err != nil || release != nil || len(list) != 1 || list[0].Place.File != broken || !strings.Contains(list[0].Message, damage.says) || !strings.Contains(list[0].Help, "move it out") {
				t.Errorf("Build gives %v, %v, %s", release, err, messages(list))
			}
			expectNames(t, out, pageName, indexName, ledgerName, broken)

			// A development release is in no index, but it comes after the broken one.
			release, list, err = Build(t.Context(), check(t, edited(t, devEdits...)), Options{Out: out})
			if err != nil || release != nil || list.Count(diag.Error) != 1 || list.Count(diag.Warning) != 1 || !strings.Contains(messages(list), "restore the folder") {
				t.Errorf("a development release: %v, %v, %v", release, list, err)
			}
			// One that comes before it is built all the same.
			early := edited(t, "dataset.json", `"1.2.3"`, `"0.1.0-dev"`, "dataset.json", `"2026-01-31"`, "null")
			release, list, err = Build(t.Context(), check(t, early), Options{Out: out})
			if err != nil || release == nil || release.Outcome != Created || list.HasErrors() || list.Count(diag.Warning) != 2 {
				t.Errorf("an early development release: %v, %s, %v", release, messages(list), err)
			}
			if string(readFile(t, filepath.Join(out, indexName))) != string(index) {
				t.Error("the index was changed")
			}
		})
	}
}

func replaceByLink(path string) error {
	return errors.Join(os.Rename(path, path+".real"), os.Symlink(filepath.Base(path)+".real", path))
}

func TestProgressReachesItsEnd(t *testing.T) {
	last := map[string][2]int{}
	stage := ""
	_, _, err := Build(t.Context(), check(t, smallDataset), Options{Out: t.TempDir(), Stage: func(s string) { stage = s },
		Progress: func(done, total int) {
			if done < last[stage][0] {
				t.Errorf("%s: %d after %d", stage, done, last[stage][0])
			}
			last[stage] = [2]int{done, total}
		}})
	must(t, err)
	want := map[string][2]int{"compile": {48, 48}, "second reader": {5, 5}, "write": {1, 1}}
	if fmt.Sprint(last) != fmt.Sprint(want) {
		t.Errorf("progress %v, want %v", last, want)
	}
}
