package validate

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/golden"
)

// withoutExample are the rules that a small dataset cannot break, for the
// reason that is given. Every other rule of a group about records has an example.
var withoutExample = map[diag.Code]string{
	diag.JSONSize: "a record of 10 MiB", diag.FileSize: "a file of 1 GiB",
	diag.FileNotRegular: "a link", diag.FileUnreadable: "a file without rights", diag.FileName: "a name that not every system can write",
	diag.FormatLayout: "stemma fmt reports it, not validate",
	diag.ValueRule:    "no keyword that the schemas know is left for it",
	diag.IDReplaced:   "the records of the release before", diag.VersionStep: "the release before", diag.VersionOrder: "releases", diag.HistoryDiffers: "releases",
}

// TestExamples: each example's one dataset keeps its rule, and has no errors;
// the other one breaks it, and gives the report that the example says.
func TestExamples(t *testing.T) {
	for _, group := range diag.Groups()[:6] {
		for _, rule := range group.Rules {
			t.Run(string(rule.Code), func(t *testing.T) {
				t.Parallel()
				if _, excused := withoutExample[rule.Code]; excused {
					return
				}
				data, err := os.ReadFile(examplePath(rule.Code))
				if err != nil {
					t.Fatal("there is no example:", err)
				}
				checkExample(t, rule.Code, string(data))
			})
		}
	}
}

func checkExample(t *testing.T, code diag.Code, text string) {
	x := parseExample(text)
	for _, d := range x.run(t, "ok/").list {
		if d.Code == code || d.Severity == diag.Error {
			t.Errorf("the dataset that keeps the rule has a finding: %+v", d)
		}
	}
	broken := x.run(t, "err/")
	if !slices.ContainsFunc(broken.list, func(d diag.Diagnostic) bool { return d.Code == code }) {
		t.Errorf("nothing is found in the dataset that breaks the rule but:\n%s", broken.text)
	}
	if bad, good := x.excerpts(); strings.TrimSpace(bad) == "" || strings.TrimSpace(good) == "" {
		t.Error("nothing of the example is marked to be shown")
	}
	before, _, _ := strings.Cut(text, "-- "+wantSection+" --\n")
	golden.Check(t, examplePath(code), before+"-- "+wantSection+" --\n"+broken.findings())
}

// exampleReport is what was found in a dataset, as a list and as a person sees it.
type exampleReport struct {
	list diag.List
	text string
}

// findings is the text without the summary at its end, which counts the files
// of all schemas there are.
func (r exampleReport) findings() string {
	text := strings.TrimSuffix(r.text, "\n")
	return text[:strings.LastIndex(text, "\n")]
}

