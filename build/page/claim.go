package page

import (
	"cmp"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
	"stemma/internal/wording"
)

// link leads to something on the page, if it has an anchor.
type link struct{ Text, Anchor string }

// fact is a term with what is known about it.
type fact struct {
	Term  string
	Links []link
}

func plain(term, text string) fact { return fact{term, []link{{Text: text}}} }

// claimView is a claim as the page shows it.
type claimView struct {
	Anchor     string // empty where the claim has its place elsewhere
	Class      string // what it does if it does not assert
	Label      string
	Reading    string // the label as an interval
	WhyNot     string // why it does not count any more
	By         link
	When       string // and who said it, if the origin has not
	Source     sourceLink
	Undated    bool // the source does not say when it was published
	Derivation []link
	Quote      string
	Language   string // if it is not that of the page
	Facts      []fact
}

// sourceLink names a document and leads to its card, and out to the document.
type sourceLink struct {
	Card link
	URL  string
}

func (b *book) sourceLink(id string) sourceLink {
	s := b.Sources[id]
	if s == nil {
		return sourceLink{Card: link{Text: id}}
	}
	return sourceLink{Card: link{b.issue(id), b.anchor(id)}, URL: cmp.Or(webLink(s.URL.Value), webLink(s.ArchiveURL.Value))}
}

// documentLink leads to the card of a document.
func (b *book) documentLink(id string) link {
	if b.Sources[id] == nil {
		return link{Text: id}
	}
	return link{b.issue(id), b.anchor(id)}
}

func (p *printer) claim(q *question, g *wording.Group, qc *disagreement.QuestionClaim) claimView {
	b := q.book
	v := claimView{Label: q.Label(qc), Source: b.sourceLink(qc.Source), Derivation: derivation(qc)}
	if p.isLarge {
		v.Source.URL = "" // the card of the document has it
	}
	switch {
	case !qc.Current:
		v.Class = classPast
		v.WhyNot, v.By = wording.NotCurrent(qc), b.keyLink(qc.SupersededBy)
	case wording.Denies(qc):
		v.Class = classDenies
	case qc.Stance != model.Assert:
		v.Class = "silent"
	}
	isChip := q.Kind == model.TypeBoolean || q.Kind == model.TypeCategory || q.Kind == model.TypePlace
	switch {
	case isChip && qc.Stance == model.Deny:
		v.Label = wording.Verb(qc) + ": " + q.Said(qc)
	case qc.Derivation == disagreement.DerivedEntailment && !wording.Denies(qc):
		v.Label = wording.Verb(qc) + " " + v.Label
	}
	if q.Kind == model.TypeQuantity && qc.Value != "" && qc.Derivation == "" && (qc.Lower.Value != nil || qc.Upper.Value != nil) {
		if text := wording.Interval(qc.Lower, qc.Upper); !strings.HasSuffix(strings.ReplaceAll(v.Label, "–", " to "), text) {
			v.Reading = text
		}
	}
	v.When = b.when(qc, v.Source.Card.Text)
	if b.Sources[qc.Source] != nil && !b.IsDated(qc.Source) {
		v.Undated = true
	}
	if who := b.Speaker(qc); (qc.Claimant != "" || qc.Label != "") && !strings.Contains(g.Name, who) {
		v.When += saidBy(qc, who)
	}
	if qc.Derivation == disagreement.DerivedEntailment || qc.Derivation == disagreement.DerivedNoComment {
		return v // the claim that it follows from has the rest
	}
	v.Quote, v.Language = b.quote(qc), b.language(qc.Source)
	if m := b.Claims[qc.Key]; m != nil {
		v.Anchor = anchor(qc.Key)
		v.Facts = b.claimFacts(m, qc, v.Label)
	}
	return v
}

// saidBy adds to when something was said who said it.
func saidBy(c *disagreement.QuestionClaim, who string) string {
	if c.AsOfFrom == disagreement.AsOfSaid {
		return " by " + who
	}
	return ", said by " + who
}

// language is that of a document, if it is not the page's own.
func (b *book) language(source string) string {
	if s := b.Sources[source]; s != nil && s.Language.Value != "en" {
		return s.Language.Value
	}
	return ""
}

