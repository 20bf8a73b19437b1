package generate

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Layout says how records are spread over files.
type Layout string

// The two layouts. Records, their order and their values are the same in both.
const (
	Lines Layout = "jsonl" // one .jsonl file for each kind
	Files Layout = "files" // one .json file for each record, one folder for each kind
)

// MinClaims is the smallest number of claims that uses every actor, place and
// measure; with fewer there would be warnings.
const MinClaims = 1000

// Options of a dataset.
type Options struct {
	Claims     int    // number of claims, at least MinClaims
	Seed       uint64 // of all choices
	Layout     Layout
	Repository string // folder that holds schema/ and policy.json, which are copied
}

// Counts of records that were written.
type Counts struct{ Claims, Records int }

// Write makes the folder dir, which must not exist, and fills it with a
// dataset.
func Write(dir string, o Options) (Counts, error) {
	if o.Claims < MinClaims {
		return Counts{}, fmt.Errorf("%d claims are too few: at least %d are needed to use every actor, place and measure", o.Claims, MinClaims)
	}
	if o.Layout != Lines && o.Layout != Files {
		return Counts{}, fmt.Errorf("unknown layout %q: use %s or %s", o.Layout, Lines, Files)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return Counts{}, err
	}
	if err := copySchemas(dir, o.Repository); err != nil {
		return Counts{}, err
	}
	if err := os.WriteFile(filepath.Join(dir, "dataset.json"), []byte(config()), 0o644); err != nil {
		return Counts{}, err
	}
	out := newWriter(dir, o.Layout)
	newWorld(o.Claims, o.Seed).write(out)
	return Counts{Claims: o.Claims, Records: out.records}, out.close()
}

// kinds lists the kinds and their tables, in the order of dataset.json.
var kinds = [][2]string{
	{"source", "sources"}, {"actor", "actors"}, {"place", "places"},
	{"measure", "measures"}, {"event", "events"}, {"claim", "claims"},
}

// config gives the text of dataset.json.
func config() string {
	var list []string
	for _, k := range kinds {
		list = append(list, fmt.Sprintf(`    {
      "kind": %q,
      "schema": "schema/%s.schema.json",
      "folder": "records/%s",
      "table": %q,
      "id": "id"
    }`, k[0], k[0], k[1], k[1]))
	}
	return `{
  "$schema": "schema/dataset.schema.json",
  "name": "stemma-bench",
  "title": "Invented claims for measuring",
  "description": "Made by a seeded program. Nobody and nothing in these records exists.",
  "version": "0.1.0-dev",
  "released_on": null,
  "licence": {
    "name": "CC0-1.0",
    "title": "Creative Commons Zero 1.0",
    "url": "https://creativecommons.org/publicdomain/zero/1.0/"
  },
  "language": "en",
  "model": "stemma",
  "policy": "policy.json",
  "schema_folder": "schema",
  "kinds": [
` + strings.Join(list, ",\n") + `
  ]
}
`
}

func copySchemas(dir, repository string) error {
	names, err := filepath.Glob(filepath.Join(repository, "schema", "*.schema.json"))
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("%s has no schema folder: name stemma's repository", repository)
	}
	if err := os.Mkdir(filepath.Join(dir, "schema"), 0o755); err != nil {
		return err
	}
	for _, name := range append(names, filepath.Join(repository, "policy.json")) {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(repository, name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, relative), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// random makes the choices.
type random struct{ *rand.Rand }

func newRandom(seed uint64) random {
	return random{rand.New(rand.NewPCG(seed, 0x7374656d6d61))}
}

// chance is true in the given per cent of cases.
func (r random) chance(percent int) bool { return r.IntN(100) < percent }

// between gives an integer from low to high, both included.
func (r random) between(low, high int) int { return low + r.IntN(high-low+1) }

// pick gives one of several.
func pick[T any](r random, list []T) T { return list[r.IntN(len(list))] }

// pool hands out members of a list: first each of them once, in order, so that
// none stays unused; then the first ones more often, as names in the news are.
type pool[T any] struct {
	list []T
	next int
}

// used tells whether each member was handed out.
func (p *pool[T]) used() bool { return p.next == len(p.list) }

func (p *pool[T]) take(r random) T {
	if !p.used() {
		p.next++
		return p.list[p.next-1]
	}
	return p.list[min(r.IntN(len(p.list)), r.IntN(len(p.list)))]
}
