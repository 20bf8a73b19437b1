package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The test program is also the programs that it measures: childMode says which.
const childMode = "STEMMA_BENCH_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childMode) {
	case "":
		os.Exit(m.Run())
	case "nothing":
	case "memory":
		block := bytes.Repeat([]byte{1}, 128<<20)
		fmt.Println(len(block))
	case "sleep":
		time.Sleep(60 * time.Millisecond)
	case "fail":
		fmt.Fprintln(os.Stderr, "one\ntwo\nthree\nfour")
		os.Exit(4)
	case "stemma":
		os.Exit(pretend(os.Args[1:]))
	}
}

// pretend behaves like stemma as far as the benchmark looks.
func pretend(args []string) int {
	switch args[0] {
	case "generate":
		return generateOnly(args[1:], os.Stdout, os.Stderr)
	case "validate":
		n := 0
		for _, pattern := range []string{"*.jsonl", "*.json"} {
			names, _ := filepath.Glob(filepath.Join("records", "*", pattern))
			for _, name := range names {
				data, _ := os.ReadFile(name)
				if pattern == "*.json" {
					data = []byte("\n")
				}
				n += bytes.Count(data, []byte("\n"))
			}
		}
		fmt.Printf(`{"schema_version": 1, "summary": {"files": 1, "records": %d, "errors": 0, "warnings": 0}, "diagnostics": []}`, n)
	case "build":
		tables := filepath.Join(args[2], "v0", "tables")
		if os.MkdirAll(tables, 0o755) != nil || os.WriteFile(filepath.Join(tables, "claims.parquet"), []byte("x"), 0o644) != nil {
			return 3
		}
	}
	return 0
}

func child(t *testing.T, mode string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childMode+"="+mode)
	return cmd
}

func TestTimed(t *testing.T) {
	small, _, err := timed(child(t, "nothing"))
	if err != nil {
		t.Fatal(err)
	}
	large, out, err := timed(child(t, "memory"))
	if err != nil || strings.TrimSpace(string(out)) != "134217728" {
		t.Fatalf("%q, %v", out, err)
	}
	if grown := large.peak - small.peak; small.peak <= 0 || grown < 100<<20 || grown > 400<<20 {
		t.Errorf("peaks of %d and %d bytes for programs that differ by 128 MiB", small.peak, large.peak)
	}
	if s, _, err := timed(child(t, "sleep")); err != nil || s.wall < 60*time.Millisecond {
		t.Errorf("%v for a program that sleeps 60 ms, %v", s.wall, err)
	}
	if _, _, err := timed(child(t, "fail")); err == nil || !strings.HasSuffix(err.Error(), "exit status 4: two / three / four") {
		t.Errorf("a program that fails: %v", err)
	}
}

func TestRoundsInterleave(t *testing.T) {
	var order []string
	program := func(name, mode string) *contender {
		return &contender{name: name, before: func() error { order = append(order, name); return nil }, cmd: func() *exec.Cmd { return child(t, mode) }}
	}
	a, b, failing := program("a", "nothing"), program("b", "sleep"), program("c", "fail")
	absent := &contender{name: "d", skip: errors.New("not installed")}
	list := []*contender{a, b, failing, absent}
	if n := rounds(list, 3, time.Hour, time.Now()); n != 3 {
		t.Errorf("%d rounds, not 3", n)
	}
	if want := []string{"a", "b", "c", "a", "b", "a", "b"}; !slices.Equal(order, want) {
		t.Errorf("the order was %v, not %v", order, want)
	}
	if len(a.samples) != 3 || len(b.samples) != 3 || failing.skip == nil || (&bench{contenders: list}).complete() {
		t.Errorf("%d and %d samples, %v", len(a.samples), len(b.samples), failing.skip)
	}
	if n := rounds([]*contender{b}, 3, 10*time.Millisecond, time.Now()); n != 1 {
		t.Errorf("%d rounds within a limit that one exceeds", n)
	}
}

