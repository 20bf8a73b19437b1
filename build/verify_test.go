package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stemma/internal/diag"
)

func TestVerifyACopyAnywhere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "größe und platz", "renamed")
	must(t, os.MkdirAll(filepath.Dir(dir), 0o755), os.Rename(smallRelease(t), dir))
	link := filepath.Join(t.TempDir(), "latest")
	must(t, os.Symlink(dir, link))
	for _, path := range []string{dir, link, dir + "/"} {
		v, list, err := Verify(t.Context(), path, VerifyOptions{Rebuild: true})
		if err != nil || len(list) > 0 || !v.Rebuilt || v.Files != 22 || v.Manifest.Version != "1.2.3" {
			t.Errorf("%s: %+v, %s, %v", path, v, messages(list), err)
		}
	}
}

// named tells whether a finding is about a file.
func named(list diag.List, file string) bool {
	return slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
		return d.Place.File == file || slices.ContainsFunc(d.Related, func(r diag.Related) bool { return r.Place.File == file })
	})
}

func TestEveryFlippedBitIsNamed(t *testing.T) {
	dir := smallRelease(t)
	for file, content := range tree(t, dir) {
		if strings.HasSuffix(file, "/") {
			continue
		}
		// Every byte of the checksums, for which nothing vouches; some forty
		// places of the others, the ends among them.
		step := max(1, len(content)/40)
		if file == sumsName {
			step = 1
		}
		path := filepath.Join(dir, file)
		for i := 0; i < len(content)+step-1; i += step {
			at := min(i, len(content)-1)
			damaged := []byte(content)
			damaged[at] ^= 1 << (at % 8)
			replaceFile(t, path, damaged)
			_, list, err := Verify(t.Context(), dir, VerifyOptions{})
			if err != nil || !list.HasErrors() || !named(list, file) {
				t.Fatalf("bit %d of byte %d of %s: %v, %s", at%8, at, file, err, messages(list))
			}
			if others := slices.DeleteFunc(short(list), func(s string) bool {
				return strings.HasSuffix(s, " "+file) || file == sumsName && (strings.HasSuffix(s, " "+manifestName) || strings.HasSuffix(s, " "+provenanceName))
			}); len(others) > 0 {
				t.Fatalf("byte %d of %s: other files are blamed too: %q", at, file, others)
			}
		}
		replaceFile(t, path, []byte(content))
	}
	if got := verifyFindings(t, dir, VerifyOptions{}); len(got) > 0 {
		t.Errorf("mended: %q", got)
	}
}

func TestAllThatIsDamagedIsNamed(t *testing.T) {
	dir := smallRelease(t)
	must(t,
		os.Truncate(filepath.Join(dir, "tables/books.arrow"), 100),
		os.Remove(filepath.Join(dir, "tables/loans.arrow")),
		os.Rename(filepath.Join(dir, "tables/loans.parquet"), filepath.Join(dir, "tables/Loans.parquet")),
		os.WriteFile(filepath.Join(dir, "tables", "new"), []byte("x"), 0o600),
		os.MkdirAll(filepath.Join(dir, "empty", "below"), 0o755))
	replaceFile(t, filepath.Join(dir, archiveName), make([]byte, len(readFile(t, filepath.Join(dir, archiveName)))))
	want := []string{
		"release-extra-file empty", "release-extra-file empty/below", "release-changed-file source.tar.zst",
		"release-renamed-file tables/Loans.parquet", "release-changed-file tables/books.arrow", "release-missing-file tables/loans.arrow", "release-extra-file tables/new",
	}
	if got := verifyFindings(t, dir, VerifyOptions{Rebuild: true}); !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
}

func TestListsThatAreMissingOrRenamed(t *testing.T) {
	rename := func(from, to string) func(dir string) error {
		return func(dir string) error { return os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)) }
	}
	remove := func(file string) func(dir string) error {
		return func(dir string) error { return os.Remove(filepath.Join(dir, file)) }
	}
	for name, test := range map[string]struct {
		do   func(dir string) error
		want []string
	}{
		"manifest missing":  {remove(manifestName), []string{"release-missing-file manifest.json"}},
		"manifest renamed":  {rename(manifestName, "Manifest.json"), []string{"release-renamed-file Manifest.json"}},
		"checksums missing": {remove(sumsName), []string{"release-missing-file SHA256SUMS"}},
		"checksums renamed": {rename(sumsName, "tables/sums"), []string{"release-renamed-file tables/sums"}},
		"no release":        {func(dir string) error { return errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o755)) }, []string{"release-missing-file SHA256SUMS", "release-missing-file manifest.json"}},
		"checksums huge":    {func(dir string) error { return os.Truncate(filepath.Join(dir, sumsName), 1<<50) }, []string{"release-manifest SHA256SUMS"}},
		"manifest huge":     {func(dir string) error { return os.Truncate(filepath.Join(dir, manifestName), 1<<50) }, []string{"release-manifest manifest.json"}},
		"table huge":        {func(dir string) error { return os.Truncate(filepath.Join(dir, "tables/books.arrow"), 1<<50) }, []string{"release-changed-file tables/books.arrow"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallRelease(t)
			if err := test.do(dir); err != nil {
				t.Skipf("this file system cannot do it: %v", err)
			}
			if got := verifyFindings(t, dir, VerifyOptions{Rebuild: true}); !slices.Equal(got, test.want) {
				t.Errorf("findings %q, want %q", got, test.want)
			}
		})
	}
}

