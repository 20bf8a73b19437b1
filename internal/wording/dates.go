package wording

import (
	"fmt"
	"math/big"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
)

// EDTF writes an EDTF date the way people do, where that is no longer than the
// truth; a text that is none stays.
func EDTF(text string) string {
	d, err := edtf.Parse(text)
	if err != nil {
		return text
	}
	return Date(d)
}

// Date is EDTF for a date that was parsed.
func Date(d edtf.Date) string {
	text := d.String()
	from, hasStart := d.Earliest()
	to, hasEnd := d.Latest()
	switch {
	case d.Kind() == edtf.UnspecifiedKind || d.Kind() == edtf.SetKind && len(d.Members()) != 1:
		return text
	case hasStart && hasEnd:
		text = about(d) + DayRange(from, to)
	case hasStart:
		text = "from " + about(d) + DayRange(from, from) + " on"
	case hasEnd:
		text = "until " + about(d) + DayRange(to, to)
	}
	if d.Kind() == edtf.SetKind {
		text = SometimeIn(text)
	}
	if d.Uncertain() {
		text += "?"
	}
	return text
}

func about(d edtf.Date) string {
	if d.Approximate() {
		return "about "
	}
	return ""
}

// SometimeIn says of days that were put into words that not all of them are
// meant, but some.
func SometimeIn(days string) string {
	if isHalfOpen(days) {
		return "some time " + days
	}
	return "within " + days
}

func isHalfOpen(days string) bool {
	return strings.HasPrefix(days, "from ") || strings.HasPrefix(days, "until ")
}

// AsOf says of days that were put into words that something is said of them.
func AsOf(days string) string {
	if isHalfOpen(days) || strings.HasPrefix(days, "some time ") {
		return days
	}
	return "as of " + days
}

// DayRange writes a stretch of days: a whole year as the year, a whole month as
// the month, and nothing twice.
func DayRange(from, to edtf.Day) string {
	isMonths := from.Day == 1 && to.Day == daysIn(to)
	switch {
	case from == to:
		return fmt.Sprintf("%d %s %04d", to.Day, Month(to.Month), to.Year)
	case isMonths && from.Month == 1 && to.Month == 12:
		return Between(fmt.Sprintf("%04d", from.Year), fmt.Sprintf("%04d", to.Year))
	case isMonths && from.Year == to.Year:
		return Between(Month(from.Month), Month(to.Month)) + fmt.Sprintf(" %04d", to.Year)
	case from.Year != to.Year:
		return DayRange(from, from) + " – " + DayRange(to, to)
	case from.Month != to.Month:
		return fmt.Sprintf("%d %s – %s", from.Day, Month(from.Month), DayRange(to, to))
	}
	return fmt.Sprintf("%d–%s", from.Day, DayRange(to, to))
}

// Between joins the ends of a stretch, which may be the same.
func Between(a, b string) string {
	if a == b {
		return a
	}
	return a + "–" + b
}

// Month is the short name of a month, from 1 to 12.
func Month(month int) string {
	return [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}[month-1]
}

// daysIn is the number of days of the month of a day.
func daysIn(d edtf.Day) int {
	first := edtf.Day{Year: d.Year, Month: d.Month, Day: 1}
	next := edtf.Day{Year: d.Year, Month: d.Month + 1, Day: 1}
	if d.Month == 12 {
		next = edtf.Day{Year: d.Year + 1, Month: 1, Day: 1}
	}
	return int(next.DaysSinceEpoch() - first.DaysSinceEpoch())
}

// Period puts the period of a question into words.
func Period(period string) string {
	if period == disagreement.Undated {
		return period
	}
	return EDTF(period)
}

// Days is a day as a number: the days since 1970-01-01.
func Days(d edtf.Day) *big.Rat { return big.NewRat(int64(d.DaysSinceEpoch()), 1) }
