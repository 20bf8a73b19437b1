package columnar

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v17/arrow"
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

// arrowFile is the checked footer of an Arrow IPC file. Format: Arrow columnar
// format, "IPC File Format", and its flatbuffer definitions File.fbs,
// Message.fbs and Schema.fbs.
type arrowFile struct {
	r      io.ReaderAt
	size   int64
	blocks []byte // the footer's record batches, blockBytes each
}

// scanArrow checks the footer of an Arrow IPC file before arrow-go, which
// allocates whatever is declared, sees the file.
func scanArrow(r io.ReaderAt, size int64) (*arrowFile, error) {
	const tail = 4 + len(arrowMagic)
	end := make([]byte, tail)
	if size < int64(2*len(arrowMagic)+tail) {
		return nil, errors.New("the file is too short for an Arrow file")
	}
	if _, err := r.ReadAt(end, size-int64(tail)); err != nil {
		return nil, err
	}
	length := int64(binary.LittleEndian.Uint32(end))
	if string(end[4:]) != arrowMagic || length > maxFooterBytes || length > size-int64(tail)-8 {
		return nil, errors.New("the end is not that of a complete Arrow file")
	}
	footer := make([]byte, length)
	if _, err := r.ReadAt(footer, size-int64(tail)-length); err != nil {
		return nil, err
	}
	root, err := flatRoot(footer)
	if err != nil {
		return nil, err
	}
	// Footer: version, schema, dictionaries, recordBatches, custom_metadata.
	schema, err := root.table(1)
	if err != nil {
		return nil, err
	}
	if err := scanArrowSchema(schema); err != nil {
		return nil, err
	}
	if _, n, err := root.vector(2, blockBytes); err != nil || n > 0 {
		return nil, orElse(err, "the file has dictionaries, which stemma does not write")
	}
	at, n, err := root.vector(3, blockBytes)
	if err != nil {
		return nil, err
	}
	return &arrowFile{r, size, footer[at : at+n*blockBytes]}, nil
}

// scanBatches checks the head of every record batch and gives the number of
// rows. It needs the columns: arrow-go takes from the lists of arrays and
// buffers what the columns need, whatever length those lists declare.
func (f *arrowFile) scanBatches(columns []Column) (rows int64, err error) {
	arrays, buffers := 0, 0
	for _, c := range columns {
		t := c.Type
		if list, ok := t.(*arrow.ListType); ok {
			arrays, buffers, t = arrays+1, buffers+2, list.Elem()
		}
		arrays, buffers = arrays+1, buffers+2
		if t.ID() == arrow.STRING {
			buffers++
		}
	}
	for i := 0; i < len(f.blocks); i += blockBytes {
		count, err := f.scanBatch(f.blocks[i:], arrays, buffers)
		if err != nil {
			return 0, fmt.Errorf("record batch %d: %w", i/blockBytes, err)
		}
		rows += count
	}
	return rows, nil
}

// blockBytes is the size of the struct Block in File.fbs: offset (8), length
// of the metadata (4), padding (4), length of the body (8).
const blockBytes = 24

func (f *arrowFile) scanBatch(block []byte, arrays, buffers int) (rows int64, err error) {
	offset := int64(binary.LittleEndian.Uint64(block))
	meta := int64(int32(binary.LittleEndian.Uint32(block[8:])))
	body := int64(binary.LittleEndian.Uint64(block[16:]))
	// Each is bounded by the size before they are added: no overflow.
	if offset < 0 || offset > f.size || meta < 16 || meta > maxBatchMeta || body < 0 || body > maxBatchBytes || offset+meta+body > f.size {
		return 0, fmt.Errorf("its place (offset %d, %d and %d bytes) is not within the file's %d bytes and stemma's limits", offset, meta, body, f.size)
	}
	message := make([]byte, meta)
	if _, err := f.r.ReadAt(message, offset); err != nil {
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
	return rows, scanBuffers(batch, body, arrays, buffers)
}

// scanBuffers checks that no array is longer than the limit and that every
// buffer lies within the body: arrow-go allocates first and reads later.
func scanBuffers(batch flatTable, body int64, arrays, buffers int) error {
	at, n, err := batch.vector(1, 16) // FieldNode: length, null count
	if err != nil || n != arrays {
		return orElse(err, fmt.Sprintf("it lists %d arrays; its columns have %d", n, arrays))
	}
	for i := range n {
		if length := int64(binary.LittleEndian.Uint64(batch.buf[at+16*i:])); length < 0 || length > maxChunkValues {
			return fmt.Errorf("array %d declares %d values; the limit is %d", i, length, maxChunkValues)
		}
	}
	at, n, err = batch.vector(2, 16) // Buffer: offset, length
	if err != nil || n != buffers {
		return orElse(err, fmt.Sprintf("it lists %d buffers; its columns have %d", n, buffers))
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
