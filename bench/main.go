package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"stemma/bench/generate"
)

const (
	exitOK         = 0
	exitIncomplete = 1
	exitUsage      = 2
	exitIO         = 3
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "generate" {
		os.Exit(generateOnly(os.Args[2:], os.Stdout, os.Stderr))
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// options of a run.
type options struct {
	n       int
	seed    uint64
	layout  string
	runs    int
	limit   time.Duration // no round begins that would end later
	binary  string        // the stemma to measure; empty: built from the repository
	python  string        // an interpreter with DuckDB; empty: that of interop/run
	started time.Time
}

func parse(args []string, stderr io.Writer) (options, error) {
	o := options{started: time.Now()}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&o.n, "n", 100_000, "number of claims")
	flags.Uint64Var(&o.seed, "seed", 1, "seed of the records")
	flags.StringVar(&o.layout, "layout", "both", "files of records: jsonl, files or both")
	flags.IntVar(&o.runs, "runs", 3, "rounds; the median counts")
	flags.DurationVar(&o.limit, "limit", 110*time.Second, "begin no further round that would end later than this after the start")
	flags.StringVar(&o.binary, "stemma", "", "measure this `program` instead of building ./cmd/stemma")
	flags.StringVar(&o.python, "python", "", "Python `interpreter` that has DuckDB, instead of that of interop/run")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	var problem error
	switch {
	case flags.NArg() > 0:
		problem = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case o.n < generate.MinClaims:
		problem = fmt.Errorf("-n must be at least %d", generate.MinClaims)
	case o.runs < 1:
		problem = errors.New("-runs must be at least 1")
	case o.layout != "both" && o.layout != string(generate.Lines) && o.layout != string(generate.Files):
		problem = fmt.Errorf("-layout must be jsonl, files or both, not %q", o.layout)
	}
	if problem != nil {
		fmt.Fprintf(stderr, "bench: %v\n", problem)
	}
	return o, problem
}

func run(args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if err != nil {
		return exitUsage
	}
	complete, err := benchmark(o, stdout, stderr)
	switch {
	case err != nil:
		fmt.Fprintf(stderr, "bench: %v\n", err)
		return exitIO
	case !complete:
		return exitIncomplete
	}
	return exitOK
}

// benchmark prepares everything, measures it in rounds, and prints the report.
// It tells whether nothing was left out.
func benchmark(o options, stdout, stderr io.Writer) (complete bool, err error) {
	repository, err := findRepository()
	if err != nil {
		return false, err
	}
	work, err := os.MkdirTemp("", "stemma-bench-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	say := func(format string, args ...any) { fmt.Fprintf(stderr, "bench: "+format+"\n", args...) }

	b := &bench{options: o, repository: repository, work: work, say: say}
	if err := b.generate(); err != nil {
		return false, err
	}
	b.prepare()
	rounds := b.measure()
	b.report(stdout, rounds)
	return b.complete(), nil
}

func generateOnly(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("bench generate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	n := flags.Int("n", 100_000, "number of claims")
	seed := flags.Uint64("seed", 1, "seed of the records")
	layout := flags.String("layout", string(generate.Lines), "files of records: jsonl or files")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case err != nil:
		return exitUsage
	case flags.NArg() != 1:
		fmt.Fprintln(stderr, "bench generate: name one folder to make")
		return exitUsage
	}
	repository, err := findRepository()
	if err == nil {
		var counts generate.Counts
		counts, err = generate.Write(flags.Arg(0), generate.Options{Claims: *n, Seed: *seed, Layout: generate.Layout(*layout), Repository: repository})
		if err == nil {
			fmt.Fprintln(stdout, strconv.Itoa(counts.Records)) // read by the benchmark itself
			return exitOK
		}
	}
	fmt.Fprintf(stderr, "bench generate: %v\n", err)
	return exitIO
}

// findRepository walks up to the folder of go.mod.
func findRepository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("run this inside stemma's repository")
		}
		dir = up
	}
}
