package validate

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// Notes about a release are copied into the changelog as they are. They must
// leave the page around them alone: its headings, by which the versions are
// found, and what a browser would take for markup. That is looked for line by
// line, so that nothing depends on which Markdown reads them; a fence at the
// beginning of a line is where all of them agree, and so code may hold anything.
var (
	headingLine   = regexp.MustCompile(`^ {0,3}#{1,3}([ \t]|$)`)
	underline     = regexp.MustCompile(`^ {0,3}(=+|-+)[ \t]*$`)
	anyFence      = regexp.MustCompile("^[ \t>*+-]*([0-9]+[.)][ \t]+)?(`{3,}|~{3,})")
	fenceAtStart  = regexp.MustCompile("^(`{3,}|~{3,})[^`]*$")
	htmlMarkup    = regexp.MustCompile(`<[A-Za-z/!?]`)
	plainAutolink = regexp.MustCompile(`<(https?://|mailto:)[^<>\s]*>`)
)

const notesHelp = "the notes stand below a heading of the third level in CHANGELOG.md: "

// notesMarkup reports what would break the changelog.
func notesMarkup(snap *dataset.Snapshot) (list diag.List) {
	for _, f := range snap.Notes {
		n := notesReader{file: f}
		at := 0
		for line := range strings.Lines(string(f.Data)) {
			n.line(at, strings.TrimRight(line, "\r\n"), strings.HasSuffix(line, "\r\n"))
			at += len(line)
		}
		if n.fence != "" {
			n.report(n.fenceAt, n.fenceAt+len(n.fence), "this code has no end", "end it with a line "+n.fence)
		}
		list = append(list, n.list...)
	}
	return list
}

type notesReader struct {
	file    *dataset.File
	list    diag.List
	before  string // the line before, if it is text
	fence   string // what the code began with; empty: it is no code
	fenceAt int
}

func (n *notesReader) report(start, end int, message, help string) {
	n.list = append(n.list, n.file.Diagnose(nil, strictjson.Problem{Code: diag.NotesMarkup, Start: start, End: end, Message: message, Help: help}))
}

func (n *notesReader) line(at int, s string, windows bool) {
	whole := func(message, help string) { n.report(at, at+len(s), message, help) }
	if windows {
		whole("this line ends in CR LF", "end lines in LF alone, as all files of a release do")
		return
	}
	for i, r := range s {
		if r == utf8.RuneError || (!unicode.IsPrint(r) && r != '\t') {
			n.report(at+i, at+i+1, fmt.Sprintf("the character %U is invisible, or no character", r), "delete it")
			return
		}
	}
	if n.fence != "" {
		if closing := strings.TrimRight(s, " \t"); strings.HasPrefix(closing, n.fence) && strings.Trim(closing, n.fence[:1]) == "" {
			n.fence = ""
		}
		return
	}
	previous := n.before
	n.before = s
	switch open := fenceAtStart.FindStringSubmatch(s); {
	case open != nil:
		n.fence, n.fenceAt, n.before = open[1], at, ""
		return
	case anyFence.MatchString(s):
		whole("code is fenced inside of something else", "begin the fence at the beginning of the line")
	case headingLine.MatchString(s):
		whole("this heading is above the one that the notes stand under", notesHelp+"use the fourth level or a deeper one, or make the line bold")
	case underline.MatchString(s) && strings.TrimSpace(previous) != "":
		whole("this line makes a heading of the one before it", notesHelp+"leave a blank line between, or use a heading of the fourth level")
	}
	text := plainAutolink.ReplaceAllStringFunc(s, func(link string) string { return strings.Repeat(" ", len(link)) })
	if m := htmlMarkup.FindStringIndex(text); m != nil {
		n.report(at+m[0], at+m[1], "this is HTML, and notes are Markdown", "write &lt; for the character <, or fence the code")
	}
}
