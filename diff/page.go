package diff

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// code is text of the datasets or the command line: it may be hostile. Each
// printer makes it harmless in its own way; strings are stemma's own words.
type code string

// line is one line of a section. Its words are strings and codes.
type line struct {
	depth int
	words []any
}

// section is one part of a report.
type section struct {
	title string // with the numbers
	lines []line
}

func (s *section) add(depth int, words ...any) { s.lines = append(s.lines, line{depth, words}) }

// sections gives everything that differs, in the order of what readers ask
// first.
func (d *Diff) sections() []section {
	all := []section{d.questionSection(), d.tableSection(), d.schemaSection(), d.policySection(), d.recordSection(), d.datasetSection(), d.besideSection(), d.layoutSection()}
	var out []section
	for _, s := range all {
		if s.title != "" {
			out = append(out, s)
		}
	}
	return out
}

// counts writes "questions: 2 added, 1 changed", the words in the given order;
// "table added" becomes "2 tables added".
func counts(noun string, n map[string]int, words ...string) string {
	var parts []string
	for _, w := range words {
		if n[w] > 0 {
			what, rest, noun := strings.Cut(w, " ")
			if noun = noun && slices.Contains([]string{"table", "column", "file"}, what); noun {
				parts = append(parts, plural(n[w], what)+" "+rest)
			} else {
				parts = append(parts, fmt.Sprintf("%d %s", n[w], w))
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return noun + ": " + strings.Join(parts, ", ")
}

func (d *Diff) questionSection() (s section) {
	n := map[string]int{"with other claims and the same classes": d.OtherQuestions}
	if len(d.Questions) > 0 {
		s.add(0, "the classes of both sides were computed by this stemma, from each side's own records and policy; an old release may have published none")
		s.add(0, d.classWords()...)
	}
	for _, q := range d.questionsForPeople() {
		n[q.Change]++
		words := []any{q.Change, " ", code(q.ID)}
		for _, p := range q.Parts {
			words = append(words, " ", p.Name, " ", code(p.Value))
		}
		s.add(0, words...)
		if q.Old.Value == q.Old.Agreement && q.New.Value == q.New.Agreement {
			s.classes("both classes", q.Old.Value, q.New.Value)
		} else {
			s.classes("value_class", q.Old.Value, q.New.Value)
			s.classes("agreement_class", q.Old.Agreement, q.New.Agreement)
		}
		if len(q.Because) == 0 {
			s.add(1, "no claim of it changed: the policy did, or the rules")
		}
		for _, c := range q.Because {
			words := []any{"because ", code(c.Key)}
			if c.Derivation != "" {
				words = append(words, " (", code(c.Derivation), ")")
			}
			s.add(1, append(words, " is ", strings.ReplaceAll(c.Change, "_", " "))...)
			for _, cell := range c.Cells {
				s.add(2, cell.Column, ": ", code(cell.Old), " → ", code(cell.New))
			}
		}
	}
	s.title = counts("questions", n, Changed, Added, Removed, "with other claims and the same classes")
	return s
}

// classWords counts the questions that changed or are new by the class with
// denials that they have now, the most frequent first.
func (d *Diff) classWords() []any {
	n := map[string]int{}
	for _, q := range d.Questions {
		if q.Change != Removed {
			n[q.New.Agreement]++
		}
	}
	classes := slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(n[b]-n[a], strings.Compare(a, b)) })
	words := []any{"of the changed and added, by agreement_class:"}
	if len(classes) == 0 {
		words = []any{"all of these are gone"}
	}
	for i, class := range classes {
		if i > 0 {
			words = append(words, ",")
		}
		words = append(words, fmt.Sprintf(" %d now ", n[class]), code(class))
	}
	return words
}

// questionsForPeople puts what changed first and what is asked about the same
// things together; ids of questions are digests, whose order says nothing.
func (d *Diff) questionsForPeople() []Question {
	rank := map[string]int{Changed: 0, Removed: 1, Added: 2}
	out := slices.Clone(d.Questions)
	slices.SortStableFunc(out, func(a, b Question) int {
		return cmp.Or(rank[a.Change]-rank[b.Change], slices.CompareFunc(a.Parts, b.Parts, func(p, q Part) int {
			return cmp.Or(strings.Compare(p.Name, q.Name), strings.Compare(p.Value, q.Value))
		}))
	})
	return out
}

func (s *section) classes(name, old, now string) {
	switch {
	case old == "":
		s.add(1, name, ": ", code(now))
	case now == "":
		s.add(1, name, ", until now: ", code(old))
	case old != now:
		s.add(1, name, ": ", code(old), " → ", code(now))
	}
}

func (d *Diff) tableSection() (s section) {
	n := map[string]int{}
	for _, c := range d.Tables {
		what, name := "table ", c.Table
		if c.Column != "" {
			what, name = "column ", c.Table+"."+c.Column
		}
		n[what+c.Change]++
		words := []any{what, code(name), " ", c.Change}
		switch {
		case c.Change == Reordered:
			words = append(words, ": its columns are in another order")
		case c.OldType != "" && c.NewType != "":
			words = append(words, ": ", code(c.OldType), " → ", code(c.NewType))
		case c.OldType+c.NewType != "":
			words = append(words, ": ", code(c.OldType+c.NewType))
		}
		s.add(0, words...)
	}
	var order []string
	for _, what := range []string{"table ", "column "} {
		for _, change := range []string{Added, Removed, Retyped, Reordered} {
			order = append(order, what+change)
		}
	}
	s.title = counts("tables", n, order...)
	return s
}

func (d *Diff) schemaSection() (s section) {
	n := map[string]int{}
	for i := range d.Schemas {
		doc := &d.Schemas[i]
		if doc.Effect != "" {
			n["file "+doc.Change]++
		}
		for _, f := range doc.Fields {
			n[f.Effect]++
		}
		if doc.Change == Moved || doc.Change == Unreadable {
			n["file "+doc.Change]++
		}
		s.document(doc)
	}
	s.title = counts("schemas", n, Tightened, Unclear, Loosened, Shape, Wording, Unused, "file "+Added, "file "+Removed, "file "+Moved, "file "+Unreadable)
	return s
}

func (d *Diff) policySection() (s section) {
	if d.Policy != nil {
		s.title = "policy: " + d.Policy.Change
		if len(d.Policy.Fields) > 0 {
			s.title = "policy: " + plural(len(d.Policy.Fields), "value")
		}
		s.document(d.Policy)
	}
	return s
}

func (d *Diff) datasetSection() (s section) {
	if d.Dataset != nil {
		s.title = fmt.Sprintf("dataset.json: %s", plural(len(d.Dataset.Fields), "value"))
		s.document(d.Dataset)
	}
	return s
}

func (s *section) document(doc *Document) {
	words := []any{code(doc.File), " ", doc.Change}
	if doc.OldFile != "" {
		words = append(words, ", was ", code(doc.OldFile))
	}
	s.add(0, words...)
	s.fields(doc.Fields)
}

func (s *section) fields(fields []Field) {
	for _, f := range fields {
		words := []any{f.Change, " ", code(f.Pointer)}
		if f.OldPointer != "" {
			words = append(words, " (was ", code(f.OldPointer), ")")
		}
		if f.Effect != "" {
			words = append(words, " [", f.Effect, "]")
		}
		words = append(words, fmt.Sprintf(" line %d: ", f.Line))
		switch f.Change {
		case Changed:
			words = append(words, code(f.Old), " → ", code(f.New))
		default:
			words = append(words, code(f.Old+f.New))
		}
		s.add(1, words...)
	}
}

func (d *Diff) recordSection() (s section) {
	n := map[string]int{}
	for _, r := range d.Records {
		n[r.Change]++
		words := []any{r.Change, " ", code(r.Kind)}
		if r.ID != "" {
			words = append(words, " ", code(r.ID))
		}
		words = append(words, " ", code(fmt.Sprintf("%s:%d", r.File, r.Line)))
		if r.Change == Vanished {
			words = append(words, " in OLD")
		}
		if r.OldFile != "" {
			words = append(words, ", was in ", code(r.OldFile))
		}
		switch {
		case r.Into != "":
			words = append(words, " into ", code(r.Into))
		case r.Reason != "":
			words = append(words, ": ", code(r.Reason))
		case r.Now != "":
			words = append(words, "; NEW has a record of the kind ", code(r.Now), " with this id")
		}
		s.add(0, words...)
		s.fields(r.Fields)
	}
	s.title = counts("records", n, recordChanges...)
	return s
}

// recordChanges is the order in which changes of records are counted.
var recordChanges = []string{Added, Changed, Withdrawn, Merged, Reinstated, Vanished, Moved, Unreadable, Repaired}

func (d *Diff) besideSection() (s section) {
	for _, file := range d.Beside {
		s.add(0, code(file))
	}
	if len(d.Beside) > 0 {
		s.title = fmt.Sprintf("approvals and notes: %s", plural(len(d.Beside), "file"))
	}
	return s
}

func (d *Diff) layoutSection() (s section) {
	for _, file := range d.Layout {
		s.add(0, code(file))
	}
	if len(d.Layout) > 0 {
		s.title = fmt.Sprintf("layout only: %s", plural(len(d.Layout), "file"))
	}
	return s
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// verdictLines say what version is called for, and why.
func (d *Diff) verdictLines() (head line, reasons []line) {
	v := d.Version
	head.words = []any{"calls for no new version"}
	if v.Change != None {
		head.words = []any{fmt.Sprintf("calls for a %s step", v.Step)}
		if v.Step != v.Change {
			head.words = append(head.words, fmt.Sprintf(" (a %s change, below 1.0.0)", v.Change))
		}
		switch {
		case v.Least == "":
			head.words = append(head.words, " after the last release: OLD is between releases")
		case v.Enough:
			head.words = append(head.words, ": ", code(v.Least), " or later; NEW is ", code(d.New.Version))
		default:
			head.words = append(head.words, ": ", code(v.Least), " or later, but NEW is ", code(d.New.Version))
		}
	}
	for _, r := range v.Reasons {
		reasons = append(reasons, line{0, []any{r.Change.String(), ": ", r.Text}})
	}
	return head, reasons
}

// maxShown is the number of characters of a value that people are shown; JSON
// has it all.
const maxShown = 240

// visible makes a text fit for a line: what a terminal or a page would obey or
// hide is escaped, and what is very long is cut.
func visible(s string, limit int) string {
	var b strings.Builder
	shown := 0
	for _, r := range s {
		if shown == limit {
			fmt.Fprintf(&b, "… (%d characters)", utf8.RuneCountInString(s))
			break
		}
		shown++
		if unicode.IsPrint(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u{%x}`, r)
		}
	}
	return b.String()
}
