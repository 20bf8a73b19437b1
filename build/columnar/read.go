package columnar

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
	format "github.com/xitongsys/parquet-go/parquet"
)

// ReadHashes reads an Arrow IPC file of a table and says what it holds. The
// file may be hostile: sizes and counts are checked before anything is
// decoded, memory is bounded by one batch, a panic of the library is an error.
func ReadHashes(arrowPath string) (*TableStats, error) { return readStats(arrowPath, openArrow) }

// ReadHashesParquet is ReadHashes for a Parquet file of a table.
func ReadHashesParquet(parquetPath string) (*TableStats, error) {
	return readStats(parquetPath, openParquet)
}

func readStats(path string, open func(string) (*tableReader, error)) (*TableStats, error) {
	t, err := open(path)
	if err != nil {
		return nil, err
	}
	defer t.close()
	hashes := newColumnHashes(t.schema.NumFields())
	rows := int64(0)
	for {
		rec, err := t.next()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = hashBatch(hashes, rec)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		rows += rec.NumRows()
	}
	if rows != t.rows {
		return nil, fmt.Errorf("%s: the footer says %d rows, the file holds %d", path, t.rows, rows)
	}
	return newTableStats(t.schema, rows, hashes)
}

func hashBatch(hashes []columnHash, rec arrow.Record) (err error) {
	defer recovered(&err, "hashing")
	for i := range hashes {
		if err := hashes[i].add(rec.Column(i)); err != nil {
			return err
		}
	}
	return nil
}

// tableReader reads the batches of one file of a table, front to back.
type tableReader struct {
	table  string
	schema *arrow.Schema // only types that stemma writes
	rows   int64         // as the footer says
	read   func() (arrow.Record, error)
	footer *format.FileMetaData // checked; of Parquet files only
	file   *os.File
}

// next gives the next batch, valid until the following call, or io.EOF.
func (t *tableReader) next() (rec arrow.Record, err error) {
	defer recovered(&err, "reading "+t.file.Name())
	rec, err = t.read()
	if err != nil {
		return nil, err
	}
	for i, c := range rec.Columns() {
		if int64(c.Len()) != rec.NumRows() {
			return nil, fmt.Errorf("%s: column %q has %d rows of %d", t.file.Name(), rec.ColumnName(i), c.Len(), rec.NumRows())
		}
	}
	return rec, nil
}

func (t *tableReader) close() { t.file.Close() }

// openTable opens a file of either format, told by its first bytes.
func openTable(path string) (*tableReader, error) {
	f, _, err := openRegular(path) // a pipe would wait for a writer
	if err != nil {
		return nil, err
	}
	magic := make([]byte, 6)
	n, _ := io.ReadFull(f, magic)
	f.Close()
	switch {
	case bytes.HasPrefix(magic[:n], []byte("PAR1")):
		return openParquet(path)
	case bytes.HasPrefix(magic[:n], []byte("ARROW1")):
		return openArrow(path)
	}
	return nil, fmt.Errorf("%s is neither a Parquet nor an Arrow file", path)
}

// openRegular opens a file for reading; devices, pipes and folders are errors.
func openRegular(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, fmt.Errorf("%s is not a regular file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	return f, info.Size(), nil
}

func tableName(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// openChecked opens a table's file. The file is closed, and the error names it, if
// open fails or a library panics in it.
func openChecked(path string, open func(f *os.File, size int64) (*tableReader, error)) (t *tableReader, err error) {
	f, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
			t, err = nil, fmt.Errorf("%s: %w", path, err)
		}
	}()
	defer recovered(&err, "opening")
	return open(f, size)
}

func openArrow(path string) (*tableReader, error) {
	return openChecked(path, func(f *os.File, size int64) (*tableReader, error) { return arrowReader(path, f, size) })
}

