package build

import (
	"context"
	"fmt"

	"golang.org/x/text/cases"

	"stemma/build/descriptor"
	"stemma/build/provenance"
	"stemma/disagreement"
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/model"
	"stemma/schema"
	"stemma/validate"
)

// questionColumn is what the first table of the kind claim gets beside the
// columns of its schema; the table questionTable describes it.
const (
	questionColumn = "question_id"
	questionTable  = "question_claims"
)

// content says what the tables of a release are made of.
type content struct {
	kinds    []validate.Kind // with the plans of the release
	filled   []filled        // by kind
	computed []computedTable
	tables   []descriptor.Table   // what the documents say of them; rows and cells are counted as they are written
	result   *disagreement.Result // of datasets of the model stemma, once it is computed
}

// filled is a column of a kind's first table that is computed; without a cell
// there is none.
type filled struct {
	column int
	cell   func(record int) schema.Cell
}

// computedTable is a table whose rows do not come from single records. Rows
// gives them in their order and ends with the first error of emit.
type computedTable struct {
	*schema.Computed
	rows func(emit func([]disagreement.Cell) error) error
}

// planContent says which tables the release of a dataset has; those that are
// computed have no rows yet. Findings are names that the schemas use, but that
// stemma needs for what it computes.
func planContent(c *validate.Checked) (*content, diag.List, error) {
	out, list, err := planKinds(c.Kinds(), hasModel(c))
	return out, append(checkBuilder(c), list...).Sorted(), err
}

func planKinds(checked []validate.Kind, hasModel bool) (*content, diag.List, error) {
	kinds := append([]validate.Kind(nil), checked...)
	out := &content{kinds: kinds, filled: make([]filled, len(kinds))}
	var list diag.List
	if !hasModel {
		out.describe()
		return out, nil, nil
	}
	tables, err := schema.ComputedTables()
	if err != nil {
		return nil, nil, err
	}
	for _, t := range tables {
		out.computed = append(out.computed, computedTable{Computed: t})
		list = append(list, sameName(kinds, t.Name)...)
	}
	for i, k := range kinds {
		if k.Name != model.KindClaim {
			continue
		}
		question, err := questionID(tables)
		if err != nil {
			return nil, nil, err
		}
		plan, at, taken := k.Plan.With(question)
		kinds[i].Plan, out.filled[i].column = plan, at
		list = append(list, taken...)
	}
	if !list.HasErrors() {
		out.describe()
	}
	return out, list.Sorted(), nil
}

// checkBuilder finds a builder that the provenance cannot name.
func checkBuilder(c *validate.Checked) diag.List {
	err := provenance.CheckBuilder(c.Snapshot().Config.BuilderID)
	if err == nil {
		return nil
	}
	return diag.List{diag.New(diag.ValueFormat, diag.Place{File: dataset.ConfigName}, "", err.Error(),
		"leave it out, or name an address of your own")}
}

func hasModel(c *validate.Checked) bool {
	return c.Snapshot().Config.Model == dataset.ModelStemma
}

// sameName finds child tables with the name of one that is computed; the names
// of first tables stand in dataset.json, where they were checked.
func sameName(kinds []validate.Kind, name string) (list diag.List) {
	fold := cases.Fold()
	for _, k := range kinds {
		for _, t := range k.Plan.Tables {
			if fold.String(t.Name) == name {
				list = append(list, diag.New(diag.DatasetKind, diag.Place{File: k.Schema.Path}, "",
					fmt.Sprintf("a list in this schema becomes the table %q, and stemma computes a table of that name", t.Name),
					"give the list, or the kind, another name"))
			}
		}
	}
	return list
}

// questionID is the column that leads from a claim to its question.
func questionID(tables []*schema.Computed) (schema.Column, error) {
	for _, t := range tables {
		for _, c := range t.Columns {
			if t.Name == questionTable && c.Name == questionColumn {
				if c.Constraints != nil { // what is retired answers no question
					optional := *c.Constraints
					optional.Required = false
					c.Constraints = &optional
				}
				return c, nil
			}
		}
	}
	return schema.Column{}, fmt.Errorf("internal error: no schema describes the column %s of the table %s", questionColumn, questionTable)
}

// fill computes the rows of the computed tables, and the cells of the computed
// column of claims.
func (c *content) fill(ctx context.Context, checked *validate.Checked, progress func(done, total int)) error {
	d, err := disagree(ctx, checked, progress)
	if err != nil {
		return err
	}
	return c.use(d)
}

func (c *content) use(d *disagreed) error {
	c.result = d.Result
	for i, k := range c.kinds {
		if k.Name == model.KindClaim {
			c.filled[i].cell = d.questionOf
		}
	}
	for i, t := range c.computed {
		if c.computed[i].rows = d.rows(t.Name); c.computed[i].rows == nil {
			return fmt.Errorf("internal error: nothing computes the table %s", t.Name)
		}
	}
	return nil
}
