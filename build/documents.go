package build

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"stemma/build/descriptor"
	"stemma/internal/dataset"
	"stemma/internal/model"
	"stemma/schema"
)

// documentNames are the documents that describe every release; index.html comes
// with datasets of the model stemma only.
var documentNames = []string{changelogName, "CITATION.cff", "CODEBOOK.md", "LICENSE", "README.md", "croissant.json", "datapackage.json", "load.sql"}

// Keys of the computed tables and columns of theirs that lead to a question,
// which no schema says. A claim can answer one question both as it is written
// and by derivation, which is then null and not, so question_claims has no key
// that is never null.
var (
	computedKeys = map[string][]string{
		"disagreement":       {questionColumn},
		"sensitivity":        {"tolerance", "corroboration_ratio"},
		"measure_statistics": {"measure"},
	}
	computedReferences = map[string]string{
		"disagreement": "prev_question_id",
		questionTable:  questionColumn,
	}
)

// describe describes all tables, in the order in which they are written. Their
// cells are still to be counted.
func (c *content) describe() {
	var plans []*schema.Plan
	for _, k := range c.kinds {
		plans = append(plans, k.Plan)
	}
	c.tables = descriptor.FromPlans(plans)
	question := func(column string) descriptor.ForeignKey {
		return descriptor.ForeignKey{Columns: []string{column}, Table: "disagreement", References: []string{questionColumn}}
	}
	for _, k := range c.kinds {
		if c.computed != nil && k.Name == model.KindClaim {
			claims := c.described(k.Plan.Tables[0].Name)
			claims.ForeignKeys = append(claims.ForeignKeys, question(questionColumn))
		}
	}
	for _, t := range c.computed {
		table := descriptor.FromComputed(t.Computed, plans)
		table.PrimaryKey = computedKeys[t.Name]
		if column := computedReferences[t.Name]; column != "" {
			table.ForeignKeys = append(table.ForeignKeys, question(column))
		}
		c.tables = append(c.tables, table)
	}
}

// described gives the description of a table.
func (c *content) described(table string) *descriptor.Table {
	return &c.tables[slices.IndexFunc(c.tables, func(t descriptor.Table) bool { return t.Name == table })]
}

// noteCell counts a cell of a column.
func noteCell(column *descriptor.Column, t schema.Type, c schema.Cell) {
	if !c.Valid || column.Full() {
		column.Note("", !c.Valid)
		return
	}
	column.Note(exampleOf(t, c), false)
}

// exampleOf shows a cell: lists as JSON, dates and times as in ISO 8601.
func exampleOf(t schema.Type, c schema.Cell) string {
	if t.List {
		items := make([]string, len(c.List))
		for i, item := range c.List {
			items[i] = "null"
			if item.Valid {
				items[i] = exampleOf(schema.Type{Scalar: t.Scalar}, item)
			}
			if item.Valid && (t.Scalar == schema.Text || t.Scalar == schema.Date || t.Scalar == schema.Timestamp) {
				items[i] = strconv.Quote(items[i])
			}
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	switch t.Scalar {
	case schema.Int64:
		return strconv.FormatInt(c.Int, 10)
	case schema.Float64:
		text, _ := json.Marshal(c.Float) // as ECMAScript lays out a number; columns hold none that is infinite
		return string(text)
	case schema.Boolean:
		return strconv.FormatBool(c.Int != 0)
	case schema.Date:
		return time.Unix(c.Int*secondsOfDay, 0).UTC().Format(time.DateOnly)
	case schema.Timestamp:
		return time.UnixMicro(c.Int).UTC().Format("2006-01-02T15:04:05.999999Z")
	}
	return c.Str
}

const secondsOfDay = 24 * 60 * 60

// addDocuments writes the documents that describe the tables and the files so
// far, and lists them.
func (m *Manifest) addDocuments(dir string, config *dataset.Config, tables []descriptor.Table) error {
	d := &descriptor.Description{Dataset: describeDataset(config), Tables: tables}
	d.Dataset.OutputVersion = m.OutputVersion
	for _, f := range m.Files {
		d.Files = append(d.Files, descriptor.File{Path: f.Path, SHA256: f.SHA256, Bytes: f.Bytes})
	}
	documents, err := descriptor.Documents(d)
	if err != nil {
		return err
	}
	for _, doc := range documents {
		if err := writeFile(filepath.Join(dir, doc.Path), doc.Data); err != nil {
			return err
		}
		m.Files = append(m.Files, File{Path: doc.Path, Bytes: int64(len(doc.Data)), SHA256: sha256Hex(doc.Data)})
	}
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

func describeDataset(c *dataset.Config) descriptor.Dataset {
	d := descriptor.Dataset{
		Name: c.Name, Title: c.Title, Description: c.Description, Version: c.Version, ReleasedOn: c.ReleasedOn,
		Licence: descriptor.Licence(c.Licence), URL: c.URL, Contact: c.Contact, Keywords: c.Keywords, Language: c.Language, Citation: c.Citation,
		Claims: c.Model == dataset.ModelStemma,
	}
	for _, creator := range c.Creators {
		d.Creators = append(d.Creators, descriptor.Creator(creator))
	}
	return d
}
