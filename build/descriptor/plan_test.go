package descriptor

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"stemma/schema"
)

// load compiles schemas and gives the plans of the kinds.
func load(t *testing.T, files []schema.File, kinds []string, plan func(c *schema.Catalog, kind string) (*schema.Plan, error)) []*schema.Plan {
	t.Helper()
	c, list := schema.Load(files, kinds)
	if list.HasErrors() {
		t.Fatal(list)
	}
	var plans []*schema.Plan
	for _, kind := range kinds {
		p, err := plan(c, kind)
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, p)
	}
	return plans
}

func TestKeysOfPlans(t *testing.T) {
	files := []schema.File{
		{Path: "a.json", Data: []byte(`{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"b":{"type":"string","x-ref":["b"]},"self":{"type":["string","null"],"x-ref":["a"]},
			"two":{"type":"string","x-ref":["a","b"]},"n":{"type":"integer","minimum":1,"maximum":9,"x-ref":["b"]},"no":{"type":"string","x-ref":["c"]},"many":{"type":"array","items":{"type":"string","x-ref":["a"]}},
			"l":{"type":"array","description":"Parts.","items":{"type":"object","properties":{"of":{"type":"string","enum":["x","y"],"x-ref":["a"]},"m":{"type":"array","items":{"type":"object","properties":{"v":{"type":"string","pattern":"^v$"}}}}}}}}}`)},
		{Path: "b.json", Data: []byte(`{"type":"object","required":["nr"],"properties":{"nr":{"type":"integer"},"l":{"type":"array","items":{"type":"object","properties":{"v":{"type":"string","minLength":2,"maxLength":3}}}}}}`)},
		{Path: "c.json", Data: []byte(`{"type":"object","properties":{"v":{"type":"string","x-ref":["a"]},"l":{"type":"array","items":{"type":"object","properties":{"v":{"type":"string"}}}}}}`)},
	}
	ids := map[string]string{"a": "id", "b": "nr"}
	plans := load(t, files, []string{"a", "b", "c"}, func(c *schema.Catalog, kind string) (*schema.Plan, error) {
		p, _ := schema.NewPlan(kind, kind+"s", ids[kind], c.Schema(kind+".json"))
		return p, nil
	})
	var got strings.Builder
	tables := FromPlans(plans)
	for _, table := range tables {
		fmt.Fprintf(&got, "%s %s %q %v\n", table.Name, table.Kind, table.Description, table.PrimaryKey)
		for _, key := range table.ForeignKeys {
			fmt.Fprintf(&got, "  %v → %s %v\n", key.Columns, key.Table, key.References)
		}
	}
	// b's ids are whole numbers: a text leads to none of them, and a column of
	// numbers is no reference.
	const want = `as a "" [id]
  [self] → as [id]
a_l a "Parts." [a_id l_ordinal]
  [a_id] → as [id]
  [of] → as [id]
a_l_m a "" [a_id l_ordinal m_ordinal]
  [a_id l_ordinal] → a_l [a_id l_ordinal]
bs b "" [nr]
b_l b "" [b_nr l_ordinal]
  [b_nr] → bs [nr]
cs c "" [record_path record_index]
  [v] → as [id]
c_l c "" [record_path record_index l_ordinal]
  [record_path record_index] → cs [record_path record_index]
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	for _, c := range []struct{ table, column, want string }{
		{"as", "id", "utf8 required"}, {"as", "n", "int64 1..9"}, {"a_l", "of", "utf8 [x y]"}, {"a_l_m", "v", "utf8 [^v$]"}, {"b_l", "v", "utf8 2-3"}, {"as", "many", "list<utf8>"},
	} {
		at := slices.IndexFunc(tables, func(t Table) bool { return t.Name == c.table })
		if got := shown(tables[at].column(c.column)); got != c.want {
			t.Errorf("%s.%s: %s, not %s", c.table, c.column, got, c.want)
		}
	}
}

func shown(c *Column) string {
	out := c.Type
	if c.Required {
		out += " required"
	}
	for _, list := range [][]string{c.Enum, c.Patterns} {
		if list != nil {
			out += fmt.Sprintf(" %v", list)
		}
	}
	if c.Minimum != "" || c.Maximum != "" {
		out += " " + c.Minimum + ".." + c.Maximum
	}
	if c.MaxLength > 0 {
		out += fmt.Sprintf(" %d-%d", c.MinLength, c.MaxLength)
	}
	return out
}

// The schemas of stemma's own model become a description without loose ends,
// with a view of the claims.
func TestDescriptionOfTheModel(t *testing.T) {
	var files []schema.File
	names, err := fs.Glob(schema.Embedded, "*.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(schema.Embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, schema.File{Path: name, Data: data})
	}
	kinds := []string{"source", "actor", "place", "measure", "event", "claim"}
	plans := load(t, files, kinds, func(c *schema.Catalog, kind string) (*schema.Plan, error) {
		p, list := schema.NewPlan(kind, kind+"s", "id", c.Schema(kind+".schema.json"))
		if len(list) > 0 {
			return nil, fmt.Errorf("%v", list)
		}
		return p, nil
	})
	d := &Description{Dataset: Dataset{Name: "d", Version: "1.0.0"}, Tables: FromPlans(plans)}
	computed, err := schema.ComputedTables()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range computed {
		d.Tables = append(d.Tables, FromComputed(c, plans))
	}
	for i := range d.Tables {
		d.Files = append(d.Files, File{d.Tables[i].Parquet(), strings.Repeat("0", 64), 1})
	}
	if _, err := Documents(d); err != nil {
		t.Fatal(err)
	}
	flat := string(LoadSQL(d, Views))
	for _, name := range []string{`AS "claimant_name"`, `AS "question_measure_name"`, `AS "question_event_label"`, `AS "source_title"`, `LEFT JOIN "places"`} {
		if !strings.Contains(flat, name) {
			t.Errorf("the view has no %s:\n%s", name, flat)
		}
	}
	d.Dataset.Claims = true
	if !d.asksQuestions() {
		t.Errorf("the table of questions lacks one of %v", questionColumns)
	}
	claims := d.table("claims")
	if got := shown(claims.column("attribution")); got != "utf8 required [direct indirect anonymous editorial unattributed ambiguous]" {
		t.Errorf("the attribution: %s", got)
	}
	if key := d.table("disagreement").foreignKey("subject"); key == nil || key.Table != "actors" {
		t.Errorf("the subject of a question leads to %v", key)
	}
}
