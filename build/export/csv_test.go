package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"

	"stemma/build/columnar"
	"stemma/internal/golden"
)

// write makes a table and gives the paths of its two files.
func write(t testing.TB, columns []columnar.Column, rows int, fill func(w *columnar.Writer, row int)) (parquet, arrow string) {
	t.Helper()
	dir := t.TempDir()
	w, err := columnar.Create(dir, "t", columns, nil)
	if err != nil {
		t.Fatal(err)
	}
	for row := range rows {
		fill(w, row)
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return dir + "/t.parquet", dir + "/t.arrow"
}

func toCSV(t testing.TB, path string) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := CSV(context.Background(), &b, path); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var allColumns = []columnar.Column{
	{Name: "text", Type: columnar.Utf8}, {Name: "whole", Type: columnar.Int64}, {Name: "real", Type: columnar.Float64},
	{Name: "yes", Type: columnar.Bool}, {Name: "day", Type: columnar.Date32}, {Name: "time", Type: columnar.Timestamp},
	{Name: "texts", Type: columnar.ListOf(columnar.Utf8)}, {Name: "wholes", Type: columnar.ListOf(columnar.Int64)},
	{Name: "days", Type: columnar.ListOf(columnar.Date32)}, {Name: "=1+1", Type: columnar.Utf8},
}

// fillAll fills a row with values, except that row 0 holds nulls and row 1 holds
// what is empty.
func fillAll(w *columnar.Writer, row int) {
	if row == 0 {
		for i := range allColumns {
			w.Field(i).AppendNull()
		}
		return
	}
	texts := w.Field(6).(*array.ListBuilder)
	wholes, days := w.Field(7).(*array.ListBuilder), w.Field(8).(*array.ListBuilder)
	texts.Append(true)
	wholes.Append(true)
	days.Append(true)
	if row == 1 {
		w.Field(0).(*array.StringBuilder).Append("")
		w.Field(9).(*array.StringBuilder).Append(" \u00a0")
	} else {
		w.Field(0).(*array.StringBuilder).Append("a \"quoted\", two-line\r\ntext: Zürich")
		w.Field(9).(*array.StringBuilder).Append("=HYPERLINK(\"https://example.org\",\"click\")")
		values := texts.ValueBuilder().(*array.StringBuilder)
		values.AppendNull()
		values.Append("=1+1")
		values.Append("a,\"b\"\n")
		wholes.ValueBuilder().(*array.Int64Builder).Append(-1)
		wholes.ValueBuilder().AppendNull()
		days.ValueBuilder().(*array.Date32Builder).Append(1)
		days.ValueBuilder().AppendNull()
	}
	sign := int64(2*(row%2) - 1)
	w.Field(1).(*array.Int64Builder).Append(sign * math.MaxInt64)
	w.Field(2).(*array.Float64Builder).Append(float64(sign) * []float64{0, 0, 0.1, 1e21}[row])
	w.Field(3).(*array.BooleanBuilder).Append(row%2 == 0)
	w.Field(4).(*array.Date32Builder).Append(20780)
	w.Field(5).(*array.TimestampBuilder).Append(1795392000000001)
}

// Every type, null, what is empty, quotes, and both encodings of a table.
func TestCSV(t *testing.T) {
	parquet, arrow := write(t, allColumns, 4, fillAll)
	got := toCSV(t, arrow)
	golden.Check(t, "testdata/all.csv", got)
	if other := toCSV(t, parquet); other != got {
		t.Errorf("from Parquet\n%q\nfrom Arrow\n%q", other, got)
	}
}

func TestTextCells(t *testing.T) {
	for text, want := range map[string]string{
		"":                    `""`,
		"plain":               "plain",
		"Zürich; 5 = 5":       "Zürich; 5 = 5",
		"a,b":                 `"a,b"`,
		`say "x"`:             `"say ""x"""`,
		"two\nlines":          "\"two\nlines\"",
		" spaces ":            `" spaces "`,
		"=1+1":                "'=1+1",
		"+1+1":                "'+1+1",
		"@SUM(A1)":            "'@SUM(A1)",
		"-2+3+cmd|' /C x'!A0": "'-2+3+cmd|' /C x'!A0",
		"\t=1":                "'\t=1",
		"\tplain":             "'\tplain",
		"\r=1":                "\"'\r=1\"",
		"\n=1":                "\"'\n=1\"",
		"  =1+1":              "'  =1+1",
		"\u00a0=1":            "'\u00a0=1",
		"\ufeff=1":            "'\ufeff=1",
		"\u200b@x":            "'\u200b@x",
		"＝1+1":                "'＝1+1",
		"'=1":                 "''=1",
		"'tis":                "''tis",
		"=1,\"x\"":            "\"'=1,\"\"x\"\"\"",
		"-1.25":               "-1.25",
		"-6600":               "-6600",
		"-1e-7":               "-1e-7",
		"-1e":                 "'-1e",
		"-.5":                 "'-.5",
		"-20/3":               "-20/3",
		"-20/3/4":             "'-20/3/4",
		"-20/":                "'-20/",
		"-20/A1":              "'-20/A1",
		"--1":                 "'--1",
		"+1":                  "'+1",
		"-":                   "'-",
		"– a dash":            "– a dash",
		"\x00=1":              "'\x00=1",
	} {
		if got := string(appendText(nil, text)); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
	}
}

// FuzzText: a strict reader of CSV gets back every text, and none that a
// spreadsheet would compute.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "=1", "'=1", "\"", ",", "a\r\nb", "-1", "\ufeff=", "\t", "\xff=1"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		line := appendText(append(appendText(nil, a), ','), b)
		r := csv.NewReader(bytes.NewReader(append(line, "\r\n"...)))
		cells, err := r.Read()
		if err != nil || len(cells) != 2 {
			t.Fatalf("%q: %q, %v", line, cells, err)
		}
		for i, want := range []string{a, b} {
			cell := cells[i]
			if cell != "" && strings.ContainsRune("=+-@\t", rune(cell[0])) && !isNumber(cell) {
				t.Errorf("%q can be taken for a formula", cell)
			}
			// The reader makes line feeds of CR LF in quotes.
			want = strings.ReplaceAll(want, "\r\n", "\n")
			if got := strings.TrimPrefix(cell, "'"); got != want {
				t.Errorf("%q comes back as %q", want, got)
			}
		}
	})
}

