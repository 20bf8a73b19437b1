package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stemma/internal/cli"
)

// TestInterruptedBuild stops a build in the middle, as Ctrl-C does, and looks at
// what is left.
func TestInterruptedBuild(t *testing.T) {
	root := filepath.Join(t.TempDir(), "large")
	if err := copyDataset(root); err != nil {
		t.Fatal(err)
	}
	var books bytes.Buffer
	for i := range 60_000 {
		fmt.Fprintf(&books, `{"id":%d,"title":"Volume %d","author":"aut-austen","tags":["a","b%d"]}`+"\n", 100+i, i, i%977)
	}
	if err := os.WriteFile(filepath.Join(root, "records", "books", "large.jsonl"), books.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "stemma", "build")
	cmd.Dir = root
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	staged := filepath.Join(root, "dist", ".building-v0.1.0", "tables", "books.parquet")
	for { // the process is in the middle once the largest table is being written
		if _, err := os.Stat(staged); err == nil {
			break
		}
		if ctx.Err() != nil {
			t.Fatal("the build did not begin to write")
		}
		time.Sleep(time.Millisecond)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != cli.ExitFailure {
		t.Fatalf("it ended with %v, want exit status %d; log:\n%s", err, cli.ExitFailure, &stderr)
	}
	if want := "stemma: interrupted; every file is as it was before, or complete\n"; !strings.HasSuffix(stderr.String(), want) || stdout.Len() > 0 {
		t.Errorf("stdout %q, stderr %q; want nothing and %q", &stdout, &stderr, want)
	}
	left, err := os.ReadDir(filepath.Join(root, "dist"))
	if err != nil {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Errorf("the interrupted build left %v", left)
	}
}
