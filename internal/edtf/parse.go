package edtf

import "strings"

// maxLength bounds the work on hostile input; the longest sensible set is far shorter.
const maxLength = 1024

// Parse reads one date. Its error is always an *Error.
func Parse(s string) (Date, error) {
	d, err := parse(s)
	if err == nil {
		return d, nil
	}
	if !err.unsupported {
		if help := suggestion(s); help != "" {
			err.Help = help
		}
	}
	return Date{}, err
}

// parse is Parse without the search for a suggestion, which itself parses.
func parse(s string) (Date, *Error) {
	switch {
	case s == "":
		return Date{}, fail(0, "leave the date out if it is not known, or write what is known of it, such as `2025-08`", "the date is empty")
	case len(s) > maxLength:
		return Date{}, fail(maxLength, "write a run `[2025-08-01..2025-08-20]` instead of listing its days", "a date longer than %d bytes", maxLength)
	case s[0] == '[':
		return parseSet(s)
	case s[0] == '{':
		return Date{}, notSupported(0, "a set of which all members are meant, {…}", "write one record for each date, or one of a set: `[2025-08-20,2025-08-22]`")
	}
	if slash := strings.IndexByte(s, '/'); slash >= 0 {
		return parseInterval(s, slash)
	}
	one, err := parseSingle(s, 0, len(s))
	if err != nil {
		return Date{}, err
	}
	return Date{kind: one.kind(), first: one, last: one}, nil
}

func parseInterval(s string, slash int) (Date, *Error) {
	if again := strings.IndexByte(s[slash+1:], '/'); again >= 0 {
		return Date{}, fail(slash+1+again, "a date is written `2025-08-20`, an interval `2025-08-20/2025-08-25`",
			"a second slash: one slash separates the two ends of an interval, a date has none")
	}
	d := Date{kind: IntervalKind, openStart: s[:slash] == "..", openEnd: s[slash+1:] == ".."}
	if d.openStart && d.openEnd {
		return Date{}, fail(0, "leave the date out if nothing is known of it", "an interval with two open ends says nothing")
	}
	if slash == 0 || slash == len(s)-1 {
		return Date{}, notSupported(slash, "an interval with an empty end", "write `..` for an end that is open or not known")
	}
	var err *Error
	if !d.openStart {
		if d.first, err = parseSingle(s, 0, slash); err != nil {
			return Date{}, err
		}
	}
	if !d.openEnd {
		if d.last, err = parseSingle(s, slash+1, len(s)); err != nil {
			return Date{}, err
		}
	}
	if !d.openStart && !d.openEnd && d.first.earliest().Compare(d.last.latest()) > 0 {
		return Date{}, fail(slash+1, "write the earlier date first: `"+d.last.String()+"/"+d.first.String()+"`",
			"the interval ends (%s) before it begins (%s)", d.last, d.first)
	}
	return d, nil
}

func parseSet(s string) (Date, *Error) {
	d := Date{kind: SetKind}
	end := strings.IndexByte(s, ']')
	switch {
	case end < 0:
		return Date{}, fail(len(s), "close the set with `]`", "the set is not closed")
	case end != len(s)-1:
		if strings.IndexByte("?~%", s[end+1]) >= 0 {
			return Date{}, notSupported(end+1, "a qualifier on a set", "leave the qualifier out")
		}
		if s[end+1] == '/' {
			return Date{}, notSupported(end+1, "a set as the end of an interval", "write the widest interval that is meant")
		}
		return Date{}, fail(end+1, "end the date after `]`", "%s after the end of the set", excerpt(s[end+1:]))
	}
	for start := 1; ; {
		stop := end
		if comma := strings.IndexByte(s[start:end], ','); comma >= 0 {
			stop = start + comma
		}
		e, err := parseElement(s, start, stop, start == 1, stop == end)
		if err != nil {
			return Date{}, err
		}
		d.elements = append(d.elements, e)
		d.openStart = d.openStart || e.openStart
		d.openEnd = d.openEnd || e.openEnd
		if stop == end {
			return d, nil
		}
		start = stop + 1
	}
}

// parseElement reads s[start:end], one element of a set; only the first may
// have an open start and only the last an open end.
func parseElement(s string, start, end int, isFirst, isLast bool) (element, *Error) {
	dots := strings.Index(s[start:end], "..")
	if dots < 0 {
		one, err := parseMember(s, start, end)
		return element{first: one, last: one}, err
	}
	dots += start
	e := element{run: true, openStart: dots == start, openEnd: dots+2 == end}
	switch {
	case e.openStart && e.openEnd:
		return e, fail(start, "leave the date out if nothing is known of it", "a set with two open ends says nothing")
	case e.openStart && !isFirst:
		return e, fail(start, "write the open start first: `[..2025-08-20,2025-08-25]`", "only the first element of a set can have an open start")
	case e.openEnd && !isLast:
		return e, fail(dots, "write the open end last: `[2025-08-20,2025-08-25..]`", "only the last element of a set can have an open end")
	}
	var err *Error
	if !e.openStart {
		if e.first, err = parseMember(s, start, dots); err != nil {
			return e, err
		}
	}
	if !e.openEnd {
		if e.last, err = parseMember(s, dots+2, end); err != nil {
			return e, err
		}
	}
	if e.openStart || e.openEnd {
		return e, nil
	}
	if e.first.kind() != e.last.kind() {
		return e, fail(dots+2, "write both ends as days, both as months, or both as years",
			"the run goes from a %s (%s) to a %s (%s)", e.first.kind(), e.first, e.last.kind(), e.last)
	}
	if e.first.earliest().Compare(e.last.earliest()) > 0 {
		return e, fail(dots+2, "write the earlier date first: `["+e.last.String()+".."+e.first.String()+"]`",
			"the run ends (%s) before it begins (%s)", e.last, e.first)
	}
	return e, nil
}

// parseMember reads a date inside a set, where only plain dates are supported.
func parseMember(s string, start, end int) (single, *Error) {
	one, err := parseSingle(s, start, end)
	switch {
	case err != nil:
		return one, err
	case one.qualifier != 0:
		return one, notSupported(end-1, "a qualifier inside a set", "leave the qualifier out")
	case one.isUnspecified():
		return one, notSupported(start, "unspecified digits inside a set", "list the dates that are meant, or a run of them: `[2025-08..2025-10]`")
	}
	return one, nil
}