// Whoever alters the checksums so that they fit a changed file is found by the
// manifest, and whoever alters the manifest by the checksums.
func TestDigestsThatDisagree(t *testing.T) {
	t.Run("checksums fit a changed file", func(t *testing.T) {
		dir := smallRelease(t)
		path := filepath.Join(dir, "tables/books.arrow")
		data := readFile(t, path)
		before := sha256Hex(data)
		data[100] ^= 1
		replaceFile(t, path, data)
		edit(t, filepath.Join(dir, sumsName), before, sha256Hex(data))
		want := []string{"release-digests SHA256SUMS", "release-changed-file tables/books.arrow"}
		if got := verifyFindings(t, dir, VerifyOptions{}); !slices.Equal(got, want) {
			t.Errorf("findings %q, want %q", got, want)
		}
	})
	t.Run("manifest", func(t *testing.T) {
		dir := smallRelease(t)
		edit(t, filepath.Join(dir, manifestName), `"title": "A small dataset`, `"title": "A fine dataset`)
		_, list, err := Verify(t.Context(), dir, VerifyOptions{})
		if err != nil || !slices.Equal(short(list), []string{"release-digests manifest.json"}) || list[0].Related[0].Place.File != sumsName {
			t.Errorf("%v, %s", err, messages(list))
		}
	})
	t.Run("a line more", func(t *testing.T) {
		dir := smallRelease(t)
		data := readFile(t, filepath.Join(dir, sumsName))
		replaceFile(t, filepath.Join(dir, sumsName), append(data, strings.Repeat("0", 64)+"  x\n"...))
		if got := verifyFindings(t, dir, VerifyOptions{}); !slices.Equal(got, []string{"release-digests SHA256SUMS"}) {
			t.Errorf("findings %q", got)
		}
	})
	t.Run("a line less", func(t *testing.T) {
		dir := smallRelease(t)
		data := string(readFile(t, filepath.Join(dir, sumsName)))
		replaceFile(t, filepath.Join(dir, sumsName), []byte(data[strings.Index(data, "\n")+1:]))
		if got := verifyFindings(t, dir, VerifyOptions{}); !slices.Equal(got, []string{"release-digests SHA256SUMS"}) {
			t.Errorf("findings %q", got)
		}
	})
}

func TestManifestOfAnotherFormatInARelease(t *testing.T) {
	dir := smallRelease(t)
	forge(t, dir, func(*Manifest) {})
	before := string(readFile(t, filepath.Join(dir, manifestName)))
	replaceManifest(t, dir, strings.Replace(before, `"manifest_version": 1`, `"manifest_version": 7`, 1))
	must(t, os.Remove(filepath.Join(dir, "tables/loans.arrow")))
	_, list, err := Verify(t.Context(), dir, VerifyOptions{})
	if err != nil || !slices.Equal(short(list), []string{"release-manifest manifest.json", "release-missing-file tables/loans.arrow"}) {
		t.Fatalf("%v, %s", err, messages(list))
	}
	if d := list[0]; !strings.Contains(d.Message, "number 7, this stemma reads number 1") || !strings.Contains(d.Help, "a stemma that reads this format") {
		t.Errorf("finding %+v", d)
	}
}

// replaceManifest writes another manifest and checksums that vouch for it.
func replaceManifest(t testing.TB, dir, text string) {
	t.Helper()
	sums := string(readFile(t, filepath.Join(dir, sumsName)))
	before := sha256Hex(readFile(t, filepath.Join(dir, manifestName)))
	replaceFile(t, filepath.Join(dir, manifestName), []byte(text))
	replaceFile(t, filepath.Join(dir, sumsName), []byte(strings.Replace(sums, before, sha256Hex([]byte(text)), 1)))
}

