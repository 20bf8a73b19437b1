package validate

import (
	"fmt"

	"stemma/internal/diag"
	"stemma/internal/model"
)

// checkClaimant: somebody says it, where the attribution says that somebody does.
func checkClaimant(c *check, r report) {
	how := r.Attribution
	switch how.Value {
	case model.Direct, model.Indirect:
		if !r.Claimant.IsSet() {
			c.find(diag.ClaimantMissing, how.Span, fmt.Sprintf("the attribution is %s, but the %s has no claimant", how.Value, r.what),
				"add \"claimant\" with the actor who says it; if nobody is named, write anonymous with claimant_label, or editorial for the document's own voice")
		}
	case model.Anonymous:
		if !r.ClaimantLabel.IsSet() {
			c.find(diag.ClaimantMissing, how.Span, fmt.Sprintf("the attribution is anonymous, but the %s does not say how the claimant is called", r.what),
				"add \"claimant_label\" with the words of the document, such as \"sources\"")
		}
	}
}

// checkSourceSeen: nothing is coded from a document that nobody read.
func checkSourceSeen(c *check, r report) {
	src := c.sources.get(r.Source)
	if src != nil && src.model.Access.Value == model.AccessCitedNotSeen {
		c.find(diag.ClaimSource, r.Source.Span, fmt.Sprintf("%q was cited, but not seen", r.Source.Value),
			"name the document in which you read it; put the one that it cites into \"via\"",
			there(src.Record, src.model.Access.Span, "its access says so here"))
	}
}

// checkSaidOn compares the earliest day on which it may have been said with the
// latest on which the source may have been published. Marks of doubt (? and ~)
// do not widen a date here, as they do not in the tables.
func checkSaidOn(c *check, r report) {
	if r.SaidOn == nil {
		return
	}
	src := c.sources.get(r.Source)
	if src == nil {
		return
	}
	said, saidKnown := r.SaidOn.Earliest()
	published := src.model.published
	if saidKnown && src.model.publishedKnown && said.Compare(published) > 0 {
		c.find(diag.SaidAfterPrint, r.SaidOn.EDTF.Span,
			fmt.Sprintf("said on %s at the earliest, but published on %s at the latest", said, published),
			fmt.Sprintf("correct said_on, or the publication date of %q", r.Source.Value),
			there(src.Record, src.model.Published.EDTF.Span, "the publication date is here"))
	}
}

// checkDates: who reads an inferred date must be able to check the inference.
func (c *check) checkDates(dates ...*model.Date) {
	for _, d := range dates {
		if d != nil && len(d.Inferred) > 0 && !d.Basis.IsSet() {
			c.find(diag.DateBasis, d.Inferred[0].Span, "the date is partly inferred, but it does not say from what",
				"add \"basis\" with the source from which it follows, or leave \"inferred\" out if the date is printed in full")
		}
	}
}

func checkPublished(c *check, m *model.Source) { c.checkDates(m.Published) }

func checkActorDates(c *check, m *model.Actor) {
	for i := range m.Roles {
		c.checkDates(m.Roles[i].From, m.Roles[i].To)
		c.inOrder(m.Roles[i].From, m.Roles[i].To)
	}
	for i := range m.ActsFor {
		c.checkDates(m.ActsFor[i].From, m.ActsFor[i].To)
		c.inOrder(m.ActsFor[i].From, m.ActsFor[i].To)
	}
}

// inOrder finds a time that ends before it can have begun.
func (c *check) inOrder(from, to *model.Date) {
	first, begins := from.Earliest()
	last, ends := to.Latest()
	if begins && ends && first.Compare(last) > 0 {
		c.find(diag.DateOrder, from.EDTF.Span, fmt.Sprintf("this begins on %s at the earliest, but ends on %s at the latest", first, last),
			"exchange from and to, or correct the one that is wrong", there(*c.rec.Record, to.EDTF.Span, "the end is here"))
	}
}

func checkReportDates(c *check, r report) { c.checkDates(r.SaidOn, r.AsOf) }

func checkEventDates(c *check, m *model.Event) {
	for i := range m.Accounts {
		c.checkDates(m.Accounts[i].When)
	}
}

func checkDateOfClaim(c *check, m *model.Claim) {
	if m.Value != nil {
		c.checkDates(m.Value.Date)
	}
}

// checkVia: a claim does not come through the document that carries it, nor
// through one that was itself taken from that document.
func checkVia(c *check, r report) {
	for i := range r.Via {
		through := r.Via[i].Source
		switch {
		case through.Value == r.Source.Value:
			c.find(diag.RefCycle, through.Span, fmt.Sprintf("%q is the document that carries the %s itself", through.Value, r.what),
				"name the document before it, or leave this entry out", there(*c.rec.Record, r.Source.Span, "its source is here"))
		case c.takenFrom(through.Value, r.Source.Value):
			src := c.sources.get(through)
			c.find(diag.RefCycle, through.Span, fmt.Sprintf("%q was itself taken from %q, the document that carries the %s", through.Value, r.Source.Value, r.what),
				"leave this entry out, or correct the lineage of the source", there(src.Record, src.model.Lineage[0].Source.Span, "its lineage begins here"))
		}
	}
}

// checkEvidence: each piece is a source or a claim, and never the document that
// carries the claim.
func checkEvidence(c *check, r report) {
	for i := range r.BasedOn {
		e := &r.BasedOn[i]
		switch {
		case e.Source.IsSet() && e.Claim.IsSet():
			c.find(diag.ValueParts, e.Claim.Span, "this entry names both a source and a claim", "make two entries of it, each with its basis")
		case !e.Source.IsSet() && !e.Claim.IsSet():
			c.find(diag.ValueParts, e.Span, "this entry names neither a source nor a claim", `add "source" or "claim"`)
		case e.Source.IsSet() && e.Source.Value == r.Source.Value:
			c.find(diag.RefCycle, e.Source.Span, fmt.Sprintf("%q is the document that carries the %s, not the evidence of its claimant", e.Source.Value, r.what),
				"name the evidence, or leave this entry out", there(*c.rec.Record, r.Source.Span, "its source is here"))
		}
	}
}
