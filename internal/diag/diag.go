package diag

import (
	"cmp"
	"path"
	"slices"
)

// Severity says whether a finding fails a run.
type Severity uint8

// The severities, worst first.
const (
	Error Severity = iota
	Warning
)

// String gives the severity as the reports print it: "error" or "warning".
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Position is a place in a text file. Line and Column are 1-based; columns
// count Unicode code points. The zero Position means "the file as a whole".
type Position struct {
	Line, Column int
}

// Span is the text from Start up to, but not including, End.
type Span struct {
	Start, End Position
}

// Place is where a finding is: a file relative to the dataset's root with
// forward slashes, and a span in it (zero for the file as a whole).
type Place struct {
	File string
	Span Span
}

// Related is a second place that belongs to a finding, such as the first of
// two records with one id.
type Related struct {
	Place   Place
	Message string
}

// Diagnostic is one finding. Message says in one sentence what is wrong, Help
// what to do about it (may be empty); both are plain text without a final
// full stop or line break. Pointer is the JSON Pointer (RFC 6901) of the value
// in its record, empty for the record as a whole or where there is none.
type Diagnostic struct {
	Code     Code
	Severity Severity
	Place    Place
	Pointer  string
	Message  string
	Help     string
	Related  []Related
}

// New makes a diagnostic with the severity that the catalogue gives its code.
func New(code Code, place Place, pointer, message, help string, related ...Related) Diagnostic {
	return Diagnostic{
		Code: code, Severity: code.Severity(), Place: place, Pointer: pointer,
		Message: message, Help: help, Related: related,
	}
}

// Compare orders diagnostics by file, position, code, message and the rest, so
// that two different ones are never equal and no report depends on the order
// in which findings were made.
func Compare(a, b Diagnostic) int {
	return cmp.Or(
		comparePlace(a.Place, b.Place),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Pointer, b.Pointer),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Help, b.Help),
		cmp.Compare(a.Severity, b.Severity),
		slices.CompareFunc(a.Related, b.Related, func(x, y Related) int {
			return cmp.Or(comparePlace(x.Place, y.Place), cmp.Compare(x.Message, y.Message))
		}),
	)
}

func comparePlace(a, b Place) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		comparePosition(a.Span.Start, b.Span.Start),
		comparePosition(a.Span.End, b.Span.End),
	)
}

func comparePosition(a, b Position) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// List is a set of findings.
type List []Diagnostic

// Sorted gives the findings in the order of Compare, each once.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortFunc(out, Compare)
	return slices.CompactFunc(out, func(a, b Diagnostic) bool { return Compare(a, b) == 0 })
}

// Below gives the findings with their files as seen from the folder above.
func (l List) Below(folder string) List {
	out := slices.Clone(l)
	for i := range out {
		out[i].Place.File = path.Join(folder, out[i].Place.File)
		out[i].Related = slices.Clone(out[i].Related)
		for j := range out[i].Related {
			out[i].Related[j].Place.File = path.Join(folder, out[i].Related[j].Place.File)
		}
	}
	return out
}

// Count gives the number of findings of a severity.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// HasErrors tells whether any finding is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}