// run checks one of the two datasets of an example.
func (x *example) run(t *testing.T, side string) exampleReport {
	t.Helper()
	fsys, texts := x.dataset(t, side)
	snap, list, err := dataset.Load(context.Background(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	given, err := readTexts(texts)
	if err != nil {
		t.Fatal(err)
	}
	result, err := Run(context.Background(), snap, list, Options{Jobs: 1, Texts: given})
	if err != nil {
		t.Fatal(err)
	}
	line := func(file string, n int) (string, bool) {
		f := dataset.File{Path: file}
		if entry := fsys[file]; entry != nil {
			f.Data = entry.Data
		}
		return f.Text().Line(n)
	}
	var out strings.Builder
	report := diag.NewReport(result.Files, result.Records, result.Diagnostics, line)
	if err := (diag.TextPrinter{}).Print(&out, report); err != nil {
		t.Fatal(err)
	}
	return exampleReport{result.Diagnostics, out.String()}
}

var escapedByte = regexp.MustCompile(`\\x[0-9A-F]{2}`)

// dataset gives the files of one of the two datasets, and the texts.
func (x *example) dataset(t *testing.T, side string) (files, texts fstest.MapFS) {
	t.Helper()
	files, texts = fstest.MapFS{}, fstest.MapFS{}
	for _, f := range x.files {
		text := strings.NewReplacer(excerptBegins, "", excerptEnds, "").Replace(f.text)
		data := escapedByte.ReplaceAllStringFunc(text, func(s string) string {
			var b byte
			if _, err := fmt.Sscanf(s, `\x%02X`, &b); err != nil {
				t.Fatal(err)
			}
			return string([]byte{b})
		})
		switch name, isText := strings.CutPrefix(f.name, "texts/"); {
		case isText:
			texts[name] = &fstest.MapFile{Data: []byte(data)}
		default:
			for _, folder := range []string{"both/", side} {
				if name, ok := strings.CutPrefix(f.name, folder); ok {
					files[name] = &fstest.MapFile{Data: []byte(data)}
				}
			}
		}
	}
	if files["dataset.json"] == nil {
		for name, f := range edited(t, nil) {
			if files[name] == nil {
				files[name] = f
			}
		}
	} else if files["policy.json"] == nil {
		files["policy.json"] = edited(t, nil)["policy.json"]
	}
	return files, texts
}

// No example is left of a code that is gone.
func TestExamplesAreOfTheCatalogue(t *testing.T) {
	names, err := fs.Glob(exampleFiles, "testdata/rules/*")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		code := diag.Code(strings.TrimSuffix(strings.TrimPrefix(name, "testdata/rules/"), ".txtar"))
		if _, ok := diag.Lookup(code); !ok {
			t.Errorf("%s: there is no such code", name)
		}
		if reason, excused := withoutExample[code]; excused {
			t.Errorf("%s: there is an example, though it would need %s", name, reason)
		}
	}
}

func TestExplain(t *testing.T) {
	for _, rule := range diag.Catalogue() {
		e, ok := Explain(rule.Code)
		if !ok || e.Rule != rule || (e.Bad == "") != (e.Finding == "") || (e.Bad == "") != (e.Good == "") {
			t.Errorf("%s: %v, %+v", rule.Code, ok, e)
		}
		if e.Finding != "" && !strings.Contains(e.Finding, "["+string(rule.Code)+"]") {
			t.Errorf("%s: its finding is\n%s", rule.Code, e.Finding)
		}
	}
	if _, ok := Explain("no-such-code"); ok {
		t.Error("an unknown code is explained")
	}
}

func TestParseExample(t *testing.T) {
	x := parseExample("Note.\n-- ok/a --\n1\n>>>\n  2\n    3\n<<<\n-- ok/b --\n>>>\n4\n<<<\n5\n>>>\n6\n<<<\n-- err/a --\n>>>\n7\n<<<\n-- want --\nreport\n")
	if x.note != "Note.\n" || x.want != "report\n" || len(x.files) != 3 {
		t.Errorf("%+v", x)
	}
	bad, good := x.excerpts()
	if diff := cmp.Diff("a\n2\n  3\n\nb\n4\n…\n6\n", good); diff != "" {
		t.Error(diff)
	}
	if bad != "a\n7\n" {
		t.Errorf("%q", bad)
	}
	x = parseExample("-- ok/a --\n>>>\n 1\n<<<\n-- err/a --\n>>>\n2\n<<<\n")
	if bad, good := x.excerpts(); bad != "2\n" || good != "1\n" {
		t.Errorf("%q, %q", bad, good)
	}
}

// TestRulesPage: docs/rules.md is written from the catalogue and the examples.
func TestRulesPage(t *testing.T) { golden.Check(t, "../docs/rules.md", rulesPage(t)) }

const pageHead = `# Rules

What stemma asks of a dataset, rule by rule. Every finding names its rule by a code in brackets; a code never changes its meaning. This page is written from the catalogue and from the examples in validate/testdata/rules, which the tests run: what is shown here is what stemma says.

An **error** must be mended before a release can be built. A **warning** is for a person to judge: nothing may be wrong (` + "`--fail-on warning`" + ` makes it count). An error in dataset.json, in the policy or in a schema has exit status 2, since no record can be judged before it is mended; one in a record has 1.

`

func rulesPage(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(pageHead)
	for _, g := range diag.Groups() {
		var codes []string
		for _, r := range g.Rules {
			codes = append(codes, fmt.Sprintf("[%s](#%s)", r.Code, r.Code))
		}
		fmt.Fprintf(&b, "- %s: %s\n", g.Title, strings.Join(codes, ", "))
	}
	for _, g := range diag.Groups() {
		fmt.Fprintf(&b, "\n## %s\n", g.Title)
		for _, r := range g.Rules {
			e, _ := Explain(r.Code)
			severity := r.Severity.String()
			fmt.Fprintf(&b, "\n### %s\n\n**%s:** %s. %s\n", r.Code, strings.ToUpper(severity[:1])+severity[1:], r.Title, r.Why)
			if e.Note != "" {
				fmt.Fprintf(&b, "\n%s\n", e.Note)
			}
			if e.Bad != "" {
				fmt.Fprintf(&b, "\nThis breaks it:\n\n%s\nstemma says:\n\n%s\nThis keeps it:\n\n%s", fenced(e.Bad), fenced(e.Finding), fenced(e.Good))
			}
		}
	}
	return b.String()
}

func fenced(text string) string { return "```text\n" + strings.TrimRight(text, "\n") + "\n```\n" }
