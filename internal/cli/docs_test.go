package cli_test

import (
	"fmt"
	"maps"
	"math/big"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stemma/build"
	"stemma/disagreement"
	"stemma/internal/dataset"
	"stemma/internal/strictjson"
	"stemma/validate"
)

// The pages that speak of the repository's own records. They say what the
// tables say; a change of the records that changes a class fails here, with the
// line that the page should have.
//
// A page gives the verdict on a question in one of four notations:
//
//   - text, `q-…`: classes · counts     (verdict, to the end of the line)
//   - `q-…` with a tolerance of 0.2: class
//     (or: with a corroboration ratio of 1.1; value_class under another policy)
//   - `q-…` has `column` value, `column` value
//     | … | `q-…` | value_class | agreement_class | value_class_stated |
var recordPages = []string{"docs/model.md", "docs/disagreements.md"}

var (
	questionPattern = regexp.MustCompile("`(q-[0-9a-f]+)`")
	verdictPattern  = regexp.MustCompile("`(q-[0-9a-f]+)`: (.*)$")
	policyPattern   = regexp.MustCompile("`(q-[0-9a-f]+)` with a (tolerance|corroboration ratio) of ([0-9.]+): (.*)$")
	columnsPattern  = regexp.MustCompile("`(q-[0-9a-f]+)` has (`.*)$")
	cellPattern     = regexp.MustCompile("`([a-z_]+)` ([^ ,]+)")
	rowPattern      = regexp.MustCompile("^\\|.*\\| `(q-[0-9a-f]+)` \\|(.*)\\|$")
	idPattern       = regexp.MustCompile(`\b(?:src|act|clm|evt|msr|plc)-[a-z0-9]+(?:-[a-z0-9]+)*\b`)
	claimPattern    = regexp.MustCompile("`(clm-[a-z0-9-]+|evt-[a-z0-9-]+#(/accounts/[0-9]+))`")
	phrasePattern   = regexp.MustCompile(`“([^”]+)”`)
	dayPattern      = regexp.MustCompile(`\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b`)
	intervalPattern = regexp.MustCompile(`[\[(](\d[\d.]*), (∞|\d[\d.]*)[\])]`)
)

const repository = "../.."

// library is the repository's dataset, computed.
type library struct {
	records   map[string]*strictjson.Value // by id
	result    *disagreement.Result
	questions map[string]*disagreement.Question
}

// openLibrary reads the dataset, with replacements in its policy.
func openLibrary(t *testing.T, policy ...string) *library {
	t.Helper()
	files := fstest.MapFS{}
	add := func(name string) error {
		data, err := os.ReadFile(filepath.Join(repository, name))
		if name == "policy.json" && err == nil {
			changed := strings.NewReplacer(policy...).Replace(string(data))
			if len(policy) > 0 && changed == string(data) {
				err = fmt.Errorf("the policy has nothing like %q", policy)
			}
			data = []byte(changed)
		}
		files[name] = &fstest.MapFile{Data: data}
		return err
	}
	for _, pattern := range []string{"dataset.json", "policy.json", "schema/*.json", "records/*/*"} {
		names, err := filepath.Glob(filepath.Join(repository, filepath.FromSlash(pattern)))
		for _, name := range names {
			rel, relErr := filepath.Rel(repository, name)
			if err = relErr; err == nil {
				err = add(filepath.ToSlash(rel))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(names), err)
		}
	}
	return newLibrary(t, files)
}

