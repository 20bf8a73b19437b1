package columnar

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
)

// The logical hash of a column does not depend on the writer, its batches or
// its compression. It is the SHA-256 over the cells in row order, each as
//
//	null                     00
//	any value                01, then
//	  bool                   1 byte, 0 or 1
//	  int64, date32 (days),
//	  timestamp (µs)         8 bytes, little-endian, two's complement
//	  float64                8 bytes, little-endian IEEE 754 bits
//	  utf8                   length in bytes (uint64 LE), then the bytes
//	  list                   length (uint64 LE), then each element as a cell

// appendCell appends the encoding of cell i to dst.
type appendCell func(dst []byte, i int) []byte

// cellEncoder gives the encoder of an array's cells.
func cellEncoder(arr arrow.Array) (appendCell, error) {
	value, err := valueEncoder(arr)
	if err != nil {
		return nil, err
	}
	return func(dst []byte, i int) []byte {
		if arr.IsNull(i) {
			return append(dst, 0)
		}
		return value(append(dst, 1), i)
	}, nil
}

func valueEncoder(arr arrow.Array) (appendCell, error) {
	le := binary.LittleEndian
	switch a := arr.(type) {
	case *array.String:
		return func(dst []byte, i int) []byte {
			s := a.Value(i)
			return append(le.AppendUint64(dst, uint64(len(s))), s...)
		}, nil
	case *array.Int64:
		return func(dst []byte, i int) []byte { return le.AppendUint64(dst, uint64(a.Value(i))) }, nil
	case *array.Float64:
		return func(dst []byte, i int) []byte { return le.AppendUint64(dst, math.Float64bits(a.Value(i))) }, nil
	case *array.Date32:
		return func(dst []byte, i int) []byte { return le.AppendUint64(dst, uint64(int64(a.Value(i)))) }, nil
	case *array.Timestamp:
		return func(dst []byte, i int) []byte { return le.AppendUint64(dst, uint64(a.Value(i))) }, nil
	case *array.Boolean:
		return func(dst []byte, i int) []byte {
			if a.Value(i) {
				return append(dst, 1)
			}
			return append(dst, 0)
		}, nil
	case *array.List:
		element, err := cellEncoder(a.ListValues())
		if err != nil {
			return nil, err
		}
		return func(dst []byte, i int) []byte {
			start, end := a.ValueOffsets(i)
			dst = le.AppendUint64(dst, uint64(end-start))
			for j := start; j < end; j++ {
				dst = element(dst, int(j))
			}
			return dst
		}, nil
	}
	return nil, fmt.Errorf("no cell encoding for the type %v", arr.DataType())
}

// hashBuffer is how much is gathered before it goes into the hash: writing
// single cells would spend more time on calls than on hashing.
const hashBuffer = 32 << 10

// columnHash is the logical hash of one column while its batches pass by.
type columnHash struct {
	sum hash.Hash
	buf []byte
}

func newColumnHashes(n int) []columnHash {
	hashes := make([]columnHash, n)
	for i := range hashes {
		hashes[i].sum = sha256.New()
	}
	return hashes
}

func (c *columnHash) add(arr arrow.Array) error {
	encode, err := cellEncoder(arr)
	if err != nil {
		return err
	}
	for i, n := 0, arr.Len(); i < n; i++ {
		c.buf = encode(c.buf, i)
		if len(c.buf) >= hashBuffer {
			c.sum.Write(c.buf)
			c.buf = c.buf[:0]
		}
	}
	c.sum.Write(c.buf)
	c.buf = c.buf[:0]
	return nil
}

func (c *columnHash) hex() string { return hex.EncodeToString(c.sum.Sum(nil)) }

// ColumnStats says what a column holds, independent of the files' encoding.
type ColumnStats struct {
	Name        string
	Type        string // see TypeName
	Description string
	LogicalHash string // hex SHA-256 over the cells
}

// TableStats says what a table holds, independent of the files' encoding. The
// stats of both files of a pair are equal.
type TableStats struct {
	Rows        int64
	Columns     []ColumnStats
	Fingerprint string     // see Fingerprint
	Metadata    []KeyValue // the schema's metadata, in the order of the file
}

func newTableStats(schema *arrow.Schema, rows int64, hashes []columnHash) (*TableStats, error) {
	columns, err := columnsOf(schema)
	if err != nil {
		return nil, err
	}
	stats := &TableStats{Rows: rows, Fingerprint: Fingerprint(columns), Metadata: metadataOf(schema)}
	for i, c := range columns {
		stats.Columns = append(stats.Columns, ColumnStats{
			Name: c.Name, Type: TypeName(c.Type), Description: c.Description, LogicalHash: hashes[i].hex(),
		})
	}
	return stats, nil
}
