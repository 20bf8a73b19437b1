package diag

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// JSONSchemaVersion is the version of the JSON report's form. It changes when
// a reader of the old form would misread the new one; new keys do not change it.
const JSONSchemaVersion = 1

// JSONPrinter writes a report as one JSON object:
//
//	{"schema_version", "column_unit",
//	 "summary": {"files", "records", "errors", "warnings"},
//	 "diagnostics": [{"code", "severity", "file", "line", "column",
//	   "end_line", "end_column", "pointer", "message", "help",
//	   "related": [{"file", "line", "column", "message"}]}]}
//
// Every key is always there, in this order. Lines and columns count from 1,
// columns in Unicode code points ("column_unit"); the end is exclusive. What a
// finding does not have is null for file, line and column, and "" for pointer
// and help. Bytes that are not UTF-8 become U+FFFD. All findings are printed:
// a limit is for people.
type JSONPrinter struct{}

// nullable is a number from 1; 0 stands for null.
type nullable int

// MarshalJSON writes the number, or null for 0.
func (n nullable) MarshalJSON() ([]byte, error) {
	if n <= 0 {
		return []byte("null"), nil
	}
	return fmt.Appendf(nil, "%d", int(n)), nil
}

type jsonSummary struct {
	Files    int `json:"files"`
	Records  int `json:"records"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
}

type jsonDiagnostic struct {
	Code      Code          `json:"code"`
	Severity  string        `json:"severity"`
	File      *string       `json:"file"`
	Line      nullable      `json:"line"`
	Column    nullable      `json:"column"`
	EndLine   nullable      `json:"end_line"`
	EndColumn nullable      `json:"end_column"`
	Pointer   string        `json:"pointer"`
	Message   string        `json:"message"`
	Help      string        `json:"help"`
	Related   []jsonRelated `json:"related"`
}

type jsonRelated struct {
	File    *string  `json:"file"`
	Line    nullable `json:"line"`
	Column  nullable `json:"column"`
	Message string   `json:"message"`
}

// Print writes the report. Findings are written one by one, so that a report
// of a million findings needs no second million in memory.
func (JSONPrinter) Print(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	summary, err := encodeJSON(jsonSummary(r.Summary), "  ")
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "{\n  \"schema_version\": %d,\n  \"column_unit\": \"code-point\",\n  \"summary\": %s,\n  \"diagnostics\": [",
		JSONSchemaVersion, summary)
	for i, d := range r.Diagnostics {
		text, err := encodeJSON(toJSON(d), "    ")
		if err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		out.Write(text)
	}
	if len(r.Diagnostics) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	return out.Flush() // a bufio.Writer keeps its first error until here
}

func toJSON(d Diagnostic) jsonDiagnostic {
	start, end := d.Place.Span.Start, d.Place.Span.End
	related := make([]jsonRelated, len(d.Related)) // never nil: [] and not null
	for i, r := range d.Related {
		at := r.Place.Span.Start
		related[i] = jsonRelated{fileOrNull(r.Place.File), nullable(at.Line), nullable(at.Column), r.Message}
	}
	return jsonDiagnostic{
		Code: d.Code, Severity: d.Severity.String(), File: fileOrNull(d.Place.File),
		Line: nullable(start.Line), Column: nullable(start.Column),
		EndLine: nullable(end.Line), EndColumn: nullable(end.Column),
		Pointer: d.Pointer, Message: d.Message, Help: d.Help, Related: related,
	}
}

func fileOrNull(file string) *string {
	if file == "" {
		return nil
	}
	return &file
}

// encodeJSON writes a value with lines indented below the given prefix, and
// with everything escaped that a terminal or a CI log would obey.
func encodeJSON(v any, prefix string) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // the report is no HTML, and \u003e is hard to read
	enc.SetIndent(prefix, "  ")
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return escapeJSON(bytes.TrimSuffix(buf.Bytes(), []byte("\n"))), nil
}
