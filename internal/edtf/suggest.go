package edtf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSuggestable bounds the work spent on guessing what a text was meant to be.
const maxSuggestable = 80

const longDashes = "–—"

// suggestion puts into words what a text that does not parse was probably meant
// to be; empty if nothing is obvious. Only dates that parse are offered.
func suggestion(s string) string {
	dates := meant(s)
	switch len(dates) {
	case 0:
		return ""
	case 1:
		return "did you mean `" + dates[0] + "`?"
	}
	return "write the year first: `" + dates[0] + "` or `" + dates[1] + "`, whichever is meant"
}

// meant lists the dates, at most two, that the text can have been meant to be.
func meant(s string) []string {
	if len(s) > maxSuggestable {
		return nil
	}
	// Spaces in a text that is otherwise right, such as `[2025, 2026]`.
	if dates := keepValid([]string{strings.Join(strings.Fields(s), "")}); len(dates) > 0 {
		return dates
	}
	text := plainText(s)
	if dates := keepValid(meantSingle(text)); len(dates) > 0 {
		return dates
	}
	// A long dash between two dates means an interval; between the parts of one
	// date, handled above, it is a hyphen.
	if strings.ContainsAny(s, longDashes) {
		text = plainText(strings.NewReplacer("–", " to ", "—", " to ").Replace(s))
	}
	for _, separator := range []string{"/", " to ", " until ", " - ", "..", "-"} {
		start, end, found := strings.Cut(text, separator)
		if !found || strings.Contains(end, separator) {
			continue
		}
		// An ambiguous end would give a choice of four: nothing obvious.
		starts, ends := meantEnd(start), meantEnd(end)
		if len(starts) != 1 || len(ends) != 1 {
			continue
		}
		if dates := keepValid([]string{starts[0] + "/" + ends[0]}); len(dates) > 0 {
			return dates
		}
	}
	return nil
}

// keepValid drops what does not parse and what comes twice.
func keepValid(dates []string) []string {
	var valid []string
	for _, date := range dates {
		known := len(valid) > 0 && valid[0] == date
		if _, err := parse(date); err == nil && !known {
			valid = append(valid, date)
		}
	}
	return valid
}

// plainText folds what editors and keyboards vary: case, white space, dashes,
// the digits of other scripts.
func plainText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Nd, r):
			b.WriteByte('0' + decimalDigit(r))
		case unicode.Is(unicode.Pd, r) || r == '\u2212':
			b.WriteByte('-')
		case r == utf8.RuneError:
			b.WriteByte('\x00') // not a character of any date: suggests nothing
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// decimalDigit is the value of a Unicode decimal digit: the digits of a script
// are ten code points in a row, and rows that touch are whole rows.
func decimalDigit(r rune) byte {
	first := r
	for unicode.Is(unicode.Nd, first-1) {
		first--
	}
	return byte((r - first) % 10)
}

// meantEnd lists what an end of an interval can mean.
func meantEnd(text string) []string {
	switch text = strings.TrimSpace(text); text {
	case "", "open", "unknown", "..", "now", "present":
		return []string{".."}
	}
	return keepValid(meantSingle(text))
}

// meantSingle lists the single dates that folded text can mean.
func meantSingle(text string) []string {
	qualifier := ""
	for _, prefix := range []string{"about ", "around ", "circa ", "ca. ", "ca ", "c. ", "c ", "~"} {
		if rest, found := strings.CutPrefix(text, prefix); found {
			text, qualifier = rest, "~"
			break
		}
	}
	bare := strings.TrimRight(text, "?~%")
	switch marks := text[len(bare):]; {
	case marks == "":
	case strings.Contains(marks, "%") || strings.Contains(marks+qualifier, "?") && strings.Contains(marks+qualifier, "~"):
		qualifier = "%"
	default:
		qualifier = marks[:1]
	}
	parts := strings.FieldsFunc(bare, func(r rune) bool { return strings.ContainsRune(" ,.-/", r) })
	dates := arrange(parts)
	for i := range dates {
		dates[i] += qualifier
	}
	return dates
}

// arrange puts the parts of a date in the order of EDTF.
func arrange(parts []string) []string {
	var numbers []string
	month := ""
	for _, part := range parts {
		if name := monthOf(part); name != "" && month == "" {
			month = name
			continue
		}
		number := component(part)
		if number == "" {
			return nil
		}
		numbers = append(numbers, number)
	}
	isYear := func(i int) bool { return len(numbers[i]) == 4 }
	switch {
	case len(numbers) == 1 && month == "" && len(numbers[0]) == 8:
		n := numbers[0]
		return []string{n[:4] + "-" + n[4:6] + "-" + n[6:]}
	case len(numbers) == 1 && isYear(0) && month != "":
		return []string{numbers[0] + "-" + month}
	case len(numbers) == 1 && isYear(0):
		return []string{numbers[0]}
	case len(numbers) == 2 && month != "" && isYear(1):
		return []string{numbers[1] + "-" + month + "-" + numbers[0]}
	case len(numbers) == 2 && month != "" && isYear(0):
		return []string{numbers[0] + "-" + month + "-" + numbers[1]}
	case len(numbers) == 2 && isYear(0):
		return []string{numbers[0] + "-" + numbers[1]}
	case len(numbers) == 2 && isYear(1):
		return []string{numbers[1] + "-" + numbers[0]}
	case len(numbers) == 3 && month == "" && isYear(0):
		return []string{numbers[0] + "-" + numbers[1] + "-" + numbers[2]}
	case len(numbers) == 3 && month == "" && isYear(2):
		return []string{numbers[2] + "-" + numbers[1] + "-" + numbers[0], numbers[2] + "-" + numbers[0] + "-" + numbers[1]}
	}
	return nil
}

// monthOf returns the two digits of an English month name or an abbreviation of
// at least three letters; empty if word is none.
func monthOf(word string) string {
	if word == "sept" {
		word = "sep"
	}
	for i, name := range monthNames {
		name = strings.ToLower(name)
		if word == name || len(word) == 3 && strings.HasPrefix(name, word) {
			return fmt.Sprintf("%02d", i+1)
		}
	}
	return ""
}

// component returns a number of a date in the width EDTF wants: two digits
// unless it is longer; XX for letters that other editions use for unknown
// digits; empty if part is neither.
func component(part string) string {
	for _, ordinal := range []string{"st", "nd", "rd", "th"} {
		if rest, found := strings.CutSuffix(part, ordinal); found && rest != "" {
			part = rest
			break
		}
	}
	part = strings.Map(func(r rune) rune {
		if r == 'x' || r == 'u' {
			return 'X'
		}
		return r
	}, part)
	if strings.Trim(part, "0123456789X") != "" {
		return ""
	}
	if _, err := strconv.Atoi(part); err == nil && len(part) == 1 {
		return "0" + part
	}
	return part
}
