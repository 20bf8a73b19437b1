package build

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"stemma/internal/dataset"
	"stemma/schema"
)

// environment is a surrounding in which a build must not give other bytes.
type environment struct {
	name   string
	env    []string                // added to a minimal environment
	drop   []string                // taken out of it
	umask  string                  // octal; empty: as it is
	folder string                  // of the dataset, below a new folder
	cwd    string                  // relative to the new folder; empty: the dataset's
	before func(dir string)        // changes the dataset's folder, not its records
	large  bool                    // also with the large dataset
	write  func([]string) []string // the order in which files are created
}

func environments(t *testing.T) []environment {
	shuffled := func(paths []string) []string {
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
		return paths
	}
	reversed := func(paths []string) []string { slices.Reverse(paths); return paths }
	times := func(at time.Time) func(dir string) {
		return func(dir string) { walk(t, dir, func(path string, _ fs.DirEntry) { must(t, os.Chtimes(path, at, at)) }) }
	}
	return []environment{
		{name: "plain", large: true},
		{name: "TZ and one processor", env: []string{"TZ=Pacific/Apia", "GOMAXPROCS=1"}, large: true},
		{name: "LANG", env: []string{"LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "LANGUAGE=tr", "TZ=:/nowhere"}},
		{name: "umask 077", umask: "077"},
		{name: "umask 000", umask: "000"},
		{name: "no HOME", drop: []string{"HOME", "USER", "PATH", "TMPDIR"}},
		{name: "two processors", env: []string{"GOMAXPROCS=2", "GOGC=off"}},
		{name: "four processors", env: []string{"GOMAXPROCS=4", "GOGC=400", "TZ=Asia/Kolkata"}, large: true, write: shuffled},
		{name: "GOGC", env: []string{"GOGC=10", "GODEBUG=randautoseed=0"}},
		{name: "spaces and letters", folder: "mit Platz/Größe 本/%41 'x' \"y\"", write: reversed},
		{name: "shuffled", write: shuffled},
		{name: "old files", before: times(time.Unix(1, 0))},
		{name: "files of the future", before: times(time.Date(2106, 2, 7, 6, 28, 17, 0, time.UTC))},
		{name: "read-only", before: func(dir string) {
			walk(t, dir, func(path string, d fs.DirEntry) {
				if !d.IsDir() {
					must(t, os.Chmod(path, 0o444))
				}
			})
		}},
		{name: "git", before: func(dir string) {
			must(t, os.MkdirAll(filepath.Join(dir, ".git", "refs"), 0o755), os.WriteFile(filepath.Join(dir, ".git", "HEAD"), []byte("ref: refs/heads/x\n"), 0o644),
				os.WriteFile(filepath.Join(dir, "data", ".DS_Store"), []byte("x"), 0o644), os.WriteFile(filepath.Join(dir, "README.md"), []byte("x"), 0o644))
		}},
		{name: "other folder", cwd: "elsewhere"},
		{name: "another user", env: []string{"HOME=/nonexistent", "USER=somebody", "LOGNAME=somebody", "HOSTNAME=elsewhere", "CI=true", "GITHUB_ACTIONS=true",
			"SOURCE_DATE_EPOCH=1", "NO_COLOR=1", "TERM=dumb", "COLUMNS=10", "GIT_DIR=/nonexistent", "GOAMD64=v4", "STEMMA_FORMAT=text"}},
	}
}

// The same records become the same bytes, whatever surrounds the build.
func TestSameBytesInEveryEnvironment(t *testing.T) {
	tool := buildTool(t)
	small, model, large := tree(t, smallDataset), tree(t, modelDataset), map[string]string{}
	if !testing.Short() {
		large = largeDataset()
	}
	var wantSmall, wantModel, wantLarge map[string]string
	environments := environments(t)
	if len(environments) < 12 {
		t.Fatalf("%d environments are too few", len(environments))
	}
	for _, e := range environments {
		t.Run(e.name, func(t *testing.T) {
			same(t, &wantSmall, release(t, tool, e, small))
			if e.large || e.write != nil {
				same(t, &wantModel, release(t, tool, e, model))
			}
			if e.large && len(large) > 0 {
				same(t, &wantLarge, release(t, tool, e, large))
			}
		})
	}
	if len(wantSmall) != 24 { // 22 files, the folders dist/v… and tables
		t.Errorf("a release of %d entries was compared: %q", len(wantSmall), slices.Sorted(maps.Keys(wantSmall)))
	}
	if wantModel["v2.0.0/"+pageName] == "" {
		t.Error("the page was not compared")
	}
	for _, name := range schema.ComputedNames() {
		if wantModel["v2.0.0/tables/"+name+".parquet"] == "" {
			t.Errorf("the table %s was not compared", name)
		}
	}
}

// same compares a release with the first one.
func same(t *testing.T, want *map[string]string, got map[string]string) {
	t.Helper()
	if *want == nil {
		*want = got
		return
	}
	for _, file := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(slices.Collect(maps.Keys(got)), slices.Collect(maps.Keys(*want)))))) {
		if got[file] != (*want)[file] {
			t.Errorf("%s: %s, first it was %s", file, got[file], (*want)[file])
		}
	}
}

