package disagreement

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"stemma/internal/edtf"
)

// randomSet makes a set of a kind that is not empty, its ends from a list.
func randomSet(rng *rand.Rand, k kind, ends []string) set {
	s := set{none: rng.IntN(8) == 0}
	if s.none && rng.IntN(2) == 0 {
		return s
	}
	s.some = true
	switch k {
	case ofNumbers:
		end := func() Bound {
			if rng.IntN(5) == 0 {
				return Bound{}
			}
			return Bound{ratOf(ends[rng.IntN(len(ends))]), rng.IntN(3) > 0}
		}
		for s.numbers = (interval{end(), end()}); s.numbers.isEmpty(); {
			s.numbers = interval{end(), end()}
		}
	case ofDates:
		texts := []string{"2025-08", "2025-08-20", "2025-08-20/2025-08-22", "2025-08-21", "[2025-08-20,2025-08-25]", "2025-08-20/..", "../2025-08-21", "2025", "2025-08-20/2025-08-24"}
		d, err := edtf.Parse(texts[rng.IntN(len(texts))])
		if err != nil {
			panic(err)
		}
		s.dates = d.Extents([]edtf.Reading{edtf.Throughout, edtf.SometimeIn}[rng.IntN(2)])
	default:
		for range 1 + rng.IntN(4) {
			s.names = append(s.names, string(rune('a'+rng.IntN(5))))
		}
		s.names = distinct(s.names)
	}
	return s
}

// showSet writes a set so that equal sets have equal texts, and the empty set
// one text whatever its ends are.
func showSet(k kind, s set) string {
	text := fmt.Sprint(s.unknown, s.none, s.some)
	if !s.some {
		return text
	}
	switch k {
	case ofNumbers:
		return text + showInterval(s.numbers.lower, s.numbers.upper)
	case ofDates:
		return text + fmt.Sprint(s.dates)
	}
	return text + fmt.Sprint(s.names)
}

var kinds = []kind{ofNumbers, ofDates, ofNames}

// Intersection and hull are commutative, associative and idempotent, and each
// takes back what the other did; the intersection is in each, each is in the hull.
func TestLawsOfSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	ends := []string{"0", "1", "1", "2", "2.5", "1/3", "-1"}
	for _, k := range kinds {
		for range 4000 {
			a, b, c := randomSet(rng, k, ends), randomSet(rng, k, ends), randomSet(rng, k, ends)
			same := func(law string, x, y set) {
				if showSet(k, x) != showSet(k, y) {
					t.Fatalf("%s: %s and %s; a = %s, b = %s, c = %s", law, showSet(k, x), showSet(k, y), showSet(k, a), showSet(k, b), showSet(k, c))
				}
			}
			and, hull := k.intersect, k.hull
			same("a∩b = b∩a", and(a, b), and(b, a))
			same("a∪b = b∪a", hull(a, b), hull(b, a))
			same("(a∩b)∩c = a∩(b∩c)", and(and(a, b), c), and(a, and(b, c)))
			same("(a∪b)∪c = a∪(b∪c)", hull(hull(a, b), c), hull(a, hull(b, c)))
			same("a∩a = a", and(a, a), a)
			same("a∪a = a", hull(a, a), a)
			same("a∩(a∪b) = a", and(a, hull(a, b)), a)
			same("a∪(a∩b) = a", hull(a, and(a, b)), a)
			same("(a∩b)∩a = a∩b", and(and(a, b), a), and(a, b))
			same("(a∪b)∩b = b", and(hull(a, b), b), b)
			if k.meet(a, b) != !k.isEmpty(and(a, b)) || k.meet(a, b) != k.meet(b, a) || !k.meet(a, hull(a, b)) {
				t.Fatalf("meet: %s and %s", showSet(k, a), showSet(k, b))
			}
			unknown := set{unknown: true, some: true}
			if k.meet(a, unknown) || k.meet(unknown, unknown) || !and(a, unknown).unknown || !hull(unknown, a).unknown || k.isBounded(unknown) {
				t.Fatal("what is not known meets something")
			}
		}
	}
}

