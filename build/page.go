package build

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"

	"stemma/build/columnar"
	"stemma/build/descriptor"
	"stemma/build/page"
	"stemma/internal/dataset"
	"stemma/internal/model"
	"stemma/schema"
	"stemma/validate"
)

// maxPageClaims is the largest number of claims of which a release has a page.
// Of 10,000 it has some 27 MB and takes two seconds; of 100,000 it would have
// 260 MB and take more than half of the build, and no browser would show it.
const maxPageClaims = 20_000

// hasPage tells whether the release has a page: if it is of the model stemma,
// and not too large. What is computed tells the model: in other datasets a kind
// can have the name of the computed one, but no kind has the names of all these
// tables.
func (m *Manifest) hasPage() bool {
	for _, name := range schema.ComputedNames() {
		if !slices.ContainsFunc(m.Tables, func(t Table) bool { return t.Name == name && t.Kind == dataset.KindComputed }) {
			return false
		}
	}
	claims := slices.IndexFunc(m.Tables, func(t Table) bool { return t.Kind == model.KindClaim }) // the first is that of the records
	return claims >= 0 && m.Tables[claims].Rows <= maxPageClaims
}

// writePage writes index.html. The records are decoded once more, because the
// page shows quotes and locators, which the computation does without.
func writePage(ctx context.Context, dir string, c *validate.Checked, content *content, progress func(done, total int)) (err error) {
	records, _, err := decodeInput(ctx, c, model.DecodeClaim, progress)
	if err != nil {
		return err
	}
	f, err := createFile(filepath.Join(dir, pageName))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return page.Render(&contextWriter{ctx: ctx, w: f}, page.Input{
		Dataset: pageDataset(c.Snapshot().Config), Result: content.result, Records: records, Files: pageFiles(content.tables),
	})
}

// contextWriter stops writing when its context ends.
type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c *contextWriter) Write(p []byte) (int, error) {
	if err := interrupted(c.ctx); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}

func pageDataset(c *dataset.Config) page.Dataset {
	d := page.Dataset{
		Name: c.Name, Title: c.Title, Description: c.Description, Version: c.Version, ReleasedOn: c.ReleasedOn,
		Licence: page.Licence(c.Licence), URL: c.URL, Citation: c.Citation, Keywords: c.Keywords, Language: c.Language,
	}
	for _, creator := range c.Creators {
		d.Creators = append(d.Creators, page.Creator(creator))
	}
	return d
}

// pageFiles are the files to which the page links, those for reading first.
// They are known by name: most are written after the page.
func pageFiles(tables []descriptor.Table) []page.File {
	out := []page.File{{Path: "README.md", About: "how to load, cite and check the data"}}
	for _, name := range []string{"CODEBOOK.md", changelogName, "LICENSE", "CITATION.cff", "load.sql", "datapackage.json", "croissant.json", policyName, archiveName, manifestName, provenanceName, sumsName} {
		out = append(out, page.File{Path: name, About: descriptor.Purpose(name)})
	}
	for _, t := range tables {
		out = append(out, page.File{Path: tablesDir + "/" + t.Name + columnar.ParquetExtension, About: t.Description})
	}
	return out
}
