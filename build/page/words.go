package page

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"stemma/disagreement"
	"stemma/internal/edtf"
)

// words makes a token readable.
func words(token string) string { return strings.ReplaceAll(token, "_", " ") }

// capital makes a token the beginning of a heading.
func capital(token string) string {
	r := []rune(words(token))
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// count puts a number and a noun into words.
func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		noun = strings.TrimSuffix(noun, "y") + "ie"
	}
	return groupedInt(n) + " " + noun + "s"
}

// groupedAny is groupedInt for the templates.
func groupedAny(n any) string { return grouped(fmt.Sprint(n)) }

func groupedInt(n int) string { return grouped(strconv.Itoa(n)) }

// grouped puts commas between the thousands of a decimal; other texts stay.
func grouped(decimal string) string {
	digits, sign := strings.CutPrefix(decimal, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return decimal
	}
	var b strings.Builder
	if sign {
		b.WriteByte('-')
	}
	for i := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if point {
		b.WriteString("." + fraction)
	}
	return b.String()
}

// numberText writes a number exactly; a fraction also says about how large it is.
func numberText(r *big.Rat) string {
	text := disagreement.Exact(r)
	if over, under, ok := strings.Cut(text, "/"); ok {
		about := strings.TrimSuffix(strings.TrimRight(r.FloatString(2), "0"), ".")
		return grouped(over) + "/" + grouped(under) + " (≈ " + grouped(about) + ")"
	}
	return grouped(text)
}

// tickText is numberText for the ticks of an axis, which are round: large ones
// are shortened.
func tickText(r *big.Rat) string {
	text := disagreement.Exact(r)
	digits := strings.TrimRight(text, "0")
	if r.IsInt() && len(text) > 9 && len(digits) <= 5 {
		return digits + "e" + strconv.Itoa(len(text)-len(digits))
	}
	return grouped(text)
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
	over, under := "", ""
	if !low.Inclusive {
		over = "over "
	}
	if !high.Inclusive {
		under = "under "
	}
	return over + numberText(low.Value) + " to " + under + numberText(high.Value)
}

// edtfText writes an EDTF date the way people do, where that is no longer than
// the truth.
func edtfText(text string) string {
	d, err := edtf.Parse(text)
	if err != nil {
		return text
	}
	return dateText(d)
}

func dateText(d edtf.Date) string {
	text := d.String()
	isSet := d.Kind() == edtf.SetKind
	if d.Kind() == edtf.UnspecifiedKind || isSet && len(d.Members()) != 1 {
		return text
	}
	from, hasStart := d.Earliest()
	to, hasEnd := d.Latest()
	switch {
	case hasStart && hasEnd:
		text = dayRange(from, to)
	case hasStart:
		text = "from " + dayRange(from, from)
	case hasEnd:
		text = "until " + dayRange(to, to)
	}
	if isSet {
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

// sometimeIn says that something lies in a stretch of days, but not when.
func sometimeIn(text string) string {
	if strings.HasPrefix(text, "from ") || strings.HasPrefix(text, "until ") {
		return "some time " + text
	}
	return "within " + text
}

// dayRange writes a stretch of days: a whole year as the year, a whole month as
// the month, and nothing twice.
func dayRange(from, to edtf.Day) string {
	isMonths := from.Day == 1 && to.Day == daysIn(to)
	switch {
	case from == to:
		return fmt.Sprintf("%d %s %04d", to.Day, monthName(to.Month), to.Year)
	case isMonths && from.Month == 1 && to.Month == 12:
		return between(fmt.Sprintf("%04d", from.Year), fmt.Sprintf("%04d", to.Year))
	case isMonths && from.Year == to.Year:
		return between(monthName(from.Month), monthName(to.Month)) + fmt.Sprintf(" %04d", to.Year)
	case from.Year != to.Year:
		return dayRange(from, from) + " – " + dayRange(to, to)
	case from.Month != to.Month:
		return fmt.Sprintf("%d %s – %s", from.Day, monthName(from.Month), dayRange(to, to))
	}
	return fmt.Sprintf("%d–%s", from.Day, dayRange(to, to))
}

func between(a, b string) string {
	if a == b {
		return a
	}
	return a + "–" + b
}

func monthName(month int) string {
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

func periodText(period string) string {
	if period == disagreement.Undated {
		return period
	}
	return edtfText(period)
}

// and joins names: "a, b and c".
func and(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// few joins names like and, but of many only the first.
func few(names []string) string {
	const most = 4
	if len(names) > most {
		return strings.Join(names[:most-1], ", ") + " and " + count(len(names)-most+1, "other")
	}
	return and(names)
}

// shortened cuts a text behind a word.
func shortened(s string, limit int) string {
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	cut := string(r[:limit])
	if i := strings.LastIndexByte(cut, ' '); i > limit/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-") + "…"
}
