package columnar

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
)

// ParquetExtension and ArrowExtension are the endings of a table's two files.
const (
	ParquetExtension = ".parquet"
	ArrowExtension   = ".arrow"
)

// Writer writes one table as <table>.parquet and <table>.arrow. Its memory is
// bounded by one batch (BatchRows, BatchBytes). It is used by one goroutine:
//
//	w, err := columnar.Create(folder, "claims", columns, metadata)
//	for each row {
//		append one value or null to every w.Field(i)
//		err = w.EndRow()
//	}
//	stats, err := w.Close()   // or w.Abort()
//
// After an error the table is lost; call Abort.
type Writer struct {
	table   string
	schema  *arrow.Schema
	builder *array.RecordBuilder
	size    []func() int // data of each column in the batch so far, in bytes

	parquetSink, arrowSink *sink
	parquet                *pqarrow.FileWriter
	arrow                  *ipc.FileWriter
	hashes                 []columnHash

	rows       int64 // in full batches
	batchRows  int
	batchBytes int
	err        error
	closed     bool
}

// Create opens the two files of a table in the folder. Neither may exist.
func Create(folder, table string, columns []Column, metadata []KeyValue) (*Writer, error) {
	if table == "" || strings.ContainsAny(table, `/\`) || strings.HasPrefix(table, ".") {
		return nil, fmt.Errorf("%q cannot be the name of a table's files", table)
	}
	schema, err := Schema(columns, metadata)
	if err != nil {
		return nil, fmt.Errorf("table %q: %w", table, err)
	}
	parquetFile, err := createFile(filepath.Join(folder, table+ParquetExtension))
	if err != nil {
		return nil, err
	}
	arrowFile, err := createFile(filepath.Join(folder, table+ArrowExtension))
	if err != nil {
		return nil, errors.Join(err, parquetFile.Close(), os.Remove(parquetFile.Name()))
	}
	w, err := newWriter(table, schema, parquetFile, arrowFile)
	if err != nil {
		return nil, errors.Join(err, parquetFile.Close(), arrowFile.Close(), os.Remove(parquetFile.Name()), os.Remove(arrowFile.Name()))
	}
	return w, nil
}

func newWriter(table string, schema *arrow.Schema, parquetFile, arrowFile outputFile) (w *Writer, err error) {
	defer recovered(&err, "opening table "+table)
	w = &Writer{
		table: table, schema: schema,
		builder:     array.NewRecordBuilder(memory.NewGoAllocator(), schema),
		parquetSink: newSink(parquetFile), arrowSink: newSink(arrowFile),
		hashes: newColumnHashes(schema.NumFields()),
	}
	for _, f := range w.builder.Fields() {
		w.size = append(w.size, dataSize(f))
	}
	if w.parquet, err = pqarrow.NewFileWriter(schema, w.parquetSink, parquetProperties(), arrowProperties()); err != nil {
		return nil, fmt.Errorf("table %q: %w", table, err)
	}
	// No compression: the file is meant to be memory-mapped, every Arrow
	// implementation reads it, and it cannot be a decompression bomb.
	if w.arrow, err = ipc.NewFileWriter(w.arrowSink, ipc.WithSchema(schema), ipc.WithAllocator(memory.NewGoAllocator())); err != nil {
		return nil, fmt.Errorf("table %q: %w", table, err)
	}
	return w, nil
}

// dataSize gives a function that tells how many bytes of data a builder holds:
// 8 for a value or a null of any fixed width, and the text of strings.
func dataSize(b array.Builder) func() int {
	switch b := b.(type) {
	case *array.StringBuilder:
		return func() int { return 8*b.Len() + b.DataLen() }
	case *array.ListBuilder:
		elements := dataSize(b.ValueBuilder())
		return func() int { return 8*b.Len() + elements() }
	}
	return func() int { return 8 * b.Len() }
}

// Field gives the builder of column i: *array.StringBuilder, Int64Builder,
// Float64Builder, BooleanBuilder, Date32Builder, TimestampBuilder or
// ListBuilder, whose ValueBuilder is one of the former. It stays valid until
// Close. Values of dates and timestamps are days and microseconds since
// 1970-01-01; strings must be valid UTF-8.
func (w *Writer) Field(i int) array.Builder { return w.builder.Field(i) }

// Rows gives the number of rows ended so far.
func (w *Writer) Rows() int64 { return w.rows + int64(w.batchRows) }

// EndRow ends a row: every column must have got exactly one value or null
// since the last call. A full batch goes to the files; errors of the disk name
// the file.
func (w *Writer) EndRow() error {
	if w.err != nil {
		return w.err
	}
	if w.closed {
		return fmt.Errorf("table %q is already closed", w.table)
	}
	w.batchRows++
	before := w.batchBytes
	w.batchBytes = 0
	for i, size := range w.size {
		if w.builder.Field(i).Len() != w.batchRows {
			return w.fail(fmt.Errorf("table %q, row %d: column %q did not get exactly one value", w.table, w.Rows()-1, w.schema.Field(i).Name))
		}
		w.batchBytes += size()
	}
	if row := w.batchBytes - before; row > MaxRowBytes {
		return w.fail(fmt.Errorf("table %q, row %d holds %d bytes; a row may hold %d at most", w.table, w.Rows()-1, row, MaxRowBytes))
	}
	if w.batchRows == BatchRows || w.batchBytes >= BatchBytes {
		return w.flush()
	}
	return nil
}

// flush writes the batch to both files and hashes it. The three take turns on
// nothing but the read-only batch, so they run side by side.
func (w *Writer) flush() error {
	if w.batchRows == 0 {
		return nil
	}
	rec := w.builder.NewRecord()
	defer rec.Release()
	w.rows += rec.NumRows()
	w.batchRows, w.batchBytes = 0, 0

	var errs [3]error
	var wg sync.WaitGroup
	for i, task := range []func() error{
		func() error { return errors.Join(w.parquetSink.err, w.parquet.Write(rec)) },
		func() error { return errors.Join(w.arrowSink.err, w.arrow.Write(rec)) },
		func() error { return w.hash(rec) },
	} {
		wg.Go(func() {
			defer recovered(&errs[i], "writing table "+w.table)
			errs[i] = task()
		})
	}
	wg.Wait()
	return w.fail(firstError(w.parquetSink.err, w.arrowSink.err, errs[0], errs[1], errs[2]))
}

func (w *Writer) hash(rec arrow.Record) error {
	for i := range w.hashes {
		if err := w.hashes[i].add(rec.Column(i)); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) fail(err error) error {
	if err != nil && w.err == nil {
		w.err = err
	}
	return w.err
}

// Close writes what is left, brings both files to the disk (fsync) and says
// what they hold. After an error the files are closed and incomplete.
func (w *Writer) Close() (*TableStats, error) {
	if w.closed {
		return nil, fmt.Errorf("table %q is already closed", w.table)
	}
	if w.err == nil {
		w.fail(w.flush())
	}
	w.closed = true
	w.builder.Release()
	if w.err == nil {
		w.fail(w.closeWriters())
	}
	w.fail(w.parquetSink.finish())
	w.fail(w.arrowSink.finish())
	if w.err != nil {
		return nil, w.err
	}
	return newTableStats(w.schema, w.rows, w.hashes)
}

// closeWriters writes the footers. The sinks' own errors come first: they name
// the file.
func (w *Writer) closeWriters() (err error) {
	defer recovered(&err, "closing table "+w.table)
	parquetErr := w.closeParquet()
	arrowErr := w.arrow.Close()
	return firstError(w.parquetSink.err, w.arrowSink.err, parquetErr, arrowErr)
}

// Abort closes and removes both files. It may follow Close, whose files it
// removes too.
func (w *Writer) Abort() error {
	if !w.closed {
		w.closed = true
		w.builder.Release()
		w.parquetSink.file.Close()
		w.arrowSink.file.Close()
	}
	return errors.Join(os.Remove(w.parquetSink.file.Name()), os.Remove(w.arrowSink.file.Name()))
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// recovered turns a panic of a library into an error. Both Parquet libraries
// panic on what they do not expect.
func recovered(err *error, doing string) {
	if r := recover(); r != nil {
		*err = &PanicError{Doing: doing, Value: r, Stack: string(debug.Stack())}
	}
}

// PanicError is a panic of one of the libraries, turned into an error.
type PanicError struct {
	Doing string // what was being done
	Value any
	Stack string
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("%s: the library panicked: %v", e.Doing, e.Value)
}
