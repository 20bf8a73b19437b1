package columnar

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/arrow"
)

// Column describes one column of a table. Every column is nullable.
type Column struct {
	Name        string         // unique within the table, valid UTF-8, not empty
	Type        arrow.DataType // one of the types of this package, see TypeName
	Description string         // becomes the field's metadata, key "description"
}

// KeyValue is one pair of a table's metadata. A slice keeps the order, which
// ends up in the bytes of the files; a map would not.
type KeyValue struct{ Key, Value string }

// descriptionKey is the key of a field's metadata that holds Column.Description.
const descriptionKey = "description"

// The scalar types of columns. Lists of them are made with ListOf.
var (
	Utf8      arrow.DataType = arrow.BinaryTypes.String
	Int64     arrow.DataType = arrow.PrimitiveTypes.Int64
	Float64   arrow.DataType = arrow.PrimitiveTypes.Float64
	Bool      arrow.DataType = arrow.FixedWidthTypes.Boolean
	Date32    arrow.DataType = arrow.FixedWidthTypes.Date32
	Timestamp arrow.DataType = &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}
)

// ListOf gives the list type with the given scalar as its nullable element.
func ListOf(element arrow.DataType) arrow.DataType { return arrow.ListOf(element) }

// TypeName gives the name under which a type is known in fingerprints,
// manifests and code books: utf8, int64, float64, bool, date32,
// "timestamp[us, UTC]" and list<…> of these. It is "" for any other type.
func TypeName(t arrow.DataType) string {
	if list, ok := t.(*arrow.ListType); ok {
		if name := scalarName(list.Elem()); name != "" && list.ElemField().Nullable {
			return "list<" + name + ">"
		}
		return ""
	}
	return scalarName(t)
}

func scalarName(t arrow.DataType) string {
	if t == nil {
		return ""
	}
	switch t.ID() {
	case arrow.STRING:
		return "utf8"
	case arrow.INT64:
		return "int64"
	case arrow.FLOAT64:
		return "float64"
	case arrow.BOOL:
		return "bool"
	case arrow.DATE32:
		return "date32"
	case arrow.TIMESTAMP:
		if ts := t.(*arrow.TimestampType); ts.Unit == arrow.Microsecond && ts.TimeZone == "UTC" {
			return "timestamp[us, UTC]"
		}
	}
	return ""
}

// Schema gives the Arrow schema of a table: all fields nullable, descriptions
// as field metadata, the pairs as schema metadata in the order given. It
// refuses columns without a name, with a name used twice or with a type that
// this package does not write.
func Schema(columns []Column, metadata []KeyValue) (*arrow.Schema, error) {
	if len(columns) == 0 {
		// A Parquet file without columns cannot say how many rows it has.
		return nil, errors.New("a table needs at least one column")
	}
	seen := make(map[string]bool, len(columns))
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		switch {
		case c.Name == "" || !utf8.ValidString(c.Name) || strings.ContainsRune(c.Name, 0):
			return nil, fmt.Errorf("column %d: %q is no column name: it must be UTF-8 text without NUL and not be empty", i, c.Name)
		case seen[c.Name]:
			return nil, fmt.Errorf("column %d: the name %q is used twice", i, c.Name)
		case TypeName(c.Type) == "":
			return nil, fmt.Errorf("column %q: type %v is not one that stemma writes", c.Name, c.Type)
		case !utf8.ValidString(c.Description):
			return nil, fmt.Errorf("column %q: the description is not valid UTF-8", c.Name)
		}
		seen[c.Name] = true
		fields[i] = arrow.Field{Name: c.Name, Type: c.Type, Nullable: true}
		if c.Description != "" {
			fields[i].Metadata = arrow.NewMetadata([]string{descriptionKey}, []string{c.Description})
		}
	}
	keys, values := make([]string, len(metadata)), make([]string, len(metadata))
	for i, kv := range metadata {
		if kv.Key == "" || kv.Key == arrowSchemaKey || !utf8.ValidString(kv.Key) || !utf8.ValidString(kv.Value) {
			return nil, fmt.Errorf("metadata key %q cannot be used, or its value is not valid UTF-8", kv.Key)
		}
		keys[i], values[i] = kv.Key, kv.Value
	}
	md := arrow.NewMetadata(keys, values)
	return arrow.NewSchema(fields, &md), nil
}

// columnsOf is the inverse of Schema, for files read back. It refuses types
// that stemma does not write, so that nothing after it meets one.
func columnsOf(s *arrow.Schema) ([]Column, error) {
	columns := make([]Column, s.NumFields())
	for i := range columns {
		f := s.Field(i)
		if TypeName(f.Type) == "" {
			return nil, fmt.Errorf("column %q has the type %v, which stemma does not write", f.Name, f.Type)
		}
		description, _ := f.Metadata.GetValue(descriptionKey)
		columns[i] = Column{Name: f.Name, Type: f.Type, Description: description}
	}
	return columns, nil
}

// metadataOf gives the pairs of a schema read back, without the copy of the
// Arrow schema that Parquet files carry among them.
func metadataOf(s *arrow.Schema) []KeyValue {
	var pairs []KeyValue
	keys, values := s.Metadata().Keys(), s.Metadata().Values()
	for i := range keys {
		if keys[i] != arrowSchemaKey {
			pairs = append(pairs, KeyValue{keys[i], values[i]})
		}
	}
	return pairs
}

// Fingerprint gives the hex SHA-256 over the canonical JSON (RFC 8785) of
// [{"name":…,"type":…},…]: it changes when a column is added, removed, moved,
// renamed or retyped, and only then.
func Fingerprint(columns []Column) string {
	text := []byte{'['}
	for i, c := range columns {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, `{"name":`...)
		text = appendJSONString(text, c.Name)
		text = append(text, `,"type":`...)
		text = appendJSONString(text, TypeName(c.Type))
		text = append(text, '}')
	}
	sum := sha256.Sum256(append(text, ']'))
	return hex.EncodeToString(sum[:])
}

// appendJSONString appends s as RFC 8785 §3.2.2.2 writes strings: only what
// must be escaped is.
func appendJSONString(dst []byte, s string) []byte {
	const hexDigits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\b':
			dst = append(dst, '\\', 'b')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\f':
			dst = append(dst, '\\', 'f')
		case c == '\r':
			dst = append(dst, '\\', 'r')
		case c < 0x20:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
