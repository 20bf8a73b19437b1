package diag

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// TextPrinter writes a report for people, in the manner of a compiler:
//
//	records/claims/a.json:12:12: error[ref-unresolved]: no actor has the id act-tpp
//	 12 |   "actor": "act-tpp",
//	    |            ^^^^^^^^^
//	    = help: did you mean act-ttp?
//
// Related places follow as notes with a source line of their own. Text that
// comes from the input is shown with control, bidi and other invisible
// characters escaped, as \u{202e}, and bytes that are not UTF-8 as \xff; the
// column behind a file name counts code points of the original, the caret
// stands where a terminal shows them. (Letters of right-to-left scripts are
// shown as they are; a terminal that reorders them moves them off the caret.)
// Where the line is not shown whole, the JSON Pointer says what is meant.
type TextPrinter struct {
	Color bool // with SGR sequences
	Max   int  // findings shown, errors before warnings; 0 = all
}

// The styles of the report, as parameters of SGR (ECMA-48).
const (
	styleError   = "1;31"
	styleWarning = "1;33"
	styleNote    = "1;36"
	styleGutter  = "34"
	styleBold    = "1"
	styleOK      = "1;32"
)

// textRun is the printing of one report.
type textRun struct {
	*bufio.Writer
	color   bool
	source  SourceLine
	primary cursor
	related cursor
}

// Print writes the report.
func (p TextPrinter) Print(w io.Writer, r *Report) error {
	run := &textRun{Writer: bufio.NewWriter(w), color: p.Color, source: r.Source}
	shown, left := r.Diagnostics.first(p.Max)
	for _, d := range shown {
		run.finding(d)
		run.WriteByte('\n')
	}
	if left > 0 {
		fmt.Fprintf(run, "… and %d more (show all with --max-errors 0)\n", left)
	}
	run.WriteString(run.summary(r.Summary))
	run.WriteByte('\n')
	return run.Flush() // a bufio.Writer keeps its first error until here
}

func (t *textRun) style(sgr, text string) string {
	if !t.color {
		return text
	}
	return "\x1b[" + sgr + "m" + text + "\x1b[0m"
}

func (t *textRun) finding(d Diagnostic) {
	style := styleError
	if d.Severity != Error {
		style = styleWarning
	}
	last := d.Place.Span.Start.Line
	for _, r := range d.Related {
		last = max(last, r.Place.Span.Start.Line)
	}
	gutter := len(strconv.Itoa(last))

	head := d.Severity.String() + "[" + harmless(string(d.Code)) + "]"
	t.headline(d.Place, style, head, d.Message)
	whole := t.snippet(&t.primary, d.Place, gutter, style, "^")
	if !whole && d.Pointer != "" {
		t.footnote(gutter, "at", d.Pointer)
	}
	if d.Help != "" {
		t.footnote(gutter, "help", d.Help)
	}
	for _, r := range d.Related {
		t.headline(r.Place, styleNote, "note", r.Message)
		t.snippet(&t.related, r.Place, gutter, styleNote, "-")
	}
}

// headline writes "file:line:column: head: message".
func (t *textRun) headline(place Place, style, head, message string) {
	if where := placeText(place); where != "" {
		t.WriteString(t.style(styleBold, where+":"))
		t.WriteByte(' ')
	}
	t.WriteString(t.style(style, head+":"))
	t.WriteByte(' ')
	t.WriteString(t.style(styleBold, harmless(message)))
	t.WriteByte('\n')
}

func placeText(p Place) string {
	text := harmlessPath(p.File)
	if start := p.Span.Start; text != "" && start.Line > 0 {
		text += ":" + strconv.Itoa(start.Line)
		if start.Column > 0 {
			text += ":" + strconv.Itoa(start.Column)
		}
	}
	return text
}

// snippet writes the source line with the span underlined, if there is one. It
// tells whether the whole line could be shown.
func (t *textRun) snippet(c *cursor, place Place, gutter int, style, mark string) bool {
	if t.source == nil || place.Span.Start.Line <= 0 {
		return false
	}
	text, ok := t.source(place.File, place.Span.Start.Line)
	if !ok {
		return false
	}
	s := c.cut(place, strings.TrimRight(text, "\r\n"))
	number := fmt.Sprintf(" %*d |", gutter, place.Span.Start.Line)
	t.WriteString(t.style(styleGutter, number))
	if s.text != "" {
		t.WriteString(" " + s.text)
	}
	t.WriteByte('\n')
	if s.length > 0 {
		t.WriteString(t.style(styleGutter, strings.Repeat(" ", gutter+2)+"|"))
		t.WriteString(strings.Repeat(" ", s.indent+1))
		t.WriteString(t.style(style, strings.Repeat(mark, s.length)))
		t.WriteByte('\n')
	}
	return !s.clipped
}

func (t *textRun) footnote(gutter int, name, text string) {
	t.WriteString(t.style(styleGutter, strings.Repeat(" ", gutter+2)+"="))
	t.WriteByte(' ')
	t.WriteString(t.style(styleBold, name+":"))
	t.WriteString(" " + harmless(text) + "\n")
}

func (t *textRun) summary(s Summary) string {
	records, files := plural(s.Records, "record"), plural(s.Files, "file")
	if s.Errors == 0 && s.Warnings == 0 {
		return t.style(styleOK, "ok:") + " " + records + " in " + files
	}
	var found []string
	if s.Errors > 0 {
		found = append(found, t.style(styleError, plural(s.Errors, "error")))
	}
	if s.Warnings > 0 {
		found = append(found, t.style(styleWarning, plural(s.Warnings, "warning")))
	}
	what := strings.Join(found, ", ") + " in "
	if s.Records == 0 { // a release, or files that hold no records
		return what + files
	}
	return what + records + " (" + files + ")"
}

// plural gives "1 record", "2 records".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
