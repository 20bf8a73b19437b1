package build

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Damaged tables whose digests were made to fit reach the decoders: they give
// findings that name the file, or hold the same cells, which rebuilding tells.
func TestDamagedTablesWithDigestsThatFit(t *testing.T) {
	dir := smallRelease(t)
	undetected := 0
	for _, file := range []string{"tables/books.arrow", "tables/books.parquet"} {
		path := filepath.Join(dir, file)
		content := readFile(t, path)
		for at := 0; at < len(content); at += max(1, len(content)/60) {
			damaged := slices.Clone(content)
			damaged[at] ^= 1 << (at % 8)
			replaceFile(t, path, damaged)
			forge(t, dir, func(*Manifest) {})
			_, list, err := Verify(t.Context(), dir, VerifyOptions{})
			if err != nil {
				t.Fatalf("byte %d of %s: %v", at, file, err)
			}
			for _, d := range list {
				if strings.TrimSuffix(d.Place.File, filepath.Ext(d.Place.File)) != "tables/books" {
					t.Errorf("byte %d of %s: finding %v", at, file, d)
				}
			}
			if len(list) > 0 {
				continue
			}
			if undetected++; undetected == 1 { // once is enough: a rebuild takes a while
				if got := verifyFindings(t, dir, VerifyOptions{Rebuild: true}); !slices.Contains(got, "release-rebuild "+file) {
					t.Errorf("byte %d of %s: rebuilding finds %q", at, file, got)
				}
			}
		}
		replaceFile(t, path, content)
	}
	if undetected == 0 {
		t.Error("no damage was left for rebuilding to find: this test does not test it any more")
	}
}

// Tables of garbage, of the other format and of another table are named too.
func TestTablesThatAreSomethingElse(t *testing.T) {
	for name, content := range map[string]func(dir string) []byte{
		"empty":          func(string) []byte { return nil },
		"text":           func(string) []byte { return []byte(strings.Repeat("PAR1", 100)) },
		"zeros":          func(string) []byte { return make([]byte, 1<<16) },
		"the other form": func(dir string) []byte { return readFile(t, filepath.Join(dir, "tables/loans.arrow")) },
		"another table":  func(dir string) []byte { return readFile(t, filepath.Join(dir, "tables/books.parquet")) },
		"without its end": func(dir string) []byte {
			data := readFile(t, filepath.Join(dir, "tables/loans.parquet"))
			return data[:len(data)/2]
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallRelease(t)
			replaceFile(t, filepath.Join(dir, "tables/loans.parquet"), content(dir))
			forge(t, dir, func(*Manifest) {})
			got := slices.Compact(verifyFindings(t, dir, VerifyOptions{}))
			if !slices.Equal(got, []string{"release-table tables/loans.parquet"}) {
				t.Errorf("findings %q", got)
			}
		})
	}
}

func TestSha256sumReadsTheChecksums(t *testing.T) {
	tool := []string{"sha256sum"}
	if _, err := exec.LookPath(tool[0]); err != nil {
		tool = []string{"shasum", "-a", "256"} // the same checksums, by Perl's name
	}
	dir := smallRelease(t)
	run := func() ([]byte, error) {
		cmd := exec.Command(tool[0], append(tool[1:], "-c", "--strict", sumsName)...)
		cmd.Dir = dir
		return cmd.CombinedOutput()
	}
	out, err := run()
	if err != nil || strings.Count(string(out), ": OK\n") != 21 {
		t.Errorf("%v\n%s", err, out)
	}
	edit(t, filepath.Join(dir, manifestName), `"small"`, `"smell"`)
	if out, err := run(); err == nil || !strings.Contains(string(out), "manifest.json: FAILED") {
		t.Errorf("%v\n%s", err, out)
	}
}
