package columnar

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
)

// scalars are the scalar types, each of which also appears in a list.
var scalars = []arrow.DataType{Utf8, Int64, Float64, Bool, Date32, Timestamp}

// oddNames are column names that the second reader turns into the same
// identifier, or into none, and names that the Parquet schema of lists uses.
var oddNames = []string{
	"id", "Id", "_extra", "_value", "foo-bar", "foo.bar", "foo45bar", "foo_bar", "a b", "größe", "@type",
	"1st", "PARGO_PREFIX_1st", "list", "element", "x.list.element", "x", "schema", "\x01", "日本", "a/b", "N1",
}

// allColumns gives one column of every type under the odd names, in turn.
func allColumns() []Column {
	var types []arrow.DataType
	for _, t := range scalars {
		types = append(types, t, ListOf(t))
	}
	columns := make([]Column, 0, len(oddNames))
	for i, name := range oddNames {
		columns = append(columns, Column{name, types[i%len(types)], fmt.Sprintf("What “%s” means.", name)})
	}
	return columns
}

var testMetadata = []KeyValue{{"stemma:table", "t"}, {"description", "Grüße\n"}, {"a", ""}}

// write writes a table into a fresh folder; fill appends one row.
func write(t testing.TB, columns []Column, rows int, fill func(w *Writer, row int)) (parquetPath, arrowPath string, stats *TableStats) {
	t.Helper()
	dir := t.TempDir()
	w, err := Create(dir, "t", columns, testMetadata)
	if err != nil {
		t.Fatal(err)
	}
	for row := range rows {
		fill(w, row)
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	stats, err = w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "t.parquet"), filepath.Join(dir, "t.arrow"), stats
}

// random fills rows with values of every kind, seeded.
func random(seed uint64) func(w *Writer, row int) {
	r := rand.New(rand.NewPCG(seed, 1))
	return func(w *Writer, _ int) {
		for i := range w.schema.NumFields() {
			appendRandom(w.Field(i), r)
		}
	}
}

var strange = []string{"", "\x00", "a\x00b", "😀𝔘", "\ufffd", "\u2028", "x", "{\"a\":1}", strings.Repeat("ä", 300)}

func appendRandom(b array.Builder, r *rand.Rand) {
	if r.IntN(5) == 0 {
		b.AppendNull()
		return
	}
	switch b := b.(type) {
	case *array.StringBuilder:
		if r.IntN(3) == 0 {
			b.Append(strange[r.IntN(len(strange))])
		} else {
			b.Append(fmt.Sprint(r.IntN(1000)))
		}
	case *array.Int64Builder:
		b.Append([]int64{0, -1, math.MinInt64, math.MaxInt64, r.Int64()}[r.IntN(5)])
	case *array.Float64Builder:
		b.Append([]float64{0, math.Copysign(0, -1), math.MaxFloat64, 5e-324, r.NormFloat64()}[r.IntN(5)])
	case *array.BooleanBuilder:
		b.Append(r.IntN(2) == 0)
	case *array.Date32Builder:
		b.Append(arrow.Date32(r.IntN(3_650_000) - 719_162))
	case *array.TimestampBuilder:
		b.Append(arrow.Timestamp(r.Int64N(1<<57) - 1<<55))
	case *array.ListBuilder:
		b.Append(true)
		for range r.IntN(4) {
			appendRandom(b.ValueBuilder(), r)
		}
	default:
		panic(fmt.Sprintf("no values for %T", b))
	}
}

func nulls(w *Writer, _ int) {
	for i := range w.schema.NumFields() {
		w.Field(i).AppendNull()
	}
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
