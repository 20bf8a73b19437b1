package delta

import (
	"context"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"stemma/internal/golden"
)

var published = []string{"0.1.0", "0.2.0"}

func publishedDir(version string) string {
	return filepath.Join("..", "..", "dist", "v"+version)
}

// The releases of this repository, each with each. Verify makes each table again.
func TestPublishedReleases(t *testing.T) {
	t.Parallel() // it mostly waits for the disk
	for _, from := range published {
		for _, to := range published {
			old, now := publishedDir(from), publishedDir(to)
			d, dir := write(t, old, now)
			if problems := verify(t, dir, old, now); len(problems) > 0 {
				t.Errorf("%s: %v", Name(from, to), problems)
			}
			if from < to {
				checkGolden(t, d)
			} else if from > to {
				checkKeys(t, d)
			}
			for _, tab := range d.Tables {
				if len(tab.Key) == 0 {
					t.Errorf("%s: the table %s has no key", Name(from, to), tab.Name)
				}
				if from == to && tab.Added+tab.Changed+tab.Removed+tab.Moved+int64(len(tab.Files)) > 0 {
					t.Errorf("%s differs from itself: %+v", from, tab)
				}
			}
		}
	}
}

func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	to := filepath.Join(t.TempDir(), "delta")
	if _, err := Write(ctx, publishedDir("0.1.0"), publishedDir("0.2.0"), to); err == nil {
		t.Error("a stopped Write ended well")
	}
	if files, err := filepath.Glob(to + "*"); err != nil || len(files) > 0 {
		t.Errorf("a stopped Write left %v, %v", files, err)
	}
}

// What Verify compares with is part of the format: who changes it gives that a
// new number. Digests of files may change with the writer of Parquet.
func checkGolden(t *testing.T, d *Delta) {
	t.Helper()
	data, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/v0.1.0..v0.2.0.json", data)
	golden.Check(t, "testdata/v0.1.0..v0.2.0.md", d.readme())
	parsed, err := Parse(data)
	if err != nil || !reflect.DeepEqual(parsed, d) {
		t.Errorf("what is read is not what was written: %v", err)
	}
}

func checkKeys(t *testing.T, d *Delta) {
	t.Helper()
	for table, want := range map[string]string{
		"claims":                      "id",
		"source_lineage":              "source_id lineage_ordinal",
		"event_accounts_participants": "event_id accounts_ordinal participants_ordinal",
		"disagreement":                "question_id",
		"question_claims":             "question_id claim_key derivation",
		"sensitivity":                 "tolerance corroboration_ratio",
		"measure_statistics":          "measure",
	} {
		if got := strings.Join(d.Table(table).Key, " "); got != want {
			t.Errorf("the key of %s is %q, want %q", table, got, want)
		}
	}
}
