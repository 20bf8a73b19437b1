package columnar

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
)

// Difference says where two files of one table first differ. As an error it
// is one sentence that names table, row and column.
type Difference struct {
	Table  string
	Row    int64  // from 0; -1 when the difference is in no row (schema, metadata)
	Column string // "" when the difference is in no single column (number of rows)
	Got    string // as the first file or the second reader has it
	Want   string // as the other file has it
}

func (d *Difference) Error() string {
	var place strings.Builder
	fmt.Fprintf(&place, "table %q", d.Table)
	if d.Row >= 0 {
		fmt.Fprintf(&place, ", row %d (from 0)", d.Row)
	}
	if d.Column != "" {
		fmt.Fprintf(&place, ", column %q", d.Column)
	}
	return fmt.Sprintf("%s: %s instead of %s", place.String(), d.Got, d.Want)
}

// FirstDifference compares two files of one table, each Parquet or Arrow, and
// gives the first difference in row order, then column order: schema (names,
// types, descriptions), cells, number of rows, metadata of the schema. It is
// nil when both hold the same; error is for files that cannot be read.
func FirstDifference(pathA, pathB string) (*Difference, error) {
	a, err := openTable(pathA)
	if err != nil {
		return nil, err
	}
	defer a.close()
	b, err := openTable(pathB)
	if err != nil {
		return nil, err
	}
	defer b.close()
	if d := schemaDifference(a.table, a.schema, b.schema); d != nil {
		return d, nil
	}
	left, right := &cursor{table: a}, &cursor{table: b}
	for {
		if err := errors.Join(left.fill(), right.fill()); err != nil {
			return nil, err
		}
		n := min(left.rest(), right.rest())
		if n == 0 {
			break
		}
		d, err := batchDifference(left, right, n)
		if d != nil || err != nil {
			return d, err
		}
		left.skip(n)
		right.skip(n)
	}
	if left.rest() != right.rest() {
		return rowCountDifference(a.table, left.row, left.rest() > 0), nil
	}
	return metadataDifference(a.table, metadataOf(a.schema), metadataOf(b.schema)), nil
}

// noRow stands for a cell beyond the last row.
const noRow = "no row"

func rowCountDifference(table string, row int64, more bool) *Difference {
	d := &Difference{Table: table, Row: row, Got: "a row", Want: noRow}
	if !more {
		d.Got, d.Want = d.Want, d.Got
	}
	return d
}

// schemaDifference compares names, types and descriptions of columns.
func schemaDifference(table string, a, b *arrow.Schema) *Difference {
	describe := func(s *arrow.Schema, i int) (name, text string) {
		if i >= s.NumFields() {
			return "", "no such column"
		}
		f := s.Field(i)
		description, _ := f.Metadata.GetValue(descriptionKey)
		return f.Name, fmt.Sprintf("column %d %q of type %s, described as %q", i, f.Name, TypeName(f.Type), description)
	}
	for i := range max(a.NumFields(), b.NumFields()) {
		name, got := describe(a, i)
		other, want := describe(b, i)
		if name == "" {
			name = other
		}
		if got != want {
			return &Difference{Table: table, Row: -1, Column: name, Got: got, Want: want}
		}
	}
	return nil
}

func metadataDifference(table string, a, b []KeyValue) *Difference {
	describe := func(pairs []KeyValue, i int) string {
		if i >= len(pairs) {
			return "no more metadata"
		}
		return fmt.Sprintf("metadata %q = %q", pairs[i].Key, pairs[i].Value)
	}
	for i := range max(len(a), len(b)) {
		if got, want := describe(a, i), describe(b, i); got != want {
			return &Difference{Table: table, Row: -1, Got: got, Want: want}
		}
	}
	return nil
}

// cursor walks over the batches of a table; two files may be cut differently.
type cursor struct {
	table *tableReader
	rec   arrow.Record
	at    int64 // next row in rec
	row   int64 // next row in the table
}

// fill gets the next batch when the current one is used up.
func (c *cursor) fill() error {
	for c.rest() == 0 {
		rec, err := c.table.next()
		if err == io.EOF {
			c.rec = nil
			return nil
		}
		if err != nil {
			return err
		}
		c.rec, c.at = rec, 0
	}
	return nil
}

func (c *cursor) rest() int64 {
	if c.rec == nil {
		return 0
	}
	return c.rec.NumRows() - c.at
}

func (c *cursor) skip(n int64) { c.at, c.row = c.at+n, c.row+n }

// batchDifference finds the first differing cell of the next n rows.
func batchDifference(a, b *cursor, n int64) (d *Difference, err error) {
	defer recovered(&err, "comparing table "+a.table.table)
	first, column := n, -1
	for c := 0; c < int(a.rec.NumCols()); c++ {
		left, right := a.rec.Column(c), b.rec.Column(c)
		encodeA, err := cellEncoder(left)
		if err != nil {
			return nil, err
		}
		encodeB, err := cellEncoder(right)
		if err != nil {
			return nil, err
		}
		var bufA, bufB []byte
		for i := int64(0); i < first; i++ {
			bufA = encodeA(bufA[:0], int(a.at+i))
			bufB = encodeB(bufB[:0], int(b.at+i))
			if string(bufA) != string(bufB) {
				first, column = i, c
				break
			}
		}
	}
	if column < 0 {
		return nil, nil
	}
	got := cellText(a.rec.Column(column), int(a.at+first))
	want := cellText(b.rec.Column(column), int(b.at+first))
	got, want = excerpts(got, want)
	return &Difference{Table: a.table.table, Row: a.row + first, Column: a.rec.ColumnName(column), Got: got, Want: want}, nil
}

// cellText renders a cell for people: null, 12, "text", [1, null], 2024-01-31.
func cellText(arr arrow.Array, i int) string {
	if arr.IsNull(i) {
		return "null"
	}
	switch a := arr.(type) {
	case *array.String:
		return strconv.Quote(a.Value(i))
	case *array.Int64:
		return strconv.FormatInt(a.Value(i), 10)
	case *array.Float64:
		return floatText(a.Value(i))
	case *array.Boolean:
		return strconv.FormatBool(a.Value(i))
	case *array.Date32:
		return dateText(int64(a.Value(i)))
	case *array.Timestamp:
		return timestampText(int64(a.Value(i)))
	case *array.List:
		start, end := a.ValueOffsets(i)
		var parts []string
		for j := start; j < end; j++ {
			parts = append(parts, cellText(a.ListValues(), int(j)))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return fmt.Sprintf("a value of type %v", arr.DataType())
}

func floatText(f float64) string {
	if f == 0 && math.Signbit(f) {
		return "-0"
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

func dateText(days int64) string {
	return time.Unix(days*86400, 0).UTC().Format(time.DateOnly)
}

func timestampText(us int64) string {
	return time.UnixMicro(us).UTC().Format("2006-01-02T15:04:05.999999Z07:00")
}

// excerptLength is how much of a long value a message shows, in bytes.
const excerptLength = 160

// excerpts shortens two different long values around their first differing
// byte, so that a message shows what differs.
func excerpts(a, b string) (string, string) {
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	start := max(0, same-excerptLength/4)
	return excerpt(a, start), excerpt(b, start)
}

func excerpt(s string, start int) string {
	end := min(len(s), start+excerptLength)
	for start > 0 && start < len(s) && !utf8.RuneStart(s[start]) {
		start--
	}
	for end < len(s) && !utf8.RuneStart(s[end]) {
		end++
	}
	text := s[min(start, end):end]
	if start > 0 {
		text = "…" + text
	}
	if end < len(s) {
		text += "…"
	}
	return text
}
