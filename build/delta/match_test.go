package delta

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestCounts(t *testing.T) {
	t.Parallel() // it mostly waits for the disk
	for name, c := range map[string]struct {
		old, now table
		want     Table // its numbers
	}{
		"a new column that is empty": {
			table{columns: text("id"), rows: [][]any{{"1"}, {"2"}}},
			table{columns: text("id", "x"), rows: [][]any{{"1", nil}, {"2", nil}}},
			Table{Unchanged: 2},
		},
		"a new column with one value": {
			table{columns: text("id"), rows: [][]any{{"1"}, {"2"}}},
			table{columns: text("id", "x"), rows: [][]any{{"1", nil}, {"2", "b"}}},
			Table{Unchanged: 1, Changed: 1},
		},
		"a new column, and another change": {
			table{columns: text("id", "a"), rows: [][]any{{"1", "a"}, {"2", "a"}}},
			table{columns: text("id", "x", "a"), rows: [][]any{{"1", "x", "a"}, {"2", "x", "b"}}},
			Table{Changed: 2, ChangedInBoth: 1},
		},
		"a column that is gone": {
			table{columns: text("id", "a"), rows: [][]any{{"1", "a"}, {"2", nil}}},
			table{columns: text("id"), rows: [][]any{{"1"}, {"2"}}},
			Table{Changed: 1, Unchanged: 1},
		},
		"another order of columns": {
			table{columns: text("id", "a", "b"), rows: [][]any{{"1", "a", "b"}}},
			table{columns: text("b", "id", "a"), rows: [][]any{{"b", "1", "a"}}},
			Table{Unchanged: 1},
		},
		"another order of rows": {
			table{columns: text("id"), rows: [][]any{{"1"}, {"2"}, {"3"}, {"4"}}},
			table{columns: text("id"), rows: [][]any{{"4"}, {"1"}, {"2"}, {"3"}}},
			Table{Unchanged: 4, Moved: 1},
		},
		"a null and an empty text": {
			table{columns: text("id", "a"), rows: [][]any{{"1", ""}}},
			table{columns: text("id", "a"), rows: [][]any{{"1", nil}}},
			Table{Changed: 1, ChangedInBoth: 1},
		},
		"equal rows without a key": {
			table{columns: text("a"), rows: [][]any{{"x"}, {"x"}, {"y"}, {"z"}}},
			table{columns: text("a"), rows: [][]any{{"x"}, {"x"}, {"x"}, {"y"}}},
			Table{Unchanged: 3, Added: 1, Removed: 1},
		},
		"equal rows without a key, of which one has a new value": {
			table{columns: text("a"), rows: [][]any{{"x"}}},
			table{columns: text("a", "b"), rows: [][]any{{"x", "new"}, {"x", nil}}},
			Table{Unchanged: 1, Added: 1},
		},
		"a row without a key, with a new value": {
			table{columns: text("a"), rows: [][]any{{"x"}, {"x"}}},
			table{columns: text("a", "b"), rows: [][]any{{"x", "new"}, {"x", nil}}},
			Table{Unchanged: 1, Changed: 1},
		},
		"no column in both": {
			table{columns: text("a"), rows: [][]any{{"x"}, {"y"}}},
			table{columns: text("b"), rows: [][]any{{"x"}}},
			Table{Added: 1, Removed: 2},
		},
	} {
		c.old.name, c.now.name = "t", "t"
		old, now := writeRelease(t, "0.1.0", c.old), writeRelease(t, "0.2.0", c.now)
		d, to := write(t, old, now)
		got := d.Tables[0]
		if numbers(&got) != numbers(&c.want) {
			t.Errorf("%s: %+v, want the numbers of %+v", name, numbers(&got), numbers(&c.want))
		}
		if problems := verify(t, to, old, now); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

func numbers(t *Table) [6]int64 {
	return [6]int64{t.Added, t.Changed, t.ChangedInBoth, t.Removed, t.Unchanged, t.Moved}
}

func TestColumnChanges(t *testing.T) {
	old := table{name: "t", columns: append(text("id", "a", "b", "gone"), ordinals("n")...)}
	now := table{name: "t", columns: append(text("id", "b", "new", "a"), text("n")...)}
	d, _ := write(t, writeRelease(t, "0.1.0", old), writeRelease(t, "0.2.0", now))
	c := d.Tables[0].Columns
	if !slices.Equal(c.Added, []string{"new"}) || !slices.Equal(c.Removed, []string{"gone"}) || !slices.Equal(c.Retyped, []string{"n"}) || !c.Reordered {
		t.Errorf("%+v", c)
	}
}

// What is left is in order, and no fewer could be taken out.
func TestOutOfOrder(t *testing.T) {
	for seed := range 300 {
		r := rand.New(rand.NewPCG(2, uint64(seed)))
		var pairs []pair
		for i, row := range r.Perm(r.IntN(9)) {
			pairs = append(pairs, pair{int64(row), int64(i)})
		}
		moved := outOfOrder(pairs)
		left := slices.DeleteFunc(slices.Clone(pairs), func(p pair) bool { return slices.Contains(moved, p) })
		if len(left) != longest(pairs, none) || !slices.IsSortedFunc(left, func(a, b pair) int { return int(a.old - b.old) }) {
			t.Fatalf("seed %d: of %v, %v are moved", seed, pairs, moved)
		}
	}
}

// longest tries all increasing subsequences.
func longest(pairs []pair, above int64) int {
	if len(pairs) == 0 {
		return 0
	}
	best := longest(pairs[1:], above)
	if pairs[0].old > above {
		best = max(best, 1+longest(pairs[1:], pairs[0].old))
	}
	return best
}

// Names of columns of positions do not meet those of the tables, in any case.
func TestPositionNames(t *testing.T) {
	old := table{name: "t", columns: text("id", "Old_Row")}
	now := table{name: "t", columns: text("id", "_new_row")}
	d, _ := write(t, writeRelease(t, "0.1.0", old), writeRelease(t, "0.2.0", now))
	if want := (Positions{"__old_row", "__new_row"}); d.Positions != want {
		t.Errorf("%v, want %v", d.Positions, want)
	}
}
