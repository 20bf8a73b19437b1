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
	"stemma/internal/ledger"
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
	filled   [][]filled      // by kind
	computed []computedTable
	tables   []descriptor.Table   // what the documents say of them; rows and cells are counted as they are written
	result   *disagreement.Result // of datasets of the model stemma, once it is computed
}

// filled are columns of a kind's first table whose cells are computed together.
// Set fills them in a row; several workers call it at once. It is nil until what
// it needs is known.
type filled struct {
	columns []int
	set     func(row []schema.Cell, record recordInfo)
}

// recordInfo is what the computed cells of a record depend on.
type recordInfo struct {
	index  int // among the records of its kind
	id     validate.ID
	sha256 string
	fate   ledger.Fate
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
	if err == nil {
		out.fillVersions(c)
	}
	return out, append(checkBuilder(c), list...).Sorted(), err
}

func planKinds(checked []validate.Kind, hasModel bool) (*content, diag.List, error) {
	out := &content{kinds: append([]validate.Kind(nil), checked...), filled: make([][]filled, len(checked))}
	var list diag.List
	if hasModel {
		found, err := out.planComputed()
		if err != nil {
			return nil, nil, err
		}
		list = found
	}
	renamed, err := out.planVersions()
	if err != nil {
		return nil, nil, err
	}
	if list = append(list, renamed...); !list.HasErrors() {
		out.describe()
	}
	return out, list.Sorted(), nil
}

// planComputed plans what is computed for datasets of the model stemma.
func (c *content) planComputed() (list diag.List, err error) {
	tables, err := schema.ComputedTables()
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		c.computed = append(c.computed, computedTable{Computed: t})
		list = append(list, sameName(c.kinds, t.Name)...)
	}
	for i, k := range c.kinds {
		if k.Name != model.KindClaim {
			continue
		}
		question, err := questionID(tables)
		if err != nil {
			return nil, err
		}
		plan, at, taken := k.Plan.With(question)
		if list = append(list, taken...); taken == nil {
			c.kinds[i].Plan, c.filled[i] = plan, append(c.filled[i], filled{columns: []int{at}})
		}
	}
	return list, nil
}

// planVersions plans the columns that say which releases a record was in, for
// the kinds with ids, and notes which they are.
func (c *content) planVersions() (list diag.List, err error) {
	columns, err := schema.VersionColumns()
	if err != nil {
		return nil, err
	}
	for i := range c.kinds {
		if c.kinds[i].ID == "" {
			continue
		}
		var versions filled
		for _, column := range columns {
			plan, at, renamed := c.kinds[i].Plan.WithRenamed(column)
			c.kinds[i].Plan, versions.columns = plan, append(versions.columns, at)
			list = append(list, renamed...)
		}
		c.filled[i] = append(c.filled[i], versions)
	}
	return list, nil
}

// fillVersions gives the columns of planVersions, which are the last ones of
// their kinds, their cells.
func (c *content) fillVersions(checked *validate.Checked) {
	published, version := checked.Ledger(), checked.Snapshot().Config.Version
	for i, k := range c.kinds {
		if k.ID == "" {
			continue
		}
		versions := &c.filled[i][len(c.filled[i])-1]
		first, changed := versions.columns[0], versions.columns[1]
		versions.set = func(row []schema.Cell, r recordInfo) {
			a, b := published.Versions(version, ledger.Record{Kind: k.Name, ID: r.id.JSON(), SHA256: r.sha256, Fate: r.fate})
			row[first], row[changed] = schema.Cell{Valid: true, Str: a}, schema.Cell{Valid: true, Str: b}
		}
	}
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

// fill computes the rows of the computed tables, and the cells of the column
// of claims that leads to them.
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
			question := &c.filled[i][0]
			at := question.columns[0]
			question.set = func(row []schema.Cell, r recordInfo) { row[at] = d.questionOf(r.index) }
		}
	}
	for i, t := range c.computed {
		if c.computed[i].rows = d.rows(t.Name); c.computed[i].rows == nil {
			return fmt.Errorf("internal error: nothing computes the table %s", t.Name)
		}
	}
	return nil
}