func newLibrary(t *testing.T, files fstest.MapFS) *library {
	t.Helper()
	snap, list, err := dataset.Load(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	checked, err := validate.Run(t.Context(), snap, list, validate.Options{})
	if err != nil || checked.Checked == nil {
		t.Fatalf("the dataset has errors: %v %v", err, checked)
	}
	l := &library{records: map[string]*strictjson.Value{}, questions: map[string]*disagreement.Question{}}
	for _, kind := range checked.Checked.Kinds() {
		for _, r := range kind.Records {
			l.records[r.ID.Text], _ = strictjson.Parse(r.Data)
		}
	}
	if l.result, err = build.Disagreement(t.Context(), checked.Checked); err != nil {
		t.Fatal(err)
	}
	for i := range l.result.Questions {
		l.questions[l.result.Questions[i].ID] = &l.result.Questions[i]
	}
	return l
}

// verdict is how the pages write what is computed for a question.
func verdict(q *disagreement.Question) string {
	s := q.ValueClass
	if q.AgreementClass != q.ValueClass {
		s += " → " + q.AgreementClass
	}
	s += fmt.Sprintf(" · %s, %s, %d independent", plural(q.Origins, "origin"), plural(q.Channels, "channel"), q.Independent)
	if q.ValueClassStated != q.ValueClass || q.IndependentStated != q.Independent {
		s += fmt.Sprintf(" · by stated links alone: %s, %d independent", q.ValueClassStated, q.IndependentStated)
	}
	return s
}

// cells writes the columns that a text speaks of as they are computed.
func cells(q *disagreement.Question, text string) string {
	return cellPattern.ReplaceAllStringFunc(text, func(pair string) string {
		name := cellPattern.FindStringSubmatch(pair)[1]
		for _, c := range q.Row("") {
			if r, ok := c.Value.(*big.Rat); ok && c.Name == name {
				return "`" + name + "` " + disagreement.Exact(r)
			} else if c.Name == name {
				return fmt.Sprintf("`%s` %v", name, c.Value)
			}
		}
		return "no column " + name
	})
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// page is one page with what is wrong in it.
type page struct {
	*library
	t     *testing.T
	name  string
	lines []string
}

func (p *page) errorf(line int, format string, args ...any) {
	p.t.Helper()
	p.t.Errorf("%s:%d: %s", p.name, line+1, fmt.Sprintf(format, args...))
}

func TestDocsSayWhatIsComputed(t *testing.T) {
	l := openLibrary(t)
	for _, name := range recordPages {
		t.Run(path.Base(name), func(t *testing.T) {
			p := &page{library: l, t: t, name: name, lines: strings.Split(readText(t, filepath.Join(repository, name)), "\n")}
			p.checkQuestions()
			fenced := false
			for i, line := range p.lines {
				fenced = fenced != strings.HasPrefix(line, "```")
				for _, id := range idPattern.FindAllString(line, -1) {
					if l.records[id] == nil {
						p.errorf(i, "there is no record %s", id)
					}
				}
				switch {
				case strings.HasPrefix(line, "|"):
					p.checkRow(i, line)
				case !fenced:
					p.checkPhrases(i, line, slices.Collect(maps.Values(l.records)))
				}
			}
		})
	}
}

// checkQuestions compares every verdict, and asks for one of each question that
// the page speaks of.
func (p *page) checkQuestions() {
	judged := map[string]bool{}
	for i, line := range p.lines {
		if m := verdictPattern.FindStringSubmatch(line); m != nil {
			judged[m[1]] = true
			p.compare(i, m[1], m[2], verdict)
		}
		if m := rowPattern.FindStringSubmatch(line); m != nil {
			p.compare(i, m[1], strings.TrimSpace(m[2]), func(q *disagreement.Question) string {
				return q.ValueClass + " | " + q.AgreementClass + " | " + q.ValueClassStated
			})
		}
		if m := columnsPattern.FindStringSubmatch(line); m != nil {
			p.compare(i, m[1], m[2], func(q *disagreement.Question) string { return cells(q, m[2]) })
		}
		if m := policyPattern.FindStringSubmatch(line); m != nil {
			p.checkPolicy(i, m[1], m[2], m[3], m[4])
		}
	}
	if len(judged) == 0 {
		p.t.Errorf("%s gives no verdict in the notation of this test", p.name)
	}
	for i, line := range p.lines {
		for _, m := range questionPattern.FindAllStringSubmatch(line, -1) {
			if !judged[m[1]] {
				p.errorf(i, "speaks of %s and nowhere gives the verdict on it", m[1])
			}
		}
	}
}

func (p *page) compare(line int, id, got string, render func(*disagreement.Question) string) {
	p.t.Helper()
	if q := p.questions[id]; q == nil {
		p.errorf(line, "the records have no question %s", id)
	} else if want := render(q); got != want {
		p.errorf(line, "%s\n  the page has %s\n  computed is  %s", id, got, want)
	}
}

func (p *page) checkPolicy(line int, id, setting, number, class string) {
	p.t.Helper()
	change := []string{`"tolerance": "0.1"`, `"tolerance": "` + number + `"`}
	if setting != "tolerance" {
		change = []string{`"corroboration_ratio": "1.25"`, `"corroboration_ratio": "` + number + `"`}
	}
	other := &page{library: openLibrary(p.t, change...), t: p.t, name: p.name}
	other.compare(line, id, class, func(q *disagreement.Question) string { return q.ValueClass })
}

// checkRow checks a row of a table that names a claim or an account: phrases,
// days, documents and the interval must be those of that record.
func (p *page) checkRow(i int, line string) {
	m := claimPattern.FindStringSubmatch(line)
	if m == nil || !strings.Contains(line, "`src-") {
		p.checkPhrases(i, line, slices.Collect(maps.Values(p.records)))
		return
	}
	record := p.records[idPattern.FindString(m[1])]
	if m[2] != "" {
		record = record.Lookup(m[2])
	}
	if record == nil {
		p.errorf(i, "there is no record %s", m[1])
		return
	}
	near := p.lineage(record)
	for _, id := range idPattern.FindAllString(line, -1) {
		if strings.HasPrefix(id, "src-") && near[id] == nil {
			p.errorf(i, "%s has nothing to do with %s", m[1], id)
		}
	}
	if source := record.Get("source").Str(); !strings.Contains(line, "`"+source+"`") {
		p.errorf(i, "%s is from %s, which the row does not name", m[1], source)
	}
	p.checkPhrases(i, line, []*strictjson.Value{record})
	for _, day := range dayPattern.FindAllString(line, -1) {
		if !contains(slices.Collect(maps.Values(near)), day) && !contains([]*strictjson.Value{record}, day) {
			p.errorf(i, "%s and its documents have no day %s", m[1], day)
		}
	}
	for _, text := range intervalPattern.FindAllString(line, -1) {
		if want := p.interval(m[1]); text != want {
			p.errorf(i, "the interval of %s is %s, not %s", m[1], want, text)
		}
	}
}

func (p *page) checkPhrases(i int, line string, in []*strictjson.Value) {
	p.t.Helper()
	for _, phrase := range phrasePattern.FindAllStringSubmatch(line, -1) {
		if !contains(in, phrase[1]) {
			p.errorf(i, "no record that this line speaks of has the phrase %q", phrase[1])
		}
	}
}

// lineage gives the documents that a claim or an account leads back to.
func (p *page) lineage(record *strictjson.Value) map[string]*strictjson.Value {
	near := map[string]*strictjson.Value{}
	var add func(v *strictjson.Value)
	add = func(v *strictjson.Value) {
		id := v.Get("source").Str()
		if id == "" || near[id] != nil {
			return
		}
		near[id] = p.records[id]
		for _, parent := range elems(near[id].Get("lineage")) {
			add(&parent)
		}
	}
	add(record)
	for _, link := range slices.Concat(elems(record.Get("via")), elems(record.Get("based_on"))) {
		add(&link)
	}
	return near
}

// interval writes the interval that an authored claim was read as.
func (p *page) interval(key string) string {
	for _, c := range p.result.Claims {
		if c.Key != key || c.Derivation != "" || c.Lower.Value == nil {
			continue
		}
		s := "(" + disagreement.Exact(c.Lower.Value)
		if c.Lower.Inclusive {
			s = "[" + s[1:]
		}
		switch {
		case c.Upper.Value == nil:
			return s + ", ∞)"
		case c.Upper.Inclusive:
			return s + ", " + disagreement.Exact(c.Upper.Value) + "]"
		}
		return s + ", " + disagreement.Exact(c.Upper.Value) + ")"
	}
	return "none"
}

func elems(v *strictjson.Value) []strictjson.Value {
	if v == nil {
		return nil
	}
	return v.Elems
}

// contains tells whether a string in one of the values has the text.
func contains(in []*strictjson.Value, text string) bool {
	for _, v := range in {
		if v.Kind == strictjson.String && strings.Contains(v.Text, text) {
			return true
		}
		for i := range v.Elems {
			if contains([]*strictjson.Value{&v.Elems[i]}, text) {
				return true
			}
		}
		for i := range v.Members {
			if contains([]*strictjson.Value{&v.Members[i].Value}, text) {
				return true
			}
		}
	}
	return false
}
