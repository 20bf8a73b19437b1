package wording

import (
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"stemma/disagreement"
)

// Words makes a token readable.
func Words(token string) string { return strings.ReplaceAll(token, "_", " ") }

// Capital makes a token the beginning of a heading.
func Capital(token string) string {
	r := []rune(Words(token))
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// Count puts a number and a noun, given in the singular, into words.
func Count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		noun = strings.TrimSuffix(noun, "y") + "ie"
	}
	return GroupedInt(n) + " " + noun + "s"
}

// GroupedInt is Grouped for an int.
func GroupedInt(n int) string { return Grouped(strconv.Itoa(n)) }

// Grouped puts commas between the thousands of a decimal; other texts stay.
func Grouped(decimal string) string {
	digits, isNegative := strings.CutPrefix(decimal, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return decimal
	}
	var b strings.Builder
	if isNegative {
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

// Number writes a number exactly; a fraction also says about how large it is.
func Number(r *big.Rat) string {
	text := disagreement.Exact(r)
	if over, under, ok := strings.Cut(text, "/"); ok {
		about := strings.TrimSuffix(strings.TrimRight(r.FloatString(2), "0"), ".")
		return Grouped(over) + "/" + Grouped(under) + " (≈ " + Grouped(about) + ")"
	}
	return Grouped(text)
}

// Tick is Number for the ticks of an axis, which are round: large ones are
// shortened.
func Tick(r *big.Rat) string {
	text := disagreement.Exact(r)
	digits := strings.TrimRight(text, "0")
	if r.IsInt() && len(text) > 9 && len(digits) <= 5 {
		return digits + "e" + strconv.Itoa(len(text)-len(digits))
	}
	return Grouped(text)
}

// Quantity makes the value of a quantity, like `about 6000 person` or
// `6000..6500`, readable.
func Quantity(value string) string {
	parts := strings.Split(value, " ")
	for i, p := range parts {
		if low, high, ok := strings.Cut(p, ".."); ok && low != "" && high != "" {
			parts[i] = Grouped(low) + "–" + Grouped(high)
		} else {
			parts[i] = Words(Grouped(p))
		}
	}
	return strings.Join(parts, " ")
}

// Interval puts an interval of numbers into words.
func Interval(low, high disagreement.Bound) string {
	switch {
	case low.Value == nil && high.Value == nil:
		return "any number"
	case high.Value == nil && low.Inclusive:
		return Number(low.Value) + " or more"
	case high.Value == nil:
		return "more than " + Number(low.Value)
	case low.Value == nil && high.Inclusive:
		return Number(high.Value) + " or less"
	case low.Value == nil:
		return "less than " + Number(high.Value)
	case low.Value.Cmp(high.Value) == 0:
		return Number(low.Value)
	}
	over, under := "", ""
	if !low.Inclusive {
		over = "over "
	}
	if !high.Inclusive {
		under = "under "
	}
	return over + Number(low.Value) + " to " + under + Number(high.Value)
}

// And joins names: "a, b and c".
func And(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// Few joins names like And, but of many only the first.
func Few(names []string) string {
	const most = 4
	if len(names) > most {
		return strings.Join(names[:most-1], ", ") + " and " + Count(len(names)-most+1, "other")
	}
	return And(names)
}

// Shortened cuts a text of more than limit letters behind a word.
func Shortened(s string, limit int) string {
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
