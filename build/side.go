package build

import (
	"context"

	"stemma/diff"
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/validate"
)

// Side makes one side of a comparison: of a snapshot, the findings of loading it,
// and the manifest if it is that of a release, whose tables are then those that
// readers have. The records are validated, and the disagreement is computed if
// they have no errors; progress counts records and may be nil.
func Side(ctx context.Context, name string, snap *dataset.Snapshot, list diag.List, m *Manifest, progress func(done, total int)) (diff.Side, error) {
	s := diff.Side{Name: name, Snapshot: snap}
	if list.HasErrors() {
		s.Unread = FirstError(list)
	}
	var err error
	if s.Tables, err = sideTables(snap, m); err != nil {
		return s, err
	}
	result, err := validate.Run(ctx, snap, list, validate.Options{Progress: progress})
	if err != nil {
		return s, err
	}
	if result.Checked == nil {
		s.Unfit = "the dataset has errors; " + FirstError(result.Diagnostics)
		return s, nil
	}
	if hasModel(result.Checked) {
		s.Disagreement, err = Disagreement(ctx, result.Checked)
	}
	return s, err
}

func sideTables(snap *dataset.Snapshot, m *Manifest) (out []diff.Table, err error) {
	var tables []Table
	if m != nil {
		tables = m.Tables
	} else if tables, err = PlannedTables(snap); err != nil {
		return nil, err
	}
	for _, t := range tables {
		table := diff.Table{Name: t.Name}
		for _, c := range t.Columns {
			table.Columns = append(table.Columns, diff.Column{Name: c.Name, Type: c.Type})
		}
		out = append(out, table)
	}
	return out, nil
}

// FirstError puts the first error among findings into one line.
func FirstError(list diag.List) string {
	for _, d := range list.Sorted() {
		if d.Severity == diag.Error {
			return d.Place.File + ": " + d.Message
		}
	}
	return dataset.ConfigName + " cannot be used"
}
