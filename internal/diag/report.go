package diag

import "io"

// Summary counts what a run looked at and what it found.
type Summary struct {
	Files, Records   int // read
	Errors, Warnings int // found, each finding once, shown or not
}

// SourceLine gives the text of a line (from 1) of a file, without its line
// break; ok is false where there is none. It is called once for every finding
// and related place that has a line, so it should not scan the file each time.
type SourceLine func(file string, line int) (text string, ok bool)

// Report is what every printer prints: sorted findings, counted once, so that
// no two formats can disagree. Make it with NewReport.
type Report struct {
	Summary
	Diagnostics List
	Source      SourceLine // nil: no source lines are shown
}

// NewReport sorts the findings, drops repeated ones and counts the rest. Source
// may be nil.
func NewReport(files, records int, findings List, source SourceLine) *Report {
	sorted := findings.Sorted()
	return &Report{
		Summary: Summary{
			Files: files, Records: records,
			Errors: sorted.Count(Error), Warnings: sorted.Count(Warning),
		},
		Diagnostics: sorted,
		Source:      source,
	}
}

// Printer writes a report in one format. The error is that of the writer.
type Printer interface {
	Print(w io.Writer, r *Report) error
}

// first gives at most limit of the findings (0 = all) in their order, and the
// number of those left out. Warnings are left out before errors: a limit must
// not hide the reason why a run failed.
func (l List) first(limit int) (shown List, hidden int) {
	if limit <= 0 || len(l) <= limit {
		return l, 0
	}
	errors := min(l.Count(Error), limit)
	warnings := limit - errors
	for _, d := range l {
		left := &errors
		if d.Severity != Error {
			left = &warnings
		}
		if *left > 0 {
			*left--
			shown = append(shown, d)
		}
	}
	return shown, len(l) - len(shown)
}
