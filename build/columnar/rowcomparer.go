package columnar

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/xitongsys/parquet-go/layout"
)

// rowComparer rebuilds rows from values, repetition and definition levels, and
// compares them one by one with an Arrow array.
type rowComparer struct {
	want   arrow.Array
	list   *array.List
	isList bool

	row  int   // row being rebuilt or compared next
	open bool  // a list row has begun
	null bool  // it is null
	got  []any // its elements so far, nil for null
}

// Definition levels of the three-level form of lists, and of scalars.
const (
	listNull, listEmpty, elementNull, elementPresent = 0, 1, 2, 3
	scalarPresent                                    = 1
)

func (r *rowComparer) page(t *layout.Table) error {
	for i, value := range t.Values {
		level := t.DefinitionLevels[i]
		if !r.isList {
			if (level == scalarPresent) != (value != nil) || level > scalarPresent {
				return fmt.Errorf("row %d has definition level %d and the value %v", r.row, level, value)
			}
			if err := r.scalar(value); err != nil {
				return err
			}
			continue
		}
		if (level == elementPresent) != (value != nil) || level > elementPresent {
			return fmt.Errorf("row %d has definition level %d and the value %v", r.row, level, value)
		}
		if t.RepetitionLevels[i] == 0 {
			if err := r.endList(); err != nil {
				return err
			}
			r.open, r.null, r.got = true, level == listNull, r.got[:0]
		} else if !r.open || level < elementNull || len(r.got) == 0 {
			return fmt.Errorf("row %d goes on with definition level %d", r.row, level)
		}
		if level >= elementNull {
			r.got = append(r.got, value)
		}
	}
	return nil
}

func (r *rowComparer) scalar(value any) error {
	if r.row >= r.want.Len() {
		return &Difference{Row: int64(r.row), Got: anyText(r.want.DataType(), value), Want: noRow}
	}
	if !sameValue(value, r.want, r.row) {
		return &Difference{Row: int64(r.row), Got: anyText(r.want.DataType(), value), Want: cellText(r.want, r.row)}
	}
	r.row++
	return nil
}

// end is called after the last page: it notices rows that are missing.
func (r *rowComparer) end() error {
	if err := r.endList(); err != nil {
		return err
	}
	if r.row < r.want.Len() {
		return &Difference{Row: int64(r.row), Got: noRow, Want: cellText(r.want, r.row)}
	}
	return nil
}

// endList compares the list that has been gathered, if there is one.
func (r *rowComparer) endList() error {
	if !r.open {
		return nil
	}
	r.open = false
	if r.row >= r.want.Len() {
		return &Difference{Row: int64(r.row), Got: r.listText(), Want: noRow}
	}
	if !r.sameList() {
		return &Difference{Row: int64(r.row), Got: r.listText(), Want: cellText(r.want, r.row)}
	}
	r.row++
	return nil
}

func (r *rowComparer) sameList() bool {
	if r.null || r.want.IsNull(r.row) {
		return r.null == r.want.IsNull(r.row)
	}
	start, end := r.list.ValueOffsets(r.row)
	if int64(len(r.got)) != end-start {
		return false
	}
	for i, value := range r.got {
		if !sameValue(value, r.list.ListValues(), int(start)+i) {
			return false
		}
	}
	return true
}

// sameValue compares a value of parquet-go, nil for null, with an Arrow cell.
func sameValue(got any, want arrow.Array, i int) bool {
	if got == nil || want.IsNull(i) {
		return got == nil && want.IsNull(i)
	}
	switch w := want.(type) {
	case *array.String:
		v, ok := got.(string)
		return ok && v == w.Value(i)
	case *array.Int64:
		v, ok := got.(int64)
		return ok && v == w.Value(i)
	case *array.Float64:
		// Bits, not values: -0 is not 0, and NaN is itself.
		v, ok := got.(float64)
		return ok && math.Float64bits(v) == math.Float64bits(w.Value(i))
	case *array.Boolean:
		v, ok := got.(bool)
		return ok && v == w.Value(i)
	case *array.Date32:
		v, ok := got.(int32)
		return ok && v == int32(w.Value(i))
	case *array.Timestamp:
		v, ok := got.(int64)
		return ok && v == int64(w.Value(i))
	}
	return false
}

func (r *rowComparer) listText() string {
	if r.null {
		return "null"
	}
	parts := make([]string, len(r.got))
	for i, v := range r.got {
		parts[i] = anyText(r.list.DataType().(*arrow.ListType).Elem(), v)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// anyText renders a value of parquet-go as cellText renders Arrow's.
func anyText(t arrow.DataType, value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(v)
	case float64:
		return floatText(v)
	case int32:
		return dateText(int64(v))
	case int64:
		if t.ID() == arrow.TIMESTAMP {
			return timestampText(v)
		}
	}
	return fmt.Sprint(value)
}