func arrowReader(path string, f *os.File, size int64) (*tableReader, error) {
	scanned, err := scanArrow(f, size)
	if err != nil {
		return nil, err
	}
	r, err := ipc.NewFileReader(f, ipc.WithAllocator(memory.NewGoAllocator()))
	if err != nil {
		return nil, err
	}
	columns, err := columnsOf(r.Schema())
	if err != nil {
		return nil, err
	}
	rows, err := scanned.scanBatches(columns)
	if err != nil {
		return nil, err
	}
	return &tableReader{table: tableName(path), schema: r.Schema(), rows: rows, read: r.Read, file: f}, nil
}

func openParquet(path string) (*tableReader, error) {
	return openChecked(path, func(f *os.File, size int64) (*tableReader, error) { return parquetReader(path, f, size) })
}

func parquetReader(path string, f *os.File, size int64) (*tableReader, error) {
	footer, err := scanParquetFooter(f, size)
	if err != nil {
		return nil, err
	}
	if err := scanParquet(f, size, footer); err != nil {
		return nil, err
	}
	props := parquet.NewReaderProperties(memory.NewGoAllocator())
	props.BufferedStreamEnabled = true // else a whole column chunk is read at once
	pf, err := file.NewParquetReader(f, file.WithReadProps(props))
	if err != nil {
		return nil, err
	}
	r, err := pqarrow.NewFileReader(pf, pqarrow.ArrowReadProperties{}, memory.NewGoAllocator())
	if err != nil {
		return nil, err
	}
	schema, err := r.Schema()
	if err != nil {
		return nil, err
	}
	columns, err := columnsOf(schema)
	if err != nil {
		return nil, err
	}
	if len(columns) == 0 {
		return nil, errors.New("it has no columns")
	}
	groups := &groupReader{file: r, schema: schema, footer: footer.FileMetaData}
	return &tableReader{table: tableName(path), schema: schema, rows: pf.NumRows(), footer: footer.FileMetaData, read: groups.read, file: f}, nil
}

// groupReader reads a Parquet file, one row group after the other, and each
// of them column by column: a reader of a column takes buffers of its own for
// its pages and for all rows that it is asked for, however few there are. A
// record reader of pqarrow would open those of all columns at once.
type groupReader struct {
	file   *pqarrow.FileReader
	schema *arrow.Schema
	footer *format.FileMetaData
	next   int // row group
}

func (r *groupReader) read() (arrow.Record, error) {
	if r.next == len(r.footer.RowGroups) {
		return nil, io.EOF
	}
	g, rows := r.next, r.footer.RowGroups[r.next].NumRows
	r.next++
	columns := make([]arrow.Array, r.schema.NumFields())
	for c := range columns {
		var err error
		if columns[c], err = r.column(g, c, rows); err != nil {
			return nil, fmt.Errorf("row group %d, column %d %q: %w", g, c, r.schema.Field(c).Name, err)
		}
	}
	return array.NewRecord(r.schema, columns, rows), nil
}

// column reads column c of row group g. scanParquet has made sure that every
// column has one leaf, and that there are no structs, for which pqarrow would
// start goroutines: a panic there could not be recovered.
func (r *groupReader) column(g, c int, rows int64) (arrow.Array, error) {
	column, err := r.file.GetFieldReader(context.Background(), c, map[int]bool{c: true}, []int{g})
	if err != nil {
		return nil, err
	}
	defer column.Release()
	// One row more than there should be, else surplus rows would be ignored.
	chunked, err := column.NextBatch(rows + 1)
	if err != nil {
		return nil, err
	}
	defer chunked.Release()
	if n := int64(chunked.Len()); n < rows {
		return nil, fmt.Errorf("it has %d rows of %d", n, rows)
	} else if n > rows {
		return nil, fmt.Errorf("it has more rows than %d", rows)
	}
	if chunks := chunked.Chunks(); len(chunks) > 1 {
		return array.Concatenate(chunks, memory.NewGoAllocator())
	}
	only := chunked.Chunk(0) // rows are 1 or more
	only.Retain()
	return only, nil
}
