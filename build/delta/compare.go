package delta

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// comparison is two releases, and what a delta says of both before any table is
// looked at.
type comparison struct {
	old, new *release
	head     Delta // without tables
	names    []string
}

func openBoth(oldDir, newDir string) (*comparison, error) {
	before, err := openRelease(oldDir)
	if err != nil {
		return nil, err
	}
	after, err := openRelease(newDir)
	if err != nil {
		return nil, err
	}
	c := &comparison{old: before, new: after}
	names := map[string]bool{}
	for _, r := range []*release{before, after} {
		for _, t := range r.tables {
			names[t.name] = true
		}
	}
	c.names = slices.Sorted(maps.Keys(names))
	c.head = Delta{
		FormatVersion: FormatVersion, Dataset: after.dataset, Old: before.Release, New: after.Release,
		Positions: positionsOf(before, after), Tables: []Table{},
	}
	return c, c.head.check()
}

// table compares a table, and says what differs, without files.
func (c *comparison) table(ctx context.Context, name string) (*match, *Table, error) {
	before, err := c.old.open(name)
	if err != nil {
		return nil, nil, err
	}
	after, err := c.new.open(name)
	if err != nil {
		return nil, nil, err
	}
	m, err := newMatch(ctx, before, after, keyCandidates(before, after, c.new.keys[name], c.old.keys[name]))
	if err != nil {
		return nil, nil, fmt.Errorf("comparing the table %q: %w", name, err)
	}
	t := &Table{
		Name: name, Key: m.key, Added: int64(len(m.added)), Changed: int64(len(m.changed)), Removed: int64(len(m.removed)),
		Unchanged: m.unchanged, Moved: int64(len(m.moved)), ChangedInBoth: m.changedInBoth,
		Columns: columnChanges(named(before.columns), named(after.columns)), Files: []File{},
	}
	if before.there {
		t.OldRows = &m.oldRows
	}
	if after.there {
		t.NewRows = &m.newRows
	}
	return m, t, nil
}

// columnChanges says how columns differ, nil if they do not.
func columnChanges(before, after []Column) *ColumnChanges {
	if slices.Equal(before, after) {
		return nil
	}
	c := &ColumnChanges{Added: []string{}, Removed: []string{}, Retyped: []string{}, Old: before, New: after}
	find := func(in []Column, name string) int {
		return slices.IndexFunc(in, func(c Column) bool { return c.Name == name })
	}
	last := -1
	for _, column := range after {
		i := find(before, column.Name)
		switch {
		case i < 0:
			c.Added = append(c.Added, column.Name)
			continue
		case before[i].Type != column.Type:
			c.Retyped = append(c.Retyped, column.Name)
		}
		c.Reordered = c.Reordered || i < last
		last = i
	}
	for _, column := range before {
		if find(after, column.Name) < 0 {
			c.Removed = append(c.Removed, column.Name)
		}
	}
	return c
}
