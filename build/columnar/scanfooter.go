package columnar

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/thrift/lib/go/thrift"
	format "github.com/xitongsys/parquet-go/parquet"
)

// parquetFooter is a footer and the columns of its schema.
type parquetFooter struct {
	*format.FileMetaData
	columns []leafColumn
}

// scanParquetFooter reads the footer of a Parquet file before arrow-go sees
// it, and checks its length and the nesting of its schema, which arrow-go
// follows recursively.
func scanParquetFooter(r io.ReaderAt, size int64) (*parquetFooter, error) {
	const tail = 4 + len(parquetMagic)
	end := make([]byte, tail)
	if size < int64(len(parquetMagic)+tail) {
		return nil, errors.New("the file is too short for a Parquet file")
	}
	if _, err := r.ReadAt(end, size-int64(tail)); err != nil {
		return nil, err
	}
	length := int64(binary.LittleEndian.Uint32(end))
	if string(end[4:]) != parquetMagic || length > maxFooterBytes || length > size-int64(len(parquetMagic)+tail) {
		return nil, errors.New("the end is not that of a complete Parquet file")
	}
	text := make([]byte, length)
	if _, err := r.ReadAt(text, size-int64(tail)-length); err != nil {
		return nil, err
	}
	footer, err := parseFooter(text)
	if err != nil {
		return nil, fmt.Errorf("the footer cannot be read: %w", err)
	}
	if footer.EncryptionAlgorithm != nil {
		return nil, errors.New("the file is encrypted, which those of stemma are not")
	}
	columns, err := scanParquetSchema(footer.Schema)
	if err != nil {
		return nil, err
	}
	for _, kv := range footer.KeyValueMetadata {
		if kv.Key == arrowSchemaKey {
			if err := scanStoredSchema(kv.GetValue()); err != nil {
				return nil, fmt.Errorf("metadata %q: %w", arrowSchemaKey, err)
			}
		}
	}
	return &parquetFooter{footer, columns}, nil
}

// parseFooter reads a footer with strictProtocol.
func parseFooter(text []byte) (*format.FileMetaData, error) {
	buffer := &thrift.TMemoryBuffer{Buffer: bytes.NewBuffer(text)}
	strict := &strictProtocol{TProtocol: thrift.NewTCompactProtocolConf(buffer, nil), left: buffer.Len}
	footer := format.NewFileMetaData()
	if err := footer.Read(context.Background(), strict); err != nil {
		return nil, err
	}
	if n := buffer.Len(); n > 0 {
		return nil, fmt.Errorf("%d bytes of it belong to nothing", n)
	}
	return footer, nil
}

// strictProtocol reads Thrift's compact protocol where the generated code of
// both Parquet libraries would be too trustful: that allocates a list as long
// as it declares to be. Unknown fields and fields that come twice are refused,
// so that the libraries, whose definitions are of different age, cannot see
// different things in what has been checked here.
type strictProtocol struct {
	thrift.TProtocol
	left func() int // bytes not yet read
	last []int16    // per open struct, the field read last
}

func (p *strictProtocol) ReadStructBegin(ctx context.Context) (string, error) {
	p.last = append(p.last, 0)
	return p.TProtocol.ReadStructBegin(ctx)
}

func (p *strictProtocol) ReadStructEnd(ctx context.Context) error {
	p.last = p.last[:len(p.last)-1]
	return p.TProtocol.ReadStructEnd(ctx)
}

func (p *strictProtocol) ReadFieldBegin(ctx context.Context) (name string, t thrift.TType, id int16, err error) {
	name, t, id, err = p.TProtocol.ReadFieldBegin(ctx)
	if err == nil && t != thrift.STOP {
		if last := &p.last[len(p.last)-1]; id > *last {
			*last = id
		} else {
			err = fmt.Errorf("field %d follows field %d", id, *last)
		}
	}
	return name, t, id, err
}

// ReadListBegin refuses lists longer than the bytes that are left: an element
// takes one at least.
func (p *strictProtocol) ReadListBegin(ctx context.Context) (thrift.TType, int, error) {
	t, n, err := p.TProtocol.ReadListBegin(ctx)
	if err == nil && n > p.left() {
		err = fmt.Errorf("a list declares %d elements in %d bytes", n, p.left())
	}
	return t, n, err
}

func (p *strictProtocol) Skip(context.Context, thrift.TType) error {
	return errors.New("it has a field that stemma does not write")
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

// leafColumn is what decoding the pages of a column depends on.
type leafColumn struct {
	name     string // of the table's column
	physical format.Type
	isList   bool
}

// maxDefinition gives the highest definition level, that of a value.
func (l leafColumn) maxDefinition() uint32 {
	if l.isList {
		return elementPresent
	}
	return scalarPresent
}

// scanParquetSchema accepts optional scalars and lists of optional scalars in
// the three-level form; anything deeper is not ours.
func scanParquetSchema(elements []*format.SchemaElement) ([]leafColumn, error) {
	if len(elements) == 0 || int(elements[0].GetNumChildren()) > maxColumns {
		return nil, fmt.Errorf("the schema has no root, or more than %d columns", maxColumns)
	}
	rest := elements[1:]
	take := func(repetition format.FieldRepetitionType, children int32) bool {
		if len(rest) == 0 || rest[0].GetRepetitionType() != repetition || rest[0].GetNumChildren() != children || (children == 0) != rest[0].IsSetType() {
			return false
		}
		rest = rest[1:]
		return true
	}
	const optional, repeated = format.FieldRepetitionType_OPTIONAL, format.FieldRepetitionType_REPEATED
	var columns []leafColumn
	for i := range elements[0].GetNumChildren() {
		before := len(rest)
		isList := !take(optional, 0)
		if isList && !(take(optional, 1) && take(repeated, 1) && take(optional, 0)) {
			return nil, fmt.Errorf("column %d is neither an optional scalar nor a list of such", i)
		}
		leaf := elements[len(elements)-len(rest)-1]
		switch leaf.GetType() {
		case format.Type_BOOLEAN, format.Type_INT32, format.Type_INT64, format.Type_DOUBLE, format.Type_BYTE_ARRAY:
		default:
			return nil, fmt.Errorf("column %d has the type %v, which stemma does not write", i, leaf.GetType())
		}
		columns = append(columns, leafColumn{elements[len(elements)-before].Name, leaf.GetType(), isList})
	}
	if len(rest) > 0 {
		return nil, errors.New("the schema has more elements than columns")
	}
	return columns, nil
}
