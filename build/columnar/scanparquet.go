package columnar

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/klauspost/compress/zstd"
	"github.com/xitongsys/parquet-go/layout"
	format "github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/reader"
	"github.com/xitongsys/parquet-go/source"
)

// maxPageBytes is the most that a page may hold uncompressed. The largest is a
// dictionary of one batch: BatchBytes and one row more.
const maxPageBytes = BatchBytes + MaxRowBytes + (1 << 20)

// scanParquetFooter checks the footer of a Parquet file before arrow-go sees
// it: its length, and the nesting of its schema, which arrow-go follows
// recursively.
func scanParquetFooter(r io.ReaderAt, size int64) error {
	const tail = 4 + len(parquetMagic)
	end := make([]byte, tail)
	if size < int64(len(parquetMagic)+tail) {
		return errors.New("the file is too short for a Parquet file")
	}
	if _, err := r.ReadAt(end, size-int64(tail)); err != nil {
		return err
	}
	length := int64(binary.LittleEndian.Uint32(end))
	if string(end[4:]) != parquetMagic || length > maxFooterBytes || length > size-int64(len(parquetMagic)+tail) {
		return errors.New("the end is not that of a complete Parquet file")
	}
	p := &reader.ParquetReader{PFile: &section{io.NewSectionReader(r, 0, size)}}
	if err := p.ReadFooter(); err != nil {
		return fmt.Errorf("the footer cannot be read: %w", err)
	}
	if err := scanParquetSchema(p.Footer.Schema); err != nil {
		return err
	}
	for _, kv := range p.Footer.KeyValueMetadata {
		if kv.Key == arrowSchemaKey {
			if err := scanStoredSchema(kv.GetValue()); err != nil {
				return fmt.Errorf("metadata %q: %w", arrowSchemaKey, err)
			}
		}
	}
	return nil
}

// scanStoredSchema checks the Arrow schema that Parquet files carry: an IPC
// stream of one message, base64.
func scanStoredSchema(value string) error {
	message, err := base64.StdEncoding.DecodeString(value)
	if err != nil || len(message) < 8 || binary.LittleEndian.Uint32(message) != 0xFFFFFFFF {
		return orElse(err, "it is no Arrow schema")
	}
	root, err := flatRoot(message[8:])
	if err != nil {
		return err
	}
	schema, err := root.table(2) // Message: version, header type, header, …
	if err != nil {
		return err
	}
	return scanArrowSchema(schema)
}

// scanParquetSchema accepts optional scalars and lists of optional scalars in
// the three-level form; anything deeper is not ours.
func scanParquetSchema(elements []*format.SchemaElement) error {
	if len(elements) == 0 || int(elements[0].GetNumChildren()) > maxColumns {
		return fmt.Errorf("the schema has no root, or more than %d columns", maxColumns)
	}
	rest := elements[1:]
	take := func(repetition format.FieldRepetitionType, children int32) bool {
		if len(rest) == 0 || rest[0].GetRepetitionType() != repetition || rest[0].GetNumChildren() != children {
			return false
		}
		rest = rest[1:]
		return true
	}
	const optional, repeated = format.FieldRepetitionType_OPTIONAL, format.FieldRepetitionType_REPEATED
	for i := range elements[0].GetNumChildren() {
		ok := take(optional, 0) || take(optional, 1) && take(repeated, 1) && take(optional, 0)
		if !ok {
			return fmt.Errorf("column %d is neither an optional scalar nor a list of such", i)
		}
	}
	if len(rest) > 0 {
		return errors.New("the schema has more elements than columns")
	}
	return nil
}

// scanParquet checks the head and the real uncompressed size of every page
// before arrow-go, which allocates whatever is declared, decodes a value.
func scanParquet(r io.ReaderAt, size int64, meta *metadata.FileMetaData) error {
	scanner, err := newPageScanner(r, size)
	if err != nil {
		return err
	}
	defer scanner.zstd.Close()
	rows := int64(0)
	for g := range len(meta.RowGroups) {
		group := meta.RowGroup(g)
		if group.NumRows() <= 0 || group.NumRows() > BatchRows {
			return fmt.Errorf("row group %d declares %d rows; one of stemma has 1 to %d", g, group.NumRows(), BatchRows)
		}
		if group.NumColumns() != meta.Schema.NumColumns() {
			return fmt.Errorf("row group %d has %d columns of %d", g, group.NumColumns(), meta.Schema.NumColumns())
		}
		rows += group.NumRows()
		for c := range group.NumColumns() {
			chunk, err := group.ColumnChunk(c)
			if err != nil {
				return err
			}
			if err := scanner.chunk(chunk, group.NumRows(), meta.Schema.Column(c).MaxRepetitionLevel() > 0); err != nil {
				return fmt.Errorf("row group %d, column %d %q: %w", g, c, chunk.PathInSchema(), err)
			}
		}
	}
	if rows != meta.NumRows {
		return fmt.Errorf("the footer says %d rows, its row groups have %d", meta.NumRows, rows)
	}
	return nil
}

