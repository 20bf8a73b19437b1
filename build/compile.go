package build

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"stemma/build/columnar"
	"stemma/build/descriptor"
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/ledger"
	"stemma/internal/strictjson"
	"stemma/schema"
	"stemma/validate"
)

// compile writes all tables into a folder: those of every kind, then those that
// are computed.
func compile(ctx context.Context, c *content, dir string, m *Manifest, progress func(done, total int)) ([]Table, error) {
	total := 0
	for _, k := range c.kinds {
		total += len(k.Records)
	}
	var tables []Table
	done := 0
	for i, k := range c.kinds {
		t, err := compileKind(ctx, k, c.filled[i], dir, m, c.described, func(n int) {
			if progress != nil {
				progress(done+n, total)
			}
		})
		if err != nil {
			return nil, err
		}
		done += len(k.Records)
		tables = append(tables, t...)
	}
	for _, t := range c.computed {
		stats, err := compileComputed(ctx, t, dir, m, c.described(t.Name))
		if err != nil {
			return nil, err
		}
		tables = append(tables, describeTable(dataset.KindComputed, t.Table, stats))
	}
	return tables, nil
}

// compileKind writes the tables of one kind. All of them are written at once,
// while the records go by in their order, so that only one batch of rows of
// each is ever in memory.
func compileKind(ctx context.Context, k validate.Kind, f []filled, dir string, m *Manifest, described func(table string) *descriptor.Table, progress func(n int)) (tables []Table, err error) {
	var writers []*tableWriter
	defer func() {
		if err != nil {
			for _, w := range writers {
				err = errors.Join(err, w.Abort())
			}
		}
	}()
	for _, t := range k.Plan.Tables {
		w, err := newTableWriter(dir, t, m, described(t.Name))
		if err != nil {
			return nil, err
		}
		writers = append(writers, w)
	}
	for row := range rowsOf(ctx, k, f) {
		if row.err != nil {
			return nil, row.err
		}
		for _, r := range row.rows {
			if err := writers[r.table].row(r.cells); err != nil {
				return nil, err
			}
		}
		progress(row.record + 1)
	}
	if err := interrupted(ctx); err != nil {
		return nil, err
	}
	for i, w := range writers {
		stats, err := w.Close()
		if err != nil {
			return nil, err
		}
		tables = append(tables, describeTable(k.Name, k.Plan.Tables[i], stats))
	}
	return tables, nil
}

// recordRows are the rows of one record.
type recordRows struct {
	record int
	rows   []tableRow
	err    error
}

type tableRow struct {
	table int
	cells []schema.Cell
}

// rowsOfRecord reads a record once more and turns it into rows. What was
// checked is what is read: both come from the same snapshot. Computed cells are
// filled in. The cells are kept in the arena, which rows of many records share.
func rowsOfRecord(k validate.Kind, computed []filled, i int, arena *[]schema.Cell) (out recordRows) {
	entry := k.Records[i]
	out.record = i
	fail := func(format string, args ...any) {
		out.err = fmt.Errorf("internal error: %s (record %d) was checked, but "+format, append([]any{entry.File.Path, entry.Index}, args...)...)
	}
	// This runs beside the build, which could not clean up after a panic here.
	defer func() {
		if r := recover(); r != nil {
			fail("cannot be compiled: %v", r)
		}
	}()
	value, problems := strictjson.Parse(entry.Data)
	if problems != nil {
		fail("cannot be read: %s", problems[0].Message)
		return out
	}
	origin := schema.Origin{Path: entry.File.Path, Index: entry.Index, SHA256: strictjson.Digest(value)}
	info := recordInfo{index: i, id: entry.ID, sha256: origin.SHA256}
	info.fate, _ = ledger.FateOf(value)
	problems, err := k.Plan.Rows(value, origin, func(table int, row []schema.Cell) error {
		from := len(*arena)
		*arena = append(*arena, row...) // the row is used again for the next one
		cells := (*arena)[from:len(*arena):len(*arena)]
		if table == 0 {
			for _, f := range computed {
				f.set(cells, info)
			}
		}
		out.rows = append(out.rows, tableRow{table, cells})
		return nil
	})
	if err != nil {
		fail("cannot be compiled: %w", err)
	} else if problems != nil {
		fail("does not fit its table: %s", problems[0].Message)
	}
	return out
}

// tableWriter appends rows of cells to the builders of a table's columns.
type tableWriter struct {
	*columnar.Writer
	append    []func(schema.Cell)
	types     []schema.Type
	described *descriptor.Table // where cells are counted
}

