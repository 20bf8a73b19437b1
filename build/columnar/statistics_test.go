package columnar

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"os"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"
	format "github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/reader"
)

// footerOf reads a footer with the second reader.
func footerOf(t *testing.T, path string) *format.FileMetaData {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	p := &reader.ParquetReader{PFile: &section{io.NewSectionReader(f, 0, info.Size())}}
	if err := p.ReadFooter(); err != nil {
		t.Fatal(err)
	}
	return p.Footer
}

// Query engines skip row groups by their statistics: a wrong minimum, maximum
// or null count would make rows vanish from answers.
func TestStatisticsAreTrue(t *testing.T) {
	columns := []Column{{"n", Int64, ""}, {"s", Utf8, ""}, {"none", Int64, ""}, {"long", Utf8, ""}}
	const rows = BatchRows + 100
	number := func(row int) int64 { return int64(row%1000) - 500 + int64(row/BatchRows)*10_000 }
	text := func(row int) string { return string(rune('a'+row%5)) + "ä" }
	parquetPath, _, _ := write(t, columns, rows, func(w *Writer, row int) {
		if row%7 == 0 {
			w.Field(0).AppendNull()
		} else {
			w.Field(0).(*array.Int64Builder).Append(number(row))
		}
		w.Field(1).(*array.StringBuilder).Append(text(row))
		w.Field(2).AppendNull()
		w.Field(3).(*array.StringBuilder).Append(string(bytes.Repeat([]byte("x"), 257)))
	})
	footer := footerOf(t, parquetPath)
	if footer.GetCreatedBy() != createdBy || footer.NumRows != rows || len(footer.RowGroups) != 2 {
		t.Errorf("created by %q, %d rows, %d row groups", footer.GetCreatedBy(), footer.NumRows, len(footer.RowGroups))
	}
	first := 0
	for g, group := range footer.RowGroups {
		low, high, nulls := int64(math.MaxInt64), int64(math.MinInt64), int64(0)
		lowText, highText := "z", ""
		for row := first; row < first+int(group.NumRows); row++ {
			if row%7 == 0 {
				nulls++
			} else {
				low, high = min(low, number(row)), max(high, number(row))
			}
			lowText, highText = min(lowText, text(row)), max(highText, text(row))
		}
		first += int(group.NumRows)
		for c, chunk := range group.Columns {
			s := chunk.MetaData.Statistics
			if s == nil {
				t.Fatalf("row group %d, column %d has no statistics", g, c)
			}
			if s.DistinctCount != nil {
				t.Errorf("row group %d, column %d claims %d distinct values", g, c, *s.DistinctCount)
			}
			wantNulls := []int64{nulls, 0, group.NumRows, 0}[c]
			if s.GetNullCount() != wantNulls {
				t.Errorf("row group %d, column %d: %d nulls, want %d", g, c, s.GetNullCount(), wantNulls)
			}
		}
		s := group.Columns[0].MetaData.Statistics
		if got := int64(binary.LittleEndian.Uint64(s.MinValue)); got != low {
			t.Errorf("row group %d: minimum %d, want %d", g, got, low)
		}
		if got := int64(binary.LittleEndian.Uint64(s.MaxValue)); got != high {
			t.Errorf("row group %d: maximum %d, want %d", g, got, high)
		}
		if s := group.Columns[1].MetaData.Statistics; string(s.MinValue) != lowText || string(s.MaxValue) != highText {
			t.Errorf("row group %d: %q to %q, want %q to %q", g, s.MinValue, s.MaxValue, lowText, highText)
		}
		for _, c := range []int{2, 3} {
			if s := group.Columns[c].MetaData.Statistics; s.MinValue != nil || s.MaxValue != nil {
				t.Errorf("row group %d, column %d: a minimum or maximum", g, c)
			}
		}
	}
}
