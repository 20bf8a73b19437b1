//go:build unix

package build

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"stemma/internal/dataset"
	"stemma/validate"
)

// childVariable makes the test binary a child that builds on a disk on which no
// file can be larger than so many bytes: "BYTES OUT".
const childVariable = "STEMMA_TEST_FULL_DISK"

func TestMain(m *testing.M) {
	if arguments := os.Getenv(childVariable); arguments != "" {
		os.Exit(fullDiskChild(arguments))
	}
	os.Exit(m.Run())
}

func fullDiskChild(arguments string) int {
	size, out, _ := strings.Cut(arguments, " ")
	limit, err := strconv.ParseUint(size, 10, 64)
	if err == nil {
		err = unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: limit, Max: limit})
	}
	if err == nil {
		err = buildIn(out)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func buildIn(out string) error {
	ctx := context.Background()
	snap, list, err := dataset.Open(ctx, smallDataset)
	if err != nil {
		return err
	}
	result, err := validate.Run(ctx, snap, list, validate.Options{})
	if err != nil {
		return err
	}
	_, _, err = Build(ctx, result.Checked, Options{Out: out})
	return err
}

// A full disk stops a build wherever it happens: the error names the file, and
// nothing is left.
func TestFullDisk(t *testing.T) {
	self, err := os.Executable()
	must(t, err)
	run := func(limit int, out string) (string, error) {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s", childVariable, limit, out))
		text, err := cmd.CombinedOutput()
		return string(text), err
	}
	// One byte less than a file needs: it, or a larger one that comes before it,
	// is the first to fail.
	sizes := map[string]int{}
	for file, content := range tree(t, smallRelease(t)) {
		sizes[file] = len(content)
	}
	for _, file := range []string{"tables/shelves.arrow", "tables/books.arrow", "tables/books.parquet", manifestName} {
		out := filepath.Join(t.TempDir(), "dist")
		limit := sizes[file] - 1
		text, err := run(limit, out)
		named := slices.ContainsFunc(slices.Collect(maps.Keys(sizes)), func(f string) bool {
			return sizes[f] > limit && strings.Contains(text, filepath.Join(out, stagingPrefix+"v1.2.3", f))
		})
		if err == nil || !named || !strings.Contains(text, "file too large") {
			t.Errorf("%d bytes: %v, %q, want a file named that has more", limit, err, text)
		}
		expectNames(t, out)
	}
	out := filepath.Join(t.TempDir(), "dist")
	if text, err := run(1<<20, out); err != nil {
		t.Errorf("enough room: %v, %s", err, text)
	}
	expectNames(t, out, "index.html", "index.json", "ledger.jsonl", "v1.2.3")
}

// The index is written last. If the disk is full then, the release stands, and
// the next build mends the index.
func TestFullDiskAtTheIndex(t *testing.T) {
	out := t.TempDir()
	must(t, os.Mkdir(filepath.Join(out, indexName), 0o755)) // no file can take this place
	release, _, err := Build(t.Context(), check(t, smallDataset), Options{Out: out})
	if err == nil || release == nil || release.Outcome != Created || !strings.Contains(err.Error(), "not all that lies beside it was written; the next build does it") {
		t.Fatalf("Build gives %+v, %v", release, err)
	}
	must(t, os.Remove(filepath.Join(out, indexName)))
	expectNames(t, out, "ledger.jsonl", "v1.2.3")
	mustBuild(t, check(t, smallDataset), out)
	expectNames(t, out, "index.html", "index.json", "ledger.jsonl", "v1.2.3")
}

func TestSyncFailures(t *testing.T) {
	if err := syncTree(filepath.Join(t.TempDir(), "nowhere")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}
