package edtf

import (
	"reflect"
	"testing"
)

func TestUnion(t *testing.T) {
	for _, test := range []struct {
		a        string
		aReading Reading
		b        string
		bReading Reading
		want     string
	}{
		{"2025-08-20", Throughout, "2025-08-20", Throughout, "=2025-08-20..2025-08-20 "},
		{"2025-08-20", Throughout, "2025-08-21", Throughout, "=2025-08-20..2025-08-20 =2025-08-21..2025-08-21 "},
		{"2025-08-21", Throughout, "2025-08-20", SometimeIn, "=2025-08-20..2025-08-20 =2025-08-21..2025-08-21 "},
		{"2025-08", SometimeIn, "2025-08-20/2025-08-22", Throughout, "2025-08-01..2025-08-31 "},
		{"2025-08", Throughout, "2025-08-20/2025-08-22", Throughout, "=2025-08-01..2025-08-31 =2025-08-20..2025-08-22 "},
		{"2025-08", Throughout, "2025-08", SometimeIn, "2025-08-01..2025-08-31 "},
		{"2025-08", SometimeIn, "2025-08-31/2025-09-01", Throughout, "2025-08-01..2025-08-31 =2025-08-31..2025-09-01 "},
		{"2025-08", SometimeIn, "2025-09", SometimeIn, "2025-08-01..2025-08-31 2025-09-01..2025-09-30 "}, // 31 August to 1 September is in neither
		{"2025/..", SometimeIn, "2026", SometimeIn, "2025-01-01.. "},
		{"../2025", SometimeIn, "2025/..", SometimeIn, "..2025-12-31 2025-01-01.. "},
		{"[2025-08-20,2025-08-25]", SometimeIn, "2025-08-25", Throughout, "=2025-08-20..2025-08-20 =2025-08-25..2025-08-25 "},
	} {
		a, b := mustParse(t, test.a).Extents(test.aReading), mustParse(t, test.b).Extents(test.bReading)
		for _, joined := range [][]Extent{Union(a, b), Union(b, a)} {
			if got := showExtents(joined); got != test.want {
				t.Errorf("%s %s or %s %s:\n got %q\nwant %q", test.a, test.aReading, test.b, test.bReading, got, test.want)
			}
		}
	}
}

// Joining is commutative, associative and idempotent, loses nothing, adds
// nothing, and leaves what it is given alone.
func TestUnionLaws(t *testing.T) {
	var all [][]Extent
	for _, x := range valid {
		for _, reading := range []Reading{Throughout, SometimeIn} {
			all = append(all, mustParse(t, x.text).Extents(reading))
		}
	}
	if got := Union(nil, nil); len(got) != 0 {
		t.Errorf("nothing and nothing is %s", showExtents(got))
	}
	for i, a := range all {
		if !reflect.DeepEqual(Union(a, a), a) || !reflect.DeepEqual(Union(a, nil), a) {
			t.Errorf("%s with itself or nothing", showExtents(a))
		}
		for j, b := range all {
			before := showExtents(a) + showExtents(b)
			both := Union(a, b)
			if showExtents(a)+showExtents(b) != before {
				t.Fatalf("%s was changed", before)
			}
			if !reflect.DeepEqual(both, Union(b, a)) {
				t.Errorf("%s, %s: not symmetric", showExtents(a), showExtents(b))
			}
			if !reflect.DeepEqual(Meet(both, a), a) {
				t.Errorf("%s is not in its union with %s, %s", showExtents(a), showExtents(b), showExtents(both))
			}
			if got := Union(a, Meet(a, b)); !reflect.DeepEqual(got, a) {
				t.Errorf("%s or what it shares with %s: %s", showExtents(a), showExtents(b), showExtents(got))
			}
			c := all[(i*7+j*3)%len(all)]
			if !reflect.DeepEqual(Union(both, c), Union(a, Union(b, c))) {
				t.Errorf("%s, %s, %s: not associative", showExtents(a), showExtents(b), showExtents(c))
			}
			// A pair is in the union if and only if it is in one of the two.
			for _, pair := range all[(i+j)%len(all)] {
				if !pair.Exact {
					continue
				}
				one := []Extent{pair}
				in := func(x []Extent) bool { return len(Meet(x, one)) > 0 }
				if in(both) != (in(a) || in(b)) {
					t.Errorf("%s in %s or %s", showExtents(one), showExtents(a), showExtents(b))
				}
			}
		}
	}
}
