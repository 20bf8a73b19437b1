package delta

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"stemma/build/columnar"
)

// The parts of a delta of a table: each is a file, if it has rows.
const (
	partAdded      = "added"       // rows that only the newer table has, as they are in it
	partChanged    = "changed"     // rows that changed, as they are in the newer table
	partChangedOld = "changed_old" // the same rows as they are in the older table
	partRemoved    = "removed"     // rows that only the older table has, as they are in it
	partMoved      = "moved"       // positions of unchanged rows that stand elsewhere
)

// partNames lists the parts in the order of their files' names.
var partNames = []string{partAdded, partChanged, partChangedOld, partMoved, partRemoved}

func partPath(table, part string) string {
	return tablesDir + "/" + partFile(table, part) + columnar.ParquetExtension
}

// partFile names a file. Tables have no dots in their names, so no two names meet.
func partFile(table, part string) string { return table + "." + part }

func (t *Table) count(part string) int64 {
	switch part {
	case partAdded:
		return t.Added
	case partChanged, partChangedOld:
		return t.Changed
	case partRemoved:
		return t.Removed
	}
	return t.Moved
}

// The names of the columns of positions, where no column of a table has them.
const (
	oldRow = "old_row"
	newRow = "new_row"
)

// positionsOf names the columns of positions: with as many underscores in front
// that no table has a column of that name, in whatever case, because SQL makes
// no difference between the two.
func positionsOf(releases ...*release) Positions {
	taken := map[string]bool{}
	for _, r := range releases {
		for _, t := range r.tables {
			for _, c := range t.columns {
				taken[strings.ToLower(c.Name)] = true
			}
		}
	}
	p := Positions{oldRow, newRow}
	for taken[p.Old] || taken[p.New] {
		p = Positions{"_" + p.Old, "_" + p.New}
	}
	return p
}

// part is what one file holds.
type part struct {
	name           string
	from           *side // whose rows it holds; nil: only positions
	inOld          bool  // from is the older table
	rows           []pair
	columns        []columnar.Column // positions first
	metadata       []columnar.KeyValue
	hasOld, hasNew bool // which positions it has
}

// source gives the position of a row in the table that it comes from.
func (p *part) source(row pair) int64 {
	if p.inOld {
		return row.old
	}
	return row.new
}

// positions gives a row's positions as they stand in the file.
func (p *part) positions(row pair) []int64 {
	switch {
	case p.hasOld && p.hasNew:
		return []int64{row.old, row.new}
	case p.hasOld:
		return []int64{row.old}
	}
	return []int64{row.new}
}

// parts gives the parts of a table that have rows, in the order of partNames.
func (d *Delta) parts(table string, m *match) []*part {
	byOld := slices.SortedFunc(slices.Values(m.changed), func(a, b pair) int { return cmp.Compare(a.old, b.old) })
	all := []*part{
		{name: partAdded, from: m.after, rows: m.added, hasNew: true},
		{name: partChanged, from: m.after, rows: m.changed, hasOld: true, hasNew: true},
		{name: partChangedOld, from: m.before, inOld: true, rows: byOld, hasOld: true, hasNew: true},
		{name: partMoved, rows: m.moved, hasOld: true, hasNew: true},
		{name: partRemoved, from: m.before, inOld: true, rows: m.removed, hasOld: true},
	}
	all = slices.DeleteFunc(all, func(p *part) bool { return len(p.rows) == 0 })
	for _, p := range all {
		p.columns, p.metadata = d.columnsOf(p), d.metadataOf(table, p.name)
	}
	return all
}

func (d *Delta) columnsOf(p *part) []columnar.Column {
	var out []columnar.Column
	position := func(name, version string) columnar.Column {
		return columnar.Column{Name: name, Type: columnar.Int64, Description: fmt.Sprintf("Position of the row in the table of v%s, from 0.", version)}
	}
	if p.hasOld {
		out = append(out, position(d.Positions.Old, d.Old.Version))
	}
	if p.hasNew {
		out = append(out, position(d.Positions.New, d.New.Version))
	}
	if p.from != nil {
		out = append(out, p.from.columns...)
	}
	return out
}

// metadataOf gives the metadata of a file: what it is, if it is met alone.
func (d *Delta) metadataOf(table, part string) []columnar.KeyValue {
	return []columnar.KeyValue{
		{Key: "stemma:dataset", Value: d.Dataset},
		{Key: "stemma:delta", Value: Name(d.Old.Version, d.New.Version)},
		{Key: "stemma:table", Value: table},
		{Key: "stemma:part", Value: part},
	}
}
