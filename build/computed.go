package build

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"stemma/build/columnar"
	"stemma/build/descriptor"
	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/schema"
)

// compileComputed writes a computed table into a folder.
func compileComputed(ctx context.Context, t computedTable, dir string, m *Manifest, described *descriptor.Table) (stats *columnar.TableStats, err error) {
	w, err := newTableWriter(dir, t.Table, m, described)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.Abort())
		}
	}()
	row := make([]schema.Cell, len(t.Columns))
	err = t.rows(func(cells []disagreement.Cell) error {
		if err := interrupted(ctx); err != nil {
			return err
		}
		if err := fillRow(t.Computed, cells, row); err != nil {
			return fmt.Errorf("internal error: a row of the table %s does not fit its schema: %w", t.Name, err)
		}
		return w.row(row)
	})
	if err != nil {
		return nil, err
	}
	return w.Close()
}

// fillRow fills a row with named values. They must be the properties of the
// table's schema in its order, so that no value can slip into another column.
func fillRow(t *schema.Computed, cells []disagreement.Cell, row []schema.Cell) error {
	if len(cells) != len(t.Fields) {
		return fmt.Errorf("it has %d values for %d properties", len(cells), len(t.Fields))
	}
	for i, f := range t.Fields {
		if cells[i].Name != f.Name {
			return fmt.Errorf("value %d is called %q, the property %q", i+1, cells[i].Name, f.Name)
		}
		value, exact, ok := cellOf(cells[i].Value, f.Type)
		if !ok {
			return fmt.Errorf("the value of %q is a %T, the column is of type %s", f.Name, cells[i].Value, f.Type)
		}
		row[f.Column] = value
		if f.Exact >= 0 {
			row[f.Exact] = exact
		}
	}
	return nil
}

// cellOf turns a value into the cell of a column. Numbers have a second cell,
// their exact text; the first is null where no double is near. Ok is false if
// the value is not of the column's type.
func cellOf(value any, t schema.Type) (cell, exact schema.Cell, ok bool) {
	cell.Valid = true
	var fits schema.Type
	switch v := value.(type) {
	case nil:
		return schema.Cell{}, schema.Cell{}, true
	case string:
		fits, cell.Str = schema.Type{Scalar: schema.Text}, v
	case int:
		fits, cell.Int = schema.Type{Scalar: schema.Int64}, int64(v)
	case bool:
		fits = schema.Type{Scalar: schema.Boolean}
		if v {
			cell.Int = 1
		}
	case []string:
		fits, cell.List = schema.Type{Scalar: schema.Text, List: true}, make([]schema.Cell, len(v))
		for i, s := range v {
			cell.List[i] = schema.Cell{Valid: true, Str: s}
		}
	case edtf.Day:
		fits, cell.Int = schema.Type{Scalar: schema.Date}, int64(v.DaysSinceEpoch())
	case *big.Rat:
		if v == nil {
			return schema.Cell{}, schema.Cell{}, t == schema.Type{Scalar: schema.Float64}
		}
		fits, exact = schema.Type{Scalar: schema.Float64}, schema.Cell{Valid: true, Str: disagreement.Exact(v)}
		cell.Float, cell.Valid = disagreement.Nearest(v)
	default:
		return schema.Cell{}, schema.Cell{}, false
	}
	return cell, exact, fits == t
}
