package build

import (
	"bytes"
	"fmt"

	"stemma/build/descriptor"
	"stemma/build/page"
)

// documentsToRead are the files of a release to which the page of the releases
// leads, as far as the release has them.
var documentsToRead = []string{pageName, "README.md", changelogName, "CODEBOOK.md", "LICENSE", "CITATION.cff", "load.sql", "datapackage.json", "croissant.json", archiveName, sumsName}

// releasesPage writes the page beside the releases.
func releasesPage(releases []*standing, deltas []*standingDelta) ([]byte, error) {
	in := page.Releases{Files: []page.File{
		{Path: indexName, About: "lists the releases with the digests of their manifests, and the deltas"},
		{Path: ledgerName, About: "every id that was ever published: its first release, its last change, what became of it"},
	}}
	for i, s := range releases {
		listed := listedRelease(s)
		if i > 0 {
			listed.Delta = listedDelta(deltas[i-1])
		}
		in.List = append(in.List, listed)
	}
	var b bytes.Buffer
	err := page.RenderReleases(&b, in)
	return b.Bytes(), err
}

func listedRelease(s *standing) page.Listed {
	m := s.manifest
	out := page.Listed{Dataset: m.Dataset, Title: m.Title, Version: m.Version, Licence: m.Licence, Citation: s.citation,
		Folder: s.name, ManifestSHA256: s.manifestSHA256, OutputVersion: m.OutputVersion}
	if m.ReleasedOn != nil {
		out.ReleasedOn = *m.ReleasedOn
	}
	if out.Citation == "" {
		out.Citation = fmt.Sprintf("%s. Version %s, %s [dataset].", m.Title, m.Version, out.ReleasedOn)
	}
	for _, name := range documentsToRead {
		if m.file(name) != nil || name == sumsName {
			out.Files = append(out.Files, page.File{Path: name, About: descriptor.Purpose(name)})
		}
	}
	for _, t := range m.Tables {
		listed := page.ListedTable{Name: t.Name, Description: t.Description, Rows: t.Rows}
		if path := tablesDir + "/" + t.Name + ".parquet"; m.file(path) != nil {
			listed.File = path
		}
		out.Tables = append(out.Tables, listed)
	}
	return out
}

func listedDelta(d *standingDelta) *page.Delta {
	out := &page.Delta{From: d.Old.Version, Folder: d.path(), Files: []page.File{{Path: "README.md"}, {Path: "delta.json"}, {Path: sumsName}}}
	for _, t := range d.Tables {
		out.Tables = append(out.Tables, page.DeltaTable{Name: t.Name, Added: t.Added, Changed: t.ChangedInBoth, Widened: t.Changed - t.ChangedInBoth, Removed: t.Removed})
	}
	return out
}
