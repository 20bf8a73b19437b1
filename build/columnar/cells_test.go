package columnar

import (
	"path/filepath"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

func TestTypeNamed(t *testing.T) {
	for _, scalar := range []arrow.DataType{Utf8, Int64, Float64, Bool, Date32, Timestamp} {
		for _, want := range []arrow.DataType{scalar, ListOf(scalar)} {
			if got := TypeNamed(TypeName(want)); got == nil || !arrow.TypeEqual(got, want) {
				t.Errorf("%s is %v", TypeName(want), got)
			}
		}
	}
	for _, name := range []string{"", "string", "list<>", "list<list<utf8>>", "int64 "} {
		if got := TypeNamed(name); got != nil {
			t.Errorf("%q is %v", name, got)
		}
	}
}

// A copy of a table, cell by cell, is the table: all types, nulls, lists.
func TestAppendCell(t *testing.T) {
	dir := t.TempDir()
	columns := []Column{}
	for _, scalar := range []arrow.DataType{Utf8, Int64, Float64, Bool, Date32, Timestamp} {
		columns = append(columns, Column{Name: TypeName(scalar), Type: scalar}, Column{Name: TypeName(ListOf(scalar)), Type: ListOf(scalar)})
	}
	w, err := Create(dir, "t", columns, nil)
	if err != nil {
		t.Fatal(err)
	}
	value := func(b array.Builder, row int) {
		switch b := b.(type) {
		case *array.StringBuilder:
			b.Append([]string{"", "a", "ü"}[row%3])
		case *array.Int64Builder:
			b.Append(int64(row) << 60)
		case *array.Float64Builder:
			b.Append(float64(row) / 3)
		case *array.BooleanBuilder:
			b.Append(row%2 == 0)
		case *array.Date32Builder:
			b.Append(arrow.Date32(row))
		case *array.TimestampBuilder:
			b.Append(arrow.Timestamp(row))
		}
	}
	for row := range 12 {
		for i := range columns {
			list, isList := w.Field(i).(*array.ListBuilder)
			switch {
			case (row+i)%4 == 0:
				w.Field(i).AppendNull()
			case isList:
				list.Append(true)
				for n := range row % 3 {
					value(list.ValueBuilder(), row+n)
					list.ValueBuilder().AppendNull()
				}
			default:
				value(w.Field(i), row)
			}
		}
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var out *Writer
	begin := func(columns []Column) (err error) { out, err = Create(dir, "copy", columns, nil); return err }
	err = ReadBatches(filepath.Join(dir, "t.arrow"), begin, func(rec arrow.Record) error {
		for row := range int(rec.NumRows()) {
			for i, column := range rec.Columns() {
				if err := AppendCell(out.Field(i), column, row); err != nil {
					return err
				}
			}
			if err := out.EndRow(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if d, err := FirstDifference(filepath.Join(dir, "copy.parquet"), filepath.Join(dir, "t.arrow")); d != nil || err != nil {
		t.Error(d, err)
	}
}

func TestAppendCellOfAnotherType(t *testing.T) {
	from := array.NewInt64Builder(memory.NewGoAllocator())
	from.Append(1)
	cells := from.NewArray()
	for _, to := range []arrow.DataType{Utf8, Date32, ListOf(Int64)} {
		if err := AppendCell(array.NewBuilder(memory.NewGoAllocator(), to), cells, 0); err == nil {
			t.Errorf("a whole number fits a column of type %v", to)
		}
	}
}
