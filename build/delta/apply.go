package delta

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"stemma/build/columnar"
)

// Row is a row of a rebuilt table. It is valid until the function that it was
// given to returns.
type Row struct {
	batch   *batch
	at      int
	columns []int // where the cell of each column is; none: it is null
}

// Cell gives the array that holds the cell of a column, and its index in it. A
// nil array stands for a null.
func (r Row) Cell(column int) (arrow.Array, int) {
	if c := r.columns[column]; c != none {
		return r.batch.record.Column(c), r.at
	}
	return nil, 0
}

// AppendCell appends the encoding of the cell of a column, see
// columnar.CellEncoder.
func (r Row) AppendCell(dst []byte, column int) []byte {
	if c := r.columns[column]; c != none {
		return r.batch.encode[c](dst, r.at)
	}
	return append(dst, 0) // a null
}

// Apply rebuilds a table of the newer release from the older release and a
// delta in dir. It gives the columns to begin and then each row, in order, to
// emit. Of a table that the newer release does not have it gives neither.
//
// The columns have their names and types; descriptions are those of the files
// that were read, if any. Where the files do not fit the older release or one
// another, that is an error. Sizes and digests of files are not looked at, see
// Verify.
func Apply(ctx context.Context, dir, oldDir string, d *Delta, table string, begin func([]columnar.Column) error, emit func(Row) error) (err error) {
	t := d.Table(table)
	if t == nil {
		return fmt.Errorf("the delta has no table %q", table)
	}
	if t.NewRows == nil {
		return nil
	}
	a := &applier{dir: dir, d: d, t: t, emit: emit, gone: map[int64]bool{}}
	defer a.close()
	if err := a.open(ctx, oldDir); err != nil {
		return fmt.Errorf("rebuilding the table %q: %w", table, err)
	}
	if err := begin(a.columns); err != nil {
		return err
	}
	for row := range rows(t.NewRows) {
		if err := a.emitRow(ctx, row); err != nil {
			return fmt.Errorf("rebuilding the table %q, row %d (from 0): %w", table, row, err)
		}
	}
	return a.end(ctx)
}

// applier rebuilds one table.
type applier struct {
	dir     string
	d       *Delta
	t       *Table
	emit    func(Row) error
	columns []columnar.Column // of the newer table

	old            *stream // nil: there is none
	fromOld        []int   // the columns in it
	gone           map[int64]bool
	moved          []movedRow
	added, changed *placed
}

// placed is a file of rows with their positions in the newer table.
type placed struct {
	*stream
	columns []int
	more    bool  // a row is at hand
	row     int64 // its position
}

// movedRow is a row of the older table that is kept until its turn.
type movedRow struct {
	pair
	Row
}

func (a *applier) close() {
	for _, s := range []*placed{a.added, a.changed} {
		if s != nil {
			s.close()
		}
	}
	if a.old != nil {
		a.old.close()
	}
}

func (a *applier) open(ctx context.Context, oldDir string) (err error) {
	if a.t.OldRows != nil {
		if a.old, err = openStream(filepath.Join(oldDir, tablesDir, a.t.Name+columnar.ArrowExtension)); err != nil {
			return err
		}
		a.columns = a.old.columns
	}
	if a.t.Columns != nil {
		a.columns = nil
		for _, c := range a.t.Columns.New {
			a.columns = append(a.columns, columnar.Column{Name: c.Name, Type: columnar.TypeNamed(c.Type)})
		}
	}
	if a.added, err = a.openPlaced(ctx, partAdded, a.d.Positions.New); err != nil {
		return err
	}
	if a.changed, err = a.openPlaced(ctx, partChanged, a.d.Positions.Old, a.d.Positions.New); err != nil {
		return err
	}
	if err := a.readPositions(ctx); err != nil {
		return err
	}
	if a.old != nil {
		old := named(a.old.columns)
		for _, c := range named(a.columns) {
			a.fromOld = append(a.fromOld, slices.Index(old, c))
		}
	}
	return a.keepMoved(ctx)
}

func (a *applier) path(part string) string {
	return filepath.Join(a.dir, filepath.FromSlash(partPath(a.t.Name, part)))
}

// openPlaced opens a file with rows of the newer table, and checks its columns.
func (a *applier) openPlaced(ctx context.Context, part string, positions ...string) (*placed, error) {
	if a.t.count(part) == 0 {
		return nil, nil
	}
	s, err := openStream(a.path(part))
	if err != nil {
		return nil, err
	}
	p := &placed{stream: s}
	var want []Column
	for _, name := range positions {
		want = append(want, Column{name, columnar.TypeName(columnar.Int64)})
	}
	for i := range a.columns {
		p.columns = append(p.columns, len(want)+i)
	}
	if got := named(s.columns); !slices.Equal(got, append(want, named(a.columns)...)) {
		s.close()
		return nil, fmt.Errorf("%s has other columns than delta.json says", s.path)
	}
	for i, c := range s.columns[len(positions):] {
		a.columns[i].Description = c.Description
	}
	if err := p.advance(ctx, len(positions)-1); err != nil {
		s.close()
		return nil, err
	}
	return p, nil
}

