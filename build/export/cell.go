package export

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"stemma/internal/strictjson"
)

// appendCell appends the cell of a row that is no null.
type appendCell func(line []byte, row int) []byte

// Columns that no release of stemma holds, and that have no CSV.
var (
	errNotFinite = errors.New("it holds a number that is infinite or none, which no release of stemma does")
	errNotUTF8   = errors.New("it holds a text that is not valid UTF-8, which no release of stemma does")
)

// cellWriter gives what writes the cells of a column.
func cellWriter(column arrow.Array) (appendCell, error) {
	switch a := column.(type) {
	case *array.String:
		return func(line []byte, row int) []byte { return appendText(line, a.Value(row)) }, checkTexts(a)
	case *array.List:
		element, err := plainWriter(a.ListValues())
		if err != nil {
			return nil, err
		}
		return func(line []byte, row int) []byte { return appendQuoted(line, listText(a, row, element)) }, nil
	}
	return plainWriter(column)
}

// plainWriter gives what writes the values of a column as they stand in a list,
// where texts are JSON. Dates and times are without their quotes.
func plainWriter(column arrow.Array) (appendCell, error) {
	switch a := column.(type) {
	case *array.String:
		return func(out []byte, i int) []byte {
			return strictjson.AppendCanonical(out, &strictjson.Value{Kind: strictjson.String, Text: a.Value(i)})
		}, checkTexts(a)
	case *array.Int64:
		return func(out []byte, i int) []byte { return strconv.AppendInt(out, a.Value(i), 10) }, nil
	case *array.Boolean:
		return func(out []byte, i int) []byte { return strconv.AppendBool(out, a.Value(i)) }, nil
	case *array.Float64:
		return func(out []byte, i int) []byte { return strconv.AppendFloat(out, a.Value(i), 'g', -1, 64) }, checkNumbers(a)
	case *array.Date32:
		return func(out []byte, i int) []byte {
			return time.Unix(int64(a.Value(i))*86400, 0).UTC().AppendFormat(out, time.DateOnly)
		}, nil
	case *array.Timestamp:
		return func(out []byte, i int) []byte {
			return time.UnixMicro(int64(a.Value(i))).UTC().AppendFormat(out, "2006-01-02T15:04:05.999999Z07:00")
		}, nil
	}
	return nil, fmt.Errorf("there is no CSV for the type %v", column.DataType())
}

func checkTexts(a *array.String) error {
	for i := range a.Len() {
		if !a.IsNull(i) && !utf8.ValidString(a.Value(i)) {
			return errNotUTF8
		}
	}
	return nil
}

func checkNumbers(a *array.Float64) error {
	for i := range a.Len() {
		if v := a.Value(i); !a.IsNull(i) && (math.IsInf(v, 0) || math.IsNaN(v)) {
			return errNotFinite
		}
	}
	return nil
}

// listText gives a list as JSON.
func listText(a *array.List, row int, element appendCell) string {
	quote := a.ListValues().DataType().ID() == arrow.DATE32 || a.ListValues().DataType().ID() == arrow.TIMESTAMP
	out := []byte{'['}
	start, end := a.ValueOffsets(row)
	for i := start; i < end; i++ {
		if i > start {
			out = append(out, ',')
		}
		switch {
		case a.ListValues().IsNull(int(i)):
			out = append(out, "null"...)
		case quote:
			out = append(element(append(out, '"'), int(i)), '"')
		default:
			out = element(out, int(i))
		}
	}
	return string(append(out, ']'))
}