func TestWhatHasNoCSV(t *testing.T) {
	floats := []columnar.Column{{Name: "a", Type: columnar.Int64}, {Name: "b", Type: columnar.Float64}}
	for _, v := range []float64{math.Inf(1), math.Inf(-1), math.NaN()} {
		_, path := write(t, floats, 1, func(w *columnar.Writer, _ int) {
			w.Field(0).AppendNull()
			w.Field(1).(*array.Float64Builder).Append(v)
		})
		if _, err := CSV(context.Background(), new(bytes.Buffer), path); !errors.Is(err, errNotFinite) {
			t.Errorf("%v: %v", v, err)
		}
	}
	texts := []columnar.Column{{Name: "a", Type: columnar.Utf8}, {Name: "b", Type: columnar.ListOf(columnar.Utf8)}}
	for column := range texts {
		_, path := write(t, texts, 1, func(w *columnar.Writer, _ int) {
			list := w.Field(1).(*array.ListBuilder)
			list.Append(true)
			w.Field(0).(*array.StringBuilder).Append([]string{"\xff", ""}[column])
			list.ValueBuilder().(*array.StringBuilder).Append([]string{"", "\xff"}[column])
		})
		if _, err := CSV(context.Background(), new(bytes.Buffer), path); !errors.Is(err, errNotUTF8) {
			t.Errorf("column %d: %v", column, err)
		}
	}
	_, path := write(t, floats[:1], 1, func(w *columnar.Writer, _ int) { w.Field(0).AppendNull() })
	if _, err := CSV(context.Background(), new(bytes.Buffer), path); err == nil || !strings.Contains(err.Error(), "one column") {
		t.Errorf("one column: %v", err)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestFailures(t *testing.T) {
	_, path := write(t, allColumns, 4, fillAll)
	if _, err := CSV(context.Background(), fullDisk{}, path); err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("full disk: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := CSV(ctx, new(bytes.Buffer), path); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if _, err := CSV(context.Background(), new(bytes.Buffer), path+"x"); err == nil {
		t.Error("no file, no error")
	}
}

// The tables of a published release: the same from both files, a strict reader
// reads as many rows, and no text of them is one that a spreadsheet computes.
func TestPublishedTables(t *testing.T) {
	files, err := filepath.Glob("../../dist/v0.2.0/tables/*.arrow")
	if err != nil || len(files) == 0 {
		t.Fatal("no tables", err)
	}
	for _, file := range files {
		var b bytes.Buffer
		rows, err := CSV(t.Context(), &b, file)
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != toCSV(t, strings.TrimSuffix(file, ".arrow")+".parquet") {
			t.Errorf("%s: its Parquet file becomes another CSV", file)
		}
		lines, err := csv.NewReader(&b).ReadAll()
		if err != nil || int64(len(lines)) != rows+1 {
			t.Errorf("%s: %d lines of %d rows, %v", file, len(lines), rows, err)
		}
		for _, cell := range slices.Concat(lines...) {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) && !isNumber(cell) {
				t.Errorf("%s: %q can be taken for a formula", file, cell)
			}
		}
	}
}
