package delta

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/apache/arrow/go/v17/arrow"

	"stemma/build/columnar"
)

// batch is a batch of rows with the encoders of its columns.
type batch struct {
	record arrow.Record
	encode []func(dst []byte, i int) []byte
}

func newBatch(record arrow.Record) (*batch, error) {
	b := &batch{record: record}
	for _, column := range record.Columns() {
		encode, err := columnar.CellEncoder(column)
		if err != nil {
			return nil, err
		}
		b.encode = append(b.encode, encode)
	}
	return b, nil
}

// stream walks over the rows of a file of a table, of either encoding.
type stream struct {
	path    string
	columns []columnar.Column
	next    func() (*batch, error, bool)
	close   func()

	batch *batch
	at    int   // row in the batch
	row   int64 // row in the file
	ended bool
	err   error
}

var (
	errClosed  = errors.New("closed")
	errSurplus = errors.New("a surplus row")
)

// openStream opens a file of a table. The file may be hostile, as for
// columnar.ReadBatches.
func openStream(path string) (*stream, error) {
	s := &stream{path: path, row: -1}
	batches := func(yield func(*batch, error) bool) {
		begin := func(columns []columnar.Column) error {
			s.columns = columns
			if !yield(nil, nil) {
				return errClosed
			}
			return nil
		}
		rows := func(record arrow.Record) error {
			b, err := newBatch(record)
			if err == nil && !yield(b, nil) {
				err = errClosed
			}
			return err
		}
		if err := columnar.ReadBatches(path, begin, rows); err != nil && !errors.Is(err, errClosed) {
			yield(nil, err)
		}
	}
	s.next, s.close = iter.Pull2(batches)
	if _, err, _ := s.next(); err != nil { // the columns
		s.close()
		return nil, err
	}
	return s, nil
}

// advance goes on to the next row; false at the end and after an error, which
// is in err. The row at hand is valid until the next call.
func (s *stream) advance(ctx context.Context) bool {
	s.at++
	for s.err == nil && !s.ended && (s.batch == nil || s.at >= int(s.batch.record.NumRows())) {
		if s.err = ctx.Err(); s.err != nil {
			break
		}
		b, err, more := s.next()
		s.batch, s.at, s.err, s.ended = b, 0, err, !more
	}
	if s.err != nil || s.ended {
		return false
	}
	s.row++
	return true
}

// seek goes on to a row that lies ahead.
func (s *stream) seek(ctx context.Context, row int64) error {
	for s.row < row {
		if !s.advance(ctx) {
			if s.err != nil {
				return s.err
			}
			return fmt.Errorf("%s ends before row %d", s.path, row)
		}
	}
	return nil
}

// appendCell appends the encoding of a cell of the row at hand.
func (s *stream) appendCell(dst []byte, column int) []byte {
	return s.batch.encode[column](dst, s.at)
}

// null tells whether a cell of the row at hand is null.
func (s *stream) null(column int) bool { return s.batch.record.Column(column).IsNull(s.at) }
