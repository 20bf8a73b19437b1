package columnar

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	format "github.com/xitongsys/parquet-go/parquet"
)

// craftedTable is a table of 4 rows whose every page is known: a has the
// values x, y, x, null; b the lists [1 2], [], null, [1]; c true, false, null,
// true; d four times 2020-01-01.
func craftedTable(t testing.TB) (*crafted, string) {
	columns := []Column{{"a", Utf8, ""}, {"b", ListOf(Int64), ""}, {"c", Bool, ""}, {"d", Date32, ""}}
	parquetPath, arrowPath, _ := write(t, columns, 4, func(w *Writer, row int) {
		if row == 3 {
			w.Field(0).AppendNull()
		} else {
			w.Field(0).(*array.StringBuilder).Append([]string{"x", "y", "x"}[row])
		}
		list := w.Field(1).(*array.ListBuilder)
		list.Append(row != 2)
		list.ValueBuilder().(*array.Int64Builder).AppendValues([][]int64{{1, 2}, {}, {}, {1}}[row], nil)
		w.Field(2).(*array.BooleanBuilder).AppendValues([]bool{row != 1}, []bool{row != 2})
		w.Field(3).(*array.Date32Builder).Append(arrow.Date32(18262))
	})
	return takeApart(t, parquetPath), arrowPath
}

// present is the definition levels of n scalars that are not null.
func present(n uint64) []byte { return levels(repeatedRun(n, 1)) }

// The pages of craftedTable, by column.
const (
	dictionaryPage, dataPage = 0, 1
	boolPage                 = 0
)

// The table taken apart, changed in ways that the format allows, and put
// together again is read.
func TestCraftedTableIsRead(t *testing.T) {
	for name, change := range map[string]func(c *crafted){
		"as it was": func(*crafted) {},
		"other runs": func(c *crafted) {
			// x, y, x packed in one group of 8 with padding; levels in two runs.
			c.pages[0][0][dataPage].data = join(levels(repeatedRun(2, 1), packedRun(1, 0b01)), []byte{1}, packedRun(1, 0b11111010))
		},
		"PLAIN": func(c *crafted) {
			c.pages[0][0] = c.pages[0][0][1:]
			c.footer.RowGroups[0].Columns[0].MetaData.DictionaryPageOffset = nil
			p := c.pages[0][0][0]
			p.head.DataPageHeader.Encoding = format.Encoding_PLAIN
			p.data = append(levels(packedRun(1, 0b0111)), "\x01\x00\x00\x00x\x01\x00\x00\x00y\x01\x00\x00\x00x"...)
		},
		"width 0": func(c *crafted) {
			c.pages[0][3][dataPage].data = join(present(4), []byte{0}, repeatedRun(4))
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, arrowPath := craftedTable(t)
			change(c)
			path := c.write(t)
			if rows, err := SecondRead(path, arrowPath); rows != 4 || err != nil {
				t.Errorf("SecondRead: %d rows, %v", rows, err)
			}
			if d, err := FirstDifference(path, arrowPath); d != nil || err != nil {
				t.Errorf("FirstDifference: %v, %v", d, err)
			}
		})
	}
}

