package show

import (
	"cmp"
	"strings"

	"stemma/disagreement"
	"stemma/internal/draw"
	"stemma/internal/wording"
)

// about says who makes a claim, when, in which document, where it comes from if
// nobody wrote it down as a claim, and why it no longer counts if it does not.
func (a *answer) about(c *disagreement.QuestionClaim, g *wording.Group, used legend) draw.Line {
	var l draw.Line
	if !c.Current {
		l.Add(draw.Plain, notCurrent(c)).Add(draw.Dim, " · ")
	}
	var parts []string
	if when := a.when(c, used); when != "" {
		parts = append(parts, when)
	}
	if who := a.Book.Speaker(c); who != g.Name && who != c.Source && !strings.Contains(g.Name, who) {
		parts = append(parts, "said by "+who)
	}
	parts = append(parts, a.document(c.Source))
	if on := a.relies(c); on != "" {
		parts = append(parts, "relying on "+on)
	}
	if from := derivation(c); from != "" {
		parts = append(parts, from)
	}
	return *l.Add(draw.Dim, strings.Join(parts, " · "))
}

// relies names what a claimant relies on, which decides about the origin.
func (a *answer) relies(c *disagreement.QuestionClaim) string {
	var on []string
	for _, e := range a.Book.Report(c).BasedOn {
		on = append(on, cmp.Or(e.Source.Value, e.Claim.Value))
	}
	return wording.Few(on)
}

// document names a source in full the first time, then by its id.
func (a *answer) document(id string) string {
	if a.named[id] {
		return id
	}
	a.named[id] = true
	return a.book.document(id)
}

// when is the day as of which a claim speaks. That of the publication stands in
// for one that the claim does not give; what was copied keeps the date of what it
// was copied from.
func (a *answer) when(c *disagreement.QuestionClaim, used legend) string {
	text := wording.Date(c.AsOf)
	switch {
	case c.AsOfFrom == "" || text == "":
		return "undated"
	case c.AsOfFrom == disagreement.AsOfSaid:
		return "said " + text + a.inferred(c)
	case c.AsOfFrom != disagreement.AsOfPublished:
		return wording.AsOf(text) + a.inferred(c)
	}
	text = strings.TrimPrefix(text, "within ")
	switch id, own := a.Book.Printed(c); {
	case own:
		used.add("~", "as of the day on which the document was published")
		return "~" + text
	case id != "":
		used.add("≈", "as of the day on which the document from which it comes was published")
		return "≈" + text + ", of " + id
	}
	used.add("≈", "as of the day on which the document from which it comes was published")
	return "≈" + text
}

// inferred marks a date that the document does not print in full.
func (a *answer) inferred(c *disagreement.QuestionClaim) string {
	if text := a.Book.Inferred(c); text != "" {
		return " (" + text + ")"
	}
	return ""
}

func derivation(c *disagreement.QuestionClaim) string {
	switch c.Derivation {
	case "":
		return ""
	case disagreement.DerivedEntailment:
		return "follows from " + c.Key
	case disagreement.DerivedNoComment:
		return "from the refusal to comment in " + c.RecordID
	}
	return "from the account in " + c.RecordID + " (" + c.Pointer + ")"
}

func notCurrent(c *disagreement.QuestionClaim) string {
	text := wording.NotCurrent(c)
	if c.SupersededBy != "" {
		text += ": " + c.SupersededBy
	}
	return text
}

// legend collects the signs that were drawn, for the explanation at the end.
type legend map[string]string

func (l legend) add(sign, meaning string) { l[sign] = meaning }

// signs is the order of the legend.
var signs = []string{"●", "○", "◆", "◄►", "‹›", "━", "╌", "✗", "•", "▒", "×", "~", "≈"}

func (l legend) lines(width int) []draw.Line {
	var parts []string
	for _, s := range signs {
		if l[s] != "" {
			parts = append(parts, s+" "+l[s])
		}
	}
	var out []draw.Line
	if len(parts) > 0 {
		out = draw.Text(draw.Dim, strings.Join(parts, " · ")).Wrap(width)
	}
	return append(out, terms(width)...)
}

// terms explains how the legs are counted on which an answer stands.
func terms(width int) []draw.Line {
	return draw.Text(draw.Dim,
		"origin: who stands behind a claim · channel: the document at the root of how it reached us · "+
			"independent: origins that have a channel of their own, at most").Wrap(width)
}
