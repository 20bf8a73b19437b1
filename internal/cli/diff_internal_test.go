package cli

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
)

func TestDiffWithoutGit(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var out bytes.Buffer
	status, log := run(t.Context(), t, &out, "-C", "testdata/dataset", "diff", "main", ".")
	if status != ExitUsage || !strings.Contains(log, "there is no git on the PATH") || out.Len() > 0 {
		t.Errorf("status %d, log %q, report %q", status, log, &out)
	}
}

func TestDiffRefusesHostileRevisions(t *testing.T) {
	for _, name := range []string{"--output=x", "-", "a\nb", "a\x1b[31m", "\xff", "a\u202eb"} {
		var out bytes.Buffer
		status, log := run(t.Context(), t, &out, "-C", "testdata/dataset", "diff", "--", name, ".")
		if status != ExitUsage || !strings.Contains(log, "can be neither a folder nor a revision") || out.Len() > 0 {
			t.Errorf("%q: status %d, log %q, report %q", name, status, log, &out)
		}
	}
}

func TestDiffInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, old := range []string{".", "../../../../dist/v0.1.0", "HEAD"} {
		var out bytes.Buffer
		status, log := run(ctx, t, &out, "-C", "testdata/dataset", "diff", old, ".")
		if status != ExitFailure || !strings.Contains(log, "interrupted") || out.Len() > 0 {
			t.Errorf("%s: status %d, log %q, report %q", old, status, log, &out)
		}
	}
}

// TestWriteBlobStaysInside is about trees that no honest git makes: a link, and
// a file below it.
func TestWriteBlobStaysInside(t *testing.T) {
	outside := t.TempDir()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := writeBlob(root, blob{name: "records", link: true}, strings.NewReader(outside)); err != nil {
		t.Fatal(err)
	}
	if err := writeBlob(root, blob{name: "records/a.json"}, strings.NewReader("{}")); err == nil {
		t.Error("a file was written through a link")
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) > 0 {
		t.Errorf("outside there is %v (%v)", left, err)
	}
}
