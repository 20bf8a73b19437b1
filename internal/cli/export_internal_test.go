package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stemma/build"
)

const publishedRelease = "../../dist/v0.2.0"

// An export that fails leaves nothing behind, neither what was asked for nor
// what was there while it was made.
func TestExportIsWholeOrNothing(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "tables")
	left := func() []os.DirEntry {
		t.Helper()
		entries, err := os.ReadDir(parent)
		if err != nil {
			t.Fatal(err)
		}
		return entries
	}
	places := build.Table{Name: "places", Rows: 5}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for name, c := range map[string]struct {
		ctx    context.Context
		tables []build.Table
		fails  func(error) bool
	}{
		"interrupted":    {stopped, []build.Table{places}, func(err error) bool { return errors.Is(err, context.Canceled) }},
		"rows are gone":  {t.Context(), []build.Table{places, {Name: "actors", Rows: 1}}, func(err error) bool { return strings.Contains(err.Error(), "when it was verified") }},
		"a file is gone": {t.Context(), []build.Table{places, {Name: "gone", Rows: 1}}, func(err error) bool { return errors.Is(err, os.ErrNotExist) }},
	} {
		err := new(App).exportCSV(c.ctx, new(stages), publishedRelease, out, c.tables)
		if err == nil || !c.fails(err) {
			t.Errorf("%s: %v", name, err)
		}
		if entries := left(); len(entries) > 0 {
			t.Errorf("%s: it left %v", name, entries)
		}
	}
	if err := new(App).exportCSV(t.Context(), new(stages), publishedRelease, out, []build.Table{places}); err != nil {
		t.Fatal(err)
	}
	if entries := left(); len(entries) != 1 || entries[0].Name() != "tables" {
		t.Errorf("an export leaves %v", entries)
	}
	info, err := os.Stat(out)
	if err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("the folder has the mode %v, %v", info.Mode(), err)
	}
}

func TestInsideRelease(t *testing.T) {
	root := t.TempDir()
	release := filepath.Join(root, "v1")
	if err := os.MkdirAll(filepath.Join(release, "tables"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"manifest.json", "SHA256SUMS"} {
		if err := os.WriteFile(filepath.Join(release, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for path, inside := range map[string]bool{
		"v1": true, "v1/x": true, "v1/tables/x": true, "v1/../v1/x": true,
		"x": false, "v1.dsse.json": false, "v2/x": false, "v1/../x": false,
	} {
		if got := insideRelease(filepath.Join(root, filepath.FromSlash(path))); (got != "") != inside {
			t.Errorf("%s lies in %q", path, got)
		}
	}
}
