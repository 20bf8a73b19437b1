package draw

import "math/big"

// Interval is what is drawn: a nil end is none. Open ends do not belong to it.
type Interval struct {
	Low, High         *big.Rat
	LowOpen, HighOpen bool
}

// Pen is how an interval is drawn. Pens differ in shape, not in colour alone.
type Pen struct {
	Line, Closed, Open, Point string
	Middle                    string // drawn once more in the middle of a line that is long enough; may be empty
	Style                     Style
}

// Row is one line of a plot.
type Row struct {
	scale *Scale
	cells []cell
}

// Row gives an empty line of the plot.
func (s *Scale) Row() *Row {
	r := &Row{scale: s, cells: make([]cell, s.width)}
	for i := range r.cells {
		r.cells[i] = cell{" ", 1, Plain}
	}
	return r
}

// Fill puts a mark into every column of an interval.
func (r *Row) Fill(i Interval, mark string, style Style) {
	from, to := r.columns(i)
	for c := from; c <= to; c++ {
		r.cells[c] = cell{mark, 1, style}
	}
}

// Draw draws an interval. An end that lies outside the picture is drawn as "‹"
// or "›" at its edge; clipped tells whether one does.
func (r *Row) Draw(i Interval, p Pen) (clipped bool) {
	from, to := r.columns(i)
	for c := from; c <= to; c++ {
		r.cells[c] = cell{p.Line, 1, p.Style}
	}
	const long = 5
	if p.Middle != "" && to-from >= long {
		r.cells[(from+to)/2].text = p.Middle
	}
	low, lowOutside := r.end(i.Low, i.LowOpen, "◄", p)
	high, highOutside := r.end(i.High, i.HighOpen, "►", p)
	switch {
	case i.Low != nil && i.High != nil && i.Low.Cmp(i.High) == 0 && !lowOutside:
		r.cells[from].text = p.Point
	case from == to && (i.High == nil || i.Low != nil && low == p.Open):
		r.cells[from].text = high
	case from == to:
		r.cells[from].text = low
	default:
		r.cells[from].text, r.cells[to].text = low, high
	}
	return lowOutside || highOutside
}

// end gives the mark of an end.
func (r *Row) end(v *big.Rat, open bool, none string, p Pen) (mark string, outside bool) {
	s := r.scale
	switch {
	case v == nil:
		return none, false
	case s.Log && v.Sign() == 0 && s.first > 0: // zero has a column of its own
	case v.Cmp(s.low) < 0:
		return "‹", true
	case v.Cmp(s.high) > 0:
		return "›", true
	}
	if open {
		return p.Open, false
	}
	return p.Closed, false
}

func (r *Row) columns(i Interval) (from, to int) {
	from, to = 0, r.scale.width-1
	if i.Low != nil {
		from = r.scale.column(i.Low)
	}
	if i.High != nil {
		to = r.scale.column(i.High)
	}
	return from, max(from, to)
}

// Line gives the row as text.
func (r *Row) Line() Line {
	var l Line
	for _, c := range r.cells {
		l.put(c)
	}
	return l
}
