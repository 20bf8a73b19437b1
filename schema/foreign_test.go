package schema_test

import (
	"context"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// TestForeign checks and lays out every record of the dataset whose schemas
// were not written for stemma.
func TestForeign(t *testing.T) {
	snap, list, err := dataset.Open(context.Background(), "../testdata/foreign")
	if err != nil || len(list) > 0 {
		t.Fatal(err, list)
	}
	catalog, list := schema.Load(snap.SchemaFiles(), snap.Config.KindNames())
	if len(list) > 0 {
		t.Fatal(list)
	}
	var plans []*schema.Plan
	rows := map[string]int{}
	for i, k := range snap.Config.Kinds {
		s := catalog.Schema(k.Schema)
		p, list := schema.NewPlan(k.Name, k.Table, k.ID, s)
		if len(list) > 0 {
			t.Error(list)
		}
		plans = append(plans, p)
		for _, f := range snap.Records {
			if f.Kind != i {
				continue
			}
			for _, r := range f.Records() {
				v, problems := strictjson.Parse(r.Data)
				if problems == nil {
					problems = s.Check(v)
				}
				if len(problems) > 0 {
					t.Errorf("%s: %s", f.Path, problems[0].Message)
					continue
				}
				problems, err := p.Rows(v, schema.Origin{Path: f.Path}, func(table int, _ []schema.Cell) error {
					rows[p.Tables[table].Name]++
					return nil
				})
				if err != nil || len(problems) > 0 {
					t.Error(f.Path, err, problems)
				}
			}
		}
	}
	if list := schema.NameTables(plans); len(list) > 0 {
		t.Error(list)
	}
	for _, p := range plans {
		for _, table := range p.Tables {
			if rows[table.Name] == 0 {
				t.Errorf("the table %s has no rows", table.Name)
			}
		}
	}
}
