package columnar

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/xitongsys/parquet-go/layout"
	format "github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/schema"
)

// SecondRead reads a Parquet file with xitongsys/parquet-go, which shares no
// code with the writer, and compares every cell, null and list with the Arrow
// file of the pair. It gives the number of rows compared. What differs is a
// *Difference; what the second reader cannot read, or panics on, is another
// error.
//
// Both files may be hostile. parquet-go allocates what run lengths declare, and
// no recover helps against that; so every page is unpacked and checked first:
// each run, length and index in it. Only what this package writes passes. A
// refused file is an error that names file, row group, column and page. The
// files must not change meanwhile.
//
// Columns are read by their index. parquet-go turns names into Go identifiers,
// and different names into the same one, so every name in its copy of the
// footer is replaced by a number after it has been compared.
//
// Memory is bounded by one batch of the Arrow file and one page and dictionary
// of as many columns as there are processors, or of one column when it is long.
// The worst that a file of any size can bring about is a page of 8 Mi booleans
// or of 16 Mi nulls in one list, which parquet-go turns into 3 GiB and 2 GiB.
func SecondRead(parquetPath, arrowPath string) (rows int64, err error) {
	defer recovered(&err, "second reading of "+parquetPath)
	want, err := openArrow(arrowPath)
	if err != nil {
		return 0, err
	}
	defer want.close()
	checked, err := openParquet(parquetPath)
	if err != nil {
		return 0, err
	}
	defer checked.close()
	s := &secondReader{table: tableName(parquetPath), file: checked.file, footer: checked.footer}
	s.number()
	if err := s.checkSchema(want.schema); err != nil {
		return 0, err
	}
	for g, group := range s.footer.RowGroups {
		rec, err := want.next()
		if err == io.EOF {
			return rows, rowCountDifference(s.table, rows, true)
		}
		if err == nil {
			err = s.compareGroup(g, rows, rec)
		}
		if err != nil {
			return rows, err
		}
		rows += group.NumRows
	}
	if rows < want.rows {
		return rows, rowCountDifference(s.table, rows, false)
	}
	if rows != s.footer.NumRows {
		return rows, &Difference{Table: s.table, Row: -1, Got: fmt.Sprintf("a footer that says %d rows", s.footer.NumRows), Want: fmt.Sprint(rows)}
	}
	return rows, nil
}

type secondReader struct {
	table  string
	file   *os.File
	footer *format.FileMetaData
	names  []string // of the schema's elements, before they became numbers
	schema *schema.SchemaHandler
}

// number replaces the names in the schema by numbers.
func (s *secondReader) number() {
	for i, e := range s.footer.Schema {
		s.names = append(s.names, e.Name)
		e.Name = "N" + strconv.Itoa(i)
	}
}

// leaf is what the schema of the Parquet file must say of a column.
type leaf struct {
	physical  format.Type
	converted format.ConvertedType // -1 when none is asked for
}

var leaves = map[string]leaf{
	"utf8":               {format.Type_BYTE_ARRAY, format.ConvertedType_UTF8},
	"int64":              {format.Type_INT64, format.ConvertedType_INT_64},
	"float64":            {format.Type_DOUBLE, -1},
	"bool":               {format.Type_BOOLEAN, -1},
	"date32":             {format.Type_INT32, format.ConvertedType_DATE},
	"timestamp[us, UTC]": {format.Type_INT64, format.ConvertedType_TIMESTAMP_MICROS},
}

// checkSchema compares the footer's schema with the Arrow schema, element by
// element, and gives every column chunk its numbered path.
func (s *secondReader) checkSchema(want *arrow.Schema) error {
	elements := s.footer.Schema
	at := 1 // 0 is the root
	var paths, names [][]string
	for i := range want.NumFields() {
		f := want.Field(i)
		depth, scalar := 1, f.Type
		if list, ok := f.Type.(*arrow.ListType); ok {
			depth, scalar = 3, list.Elem()
		}
		if at+depth > len(elements) {
			return s.schemaDifference(f.Name, "no such column", "a column")
		}
		if s.names[at] != f.Name {
			return s.schemaDifference(f.Name, fmt.Sprintf("the name %q", s.names[at]), fmt.Sprintf("%q", f.Name))
		}
		if got, want := shapeOf(elements[at:at+depth]), expectedShape(depth, TypeName(scalar)); got != want {
			return s.schemaDifference(f.Name, got, want)
		}
		path := make([]string, depth)
		for j := range path {
			path[j] = elements[at+j].Name
		}
		paths, names = append(paths, path), append(names, s.names[at:at+depth])
		at += depth
	}
	if at != len(elements) {
		return s.schemaDifference(s.names[at], "a column", "no such column")
	}
	for g, group := range s.footer.RowGroups {
		if len(group.Columns) != len(paths) {
			return fmt.Errorf("%s: row group %d has %d columns of %d", s.file.Name(), g, len(group.Columns), len(paths))
		}
		for c, chunk := range group.Columns {
			if got := strings.Join(chunk.MetaData.PathInSchema, "\x00"); got != strings.Join(names[c], "\x00") {
				return s.schemaDifference(names[c][0], fmt.Sprintf("the column %q", chunk.MetaData.PathInSchema), fmt.Sprintf("%q in row group %d", names[c], g))
			}
			chunk.MetaData.PathInSchema = paths[c]
		}
	}
	s.schema = schema.NewSchemaHandlerFromSchemaList(elements)
	return nil
}

