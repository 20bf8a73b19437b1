package strictjson

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"stemma/internal/diag"
)

// Text finds lines and columns in a text. The zero value is an empty text.
type Text struct {
	data  []byte
	lines []int // offset at which each line begins
}

// NewText indexes the lines of a text. Lines end with LF; a CR before it is
// part of the line.
func NewText(data []byte) *Text {
	t := &Text{data: data, lines: []int{0}}
	for i := 0; ; {
		n := bytes.IndexByte(data[i:], '\n')
		if n < 0 {
			return t
		}
		i += n + 1
		t.lines = append(t.lines, i)
	}
}

// Position gives the line and the column (both from 1, columns in Unicode code
// points) of a byte offset. An offset beyond the end is the end.
func (t *Text) Position(offset int) diag.Position {
	offset = max(0, min(offset, len(t.data)))
	line := sort.SearchInts(t.lines, offset+1) - 1
	return diag.Position{Line: line + 1, Column: utf8.RuneCount(t.data[t.lines[line]:offset]) + 1}
}

// Span gives the positions of the bytes [start, end).
func (t *Text) Span(start, end int) diag.Span {
	return diag.Span{Start: t.Position(start), End: t.Position(max(start, end))}
}

// Line gives the text of a line (from 1) without its line break.
func (t *Text) Line(line int) (string, bool) {
	if line < 1 || line > len(t.lines) {
		return "", false
	}
	end := len(t.data)
	if line < len(t.lines) {
		end = t.lines[line] - 1
	}
	return string(bytes.TrimSuffix(t.data[t.lines[line-1]:end], []byte("\r"))), true
}
