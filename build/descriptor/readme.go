package descriptor

import (
	"fmt"
	"strings"
)

// purposes says what the files of a release are for; folders end in a slash.
// Optional ones are listed if they are among the files.
var purposes = []struct {
	path, purpose string
	optional      bool
}{
	{"tables/", "the data: every table as Parquet and as Arrow IPC file", false},
	{"CODEBOOK.md", "every table and column: type, meaning, allowed values, nulls, examples", false},
	{"load.sql", "views of all tables for DuckDB", false},
	{"index.html", "the data to look at in a browser, without installing anything", true},
	{"CHANGELOG.md", "what changed since the last version, and why", true},
	{"CITATION.cff", "how to cite, for programs", false},
	{"LICENSE", "what you may do with the data", false},
	{"datapackage.json", "description as a Data Package, version 2", false},
	{"croissant.json", "description in Croissant, version 1.0", false},
	{"policy.json", "thresholds, hedges and units by which the disagreements were computed", true},
	{"source.tar.zst", "everything that the release was made from; stemma makes the same bytes of it again", false},
	{"manifest.json", "every file with its size and SHA-256, every column with a hash of its values", false},
	{"provenance.intoto.json", "how the release was made, as an in-toto statement", false},
	{"SHA256SUMS", "checksums of all other files", false},
}

// Purpose says what a file of a release is for; empty if no release has such a
// file. Folders end in a slash.
func Purpose(path string) string {
	for _, p := range purposes {
		if p.path == path {
			return p.purpose
		}
	}
	return ""
}

// Readme writes README.md: what the release is, how to load, cite and check it.
func Readme(d *Description) []byte {
	set := &d.Dataset
	var b strings.Builder
	d.heading(&b)
	if set.OutputVersion > 0 {
		fmt.Fprintf(&b, "\n"+madeBy, set.OutputVersion)
	}
	if set.Claims {
		b.WriteString(readFirst)
	}
	d.loading(&b)
	d.listing(&b, "[CODEBOOK.md](CODEBOOK.md) describes every column.\n\n")
	b.WriteString("\n## Files\n\n| file | what it is for |\n|---|---|\n")
	for _, p := range purposes {
		if p.optional && d.file(p.path) == nil {
			continue
		}
		fmt.Fprintf(&b, "| %s | %s |\n", code(p.path), p.purpose)
	}
	fmt.Fprintf(&b, "\n## Cite\n\n%s\n", markdown(set.cite()))
	if set.URL != "" && !strings.Contains(set.cite(), set.URL) {
		fmt.Fprintf(&b, "\nWhere it is published: %s\n", markdown(set.URL))
	}
	b.WriteString("\n## Check\n\nNo listed file was damaged since `SHA256SUMS` was written if this prints nothing:\n\n```sh\nsha256sum --check --quiet SHA256SUMS\n```\n\n" +
		"Files that are not listed it does not see, and whoever alters a file can write `SHA256SUMS` anew. `stemma verify .` also finds files that do not belong here and compares every value with two readers, and `stemma verify --rebuild .` makes the release again from `source.tar.zst` and compares the bytes. " +
		"Neither says who made the release: for that, compare the SHA-256 of `manifest.json` with one that you trust, or check a signature.\n")
	if set.Contact != "" {
		fmt.Fprintf(&b, "\n## Questions\n\n%s\n", markdown(set.Contact))
	}
	return []byte(b.String())
}

// Overview writes the part of the readme that does not name other documents, for
// releases that have none.
func Overview(d *Description) []byte {
	var b strings.Builder
	d.heading(&b)
	d.listing(&b, "")
	fmt.Fprintf(&b, "\n## Cite\n\n%s\n", markdown(d.Dataset.cite()))
	return []byte(b.String())
}

// heading says what the release is.
func (d *Description) heading(b *strings.Builder) {
	set := &d.Dataset
	fmt.Fprintf(b, "# %s\n\nVersion %s", markdown(set.title()), set.Version)
	if set.ReleasedOn != "" {
		fmt.Fprintf(b, ", released on %s", set.ReleasedOn)
	} else {
		b.WriteString(", not yet released")
	}
	if set.Licence.Name != "" {
		fmt.Fprintf(b, ". Licence: %s", markdown(set.Licence.Name))
	}
	b.WriteString(".\n")
	if set.Description != "" {
		fmt.Fprintf(b, "\n%s\n", markdown(set.Description))
	}
	if set.Claims {
		b.WriteString("\n" + quotes + "\n")
	}
}

// listing lists the tables, after a remark.
func (d *Description) listing(b *strings.Builder, remark string) {
	fmt.Fprintf(b, "\n## Tables\n\n%s| table | rows | what a row is |\n|---|---|---|\n", remark)
	for i := range d.Tables {
		t := &d.Tables[i]
		fmt.Fprintf(b, "| %s | %d | %s |\n", code(t.Name), t.Rows, markdown(t.Description))
	}
}

// python quotes a text for Python and R, which share the escapes used here.
func python(s string) string {
	out := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`).Replace(s)
	return `"` + out + `"`
}

// shell quotes a text for a POSIX shell.
func shell(s string) string { return `'` + strings.ReplaceAll(s, `'`, `'\''`) + `'` }