func (s *secondReader) schemaDifference(column, got, want string) error {
	return &Difference{Table: s.table, Row: -1, Column: column, Got: got, Want: want}
}

// shapeOf renders the elements of one column, expectedShape what they must be.
func shapeOf(elements []*format.SchemaElement) string {
	parts := make([]string, len(elements))
	for i, e := range elements {
		parts[i] = e.GetRepetitionType().String()
		if e.ConvertedType != nil {
			parts[i] += " " + e.ConvertedType.String()
		}
		if e.Type != nil {
			parts[i] += " " + e.Type.String()
		}
		if e.LogicalType != nil && e.LogicalType.TIMESTAMP != nil && !e.LogicalType.TIMESTAMP.IsAdjustedToUTC {
			parts[i] += " local time"
		}
	}
	return strings.Join(parts, " > ")
}

func expectedShape(depth int, typeName string) string {
	want := leaves[typeName]
	shape := "OPTIONAL "
	if want.converted >= 0 {
		shape += want.converted.String() + " "
	}
	shape += want.physical.String()
	if depth == 3 {
		return "OPTIONAL LIST > REPEATED > " + shape
	}
	return shape
}

// maxParallelValues is the most values that several workers decode at a time.
// A longer column has the memory to itself: parquet-go takes up to 300 bytes
// for a value.
const maxParallelValues = 4 << 20

// compareGroup compares row group g, whose first row is row first of the
// table, with a batch. Columns go to several workers; of their differences the
// one of the lowest row counts, then of the lowest column.
func (s *secondReader) compareGroup(g int, first int64, rec arrow.Record) error {
	chunks := s.footer.RowGroups[g].Columns
	errs := make([]error, len(chunks))
	next := make(chan int)
	var wg sync.WaitGroup
	longest := int64(1)
	for _, chunk := range chunks {
		longest = max(longest, chunk.MetaData.NumValues)
	}
	workers := min(int64(runtime.GOMAXPROCS(0)), int64(len(chunks)), max(1, maxParallelValues/longest))
	for range workers {
		wg.Go(func() {
			for c := range next {
				errs[c] = s.compareColumn(chunks[c].MetaData, first, rec, c)
			}
		})
	}
	for c := range chunks {
		next <- c
	}
	close(next)
	wg.Wait()

	var worst *Difference
	for _, err := range errs {
		d, ok := err.(*Difference)
		if err != nil && !ok {
			return err
		}
		if d != nil && (worst == nil || d.Row < worst.Row) {
			worst = d
		}
	}
	if worst != nil {
		return worst
	}
	if n := s.footer.RowGroups[g].NumRows; n != rec.NumRows() {
		return &Difference{Table: s.table, Row: -1, Got: fmt.Sprintf("a row group %d with %d rows", g, n), Want: fmt.Sprint(rec.NumRows())}
	}
	return nil
}

func (s *secondReader) compareColumn(meta *format.ColumnMetaData, first int64, rec arrow.Record, c int) (err error) {
	place := fmt.Sprintf("%s: second reading of column %q", s.file.Name(), rec.ColumnName(c))
	defer recovered(&err, place)
	rows := &rowComparer{want: rec.Column(c)}
	rows.list, rows.isList = rows.want.(*array.List)
	in := chunkTransport(s.file, meta)
	var dictionary *layout.Page
	for seen := int64(0); seen < meta.NumValues; {
		// Pages are read here one by one, because the column reader of
		// parquet-go makes up nulls when a page cannot be read.
		page, n, _, err := layout.ReadPage(in, s.schema, meta)
		if err != nil {
			return fmt.Errorf("%s: %w", place, err)
		}
		if page.Header.GetType() == format.PageType_DICTIONARY_PAGE {
			dictionary = page
			continue
		}
		page.Decode(dictionary)
		seen += n
		if seen > meta.NumValues {
			return fmt.Errorf("%s: pages hold %d values, the footer says %d", place, seen, meta.NumValues)
		}
		if err := rows.page(page.DataTable); err != nil {
			return s.cellError(err, place, first, rec, c)
		}
	}
	return s.cellError(rows.end(), place, first, rec, c)
}

// cellError puts table, row and column to what rowComparer found.
func (s *secondReader) cellError(err error, place string, first int64, rec arrow.Record, c int) error {
	switch e := err.(type) {
	case nil:
		return nil
	case *Difference:
		e.Table, e.Row, e.Column = s.table, e.Row+first, rec.ColumnName(c)
		e.Got, e.Want = excerpts(e.Got, e.Want)
		return e
	}
	return fmt.Errorf("%s: %w", place, err)
}
