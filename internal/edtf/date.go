package edtf

import (
	"fmt"
	"strings"
)

// Kind is the form of a date.
type Kind uint8

// The forms of a date.
const (
	InvalidKind     Kind = iota // the zero Date; Parse never returns it without an error
	DayKind                     // 2025-08-20
	MonthKind                   // 2025-08
	YearKind                    // 2025
	UnspecifiedKind             // a day, month or year with X digits: 202X, 2025-XX, 2025-08-XX
	IntervalKind                // A/B, also with an open end
	SetKind                     // [a,b], [a..b]: one of the members
)

// String names the kind in lower case.
func (k Kind) String() string {
	names := [...]string{"invalid", "day", "month", "year", "unspecified", "interval", "set"}
	if int(k) < len(names) {
		return names[k]
	}
	return "invalid"
}

// Reading says how something relates to its date.
type Reading string

// The readings of the data model.
const (
	Throughout Reading = "throughout"  // it lasted from the first day to the last
	SometimeIn Reading = "sometime_in" // it began and ended somewhere between the two
)

// unspecified stands for XX in the place of a month or day; absent, for a
// component that is not written.
const (
	unspecified = -1
	absent      = 0
)

// single is one day, month or year as written.
type single struct {
	year      int // X digits read as 0
	maskedEnd int // number of X at the end of the year: 0, 1 or 2
	month     int // 1 to 12, absent or unspecified
	day       int // 1 to 31, absent or unspecified
	qualifier byte
}

// element is what a set lists: a date, or the run from first to last.
type element struct {
	first, last        single
	run                bool
	openStart, openEnd bool
}

// Date is a parsed EDTF date. Its zero value is no date. Dates are immutable.
type Date struct {
	kind               Kind
	first, last        single // equal unless the kind is IntervalKind; unused for SetKind
	openStart, openEnd bool
	elements           []element
}

// Span is a stretch of days, both ends included. The day of an open end is the
// zero Day.
type Span struct {
	Start, End         Day
	OpenStart, OpenEnd bool
}

// Kind returns the form of the date.
func (d Date) Kind() Kind { return d.kind }

// HasOpenStart tells whether the date has no earliest day (`../2025`, `[..2025]`).
func (d Date) HasOpenStart() bool { return d.openStart }

// HasOpenEnd tells whether the date has no latest day (`2025/..`, `[2025..]`).
func (d Date) HasOpenEnd() bool { return d.openEnd }

// HasUnspecified tells whether the date, or an end of the interval, has X digits.
func (d Date) HasUnspecified() bool {
	return d.kind != SetKind && (d.first.isUnspecified() || d.last.isUnspecified())
}

// Uncertain tells whether the date, or an end of the interval, is marked ? or %.
func (d Date) Uncertain() bool { return d.qualifiedBy('?') }

// Approximate tells whether the date, or an end of the interval, is marked ~ or %.
func (d Date) Approximate() bool { return d.qualifiedBy('~') }

func (d Date) qualifiedBy(mark byte) bool {
	for _, s := range []single{d.first, d.last} {
		if s.qualifier == mark || s.qualifier == '%' {
			return true
		}
	}
	return false
}

// Earliest returns the first day that the date may mean; ok is false when the
// start is open.
func (d Date) Earliest() (day Day, ok bool) {
	hull := d.hull()
	return hull.Start, d.kind != InvalidKind && !hull.OpenStart
}

// Latest returns the last day that the date may mean; ok is false when the end
// is open.
func (d Date) Latest() (day Day, ok bool) {
	hull := d.hull()
	return hull.End, d.kind != InvalidKind && !hull.OpenEnd
}

// DefaultReading is the reading that the data model gives a date whose record
// states none: throughout for days and for intervals with two known ends,
// sometime_in for everything else.
func (d Date) DefaultReading() Reading {
	whole := d.kind == DayKind || d.kind == IntervalKind
	if whole && !d.openStart && !d.openEnd && !d.HasUnspecified() {
		return Throughout
	}
	return SometimeIn
}

