package columnar

import (
	"fmt"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
)

// CellEncoder gives a function that appends the encoding of cell i of an array
// to dst: the one that logical hashes are taken over. Cells of one type are
// equal if and only if their encodings are, and no encoding is the beginning of
// another one of its type, so the encodings of a row's cells can be joined.
func CellEncoder(arr arrow.Array) (func(dst []byte, i int) []byte, error) { return cellEncoder(arr) }

// AppendCell appends cell i of an array to a builder of the same type, see
// Writer.Field.
func AppendCell(to array.Builder, from arrow.Array, i int) error {
	if from.IsNull(i) {
		to.AppendNull()
		return nil
	}
	switch b := to.(type) {
	case *array.ListBuilder:
		list, ok := from.(*array.List)
		if !ok {
			return typesDiffer(to, from)
		}
		b.Append(true)
		start, end := list.ValueOffsets(i)
		for j := start; j < end; j++ {
			if err := AppendCell(b.ValueBuilder(), list.ListValues(), int(j)); err != nil {
				return err
			}
		}
		return nil
	case *array.StringBuilder:
		return appendFrom(b, from, i)
	case *array.Int64Builder:
		return appendFrom(b, from, i)
	case *array.Float64Builder:
		return appendFrom(b, from, i)
	case *array.BooleanBuilder:
		return appendFrom(b, from, i)
	case *array.Date32Builder:
		return appendFrom(b, from, i)
	case *array.TimestampBuilder:
		return appendFrom(b, from, i)
	}
	return typesDiffer(to, from)
}

func appendFrom[T any](to interface {
	array.Builder
	Append(T)
}, from arrow.Array, i int) error {
	values, ok := from.(interface{ Value(i int) T })
	if !ok {
		return typesDiffer(to, from)
	}
	to.Append(values.Value(i))
	return nil
}

func typesDiffer(to array.Builder, from arrow.Array) error {
	return fmt.Errorf("a cell of type %v does not fit a column of type %v", from.DataType(), to.Type())
}

// TypeNamed is the inverse of TypeName; nil for a name that is none.
func TypeNamed(name string) arrow.DataType {
	for _, t := range []arrow.DataType{Utf8, Int64, Float64, Bool, Date32, Timestamp} {
		switch name {
		case TypeName(t):
			return t
		case TypeName(ListOf(t)):
			return ListOf(t)
		}
	}
	return nil
}
