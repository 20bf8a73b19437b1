package disagreement

import (
	"slices"

	"stemma/internal/edtf"
)

// set is what a claim, or an origin, admits as the answer. For quantities it is
// an interval, for dates pairs of start and end, for the other types a sorted
// list of texts. Beside it, or instead of it, it may admit that there is no
// value at all.
type set struct {
	unknown bool // in a unit that cannot be converted
	none    bool // admits "no value"
	some    bool // admits what follows
	numbers interval
	dates   []edtf.Extent
	names   []string
}

func quantitySet(x interval) set  { return set{some: true, numbers: x} }
func nameSet(names ...string) set { return set{some: true, names: names} }
func dateSet(d []edtf.Extent) set { return set{some: true, dates: d} }

// kind tells which of the three forms the values of a measure have.
type kind uint8

const (
	ofNames kind = iota
	ofNumbers
	ofDates
)

func (k kind) isEmpty(s set) bool {
	return !s.none && !s.some
}

func (k kind) intersect(a, b set) set {
	out := set{unknown: a.unknown || b.unknown, none: a.none && b.none}
	if out.unknown || !a.some || !b.some {
		return out
	}
	switch k {
	case ofNumbers:
		out.numbers = a.numbers.intersect(b.numbers)
		out.some = !out.numbers.isEmpty()
	case ofDates:
		out.dates = edtf.Meet(a.dates, b.dates)
		out.some = len(out.dates) > 0
	default:
		for _, name := range a.names {
			if _, ok := slices.BinarySearch(b.names, name); ok {
				out.names = append(out.names, name)
			}
		}
		out.some = len(out.names) > 0
	}
	return out
}

// hull is the smallest set of its form that holds both.
func (k kind) hull(a, b set) set {
	out := set{unknown: a.unknown || b.unknown, none: a.none || b.none, some: a.some || b.some}
	switch {
	case !a.some:
		out.numbers, out.dates, out.names = b.numbers, b.dates, b.names
	case !b.some:
		out.numbers, out.dates, out.names = a.numbers, a.dates, a.names
	case k == ofNumbers:
		out.numbers = a.numbers.hull(b.numbers)
	case k == ofDates:
		out.dates = edtf.Union(a.dates, b.dates)
	default:
		out.names = slices.Compact(slices.Sorted(slices.Values(slices.Concat(a.names, b.names))))
	}
	return out
}

// meet tells whether some answer is in both; what is not known meets nothing.
func (k kind) meet(a, b set) bool {
	return !a.unknown && !b.unknown && !k.isEmpty(k.intersect(a, b))
}

// isBounded tells whether the set pins the answer down: a quantity by two ends,
// everything else by being asserted at all.
func (k kind) isBounded(s set) bool {
	if s.unknown || k.isEmpty(s) {
		return false
	}
	if k != ofNumbers || !s.some {
		return true
	}
	return !s.none && s.numbers.isBounded()
}
