package validate

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/language"

	"stemma/internal/diag"
	"stemma/internal/model"
)

// checkFileName holds the name of a .json file against the id. In .jsonl files
// many records share one name.
func checkFileName(c *check, m *model.Record) {
	if c.rec.File.Lines {
		return
	}
	if name := path.Base(c.rec.File.Path); name != m.ID.Value+".json" {
		c.find(diag.IDFileName, m.ID.Span, fmt.Sprintf("the file is named %q, but the record in it is %q", name, m.ID.Value),
			fmt.Sprintf("rename the file to %s.json, or correct the id", m.ID.Value))
	}
}

// prefixes of ids. The schemas of the six kinds ask for them too, but a dataset
// may have changed its schemas.
var prefixes = map[string]string{
	model.KindSource: "src-", model.KindActor: "act-", model.KindPlace: "plc-",
	model.KindMeasure: "msr-", model.KindEvent: "evt-", model.KindClaim: "clm-",
}

func checkPrefix(c *check, m *model.Record) {
	if prefix := prefixes[c.rec.kind]; !strings.HasPrefix(m.ID.Value, prefix) {
		c.find(diag.IDPrefix, m.ID.Span, fmt.Sprintf("the id %q of this %s does not begin with %s", m.ID.Value, c.rec.kind, prefix),
			fmt.Sprintf("begin it with %s, and rename the file as well", prefix))
	}
}

// checkLanguage: the schema sees the form of the tag, not whether its parts are
// registered.
func checkLanguage(c *check, m *model.Source) {
	if !m.Language.IsSet() {
		return
	}
	_, err := language.Parse(m.Language.Value)
	if err == nil {
		return
	}
	message := fmt.Sprintf("%q is no language tag", m.Language.Value)
	var unknown language.ValueError
	if errors.As(err, &unknown) {
		message = fmt.Sprintf("%q in the language tag %q names nothing", unknown.Subtag(), m.Language.Value)
	}
	c.find(diag.ValueFormat, m.Language.Span, message, "write a tag of BCP 47, such as en, ur, ps, prs or zh-Hans")
}

func checkCountry(c *check, m *model.Place) {
	if !m.Country.IsSet() {
		return
	}
	region, err := language.ParseRegion(m.Country.Value)
	current := region.Canonicalize() // UK is GB
	isCountry := err == nil && current.IsCountry()
	if isCountry && current.String() == m.Country.Value {
		return
	}
	help := "write the two capital letters of ISO 3166-1, such as AF or PK"
	if isCountry {
		help = fmt.Sprintf("write %q", current)
	}
	c.find(diag.ValueFormat, m.Country.Span, fmt.Sprintf("%q is no country of ISO 3166-1", m.Country.Value), help)
}

// checkArchive: what was only cited cannot be archived by who never saw it.
func checkArchive(c *check, m *model.Source) {
	if m.ArchiveURL.IsSet() || m.Access.Value == model.AccessCitedNotSeen || m.Retired() {
		return
	}
	help := "archive the page, for example at web.archive.org, and give the copy's address in archive_url"
	if !m.URL.IsSet() {
		help = "find the document's address, archive the page and give the copy's address in archive_url"
	}
	c.find(diag.SourceUnarchived, m.ID.Span, "this source has no archived copy", help)
}

// unused finds actors, places and measures that nothing refers to. It runs
// after references. Sources stand for themselves: that one was read and says
// nothing is worth keeping.
func (s *stemmaRules) unused() diag.List {
	var list diag.List
	for kind, entries := range s.byKind() {
		if kind == model.KindSource {
			continue
		}
		for _, e := range entries {
			if !e.used.Load() && !e.base.Retired() {
				list = append(list, find(e.Record, diag.RecordUnused, e.base.ID.Span, fmt.Sprintf("nothing refers to this %s", kind),
					"look for a mistyped reference to it, or delete the file if it was never released"))
			}
		}
	}
	return list
}
