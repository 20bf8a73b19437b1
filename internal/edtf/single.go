package edtf

import "strings"

var monthNames = [...]string{"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December"}

const (
	yearFirst   = "a date is written year first, such as `2025-08-20`, `2025-08` or `2025`"
	timesOfDay  = "write the day alone, such as `2025-08-20`"
	wholePlaces = "X stands for the last digits of a year (`202X`, `20XX`), or for a whole month or day (`2025-XX`, `2025-08-XX`)"
)

// parseSingle reads s[start:end] as one day, month or year. It works on the
// whole text so that offsets need no shifting.
func parseSingle(s string, start, end int) (single, *Error) {
	text := s[start:end]
	if text == "" {
		return single{}, fail(start, yearFirst, "a date is missing here")
	}
	one, at, err := parseYear(s[:end], start)
	if err != nil {
		return one, err
	}
	for _, component := range []struct {
		name string
		into *int
	}{{"month", &one.month}, {"day", &one.day}} {
		if at == end || s[at] != '-' {
			break
		}
		if one.maskedEnd > 0 {
			return one, notSupported(start, "a "+component.name+" of a year with unspecified digits", "write `"+s[start:start+4]+"` alone, or list the dates that are meant")
		}
		if *component.into, err = parseComponent(s[:end], at+1, component.name); err != nil {
			return one, err
		}
		at += 3
	}
	if err := checkMonthAndDay(one, start); err != nil {
		return one, err
	}
	if at < end && strings.IndexByte("?~%", s[at]) >= 0 {
		one.qualifier = s[at]
		at++
	}
	if at < end {
		return one, trailing(s[:end], at, one)
	}
	return one, nil
}

// parseYear reads the year at offset start and returns the offset after it.
func parseYear(s string, start int) (single, int, *Error) {
	var one single
	text := s[start:]
	switch {
	case text[0] == '-':
		return one, start, notSupported(start, "a year before 0000", "stemma's dates have years from `0000` to `9999`")
	case text[0] == 'Y' && len(text) > 1 && (isDigit(text[1]) || text[1] == '-'):
		return one, start, notSupported(start, "a year of more than four digits", "stemma's dates have years from `0000` to `9999`")
	case strings.IndexByte("?~%", text[0]) >= 0:
		return one, start, notSupported(start, "a qualifier in front of a part of the date", "qualify the whole date at its end: `2025-08~`")
	case text == "..":
		return one, start, fail(start, "write it as one end of an interval: `2025-08-20/..`", "an open end without a date")
	case text == "open" || text == "unknown":
		return one, start, fail(start, "write `..` for an end that is open or not known", "%q is a word of an older edition of EDTF", text)
	}
	length := 0
	for length < len(text) && (isDigit(text[length]) || text[length] == 'X') {
		length++
	}
	if length != 4 {
		found := text
		if length > 0 {
			found = text[:length]
		}
		return one, start, fail(start, yearFirst, "expected a year of four digits, found %s", excerpt(found))
	}
	for i := range 4 {
		switch {
		case text[i] == 'X':
			one.maskedEnd++
		case one.maskedEnd > 0:
			return one, start, notSupported(start, "a digit after an X in the year", wholePlaces)
		}
		one.year *= 10
		if text[i] != 'X' {
			one.year += int(text[i] - '0')
		}
	}
	if one.maskedEnd > 2 {
		return one, start, notSupported(start, "more than two unspecified digits of a year", wholePlaces)
	}
	return one, start + 4, nil
}

// parseComponent reads the two characters of a month or day at offset at.
func parseComponent(s string, at int, name string) (int, *Error) {
	length := 0
	for at+length < len(s) && isAlphanumeric(s[at+length]) {
		length++
	}
	text := s[at : at+length]
	if name == "day" && length > 2 && (text[2] == 'T' || text[2] == 'Z') {
		text, length = text[:2], 2 // a time of day follows: reported after the day
	}
	switch {
	case length == 0 && at < len(s) && strings.IndexByte("?~%", s[at]) >= 0:
		return 0, notSupported(at, "a qualifier in front of a part of the date", "qualify the whole date at its end: `2025-08~`")
	case length == 0:
		return 0, fail(at, yearFirst, "the %s is missing after the hyphen", name)
	case text == "XX":
		return unspecified, nil
	case length != 2:
		return 0, fail(at, yearFirst, "expected a %s of two digits, found %s", name, excerpt(text))
	case strings.IndexByte(text, 'X') >= 0 && (isDigit(text[0]) || isDigit(text[1])):
		return 0, notSupported(at, "one unspecified digit of a "+name, wholePlaces)
	case !isDigit(text[0]) || !isDigit(text[1]):
		return 0, fail(at, yearFirst, "expected a %s of two digits, found %s", name, excerpt(text))
	}
	value := int(text[0]-'0')*10 + int(text[1]-'0')
	switch {
	case name == "month" && value >= 21 && value <= 41:
		return 0, notSupported(at, "a season or other part of the year ("+text+" in the place of the month)", "write the months that are meant, such as `2025-06/2025-08`")
	case name == "month" && (value < 1 || value > 12):
		return 0, fail(at, "months are 01 to 12; the date is written year, month, day", "there is no month %s", text)
	case name == "day" && (value < 1 || value > 31):
		return 0, fail(at, "leave the day out if it is not known: `2025-08`", "there is no day %s", text)
	}
	return value, nil
}

// checkMonthAndDay refuses days that their month does not have; one starts at
// offset start and is written in full.
func checkMonthAndDay(one single, start int) *Error {
	if one.day <= 0 || one.month <= 0 || one.day <= daysIn(one.year, one.month) {
		return nil
	}
	return fail(start+8, "check the day, or write the month alone: `"+(single{year: one.year, month: one.month}).String()+"`",
		"there is no day %02d in %s %04d, which has %d days", one.day, monthNames[one.month-1], one.year, daysIn(one.year, one.month))
}

// trailing says what is wrong with the rest of the text, from offset at on,
// after the date one.
func trailing(s string, at int, one single) *Error {
	rest := s[at:]
	plain := one
	plain.qualifier = 0
	switch {
	case one.qualifier != 0 && (rest == "?" || rest == "~" || rest == "%"):
		return fail(at, "write `"+plain.String()+"%` for uncertain and approximate", "two qualifiers on one date")
	case one.qualifier != 0 && rest[0] == '-':
		return notSupported(at-1, "a qualifier inside the date", "qualify the whole date at its end: `2025-08~`")
	case (rest[0] == 'T' || rest[0] == 'Z') && one.day != absent:
		return notSupported(at, "a time of day or time zone", timesOfDay)
	case strings.HasPrefix(rest, ".."):
		return fail(at, "write an interval `2025-08-20/2025-08-25`, or one of a run `[2025-08-20..2025-08-25]`", "two dots outside a set")
	case one.month == absent && len(rest) > 1 && (rest[0] == 'E' || rest[0] == 'S') && isDigit(rest[1]):
		return notSupported(at, "a year with an exponent or significant digits", "write `202X` for a decade, `20XX` for a century")
	case rest[0] == ',':
		return fail(at, "put the dates that are possible in brackets: `[2025-08-20,2025-08-22]`", "a comma outside a set")
	}
	return fail(at, yearFirst, "%s after the end of the date", excerpt(rest))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlphanumeric(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
