package build

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestHostileFoldersAreSafe(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	must(t, os.WriteFile(secret, []byte("secret"), 0o600))
	replace := func(file string, by func(path string) error) func(dir string) error {
		return func(dir string) error {
			path := filepath.Join(dir, file)
			return errors.Join(os.RemoveAll(path), by(path))
		}
	}
	linkTo := func(target string) func(path string) error {
		return func(path string) error { return os.Symlink(target, path) }
	}
	for name, test := range map[string]struct {
		do   func(dir string) error
		want []string
	}{
		"link to a file":        {replace("tables/books.arrow", linkTo(secret)), []string{"release-name tables/books.arrow"}},
		"link within":           {replace("tables/books.arrow", linkTo("books.parquet")), []string{"release-name tables/books.arrow"}},
		"link to a folder":      {replace("tables", linkTo(filepath.Dir(secret))), []string{"release-name tables"}},
		"link to itself":        {replace("tables/books.arrow", linkTo("books.arrow")), []string{"release-name tables/books.arrow"}},
		"manifest is a link":    {replace(manifestName, linkTo("/dev/zero")), []string{"release-name manifest.json"}},
		"checksums are a pipe":  {replace(sumsName, makePipe), []string{"release-name SHA256SUMS"}},
		"table is a pipe":       {replace("tables/books.parquet", makePipe), []string{"release-name tables/books.parquet"}},
		"control character":     {func(dir string) error { return os.WriteFile(filepath.Join(dir, "a\x1b[2J"), nil, 0o600) }, []string{"release-name a\x1b[2J"}},
		"folder with such name": {func(dir string) error { return os.MkdirAll(filepath.Join(dir, "a\nb", "c"), 0o755) }, []string{"release-name a\nb"}},
		"not UTF-8":             {func(dir string) error { return os.WriteFile(filepath.Join(dir, "a\xff"), nil, 0o600) }, []string{"release-name a\uFFFD"}},
		"deep":                  {func(dir string) error { return os.MkdirAll(filepath.Join(dir, strings.Repeat("d/", 500)), 0o755) }, []string{"release-name " + strings.Repeat("d/", 16) + "d"}},
		"manifest is a folder":  {replace(manifestName, func(path string) error { return os.Mkdir(path, 0o755) }), []string{"release-extra-file manifest.json", "release-missing-file manifest.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallRelease(t)
			if err := test.do(dir); err != nil {
				t.Skipf("this system cannot do it: %v", err)
			}
			_, list, err := Verify(t.Context(), dir, VerifyOptions{Rebuild: true})
			if err != nil || !slices.Equal(short(list), test.want) {
				t.Errorf("%v, %q; want %q", err, short(list), test.want)
			}
			if strings.Contains(messages(list), sha256Hex([]byte("secret"))) {
				t.Error("a file outside was read")
			}
		})
	}
}

func TestTooManyFiles(t *testing.T) {
	dir := smallRelease(t)
	f, err := openFolder(t.Context(), dir)
	must(t, err)
	defer f.root.Close()
	f.seen = maxReleaseFiles
	must(t, f.scan(t.Context(), ".", 1))
	if !slices.Equal(short(f.list), []string{"release-name ."}) {
		t.Errorf("findings %s", messages(f.list))
	}
}

// Sources that are hostile in themselves, with lists that fit them.
func TestHostileSourcesInARelease(t *testing.T) {
	for name, test := range hostileArchives(t) {
		if strings.HasPrefix(name, "more than") || name == "too many" { // see TestHostileArchives
			continue
		}
		t.Run(name, func(t *testing.T) {
			dir := smallRelease(t)
			replaceFile(t, filepath.Join(dir, archiveName), test.data)
			forge(t, dir, func(*Manifest) {})
			_, list, err := Verify(t.Context(), dir, VerifyOptions{Rebuild: true})
			if err != nil || !list.HasErrors() || !slices.Equal(slices.Compact(short(list)), []string{short(list)[0]}) || list[0].Place.File != archiveName {
				t.Errorf("%v, %s", err, messages(list))
			}
		})
	}
}

func TestFilesThatChangeWhileTheyAreVerified(t *testing.T) {
	const file = "tables/books.parquet"
	for name, change := range map[string]func(path string) error{
		"removed":  os.Remove,
		"longer":   func(path string) error { return os.Truncate(path, 1<<20) },
		"a link":   func(path string) error { return errors.Join(os.Remove(path), os.Symlink("books.arrow", path)) },
		"a pipe":   func(path string) error { return errors.Join(os.Remove(path), makePipe(path)) },
		"replaced": func(path string) error { return replaceByCopy(path) },
	} {
		for _, when := range []string{"names and sizes", "digests", "tables", "second reader", "sources", "rebuild"} {
			t.Run(name+" before "+when, func(t *testing.T) {
				dir := smallRelease(t)
				_, list, err := Verify(t.Context(), dir, VerifyOptions{Rebuild: true, Stage: func(stage string) {
					if stage == when {
						must(t, change(filepath.Join(dir, file)))
					}
				}})
				if err != nil || !named(list, file) || !strings.Contains(messages(list), "while it was being verified") {
					t.Errorf("%v, %s", err, messages(list))
				}
			})
		}
	}
}

// replaceByCopy gives a path to another file with the same bytes.
func replaceByCopy(path string) error {
	data, err := os.ReadFile(path)
	return errors.Join(err, os.WriteFile(path+"2", data, 0o644), os.Rename(path+"2", path))
}
