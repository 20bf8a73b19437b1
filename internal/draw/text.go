package draw

import (
	"bufio"
	"io"
	"strings"

	"stemma/internal/diag"
)

// Style is how a text stands out. Nothing may depend on it: without colour all
// styles look alike.
type Style uint8

// The styles.
const (
	Plain Style = iota
	Bold
	Dim
	Red
	Green
	Yellow
	Blue
	Magenta
	Cyan
)

// The parameters of SGR (ECMA-48).
var sgr = [...]string{Bold: "1", Dim: "2", Red: "1;31", Green: "32", Yellow: "1;33", Blue: "34", Magenta: "35", Cyan: "36"}

// cell is what stands in one or more columns.
type cell struct {
	text  string
	width int
	style Style
}

// Line is one line of styled text. The zero Line is empty.
type Line struct {
	cells []cell
	width int
}

// Text makes a line of a text in one style. The text may come from anybody.
func Text(style Style, text string) Line {
	var l Line
	l.Add(style, text)
	return l
}

// Add appends a text, made harmless, and gives the line.
func (l *Line) Add(style Style, text string) *Line {
	for _, c := range diag.Cells(text) {
		l.put(cell{c.Text, c.Width, style})
	}
	return l
}

func (l *Line) put(c cell) {
	l.cells = append(l.cells, c)
	l.width += c.width
}

// Append appends another line.
func (l *Line) Append(more Line) *Line {
	l.cells = append(l.cells, more.cells...)
	l.width += more.width
	return l
}

// PadTo adds spaces until the line has a width.
func (l *Line) PadTo(width int) *Line {
	for l.width < width {
		l.put(cell{" ", 1, Plain})
	}
	return l
}

// Width is the number of columns.
func (l Line) Width() int { return l.width }

// Cut gives the line, shortened to a width if it is wider; it then ends in "…".
func (l Line) Cut(width int) Line {
	if l.width <= width {
		return l
	}
	var out Line
	style := Plain
	for _, c := range l.cells {
		if out.width+c.width > width-1 {
			break
		}
		out.put(c)
		style = c.style
	}
	if width > 0 {
		out.put(cell{"…", 1, style})
	}
	return out
}

// Wrap breaks a line at its spaces into lines no wider than width. A word that
// is too wide for a line is broken.
func (l Line) Wrap(width int) []Line {
	if l.width <= width {
		return []Line{l}
	}
	var out []Line
	var current, word Line
	flush := func() {
		if current.width+word.width > width && current.width > 0 {
			out = append(out, current.trimmed())
			current = Line{}
		}
		for _, c := range word.cells {
			if current.width+c.width > width {
				out = append(out, current)
				current = Line{}
			}
			current.put(c)
		}
		word = Line{}
	}
	for i, c := range l.cells {
		separator := i+1 < len(l.cells) && l.cells[i+1].text == "·" // stays with the word before it
		if c.text != " " || separator {
			word.put(c)
			continue
		}
		flush()
		if current.width > 0 && current.width < width {
			current.put(c)
		}
	}
	flush()
	if rest := current.trimmed(); rest.width > 0 || len(out) == 0 {
		out = append(out, rest)
	}
	return out
}

// trimmed gives the line without spaces at its end.
func (l Line) trimmed() Line {
	for len(l.cells) > 0 && l.cells[len(l.cells)-1].text == " " {
		l.cells = l.cells[:len(l.cells)-1]
		l.width--
	}
	return l
}

// Printer writes lines.
type Printer struct {
	w     *bufio.Writer
	color bool
}

// NewPrinter makes a printer. Flush ends it.
func NewPrinter(w io.Writer, color bool) *Printer { return &Printer{bufio.NewWriter(w), color} }

// Line writes a line without the spaces at its end.
func (p *Printer) Line(l Line) {
	l = l.trimmed()
	style := Plain
	for _, c := range l.cells {
		if c.style != style && p.color {
			if style != Plain {
				p.w.WriteString("\x1b[0m")
			}
			if c.style != Plain {
				p.w.WriteString("\x1b[" + sgr[c.style] + "m")
			}
			style = c.style
		}
		p.w.WriteString(c.text)
	}
	if style != Plain {
		p.w.WriteString("\x1b[0m")
	}
	p.w.WriteByte('\n')
}

// Lines writes lines behind an indent.
func (p *Printer) Lines(indent int, lines ...Line) {
	for _, l := range lines {
		whole := Text(Plain, strings.Repeat(" ", indent))
		p.Line(*whole.Append(l))
	}
}

// Flush writes what is left, and gives the first error of writing.
func (p *Printer) Flush() error { return p.w.Flush() }
