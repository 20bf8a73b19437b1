package build

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden digests of this output version, unless there are some already")

// The bytes of every file of two small releases are those of the golden files of
// the output version. Old golden files stay: they say what old releases consist of.
func TestGoldenDigests(t *testing.T) {
	t.Run("small", func(t *testing.T) { goldenDigests(t, "small", smallRelease(t)) })
	t.Run("stemma", func(t *testing.T) { goldenDigests(t, "stemma", modelRelease(t)) })
}

func goldenDigests(t *testing.T, name, dir string) {
	var b strings.Builder
	files := tree(t, dir)
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(file, "/") {
			fmt.Fprintf(&b, "%s  %s\n", sha256Hex([]byte(files[file])), file)
		}
	}
	path := filepath.Join("testdata", fmt.Sprintf("%s.output-%d.sha256", name, OutputVersion))
	want, err := os.ReadFile(path)
	if *update && errors.Is(err, fs.ErrNotExist) {
		must(t, os.MkdirAll("testdata", 0o755), os.WriteFile(path, []byte(b.String()), 0o644))
		return
	}
	if err != nil {
		t.Fatalf("%v: go test ./build -run TestGoldenDigests -update writes the digests of a new output version", err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("equal records become other bytes than before; got\n%swant\n%s"+
			"raise OutputVersion in build.go if this is meant, then run this test with -update\n"+
			"(as long as nothing was released with output version %d, deleting %s will do)", got, want, OutputVersion, path)
	}
}
