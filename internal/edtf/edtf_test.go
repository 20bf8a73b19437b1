package edtf

import (
	"testing"
	"time"
)

// show renders what the getters say of a date, for tables.
func show(d Date) string {
	text := d.Kind().String() + " "
	for _, end := range []func() (Day, bool){d.Earliest, d.Latest} {
		if day, ok := end(); ok {
			text += day.String() + " "
		} else {
			text += "open "
		}
	}
	text += string(d.DefaultReading())
	if d.Uncertain() {
		text += " uncertain"
	}
	if d.Approximate() {
		text += " approximate"
	}
	if d.HasUnspecified() {
		text += " unspecified"
	}
	return text
}

var valid = []struct{ text, want string }{
	{"2025-08-20", "day 2025-08-20 2025-08-20 throughout"},
	{"0000-01-01", "day 0000-01-01 0000-01-01 throughout"},
	{"9999-12-31", "day 9999-12-31 9999-12-31 throughout"},
	{"2024-02-29", "day 2024-02-29 2024-02-29 throughout"},
	{"2000-02-29", "day 2000-02-29 2000-02-29 throughout"},
	{"2025-08", "month 2025-08-01 2025-08-31 sometime_in"},
	{"2024-02", "month 2024-02-01 2024-02-29 sometime_in"},
	{"1900-02", "month 1900-02-01 1900-02-28 sometime_in"},
	{"2025", "year 2025-01-01 2025-12-31 sometime_in"},
	{"0000", "year 0000-01-01 0000-12-31 sometime_in"},
	{"2025-08-20?", "day 2025-08-20 2025-08-20 throughout uncertain"},
	{"2025-08~", "month 2025-08-01 2025-08-31 sometime_in approximate"},
	{"2025%", "year 2025-01-01 2025-12-31 sometime_in uncertain approximate"},
	{"202X", "unspecified 2020-01-01 2029-12-31 sometime_in unspecified"},
	{"20XX", "unspecified 2000-01-01 2099-12-31 sometime_in unspecified"},
	{"99XX", "unspecified 9900-01-01 9999-12-31 sometime_in unspecified"},
	{"202X~", "unspecified 2020-01-01 2029-12-31 sometime_in approximate unspecified"},
	{"2025-XX", "unspecified 2025-01-01 2025-12-31 sometime_in unspecified"},
	{"2025-XX-XX", "unspecified 2025-01-01 2025-12-31 sometime_in unspecified"},
	{"2025-08-XX", "unspecified 2025-08-01 2025-08-31 sometime_in unspecified"},
	{"2025-02-XX?", "unspecified 2025-02-01 2025-02-28 sometime_in uncertain unspecified"},
	{"2025-XX-15", "unspecified 2025-01-15 2025-12-15 sometime_in unspecified"},
	{"2025-XX-31", "unspecified 2025-01-31 2025-12-31 sometime_in unspecified"},
	{"2025-08-20/2025-08-25", "interval 2025-08-20 2025-08-25 throughout"},
	{"2025-08-20/2025-08-20", "interval 2025-08-20 2025-08-20 throughout"},
	{"2025-08/2025-09", "interval 2025-08-01 2025-09-30 throughout"},
	{"2024/2025-02", "interval 2024-01-01 2025-02-28 throughout"},
	{"2025-08-20/2025-08", "interval 2025-08-20 2025-08-31 throughout"},
	{"2025-08-20?/2025-08-25", "interval 2025-08-20 2025-08-25 throughout uncertain"},
	{"2025-08-20/2025-08-25~", "interval 2025-08-20 2025-08-25 throughout approximate"},
	{"2025-08-20?/2025-08-25~", "interval 2025-08-20 2025-08-25 throughout uncertain approximate"},
	{"2025-08-XX/2025-09", "interval 2025-08-01 2025-09-30 sometime_in unspecified"},
	{"2025-08/202X", "interval 2025-08-01 2029-12-31 sometime_in unspecified"},
	{"../2025-08-20", "interval open 2025-08-20 sometime_in"},
	{"2025-08-20/..", "interval 2025-08-20 open sometime_in"},
	{"../2025%", "interval open 2025-12-31 sometime_in uncertain approximate"},
	{"[2025-08-20..2025-08-25]", "set 2025-08-20 2025-08-25 sometime_in"},
	{"[2025-08..2025-09]", "set 2025-08-01 2025-09-30 sometime_in"},
	{"[2024..2025]", "set 2024-01-01 2025-12-31 sometime_in"},
	{"[2025-08-25,2025-08-20]", "set 2025-08-20 2025-08-25 sometime_in"},
	{"[2024,2025-08]", "set 2024-01-01 2025-08-31 sometime_in"},
	{"[2025]", "set 2025-01-01 2025-12-31 sometime_in"},
	{"[..2025-08-20]", "set open 2025-08-20 sometime_in"},
	{"[2025-08-20..]", "set 2025-08-20 open sometime_in"},
	{"[2025-01,2025-02,2025-12..]", "set 2025-01-01 open sometime_in"},
	{"[..2024-12-03,2025]", "set open 2025-12-31 sometime_in"},
	{"[2019,2021,2023..2025]", "set 2019-01-01 2025-12-31 sometime_in"},
}

