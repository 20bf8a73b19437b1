package disagreement

import (
	"fmt"
	"strings"
)

// bucket names the calendar period that holds the latest day of a date, in
// EDTF; Undated if there is no such day, empty for measures without a period.
func bucket(period string, asOf dated) string {
	if period == "" {
		return ""
	}
	if !asOf.hasLatest {
		return Undated
	}
	day, _ := asOf.date.Latest()
	switch period {
	case "P1D":
		return day.String()
	case "P1M":
		return fmt.Sprintf("%04d-%02d", day.Year, day.Month)
	case "P6M":
		if day.Month <= 6 {
			return fmt.Sprintf("%04d-01/%04d-06", day.Year, day.Year)
		}
		return fmt.Sprintf("%04d-07/%04d-12", day.Year, day.Year)
	}
	return fmt.Sprintf("%04d", day.Year)
}

// overlap tells whether two periods share a day. No period is all of time; what
// is undated lies nowhere else.
func overlap(a, b string) bool {
	if a == "" || b == "" || a == b {
		return true
	}
	if a == Undated || b == Undated {
		return false
	}
	aFirst, aLast := months(a)
	bFirst, bLast := months(b)
	if aFirst <= bLast && bFirst <= aLast {
		// Within one month only days can miss each other, and equal ones do not.
		return len(a) != len("2006-01-02") || len(b) != len("2006-01-02")
	}
	return false
}

// months gives the first and last month of a period as texts that sort by time.
func months(period string) (first, last string) {
	if from, to, ok := strings.Cut(period, "/"); ok {
		return from, to
	}
	if len(period) == len("2006") {
		return period + "-01", period + "-12"
	}
	month := period[:len("2006-01")]
	return month, month
}