func (b *book) quote(c *disagreement.QuestionClaim) string {
	if m := b.Claims[c.RecordID]; m != nil {
		return m.Quote.Value
	}
	a, p := b.Account(c)
	switch {
	case p != nil: // the words of the account may be about somebody else
		return p.Quote.Value
	case a != nil:
		return a.Quote.Value
	}
	return ""
}

// keyLink leads to a claim, or to the account of an event, by its key.
func (b *book) keyLink(key string) link {
	record, pointer, _ := strings.Cut(key, "#")
	switch {
	case b.Claims[record] != nil:
		return link{record, b.anchor(record)}
	case b.Events[record] != nil:
		return link{"an account of “" + wording.Shortened(b.Name(record), 50) + "”", accountAnchor(record, pointer)}
	}
	return link{Text: record}
}

// accountAnchor is the anchor of the account that a pointer leads into.
func accountAnchor(event, pointer string) string {
	if steps := strings.Split(pointer, "/"); len(steps) >= 3 && wording.Index(steps[2], 1<<20) >= 0 {
		return anchor(event) + "--" + steps[2] // no id has two hyphens in a row
	}
	return anchor(event)
}

// when is the day as of which a claim speaks. That of the publication stands in
// for one that the claim does not give; the name of the document may have it.
// What was copied keeps the date of what it was copied from.
func (b *book) when(c *disagreement.QuestionClaim, document string) string {
	text := wording.Date(c.AsOf)
	switch {
	case c.AsOfFrom == "" || text == "":
		return "undated"
	case c.AsOfFrom == disagreement.AsOfSaid:
		return "said " + text + b.inferred(c)
	case c.AsOfFrom != disagreement.AsOfPublished:
		return wording.AsOf(text) + b.inferred(c)
	}
	switch id, own := b.Printed(c); {
	case own && strings.HasSuffix(document, text):
		return "as of publication"
	case own:
		return "published " + text
	case id != "":
		return wording.AsOf(text) + ", by the date of " + b.document(id) + ", from which it comes"
	}
	return wording.AsOf(text) + ", by the date of what it goes back to"
}

// inferred marks a date that the document does not print in full.
func (b *book) inferred(c *disagreement.QuestionClaim) string {
	if text := b.Inferred(c); text != "" {
		return " (" + text + ")"
	}
	return ""
}

// derivation says where a claim comes from that nobody wrote down as a claim.
func derivation(c *disagreement.QuestionClaim) []link {
	base := link{c.RecordID, anchor(c.RecordID)}
	switch c.Derivation {
	case "":
		return nil
	case disagreement.DerivedEntailment:
		if c.RecordKind == model.KindEvent {
			return []link{{Text: "follows from"}, {"an account of the event", accountAnchor(c.RecordID, c.Pointer)}}
		}
		return []link{{Text: "follows from"}, base}
	case disagreement.DerivedNoComment:
		return []link{{Text: "from the refusal to comment in"}, base}
	}
	return []link{{Text: "from"}, {"the account of the event", accountAnchor(c.RecordID, c.Pointer)}}
}

// attributions explain how a document ties words to somebody.
var attributions = map[string]string{
	model.Direct:       "direct",
	model.Indirect:     "indirect",
	model.Anonymous:    "anonymous: the document does not name the claimant",
	model.Editorial:    "editorial: the document speaks for itself",
	model.Unattributed: "unattributed: the document does not say who says so",
	model.Ambiguous:    "ambiguous: it is not clear whose words these are",
}

