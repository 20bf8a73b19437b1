package columnar

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/thrift/lib/go/thrift"
	"github.com/klauspost/compress/zstd"
	"github.com/xitongsys/parquet-go/layout"
	format "github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/source"
)

// craftedPage is a page before compression.
type craftedPage struct {
	head *format.PageHeader
	data []byte
}

// crafted is a Parquet file taken apart. Tests change any part; file puts it
// together again, with places and sizes that fit, so that only the change is
// wrong with it.
type crafted struct {
	footer *format.FileMetaData
	pages  [][][]*craftedPage // of row group, column
	// last changes the footer when all places and sizes are in it.
	last func(*format.FileMetaData)
}

// takeApart reads a file that this package wrote.
func takeApart(t testing.TB, path string) *crafted {
	t.Helper()
	data := readFile(t, path)
	r := bytes.NewReader(data)
	footer, err := scanParquetFooter(r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	scanner, err := newPageScanner(r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	defer scanner.zstd.Close()
	c := &crafted{footer: footer.FileMetaData}
	for _, group := range c.footer.RowGroups {
		var chunks [][]*craftedPage
		for _, chunk := range group.Columns {
			start, length := chunkStart(chunk.MetaData), chunk.MetaData.TotalCompressedSize
			f := &section{io.NewSectionReader(r, start, length)}
			in := source.ConvertToThriftReader(f, 0, 1<<10)
			var pages []*craftedPage
			for seen := int64(0); seen < chunk.MetaData.NumValues; {
				head, err := layout.ReadPageHeader(in)
				if err != nil {
					t.Fatal(err)
				}
				text, err := scanner.unpack(head, in)
				if err != nil {
					t.Fatal(err)
				}
				pages = append(pages, &craftedPage{head, bytes.Clone(text)})
				if head.DataPageHeader != nil {
					seen += int64(head.DataPageHeader.NumValues)
				}
			}
			chunks = append(chunks, pages)
		}
		c.pages = append(c.pages, chunks)
	}
	return c
}

// file gives the bytes of the file.
func (c *crafted) file(t testing.TB) []byte {
	t.Helper()
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<15))
	if err != nil {
		t.Fatal(err)
	}
	defer encoder.Close()
	out := []byte(parquetMagic)
	for g, group := range c.footer.RowGroups {
		for i, chunk := range group.Columns {
			meta := chunk.MetaData
			start := len(out)
			meta.TotalUncompressedSize = 0
			dataSeen := false
			for j, p := range c.pages[g][i] {
				packed := encoder.EncodeAll(p.data, nil)
				if len(p.data) == 0 { // of which EncodeAll makes nothing
					packed = []byte{0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x00, 0x01, 0x00, 0x00}
				}
				p.head.CompressedPageSize, p.head.UncompressedPageSize = int32(len(packed)), int32(len(p.data))
				at := int64(len(out))
				if p.head.Type != format.PageType_DICTIONARY_PAGE && !dataSeen {
					meta.DataPageOffset, dataSeen = at, true
				} else if j == 0 {
					meta.DictionaryPageOffset = &at
				}
				head := thriftBytes(t, p.head)
				out = append(append(out, head...), packed...)
				meta.TotalUncompressedSize += int64(len(head) + len(p.data))
			}
			meta.TotalCompressedSize = int64(len(out) - start)
		}
	}
	if c.last != nil {
		c.last(c.footer)
	}
	return withFooter(out, thriftBytes(t, c.footer))
}

// write writes the file into a fresh folder.
func (c *crafted) write(t testing.TB) string { return writeBytes(t, c.file(t)) }

func writeBytes(t testing.TB, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.parquet")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func withFooter(pages, footer []byte) []byte {
	out := append(bytes.Clone(pages), footer...)
	return append(binary.LittleEndian.AppendUint32(out, uint32(len(footer))), parquetMagic...)
}

func thriftBytes(t testing.TB, s thrift.TStruct) []byte {
	t.Helper()
	buffer := thrift.NewTMemoryBuffer()
	protocol := thrift.NewTCompactProtocolConf(buffer, nil)
	if err := s.Write(context.Background(), protocol); err != nil {
		t.Fatal(err)
	}
	if err := protocol.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

// repeatGroup makes the file consist of n row groups like the first.
func (c *crafted) repeatGroup(t testing.TB, n int) {
	t.Helper()
	text, pages := thriftBytes(t, c.footer), c.pages[0]
	c.footer.RowGroups, c.pages = nil, nil
	for range n {
		footer, err := parseFooter(text)
		if err != nil {
			t.Fatal(err)
		}
		c.footer.RowGroups = append(c.footer.RowGroups, footer.RowGroups[0])
		c.pages = append(c.pages, pages)
	}
	c.footer.NumRows *= int64(n)
}

// levels puts the length before the runs of levels.
func levels(runs ...[]byte) []byte {
	text := bytes.Join(runs, nil)
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(text))), text...)
}

// repeatedRun and packedRun are runs of the RLE/bit-packed hybrid.
func repeatedRun(count uint64, value ...byte) []byte {
	return append(binary.AppendUvarint(nil, count<<1), value...)
}

func packedRun(groups uint64, packed ...byte) []byte {
	return append(binary.AppendUvarint(nil, groups<<1|1), packed...)
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
