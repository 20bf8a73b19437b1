package schema

import (
	"fmt"
	"strconv"
	"strings"

	"stemma/internal/diag"
	"stemma/internal/edtf"
	"stemma/internal/strictjson"
)

// Cell is one value of a table. The zero Cell is null. Which field holds the
// value follows from the column's type: Str for Text, Int for Int64, Boolean (0
// or 1), Date (days) and Timestamp (microseconds), Float for Float64, and List
// for lists, whose elements are cells of the scalar type.
type Cell struct {
	Valid bool
	Str   string
	Int   int64
	Float float64
	List  []Cell
}

// Origin says where a record comes from; rows carry it, so that any cell leads
// back to its file.
type Origin struct {
	Path   string // of the file, relative to the dataset
	Index  int64  // position of the record in its file, from 0
	SHA256 string // of the record's canonical form, hexadecimal
}

// Rows turns a record into rows of the plan's tables, a record's own row before
// those of its lists, and gives each to emit; the cells are valid only during
// the call. A value that fits no cell without loss is a problem; nothing is
// rounded or dropped. With a nil emit Rows only looks for problems.
func (p *Plan) Rows(record *strictjson.Value, origin Origin, emit func(table int, row []Cell) error) ([]strictjson.Problem, error) {
	w, _ := p.scratch.Get().(*walker)
	if w == nil {
		w = &walker{plan: p, rows: make([][]Cell, len(p.Tables))}
		for i, t := range p.Tables {
			w.rows[i] = make([]Cell, len(t.Columns))
		}
	}
	w.origin, w.emit = origin, emit
	err := w.row(0, record, nil)
	problems := w.problems
	w.id, w.problems, w.emit = Cell{}, nil, nil
	p.scratch.Put(w)
	return problems, err
}

// walker turns one record at a time into rows. A record's rows are made one
// after the other, parents before children, so that each table needs one row.
type walker struct {
	plan     *Plan
	origin   Origin
	emit     func(table int, row []Cell) error
	rows     [][]Cell // by table
	id       Cell
	problems []strictjson.Problem
}

// nested is a list whose objects become rows after the row that it belongs to.
type nested struct {
	table int
	list  *strictjson.Value
}

func (w *walker) row(table int, v *strictjson.Value, ordinals []int64) error {
	t, row := w.plan.Tables[table], w.rows[table]
	clear(row)
	var children []nested
	if v.Kind == strictjson.Object && t.fields != nil {
		residue := w.object(t.fields, v, row, &children, table == 0)
		if len(residue) > 0 {
			if err := w.keep(t, row, t.extra, &strictjson.Value{Kind: strictjson.Object, Members: residue}); err != nil {
				return err
			}
		}
	} else if err := w.keep(t, row, t.value, v); err != nil {
		return err
	}
	if table == 0 {
		w.id = w.idOf(t, v, row)
	}
	w.keys(t, row, ordinals)
	if w.emit != nil {
		if err := w.emit(table, row); err != nil {
			return err
		}
	}
	for _, c := range children {
		for i := range c.list.Elems {
			if err := w.row(c.table, &c.list.Elems[i], append(ordinals[:len(ordinals):len(ordinals)], int64(i))); err != nil {
				return err
			}
		}
	}
	return nil
}

// keep writes what has no column of its own. That there is none for it either
// means that the record does not fit its schema, or that the plan is wrong.
func (w *walker) keep(t *Table, row []Cell, column int, v *strictjson.Value) error {
	if column < 0 {
		return fmt.Errorf("the table %s has no place for %s of %s", t.Name, show(v), w.origin.Path)
	}
	row[column] = canonicalCell(v)
	return nil
}

// idOf gives the cell by which child rows name their record.
func (w *walker) idOf(t *Table, record *strictjson.Value, row []Cell) Cell {
	if w.plan.ID == "" {
		return Cell{}
	}
	if f := t.fields.at(IDPointer(w.plan.ID)); f.hasColumn() {
		return row[f.column]
	}
	switch id := record.Lookup(IDPointer(w.plan.ID)); {
	case id.IsNull():
		return Cell{}
	case id.Kind == strictjson.String:
		return Cell{Valid: true, Str: id.Text}
	default:
		return canonicalCell(id)
	}
}

func (w *walker) keys(t *Table, row []Cell, ordinals []int64) {
	if t.id >= 0 {
		row[t.id] = w.id
	}
	for i, column := range t.ordinal {
		row[column] = Cell{Valid: true, Int: ordinals[i]}
	}
	row[t.path] = Cell{Valid: true, Str: w.origin.Path}
	if t.index >= 0 {
		row[t.index] = Cell{Valid: true, Int: w.origin.Index}
	}
	row[t.sha256] = Cell{Valid: true, Str: w.origin.SHA256}
}

// object fills the cells of an object's properties and gives back the members
// that have no cell.
func (w *walker) object(o *object, v *strictjson.Value, row []Cell, children *[]nested, root bool) (residue []strictjson.Member) {
	for i := range v.Members {
		m := &v.Members[i]
		if root && m.Name == "$schema" {
			continue
		}
		f := o.fields[m.Name]
		if f == nil {
			residue = append(residue, *m)
			continue
		}
		if m.Value.Kind == strictjson.Null {
			continue
		}
		if left := w.field(f, &m.Value, row, children); left != nil {
			residue = append(residue, strictjson.Member{Name: m.Name, Value: *left})
		}
	}
	return residue
}