func newTableWriter(dir string, t *schema.Table, m *Manifest, described *descriptor.Table) (*tableWriter, error) {
	columns := make([]columnar.Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = columnar.Column{Name: c.Name, Type: arrowType(c.Type), Description: c.Description}
	}
	w, err := columnar.Create(dir, t.Name, columns, m.tableMetadata(t.Name, t.Description))
	if err != nil {
		return nil, err
	}
	tw := &tableWriter{Writer: w, described: described}
	for i, c := range t.Columns {
		tw.types = append(tw.types, c.Type)
		tw.append = append(tw.append, appender(w.Field(i), c.Type))
	}
	return tw, nil
}

func (w *tableWriter) row(cells []schema.Cell) error {
	for i, c := range cells {
		w.append[i](c)
		noteCell(&w.described.Columns[i], w.types[i], c)
	}
	w.described.Rows++
	return w.EndRow()
}

func arrowType(t schema.Type) arrow.DataType {
	scalar := [...]arrow.DataType{columnar.Utf8, columnar.Int64, columnar.Float64, columnar.Bool, columnar.Date32, columnar.Timestamp}[t.Scalar]
	if t.List {
		return columnar.ListOf(scalar)
	}
	return scalar
}

// appender gives the function that appends a cell to a column's builder.
func appender(b array.Builder, t schema.Type) func(schema.Cell) {
	if t.List {
		list := b.(*array.ListBuilder)
		item := appender(list.ValueBuilder(), schema.Type{Scalar: t.Scalar})
		return func(c schema.Cell) {
			list.Append(c.Valid)
			for _, e := range c.List {
				item(e)
			}
		}
	}
	value := valueAppender(b)
	return func(c schema.Cell) {
		if c.Valid {
			value(c)
		} else {
			b.AppendNull()
		}
	}
}

func valueAppender(b array.Builder) func(schema.Cell) {
	switch b := b.(type) {
	case *array.Int64Builder:
		return func(c schema.Cell) { b.Append(c.Int) }
	case *array.Float64Builder:
		return func(c schema.Cell) { b.Append(c.Float) }
	case *array.BooleanBuilder:
		return func(c schema.Cell) { b.Append(c.Int != 0) }
	case *array.Date32Builder:
		return func(c schema.Cell) { b.Append(arrow.Date32(c.Int)) }
	case *array.TimestampBuilder:
		return func(c schema.Cell) { b.Append(arrow.Timestamp(c.Int)) }
	}
	text := b.(*array.StringBuilder)
	return func(c schema.Cell) { text.Append(c.Str) }
}

// secondRead has every table read by the second reader. What it reads must be
// what was written, cell by cell.
func secondRead(ctx context.Context, dir string, tables []Table, progress func(done, total int)) (diag.List, error) {
	var list diag.List
	for i, t := range tables {
		file := tablesDir + "/" + t.Name + columnar.ParquetExtension
		rows, err := interruptible(ctx, func() (int64, error) {
			return columnar.SecondRead(filepath.Join(dir, t.Name+columnar.ParquetExtension), filepath.Join(dir, t.Name+columnar.ArrowExtension))
		})
		if ctx.Err() != nil {
			return nil, interrupted(ctx)
		}
		if err == nil && rows != t.Rows {
			err = fmt.Errorf("it has %d rows, %d were written", rows, t.Rows)
		}
		if err != nil {
			list = append(list, diag.New(diag.SecondReaderDiffs, diag.Place{File: file}, "",
				"the second reader does not read what was written: "+err.Error(), "nothing was released; this is a fault of stemma: please report it with the records"))
		}
		if progress != nil {
			progress(i+1, len(tables))
		}
	}
	return list, nil
}

// tableMetadata is what the files of a table say about where they come from.
func (m *Manifest) tableMetadata(table, description string) []columnar.KeyValue {
	pairs := []columnar.KeyValue{
		{Key: "stemma:dataset", Value: m.Dataset},
		{Key: "stemma:version", Value: m.Version},
		{Key: "stemma:table", Value: table},
		{Key: "stemma:title", Value: m.Title},
		{Key: "stemma:licence", Value: m.Licence},
		{Key: "stemma:dataset_sha256", Value: m.DatasetSHA256},
		{Key: "stemma:output_version", Value: strconv.Itoa(m.OutputVersion)},
	}
	if description != "" {
		pairs = append(pairs, columnar.KeyValue{Key: "description", Value: description})
	}
	return pairs
}
