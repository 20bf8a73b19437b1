package diff_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"stemma/diff"
	"stemma/disagreement"
	"stemma/internal/golden"
)

// claim is one of a question that a test makes up.
func claim(question, key string, lower int64, current bool) disagreement.QuestionClaim {
	return disagreement.QuestionClaim{QuestionID: question, Key: key, Origin: "act-a", Channels: []string{"src-a"}, Stance: "assert",
		Lower: disagreement.Bound{Value: big.NewRat(lower, 1), Inclusive: true}, Current: current}
}

func question(id, class string) disagreement.Question {
	return disagreement.Question{ID: id, Parts: disagreement.Parts{Measure: "msr-strength", Subject: "act-b", Period: "2025"}, ValueClass: class, AgreementClass: class}
}

// hostile is a text that tries everything that a page or a terminal obeys.
const hostile = "`x` ``y`` | @owner <script>alert(1)</script> </details> [l](http://evil.example) #1\u202e\u001b[31m\\n&amp; **b**"

func fixture(t testing.TB) *diff.Diff {
	t.Helper()
	old, now := fixtureSides(t)
	return compare(t, old, now)
}

func fixtureSides(t testing.TB) (old, now diff.Side) {
	t.Helper()
	text, err := json.Marshal(hostile)
	if err != nil {
		t.Fatal(err)
	}
	old = side(t, "dist/v0.1.0", museum(files{"objects/gone.json": `{"id": "gone"}`}))
	now = side(t, "`@branch`", museum(files{
		"objects/a.json":            `{"id": "a", "name": ` + string(text) + `, "size": 2.50, "tags": ["y"]}`,
		"objects/c|`d`.json":        `{"id": "<b>@all</b>\n- x"}`,
		"objects/b.json":            "{\"id\": \"b\",\n \"name\": \"cup\", \"withdrawn\": \"lost ``` @owner\"}",
		"schema/object.schema.json": strings.Replace(museumSchema, `"maximum": 9`, `"maximum": 5`, 1),
		"dataset.json":              strings.Replace(museumConfig, `"0.1.0"`, `"0.1.1"`, 1),
		"notes/n.jsonl":             "{\"text\": \"two\"}\n{\"text\": \"one\"}\n",
	}))
	old.Disagreement = &disagreement.Result{
		Questions: []disagreement.Question{question("q-1", disagreement.ClassUncontested), question("q-2", disagreement.ClassCompatible), question("q-4", disagreement.ClassNoValue)},
		Claims:    []disagreement.QuestionClaim{claim("q-1", "clm-a", 5, true), claim("q-1", "clm-z", 5, true), claim("q-2", "clm-b", 6, true), claim("q-4", "clm-d", 1, true)},
	}
	now.Disagreement = &disagreement.Result{
		Questions: []disagreement.Question{question("q-1", disagreement.ClassConflicting), question("q-3", disagreement.ClassUncontested), question("q-4", disagreement.ClassNoValue)},
		Claims:    []disagreement.QuestionClaim{claim("q-1", "clm-a", 7, true), claim("q-1", "clm-c", 5, true), claim("q-1", "clm-z", 5, false), claim("q-3", "clm-`|@x", 6, true), claim("q-4", "clm-d", 2, true)},
	}
	return old, now
}

// The other direction tells the same of questions backwards.
func TestQuestionsMirror(t *testing.T) {
	old, now := fixtureSides(t)
	there, back := compare(t, old, now), compare(t, now, old)
	turned := map[string]string{diff.Added: diff.Removed, diff.Removed: diff.Added, diff.NowCurrent: diff.NotCurrent, diff.NotCurrent: diff.NowCurrent, diff.Changed: diff.Changed}
	for i := range back.Questions {
		q := &back.Questions[i]
		q.Change, q.Old, q.New = turned[q.Change], q.New, q.Old
		for j := range q.Because {
			c := &q.Because[j]
			c.Change = turned[c.Change]
			for k := range c.Cells {
				c.Cells[k].Old, c.Cells[k].New = c.Cells[k].New, c.Cells[k].Old
			}
		}
	}
	if x := cmp.Diff(there.Questions, back.Questions); x != "" || there.OtherQuestions != back.OtherQuestions || len(there.Questions) != 3 {
		t.Errorf("-there +back:\n%s", x)
	}
}

func TestGolden(t *testing.T) {
	d := fixture(t)
	for name, print := range map[string]func(io.Writer) error{"text.txt": d.Text, "json.json": d.JSON, "markdown.md": d.Markdown} {
		var b, again bytes.Buffer
		if err := print(&b); err != nil {
			t.Fatal(err)
		}
		if err := print(&again); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: not the same twice (%v)", name, err)
		}
		if i := strings.IndexFunc(b.String(), func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
			t.Errorf("%s has the character %q", name, b.String()[i:i+4])
		}
		golden.Check(t, filepath.Join("testdata", name), b.Bytes())
	}
}