// Members lists the stretches of days between which the date leaves the choice,
// in the order written: the elements of a set, the twelve (or fewer) days of
// 2025-XX-15, one span for everything else.
func (d Date) Members() []Span {
	switch d.kind {
	case InvalidKind:
		return nil
	case SetKind:
		var spans []Span
		for _, e := range d.elements {
			spans = append(spans, e.span())
		}
		return spans
	case IntervalKind:
		return []Span{d.intervalSpan()}
	}
	return d.first.spans()
}

// intervalSpan reaches from the first day of the start to the last day of the end.
func (d Date) intervalSpan() Span {
	span := Span{OpenStart: d.openStart, OpenEnd: d.openEnd}
	if !d.openStart {
		span.Start = d.first.earliest()
	}
	if !d.openEnd {
		span.End = d.last.latest()
	}
	return span
}

// hull is the smallest span that holds all members.
func (d Date) hull() Span {
	var hull Span
	for i, m := range d.Members() {
		if i == 0 {
			hull = m
			continue
		}
		if m.OpenStart || !hull.OpenStart && m.Start.Compare(hull.Start) < 0 {
			hull.Start, hull.OpenStart = m.Start, m.OpenStart
		}
		if m.OpenEnd || !hull.OpenEnd && m.End.Compare(hull.End) > 0 {
			hull.End, hull.OpenEnd = m.End, m.OpenEnd
		}
	}
	return hull
}

// String renders the date as EDTF: the text that Parse was given.
func (d Date) String() string {
	switch d.kind {
	case InvalidKind:
		return ""
	case IntervalKind:
		start, end := "..", ".."
		if !d.openStart {
			start = d.first.String()
		}
		if !d.openEnd {
			end = d.last.String()
		}
		return start + "/" + end
	case SetKind:
		texts := make([]string, len(d.elements))
		for i, e := range d.elements {
			texts[i] = e.String()
		}
		return "[" + strings.Join(texts, ",") + "]"
	}
	return d.first.String()
}

func (e element) String() string {
	switch {
	case e.openStart:
		return ".." + e.last.String()
	case e.openEnd:
		return e.first.String() + ".."
	case e.run:
		return e.first.String() + ".." + e.last.String()
	}
	return e.first.String()
}

func (e element) span() Span {
	span := Span{OpenStart: e.openStart, OpenEnd: e.openEnd}
	if !e.openStart {
		span.Start = e.first.earliest()
	}
	if !e.openEnd {
		span.End = e.last.latest()
	}
	return span
}

func (s single) isUnspecified() bool {
	return s.maskedEnd > 0 || s.month == unspecified || s.day == unspecified
}

func (s single) kind() Kind {
	switch {
	case s.isUnspecified():
		return UnspecifiedKind
	case s.month == absent:
		return YearKind
	case s.day == absent:
		return MonthKind
	}
	return DayKind
}

func (s single) String() string {
	text := fmt.Sprintf("%04d", s.year)
	text = text[:4-s.maskedEnd] + strings.Repeat("X", s.maskedEnd)
	for _, component := range []int{s.month, s.day} {
		switch component {
		case absent:
		case unspecified:
			text += "-XX"
		default:
			text += fmt.Sprintf("-%02d", component)
		}
	}
	if s.qualifier != 0 {
		text += string(s.qualifier)
	}
	return text
}

// spans lists the days that s may mean, as few stretches as possible.
func (s single) spans() []Span {
	if s.month == unspecified && s.day > 0 {
		var spans []Span
		for month := 1; month <= 12; month++ {
			if s.day <= daysIn(s.year, month) {
				day := Day{s.year, month, s.day}
				spans = append(spans, Span{Start: day, End: day})
			}
		}
		return spans
	}
	lastYear := s.year
	for i, step := 0, 9; i < s.maskedEnd; i, step = i+1, step*10 {
		lastYear += step
	}
	switch {
	case s.month <= 0:
		return []Span{{Start: Day{s.year, 1, 1}, End: Day{lastYear, 12, 31}}}
	case s.day <= 0:
		return []Span{{Start: Day{s.year, s.month, 1}, End: Day{s.year, s.month, daysIn(s.year, s.month)}}}
	}
	day := Day{s.year, s.month, s.day}
	return []Span{{Start: day, End: day}}
}

func (s single) earliest() Day { return s.spans()[0].Start }

func (s single) latest() Day {
	spans := s.spans()
	return spans[len(spans)-1].End
}
