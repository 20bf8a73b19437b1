package build

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is planned from the sources of a release is what its manifest lists; a
// release of output version 2 has no columns about versions yet.
func TestSourcesOfARelease(t *testing.T) {
	for dir, later := range map[string][]string{
		filepath.Join("..", "dist", "v0.2.0"): {"first_version utf8", "changed_version utf8"},
		modelRelease(t):                       nil,
		smallRelease(t):                       nil,
	} {
		snap, list, m, err := Sources(t.Context(), dir)
		if err != nil || list.HasErrors() {
			t.Fatal(err, list)
		}
		if snap.Digest() != m.DatasetSHA256 || "v"+m.Version != filepath.Base(dir) {
			t.Errorf("%s: the digest is %s, the version %s", dir, snap.Digest(), m.Version)
		}
		planned, err := PlannedTables(snap)
		if err != nil {
			t.Fatal(err)
		}
		shape := func(tables []Table) (out [][]string) {
			for _, t := range tables {
				row := []string{t.Name, t.Kind}
				for _, c := range t.Columns {
					if column := c.Name + " " + c.Type; !slices.Contains(later, column) {
						row = append(row, column)
					}
				}
				out = append(out, row)
			}
			return out
		}
		if d := cmp.Diff(shape(m.Tables), shape(planned)); d != "" {
			t.Errorf("-manifest +planned:\n%s", d)
		}
	}
}

func TestSourcesOfWhatIsNoRelease(t *testing.T) {
	release := filepath.Join("..", "dist", "v0.1.0")
	damage := map[string]func(dir string) error{
		"empty folder": func(dir string) error { return errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o755)) },
		"no archive":   func(dir string) error { return os.Remove(filepath.Join(dir, archiveName)) },
		"no archive but text": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, archiveName), []byte("text"), 0o644)
		},
		"other manifest": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, manifestName), []byte("{}"), 0o644)
		},
		"the archive of another release": func(dir string) error {
			data, err := os.ReadFile(filepath.Join("..", "dist", "v0.2.0", archiveName))
			return errors.Join(err, os.WriteFile(filepath.Join(dir, archiveName), data, 0o644))
		},
	}
	for name, change := range damage {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "release")
			if err := errors.Join(os.CopyFS(dir, os.DirFS(release)), change(dir)); err != nil {
				t.Fatal(err)
			}
			if _, _, _, err := Sources(t.Context(), dir); !errors.Is(err, ErrNoRelease) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}
