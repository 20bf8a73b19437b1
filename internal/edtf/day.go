package edtf

import "fmt"

// Day is a day of the proleptic Gregorian calendar, years 0000 to 9999.
type Day struct {
	Year  int // 0 to 9999; year 0 is 1 BC
	Month int // 1 to 12
	Day   int // 1 to 31
}

// String renders the day as YYYY-MM-DD.
func (d Day) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare returns -1, 0 or +1 as d is before, equal to or after other.
func (d Day) Compare(other Day) int {
	a, b := d.DaysSinceEpoch(), other.DaysSinceEpoch()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// DaysSinceEpoch counts the days from 1970-01-01 to d, negative before it: the
// value of an Arrow date32.
func (d Day) DaysSinceEpoch() int32 {
	// Years are counted from March, so that the leap day is the last of its
	// year and the months before it have a fixed pattern: 153 days in every
	// five months.
	year, month := d.Year, d.Month-3
	if month < 0 {
		year, month = year-1, month+12
	}
	// 400 years up, so that January and February of year 0 divide like all others.
	year += 400
	days := 365*year + year/4 - year/100 + year/400 + (153*month+2)/5 + d.Day - 1
	const epoch = 719468 + 146097 // 0000-03-01 to 1970-01-01, and the 400 years
	return int32(days - epoch)
}

// isLeap tells whether a year of the proleptic Gregorian calendar has 366 days.
func isLeap(year int) bool {
	return year%4 == 0 && (year%100 != 0 || year%400 == 0)
}

// daysIn is the number of days of a month.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if isLeap(year) {
			return 29
		}
		return 28
	}
	return 31
}
