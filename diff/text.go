package diff

import (
	"bufio"
	"io"
	"strings"
)

// Text writes the difference for people at a terminal. Its words may change;
// programs read JSON.
func (d *Diff) Text(w io.Writer) error {
	out := bufio.NewWriter(w)
	put := func(indent int, words []any) {
		text := strings.Repeat("  ", indent) + plain(words)
		out.WriteString(strings.TrimRight(text, " ") + "\n") // errors are kept until Flush
	}
	put(0, d.titleWords())
	switch {
	case d.Empty() && len(d.NotCompared) > 0:
		put(0, []any{"no difference in what was compared"})
	case d.Empty():
		put(0, []any{"no difference"})
	default:
		head, reasons := d.verdictLines()
		put(0, head.words)
		for _, r := range reasons {
			put(1, r.words)
		}
	}
	for _, s := range d.NotCompared {
		put(0, []any{"not compared: ", code(s)})
	}
	for _, s := range d.sections() {
		put(0, nil)
		put(0, []any{s.title})
		for _, l := range s.lines {
			put(l.depth+1, l.words)
		}
	}
	return out.Flush()
}

func (d *Diff) titleWords() []any {
	return []any{code(d.Old.Name), " (", code(d.Old.Dataset), " ", code(d.Old.Version), ") → ", code(d.New.Name), " (", code(d.New.Dataset), " ", code(d.New.Version), ")"}
}

func plain(words []any) string {
	var b strings.Builder
	for _, w := range words {
		switch w := w.(type) {
		case code:
			b.WriteString(visible(string(w), maxShown))
		case string:
			b.WriteString(w)
		}
	}
	return b.String()
}
