package columnar

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"
	format "github.com/xitongsys/parquet-go/parquet"
)

// Heads of pages and footers that do not fit what they describe.
func TestCraftedHeadsAreRefused(t *testing.T) {
	cases := []struct {
		name   string
		change func(c *crafted)
		want   string
	}{
		{"negative values", func(c *crafted) { c.pages[0][0][dataPage].head.DataPageHeader.NumValues = -1 }, `column 0 "a": page 1: it declares -1 values`},
		{"many values", func(c *crafted) { c.pages[0][0][dataPage].head.DataPageHeader.NumValues = math.MaxInt32 }, "page 1: it declares 2147483647 values where 4 of 4 are left"},
		{"RLE booleans", func(c *crafted) { c.pages[0][2][boolPage].head.DataPageHeader.Encoding = format.Encoding_RLE }, `column 2 "c": page 0: it has the encoding RLE`},
		{"delta", func(c *crafted) {
			c.pages[0][3][dataPage].head.DataPageHeader.Encoding = format.Encoding_DELTA_BINARY_PACKED
		}, "encoding DELTA_BINARY_PACKED"},
		{"old levels", func(c *crafted) {
			c.pages[0][0][dataPage].head.DataPageHeader.DefinitionLevelEncoding = format.Encoding_BIT_PACKED
		}, "levels are not in the encoding RLE"},
		{"V2 without a head", func(c *crafted) { c.pages[0][0][dataPage].head.Type = format.PageType_DATA_PAGE_V2 }, "DATA_PAGE_V2"},
		{"data page without a head", func(c *crafted) { c.pages[0][0][dataPage].head.DataPageHeader = nil }, "page 1: it has the type DATA_PAGE"},
		{"two dictionaries", func(c *crafted) { c.pages[0][0] = slices.Concat(c.pages[0][0][:1], c.pages[0][0]) }, "page 1: a dictionary where none can be"},
		{"dictionary of booleans", func(c *crafted) {
			c.pages[0][2] = append([]*craftedPage{{c.pages[0][0][0].head, []byte{1}}}, c.pages[0][2]...)
		}, "a dictionary where none can be"},
		{"no dictionary", func(c *crafted) {
			c.pages[0][0] = c.pages[0][0][1:]
			c.footer.RowGroups[0].Columns[0].MetaData.DictionaryPageOffset = nil
		}, "there is none before it"},
		{"empty dictionary", func(c *crafted) {
			c.pages[0][0][0].data, c.pages[0][0][0].head.DictionaryPageHeader.NumValues = nil, 0
		}, "the dictionary is empty"},
		{"long dictionary", func(c *crafted) {
			c.pages[0][0][0].data, c.pages[0][0][0].head.DictionaryPageHeader.NumValues = make([]byte, 4<<20), 1<<20
		}, "a dictionary declares 1048576 values, the column 4"},
		{"negative dictionary", func(c *crafted) { c.pages[0][0][0].head.DictionaryPageHeader.NumValues = -1 }, "a dictionary declares -1 values"},
		{"page behind the last", func(c *crafted) { c.pages[0][0] = append(c.pages[0][0], c.pages[0][0][1]) }, "more bytes follow its last page"},
		{"other type", func(c *crafted) { c.footer.RowGroups[0].Columns[0].MetaData.Type = format.Type_FIXED_LEN_BYTE_ARRAY }, "it has the type FIXED_LEN_BYTE_ARRAY, the schema says BYTE_ARRAY"},
		{"other type everywhere", func(c *crafted) {
			length, other := int32(math.MaxInt32), format.Type_FIXED_LEN_BYTE_ARRAY
			c.footer.Schema[1].Type, c.footer.Schema[1].TypeLength = &other, &length
			c.footer.RowGroups[0].Columns[0].MetaData.Type = other
		}, "column 0 has the type FIXED_LEN_BYTE_ARRAY"},
		{"other codec", func(c *crafted) {
			c.footer.RowGroups[0].Columns[0].MetaData.Codec = format.CompressionCodec_GZIP
		}, "it is not zstd"},
		{"no description of a column", func(c *crafted) {
			c.last = func(f *format.FileMetaData) { f.RowGroups[0].Columns[1].MetaData = nil }
		}, `column 1 "b": it is not zstd`},
		{"dictionary behind the data", func(c *crafted) {
			c.last = func(f *format.FileMetaData) { f.RowGroups[0].Columns[0].MetaData.DataPageOffset = 4 - 1 }
		}, "its dictionary does not come first"},
		{"pages used twice", func(c *crafted) {
			c.last = func(f *format.FileMetaData) {
				f.RowGroups = append(f.RowGroups, f.RowGroups[0])
				f.NumRows *= 2
			}
		}, `row group 1, column 0 "a": its place (offset 4`},
		{"smaller in the footer", func(c *crafted) {
			c.last = func(f *format.FileMetaData) { f.RowGroups[0].Columns[0].MetaData.TotalUncompressedSize = 5 }
		}, "the column has"},
	}
	_, arrowPath := craftedTable(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			file, _ := craftedTable(t)
			c.change(file)
			refused(t, file.write(t), arrowPath, c.want)
		})
	}
}

