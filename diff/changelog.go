package diff

import (
	"fmt"
	"strings"

	"golang.org/x/mod/semver"
)

// maxChangelog is the most bytes of details in the section of one version: a
// release that adds a hundred thousand records must not make a changelog that
// nobody can open.
const maxChangelog = 40_000

// Published is what the section of a version says beside the difference.
type Published struct {
	Version    string // as in dataset.json
	ReleasedOn string // YYYY-MM-DD; empty: not released
	Notes      string // Markdown that people wrote; empty: none
	Approved   string // why a smaller step than is called for was allowed; empty: it was not
}

// Count is a number of records of a kind.
type Count struct {
	Kind string
	N    int
}

func (p Published) begin(b *strings.Builder) {
	date := p.ReleasedOn
	if date == "" {
		date = "not released"
	}
	fmt.Fprintf(b, "## %s - %s\n", p.Version, date)
}

func (p Published) notes(b *strings.Builder) {
	if notes := strings.Trim(p.Notes, "\n"); notes != "" {
		b.WriteString("\n### Notes\n\n" + notes + "\n")
	}
}

// FirstSection is the section of a changelog about the first release: as there is
// nothing to compare it with, it says how many records there are.
func FirstSection(p Published, counts []Count) string {
	var b strings.Builder
	p.begin(&b)
	b.WriteString("\nThe first release")
	total := 0
	for _, c := range counts {
		total += c.N
	}
	fmt.Fprintf(&b, ", with %s.\n", plural(total, "record"))
	p.notes(&b)
	if total > 0 {
		b.WriteString("\n### Records\n\n")
	}
	for _, c := range counts {
		if c.N > 0 {
			fmt.Fprintf(&b, "- %s: %d\n", codeSpan(c.Kind), c.N)
		}
	}
	return b.String()
}

// Section is the section of a changelog about the version of NEW, which comes
// after that of OLD: the step and why, the notes, numbers, and the details,
// folded. All text of the datasets stands in code spans. The notes are taken as
// they are. Every heading is of the third level, but the first one.
func (d *Diff) Section(p Published) string {
	var b strings.Builder
	p.begin(&b)
	d.stepWords(&b, p)
	p.notes(&b)
	sections := d.changelogSections()
	if len(sections) == 0 && len(d.NotCompared) == 0 {
		return b.String()
	}
	b.WriteString("\n### Changes\n\n")
	for i, s := range sections {
		b.WriteString("- " + s.title + "\n")
		if i > 0 || len(d.Records) == 0 {
			continue
		}
		for _, line := range d.recordCounts() {
			b.WriteString("  - " + line + "\n")
		}
	}
	for _, s := range d.NotCompared {
		b.WriteString("- not compared: " + codeSpan(s) + "\n")
	}
	var body strings.Builder
	var cut cuts
	for i, limit := range shares(sections, maxChangelog) {
		text, missing := markdownSection(sections[i], limit)
		body.WriteString(text)
		cut.add(sections[i], missing)
	}
	fmt.Fprintf(&b, "\nOLD is %s, NEW is %s.", d.Old.Version, d.New.Version)
	if cut.lines > 0 {
		fmt.Fprintf(&b, " %s are left out below; `stemma diff` of the two releases shows all.", cut.words())
	}
	return b.String() + "\n" + body.String()
}

// stepWords says in a sentence which step this is, and why.
func (d *Diff) stepWords(b *strings.Builder, p Published) {
	v := d.Version
	if d.Empty() || len(v.Reasons) == 0 {
		b.WriteString("\nNothing changed since " + d.Old.Version)
		if len(d.NotCompared) > 0 {
			b.WriteString(" in what was compared")
		}
		b.WriteString(", but the number and the date.\n")
		return
	}
	fmt.Fprintf(b, "\n%s after %s. By the Version recipe of Data Package the largest change is %s", stepBetween(d.Old.Version, d.New.Version), d.Old.Version, v.Change)
	if v.Step != v.Change {
		b.WriteString("; below 1.0.0 that calls for")
	} else {
		b.WriteString(", which calls for")
	}
	fmt.Fprintf(b, " a %s step", v.Step)
	if v.Least != "" {
		fmt.Fprintf(b, ": %s or later", v.Least)
	}
	switch {
	case p.Approved != "":
		b.WriteString("; less was allowed: " + codeSpan(p.Approved))
	case !v.Enough:
		b.WriteString("; this version is below it")
	}
	b.WriteString(".\n\n")
	for _, r := range v.Reasons {
		fmt.Fprintf(b, "- %s: %s\n", r.Change, r.Text)
	}
}

// stepBetween names the step that was made.
func stepBetween(old, now string) string {
	a, b := "v"+core(old), "v"+core(now)
	switch {
	case semver.Compare(a, b) >= 0:
		return "No step"
	case semver.Major(a) != semver.Major(b):
		return "A major step"
	case semver.MajorMinor(a) != semver.MajorMinor(b):
		return "A minor step"
	}
	return "A patch step"
}

// changelogSections gives everything that differs: what is in the data first,
// then its form, then what follows from both.
func (d *Diff) changelogSections() (out []section) {
	described := *d
	if d.Dataset != nil { // of two versions these always differ
		one := *d.Dataset
		if one.Fields = ofDataset(one.Fields); len(one.Fields) > 0 || one.OldFile != "" {
			described.Dataset = &one
		} else {
			described.Dataset = nil
		}
	}
	all := []section{d.recordSection(), d.tableSection(), d.schemaSection(), d.policySection(), d.questionSection(), described.datasetSection(), d.layoutSection()}
	for _, s := range all {
		if s.title != "" {
			out = append(out, s)
		}
	}
	return out
}

// recordCounts counts what happened to records, a line for each kind.
func (d *Diff) recordCounts() (lines []string) {
	for i := 0; i < len(d.Records); {
		kind := d.Records[i].Kind
		n := map[string]int{}
		for ; i < len(d.Records) && d.Records[i].Kind == kind; i++ {
			n[d.Records[i].Change]++
		}
		lines = append(lines, counts(codeSpan(kind), n, recordChanges...))
	}
	return lines
}