func TestJSONKeepsValues(t *testing.T) {
	var b bytes.Buffer
	if err := fixture(t).JSON(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		SchemaVersion int `json:"schema_version"`
		Records       []struct {
			ID     string
			Fields []struct {
				Pointer string
				New     any
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || got.SchemaVersion != diff.JSONSchemaVersion {
		t.Fatal(err, got.SchemaVersion)
	}
	if got.Records[0].ID != "<b>@all</b>\n- x" || got.Records[1].Fields[0].New != hostile {
		t.Errorf("%+v", got.Records)
	}
}

// What stands outside of code spans are words of stemma alone.
func TestMarkdownHasNoHostileText(t *testing.T) {
	var b bytes.Buffer
	if err := fixture(t).Markdown(&b); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		rest := outsideSpans(t, line)
		rest = strings.NewReplacer("<details>", "", "<summary>", "", "</summary>", "", "</details>", "").Replace(rest)
		if strings.ContainsAny(rest, "<@`|&#\\") && !strings.HasPrefix(rest, "### ") {
			t.Errorf("%q stands outside of code", rest)
		}
	}
}

// outsideSpans takes the code spans out of a line as CommonMark does: a span ends
// at the next run of as many backticks as it began with.
func outsideSpans(t *testing.T, line string) string {
	t.Helper()
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(line, "`")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		n := 1 + len(rest) - len(strings.TrimLeft(rest, "`"))
		rest = strings.TrimLeft(rest, "`")
		for {
			i := strings.Index(rest, "`")
			if i < 0 {
				t.Fatalf("a code span has no end: %q", line)
			}
			run := len(rest[i:]) - len(strings.TrimLeft(rest[i:], "`"))
			rest = rest[i+run:]
			if run == n {
				break
			}
		}
		line = rest
	}
}

func TestMarkdownIsCut(t *testing.T) {
	many := files{}
	for i := range 3000 {
		many[fmt.Sprintf("objects/%d.json", i)] = fmt.Sprintf(`{"id": "%d", "name": %q}`, i, strings.Repeat("`", 500))
	}
	var b bytes.Buffer
	d := compare(t, side(t, "a", museum(nil)), side(t, "b", museum(many)))
	if err := d.Markdown(&b); err != nil {
		t.Fatal(err)
	}
	shown := strings.Count(b.String(), "- added ")
	if b.Len() > diff.MaxMarkdown || b.Len() < diff.MaxMarkdown*9/10 || shown == 0 {
		t.Errorf("%d bytes, %d records", b.Len(), shown)
	}
	if want := fmt.Sprintf("This is cut: %d lines (%[1]d of records) left out", 3000-shown); !strings.Contains(b.String(), want) {
		t.Errorf("it does not say %q", want)
	}
	if open, end := strings.Count(b.String(), "<details>"), strings.Count(b.String(), "</details>"); open != end || open == 0 {
		t.Errorf("%d details begin, %d end", open, end)
	}
}

func TestNotCompared(t *testing.T) {
	old, now := side(t, "a", museum(nil)), side(t, "b", museum(nil))
	old.Unfit, now.Tables, now.Unread = "it has errors", nil, "a.json: no"
	d := compare(t, old, now)
	if want := []string{"NEW as a whole: not all of it could be read; a.json: no", "the tables: a schema has errors", "disagreement: OLD: it has errors"}; fmt.Sprint(d.NotCompared) != fmt.Sprint(want) {
		t.Errorf("not compared: %q", d.NotCompared)
	}
}

// FuzzValues looks for pairs of texts that do not print as a page without
// markup, or that differ from themselves.
func FuzzValues(f *testing.F) {
	f.Add("a`b", "``")
	f.Add(hostile, "")
	f.Add(" ", "\u2028")
	f.Fuzz(func(t *testing.T, a, b string) {
		record := func(s string) files {
			text, err := json.Marshal(strings.ToValidUTF8(s, "?"))
			if err != nil {
				t.Fatal(err)
			}
			return museum(files{"objects/b.json": `{"id": "b", "name": ` + string(text) + `}`})
		}
		d := compare(t, side(t, a, record(a)), side(t, b, record(b)))
		if same := strings.ToValidUTF8(a, "?") == strings.ToValidUTF8(b, "?"); d.Empty() != same {
			t.Errorf("%q and %q: empty is %v", a, b, d.Empty())
		}
		var page bytes.Buffer
		if err := d.Markdown(&page); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(page.String()) {
			if rest := outsideSpans(t, line); strings.Contains(rest, "@") {
				t.Errorf("%q", rest)
			}
		}
	})
}
