package model

import (
	"stemma/internal/edtf"
	"stemma/internal/strictjson"
)

// Record is what all kinds share. Refs are all references of the record, in the
// order in which the decoder reads them.
type Record struct {
	ID         Text
	Coding     Coding
	MergedInto Text
	Withdrawn  Text
	Refs       []Ref
}

// Retired tells whether the record is kept only for old references: a duplicate
// or withdrawn.
func (r *Record) Retired() bool { return r.MergedInto.IsSet() || r.Withdrawn.IsSet() }

func newObject(v *strictjson.Value) object {
	refs := make([]Ref, 0, 8) // as many as an ordinary claim has
	return object{value: v, refs: &refs}
}

// record reads the shared properties; it is called last, when all references
// have been met.
func (o object) record(kind string) Record {
	o.text("$schema") // for editors only
	r := Record{
		ID: o.text("id"), MergedInto: o.ref("merged_into", kind), Withdrawn: o.text("withdrawn"),
	}
	if c := part(o, "coding", decodeCoding); c != nil {
		r.Coding = *c
	}
	r.Refs = *o.refs
	return r
}

// Coding says who wrote a record down.
type Coding struct {
	Span
	By, On, StatusWritten, Note Text
}

// Status is draft where the record says nothing.
func (c Coding) Status() string { return c.StatusWritten.Or(Draft) }

func decodeCoding(o object) Coding {
	return Coding{Span: o.span(), By: o.text("by"), On: o.text("on"), StatusWritten: o.text("status"), Note: o.text("note")}
}

// Date is a date with as much doubt as the document leaves.
type Date struct {
	Span
	EDTF, Verbatim, ReadingWritten Text
	Inferred                       []Text
	Basis                          Text
}

// Parse reads the EDTF text. It fails only where a schema does not ask for
// EDTF; a nil date is the zero edtf.Date, which has neither end.
func (d *Date) Parse() (edtf.Date, error) {
	if d == nil {
		return edtf.Date{}, nil
	}
	return edtf.Parse(d.EDTF.Value)
}

// Earliest is the first day that the date may mean; ok is false for an open
// start and for no date.
func (d *Date) Earliest() (day edtf.Day, ok bool) {
	parsed, err := d.Parse()
	if err != nil {
		return edtf.Day{}, false
	}
	return parsed.Earliest()
}

// Latest is the last day that the date may mean; ok is false for an open end
// and for no date.
func (d *Date) Latest() (day edtf.Day, ok bool) {
	parsed, err := d.Parse()
	if err != nil {
		return edtf.Day{}, false
	}
	return parsed.Latest()
}

// Reading is the one that is written, else the one that the form of the date
// implies; empty for no date.
func (d *Date) Reading() edtf.Reading {
	if d == nil {
		return ""
	}
	if d.ReadingWritten.IsSet() {
		return edtf.Reading(d.ReadingWritten.Value)
	}
	parsed, err := d.Parse()
	if err != nil {
		return ""
	}
	return parsed.DefaultReading()
}

func decodeDate(o object) Date {
	return Date{
		Span: o.span(), EDTF: o.text("edtf"), Verbatim: o.text("verbatim"), ReadingWritten: o.text("reading"),
		Inferred: o.texts("inferred"), Basis: o.ref("basis", KindSource),
	}
}

// Derivation says from which document something was taken.
type Derivation struct {
	Span
	Source, Relation, Basis Text
}

// IsReuse tells whether the relation means that the document was copied or
// retold, so that the two are one channel.
func (d *Derivation) IsReuse() bool { return d.Relation.Value != HadPrimarySource }

func decodeDerivation(o object) Derivation {
	return Derivation{Span: o.span(), Source: o.ref("source", KindSource), Relation: o.text("relation"), Basis: o.text("basis")}
}

// Evidence is what a claimant relies on: a source or a claim.
type Evidence struct {
	Span
	Source, Claim, Basis Text
}

func decodeEvidence(o object) Evidence {
	return Evidence{Span: o.span(), Source: o.ref("source", KindSource), Claim: o.ref("claim", KindClaim), Basis: o.text("basis")}
}

// Report is what a claim and an account of an event share: who says it, in
// which document, and where the document has it from.
type Report struct {
	Source, Attribution, Claimant, ClaimantLabel Text
	SaidOn, AsOf                                 *Date
	Via                                          []Derivation
	BasedOn                                      []Evidence
	Quote, Locator                               Text
}

func decodeReport(o object) Report {
	return Report{
		Source: o.ref("source", KindSource), Attribution: o.text("attribution"),
		Claimant: o.ref("claimant", KindActor), ClaimantLabel: o.text("claimant_label"),
		SaidOn: part(o, "said_on", decodeDate), AsOf: part(o, "as_of", decodeDate),
		Via: list(o, "via", decodeDerivation), BasedOn: list(o, "based_on", decodeEvidence),
		Quote: o.text("quote"), Locator: o.text("locator"),
	}
}
