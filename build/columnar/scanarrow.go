package columnar

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Limits for files that are read: what the writer never exceeds, so that a
// hostile file cannot ask for more memory than a large honest one.
const (
	maxFooterBytes = 64 << 20  // footer of either format
	maxBatchBytes  = 512 << 20 // body of one record batch
	maxBatchMeta   = 16 << 20  // message in front of it
	// maxChunkValues is the most values, counting list elements and nulls, that
	// one column has in one row group. BatchBytes counts 8 bytes for each.
	maxChunkValues = (BatchBytes + MaxRowBytes) / 8
)

// arrowMagic starts and ends an Arrow IPC file.
const arrowMagic = "ARROW1"

// scanArrow checks the footer of an Arrow IPC file and the head of every
// record batch before arrow-go, which allocates whatever is declared, sees the
// file. It gives the number of rows. Format: Arrow columnar format, "IPC File
// Format", and the flatbuffer definitions File.fbs and Message.fbs.
func scanArrow(r io.ReaderAt, size int64) (rows int64, err error) {
	const tail = 4 + len(arrowMagic)
	end := make([]byte, tail)
	if size < int64(2*len(arrowMagic)+tail) {
		return 0, errors.New("the file is too short for an Arrow file")
	}
	if _, err := r.ReadAt(end, size-int64(tail)); err != nil {
		return 0, err
	}
	length := int64(binary.LittleEndian.Uint32(end))
	if string(end[4:]) != arrowMagic || length > maxFooterBytes || length > size-int64(tail)-8 {
		return 0, errors.New("the end is not that of a complete Arrow file")
	}
	footer := make([]byte, length)
	if _, err := r.ReadAt(footer, size-int64(tail)-length); err != nil {
		return 0, err
	}
	root, err := flatRoot(footer)
	if err != nil {
		return 0, err
	}
	// Footer: version, schema, dictionaries, recordBatches, custom_metadata.
	if _, n, err := root.vector(2, blockBytes); err != nil || n > 0 {
		return 0, orElse(err, "the file has dictionaries, which stemma does not write")
	}
	at, n, err := root.vector(3, blockBytes)
	if err != nil {
		return 0, err
	}
	for i := range n {
		count, err := scanBatch(r, size, footer[at+i*blockBytes:])
		if err != nil {
			return 0, fmt.Errorf("record batch %d: %w", i, err)
		}
		rows += count
	}
	return rows, nil
}

// blockBytes is the size of the struct Block in File.fbs: offset (8), length
// of the metadata (4), padding (4), length of the body (8).
const blockBytes = 24

func scanBatch(r io.ReaderAt, size int64, block []byte) (rows int64, err error) {
	offset := int64(binary.LittleEndian.Uint64(block))
	meta := int64(int32(binary.LittleEndian.Uint32(block[8:])))
	body := int64(binary.LittleEndian.Uint64(block[16:]))
	// Each is bounded by the size before they are added: no overflow.
	if offset < 0 || offset > size || meta < 16 || meta > maxBatchMeta || body < 0 || body > maxBatchBytes || offset+meta+body > size {
		return 0, fmt.Errorf("its place (offset %d, %d and %d bytes) is not within the file's %d bytes and stemma's limits", offset, meta, body, size)
	}
	message := make([]byte, meta)
	if _, err := r.ReadAt(message, offset); err != nil {
		return 0, err
	}
	if binary.LittleEndian.Uint32(message) != 0xFFFFFFFF {
		return 0, errors.New("no message starts where the footer says")
	}
	root, err := flatRoot(message[8:])
	if err != nil {
		return 0, err
	}
	// Message: version, header type, header, bodyLength, custom_metadata.
	const recordBatch = 3
	if kind, err := root.byteAt(1); err != nil || kind != recordBatch {
		return 0, orElse(err, "the message is no record batch")
	}
	batch, err := root.table(2)
	if err != nil {
		return 0, err
	}
	// RecordBatch: length, nodes, buffers, compression, variadicBufferCounts.
	if compression, err := batch.field(3); err != nil || compression != 0 {
		return 0, orElse(err, "the batch is compressed, which those of stemma are not")
	}
	rows, err = batch.int64At(0)
	if err != nil {
		return 0, err
	}
	if rows < 0 || rows > BatchRows {
		return 0, fmt.Errorf("it declares %d rows; a batch of stemma has %d at most", rows, BatchRows)
	}
	return rows, scanBuffers(batch, body)
}

