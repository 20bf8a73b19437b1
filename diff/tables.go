package diff

import (
	"slices"
	"strings"
)

// compareTables compares what readers of the tables depend on. Tables are known
// by their names, and so are columns.
func compareTables(old, now []Table) []Change {
	out := []Change{}
	for _, t := range old {
		if find(now, t.Name) == nil {
			out = append(out, Change{Table: t.Name, Change: Removed})
		}
	}
	for _, t := range now {
		before := find(old, t.Name)
		if before == nil {
			out = append(out, Change{Table: t.Name, Change: Added})
			continue
		}
		out = append(out, compareColumns(t.Name, before.Columns, t.Columns)...)
	}
	slices.SortStableFunc(out, func(a, b Change) int { return strings.Compare(a.Table, b.Table) })
	return out
}

func find(tables []Table, name string) *Table {
	if i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == name }); i >= 0 {
		return &tables[i]
	}
	return nil
}

// compareColumns lists the columns that differ, those of OLD first; then
// whether those that both have are in another order.
func compareColumns(table string, old, now []Column) (out []Change) {
	index := func(columns []Column, name string) int {
		return slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })
	}
	last, reordered := -1, false
	for _, c := range old {
		i := index(now, c.Name)
		if i < 0 {
			out = append(out, Change{Table: table, Column: c.Name, Change: Removed, OldType: c.Type})
			continue
		}
		reordered = reordered || i < last
		last = i
		if typ := now[i].Type; typ != c.Type {
			out = append(out, Change{Table: table, Column: c.Name, Change: Retyped, OldType: c.Type, NewType: typ})
		}
	}
	for _, c := range now {
		if index(old, c.Name) < 0 {
			out = append(out, Change{Table: table, Column: c.Name, Change: Added, NewType: c.Type})
		}
	}
	if reordered {
		out = append(out, Change{Table: table, Change: Reordered})
	}
	return out
}
