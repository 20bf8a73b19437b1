package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"stemma/internal/cli"
)

var (
	linkPattern    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	headingPattern = regexp.MustCompile(`(?m)^#+ (.+)$`)
	drawingPattern = regexp.MustCompile("(?ms)^```console\n\\$ stemma (disagreement [^\n]*)\n(.*?)^```$")
)

// shownPages gives the pages for readers, by file.
func shownPages(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(repository, "docs", "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	out := map[string]string{}
	for _, file := range append(files, filepath.Join(repository, "README.md"), filepath.Join(repository, "CONTRIBUTING.md")) {
		out[file] = readText(t, file)
	}
	return out
}

// What the pages show of stemma disagreement is what it prints.
func TestDocsDrawings(t *testing.T) {
	shown := 0
	for file, text := range shownPages(t) {
		for _, m := range drawingPattern.FindAllStringSubmatch(text, -1) {
			shown++
			var stdout, stderr strings.Builder
			a := &cli.App{Stdout: &stdout, Stderr: &stderr, Getenv: func(string) string { return "" }}
			status := a.Run(t.Context(), append([]string{"-C", repository}, strings.Fields(m[1])...))
			if status != cli.ExitClean || stdout.String() != m[2] {
				t.Errorf("%s: stemma %s (exit status %d) %s\n%s\nthe page has\n%s", file, m[1], status, stderr.String(), stdout.String(), m[2])
			}
		}
	}
	if shown == 0 {
		t.Error("no page shows what stemma disagreement prints")
	}
}

// The table at the top of the disagreements names every section once, and
// nothing else.
func TestDocsListEveryDisagreement(t *testing.T) {
	text := readText(t, filepath.Join(repository, "docs", "disagreements.md"))
	table, sections, _ := strings.Cut(text, "\n## ")
	var linked []string
	for _, m := range linkPattern.FindAllStringSubmatch(table, -1) {
		if fragment, ok := strings.CutPrefix(m[1], "#"); ok {
			linked = append(linked, fragment)
		}
	}
	if want := anchors("## " + sections); !slices.Equal(linked, want) || len(want) < 16 {
		t.Errorf("the table names\n%q\nthe sections are\n%q", linked, want)
	}
}

// Links in the pages and the README lead to files of the repository, and to
// headings that are there.
func TestDocsLinksResolve(t *testing.T) {
	for file, text := range shownPages(t) {
		for i, line := range strings.Split(text, "\n") {
			for _, m := range linkPattern.FindAllStringSubmatch(line, -1) {
				if strings.Contains(m[1], "://") {
					continue
				}
				target, fragment, _ := strings.Cut(m[1], "#")
				to := file
				if target != "" {
					to = filepath.Join(filepath.Dir(file), filepath.FromSlash(target))
				}
				if _, err := os.Stat(to); err != nil {
					t.Errorf("%s:%d: the link %s leads nowhere: %v", file, i+1, m[1], err)
				} else if fragment != "" && !slices.Contains(anchors(readText(t, to)), fragment) {
					t.Errorf("%s:%d: %s has no heading #%s", file, i+1, to, fragment)
				}
			}
		}
	}
}

func readText(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// anchors gives the names under which the headings of a page are linked:
// lower case, spaces as hyphens, without punctuation.
func anchors(text string) []string {
	var out []string
	for _, m := range headingPattern.FindAllStringSubmatch(text, -1) {
		out = append(out, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, m[1]))
	}
	return out
}
