package build

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"stemma/build/descriptor"
	"stemma/internal/dataset"
)

// Describe describes the release in a folder as its documents do: its tables and
// files as the manifest lists them, with the descriptions and keys that follow
// from the bundled schemas. That works for releases of every output version,
// also of those that have no documents. Nulls and examples are not counted.
// What is not in the manifest is not described, so whoever trusts the result
// has verified the release. Faults of the release are ErrNoRelease.
func Describe(ctx context.Context, dir string) (*descriptor.Description, error) {
	snap, list, m, err := Sources(ctx, dir)
	if err != nil {
		return nil, err
	}
	if snap == nil || list.HasErrors() {
		return nil, fmt.Errorf("%s holds no dataset that can be read: %w", archiveName, ErrNoRelease)
	}
	planned, err := plannedContent(snap)
	if err != nil {
		return nil, err
	}
	d := &descriptor.Description{Dataset: describeDataset(snap.Config), Tables: m.describeTables(planned)}
	for _, f := range m.Files {
		d.Files = append(d.Files, descriptor.File{Path: f.Path, SHA256: f.SHA256, Bytes: f.Bytes})
	}
	if err := d.Check(); err != nil {
		return nil, errors.Join(err, ErrNoRelease)
	}
	return d, nil
}

// describeTables describes the tables of the manifest. Another stemma may have
// planned other columns: what both have is described, and keys over columns
// that are not there are left out.
func (m *Manifest) describeTables(planned *content) []descriptor.Table {
	var out []descriptor.Table
	for i := range m.Tables {
		t := &m.Tables[i]
		described := descriptor.Table{Name: t.Name, Kind: t.Kind, Description: t.Description, Rows: t.Rows}
		if t.Kind == dataset.KindComputed {
			described.Kind = ""
		}
		var known descriptor.Table
		if planned != nil {
			if at := slices.IndexFunc(planned.tables, func(p descriptor.Table) bool { return p.Name == t.Name }); at >= 0 {
				known = planned.tables[at]
			}
		}
		described.PrimaryKey, described.ForeignKeys = known.PrimaryKey, known.ForeignKeys
		for _, c := range t.Columns {
			column := descriptor.Column{Name: c.Name, Type: c.Type}
			if at := slices.IndexFunc(known.Columns, func(k descriptor.Column) bool { return k.Name == c.Name && k.Type == c.Type }); at >= 0 {
				column = known.Columns[at]
			}
			described.Columns = append(described.Columns, column)
		}
		out = append(out, described)
	}
	for i := range out {
		if !hasColumns(out, out[i].Name, out[i].PrimaryKey) {
			out[i].PrimaryKey = nil
		}
		out[i].ForeignKeys = slices.DeleteFunc(slices.Clone(out[i].ForeignKeys), func(k descriptor.ForeignKey) bool {
			return !hasColumns(out, out[i].Name, k.Columns) || !hasColumns(out, k.Table, k.References)
		})
	}
	return out
}

// hasColumns tells whether there is a table with all these columns.
func hasColumns(tables []descriptor.Table, table string, columns []string) bool {
	at := slices.IndexFunc(tables, func(t descriptor.Table) bool { return t.Name == table })
	return at >= 0 && !slices.ContainsFunc(columns, func(name string) bool {
		return !slices.ContainsFunc(tables[at].Columns, func(c descriptor.Column) bool { return c.Name == name })
	})
}
