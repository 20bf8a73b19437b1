package edtf

import "fmt"

// Error says why a text is no date that stemma accepts.
type Error struct {
	Offset  int    // byte offset in the text where the trouble begins, 0 to its length
	Message string // what is wrong, without the offset
	Help    string // what to do instead; a date offered after "did you mean" or "write the year first" parses

	unsupported bool // EDTF has it, stemma does not: a similar date would mean something else
}

// Error returns the message and the help on one line.
func (e *Error) Error() string {
	if e.Help == "" {
		return e.Message
	}
	return e.Message + "; " + e.Help
}

func fail(offset int, help, format string, args ...any) *Error {
	return &Error{Offset: offset, Message: fmt.Sprintf(format, args...), Help: help}
}

// notSupported is for what EDTF has and stemma leaves out.
func notSupported(offset int, what, help string) *Error {
	err := fail(offset, help, "%s: not supported", what)
	err.unsupported = true
	return err
}

// excerpt quotes text for a message, cut to a length that a terminal line bears.
func excerpt(text string) string {
	const most = 24
	runes := 0
	for i := range text {
		if runes == most {
			return fmt.Sprintf("%q…", text[:i])
		}
		runes++
	}
	return fmt.Sprintf("%q", text)
}
