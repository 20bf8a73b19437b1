package diag

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"stemma/internal/golden"
)

// sourceOf gives the lines of the named texts.
func sourceOf(files map[string]string) SourceLine {
	return func(file string, line int) (string, bool) {
		text, ok := files[file]
		lines := strings.Split(text, "\n")
		if !ok || line < 1 || line > len(lines) {
			return "", false
		}
		return lines[line-1], true
	}
}

func at(file string, line, start, end int) Place { return Place{file, span(line, start, end)} }

func render(t testing.TB, p Printer, r *Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := p.Print(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const claim = `{
  "id": "clm-0007",
  "actor": "act-tpp",
  "value": {"verbatim": "about 6,000", "low": 6500}
}`

func ordinaryReport() *Report {
	files := map[string]string{
		"records/claims/clm-0007.json":   claim,
		"records/actors/act-ttp.json":    "{\n  \"id\": \"act-ttp\"\n}",
		"records/actors/act-a.json":      "{\n  \"id\": \"act-a\"\n}",
		"records/events/events.jsonl":    strings.Repeat("{}\n", 1200) + `{"id": "act-a", "kind": "attack"}`,
		"records/claims/multi-line.json": "{\n  \"accounts\": [\n    1\n  ]\n}",
		"records/claims/windows.json":    "{\r\n  \"id\": 1\r\n}\r\n",
	}
	findings := List{
		New(RefUnresolved, at("records/claims/clm-0007.json", 3, 12, 21), "/actor",
			"no actor has the id act-tpp", "did you mean act-ttp?"),
		New(NumberDigits, at("records/claims/clm-0007.json", 4, 48, 52), "/value/low",
			"the quote says 6,000, the value is 6500", ""),
		New(IDDuplicate, at("records/events/events.jsonl", 1201, 8, 15), "/id", "the id act-a is used twice",
			"give one of the two another id",
			Related{at("records/actors/act-a.json", 2, 9, 16), "first used here"},
			Related{at("records/actors/gone.json", 2, 9, 16), "and in a file that cannot be read"}),
		New(ValueItems, Place{"records/claims/multi-line.json", Span{Position{2, 15}, Position{4, 4}}}, "/accounts",
			"the list has 1 entry, at least 2 are needed", ""),
		New(FormatLayout, at("records/claims/windows.json", 2, 10, 11), "", "lines end in CR LF", "run stemma fmt"),
		New(FileUnknown, Place{File: "records/claims/notes.docx"}, "", "the file is not read", "move it elsewhere"),
		New(DatasetKind, Place{}, "/kinds/1", "two kinds share the folder records/claims", "",
			Related{Place{File: "dataset.json"}, "they are named here"}, Related{Place{}, "a note without a place"}),
		New(ValueType, at("records/claims/gone.json", 9, 3, 4), "/a/0/b", "a text stands where a number should", ""),
		New(JSONEmpty, Place{"records/claims/empty.json", Span{Position{Line: 1}, Position{}}}, "", "the file is empty", ""),
	}
	return NewReport(140, 133, append(findings, findings[0]), sourceOf(files))
}

func hostileReport() *Report {
	file := "records/\x1b]0;title\x07\n::error::\u202ex.json"
	files := map[string]string{
		file: strings.Join([]string{
			"\"\x1b[2J\x1b[31mred\u009b0m\"",
			"\"admin\u202e\u2066 // nosj\u2069\u200b\": 1",
			"\t\"a\":\t\"b\"",
			`"数据库": "ＦＵＬＬ", "e` + "\u0301" + `te` + "\u0301" + `": "x"`,
			strings.Repeat("\"数\",\t", 400) + `"here"` + strings.Repeat("z", 4000),
			"\"\xff\xfe\xed\xa0\x80\"",
			"##[add-mask]secret ##vso[task.complete]",
			"a" + strings.Repeat("\u0300\u0316", 2000) + "b",
			`"نوشته` + "\u200c" + `ها": "طالبان"`,
		}, "\n"),
		" ::warning::a.json": "x",
	}
	var findings List
	for line, columns := range [][2]int{{2, 6}, {7, 9}, {8, 9}, {10, 14}, {2001, 2007}, {2, 4}, {3, 12}, {4002, 4003}, {14, 20}} {
		findings = append(findings, New(TextInvisible, at(file, line+1, columns[0], columns[1]), "/\u202e/\x1b",
			"line\nbreak, \ttab, bell \a, bidi \u2067, byte \xff, ##[group]", "\x1b[8mhidden\u2028text"))
	}
	findings = append(findings,
		New(" \x1b[0m", at(" ::warning::a.json", 1, 1, 2), "", "::stop-commands::x", "\r::debug::y",
			Related{at(file, 4, 1, 6), "\u0301mark \U000e0041 tag \U0010ffff"}),
		New(ValueLength, Place{File: "::error::"}, "", strings.Repeat("数\u0301", 3000), ""))
	return NewReport(1, 1, findings, sourceOf(files))
}

func TestGolden(t *testing.T) {
	warning := List{New(SourceUnarchived, at("a.json", 1, 1, 2), "", "no archived copy is named", "")}
	reports := map[string]*Report{
		"ordinary": ordinaryReport(),
		"hostile":  hostileReport(),
		"clean":    NewReport(140, 133, nil, nil),
		"warning":  NewReport(1, 1, warning, nil),
	}
	printers := map[string]Printer{
		"txt": TextPrinter{}, "color.txt": TextPrinter{Color: true}, "max.txt": TextPrinter{Max: 2}, "json": JSONPrinter{},
	}
	for name, report := range reports {
		for suffix, printer := range printers {
			t.Run(name+"."+suffix, func(t *testing.T) {
				golden.Check(t, filepath.Join("testdata", name+"."+suffix), render(t, printer, report))
			})
		}
	}
}

// TestJSONKeepsText reads the report back: whatever is escaped, the text is the
// same, but for bytes that are not UTF-8.
func TestJSONKeepsText(t *testing.T) {
	report := hostileReport()
	text := render(t, JSONPrinter{}, report)
	var got struct {
		SchemaVersion int `json:"schema_version"`
		Summary       struct{ Files, Records, Errors, Warnings int }
		Diagnostics   []struct {
			File, Message, Help, Pointer string
			Related                      []struct{ File, Message string }
		}
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if got.SchemaVersion != JSONSchemaVersion || Summary(got.Summary) != report.Summary {
		t.Errorf("version %d, summary %+v", got.SchemaVersion, got.Summary)
	}
	if len(got.Diagnostics) != len(report.Diagnostics) {
		t.Fatalf("%d findings of %d", len(got.Diagnostics), len(report.Diagnostics))
	}
	for i, d := range report.Diagnostics {
		g := got.Diagnostics[i]
		want := [...]string{d.Place.File, d.Message, d.Help, d.Pointer}
		for j, text := range [...]string{g.File, g.Message, g.Help, g.Pointer} {
			if text != string([]rune(want[j])) {
				t.Errorf("finding %d: %q, want %q", i, text, want[j])
			}
		}
		for j, r := range d.Related {
			if g.Related[j].Message != r.Message || g.Related[j].File != r.Place.File {
				t.Errorf("finding %d: related %+v, want %+v", i, g.Related[j], r)
			}
		}
	}
	requireHarmless(t, text)
}

// failing is a writer on a full disk.
type failing struct{}

var errFull = errors.New("no space left")

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestPrintersReportWriteErrors(t *testing.T) {
	for _, p := range []Printer{TextPrinter{}, JSONPrinter{}} {
		if err := p.Print(failing{}, ordinaryReport()); !errors.Is(err, errFull) {
			t.Errorf("%T: error %v", p, err)
		}
	}
}

func TestCountsAgree(t *testing.T) {
	var list List
	for i := range 20 {
		code := JSONSyntax
		if i%4 == 0 {
			code = FileUnknown
		}
		list = append(list, New(code, Place{File: fmt.Sprint(i)}, "", "m", ""))
	}
	text := render(t, TextPrinter{Max: 3}, NewReport(20, 1, list, nil))
	want := "… and 17 more (show all with --max-errors 0)\n15 errors, 5 warnings in 1 record (20 files)\n"
	if !strings.HasSuffix(text, want) {
		t.Errorf("report ends\n%s\nwant\n%s", text, want)
	}
	if n := strings.Count(text, "error[json-syntax]"); n != 3 {
		t.Errorf("%d errors are shown", n)
	}
}
