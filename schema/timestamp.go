package schema

import (
	"errors"
	"strings"
	"time"
)

var (
	errNoTime     = errors.New("not a date-time")
	errLeapSecond = errors.New("this is a leap second, which no timestamp can hold")
	errPrecision  = errors.New("this time has more than six digits after the second")
)

// micros reads a date-time of RFC 3339 as microseconds since 1970-01-01 UTC.
// Canonical tells whether the text is the one way of writing that instant which
// its column implies: UTC as Z, upper case, no zeros at the end of the fraction.
func micros(text string) (n int64, canonical bool, err error) {
	t, err := time.Parse(time.RFC3339Nano, strings.ToUpper(text))
	if err != nil {
		if leap := strings.Replace(strings.ToUpper(text), ":60", ":59", 1); leap != strings.ToUpper(text) {
			if _, err := time.Parse(time.RFC3339Nano, leap); err == nil {
				return 0, false, errLeapSecond
			}
		}
		return 0, false, errNoTime
	}
	if i := strings.IndexByte(text, '.'); i >= 0 {
		fraction := text[i+1:]
		end := strings.IndexFunc(fraction, func(r rune) bool { return r < '0' || r > '9' })
		if len(strings.TrimRight(fraction[:max(end, 0)], "0")) > 6 {
			return 0, false, errPrecision
		}
	}
	return t.UnixMicro(), t.UTC().Format("2006-01-02T15:04:05.999999Z") == text, nil
}
