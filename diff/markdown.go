package diff

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// MaxMarkdown is the most bytes that Markdown writes: GitHub refuses comments of
// more than 65,536 characters.
const MaxMarkdown = 60_000

// Markdown writes the difference for a comment on a pull request: a summary,
// then the details, folded. All text of the datasets stands in code spans, where
// no markup, mention or link has a meaning. What goes beyond the limit is cut,
// and the summary says how much.
func (d *Diff) Markdown(w io.Writer) error {
	sections := d.sections()
	head := d.markdownHead(sections)
	const note = 400 // bytes at most of the note on what is cut
	var body strings.Builder
	var cut cuts
	for i, limit := range shares(sections, MaxMarkdown-len(head)-note) {
		text, missing := markdownSection(sections[i], limit)
		body.WriteString(text)
		cut.add(sections[i], missing)
	}
	if cut.lines > 0 {
		head += fmt.Sprintf("\nThis is cut: %s left out below. `stemma diff --format text` shows all of them.\n", cut.words())
	}
	_, err := io.WriteString(w, head+body.String())
	return err
}

func (d *Diff) markdownHead(sections []section) string {
	var b strings.Builder
	b.WriteString("### " + markdown(d.titleWords()) + "\n\n")
	switch {
	case d.Empty() && len(d.NotCompared) > 0:
		b.WriteString("No difference in what was compared.\n")
	case d.Empty():
		b.WriteString("No difference.\n")
	default:
		head, reasons := d.verdictLines()
		b.WriteString("This **" + markdown(head.words) + "**.\n\n")
		for _, r := range reasons {
			b.WriteString("- " + markdown(r.words) + "\n")
		}
	}
	for i, s := range d.NotCompared {
		if i == 0 {
			b.WriteString("\n")
		}
		b.WriteString("- not compared: " + markdown([]any{code(s)}) + "\n")
	}
	if len(sections) > 0 {
		b.WriteString("\n")
	}
	for _, s := range sections {
		b.WriteString("- " + s.title + "\n")
	}
	return b.String()
}

// shares gives each section its part of a number of bytes: the short ones all that
// they need, the others equal parts of what is left.
func shares(sections []section, left int) []int {
	needs, order := make([]int, len(sections)), make([]int, len(sections))
	for i, s := range sections {
		text, _ := markdownSection(s, math.MaxInt)
		needs[i], order[i] = len(text)+sectionNote, i
	}
	slices.SortStableFunc(order, func(a, b int) int { return needs[a] - needs[b] })
	out := make([]int, len(sections))
	for k, i := range order {
		out[i] = min(needs[i], left/(len(order)-k))
		left -= out[i]
	}
	return out
}

// cuts counts the lines that did not fit, and in which sections.
type cuts struct {
	lines int
	parts []string
}

func (c *cuts) add(s section, missing int) {
	if missing == 0 {
		return
	}
	name, _, _ := strings.Cut(s.title, ":")
	c.lines += missing
	c.parts = append(c.parts, fmt.Sprintf("%d of %s", missing, name))
}

// words are "22 lines (20 of questions, 2 of records)".
func (c *cuts) words() string {
	return plural(c.lines, "line") + " (" + strings.Join(c.parts, ", ") + ")"
}

// sectionNote is the number of bytes at most of the note on what is cut.
const sectionNote = 60

// markdownSection gives a folded list of at most limit bytes, and the number of
// lines that did not fit.
func markdownSection(s section, limit int) (text string, missing int) {
	if len(s.lines) == 0 {
		return "", 0
	}
	var b strings.Builder
	b.WriteString("\n<details><summary>" + s.title + "</summary>\n\n")
	const end = "\n</details>\n"
	for i, l := range s.lines {
		text := strings.Repeat("  ", l.depth) + "- " + markdown(l.words) + "\n"
		if b.Len()+len(text)+sectionNote+len(end) > limit {
			missing = len(s.lines) - i
			fmt.Fprintf(&b, "- … and %s more\n", plural(missing, "line"))
			break
		}
		b.WriteString(text)
	}
	b.WriteString(end)
	return b.String(), missing
}

func markdown(words []any) string {
	var b strings.Builder
	for _, w := range words {
		switch w := w.(type) {
		case code:
			b.WriteString(codeSpan(string(w)))
		case string:
			b.WriteString(w)
		}
	}
	return b.String()
}

// codeSpan fences a text with more backticks than it has in a row. A space on
// both sides, which Markdown takes away again, keeps its own backticks and
// spaces apart from the fence.
func codeSpan(s string) string {
	s = visible(s, maxShown)
	if s == "" {
		return "(empty)"
	}
	longest, run := 0, 0
	for _, r := range s {
		if run++; r != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if strings.Trim(s, " ") == "" {
		s = fmt.Sprintf("%q", s)
	}
	if s[0] == '`' || s[0] == ' ' || s[len(s)-1] == '`' || s[len(s)-1] == ' ' {
		s = " " + s + " "
	}
	return fence + s + fence
}