// forge does what an attacker does after changing files: it recomputes sizes
// and digests, and lets change alter the rest.
func forge(t testing.TB, dir string, change func(m *Manifest)) {
	t.Helper()
	m, err := parseManifest(readFile(t, filepath.Join(dir, manifestName)))
	must(t, err)
	for i := range m.Files {
		data := readFile(t, filepath.Join(dir, m.Files[i].Path))
		m.Files[i].Bytes, m.Files[i].SHA256 = int64(len(data)), sha256Hex(data)
	}
	change(m)
	data, err := encodeJSON(m)
	must(t, err)
	replaceFile(t, filepath.Join(dir, manifestName), data)
	statement, err := m.provenance("", sha256Hex(data)).Encode()
	must(t, err)
	replaceFile(t, filepath.Join(dir, provenanceName), statement)
	replaceFile(t, filepath.Join(dir, sumsName), m.sums(sha256Hex(data), sha256Hex(statement)))
}

// With digests that fit, the contents are compared with the manifest.
func TestForgedManifest(t *testing.T) {
	other := strings.Repeat("0", 64)
	for name, test := range map[string]struct {
		change func(m *Manifest)
		want   []string
	}{
		"nothing": {func(*Manifest) {}, []string{}},
		"rows": {func(m *Manifest) {
			m.Tables[0].Rows++
			*m.file("tables/books.arrow").Rows++
			*m.file("tables/books.parquet").Rows++
		}, []string{"tables/books.arrow", "tables/books.parquet"}},
		"fingerprint":     {func(m *Manifest) { m.Tables[0].Fingerprint = other }, []string{"tables/books.arrow", "tables/books.parquet"}},
		"logical hash":    {func(m *Manifest) { m.Tables[0].Columns[1].LogicalSHA256 = other }, []string{"tables/books.arrow", "tables/books.parquet"}},
		"column name":     {func(m *Manifest) { m.Tables[0].Columns[1].Name = "x" }, []string{"tables/books.arrow", "tables/books.parquet"}},
		"column type":     {func(m *Manifest) { m.Tables[0].Columns[1].Type = "int64" }, []string{"tables/books.arrow", "tables/books.parquet"}},
		"column less":     {func(m *Manifest) { m.Tables[0].Columns = m.Tables[0].Columns[1:] }, []string{"tables/books.arrow", "tables/books.parquet"}},
		"description":     {func(m *Manifest) { m.Tables[0].Description = "x" }, []string{"tables/books.arrow", "tables/books.parquet"}},
		"digest of input": {func(m *Manifest) { m.DatasetSHA256 = other }, nil},
		"licence":         {func(m *Manifest) { m.Licence = "CC-BY-4.0" }, nil},
		"version":         {func(m *Manifest) { m.Version = "1.2.4" }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallRelease(t)
			forge(t, dir, test.change)
			_, list, err := Verify(t.Context(), dir, VerifyOptions{})
			must(t, err)
			var files []string
			for _, d := range list {
				if d.Code != diag.ReleaseTable {
					t.Errorf("finding %v", d)
				}
				files = append(files, d.Place.File)
			}
			files = slices.Compact(files)
			if test.want == nil && len(files) != 10 || test.want != nil && !slices.Equal(files, test.want) {
				t.Errorf("findings %s", messages(list))
			}
		})
	}
}

func TestStoppedVerification(t *testing.T) {
	dir := smallRelease(t)
	var stages []string
	_, _, err := Verify(t.Context(), dir, VerifyOptions{Rebuild: true, Stage: func(name string) { stages = append(stages, name) }})
	must(t, err)
	if want := []string{"names and sizes", "digests", "tables", "second reader", "sources", "rebuild"}; !slices.Equal(stages, want) {
		t.Fatalf("stages %q, want %q", stages, want)
	}
	t.Setenv("TMPDIR", t.TempDir())
	for _, stop := range stages {
		ctx, cancel := context.WithCancel(t.Context())
		_, _, err := Verify(ctx, dir, VerifyOptions{Rebuild: true, Stage: func(name string) {
			if name == stop {
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v", stop, err)
		}
	}
	if _, _, err := Verify(cancelled(t.Context()), dir, VerifyOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped before it began: %v", err)
	}
	expectNames(t, os.TempDir()) // no private folder is left
}

func TestVerifyWhatIsNoFolder(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "nowhere"), filepath.Join(smallRelease(t), manifestName)} {
		if _, _, err := Verify(t.Context(), path, VerifyOptions{}); err == nil || !strings.Contains(fmt.Sprint(err), filepath.Base(path)) {
			t.Errorf("%s: error %v", path, err)
		}
	}
}

func TestFindingsDoNotDependOnTheOrderOfAMap(t *testing.T) {
	dir := smallRelease(t)
	must(t, filepath.WalkDir(filepath.Join(dir, tablesDir), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			err = os.Truncate(path, 3)
		}
		return err
	}))
	want := ""
	for range 10 {
		_, list, err := Verify(t.Context(), dir, VerifyOptions{})
		must(t, err)
		if got := messages(list); want == "" {
			want = got
		} else if got != want {
			t.Fatalf("findings\n%s\nand\n%s", got, want)
		}
	}
}
