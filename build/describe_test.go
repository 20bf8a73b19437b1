package build

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stemma/build/descriptor"
	"stemma/internal/dataset"
)

// What is read back of a release is what its documents were made from: the same
// statements for DuckDB, and the same overview.
func TestDescribe(t *testing.T) {
	for _, dir := range []string{smallRelease(t), modelRelease(t)} {
		d, err := Describe(t.Context(), dir)
		must(t, err)
		if diff := cmp.Diff(string(readFile(t, filepath.Join(dir, "load.sql"))), string(descriptor.LoadSQL(d, descriptor.Views))); diff != "" {
			t.Errorf("-load.sql +described:\n%s", diff)
		}
		heading, _, _ := bytes.Cut(descriptor.Overview(d), []byte("\n## Tables\n"))
		if readme := readFile(t, filepath.Join(dir, "README.md")); len(heading) < 50 || !bytes.HasPrefix(readme, heading) {
			t.Errorf("the readme begins otherwise than the overview:\n%s", heading)
		}
	}
}

// Releases from before there were documents are described too.
func TestDescribePublished(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join("..", "dist", "v*"))
	must(t, err)
	if len(dirs) < 2 {
		t.Fatal("no releases")
	}
	for _, dir := range dirs {
		d, err := Describe(t.Context(), dir)
		must(t, err)
		claims := d.Tables[slices.IndexFunc(d.Tables, func(t descriptor.Table) bool { return t.Name == "claims" })]
		if claims.Rows == 0 || len(claims.ForeignKeys) < 5 || claims.Columns[0].Description == "" {
			t.Errorf("%s: claims are described as %+v", dir, claims)
		}
		for _, column := range claims.Columns {
			if column.Name == questionColumn && filepath.Base(dir) == "v0.1.0" {
				t.Error("v0.1.0 has no questions")
			}
		}
	}
}

func TestDescribeTablesOfAnother(t *testing.T) {
	snap, _, m, err := Sources(t.Context(), modelRelease(t))
	must(t, err)
	planned, err := plannedContent(snap)
	must(t, err)
	other := *m
	other.Tables = slices.DeleteFunc(slices.Clone(m.Tables), func(t Table) bool { return t.Name == "actors" || t.Name == "disagreement" })
	for i := range other.Tables {
		other.Tables[i].Columns = slices.DeleteFunc(slices.Clone(other.Tables[i].Columns), func(c Column) bool { return c.Name == "id" })
	}
	other.Tables = append(other.Tables, Table{Name: "new", Kind: dataset.KindComputed, Rows: 7, Columns: []Column{{Name: "id", Type: "int64"}}})
	for _, plan := range []*content{planned, nil} {
		tables := other.describeTables(plan)
		last := tables[len(tables)-1]
		if want := (descriptor.Table{Name: "new", Rows: 7, Columns: []descriptor.Column{{Name: "id", Type: "int64"}}, ForeignKeys: nil}); cmp.Diff(want, last) != "" {
			t.Errorf("a table that is not planned: %s", cmp.Diff(want, last))
		}
		d := &descriptor.Description{Dataset: descriptor.Dataset{Name: "x", Version: "1.0.0"}, Tables: tables}
		for _, f := range m.Files {
			d.Files = append(d.Files, descriptor.File{Path: f.Path, SHA256: f.SHA256})
		}
		d.Files = append(d.Files, descriptor.File{Path: "tables/new.parquet", SHA256: m.Files[0].SHA256})
		must(t, d.Check()) // no key leads to what is not there
		for _, table := range tables {
			if table.Name == "claims" && table.PrimaryKey != nil {
				t.Errorf("the key of claims is %q, which is no column", table.PrimaryKey)
			}
		}
	}
}

func TestDescribeWhatIsNoRelease(t *testing.T) {
	if _, err := Describe(t.Context(), t.TempDir()); !errors.Is(err, ErrNoRelease) {
		t.Errorf("an empty folder: %v", err)
	}
	dir := copyTree(t, smallRelease(t))
	must(t, os.Remove(filepath.Join(dir, archiveName)))
	if _, err := Describe(t.Context(), dir); !errors.Is(err, ErrNoRelease) {
		t.Errorf("no sources: %v", err)
	}
}