// scanBuffers checks that no array is longer than the limit and that every
// buffer lies within the body: arrow-go allocates first and reads later.
func scanBuffers(batch flatTable, body int64) error {
	at, n, err := batch.vector(1, 16) // FieldNode: length, null count
	if err != nil {
		return err
	}
	for i := range n {
		if length := int64(binary.LittleEndian.Uint64(batch.buf[at+16*i:])); length < 0 || length > maxChunkValues {
			return fmt.Errorf("array %d declares %d values; the limit is %d", i, length, maxChunkValues)
		}
	}
	at, n, err = batch.vector(2, 16) // Buffer: offset, length
	if err != nil {
		return err
	}
	for i := range n {
		offset := int64(binary.LittleEndian.Uint64(batch.buf[at+16*i:]))
		length := int64(binary.LittleEndian.Uint64(batch.buf[at+16*i+8:]))
		if offset < 0 || length < 0 || offset > body || length > body-offset {
			return fmt.Errorf("buffer %d (offset %d, %d bytes) does not lie within the %d bytes of the body", i, offset, length, body)
		}
	}
	return nil
}

// flatTable is a table in a flatbuffer, every access checked: the fields of
// a vtable are numbered in the order of the definition.
type flatTable struct {
	buf []byte
	at  int
}

var errFlatbuffer = errors.New("the metadata is damaged")

func flatRoot(buf []byte) (flatTable, error) {
	t := flatTable{buf: buf}
	at, err := t.uint32(0)
	t.at = at
	return t, err
}

// uint32 reads an offset or length that must lie within the buffer.
func (t flatTable) uint32(at int) (int, error) {
	if at < 0 || at > len(t.buf)-4 {
		return 0, errFlatbuffer
	}
	v := binary.LittleEndian.Uint32(t.buf[at:])
	if int64(v) > int64(len(t.buf)) {
		return 0, errFlatbuffer
	}
	return int(v), nil
}

// field gives the place of a field, 0 when it is absent.
func (t flatTable) field(n int) (int, error) {
	if t.at < 0 || t.at > len(t.buf)-4 {
		return 0, errFlatbuffer
	}
	vtable := t.at - int(int32(binary.LittleEndian.Uint32(t.buf[t.at:])))
	if vtable < 0 || vtable > len(t.buf)-4 {
		return 0, errFlatbuffer
	}
	size := int(binary.LittleEndian.Uint16(t.buf[vtable:]))
	slot := 4 + 2*n
	if slot+2 > size {
		return 0, nil
	}
	if vtable+slot+2 > len(t.buf) {
		return 0, errFlatbuffer
	}
	offset := int(binary.LittleEndian.Uint16(t.buf[vtable+slot:]))
	if offset == 0 {
		return 0, nil
	}
	if t.at+offset >= len(t.buf) {
		return 0, errFlatbuffer
	}
	return t.at + offset, nil
}

func (t flatTable) byteAt(n int) (byte, error) {
	at, err := t.field(n)
	if err != nil || at == 0 {
		return 0, err
	}
	return t.buf[at], nil
}

func (t flatTable) int64At(n int) (int64, error) {
	at, err := t.field(n)
	if err != nil || at == 0 {
		return 0, err
	}
	if at > len(t.buf)-8 {
		return 0, errFlatbuffer
	}
	return int64(binary.LittleEndian.Uint64(t.buf[at:])), nil
}

func (t flatTable) table(n int) (flatTable, error) {
	at, err := t.field(n)
	if err != nil || at == 0 {
		return t, orElse(err, errFlatbuffer.Error())
	}
	offset, err := t.uint32(at)
	return flatTable{buf: t.buf, at: at + offset}, err
}

// vector gives the place and number of elements of a vector, 0 when absent.
func (t flatTable) vector(n, elementBytes int) (at, count int, err error) {
	at, err = t.field(n)
	if err != nil || at == 0 {
		return 0, 0, err
	}
	offset, err := t.uint32(at)
	if err != nil {
		return 0, 0, err
	}
	at += offset
	count, err = t.uint32(at)
	if err != nil || count > (len(t.buf)-at-4)/elementBytes {
		return 0, 0, orElse(err, errFlatbuffer.Error())
	}
	return at + 4, count, nil
}

// orElse gives err, or an error with the text when there is none.
func orElse(err error, text string) error {
	if err != nil {
		return err
	}
	return errors.New(text)
}
