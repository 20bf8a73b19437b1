package edtf

import (
	"cmp"
	"math"
	"slices"
)

// Extent is a set of (start, end) pairs of days, start not after end: under
// Exact the one pair of its span, else every pair inside its span. An open start
// lies before all days, an open end after all days.
type Extent struct {
	Span
	Exact bool
}

// Extents returns the pairs that the date admits as a value, as a union. Under
// Throughout each member is one pair; the run of a set ([a..b]) does not say
// which pair, and admits every pair inside even then. Under SometimeIn each
// member admits every pair inside it.
func (d Date) Extents(reading Reading) []Extent {
	var extents []Extent
	for i, span := range d.Members() {
		isRun := d.kind == SetKind && d.elements[i].run
		extents = append(extents, Extent{Span: span, Exact: reading == Throughout && !isRun})
	}
	return normalise(extents)
}

// Meet returns the pairs that are in both unions; empty if they have none in
// common.
func Meet(a, b []Extent) []Extent {
	var common []Extent
	for _, x := range a {
		for _, y := range b {
			if both, ok := x.meet(y); ok {
				common = append(common, both)
			}
		}
	}
	return normalise(common)
}

// bounds are the ends as days since the epoch, open ends beyond every day.
func (s Span) bounds() (start, end int32) {
	start, end = math.MinInt32, math.MaxInt32
	if !s.OpenStart {
		start = s.Start.DaysSinceEpoch()
	}
	if !s.OpenEnd {
		end = s.End.DaysSinceEpoch()
	}
	return start, end
}

// holds tells whether every pair of y is one of x.
func (x Extent) holds(y Extent) bool {
	xStart, xEnd := x.bounds()
	yStart, yEnd := y.bounds()
	if x.Exact {
		// A single day admits one pair whether exact or not.
		return xStart == yStart && xEnd == yEnd && (y.Exact || yStart == yEnd)
	}
	return xStart <= yStart && yEnd <= xEnd
}

func (x Extent) meet(y Extent) (Extent, bool) {
	switch {
	case x.holds(y):
		return y, true
	case y.holds(x):
		return x, true
	case x.Exact || y.Exact:
		return Extent{}, false // a single pair is held by the other or not at all
	}
	xStart, xEnd := x.bounds()
	yStart, yEnd := y.bounds()
	both := x
	if yStart > xStart {
		both.Start, both.OpenStart = y.Start, y.OpenStart
	}
	if yEnd < xEnd {
		both.End, both.OpenEnd = y.End, y.OpenEnd
	}
	return both, max(xStart, yStart) <= min(xEnd, yEnd)
}

// normalise sorts the extents, drops those that another one holds, and marks
// single days as exact. Equal unions of whole members come out equal.
func normalise(extents []Extent) []Extent {
	for i, x := range extents {
		if start, end := x.bounds(); start == end {
			extents[i].Exact = true
		}
	}
	slices.SortFunc(extents, func(x, y Extent) int {
		xStart, xEnd := x.bounds()
		yStart, yEnd := y.bounds()
		switch {
		case xStart != yStart:
			return cmp.Compare(xStart, yStart)
		case xEnd != yEnd:
			return cmp.Compare(yEnd, xEnd)
		case x.Exact == y.Exact:
			return 0
		case y.Exact:
			return -1 // the wider first: what follows may be inside it
		}
		return 1
	})
	var kept []Extent
	for _, x := range extents {
		if !slices.ContainsFunc(kept, func(k Extent) bool { return k.holds(x) }) {
			kept = append(kept, x)
		}
	}
	return kept
}

// Union returns the pairs that are in either union.
func Union(a, b []Extent) []Extent { return normalise(slices.Concat(a, b)) }