// pageScanner walks over the pages of column chunks without decoding values.
type pageScanner struct {
	r    io.ReaderAt
	size int64
	zstd *zstd.Decoder
	in   bytes.Buffer
	out  []byte
}

func newPageScanner(r io.ReaderAt, size int64) (*pageScanner, error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxPageBytes))
	return &pageScanner{r: r, size: size, zstd: d}, err
}

func (s *pageScanner) chunk(c *metadata.ColumnChunkMetaData, rows int64, isList bool) error {
	if c.Compression() != compress.Codecs.Zstd || c.CryptoMetadata() != nil || c.FilePath() != "" {
		return errors.New("it is not zstd in this file, as stemma writes it")
	}
	n := c.NumValues()
	if n < rows || n > maxChunkValues || (!isList && n != rows) {
		return fmt.Errorf("it declares %d values for %d rows; the limit is %d", n, rows, maxChunkValues)
	}
	start, length := chunkStart(c), c.TotalCompressedSize()
	if start < 4 || length <= 0 || start > s.size || length > s.size-start {
		return fmt.Errorf("its place (offset %d, %d bytes) is not within the file's %d bytes", start, length, s.size)
	}
	in := source.ConvertToThriftReader(&section{io.NewSectionReader(s.r, start, length)}, 0, 64<<10)
	for seen := int64(0); seen < n; {
		head, err := layout.ReadPageHeader(in)
		if err != nil {
			return fmt.Errorf("a page head cannot be read: %w", err)
		}
		values, err := s.page(head, in, length)
		if err != nil {
			return err
		}
		seen += values
		if seen > n {
			return fmt.Errorf("its pages hold more than the %d values declared", n)
		}
	}
	return nil
}

func chunkStart(c *metadata.ColumnChunkMetaData) int64 {
	if c.HasDictionaryPage() {
		return c.DictionaryPageOffset()
	}
	return c.DataPageOffset()
}

// page checks one page and gives the number of its values, 0 for a dictionary.
func (s *pageScanner) page(head *format.PageHeader, in io.Reader, chunkBytes int64) (values int64, err error) {
	compressed, uncompressed := int64(head.CompressedPageSize), int64(head.UncompressedPageSize)
	if compressed < 0 || compressed > chunkBytes || uncompressed < 0 || uncompressed > maxPageBytes {
		return 0, fmt.Errorf("a page declares %d bytes, %d uncompressed; the limit is %d", compressed, uncompressed, maxPageBytes)
	}
	switch {
	case head.Type == format.PageType_DATA_PAGE && head.DataPageHeader != nil:
		if values = int64(head.DataPageHeader.NumValues); values <= 0 {
			return 0, fmt.Errorf("a page declares %d values", values)
		}
		if e := head.DataPageHeader.Encoding; e != format.Encoding_PLAIN && e != format.Encoding_RLE_DICTIONARY {
			return 0, fmt.Errorf("a page has the encoding %v, which stemma does not write", e)
		}
	case head.Type == format.PageType_DICTIONARY_PAGE && head.DictionaryPageHeader != nil:
		// The smallest dictionary values, empty strings and dates, take 4 bytes.
		if n := int64(head.DictionaryPageHeader.NumValues); n < 0 || 4*n > uncompressed {
			return 0, fmt.Errorf("a dictionary declares %d values in %d bytes", n, uncompressed)
		}
	default:
		return 0, fmt.Errorf("a page has the type %v, which stemma does not write", head.Type)
	}
	s.in.Reset()
	if _, err := io.CopyN(&s.in, in, compressed); err != nil {
		return 0, fmt.Errorf("a page is cut off: %w", err)
	}
	if s.out, err = s.zstd.DecodeAll(s.in.Bytes(), s.out[:0]); err != nil {
		return 0, fmt.Errorf("a page cannot be decompressed: %w", err)
	}
	if int64(len(s.out)) != uncompressed {
		return 0, fmt.Errorf("a page declares %d bytes uncompressed and has %d", uncompressed, len(s.out))
	}
	return values, nil
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