func TestWrongResultIsNoMeasurement(t *testing.T) {
	c := &contender{cmd: func() *exec.Cmd { return child(t, "nothing") }, after: func(out []byte) error { return expectCount(out, 5) }}
	c.once()
	if c.skip == nil || len(c.samples) > 0 {
		t.Errorf("a program that counted nothing was measured")
	}
	for out, good := range map[string]bool{"5\n": true, "4": false, "": false, "many": false} {
		if err := expectCount([]byte(out), 5); (err == nil) != good {
			t.Errorf("%q: %v", out, err)
		}
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		list []time.Duration
		want time.Duration
	}{{[]time.Duration{3}, 3}, {[]time.Duration{9, 1, 5}, 5}, {[]time.Duration{7, 2}, 2}, {[]time.Duration{4, 3, 2, 1}, 2}} {
		if got := median(c.list); got != c.want {
			t.Errorf("median of %v is %d, not %d", c.list, got, c.want)
		}
	}
}

func TestTables(t *testing.T) {
	at := func(seconds, mib int) []sample {
		return []sample{{time.Duration(seconds) * time.Second, 2 * time.Duration(seconds) * time.Second, int64(mib) << 20}}
	}
	list := []*contender{
		{name: "stemma build", task: "write", samples: at(4, 300)},
		{name: "Dück 1", task: "write", peer: true, samples: at(2, 600)},
		{name: "ajv", task: "check", peer: true, samples: at(1, 50)},
		{name: "stemma validate", task: "check", skip: errors.New("broken")},
	}
	var out bytes.Buffer
	writeTable(&out, figures(list, 1000))
	writeTable(&out, append([][]string{{"pair", "task", "speed", "memory"}}, ratios(list)...))
	const want = `| program      | task  | claims/s | wall s | CPU s | peak MiB |
| ------------ | ----- | -------: | -----: | ----: | -------: |
| stemma build | write |      250 |   4.00 |  8.00 |      300 |
| Dück 1       | write |      500 |   2.00 |  4.00 |      600 |
| ajv          | check |     1000 |   1.00 |  2.00 |       50 |
| pair                  | task  | speed | memory |
| --------------------- | ----- | ----: | -----: |
| stemma build / Dück 1 | write |  0.50 |   0.50 |
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

// TestWithoutPeers runs everything against a program that pretends to be
// stemma, on a machine without node and without DuckDB.
func TestWithoutPeers(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(childMode, "stemma")
	t.Setenv("PATH", t.TempDir())
	t.Setenv("TMPDIR", t.TempDir())
	var stdout, stderr bytes.Buffer
	status := run([]string{"-n", "1000", "-runs", "2", "-stemma", self, "-python", "no-such-python"}, &stdout, &stderr)
	if status != exitIncomplete {
		t.Errorf("status %d: %s", status, stderr.String())
	}
	for _, want := range []string{"1000 claims in ", "median of 2", "| stemma build ", "| stemma validate ", "Not measured: ajv (validate, one .jsonl file): node is not installed", "Not measured: DuckDB"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, stdout.String())
		}
	}
	if got := strings.Count(stdout.String(), "| stemma validate "); got != 2 {
		t.Errorf("%d layouts were validated, not 2", got)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"-n", "5"}, {"-layout", "tar"}, {"-runs", "0"}, {"extra"}, {"-nonsense"}} {
		var stdout, stderr bytes.Buffer
		if status := run(args, &stdout, &stderr); status != exitUsage || stderr.Len() == 0 {
			t.Errorf("%v: status %d, %q", args, status, stderr.String())
		}
	}
	var stdout, stderr bytes.Buffer
	if status := generateOnly(nil, &stdout, &stderr); status != exitUsage {
		t.Errorf("generate without a folder: status %d", status)
	}
	if status := run([]string{"-h"}, &stdout, &stderr); status != exitOK {
		t.Errorf("-h: status %d", status)
	}
}
