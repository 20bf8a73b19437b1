package build

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stemma/build/descriptor"
	"stemma/schema"
	"stemma/validate"
)

// Every release has the same documents, and one of the model stemma a page too.
func TestFilesOfARelease(t *testing.T) {
	for dir, more := range map[string][]string{smallRelease(t): nil, modelRelease(t): {pageName, policyName}} {
		var got []string
		for file := range tree(t, dir) {
			if !strings.HasPrefix(file, tablesDir+"/") {
				got = append(got, file)
			}
		}
		want := slices.Concat(documentNames, []string{manifestName, provenanceName, sumsName, archiveName}, more)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s holds %q, want %q", filepath.Base(dir), got, want)
		}
	}
}

// What the documents say of the tables is what was written.
func TestDescribedTables(t *testing.T) {
	checked := check(t, modelDataset)
	content, _, err := planContent(checked)
	must(t, err)
	must(t, content.fill(t.Context(), checked, nil))
	tables, err := compile(t.Context(), content, t.TempDir(), &Manifest{}, nil)
	must(t, err)
	if len(tables) != len(content.tables) {
		t.Fatalf("%d tables, %d described", len(tables), len(content.tables))
	}
	keys := map[string]string{}
	for i, table := range tables {
		d := content.tables[i]
		if d.Name != table.Name || d.Rows != table.Rows || len(d.Columns) != len(table.Columns) {
			t.Errorf("%s with %d rows is described as %s with %d", table.Name, table.Rows, d.Name, d.Rows)
		}
		for j, c := range d.Columns {
			want := table.Columns[j]
			if c.Name != want.Name || c.Type != want.Type || c.Nulls > d.Rows || c.Required && c.Nulls > 0 || (c.Nulls == d.Rows) != (c.Examples == nil) {
				t.Errorf("%s.%s: %+v", d.Name, want.Name, c)
			}
		}
		for _, key := range d.ForeignKeys {
			if key.Table == "disagreement" {
				keys[d.Name+"."+strings.Join(key.Columns, ",")] = strings.Join(key.References, ",")
			}
		}
	}
	want := map[string]string{"claims.question_id": "question_id", "question_claims.question_id": "question_id", "disagreement.prev_question_id": "question_id"}
	if !maps.Equal(keys, want) {
		t.Errorf("keys that lead to questions: %v", keys)
	}
	claims := content.described("claims")
	question := claims.Columns[slices.IndexFunc(claims.Columns, func(c descriptor.Column) bool { return c.Name == questionColumn })]
	if question.Required || question.Nulls == 0 || len(question.Examples) == 0 || !strings.HasPrefix(question.Examples[0], "q-") {
		t.Errorf("the question of a claim: %+v", question)
	}
}

func TestExamples(t *testing.T) {
	one := func(c schema.Cell) schema.Cell { c.Valid = true; return c }
	for _, test := range []struct {
		scalar schema.Scalar
		cell   schema.Cell
		want   string
	}{
		{schema.Text, schema.Cell{Str: `a "b"`}, `a "b"`},
		{schema.Int64, schema.Cell{Int: -9223372036854775808}, "-9223372036854775808"},
		{schema.Float64, schema.Cell{Float: 6600}, "6600"},
		{schema.Float64, schema.Cell{Float: 1000000}, "1000000"},
		{schema.Float64, schema.Cell{Float: 1e-9}, "1e-9"},
		{schema.Boolean, schema.Cell{Int: 1}, "true"},
		{schema.Boolean, schema.Cell{}, "false"},
		{schema.Date, schema.Cell{Int: -1}, "1969-12-31"},
		{schema.Timestamp, schema.Cell{Int: 1_500_000}, "1970-01-01T00:00:01.5Z"},
	} {
		if got := exampleOf(schema.Type{Scalar: test.scalar}, one(test.cell)); got != test.want {
			t.Errorf("%+v is shown as %q, want %q", test.cell, got, test.want)
		}
	}
	for want, list := range map[string]struct {
		scalar schema.Scalar
		items  []schema.Cell
	}{
		`[]`:                      {schema.Text, nil},
		`["a, b", "\"c\"", null]`: {schema.Text, []schema.Cell{one(schema.Cell{Str: "a, b"}), one(schema.Cell{Str: `"c"`}), {}}},
		`[1, 2]`:                  {schema.Int64, []schema.Cell{one(schema.Cell{Int: 1}), one(schema.Cell{Int: 2})}},
		`["1970-01-02"]`:          {schema.Date, []schema.Cell{one(schema.Cell{Int: 1})}},
	} {
		if got := exampleOf(schema.Type{Scalar: list.scalar, List: true}, one(schema.Cell{List: list.items})); got != want {
			t.Errorf("a list is shown as %q, want %q", got, want)
		}
	}
}

// A builder that the release cannot name is a finding, before anything is
// written; its own address stands in the provenance.
func TestBuilder(t *testing.T) {
	named := func(id string) *validate.Checked {
		return check(t, edited(t, "dataset.json", `"version": "1.2.3",`, `"version": "1.2.3", "builder_id": "`+id+`",`))
	}
	out := t.TempDir()
	for _, id := range []string{"https://github.com/actions/runner", "me"} {
		release, list, err := Build(t.Context(), named(id), Options{Out: out})
		if err != nil || release != nil || !slices.Equal(short(list), []string{"value-format dataset.json"}) {
			t.Errorf("%q: %v, %v, %s", id, release, err, messages(list))
		}
	}
	expectNames(t, out)
	release := mustBuild(t, named("https://example.org/builder"), out)
	if text := string(readFile(t, filepath.Join(release.Dir, provenanceName))); !strings.Contains(text, `"id": "https://example.org/builder"`) {
		t.Errorf("the provenance is %s", text)
	}
	if got := verifyFindings(t, release.Dir, VerifyOptions{Rebuild: true}); len(got) > 0 {
		t.Errorf("findings %q", got)
	}
}
