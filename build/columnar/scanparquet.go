package columnar

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/apache/thrift/lib/go/thrift"
	"github.com/klauspost/compress/zstd"
	"github.com/xitongsys/parquet-go/layout"
	format "github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/source"
)

// Limits of what the pages of a file may unpack to.
const (
	// maxPageBytes is the most that a page may hold uncompressed. The largest
	// is a dictionary of one batch: BatchBytes and one row more.
	maxPageBytes = BatchBytes + MaxRowBytes + (1 << 20)
	// maxGroupBytes is the same for all pages of a row group. A value, which
	// BatchBytes counts with 8 bytes or more, takes up to 4 bytes besides its
	// place in the dictionary: its levels and its index.
	maxGroupBytes = 2 * (BatchBytes + MaxRowBytes)
	// maxGroupValues is the most values of all columns of a row group together:
	// BatchBytes counts 8 bytes for each. parquet-go takes some 90 bytes for
	// one, however few bytes of the file it stands in.
	maxGroupValues = maxChunkValues
	// maxPlainBooleans is the most booleans of one page; parquet-go takes 300
	// bytes for one. The writer ends a page with the writeBatch that fills it.
	maxPlainBooleans = 8 * (dataPageBytes + 64<<10)
	// A file may unpack to freeFileBytes (16 full batches), and beyond that to
	// maxFileRatio times its own size, counting 8 bytes for each value. This
	// bounds time; memory is bounded by the row group. Rows as such bring about
	// ratios up to that of a table of one column of nulls, near 5,000.
	freeFileBytes = 16 * BatchBytes
	maxFileRatio  = 16384
)

// scanParquet checks every page before one of the libraries, which allocate
// whatever is declared, decodes a value: its place, its head, its real
// uncompressed size, and every length and index in it.
func scanParquet(r io.ReaderAt, size int64, footer *parquetFooter) error {
	columns := footer.columns
	scanner, err := newPageScanner(r, size)
	if err != nil {
		return err
	}
	defer scanner.zstd.Close()
	rows := int64(0)
	for g, group := range footer.RowGroups {
		if group.NumRows <= 0 || group.NumRows > BatchRows {
			return fmt.Errorf("row group %d declares %d rows; one of stemma has 1 to %d", g, group.NumRows, BatchRows)
		}
		if len(group.Columns) != len(columns) {
			return fmt.Errorf("row group %d has %d columns of %d", g, len(group.Columns), len(columns))
		}
		rows += group.NumRows
		scanner.groupBytes, scanner.groupValues = 0, 0
		for c, chunk := range group.Columns {
			if err := scanner.chunk(chunk, columns[c], group.NumRows); err != nil {
				return fmt.Errorf("row group %d, column %d %q: %w", g, c, columns[c].name, err)
			}
		}
	}
	if rows != footer.NumRows {
		return fmt.Errorf("the footer says %d rows, its row groups have %d", footer.NumRows, rows)
	}
	return nil
}

// pageScanner walks over the pages of column chunks without keeping values.
type pageScanner struct {
	r    io.ReaderAt
	size int64
	end  int64 // of the last chunk

	groupBytes, groupValues int64 // of this row group so far
	fileBytes               int64 // so far, with 8 bytes for each value

	zstd *zstd.Decoder
	in   bytes.Buffer
	out  []byte
}

func newPageScanner(r io.ReaderAt, size int64) (*pageScanner, error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxPageBytes))
	return &pageScanner{r: r, size: size, end: int64(len(parquetMagic)), zstd: d}, err
}

// chunkScan is the state within one column chunk.
type chunkScan struct {
	column     leafColumn
	meta       *format.ColumnMetaData
	pages      int
	seen       int64 // values
	dictionary int   // values of the dictionary page, -1 before it
}