// claimFacts is everything else that the record of a claim says.
func (b *book) claimFacts(m *model.Claim, qc *disagreement.QuestionClaim, label string) []fact {
	out := b.reportFacts(&m.Report, qc.AsOfFrom)
	if v := m.Value; v != nil {
		if !strings.Contains(m.Quote.Value, v.Verbatim.Value) {
			out = append(out, plain("As printed", v.Verbatim.Value))
		}
		if v.Hedge.IsSet() {
			text := wording.Words(v.Hedge.Value)
			if v.HedgeVerbatim.IsSet() && v.HedgeVerbatim.Value != text {
				text = "“" + v.HedgeVerbatim.Value + "”, read as " + text
			}
			out = append(out, plain("Hedge", text))
		}
		if v.Date != nil && !(isPlain(v.Date) && strings.HasSuffix(label, wording.EDTF(v.Date.EDTF.Value))) {
			out = b.dateFact(out, "Date", v.Date)
		}
	}
	if m.ReadingAmbiguous.Value {
		out = append(out, plain("Reading", "ambiguous"))
	}
	if m.Revises.IsSet() {
		out = append(out, fact{"Revises", []link{{m.Revises.Value, b.anchor(b.Survivor(m.Revises.Value))}}})
	}
	if m.Utterance.IsSet() {
		out = append(out, plain("Utterance", m.Utterance.Value))
	}
	return append(out, codingFacts(&m.Record)...)
}

// isPlain tells whether a record says no more of a date than the date.
func isPlain(d *model.Date) bool {
	return !d.Verbatim.IsSet() && len(d.Inferred) == 0 && d.Reading() == edtf.Throughout
}

// reportFacts is what claims and accounts share. asOf names the day that is said
// already.
func (b *book) reportFacts(r *model.Report, asOf string) []fact {
	var out []fact
	if r.Attribution.IsSet() {
		out = append(out, plain("Attribution", cmp.Or(attributions[r.Attribution.Value], wording.Words(r.Attribution.Value))))
	}
	if label := r.ClaimantLabel.Value; label != "" && label != b.Name(b.Survivor(r.Claimant.Value)) {
		out = append(out, plain("Named as", "“"+r.ClaimantLabel.Value+"”"))
	}
	if r.SaidOn != nil && !(asOf == disagreement.AsOfSaid && isPlain(r.SaidOn)) {
		out = b.dateFact(out, "Said on", r.SaidOn)
	}
	if r.AsOf != nil && !(asOf == disagreement.AsOfWritten && isPlain(r.AsOf)) {
		out = b.dateFact(out, "As of", r.AsOf)
	}
	for i := range r.Via {
		d := &r.Via[i]
		l := b.documentLink(b.Survivor(d.Source.Value))
		out = append(out, fact{"Came through", []link{l, {Text: "(" + wording.Words(d.Relation.Value) + ", " + basisText(d.Basis.Value) + ")"}}})
	}
	for i := range r.BasedOn {
		e := &r.BasedOn[i]
		l := b.documentLink(b.Survivor(e.Source.Value))
		if e.Claim.IsSet() {
			l = b.keyLink(b.Survivor(e.Claim.Value))
		}
		out = append(out, fact{"Relies on", []link{l, {Text: "(" + basisText(e.Basis.Value) + ")"}}})
	}
	if r.Locator.IsSet() {
		out = append(out, plain("Locator", r.Locator.Value))
	}
	return out
}

func basisText(basis string) string { return wording.Words(basis) }

// dateFact says a date with all that the record says about it.
func (b *book) dateFact(out []fact, term string, d *model.Date) []fact {
	if d == nil {
		return out
	}
	text := wording.EDTF(d.EDTF.Value)
	if d.Reading() == edtf.SometimeIn {
		text = "some time in: " + text
	}
	if d.Verbatim.IsSet() {
		text += ", printed “" + d.Verbatim.Value + "”"
	}
	f := plain(term, text)
	if len(d.Inferred) > 0 {
		var parts []string
		for _, p := range d.Inferred {
			parts = append(parts, p.Value)
		}
		f.Links = append(f.Links, link{Text: "· " + wording.And(parts) + " inferred from"}, b.documentLink(b.Survivor(d.Basis.Value)))
	}
	return append(out, f)
}

// codingFacts says who wrote a record down.
func codingFacts(r *model.Record) []fact {
	c := &r.Coding
	text := c.Status()
	if c.By.IsSet() {
		text = c.By.Value + ", " + c.On.Value + ", " + text
	}
	out := []fact{plain("Coded", text)}
	if c.Note.IsSet() {
		out = append(out, plain("Note", c.Note.Value))
	}
	return append(out, fact{"Record", []link{{r.ID.Value, anchor(r.ID.Value)}}})
}