// pageCases are contents of pages. A library that believed them would take up
// to terabytes, or panic.
var pageCases = []struct {
	name         string
	column, page int
	data         []byte
	want         string
}{
	{"levels: long run", 0, dataPage, join(levels(repeatedRun(1<<40, 1)), []byte{1, 6, 0}), "definition levels: a run of length 1099511627776"},
	{"levels: longest run", 0, dataPage, join(levels(repeatedRun(math.MaxInt64, 1)), []byte{1, 6, 0}), "definition levels: a run of length 9223372036854775807"},
	{"levels: one value too many", 0, dataPage, join(present(5), []byte{1, 6, 0}), "a run of length 5"},
	{"levels: second run too many", 0, dataPage, join(levels(repeatedRun(4, 1), repeatedRun(1<<30, 1)), []byte{1, 6, 0}), "definition levels: 6 bytes follow"},
	{"levels: too few", 0, dataPage, join(present(3), []byte{1, 6, 0}), "definition levels: the page ends"},
	{"levels: empty runs", 0, dataPage, join(levels(repeatedRun(0, 1), repeatedRun(4, 1)), []byte{1, 8, 0}), "a run of length 0"},
	{"levels: many groups", 0, dataPage, join(levels(packedRun(1<<33, 1)), []byte{1, 6, 0}), "a run of length 8589934592 (packed in eights: true)"},
	{"levels: two groups", 0, dataPage, join(levels(packedRun(2, 1, 1)), []byte{1, 6, 0}), "a run of length 2 (packed in eights: true)"},
	{"levels: group cut off", 0, dataPage, join(levels(packedRun(1)), []byte{1, 6, 0}), "the page ends"},
	{"levels: value cut off", 0, dataPage, join(levels(repeatedRun(4)), []byte{1, 6, 0}), "the page ends"},
	{"levels: too high", 0, dataPage, join(levels(repeatedRun(4, 2)), []byte{1, 6, 0}), "there is a 2; the highest possible is 1"},
	{"levels: endless number", 0, dataPage, levels([]byte(strings.Repeat("\x80", 100))), "the page ends"},
	{"levels: more bytes than the page", 0, dataPage, []byte("\xf0\xff\xff\xff\x08\x01"), "they declare 4294967280 bytes"},
	{"levels: none", 0, dataPage, nil, "definition levels: the page ends"},
	{"levels: packed, too high", 3, dataPage, join(levels(repeatedRun(4, 255)), []byte{1, 8, 0}), "there is a 255"},
	{"lists: long run", 1, dataPage, join(levels(repeatedRun(1<<50, 0)), present(5)), "repetition levels: a run of length 1125899906842624"},
	{"lists: definition levels", 1, dataPage, join(levels(repeatedRun(5, 0)), levels(repeatedRun(1<<28, 3))), "definition levels: a run of length 268435456"},
	{"lists: definition levels cut off", 1, dataPage, levels(repeatedRun(5, 0)), "definition levels: the page ends"},
	{"indices: too wide", 0, dataPage, join(present(4), []byte{33}, repeatedRun(4, 0, 0, 0, 0, 0)), "they are 33 bits wide"},
	{"indices: widest", 0, dataPage, join(present(4), []byte{255}, packedRun(1<<40)), "they are 255 bits wide"},
	{"indices: long run", 0, dataPage, join(present(4), []byte{1}, repeatedRun(1<<45, 0)), "dictionary indices: a run of length 35184372088832"},
	{"indices: many groups", 0, dataPage, join(present(4), []byte{32}, packedRun(1<<58, 0)), "dictionary indices: a run of length 288230376151711744"},
	{"indices: no bits, many groups", 0, dataPage, join(present(4), []byte{0}, packedRun(1<<36)), "dictionary indices: a run of length 68719476736"},
	{"indices: out of range", 0, dataPage, join(present(4), []byte{8}, repeatedRun(4, 2)), "there is a 2; the highest possible is 1"},
	{"indices: far out of range", 0, dataPage, join(present(4), []byte{32}, repeatedRun(4, 255, 255, 255, 255)), "there is a 4294967295"},
	{"indices: packed, out of range", 0, dataPage, join(present(4), []byte{2}, packedRun(1, 0b00110100, 0)), "there is a 3"},
	{"indices: none", 0, dataPage, present(4), "dictionary indices: the page ends"},
	{"indices: width alone", 0, dataPage, append(present(4), 1), "dictionary indices: the page ends"},
	{"indices: bytes behind", 0, dataPage, join(present(4), []byte{1}, repeatedRun(4, 0), repeatedRun(1<<40, 0)), "dictionary indices: 7 bytes follow"},
	{"indices: of nothing", 0, dataPage, join(levels(repeatedRun(4, 0)), []byte{1}, repeatedRun(1<<40, 0)), "dictionary indices: 7 bytes follow"},
	{"strings: long", 0, dictionaryPage, []byte("\xff\xff\xff\xffx\x01\x00\x00\x00y"), "dictionary: value 0 declares 4294967295 bytes"},
	{"strings: one byte too long", 0, dictionaryPage, []byte("\x01\x00\x00\x00x\x02\x00\x00\x00y"), "value 1 declares 2 bytes, the page has 1 left"},
	{"strings: too few", 0, dictionaryPage, []byte("\x01\x00\x00\x00x"), "dictionary: the page ends"},
	{"strings: too many", 0, dictionaryPage, []byte("\x01\x00\x00\x00x\x01\x00\x00\x00y\x01\x00\x00\x00z"), "5 bytes follow the last of 2 values"},
	{"integers: too few bytes", 1, dictionaryPage, make([]byte, 15), "2 values of type INT64 take 16 bytes, not 15"},
	{"integers: too many bytes", 1, dictionaryPage, make([]byte, 24), "2 values of type INT64 take 16 bytes, not 24"},
	{"dates: too few bytes", 3, dictionaryPage, make([]byte, 3), "1 values of type INT32 take 4 bytes, not 3"},
	{"booleans: too few bytes", 2, boolPage, present(4), "4 values of type BOOLEAN take 1 bytes, not 0"},
	{"booleans: too many bytes", 2, boolPage, append(present(4), 1, 1), "4 values of type BOOLEAN take 1 bytes, not 2"},
}

func TestCraftedPagesAreRefused(t *testing.T) {
	_, arrowPath := craftedTable(t)
	for _, c := range pageCases {
		t.Run(c.name, func(t *testing.T) {
			file, _ := craftedTable(t)
			file.pages[0][c.column][c.page].data = c.data
			place := fmt.Sprintf("row group 0, column %d %q: page %d: ", c.column, "abcd"[c.column:c.column+1], c.page)
			refused(t, file.write(t), arrowPath, place, c.want)
		})
	}
}

// refused checks that nothing reads the file, that the error says where and
// why, and that little memory was asked for, at any time and in total.
func refused(t *testing.T, path, arrowPath string, want ...string) {
	t.Helper()
	const little = 64 << 20
	for name, read := range map[string]func() error{
		"SecondRead":         func() error { _, err := SecondRead(path, arrowPath); return err },
		"ReadHashesParquet":  func() error { _, err := ReadHashesParquet(path); return err },
		"FirstDifference":    func() error { _, err := FirstDifference(path, arrowPath); return err },
		"FirstDifference, 2": func() error { _, err := FirstDifference(arrowPath, path); return err },
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := read()
		runtime.ReadMemStats(&after)
		if taken := after.TotalAlloc - before.TotalAlloc; taken > little {
			t.Errorf("%s takes %d bytes", name, taken)
		}
		if err == nil {
			t.Errorf("%s reads it", name)
			continue
		}
		noPanic(t, err)
		for _, text := range append(want, filepath.Base(path)) {
			if !strings.Contains(err.Error(), text) {
				t.Errorf("%s: %v, want %q", name, err, text)
			}
		}
	}
}

func noPanic(t *testing.T, err error) {
	t.Helper()
	if e := (*PanicError)(nil); errors.As(err, &e) {
		t.Errorf("%v\n%s", e, e.Stack)
	}
}