// Whether a sample is in the result is what being in the operands says: in both
// for an intersection; in one for a union, and between two for an interval.
func TestSetsAgreeWithTheirMembers(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	ends := []string{"0", "1", "2", "3"}
	var samples []*big.Rat
	for _, text := range []string{"-1", "0", "1/7", "1", "1.5", "2", "2.01", "3", "4"} {
		samples = append(samples, ratOf(text))
	}
	for range 4000 {
		a, b := randomSet(rng, ofNumbers, ends), randomSet(rng, ofNumbers, ends)
		both, hull := ofNumbers.intersect(a, b), ofNumbers.hull(a, b)
		for i, x := range samples {
			if isIn(x, both) != (isIn(x, a) && isIn(x, b)) {
				t.Fatalf("%s in %s and %s", x, showSet(ofNumbers, a), showSet(ofNumbers, b))
			}
			between := false
			for j, y := range samples { // samples are sorted
				for _, z := range samples[j:] {
					if j <= i && x.Cmp(z) <= 0 && (isIn(y, a) || isIn(y, b)) && (isIn(z, a) || isIn(z, b)) {
						between = true
					}
				}
			}
			// No sample is left out: each end is a sample, and so is something beside it.
			if isIn(x, hull) != between && !endsBetweenSamples(hull) {
				t.Fatalf("%s in the hull of %s and %s: %v, want %v", x, showSet(ofNumbers, a), showSet(ofNumbers, b), isIn(x, hull), between)
			}
		}
		c, d := randomSet(rng, ofNames, nil), randomSet(rng, ofNames, nil)
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			in := func(s set) bool { return s.some && slices.Contains(s.names, name) }
			if in(ofNames.intersect(c, d)) != (in(c) && in(d)) || in(ofNames.hull(c, d)) != (in(c) || in(d)) {
				t.Fatalf("%s in %v and %v", name, c.names, d.names)
			}
		}
	}
}

func isIn(x *big.Rat, s set) bool {
	if !s.some {
		return false
	}
	lower, upper := s.numbers.lower, s.numbers.upper
	if lower.Value != nil {
		if c := x.Cmp(lower.Value); c < 0 || c == 0 && !lower.Inclusive {
			return false
		}
	}
	if upper.Value != nil {
		if c := x.Cmp(upper.Value); c > 0 || c == 0 && !upper.Inclusive {
			return false
		}
	}
	return true
}

// endsBetweenSamples: a hull with an open end may hold a sample that is between
// two numbers of the operands without another sample on its other side.
func endsBetweenSamples(hull set) bool {
	x := hull.numbers
	return x.lower.Value != nil && !x.lower.Inclusive || x.upper.Value != nil && !x.upper.Inclusive
}

// What each kind of set is, one by one.
func TestBoundedSets(t *testing.T) {
	interval := func(low, high string) set {
		return quantitySet(interval{Bound{ratOf(low), true}, Bound{ratOf(high), false}})
	}
	for name, tt := range map[string]struct {
		kind kind
		set  set
		want bool
	}{
		"an interval":              {ofNumbers, interval("1", "2"), true},
		"no upper end":             {ofNumbers, interval("1", "x"), false},
		"no lower end":             {ofNumbers, interval("x", "1"), false},
		"no value":                 {ofNumbers, set{none: true}, true},
		"no value, or an interval": {ofNumbers, func() set { s := interval("1", "2"); s.none = true; return s }(), false},
		"nothing":                  {ofNumbers, set{}, false},
		"unknown":                  {ofNumbers, set{unknown: true, some: true}, false},
		"names":                    {ofNames, nameSet("a"), true},
		"no value, or names":       {ofNames, set{none: true, some: true, names: []string{"a"}}, true},
		"no names":                 {ofNames, set{}, false},
	} {
		if got := tt.kind.isBounded(tt.set); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