// Footers that are no footers of ours, in Thrift's compact protocol: lists
// longer than the file, fields that come twice, unknown ones.
func TestCraftedFootersAreRefused(t *testing.T) {
	file, arrowPath := craftedTable(t)
	whole := file.file(t)
	size := int(binary.LittleEndian.Uint32(whole[len(whole)-8:]))
	pages, footer := whole[:len(whole)-8-size], whole[len(whole)-8-size:len(whole)-8]
	// Field 1, i32, version; field 2, list of structs, of 7 elements.
	if !bytes.HasPrefix(footer, []byte{0x15, 0x04, 0x19, 0x7c}) {
		t.Fatalf("the footer begins otherwise: % x", footer[:8])
	}
	long := binary.AppendUvarint([]byte{0x15, 0x04, 0x19, 0xfc}, 99_000_000)
	for _, c := range []struct {
		name   string
		footer []byte
		want   string
	}{
		{"long list", append(long, footer[4:]...), "a list declares 99000000 elements"},
		{"unknown field", join(footer[:len(footer)-1], []byte{0x0c, 0xfe, 0x01, 0x00, 0x00}), "a field that stemma does not write"},
		{"field of another type", join([]byte{0x16}, footer[1:]), "a field that stemma does not write"},
		{"a field twice", join(footer[:2], []byte{0x05, 0x02, 0x04}, footer[2:]), "field 1 follows field 1"},
		{"bytes behind", append(bytes.Clone(footer), 0), "1 bytes of it belong to nothing"},
		{"cut off", footer[:len(footer)-1], "the footer cannot be read"},
	} {
		t.Run(c.name, func(t *testing.T) { refused(t, writeBytes(t, withFooter(pages, c.footer)), arrowPath, c.want) })
	}
}

// nullLists is a table of lists of nulls alone, which a few bytes declare.
func nullLists(t *testing.T, columns int, values uint64) (c *crafted, arrowPath string) {
	t.Helper()
	var all []Column
	for i := range columns {
		all = append(all, Column{string(rune('a' + i)), ListOf(Int64), ""})
	}
	parquetPath, arrowPath, _ := write(t, all, 1, func(w *Writer, _ int) {
		for i := range columns {
			w.Field(i).(*array.ListBuilder).Append(true)
			w.Field(i).(*array.ListBuilder).ValueBuilder().AppendNull()
		}
	})
	c = takeApart(t, parquetPath)
	for i, chunk := range c.footer.RowGroups[0].Columns {
		pages := c.pages[0][i]
		page := pages[len(pages)-1]
		page.data = join(levels(repeatedRun(1, 0), repeatedRun(values-1, 1)), levels(repeatedRun(values, elementNull)))
		page.head.DataPageHeader.NumValues, chunk.MetaData.NumValues = int32(values), int64(values)
	}
	return c, arrowPath
}

