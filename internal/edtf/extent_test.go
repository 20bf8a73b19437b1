package edtf

import (
	"reflect"
	"testing"
)

func TestMeet(t *testing.T) {
	for _, test := range []struct {
		a        string
		aReading Reading
		b        string
		bReading Reading
		want     string
	}{
		{"2025-08-25/2025-08-26", Throughout, "2025-08-26/2025-08-27", Throughout, ""},
		{"2025-08-25/2025-08-26", Throughout, "2025-08-25/2025-08-26", Throughout, "=2025-08-25..2025-08-26 "},
		{"2025-08-25/2025-08-26", SometimeIn, "2025-08-26/2025-08-27", SometimeIn, "=2025-08-26..2025-08-26 "},
		{"2025-08", SometimeIn, "2025-08-25/2025-08-26", Throughout, "=2025-08-25..2025-08-26 "},
		{"2025-08", Throughout, "2025-08-25/2025-08-26", Throughout, ""},
		{"2025-08", SometimeIn, "2025", SometimeIn, "2025-08-01..2025-08-31 "},
		{"2025-08", SometimeIn, "2025-09", SometimeIn, ""},
		{"2025-08-20/..", SometimeIn, "../2025-08-25", SometimeIn, "2025-08-20..2025-08-25 "},
		{"2025-08-20/..", Throughout, "2025-08-20/..", SometimeIn, "=2025-08-20.. "},
		{"2025-08-20/..", Throughout, "2025-08-20", Throughout, ""},
		{"[2025-08-20,2025-08-25]", SometimeIn, "2025-08-21/2025-09", SometimeIn, "=2025-08-25..2025-08-25 "},
		{"[2025-08-20,2025-08-25]", SometimeIn, "2025-08-22", Throughout, ""},
		{"[2025-08-20..2025-08-25]", SometimeIn, "2025-08-22", Throughout, "=2025-08-22..2025-08-22 "},
		{"[2025-08,2025-10]", Throughout, "2025-08", SometimeIn, "=2025-08-01..2025-08-31 "},
		{"[2025-08,2025-10]", SometimeIn, "2025-08-30/2025-10-02", SometimeIn, "2025-08-30..2025-08-31 2025-10-01..2025-10-02 "},
		{"2025-XX-15", SometimeIn, "2025-06/2025-07", SometimeIn, "=2025-06-15..2025-06-15 =2025-07-15..2025-07-15 "},
	} {
		a, b := mustParse(t, test.a).Extents(test.aReading), mustParse(t, test.b).Extents(test.bReading)
		for _, met := range [][]Extent{Meet(a, b), Meet(b, a)} {
			if got := showExtents(met); got != test.want {
				t.Errorf("%s %s and %s %s:\n got %q\nwant %q", test.a, test.aReading, test.b, test.bReading, got, test.want)
			}
		}
	}
}

// Extents do not depend on the order or the repetition of a set's elements.
func TestExtentsOfEqualSets(t *testing.T) {
	want := mustParse(t, "[2025-08-20,2025-09]").Extents(SometimeIn)
	for _, same := range []string{"[2025-09,2025-08-20]", "[2025-08-20,2025-09,2025-08-20,2025-09-05]", "[2025-08-20,2025-09-05,2025-09..2025-09]"} {
		if got := mustParse(t, same).Extents(SometimeIn); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %s, want %s", same, showExtents(got), showExtents(want))
		}
	}
}

// Meeting with itself changes nothing; what two dates share lies in both.
func TestMeetLaws(t *testing.T) {
	for _, x := range valid {
		for _, reading := range []Reading{Throughout, SometimeIn} {
			a := mustParse(t, x.text).Extents(reading)
			if got := Meet(a, a); !reflect.DeepEqual(got, a) {
				t.Errorf("%s %s with itself: %s, want %s", x.text, reading, showExtents(got), showExtents(a))
			}
			for _, y := range valid {
				b := mustParse(t, y.text).Extents(SometimeIn)
				both := Meet(a, b)
				if !reflect.DeepEqual(both, Meet(b, a)) {
					t.Errorf("%s, %s: not symmetric", x.text, y.text)
				}
				if got := Meet(both, a); !reflect.DeepEqual(got, both) {
					t.Errorf("%s, %s: %s is not inside the first", x.text, y.text, showExtents(both))
				}
			}
		}
	}
}

func mustParse(t *testing.T, text string) Date {
	t.Helper()
	d, err := Parse(text)
	if err != nil {
		t.Fatalf("Parse(%q): %v", text, err)
	}
	return d
}

func showExtents(extents []Extent) string {
	text := ""
	for _, e := range extents {
		if e.Exact {
			text += "="
		}
		text += showSpan(e.Span) + " "
	}
	return text
}