func (s *pageScanner) chunk(c *format.ColumnChunk, column leafColumn, rows int64) error {
	meta := c.MetaData
	if meta == nil || meta.Codec != format.CompressionCodec_ZSTD || c.IsSetCryptoMetadata() || c.IsSetEncryptedColumnMetadata() || c.GetFilePath() != "" {
		return errors.New("it is not zstd in this file, as stemma writes it")
	}
	if meta.Type != column.physical {
		return fmt.Errorf("it has the type %v, the schema says %v", meta.Type, column.physical)
	}
	n := meta.NumValues
	if n < rows || n > maxGroupValues-s.groupValues || (!column.isList && n != rows) {
		return fmt.Errorf("it declares %d values for %d rows; the limit for a row group is %d", n, rows, maxGroupValues)
	}
	if err := s.place(meta); err != nil {
		return err
	}
	in := chunkTransport(s.r, meta)
	scan := &chunkScan{column: column, meta: meta, dictionary: -1}
	for scan.seen < n {
		head, err := layout.ReadPageHeader(in)
		if err == nil {
			err = s.page(head, in, scan)
		}
		if err != nil {
			return fmt.Errorf("page %d: %w", scan.pages, err)
		}
		scan.pages++
	}
	if rest, _ := in.Read(make([]byte, 1)); rest > 0 {
		return errors.New("more bytes follow its last page")
	}
	s.groupValues += n
	return nil
}

// place checks where a column chunk is. Chunks follow each other, so that a
// footer cannot name the same pages a million times.
func (s *pageScanner) place(meta *format.ColumnMetaData) error {
	start, length := chunkStart(meta), meta.TotalCompressedSize
	if start < s.end || length <= 0 || start > s.size || length > s.size-start {
		return fmt.Errorf("its place (offset %d, %d bytes) is not between offset %d, where the column before it ends, and %d, where the file does", start, length, s.end, s.size)
	}
	// arrow-go takes the lower of the two offsets, parquet-go that of the dictionary.
	if start > meta.DataPageOffset || meta.IsSetIndexPageOffset() {
		return errors.New("its dictionary does not come first, or it has an index page")
	}
	s.end = start + length
	return nil
}

func chunkStart(meta *format.ColumnMetaData) int64 {
	if meta.IsSetDictionaryPageOffset() {
		return meta.GetDictionaryPageOffset()
	}
	return meta.DataPageOffset
}

// chunkTransport reads a column chunk, whose place has been checked, from its
// start. The buffers, two of them, are no longer than the chunk: wide tables
// have thousands of short ones.
func chunkTransport(r io.ReaderAt, meta *format.ColumnMetaData) *thrift.TBufferedTransport {
	length := meta.TotalCompressedSize
	return source.ConvertToThriftReader(&section{io.NewSectionReader(r, chunkStart(meta), length)}, 0, min(64<<10, length))
}

// page checks one page.
func (s *pageScanner) page(head *format.PageHeader, in io.Reader, c *chunkScan) error {
	values, err := c.head(head)
	if err != nil {
		return err
	}
	s.groupBytes += int64(head.UncompressedPageSize)
	s.fileBytes += int64(head.UncompressedPageSize) + 8*values
	if s.groupBytes > maxGroupBytes {
		return fmt.Errorf("the row group unpacks to more than %d bytes", maxGroupBytes)
	}
	if over := s.fileBytes - freeFileBytes; over > 0 && over/maxFileRatio > s.size {
		return fmt.Errorf("the file's %d bytes unpack to more than %d and %d times their number", s.size, freeFileBytes, maxFileRatio)
	}
	data, err := s.unpack(head, in)
	if err != nil {
		return err
	}
	if head.Type == format.PageType_DICTIONARY_PAGE {
		c.dictionary = int(head.DictionaryPageHeader.NumValues)
		if err := scanPlain(c.column.physical, data, c.dictionary); err != nil {
			return fmt.Errorf("dictionary: %w", err)
		}
		return nil
	}
	c.seen += values
	return scanDataPage(data, head.DataPageHeader, c.column, c.dictionary)
}

