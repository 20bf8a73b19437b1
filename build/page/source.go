package page

import (
	"cmp"
	"slices"
	"strings"

	"stemma/internal/edtf"
	"stemma/internal/model"
	"stemma/internal/wording"
)

// sourceView is a document as the page shows it.
type sourceView struct {
	Anchor, ID          string
	Title, By, Language string
	Untitled            string // what stands in for the title
	About               string
	Access              string // how much of it was seen, if not all
	URL, Archive        string
	Address             string // one to which the page does not link
	From, To            []lineage
	Carries             string
	Claims              []link
	Note                string
	published           edtf.Date
}

// lineage is a link to another document.
type lineage struct {
	Text  string
	Link  link
	Basis string
	Class string
}

// mostLinks is the number of claims of a document to which its card links.
const mostLinks = 60

// sourceViews shows all documents by publisher and date.
func (b *book) sourceViews(in *Input) []sourceView {
	copies := map[string][]lineage{}
	for _, s := range in.Records.Sources {
		if s.Retired() {
			continue
		}
		for i := range s.Lineage {
			d := &s.Lineage[i]
			id := b.Survivor(d.Source.Value)
			copies[id] = append(copies[id], lineage{reverseText(d.Relation.Value), b.documentLink(s.ID.Value), basisText(d.Basis.Value), d.Basis.Value})
		}
	}
	claims := map[string][]link{}
	for _, c := range in.Records.Claims {
		if !c.Retired() && in.Result.QuestionOf[c.ID.Value] != "" {
			id := b.Survivor(c.Source.Value)
			claims[id] = append(claims[id], link{c.ID.Value, anchor(c.ID.Value)})
		}
	}
	var out []sourceView
	for _, s := range in.Records.Sources {
		if s.Retired() {
			continue
		}
		v := b.source(s)
		v.To = copies[s.ID.Value]
		slices.SortFunc(v.To, func(x, y lineage) int {
			return cmp.Or(strings.Compare(x.Text, y.Text), strings.Compare(x.Link.Anchor, y.Link.Anchor))
		})
		v.Claims = claims[s.ID.Value]
		slices.SortFunc(v.Claims, func(x, y link) int { return strings.Compare(x.Text, y.Text) })
		if n := len(v.Claims); n > mostLinks {
			v.Claims = append(v.Claims[:mostLinks:mostLinks], link{Text: "and " + wording.GroupedInt(n-mostLinks) + " more"})
		}
		out = append(out, v)
	}
	slices.SortFunc(out, func(x, y sourceView) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.By), strings.ToLower(y.By)), wording.CompareDates(x.published, y.published), strings.Compare(x.ID, y.ID))
	})
	return out
}

func (b *book) source(s *model.Source) sourceView {
	v := sourceView{
		Anchor: anchor(s.ID.Value), ID: s.ID.Value, Title: s.Title.Value, By: b.publisher(s), Language: s.Language.Value,
		URL: webLink(s.URL.Value), Archive: webLink(s.ArchiveURL.Value), Note: s.Coding.Note.Value,
	}
	if v.Title == "" {
		v.Untitled = b.untitled(s)
	}
	if v.URL == "" {
		v.Address = s.URL.Value
	}
	about := []string{wording.Words(s.Type.Value)}
	if s.Author.IsSet() && v.By != s.Author.Value {
		about = append(about, "by "+s.Author.Value)
	}
	if s.Published != nil {
		v.published, _ = s.Published.Parse()
		about = append(about, wording.EDTF(s.Published.EDTF.Value))
	} else {
		about = append(about, "undated")
	}
	if s.Language.IsSet() {
		about = append(about, "language: "+s.Language.Value)
	}
	if v.Untitled != "" {
		about = append(about, v.ID)
	}
	v.About = strings.Join(about, " · ")
	switch s.Access.Value {
	case model.AccessExcerptSeen:
		v.Access = "seen in part"
	case model.AccessCitedNotSeen:
		v.Access = "cited, not seen"
	}
	for i := range s.Lineage {
		d := &s.Lineage[i]
		id := b.Survivor(d.Source.Value)
		v.From = append(v.From, lineage{wording.Words(d.Relation.Value), b.documentLink(id), basisText(d.Basis.Value), d.Basis.Value})
	}
	v.Carries = "carries no claims"
	if n := b.carried[s.ID.Value]; n > 0 {
		v.Carries = "carries " + wording.Count(n, "claim or account")
		if n > 1 {
			v.Carries = "carries " + wording.GroupedInt(n) + " claims and accounts"
		}
	}
	return v
}

// reverseText is a relation as seen from the document that is copied.
func reverseText(relation string) string {
	switch relation {
	case model.WasQuotedFrom:
		return "is quoted in"
	case model.WasDerivedFrom:
		return "gave rise to"
	case model.WasRevisionOf:
		return "was revised as"
	case model.HadPrimarySource:
		return "is the primary source of"
	}
	return wording.Words(relation)
}
