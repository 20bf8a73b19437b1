package delta

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// randomRelease gives some tables; the next state of a release may have lost
// some of them and got others.
func randomRelease(r *rand.Rand) []table {
	var out []table
	for i := range 4 {
		if r.IntN(5) > 0 {
			out = append(out, randomTable(r, fmt.Sprintf("table_%d", i)))
		}
	}
	return out
}

func nextRelease(r *rand.Rand, tables []table) []table {
	var out []table
	for i := range 4 {
		name := fmt.Sprintf("table_%d", i)
		at := slices.IndexFunc(tables, func(t table) bool { return t.name == name })
		switch {
		case r.IntN(8) == 0:
		case at < 0 || r.IntN(8) == 0:
			out = append(out, randomTable(r, name))
		default:
			out = append(out, tables[at].mutate(r))
		}
	}
	return out
}

// For random releases: the older one and the delta make the newer one, cell by
// cell; so do deltas in a row; Verify agrees; and equal releases give equal bytes.
func TestOldAndDeltaMakeNew(t *testing.T) {
	t.Parallel() // it mostly waits for the disk
	seeds := 5   // most of the time goes into bringing files to the disk
	if testing.Short() {
		seeds = 2
	}
	var seen Table
	for seed := range seeds {
		r := rand.New(rand.NewPCG(1, uint64(seed)))
		first := randomRelease(r)
		states := [][]table{first}
		for range 2 {
			states = append(states, nextRelease(r, states[len(states)-1]))
		}
		var dirs []string
		for i, tables := range states {
			dirs = append(dirs, writeRelease(t, fmt.Sprintf("0.%d.0", i+1), tables...))
		}
		made := dirs[0]
		for i := range 2 {
			d, to := write(t, dirs[i], dirs[i+1])
			if problems := verify(t, to, dirs[i], dirs[i+1]); len(problems) > 0 {
				t.Fatalf("seed %d: %v", seed, problems)
			}
			if i == 0 {
				if _, again := write(t, dirs[i], dirs[i+1]); !sameFiles(t, to, again) {
					t.Fatalf("seed %d: two deltas of the same releases differ", seed)
				}
			}
			made = rebuilt(t, made, to, d)
			for _, tab := range d.Tables {
				if got, want := contents(t, made, tab.Name), contents(t, dirs[i+1], tab.Name); got != want {
					t.Fatalf("seed %d: %s of release %d is made as\n%s\nand is\n%s", seed, tab.Name, i+1, got, want)
				}
				checkCounts(t, &tab, states[i], states[i+1])
				seen.Added += tab.Added
				seen.Removed += tab.Removed
				seen.Changed += tab.Changed
				seen.ChangedInBoth += tab.ChangedInBoth
				seen.Unchanged += tab.Unchanged
				seen.Moved += tab.Moved
			}
		}
	}
	if min(seen.Added, seen.Removed, seen.Changed-seen.ChangedInBoth, seen.ChangedInBoth, seen.Unchanged, seen.Moved) < int64(seeds) {
		t.Errorf("the random tables do not have all that can happen: %+v", seen)
	}
}

// checkCounts compares the numbers of a keyed table with those that a plain
// reading of the rules gives.
func checkCounts(t *testing.T, got *Table, before, after []table) {
	t.Helper()
	find := func(in []table) *table {
		if i := slices.IndexFunc(in, func(t table) bool { return t.name == got.Name }); i >= 0 {
			return &in[i]
		}
		return nil
	}
	old, now := find(before), find(after)
	if old == nil || now == nil || !slices.Equal(got.Key, []string{"id"}) {
		return
	}
	cells := func(t *table) map[string]map[string]string {
		out := map[string]map[string]string{}
		for _, row := range t.rows {
			m, id := map[string]string{}, ""
			for i, c := range t.columns {
				if c.Name == "id" {
					id = fmt.Sprintf("%#v", row[i])
				}
				if row[i] != nil {
					m[fmt.Sprint(c.Name, c.Type)] = fmt.Sprintf("%#v", row[i])
				}
			}
			out[id] = m
		}
		return out
	}
	was, is := cells(old), cells(now)
	var want Table
	for id, row := range is {
		switch other, ok := was[id]; {
		case !ok:
			want.Added++
		case fmt.Sprint(row) != fmt.Sprint(other):
			want.Changed++
		default:
			want.Unchanged++
		}
	}
	want.Removed = int64(len(was)) - want.Changed - want.Unchanged
	if got.Added != want.Added || got.Changed != want.Changed || got.Removed != want.Removed || got.Unchanged != want.Unchanged {
		t.Errorf("%+v, want the numbers of %+v", got, want)
	}
}

func sameFiles(t *testing.T, a, b string) bool {
	t.Helper()
	read := func(dir string) string {
		var out string
		for _, pattern := range []string{"*", "tables/*.*"} {
			files, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				if info, err := os.Stat(file); err != nil || info.IsDir() {
					continue
				}
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				out += fmt.Sprintf("%s %d %s", filepath.Base(file), len(data), data)
			}
		}
		return out
	}
	return read(a) == read(b)
}
