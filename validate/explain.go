package validate

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"stemma/internal/diag"
)

// An example of a rule is a small dataset that breaks it, beside one that keeps
// it. Each file of testdata/rules is one, named by the code of its rule. It
// begins with what there is to say about the rule beyond its reason, in
// Markdown; then follow, each after a line "-- name --", files:
//
//	both/…  of both datasets
//	err/…   of the one that breaks the rule
//	ok/…    of the one that keeps it
//	texts/… texts of sources
//	want    the findings in the first, as diag.TextPrinter writes them
//
// What an explanation shows of a file stands between the lines ">>>" and "<<<",
// which are no part of it. \xNN is a byte. A dataset without a dataset.json of
// its own adds its files to testdata/domain/base.
//
//go:embed testdata/rules/*.txtar
var exampleFiles embed.FS

// Explanation is what there is to say about a rule. Bad, Finding and Good are
// excerpts of its example; all are empty where it has none.
type Explanation struct {
	diag.Rule
	Note    string // more about the rule, in Markdown; may be empty
	Bad     string // what breaks the rule
	Finding string // what stemma says about it
	Good    string // what keeps the rule
}

// Explain gives the explanation of a code; ok is false if the catalogue does not
// list it.
func Explain(code diag.Code) (e Explanation, ok bool) {
	rule, ok := diag.Lookup(code)
	if !ok {
		return Explanation{}, false
	}
	e.Rule = rule
	data, err := fs.ReadFile(exampleFiles, examplePath(code))
	if err != nil {
		return e, true
	}
	x := parseExample(string(data))
	e.Note = strings.TrimSpace(x.note)
	e.Bad, e.Good = x.excerpts()
	e.Finding = x.want
	return e, true
}

func examplePath(code diag.Code) string { return path.Join("testdata/rules", string(code)+".txtar") }

// example is a parsed file of testdata/rules.
type example struct {
	note, want string
	files      []exampleFile
}

type exampleFile struct{ name, text string }

// parseExample reads the sections of an example. The format is that of txtar.
func parseExample(text string) example {
	var x example
	section := &x.note
	for _, line := range strings.SplitAfter(text, "\n") {
		name, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "-- ")
		if name, isName := strings.CutSuffix(name, " --"); ok && isName {
			if name == wantSection {
				section = &x.want
				continue
			}
			x.files = append(x.files, exampleFile{name: name})
			section = &x.files[len(x.files)-1].text
			continue
		}
		*section += line
	}
	return x
}

const wantSection = "want"

const (
	excerptBegins = ">>>\n"
	excerptEnds   = "<<<\n"
)

// excerpts gives the marked parts of both datasets. The names of files stand
// above them where it is not one file that both have.
func (x *example) excerpts() (bad, good string) {
	badNames, badParts := x.marked("err/")
	goodNames, goodParts := x.marked("ok/")
	if len(badNames) == 1 && slices.Equal(badNames, goodNames) {
		return badParts[0], goodParts[0]
	}
	return withNames(badNames, badParts), withNames(goodNames, goodParts)
}

// marked gives the marked parts of the files below a folder, each with the name
// of its file.
func (x *example) marked(folder string) (names, parts []string) {
	for _, f := range x.files {
		name, ok := strings.CutPrefix(f.name, folder)
		if !ok {
			continue
		}
		for text := f.text; ; {
			_, rest, begins := strings.Cut(text, excerptBegins)
			if !begins {
				break
			}
			part, after, _ := strings.Cut(rest, excerptEnds)
			names, parts, text = append(names, name), append(parts, outdent(part)), after
		}
	}
	return names, parts
}

func withNames(names, parts []string) string {
	var b strings.Builder
	for i, part := range parts {
		switch {
		case i == 0:
			fmt.Fprintf(&b, "%s\n", names[i])
		case names[i] != names[i-1]:
			fmt.Fprintf(&b, "\n%s\n", names[i])
		default:
			b.WriteString("…\n")
		}
		b.WriteString(part)
	}
	return b.String()
}

// outdent takes away the white space that all lines begin with.
func outdent(text string) string {
	lines := strings.SplitAfter(text, "\n")
	least := -1
	for _, line := range lines {
		if indent := len(line) - len(strings.TrimLeft(line, " ")); strings.TrimSpace(line) != "" && (least < 0 || indent < least) {
			least = indent
		}
	}
	for i, line := range lines {
		lines[i] = line[min(max(least, 0), len(line)-len(strings.TrimLeft(line, " "))):]
	}
	return strings.Join(lines, "")
}