// field fills the cells of one property and gives back what has no cell, or nil.
func (w *walker) field(f *field, v *strictjson.Value, row []Cell, children *[]nested) *strictjson.Value {
	switch f.kind {
	case fieldJSON:
		row[f.column] = canonicalCell(v)
		return nil
	case fieldObject:
		if v.Kind != strictjson.Object || len(v.Members) == 0 {
			return v
		}
		if left := w.object(f.nested, v, row, children, false); len(left) > 0 {
			return &strictjson.Value{Kind: strictjson.Object, Members: left}
		}
		return nil
	case fieldTable:
		if v.Kind != strictjson.Array || len(v.Elems) == 0 {
			return v
		}
		*children = append(*children, nested{f.table, v})
		return nil
	}
	if f.typ.List {
		return w.list(f, v, row)
	}
	cell, fits, whole := w.scalar(f.typ.Scalar, v)
	if !fits {
		return v
	}
	row[f.column] = cell
	switch f.kind {
	case fieldNumber:
		row[f.second] = Cell{Valid: true, Str: v.Text}
	case fieldEDTF:
		row[f.second], row[f.second+1] = bounds(v.Text)
	}
	if !whole {
		return v
	}
	return nil
}

func (w *walker) list(f *field, v *strictjson.Value, row []Cell) *strictjson.Value {
	if v.Kind != strictjson.Array {
		return v
	}
	cells, exact, all := make([]Cell, len(v.Elems)), make([]Cell, len(v.Elems)), true
	for i := range v.Elems {
		e := &v.Elems[i]
		if e.Kind == strictjson.Null {
			continue
		}
		cell, fits, whole := w.scalar(f.typ.Scalar, e)
		if !fits {
			return v
		}
		all = all && whole
		cells[i], exact[i] = cell, Cell{Valid: true, Str: e.Text}
	}
	row[f.column] = Cell{Valid: true, List: cells}
	if f.kind == fieldNumber {
		row[f.second] = Cell{Valid: true, List: exact}
	}
	if !all {
		return v
	}
	return nil
}

// scalar makes a cell. It fits if the value has the column's type; whole tells
// whether the cell says everything that the text said.
func (w *walker) scalar(s Scalar, v *strictjson.Value) (cell Cell, fits, whole bool) {
	cell.Valid = true
	switch {
	case s == Boolean && v.Kind == strictjson.Bool:
		if v.Bool {
			cell.Int = 1
		}
		return cell, true, true
	case s == Text && v.Kind == strictjson.String:
		cell.Str = v.Text
		return cell, true, true
	case s == Int64 && v.Kind == strictjson.Number && strictjson.IsInteger(v.Text):
		n, ok := strictjson.Int64(v.Text)
		if !ok {
			w.problem(v, diag.NumberFit, "this whole number does not fit into 64 bits", "numbers go from -9223372036854775808 to 9223372036854775807; a longer code is a text")
			return Cell{}, true, true
		}
		cell.Int = n
		return cell, true, true
	case s == Float64 && v.Kind == strictjson.Number:
		f, err := strconv.ParseFloat(v.Text, 64)
		if err != nil {
			w.problem(v, diag.NumberFit, "this number is larger than any double", "numbers go to about 1.8e308")
			return Cell{}, true, true
		}
		cell.Float = f
		return cell, true, true
	case s == Date && v.Kind == strictjson.String:
		n, ok := days(v.Text)
		cell.Int = n
		return cell, ok, true
	case s == Timestamp && v.Kind == strictjson.String:
		n, canonical, err := micros(v.Text)
		if err == errNoTime {
			return cell, false, false
		}
		if err != nil {
			w.problem(v, diag.TimestampFit, err.Error(), "write at most six digits after the second, and no leap second")
			return Cell{}, true, true
		}
		cell.Int = n
		return cell, true, canonical
	}
	return Cell{}, false, false
}

func (w *walker) problem(v *strictjson.Value, code diag.Code, message, help string) {
	w.problems = append(w.problems, strictjson.Problem{Code: code, Start: int(v.Start), End: int(v.End), Message: message, Help: help})
}

// bounds gives the first and last day of an EDTF date; null where it is open.
func bounds(text string) (earliest, latest Cell) {
	d, err := edtf.Parse(text)
	if err != nil {
		return Cell{}, Cell{} // only where the schema does not assert the format
	}
	if day, ok := d.Earliest(); ok {
		earliest = Cell{Valid: true, Int: int64(day.DaysSinceEpoch())}
	}
	if day, ok := d.Latest(); ok {
		latest = Cell{Valid: true, Int: int64(day.DaysSinceEpoch())}
	}
	return earliest, latest
}

func canonicalCell(v *strictjson.Value) Cell {
	return Cell{Valid: true, Str: string(strictjson.AppendCanonical(nil, v))}
}

// days reads a full-date of RFC 3339.
func days(text string) (int64, bool) {
	if len(text) != len("2006-01-02") || strings.ContainsAny(text, "X?~%/[]") {
		return 0, false
	}
	d, err := edtf.Parse(text)
	if err != nil {
		return 0, false
	}
	day, ok := d.Earliest()
	return int64(day.DaysSinceEpoch()), ok
}
