package columnar

import (
	"errors"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
)

// appendValue appends plain Go values: nil, string, int, float64, bool, []any.
func appendValue(b array.Builder, v any) {
	switch v := v.(type) {
	case nil:
		b.AppendNull()
	case string:
		b.(*array.StringBuilder).Append(v)
	case float64:
		b.(*array.Float64Builder).Append(v)
	case bool:
		b.(*array.BooleanBuilder).Append(v)
	case int:
		switch b := b.(type) {
		case *array.Int64Builder:
			b.Append(int64(v))
		case *array.Date32Builder:
			b.Append(arrow.Date32(v))
		case *array.TimestampBuilder:
			b.Append(arrow.Timestamp(v))
		}
	case []any:
		list := b.(*array.ListBuilder)
		list.Append(true)
		for _, e := range v {
			appendValue(list.ValueBuilder(), e)
		}
	}
}

// writeValues writes a table of two columns: k, which counts, and v.
func writeValues(t *testing.T, v Column, values []any) (parquetPath, arrowPath string) {
	t.Helper()
	parquetPath, arrowPath, _ = write(t, []Column{{"k", Int64, ""}, v}, len(values), func(w *Writer, row int) {
		appendValue(w.Field(0), row)
		appendValue(w.Field(1), values[row])
	})
	return parquetPath, arrowPath
}

// Every kind of difference is found, by the second reader and between files,
// at its place.
func TestDifferencesAreFound(t *testing.T) {
	cases := []struct {
		name              string
		t                 arrow.DataType
		got, want         []any
		row               int64
		gotText, wantText string // as rendered
	}{
		{"text", Utf8, []any{"a", "b", "c"}, []any{"a", "x", "d"}, 1, `"b"`, `"x"`},
		{"null for empty text", Utf8, []any{"a", nil}, []any{"a", ""}, 1, "null", `""`},
		{"NUL at the end", Utf8, []any{"a\x00"}, []any{"a"}, 0, `"a\x00"`, `"a"`},
		{"integer", Int64, []any{1, 9007199254740993}, []any{1, 9007199254740992}, 1, "9007199254740993", "9007199254740992"},
		{"zero for null", Int64, []any{0}, []any{nil}, 0, "0", "null"},
		{"last bit of a float", Float64, []any{0.1}, []any{0.10000000000000002}, 0, "0.1", "0.10000000000000002"},
		{"sign of zero", Float64, []any{0.0}, []any{negativeZero()}, 0, "0", "-0"},
		{"bool", Bool, []any{true, true}, []any{true, false}, 1, "true", "false"},
		{"date", Date32, []any{0}, []any{-1}, 0, "1970-01-01", "1969-12-31"},
		{"timestamp", Timestamp, []any{1}, []any{1_000_000}, 0, "1970-01-01T00:00:00.000001Z", "1970-01-01T00:00:01Z"},
		{"null for empty list", ListOf(Utf8), []any{nil}, []any{[]any{}}, 0, "null", "[]"},
		{"empty list for list of null", ListOf(Utf8), []any{[]any{}}, []any{[]any{nil}}, 0, "[]", "[null]"},
		{"null for list of null", ListOf(Utf8), []any{nil}, []any{[]any{nil}}, 0, "null", "[null]"},
		{"element", ListOf(Int64), []any{[]any{1, 2}, []any{3}}, []any{[]any{1, 2}, []any{4}}, 1, "[3]", "[4]"},
		{"lists cut elsewhere", ListOf(Int64), []any{[]any{1, 2}, []any{3}}, []any{[]any{1}, []any{2, 3}}, 0, "[1, 2]", "[1]"},
		{"order in a list", ListOf(Date32), []any{[]any{0, 1}}, []any{[]any{1, 0}}, 0, "[1970-01-01, 1970-01-02]", "[1970-01-02, 1970-01-01]"},
		{"list, last row missing", ListOf(Int64), []any{[]any{1}}, []any{[]any{1}, []any{2}}, 1, "", ""},
		{"last row missing", Int64, []any{1}, []any{1, 2}, 1, "", ""},
		{"a row too many", Int64, []any{1, 2}, []any{1}, 1, "", ""},
		{"no rows", Int64, []any{}, []any{1}, 0, "", ""},
		{"rows for none", Int64, []any{1}, []any{}, 0, "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			gotParquet, gotArrow := writeValues(t, Column{"v", c.t, ""}, c.got)
			wantParquet, wantArrow := writeValues(t, Column{"v", c.t, ""}, c.want)
			check := func(how string, err error) {
				t.Helper()
				var d *Difference
				if !errors.As(err, &d) {
					t.Fatalf("%s: %v instead of a difference", how, err)
				}
				if d.Table != "t" || d.Row != c.row || c.gotText != "" && (d.Column != "v" || d.Got != c.gotText || d.Want != c.wantText) {
					t.Errorf("%s: %+v, want row %d, %s instead of %s", how, d, c.row, c.gotText, c.wantText)
				}
			}
			_, err := SecondRead(gotParquet, wantArrow)
			check("SecondRead", err)
			for _, got := range []string{gotParquet, gotArrow} {
				for _, want := range []string{wantParquet, wantArrow} {
					d, err := FirstDifference(got, want)
					if err != nil {
						t.Fatal(err)
					}
					check("FirstDifference", d)
				}
			}
		})
	}
}