func TestParseValid(t *testing.T) {
	for _, test := range valid {
		d, err := Parse(test.text)
		if err != nil {
			t.Errorf("Parse(%q): %v", test.text, err)
			continue
		}
		if got := show(d); got != test.want {
			t.Errorf("Parse(%q):\n got %s\nwant %s", test.text, got, test.want)
		}
		if got := d.String(); got != test.text {
			t.Errorf("Parse(%q).String() = %q", test.text, got)
		}
	}
}

func TestZeroDate(t *testing.T) {
	var d Date
	if got, want := show(d), "invalid open open sometime_in"; got != want {
		t.Errorf("zero Date: got %s, want %s", got, want)
	}
	if d.String() != "" || d.Members() != nil || d.Extents(SometimeIn) != nil {
		t.Errorf("zero Date: String %q, Members %v", d.String(), d.Members())
	}
	if d.HasOpenStart() || d.HasOpenEnd() {
		t.Error("zero Date: has an open end")
	}
}

func TestOpenEnds(t *testing.T) {
	for text, want := range map[string][2]bool{
		"2025":                {false, false},
		"../2025":             {true, false},
		"2025/..":             {false, true},
		"[..2025]":            {true, false},
		"[2025..]":            {false, true},
		"[..2025-01,2026..]":  {true, true},
		"[2025,2027]":         {false, false},
		"[2025..2026]":        {false, false},
		"[2024,2025,2026-01]": {false, false},
	} {
		d, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]bool{d.HasOpenStart(), d.HasOpenEnd()}; got != want {
			t.Errorf("%s: open start, end = %v, want %v", text, got, want)
		}
	}
}

// Every day from 0000-01-01 to 9999-12-31, counted against package time.
func TestDaysSinceEpoch(t *testing.T) {
	date := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	before := Day{0, 1, 1}
	for date.Year() <= 9999 {
		day := Day{date.Year(), int(date.Month()), date.Day()}
		if got, want := int64(day.DaysSinceEpoch()), date.Unix()/86400; got != want {
			t.Fatalf("%s: got %d, want %d", day, got, want)
		}
		if day != before && (day.Compare(before) != 1 || before.Compare(day) != -1) || day.Compare(day) != 0 {
			t.Fatalf("%s does not compare with %s", day, before)
		}
		before = day
		date = date.AddDate(0, 0, 1)
	}
	if before.String() != "9999-12-31" {
		t.Fatalf("stopped at %s", before)
	}
}

// Exactly the days that the calendar has are accepted.
func TestCalendar(t *testing.T) {
	for _, year := range []int{0, 4, 100, 400, 1900, 2000, 2023, 2024, 2025, 9999} {
		for month := 1; month <= 12; month++ {
			for day := 1; day <= 31; day++ {
				_, err := Parse(Day{year, month, day}.String())
				oracle := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
				if exists := oracle.Day() == day; exists != (err == nil) {
					t.Errorf("%v: exists %v, error %v", Day{year, month, day}, exists, err)
				}
			}
		}
	}
}

func TestMembers(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"2025-XX-31", "2025-01-31..2025-01-31 2025-03-31..2025-03-31 2025-05-31..2025-05-31 2025-07-31..2025-07-31 2025-08-31..2025-08-31 2025-10-31..2025-10-31 2025-12-31..2025-12-31 "},
		{"2025-08", "2025-08-01..2025-08-31 "},
		{"[2025-08-25,2025-08-20]", "2025-08-25..2025-08-25 2025-08-20..2025-08-20 "},
		{"[..2024,2025-01..2025-02,2026..]", "..2024-12-31 2025-01-01..2025-02-28 2026-01-01.. "},
		{"2025-08-20/..", "2025-08-20.. "},
	} {
		d, err := Parse(test.text)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, span := range d.Members() {
			got += showSpan(span) + " "
		}
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func showSpan(span Span) string {
	start, end := span.Start.String(), span.End.String()
	if span.OpenStart {
		start = ""
	}
	if span.OpenEnd {
		end = ""
	}
	return start + ".." + end
}
