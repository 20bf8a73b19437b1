package descriptor

import (
	"fmt"
	"regexp"
	"strings"
)

// spdx are the licences of data that the citation format and dataset cards know
// by these names. Others are named by their address.
var spdx = map[string]bool{
	"CC0-1.0": true, "CC-BY-3.0": true, "CC-BY-4.0": true, "CC-BY-SA-3.0": true, "CC-BY-SA-4.0": true, "CC-BY-NC-4.0": true,
	"CC-BY-NC-SA-4.0": true, "CC-BY-ND-4.0": true, "CC-BY-NC-ND-4.0": true, "ODbL-1.0": true, "ODC-By-1.0": true, "PDDL-1.0": true,
	"MIT": true, "Apache-2.0": true, "BSD-3-Clause": true,
}

var (
	// As the schema of CFF 1.2.0 wants them.
	cffURL   = regexp.MustCompile(`^(https|http|ftp|sftp)://.+`)
	cffEmail = regexp.MustCompile(`^\S+@\S+\.\S{2,}$`)
)

// Citation writes CITATION.cff in the Citation File Format 1.2.0. Creators are
// entities: whether one is a person is not recorded.
func Citation(d *Description) []byte {
	set := &d.Dataset
	var y yaml
	y.WriteString("cff-version: 1.2.0\ntype: dataset\n")
	y.pair("message", "If you use this dataset, please cite it as below, with its version.")
	y.pair("title", set.title())
	y.WriteString("authors:\n")
	seen := map[Creator]bool{} // the format wants them to be unique
	for _, c := range set.creators() {
		if !cffURL.MatchString(c.URL) {
			c.URL = ""
		}
		if seen[c] {
			continue
		}
		seen[c] = true
		fmt.Fprintf(&y, "  - name: %s\n", quoteYAML(c.Name))
		y.pair("    website", c.URL)
	}
	y.pair("version", set.Version)
	y.pair("date-released", set.ReleasedOn)
	switch {
	case spdx[set.Licence.Name]:
		y.pair("license", set.Licence.Name)
	case cffURL.MatchString(set.Licence.URL):
		y.pair("license-url", set.Licence.URL)
	}
	if cffURL.MatchString(set.URL) {
		y.pair("url", set.URL)
	}
	y.contact(set)
	y.list("keywords", set.Keywords)
	y.pair("abstract", set.Description)
	return []byte(y.String())
}

func (y *yaml) contact(set *Dataset) {
	how := ""
	switch {
	case cffURL.MatchString(set.Contact):
		how = "website"
	case cffEmail.MatchString(set.Contact):
		how = "email"
	default:
		return
	}
	fmt.Fprintf(y, "contact:\n  - name: %s\n", quoteYAML(set.creators()[0].Name))
	y.pair("    "+how, set.Contact)
}

// cite is how to cite the release, in one line.
func (d *Dataset) cite() string {
	if d.Citation != "" {
		return d.Citation
	}
	var names []string
	for _, c := range d.creators() {
		names = append(names, c.Name)
	}
	out := strings.Join(names, "; ")
	if year, _, ok := strings.Cut(d.ReleasedOn, "-"); ok {
		out += " (" + year + ")"
	}
	out += ": " + d.title() + ". Version " + d.Version + " [dataset]."
	if d.URL != "" {
		out += " " + d.URL
	}
	return out
}

// LicenceText writes LICENSE: which licence the data has, where its text is, and
// what it cannot give.
func LicenceText(d *Description) []byte {
	set := &d.Dataset
	var b strings.Builder
	fmt.Fprintf(&b, "%s, version %s\n\n", visible(set.title()), set.Version)
	l := &set.Licence
	if l.Name == "" {
		b.WriteString("The dataset names no licence. Ask its makers before you use more than the law allows.\n")
		return []byte(b.String())
	}
	name := l.Name
	if l.Title != "" {
		name = visible(l.Title) + " (" + l.Name + ")"
	}
	fmt.Fprintf(&b, "The data in this folder may be used under the licence %s.\n", name)
	if l.URL != "" {
		fmt.Fprintf(&b, "Its text: %s\n", visible(l.URL))
	}
	if set.Claims {
		b.WriteString(quotes + "\n")
	}
	fmt.Fprintf(&b, "SPDX-License-Identifier: %s\n\nTo name the makers, cite:\n%s\n", l.Name, visible(set.cite()))
	return []byte(b.String())
}

// size_categories of dataset cards, by the number of rows.
var cardSizes = []struct {
	below int64
	name  string
}{{1_000, "n<1K"}, {10_000, "1K<n<10K"}, {100_000, "10K<n<100K"}, {1_000_000, "100K<n<1M"}, {10_000_000, "1M<n<10M"}}

// DatasetCard writes the front matter (YAML between two lines of hyphens) that
// makes a README.md the card of a Hugging Face dataset. Each table is a
// configuration; the first one is the default.
func DatasetCard(d *Description) []byte {
	set := &d.Dataset
	var y yaml
	y.WriteString("---\n")
	y.pair("pretty_name", set.title())
	switch l := set.Licence; {
	case spdx[l.Name]:
		y.pair("license", cardLicence(l.Name))
	case l.Name != "":
		y.pair("license", "other")
		y.pair("license_name", l.Name)
		y.pair("license_link", l.URL)
	}
	if language, _, _ := strings.Cut(set.Language, "-"); language != "" {
		y.list("language", []string{language})
	}
	y.list("tags", set.Keywords)
	var most int64
	for i := range d.Tables {
		most = max(most, d.Tables[i].Rows)
	}
	size := "n>10M"
	for _, s := range cardSizes {
		if most < s.below {
			size = s.name
			break
		}
	}
	y.list("size_categories", []string{size})
	if len(d.Tables) > 0 {
		y.WriteString("configs:\n")
	}
	for i := range d.Tables {
		t := &d.Tables[i]
		fmt.Fprintf(&y, "  - config_name: %s\n    data_files: %s\n", quoteYAML(t.Name), quoteYAML(t.Parquet()))
		if i == 0 {
			y.WriteString("    default: true\n")
		}
	}
	y.WriteString("---\n")
	return []byte(y.String())
}

// cardLicence is the name that dataset cards have for a licence: mostly the
// SPDX identifier in small letters.
func cardLicence(name string) string {
	switch name {
	case "ODbL-1.0":
		return "odbl"
	case "ODC-By-1.0":
		return "odc-by"
	case "PDDL-1.0":
		return "pddl"
	}
	return strings.ToLower(name)
}
