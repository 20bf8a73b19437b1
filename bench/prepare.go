package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"stemma/bench/generate"
)

// The tasks.
const (
	taskValidateLines = "validate, one .jsonl file"
	taskValidateFiles = "validate, one file for each record"
	taskBuild         = "JSON to Parquet, one .jsonl file"
)

// bench is one benchmark: datasets, contenders and what was found.
type bench struct {
	options
	repository, work string
	say              func(format string, args ...any)

	records    int // of all kinds in a dataset
	contenders []*contender
}

// dataset is the folder of the dataset of a layout.
func (b *bench) dataset(l generate.Layout) string { return filepath.Join(b.work, string(l)) }

func (b *bench) layouts() []generate.Layout {
	if b.layout == "both" {
		return []generate.Layout{generate.Lines, generate.Files}
	}
	return []generate.Layout{generate.Layout(b.layout)}
}

// generate writes the datasets in processes of their own, see timed.
func (b *bench) generate() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for _, l := range b.layouts() {
		cmd := exec.Command(self, "generate", "-n", strconv.Itoa(b.n), "-seed", strconv.FormatUint(b.seed, 10), "-layout", string(l), b.dataset(l))
		cmd.Dir = b.repository
		s, out, err := timed(cmd)
		if err != nil {
			return err
		}
		if b.records, err = strconv.Atoi(strings.TrimSpace(string(out))); err != nil {
			return err
		}
		b.say("generated %d records (%s) in %.1f s", b.records, l, s.wall.Seconds())
	}
	return nil
}

// prepare lists the contenders, stemma and its peers in turn, and makes ready
// what they need; that is not measured.
func (b *bench) prepare() {
	stemma, stemmaErr := b.prepareStemma()
	for _, l := range b.layouts() {
		validate := b.ajv(l)
		if l == generate.Lines {
			duck := b.duckDB()
			b.contenders = append(b.contenders, b.stemmaValidate(stemma, stemmaErr, l), validate, b.stemmaBuild(stemma, stemmaErr), duck)
			continue
		}
		b.contenders = append(b.contenders, b.stemmaValidate(stemma, stemmaErr, l), validate)
	}
}

func (b *bench) measure() int {
	n := rounds(b.contenders, b.runs, b.limit, b.started)
	if n < b.runs {
		b.say("only %d of %d rounds fit into %s", n, b.runs, b.limit)
	}
	return n
}

// complete tells whether everything was measured.
func (b *bench) complete() bool {
	for _, c := range b.contenders {
		if c.skip != nil {
			return false
		}
	}
	return true
}

func (b *bench) prepareStemma() (string, error) {
	if b.binary != "" {
		return filepath.Abs(b.binary)
	}
	out := filepath.Join(b.work, "stemma")
	cmd := exec.Command("go", "build", "-o", out, "./cmd/stemma")
	cmd.Dir = b.repository
	b.say("building stemma")
	_, _, err := timed(cmd)
	return out, err
}

func taskOf(l generate.Layout) string {
	if l == generate.Files {
		return taskValidateFiles
	}
	return taskValidateLines
}

func (b *bench) stemmaValidate(program string, skip error, l generate.Layout) *contender {
	return &contender{name: "stemma validate", task: taskOf(l), skip: skip,
		cmd: func() *exec.Cmd {
			cmd := exec.Command(program, "validate", "--format", "json")
			cmd.Dir = b.dataset(l)
			return cmd
		},
		after: func(stdout []byte) error {
			var report struct {
				Summary struct{ Records, Errors, Warnings int }
			}
			if err := json.Unmarshal(stdout, &report); err != nil {
				return fmt.Errorf("the report of stemma validate: %w", err)
			}
			if s := report.Summary; s.Records != b.records || s.Errors+s.Warnings > 0 {
				return fmt.Errorf("stemma validate found %d records, %d errors and %d warnings in %d good records", s.Records, s.Errors, s.Warnings, b.records)
			}
			return nil
		}}
}