// head checks the head of a page and gives the number of its values, 0 for a
// dictionary.
func (c *chunkScan) head(head *format.PageHeader) (values int64, err error) {
	compressed, uncompressed := int64(head.CompressedPageSize), int64(head.UncompressedPageSize)
	if compressed < 0 || compressed > c.meta.TotalCompressedSize || uncompressed < 0 || uncompressed > min(maxPageBytes, c.meta.TotalUncompressedSize) {
		return 0, fmt.Errorf("it declares %d bytes, %d uncompressed; the column has %d and %d in this row group, the limit is %d", compressed, uncompressed, c.meta.TotalCompressedSize, c.meta.TotalUncompressedSize, maxPageBytes)
	}
	switch data, dictionary := head.DataPageHeader, head.DictionaryPageHeader; {
	case head.Type == format.PageType_DATA_PAGE && data != nil:
		if data.NumValues <= 0 || int64(data.NumValues) > c.meta.NumValues-c.seen {
			return 0, fmt.Errorf("it declares %d values where %d of %d are left", data.NumValues, c.meta.NumValues-c.seen, c.meta.NumValues)
		}
		if e := data.Encoding; e != format.Encoding_PLAIN && e != format.Encoding_RLE_DICTIONARY {
			return 0, fmt.Errorf("it has the encoding %v, which stemma does not write", e)
		}
		if data.DefinitionLevelEncoding != format.Encoding_RLE || data.RepetitionLevelEncoding != format.Encoding_RLE {
			return 0, errors.New("its levels are not in the encoding RLE")
		}
		return int64(data.NumValues), nil
	case head.Type == format.PageType_DICTIONARY_PAGE && dictionary != nil:
		if c.pages > 0 || !c.meta.IsSetDictionaryPageOffset() || c.column.physical == format.Type_BOOLEAN || dictionary.Encoding != format.Encoding_PLAIN {
			return 0, errors.New("a dictionary where none can be, or not PLAIN")
		}
		if n := int64(dictionary.NumValues); n < 0 || n > c.meta.NumValues {
			return 0, fmt.Errorf("a dictionary declares %d values, the column %d", n, c.meta.NumValues)
		}
		return 0, nil
	}
	return 0, fmt.Errorf("it has the type %v, which stemma does not write", head.Type)
}

// unpack gives the uncompressed page, valid until the next call.
func (s *pageScanner) unpack(head *format.PageHeader, in io.Reader) (data []byte, err error) {
	s.in.Reset()
	if _, err := io.CopyN(&s.in, in, int64(head.CompressedPageSize)); err != nil {
		return nil, fmt.Errorf("it is cut off: %w", err)
	}
	if s.out, err = s.zstd.DecodeAll(s.in.Bytes(), s.out[:0]); err != nil {
		return nil, fmt.Errorf("it cannot be decompressed: %w", err)
	}
	if len(s.out) != int(head.UncompressedPageSize) {
		return nil, fmt.Errorf("it declares %d bytes uncompressed and has %d", head.UncompressedPageSize, len(s.out))
	}
	return s.out, nil
}

// section is a part of a file in the shape that parquet-go reads from.
type section struct{ *io.SectionReader }

var errReadOnly = errors.New("the file is open for reading only")

func (s *section) Close() error                              { return nil }
func (s *section) Write([]byte) (int, error)                 { return 0, errReadOnly }
func (s *section) Create(string) (source.ParquetFile, error) { return nil, errReadOnly }

// Open gives the same file with a position of its own. Column chunks in other
// files, which a footer may name, are never opened.
func (s *section) Open(name string) (source.ParquetFile, error) {
	if name != "" {
		return nil, fmt.Errorf("the footer refers to another file, %q", name)
	}
	return &section{io.NewSectionReader(s.SectionReader, 0, s.Size())}, nil
}
