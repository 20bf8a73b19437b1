package columnar

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"
)

// checkPair reads a pair with every reader there is and compares what they see.
func checkPair(t *testing.T, parquetPath, arrowPath string, want *TableStats) {
	t.Helper()
	rows, err := SecondRead(parquetPath, arrowPath)
	if err != nil || rows != want.Rows {
		t.Fatalf("SecondRead: %d rows, %v; want %d rows", rows, err, want.Rows)
	}
	for path, read := range map[string]func(string) (*TableStats, error){arrowPath: ReadHashes, parquetPath: ReadHashesParquet} {
		got, err := read(path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: read back\n%+v\nwritten\n%+v", path, got, want)
		}
	}
	if d, err := FirstDifference(parquetPath, arrowPath); d != nil || err != nil {
		t.Errorf("FirstDifference: %v, %v", d, err)
	}
}

func TestEveryShapeIsReadBack(t *testing.T) {
	long := func(w *Writer, row int) {
		w.Field(0).(*array.StringBuilder).Append(strings.Repeat(fmt.Sprint(row, " "), 1<<20))
	}
	cases := []struct {
		name    string
		columns []Column
		rows    int
		fill    func(w *Writer, row int)
	}{
		{"no rows", allColumns(), 0, nil},
		{"one row of nulls", allColumns(), 1, nulls},
		{"nulls only", allColumns(), 100, nulls},
		{"one row", allColumns(), 1, random(1)},
		{"a few rows", allColumns(), 1000, random(2)},
		{"several row groups", allColumns(), BatchRows + 4500, random(3)},
		{"exactly one row group", []Column{{"a", Int64, ""}, {"b", ListOf(Utf8), ""}}, BatchRows, random(4)},
		{"nulls in several row groups", []Column{{"a", ListOf(Bool), ""}, {"b", Utf8, ""}}, BatchRows + 1, nulls},
		{"long strings", []Column{{"a", Utf8, ""}}, 10, long},
		{"one long list", []Column{{"a", ListOf(Int64), ""}}, 3, func(w *Writer, row int) {
			b := w.Field(0).(*array.ListBuilder)
			b.Append(true)
			for i := range row * 300_000 {
				b.ValueBuilder().(*array.Int64Builder).Append(int64(i))
			}
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			parquetPath, arrowPath, stats := write(t, c.columns, c.rows, c.fill)
			if stats.Rows != int64(c.rows) {
				t.Errorf("%d rows written, %d told", c.rows, stats.Rows)
			}
			checkPair(t, parquetPath, arrowPath, stats)
		})
	}
}

// Whatever a random table holds, both files give it back; and tables of
// different seeds differ, so the comparison is not blind.
func TestRandomTables(t *testing.T) {
	var last string
	for seed := range uint64(20) {
		parquetPath, arrowPath, stats := write(t, allColumns(), 50+int(seed), random(seed))
		checkPair(t, parquetPath, arrowPath, stats)
		if last != "" {
			if _, err := SecondRead(parquetPath, last); err == nil {
				t.Error("the second reader sees no difference between two random tables")
			}
			if d, err := FirstDifference(parquetPath, last); d == nil || err != nil {
				t.Errorf("FirstDifference of two random tables: %v, %v", d, err)
			}
		}
		last = arrowPath
	}
}

func TestBatchesAreCutByBytes(t *testing.T) {
	text := strings.Repeat("a", BatchBytes/2)
	parquetPath, arrowPath, stats := write(t, []Column{{"a", Utf8, ""}}, 3, func(w *Writer, _ int) {
		w.Field(0).(*array.StringBuilder).Append(text)
	})
	checkPair(t, parquetPath, arrowPath, stats)
	table, err := openArrow(arrowPath)
	if err != nil {
		t.Fatal(err)
	}
	defer table.close()
	var got []int64
	for {
		rec, err := table.next()
		if err != nil {
			break
		}
		got = append(got, rec.NumRows())
	}
	if want := []int64{2, 1}; !reflect.DeepEqual(got, want) {
		t.Errorf("batches of %d rows, want %d", got, want)
	}
}