// buildTool compiles the program as make does, so that what make and go test have
// compiled already is not compiled again.
func buildTool(t *testing.T) string {
	t.Helper()
	tool := filepath.Join(t.TempDir(), "stemma")
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	if out, err := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", tool, "stemma/cmd/stemma").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return tool
}

// release builds files in an environment and gives digest and mode of each file
// of the release, and the mode of each folder.
func release(t *testing.T, tool string, e environment, files map[string]string) map[string]string {
	t.Helper()
	base := t.TempDir()
	dir := filepath.Join(base, cmp.Or(e.folder, "dataset"))
	paths := slices.Sorted(maps.Keys(files))
	if e.write != nil {
		paths = e.write(paths)
	}
	for _, file := range paths {
		if strings.HasSuffix(file, "/") {
			continue
		}
		path := filepath.Join(dir, file)
		must(t, os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(files[file]), 0o644))
	}
	if e.before != nil {
		e.before(dir)
	}
	out := filepath.Join(base, "out")
	args := []string{"-C", dir, "build", "--out", out}
	cwd := base
	if e.cwd != "" {
		cwd = filepath.Join(base, e.cwd)
		must(t, os.Mkdir(cwd, 0o755))
		args = []string{"-C", filepath.Join("..", filepath.Base(dir)), "build", "--out", filepath.Join("..", "out")}
		out = filepath.Join(base, "out")
	}
	runTool(t, e, cwd, tool, args)
	return digests(t, out)
}

func runTool(t *testing.T, e environment, cwd, tool string, args []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, tool, args...)
	if e.umask != "" && runtime.GOOS != "windows" {
		cmd = exec.CommandContext(ctx, "/bin/sh", append([]string{"-c", "umask " + e.umask + `; exec "$0" "$@"`, tool}, args...)...)
	}
	cmd.Dir = cwd
	for _, name := range []string{"HOME", "USER", "PATH", "TMPDIR", "SystemRoot", "TEMP"} {
		if value, ok := os.LookupEnv(name); ok && !slices.Contains(e.drop, name) {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	cmd.Env = append(cmd.Env, e.env...)
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %q: %v\n%s", filepath.Base(tool), args, err, output.String())
	}
}

// digests gives mode and SHA-256 of what is in the one release folder.
func digests(t *testing.T, out string) map[string]string {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(out, "v*"))
	if err != nil || len(dirs) != 1 {
		t.Fatalf("releases %q, %v", dirs, err)
	}
	got := map[string]string{}
	walk(t, dirs[0], func(path string, d fs.DirEntry) {
		info, err := d.Info()
		must(t, err)
		rel, err := filepath.Rel(out, path)
		must(t, err)
		got[filepath.ToSlash(rel)] = info.Mode().String()
		if !d.IsDir() {
			got[filepath.ToSlash(rel)] += " " + sha256Hex(readFile(t, path))
		}
	})
	return got
}

func walk(t *testing.T, dir string, visit func(path string, d fs.DirEntry)) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil {
			visit(path, d)
		}
		return err
	}))
}

// largeDataset has a table of 300,000 rows with a column of long texts that are
// all different: only a column that would overflow the Parquet writer's default
// dictionary shows whether bytes depend on the order of a map.
func largeDataset() map[string]string {
	const rows = 300_000
	var b bytes.Buffer
	for i := range rows {
		sum := sha256.Sum256(binary.LittleEndian.AppendUint64(nil, uint64(i)))
		fmt.Fprintf(&b, "{\"n\":%d,\"text\":\"%s\"}\n", (i*7919)%rows, hex.EncodeToString(sum[:24]))
	}
	return map[string]string{
		"dataset.json": `{"name":"large","version":"1.0.0","released_on":"2026-01-31","kinds":[` +
			`{"kind":"row","schema":"schema/row.json","folder":"rows","table":"rows","id":"n"}]}`,
		"schema/row.json": `{"type":"object","required":["n","text"],"additionalProperties":false,"properties":{"n":{"type":"integer"},"text":{"type":"string"}}}`,
		"rows/all.jsonl":  b.String(),
	}
}

// shuffledFS lists folders in another order every time, as file systems may.
type shuffledFS struct {
	fs.FS
	random *rand.Rand
}

func (s shuffledFS) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(s.FS, name)
	s.random.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return entries, err
}

func (s shuffledFS) ReadLink(name string) (string, error)   { return fs.ReadLink(s.FS, name) }
func (s shuffledFS) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(s.FS, name) }

func TestSameBytesFromShuffledFolders(t *testing.T) {
	for folder, release := range map[string]string{smallDataset: smallRelease(t), modelDataset: modelRelease(t)} {
		want := digests(t, filepath.Dir(release))
		for seed := range uint64(3) {
			snap, list, err := dataset.Load(t.Context(), shuffledFS{os.DirFS(folder), rand.New(rand.NewPCG(seed, 1))})
			must(t, err)
			out := t.TempDir()
			mustBuild(t, checkSnapshot(t, snap, list), out)
			same(t, &want, digests(t, out))
		}
	}
}
