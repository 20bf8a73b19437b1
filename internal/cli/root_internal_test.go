package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func run(ctx context.Context, t *testing.T, stdout io.Writer, args ...string) (status int, stderr string) {
	t.Helper()
	var log bytes.Buffer
	a := &App{Stdout: stdout, Stderr: &log, Getenv: func(string) string { return "" }}
	return a.Run(ctx, args), log.String()
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestRunSaysThatAReportIsLost(t *testing.T) {
	status, log := run(t.Context(), t, brokenWriter{}, "--help")
	if want := "stemma: the report could not be written: the disk is full\n"; status != ExitFailure || log != want {
		t.Errorf("status %d, log %q; want %d, %q", status, log, ExitFailure, want)
	}
}

func TestRunInterruptedBeforeItBegins(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"validate"}, {"fmt", "--check"}, {"build", "--out", t.TempDir()}} {
		var out bytes.Buffer
		status, log := run(ctx, t, &out, append([]string{"-C", "testdata/dataset"}, args...)...)
		if status != ExitFailure || !strings.Contains(log, "interrupted") || out.Len() > 0 {
			t.Errorf("%v: status %d, log %q, report %q", args, status, log, &out)
		}
	}
}

// TestMessagesAreHarmless is about names that come from a hostile folder or
// command line.
func TestMessagesAreHarmless(t *testing.T) {
	var out bytes.Buffer
	status, log := run(t.Context(), t, &out, "-C", "testdata/dataset", "validate", "a\x1b]0;title\a\u202e\xff.json")
	want := "stemma: a\\u{1b}]0;title\\u{7}\\u{202e}\ufffd.json does not exist\n"
	if status != ExitUsage || log != want {
		t.Errorf("status %d, log %q; want %d, %q", status, log, ExitUsage, want)
	}
}
