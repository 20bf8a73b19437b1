package show

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
)

func itoa(n int) string { return strconv.Itoa(n) }

// count puts a number and a noun into words.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(strconv.Itoa(n)) + " " + noun + "s"
}

// numberText writes a number exactly, with its thousands apart. A fraction also
// says how large it is.
func numberText(r *big.Rat) string {
	text := disagreement.Exact(r)
	if p, q, ok := strings.Cut(text, "/"); ok {
		about, _ := strings.CutSuffix(strings.TrimRight(r.FloatString(2), "0"), ".")
		return grouped(p) + "/" + grouped(q) + " (≈ " + grouped(about) + ")"
	}
	return grouped(text)
}

// axisText is numberText for the ticks of an axis, which are round: large ones
// are shortened.
func axisText(r *big.Rat) string {
	text := disagreement.Exact(r)
	digits := strings.TrimRight(text, "0")
	if r.IsInt() && len(text) > 9 && len(digits) <= 5 {
		return digits + "e" + strconv.Itoa(len(text)-len(digits))
	}
	return grouped(text)
}

// grouped puts commas between the thousands of a decimal; other texts stay.
func grouped(decimal string) string {
	sign, rest := "", decimal
	if strings.HasPrefix(rest, "-") {
		sign, rest = "-", rest[1:]
	}
	whole, fraction, point := strings.Cut(rest, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return decimal
	}
	var b strings.Builder
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	if point {
		b.WriteString("." + fraction)
	}
	return sign + b.String()
}

// quantityText makes `about 6000 person` or `6000..6500` readable.
func quantityText(value string) string {
	parts := strings.Split(value, " ")
	for i, p := range parts {
		if low, high, ok := strings.Cut(p, ".."); ok && low != "" && high != "" {
			parts[i] = grouped(low) + "–" + grouped(high)
		} else {
			parts[i] = words(grouped(p))
		}
	}
	return strings.Join(parts, " ")
}

// intervalText puts an interval into words.
func intervalText(low, high disagreement.Bound) string {
	switch {
	case low.Value == nil && high.Value == nil:
		return "any number"
	case high.Value == nil && low.Inclusive:
		return numberText(low.Value) + " or more"
	case high.Value == nil:
		return "more than " + numberText(low.Value)
	case low.Value == nil && high.Inclusive:
		return numberText(high.Value) + " or less"
	case low.Value == nil:
		return "less than " + numberText(high.Value)
	case low.Value.Cmp(high.Value) == 0:
		return numberText(low.Value)
	}
	text := numberText(low.Value) + " to "
	if !low.Inclusive {
		text = "over " + text
	}
	if !high.Inclusive {
		text += "under "
	}
	return text + numberText(high.Value)
}

// dateText writes an EDTF date the way people do, where that is no longer than
// the truth.
func dateText(text string) string {
	d, err := edtf.Parse(text)
	if err != nil {
		return text
	}
	return dateWords(d)
}

func dateWords(d edtf.Date) string {
	text := d.String()
	from, fromKnown := d.Earliest()
	to, toKnown := d.Latest()
	switch {
	case d.Kind() == edtf.UnspecifiedKind || d.Kind() == edtf.SetKind && len(d.Members()) != 1:
		return text
	case fromKnown && toKnown:
		text = dayRange(from, to)
	case fromKnown:
		text = "from " + dayRange(from, from)
	case toKnown:
		text = "until " + dayRange(to, to)
	}
	if d.Kind() == edtf.SetKind {
		text = "within " + text
	}
	if d.Approximate() {
		text = "about " + text
	}
	if d.Uncertain() {
		text += "?"
	}
	return text
}

// dayRange writes a stretch of days: a whole year as the year, a whole month as
// the month, and nothing twice.
func dayRange(from, to edtf.Day) string {
	lastOfMonth := to.Day == monthDays(to)
	switch {
	case from == to:
		return fmt.Sprintf("%d %s %04d", to.Day, month(to), to.Year)
	case from.Month == 1 && from.Day == 1 && to.Month == 12 && to.Day == 31:
		return between(fmt.Sprintf("%04d", from.Year), fmt.Sprintf("%04d", to.Year))
	case from.Day == 1 && lastOfMonth && from.Year == to.Year:
		return between(month(from), month(to)) + fmt.Sprintf(" %04d", to.Year)
	case from.Year != to.Year:
		return dayRange(from, from) + " – " + dayRange(to, to)
	case from.Month != to.Month:
		return fmt.Sprintf("%d %s – %s", from.Day, month(from), dayRange(to, to))
	}
	return fmt.Sprintf("%d–%s", from.Day, dayRange(to, to))
}

func between(a, b string) string {
	if a == b {
		return a
	}
	return a + "–" + b
}

func month(d edtf.Day) string {
	return [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}[d.Month-1]
}

func monthDays(d edtf.Day) int {
	next := edtf.Day{Year: d.Year, Month: d.Month + 1, Day: 1}
	if d.Month == 12 {
		next = edtf.Day{Year: d.Year + 1, Month: 1, Day: 1}
	}
	return int(next.DaysSinceEpoch() - edtf.Day{Year: d.Year, Month: d.Month, Day: 1}.DaysSinceEpoch())
}