// Few bytes that stand for much are allowed up to what one batch can hold, and
// over a whole file up to a multiple of its size.
func TestFilesThatUnpackToMuch(t *testing.T) {
	t.Run("column", func(t *testing.T) {
		c, arrowPath := nullLists(t, 1, maxGroupValues+1)
		refused(t, c.write(t), arrowPath, "it declares 16777217 values for 1 rows")
	})
	t.Run("row group", func(t *testing.T) {
		c, arrowPath := nullLists(t, 2, maxGroupValues/2+1)
		refused(t, c.write(t), arrowPath, `row group 0, column 1 "b": it declares 8388609 values`)
	})
	t.Run("file", func(t *testing.T) {
		c, arrowPath := nullLists(t, 1, maxGroupValues)
		c.repeatGroup(t, freeFileBytes/(8*maxGroupValues)+1)
		refused(t, c.write(t), arrowPath, "row group 8, ", "unpack to more than 1073741824 and 16384 times")
	})
	t.Run("booleans", func(t *testing.T) {
		parquetPath, arrowPath, _ := write(t, []Column{{"a", ListOf(Bool), ""}}, 1, func(w *Writer, _ int) {
			list := w.Field(0).(*array.ListBuilder)
			list.Append(true)
			list.ValueBuilder().(*array.BooleanBuilder).AppendValues(make([]bool, 8_300_000), nil)
		})
		if _, err := ReadHashesParquet(parquetPath); err != nil {
			t.Fatal(err) // as long as a page of the writer gets
		}
		c := takeApart(t, parquetPath)
		if n := len(c.pages[0][0]); n != 1 {
			t.Fatalf("%d pages", n)
		}
		const n = maxPlainBooleans + 8
		page, meta := c.pages[0][0][0], c.footer.RowGroups[0].Columns[0].MetaData
		page.data = join(levels(repeatedRun(1, 0), repeatedRun(n-1, 1)), levels(repeatedRun(n, elementPresent)), make([]byte, n/8))
		page.head.DataPageHeader.NumValues, meta.NumValues = n, n
		refused(t, c.write(t), arrowPath, "it has 8912904 booleans")
	})
	t.Run("page", func(t *testing.T) {
		c, arrowPath := craftedTable(t)
		c.pages[0][0][dataPage].data = make([]byte, maxPageBytes+1)
		refused(t, c.write(t), arrowPath, "page 1: it declares")
	})
}

// Tables that compress best, those of nulls, stay far from the limit.
func TestNullsAreFarFromTheLimit(t *testing.T) {
	for _, columns := range [][]Column{{{"a", Bool, ""}}, {{"a", ListOf(Utf8), ""}, {"b", Utf8, ""}}} {
		const rows = 64 * BatchRows
		path, _, _ := write(t, columns, rows, nulls)
		file := readFile(t, path)
		c := takeApart(t, path)
		unpacked := 8 * rows * len(columns)
		for _, group := range c.pages {
			for _, chunk := range group {
				for _, page := range chunk {
					unpacked += len(page.data)
				}
			}
		}
		if ratio := unpacked / len(file); ratio > maxFileRatio/2 {
			t.Errorf("%d columns of nulls unpack to %d times the file's size; the limit is %d", len(columns), ratio, maxFileRatio)
		}
	}
}

// FuzzCraftedPages puts any bytes in the place of a page before compression,
// where mutations of the file do not reach. Nothing panics, and what is read
// are the rows that were written.
func FuzzCraftedPages(f *testing.F) {
	honest, arrowPath := craftedTable(f)
	for column, pages := range honest.pages[0] {
		for page, p := range pages {
			f.Add(uint8(column), uint8(page), int32(4), p.data)
		}
	}
	for _, c := range pageCases {
		f.Add(uint8(c.column), uint8(c.page), int32(4), c.data)
	}
	f.Fuzz(func(t *testing.T, column, page uint8, values int32, data []byte) {
		pages := honest.pages[0][int(column)%len(honest.pages[0])]
		meta := honest.footer.RowGroups[0].Columns[int(column)%len(honest.pages[0])].MetaData
		at := int(page) % len(pages)
		was, wasValues := pages[at], meta.NumValues
		head := *was.head
		if d := head.DictionaryPageHeader; d != nil {
			head.DictionaryPageHeader = &format.DictionaryPageHeader{NumValues: values, Encoding: d.Encoding, IsSorted: d.IsSorted}
		} else if d := *head.DataPageHeader; values > 4 && values < 1<<16 {
			d.NumValues, head.DataPageHeader, meta.NumValues = values, &d, int64(values)
		}
		pages[at] = &craftedPage{&head, data}
		path := honest.write(t)
		pages[at], meta.NumValues = was, wasValues

		rows, err := SecondRead(path, arrowPath)
		if err == nil && rows != 4 {
			t.Errorf("%d rows", rows)
		}
		noPanic(t, err)
		_, err = ReadHashesParquet(path)
		noPanic(t, err)
	})
}
