package diag

import "math"

// snippet is a source line as it is shown, and where the underline goes.
type snippet struct {
	text    string
	indent  int  // columns before the underline
	length  int  // columns of the underline, at least 1; 0: none
	clipped bool // the line is longer than what is shown
}

const (
	// snippetWidth is the number of columns shown of a source line, ellipses
	// not counted. It is fixed, so that a report does not depend on the
	// terminal.
	snippetWidth = 100
	// snippetBefore is how many of them stand before the span in a longer line.
	snippetBefore = snippetWidth / 3
	// snippetRunes is enough code points to fill the window on either side.
	snippetRunes = snippetWidth * (maxCluster + 2)
	// snippetTab is what a tab becomes. Its width is fixed, as a window may
	// begin anywhere.
	snippetTab = "    "
)

// cursor remembers how far into a line the code points were counted: findings
// are sorted, and counting from the start of a line of megabytes for each of
// its thousands of findings would take hours.
type cursor struct {
	file               string
	line, runes, bytes int
}

// seek gives the byte offset of the code point with index n (from 0) in a line,
// and the number of code points before it: fewer than n in a shorter line.
func (c *cursor) seek(file string, line int, text string, n int) (offset, runes int) {
	if c.file != file || c.line != line || n < c.runes || c.bytes > len(text) {
		*c = cursor{file: file, line: line}
	}
	end, skipped := skipRunes(text, c.bytes, n-c.runes)
	c.bytes, c.runes = end, c.runes+skipped
	return c.bytes, c.runes
}

// cut makes the snippet of a place whose first line has the given text. Of a
// span of several lines the part in the first line is underlined; a span that
// lies behind the end of the line gives a caret there.
func (c *cursor) cut(place Place, text string) snippet {
	start := max(place.Span.Start.Column, 1) - 1 // index of a code point
	offset, base := c.seek(place.File, place.Span.Start.Line, text, max(start-snippetRunes, 0))
	if base < start-snippetRunes { // the line ends before the span
		offset, base = c.seek(place.File, place.Span.Start.Line, text, max(base-snippetRunes, 0))
	}
	end, _ := skipRunes(text, offset, start-base+snippetRunes)
	shown := cells(text[offset:end], snippetTab)
	from, to := spanCells(shown, place.Span, start-base, base)
	lo, hi := window(shown, from)

	s := snippet{text: textOf(shown[lo:hi]), indent: widthOf(shown[lo:from])}
	if place.Span.Start.Column > 0 {
		s.length = max(widthOf(shown[from:max(from, min(to, hi))]), 1)
	}
	if base > 0 || lo > 0 {
		s.text, s.indent, s.clipped = "…"+s.text, s.indent+1, true
	}
	if end < len(text) || hi < len(shown) {
		s.text, s.clipped = s.text+"…", true
	}
	return s
}

// spanCells gives the cells that a span touches, as a half-open range; start is
// the index of its first code point in the cells, base that of the first
// cell's in the line.
func spanCells(shown []cell, span Span, start, base int) (from, to int) {
	end := start
	switch {
	case span.End.Line > span.Start.Line:
		end = math.MaxInt
	case span.End.Line == span.Start.Line:
		end = span.End.Column - 1 - base
	}
	runes := 0
	for from < len(shown) && runes+shown[from].runes <= start {
		runes += shown[from].runes
		from++
	}
	for to = from; to < len(shown) && runes < end; to++ {
		runes += shown[to].runes
	}
	return from, to
}

// window chooses the cells to show, as a half-open range: all of a short line,
// else some before the span, and the rest from its start on.
func window(shown []cell, from int) (lo, hi int) {
	lo, hi = from, from
	used := 0
	left := func(limit int) {
		for lo > 0 && used+shown[lo-1].width <= limit {
			lo--
			used += shown[lo].width
		}
	}
	left(snippetBefore)
	for hi < len(shown) && used+shown[hi].width <= snippetWidth {
		used += shown[hi].width
		hi++
	}
	left(snippetWidth)
	return lo, hi
}