func negativeZero() float64 {
	zero := 0.0
	return -zero // of a variable: the constant -0.0 is 0
}

// The first difference is that of the lowest row, whatever the column, also
// beyond the first batch.
func TestFirstDifferenceIsInRowOrder(t *testing.T) {
	columns := []Column{{"a", Int64, ""}, {"b", Utf8, ""}}
	plain, _, _ := write(t, columns, BatchRows+10, func(w *Writer, _ int) {
		appendValue(w.Field(0), 0)
		appendValue(w.Field(1), "same")
	})
	_, other, _ := write(t, columns, BatchRows+10, func(w *Writer, row int) {
		a, b := 0, "same"
		if row >= BatchRows+7 {
			a = 1
		}
		if row >= BatchRows+5 {
			b = strings.Repeat("same", 1000) + "!"
		}
		appendValue(w.Field(0), a)
		appendValue(w.Field(1), b)
	})
	want := `table "t", row 65541 (from 0), column "b": "same" instead of "same` + strings.Repeat("same", 38) + "sam…"
	if _, err := SecondRead(plain, other); err == nil || err.Error() != want {
		t.Errorf("SecondRead: %v\nwant %s", err, want)
	}
	d, err := FirstDifference(plain, other)
	if err != nil || d == nil || d.Error() != want {
		t.Errorf("FirstDifference: %v, %v\nwant %s", d, err, want)
	}
}

func TestSchemasAreCompared(t *testing.T) {
	base := []Column{{"a", Int64, "one"}, {"b", ListOf(Utf8), ""}}
	cases := []struct {
		name    string
		columns []Column
		column  string
		second  bool // the second reader, which sees no descriptions, finds it too
	}{
		{"renamed", []Column{{"A", Int64, "one"}, {"b", ListOf(Utf8), ""}}, "a", true},
		{"retyped", []Column{{"a", Timestamp, "one"}, {"b", ListOf(Utf8), ""}}, "a", true},
		{"retyped element", []Column{{"a", Int64, "one"}, {"b", ListOf(Date32), ""}}, "b", true},
		{"list to scalar", []Column{{"a", Int64, "one"}, {"b", Utf8, ""}}, "b", true},
		{"missing", []Column{{"a", Int64, "one"}}, "b", true},
		{"added", append(base[:2:2], Column{"c", Bool, ""}), "c", true},
		{"swapped", []Column{base[1], base[0]}, "a", true},
		{"described otherwise", []Column{{"a", Int64, "two"}, {"b", ListOf(Utf8), ""}}, "a", false},
	}
	_, arrowPath, _ := write(t, base, 1, nulls)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			parquetPath, _, stats := write(t, c.columns, 1, nulls)
			d, err := FirstDifference(arrowPath, parquetPath)
			if err != nil || d == nil || d.Row != -1 || d.Column != c.column {
				t.Errorf("FirstDifference: %+v, %v; want column %q", d, err, c.column)
			}
			_, err = SecondRead(parquetPath, arrowPath)
			var second *Difference
			if errors.As(err, &second) != c.second {
				t.Errorf("SecondRead: %v", err)
			}
			if c.second == (stats.Fingerprint == Fingerprint(base)) {
				t.Errorf("fingerprints: changed %v, want %v", !c.second, c.second)
			}
		})
	}
}
