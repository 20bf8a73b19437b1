package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/arrow"

	"stemma/build/columnar"
)

// CSV writes the table in a file, Parquet or Arrow, as comma-separated values
// and gives the number of its rows. The form is that of RFC 4180: a header,
// lines that end with CR LF, quotes where a cell needs them; in UTF-8 without a
// byte order mark.
//
// A null is an empty cell, and the empty text is "". Numbers are the shortest
// that read back as the same number, dates and times are ISO 8601 in UTC, lists
// are JSON. A text that a spreadsheet would take for a formula has an
// apostrophe in front, and so has one that begins with an apostrophe itself:
// without the first apostrophe every text is as it was.
func CSV(ctx context.Context, w io.Writer, path string) (rows int64, err error) {
	out := bufio.NewWriterSize(w, 1<<16)
	var line []byte
	begin := func(columns []columnar.Column) error {
		if len(columns) == 1 {
			return fmt.Errorf("%s has one column; in CSV a null of it would be an empty line, which readers skip", path)
		}
		for i, c := range columns {
			if !utf8.ValidString(c.Name) {
				return fmt.Errorf("%s has a column %q, whose name is not valid UTF-8", path, c.Name)
			}
			line = appendText(separated(line, i), c.Name)
		}
		_, err := out.Write(append(line, "\r\n"...))
		return err
	}
	batch := func(rec arrow.Record) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		cells := make([]appendCell, rec.NumCols())
		for i := range cells {
			if cells[i], err = cellWriter(rec.Column(i)); err != nil {
				return fmt.Errorf("the column %q: %w", rec.ColumnName(i), err)
			}
		}
		for row := range int(rec.NumRows()) {
			line = line[:0]
			for i, write := range cells {
				if line = separated(line, i); !rec.Column(i).IsNull(row) {
					line = write(line, row)
				}
			}
			if _, err := out.Write(append(line, "\r\n"...)); err != nil {
				return err
			}
		}
		rows += rec.NumRows()
		return nil
	}
	err = columnar.ReadBatches(path, begin, batch)
	return rows, errors.Join(err, out.Flush())
}

func separated(line []byte, column int) []byte {
	if column == 0 {
		return line
	}
	return append(line, ',')
}

// appendText appends the cell of a text.
func appendText(line []byte, s string) []byte {
	if guarded(s) {
		s = "'" + s
	}
	return appendQuoted(line, s)
}

// appendQuoted appends a cell, in quotes where it needs them. Spaces at its
// ends need them because some readers drop them otherwise.
func appendQuoted(line []byte, s string) []byte {
	if s != "" && !strings.ContainsAny(s, ",\"\r\n") && strings.TrimSpace(s) == s {
		return append(line, s...)
	}
	line = append(append(line, '"'), strings.ReplaceAll(s, `"`, `""`)...)
	return append(line, '"')
}

// formulaStarts are the characters with which a formula begins in some
// spreadsheet, in their full-width forms as well, and the apostrophe, which
// hides one (OWASP, "CSV Injection").
const formulaStarts = "=+-@'＝＋－＠"

// guarded tells whether a text gets an apostrophe in front. White space and
// what cannot be seen does not hide a formula. A number or a fraction, as the
// columns of exact numbers hold them, is none.
func guarded(s string) bool {
	if s == "" {
		return false
	}
	if strings.ContainsRune("\t\r\n", rune(s[0])) {
		return true
	}
	seen := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) })
	first, _ := utf8.DecodeRuneInString(seen)
	return seen != "" && strings.ContainsRune(formulaStarts, first) && !isNumber(s)
}

// isNumber tells whether a text is a decimal number, perhaps with an exponent,
// or a fraction of whole numbers.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, s := digits(s)
	if whole == "" {
		return false
	}
	if denominator, ok := strings.CutPrefix(s, "/"); ok {
		number, rest := digits(denominator)
		return number != "" && rest == ""
	}
	if rest, ok := strings.CutPrefix(s, "."); ok {
		var fraction string
		if fraction, s = digits(rest); fraction == "" {
			return false
		}
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		s = s[1:]
		if s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		exponent, rest := digits(s)
		return exponent != "" && rest == ""
	}
	return s == ""
}

// digits cuts the digits off that a text begins with.
func digits(s string) (number, rest string) {
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	return s[:n], s[n:]
}
