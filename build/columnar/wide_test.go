package columnar

import (
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
)

// A wide table with few rows takes memory for what it holds, not for as many
// rows as a batch may have in each of its columns.
func TestWideTableTakesLittleMemory(t *testing.T) {
	const width, rows, perColumn = 500, 3, 192 << 10 // a full batch of integers alone is 512 KiB
	var columns []Column
	for c := range width {
		columns = append(columns, Column{fmt.Sprint("c", c), []arrow.DataType{Utf8, Int64, ListOf(Utf8)}[c%3], ""})
	}
	parquetPath, arrowPath, want := write(t, columns, rows, func(w *Writer, row int) {
		for c := range width {
			switch b := w.Field(c).(type) {
			case *array.StringBuilder:
				b.Append(fmt.Sprint("text ", c+row))
			case *array.Int64Builder:
				b.Append(int64(c * row))
			case *array.ListBuilder:
				b.Append(true)
				b.ValueBuilder().(*array.StringBuilder).Append(fmt.Sprint("element ", c))
			}
		}
	})
	for name, read := range map[string]func() error{
		"ReadHashesParquet": func() error {
			got, err := ReadHashesParquet(parquetPath)
			if err == nil && (got.Rows != rows || got.Fingerprint != want.Fingerprint) {
				t.Errorf("%d rows of %s", got.Rows, got.Fingerprint)
			}
			return err
		},
		"FirstDifference": func() error {
			d, err := FirstDifference(parquetPath, arrowPath)
			if d != nil {
				t.Error(d)
			}
			return err
		},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := read()
		runtime.ReadMemStats(&after)
		if taken := (after.TotalAlloc - before.TotalAlloc) / width; err != nil || taken > perColumn {
			t.Errorf("%s takes %d bytes for a column, in total: %v", name, taken, err)
		}
	}
}

// The levels of a list say where its rows begin: they must make as many as the
// row group has, in every row group.
func TestListsWithOtherRowsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		levels []byte // repetition levels of [1 2], [], null, [1]: 0 1 0 0 0
		want   string
	}{
		"one more":  {levels(repeatedRun(5, 0)), "it has more rows than 4"},
		"one fewer": {levels(packedRun(1, 0b00110)), "it has 3 rows of 4"},
	} {
		t.Run(name, func(t *testing.T) {
			file, arrowPath := craftedTable(t)
			page := file.pages[0][1][dataPage]
			page.data = join(c.levels, page.data[4+binary.LittleEndian.Uint32(page.data):])
			path := file.write(t)
			_, hashErr := ReadHashesParquet(path)
			_, differenceErr := FirstDifference(path, arrowPath)
			for _, err := range []error{hashErr, differenceErr} {
				if err == nil || !strings.Contains(err.Error(), `row group 0, column 1 "b": `+c.want) {
					t.Errorf("%v, want %q", err, c.want)
				}
			}
			if _, err := SecondRead(path, arrowPath); err == nil {
				t.Error("SecondRead reads it")
			}
		})
	}
}
