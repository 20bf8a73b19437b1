package export

import (
	"strings"
	"testing"

	"stemma/build/descriptor"
	"stemma/internal/golden"
)

// described is a release whose every text tries to be a statement, or a command
// of DuckDB's program.
func described() *descriptor.Description {
	const evil = "x'; DROP TABLE \"things\"; --\n.shell touch pwned\n\x1b[31m"
	return &descriptor.Description{
		Dataset: descriptor.Dataset{Name: "things", Version: "1.0.0", Title: evil, Description: evil, Citation: evil},
		Tables: []descriptor.Table{
			{Name: "größen-2", Description: evil, Rows: 2, Columns: []descriptor.Column{{Name: evil + `"; SELECT 1; "`, Type: "utf8", Description: evil}}},
			{Name: "things", Kind: "thing", Columns: []descriptor.Column{{Name: "id", Type: "int64"}}},
		},
	}
}

func TestDuckDB(t *testing.T) {
	golden.Check(t, "testdata/hostile.sql", DuckDB(described()))
}

func TestDatasetCard(t *testing.T) {
	d := described()
	golden.Check(t, "testdata/hostile-card.md", DatasetCard(d, nil))
	front := string(descriptor.DatasetCard(d))
	if got, want := string(DatasetCard(d, []byte("# Mine\n"))), front+"\n# Mine\n"; got != want || !strings.HasSuffix(front, "\n---\n") {
		t.Errorf("with a readme it is %q, want %q", got, want)
	}
}