// advance goes on to the next row and reads its position from a column.
func (p *placed) advance(ctx context.Context, column int) (err error) {
	if p.more = p.stream.advance(ctx); !p.more {
		return p.err
	}
	p.row, err = p.position(column)
	return err
}

// position reads a position of the row at hand.
func (s *stream) position(column int) (int64, error) {
	if column < len(s.columns) {
		if c, ok := s.batch.record.Column(column).(*array.Int64); ok && !c.IsNull(s.at) {
			return c.Value(s.at), nil
		}
	}
	return 0, fmt.Errorf("%s: row %d has no position in column %d", s.path, s.row, column)
}

// readPositions reads which rows of the older table are not kept where they are.
func (a *applier) readPositions(ctx context.Context) error {
	for _, part := range []string{partRemoved, partChanged, partMoved} {
		if a.t.count(part) == 0 {
			continue
		}
		s, err := openStream(a.path(part))
		if err != nil {
			return err
		}
		defer s.close()
		for s.advance(ctx) {
			at := pair{new: none}
			if at.old, err = s.position(0); err == nil && part == partMoved {
				at.new, err = s.position(1)
			}
			if err != nil {
				return err
			}
			if a.gone[at.old] {
				return fmt.Errorf("row %d of the older table is named twice", at.old)
			}
			a.gone[at.old] = true
			if part == partMoved {
				a.moved = append(a.moved, movedRow{pair: at})
			}
		}
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

// keepMoved reads the rows that are moved, because they are needed in another
// order than the older table has them in.
func (a *applier) keepMoved(ctx context.Context) error {
	if len(a.moved) == 0 {
		return nil
	}
	if a.old == nil {
		return errors.New("rows are moved in a table that the older release does not have")
	}
	index := make(map[int64]int, len(a.moved))
	for i, m := range a.moved {
		index[m.old] = i
	}
	s, err := openStream(a.old.path)
	if err != nil {
		return err
	}
	defer s.close()
	var kept *batch
	for s.advance(ctx) {
		i, moved := index[s.row]
		if !moved {
			continue
		}
		if kept != s.batch {
			kept = s.batch
			kept.record.Retain() // else its memory is given up with the next batch
		}
		a.moved[i].Row = Row{kept, s.at, a.fromOld}
	}
	for _, m := range a.moved {
		if m.batch == nil && s.err == nil {
			return fmt.Errorf("row %d is moved, and the older table has no such row", m.old)
		}
	}
	return s.err
}

// emitRow gives the row at a position of the newer table: one that has this
// position in a file of the delta, or else the next one that was kept.
func (a *applier) emitRow(ctx context.Context, row int64) error {
	switch {
	case a.added != nil && a.added.more && a.added.row == row:
		if err := a.emit(Row{a.added.batch, a.added.at, a.added.columns}); err != nil {
			return err
		}
		return a.added.advance(ctx, 0)
	case a.changed != nil && a.changed.more && a.changed.row == row:
		if err := a.emit(Row{a.changed.batch, a.changed.at, a.changed.columns}); err != nil {
			return err
		}
		return a.changed.advance(ctx, 1)
	case len(a.moved) > 0 && a.moved[0].new == row:
		m := a.moved[0]
		a.moved = a.moved[1:]
		return a.emit(m.Row)
	}
	more, err := a.nextKept(ctx)
	if err == nil && !more {
		err = errors.New("nothing says which row stands here")
	}
	if err != nil {
		return err
	}
	return a.emit(Row{a.old.batch, a.old.at, a.fromOld})
}

// nextKept goes on to the next row of the older table that stays.
func (a *applier) nextKept(ctx context.Context) (bool, error) {
	if a.old == nil {
		return false, nil
	}
	for a.old.advance(ctx) {
		if !a.gone[a.old.row] {
			return true, nil
		}
		delete(a.gone, a.old.row)
	}
	return false, a.old.err
}

// end makes sure that nothing is left over.
func (a *applier) end(ctx context.Context) error {
	more, err := a.nextKept(ctx)
	if err != nil {
		return err
	}
	left := more || len(a.gone) > 0 || len(a.moved) > 0 || a.added != nil && a.added.more || a.changed != nil && a.changed.more
	if left {
		return fmt.Errorf("rebuilding the table %q: rows are left over, or named that the older table does not have", a.t.Name)
	}
	return nil
}