func (b *bench) stemmaBuild(program string, skip error) *contender {
	out := filepath.Join(b.work, "dist")
	return &contender{name: "stemma build", task: taskBuild, skip: skip,
		before: func() error { return os.RemoveAll(out) },
		cmd: func() *exec.Cmd {
			cmd := exec.Command(program, "build", "--out", out)
			cmd.Dir = b.dataset(generate.Lines)
			return cmd
		},
		after: func([]byte) error {
			tables, err := filepath.Glob(filepath.Join(out, "*", "tables", "claims.parquet"))
			if err == nil && len(tables) != 1 {
				err = errors.New("stemma build wrote no claims.parquet")
			}
			return err
		}}
}

// duckDB copies the claims to Parquet in the Python environment that the tests
// with other people's readers use.
func (b *bench) duckDB() *contender {
	c := &contender{name: "DuckDB", task: taskBuild, peer: true}
	python := b.python
	if python == "" {
		python, c.skip = b.interopPython()
	}
	if c.skip == nil {
		var version []byte
		_, version, c.skip = timed(exec.Command(python, "-c", "import duckdb; print(duckdb.__version__)"))
		c.name += " " + strings.TrimSpace(string(version))
	}
	out := filepath.Join(b.work, "claims.parquet")
	script := filepath.Join(b.repository, "bench", "peers", "duckdb_copy.py")
	input := filepath.Join(b.dataset(generate.Lines), "records", "claims", "claims.jsonl")
	c.before = func() error { return os.RemoveAll(out) }
	c.cmd = func() *exec.Cmd { return exec.Command(python, script, input, out) }
	c.after = func(stdout []byte) error { return expectCount(stdout, b.n) }
	return c
}

// interopPython asks interop/run for the interpreter of its environment, which
// that makes if need be: versions are pinned in one place only.
func (b *bench) interopPython() (string, error) {
	if err := missing("python3"); err != nil {
		return "", err
	}
	script := filepath.Join(b.repository, "interop", "run")
	if err := fileExists(script); err != nil {
		return "", err
	}
	const ask = "import runpy, sys; sys.dont_write_bytecode = True; print(runpy.run_path(sys.argv[1])['prepare']())"
	_, out, err := timed(exec.Command("python3", "-c", ask, script))
	return strings.TrimSpace(string(out)), err
}

// ajv validates the same claims with a validator that ajv compiled before.
func (b *bench) ajv(l generate.Layout) *contender {
	c := &contender{name: "ajv", task: taskOf(l), peer: true}
	compiled := filepath.Join(b.work, "claim-validator.cjs")
	peers := filepath.Join(b.repository, "bench", "peers")
	node := func(args ...string) *exec.Cmd {
		cmd := exec.Command("node", args...)
		cmd.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(b.repository, "bench", "node_modules"))
		return cmd
	}
	c.skip = b.installAjv()
	if c.skip == nil {
		var version []byte
		_, version, c.skip = timed(node(filepath.Join(peers, "ajv_compile.cjs"), filepath.Join(b.repository, "schema"), compiled))
		c.name += " " + strings.TrimSpace(string(version))
	}
	input := filepath.Join(b.dataset(l), "records", "claims")
	c.cmd = func() *exec.Cmd { return node(filepath.Join(peers, "ajv_validate.cjs"), compiled, input) }
	c.after = func(stdout []byte) error { return expectCount(stdout, b.n) }
	return c
}

// installAjv installs what package-lock.json pins, once.
func (b *bench) installAjv() error {
	if err := missing("node", "npm"); err != nil {
		return err
	}
	dir := filepath.Join(b.repository, "bench")
	installed, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json"))
	locked, lockErr := os.Stat(filepath.Join(dir, "package-lock.json"))
	if err == nil && lockErr == nil && !locked.ModTime().After(installed.ModTime()) {
		return nil
	}
	cmd := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	cmd.Dir = dir
	b.say("installing ajv")
	_, _, err = timed(cmd)
	return err
}

// expectCount checks the number that a peer prints at its end.
func expectCount(stdout []byte, want int) error {
	got, err := strconv.Atoi(strings.TrimSpace(string(stdout)))
	if err == nil && got != want {
		err = fmt.Errorf("it took %d claims for good, not %d", got, want)
	}
	return err
}
