package model

import "stemma/internal/strictjson"

// Event is what happened, was planned or was called off, as its accounts say.
type Event struct {
	Record
	Type, Label, TitleVerbatim Text
	Topics                     []Text
	Relations                  []Relation
	Accounts                   []Account
}

// Relation ties an event to another one.
type Relation struct {
	Span
	Type, Event Text
}

// Account is one claimant's version of an event through one source.
type Account struct {
	Span
	Report
	Status                Text
	When                  *Date // of the event
	Place, PlacePrecision Text
	Participants          []Participant
}

// Participant is somebody whom an account ties to the event: an actor, or a
// group without a record.
type Participant struct {
	Span
	Actor, GroupLabel, Role, State, StanceWritten, Quote Text
}

// Stance is assert where the record says nothing.
func (p *Participant) Stance() string { return p.StanceWritten.Or(Assert) }

// DecodeEvent decodes a record of the kind event.
func DecodeEvent(v *strictjson.Value) *Event { return decodeEvent(newObject(v)) }

func decodeEvent(o object) *Event {
	return &Event{
		Type: o.text("type"), Label: o.text("label"), TitleVerbatim: o.text("title_verbatim"), Topics: o.texts("topics"),
		Relations: list(o, "relations", func(o object) Relation {
			return Relation{Span: o.span(), Type: o.text("type"), Event: o.ref("event", KindEvent)}
		}),
		Accounts: list(o, "accounts", decodeAccount),
		Record:   o.record(KindEvent),
	}
}

func decodeAccount(o object) Account {
	return Account{
		Span: o.span(), Report: decodeReport(o), Status: o.text("status"), When: part(o, "when", decodeDate),
		Place: o.ref("place", KindPlace), PlacePrecision: o.text("place_precision"),
		Participants: list(o, "participants", func(o object) Participant {
			return Participant{Span: o.span(), Actor: o.ref("actor", KindActor), GroupLabel: o.text("group_label"),
				Role: o.text("role"), State: o.text("state"), StanceWritten: o.text("stance"), Quote: o.text("quote")}
		}),
	}
}

// Claim is one source's rendering of one claimant's answer to one question.
type Claim struct {
	Record
	Report
	StanceWritten, ModalityWritten Text
	Question                       Question
	Value                          *Value // nil only without an answer
	Utterance, Revises             Text
	ReadingAmbiguous               Bool
}

// Stance is assert where the record says nothing.
func (c *Claim) Stance() string { return c.StanceWritten.Or(Assert) }

// Modality is actual where the record says nothing.
func (c *Claim) Modality() string { return c.ModalityWritten.Or(Actual) }

// Question is what a claim answers; modality and period complete it.
type Question struct {
	Span
	Measure, Subject, Object, Place, Event, Population Text
}

// Value is a claimant's answer.
type Value struct {
	Span
	Type, Verbatim, Hedge, HedgeVerbatim Text
	Number, Low, High                    Number
	Unit                                 Text
	Boolean                              Bool
	Category                             Text
	Date                                 *Date
	Place, Text, Special                 Text
}

// DecodeClaim decodes a record of the kind claim.
func DecodeClaim(v *strictjson.Value) *Claim { return decodeClaim(newObject(v)) }

func decodeClaim(o object) *Claim {
	c := &Claim{
		Report:        decodeReport(o),
		StanceWritten: o.text("stance"), ModalityWritten: o.text("modality"),
		Value:     part(o, "value", decodeValue),
		Utterance: o.text("utterance"), Revises: o.ref("revises", KindClaim), ReadingAmbiguous: o.bool("reading_ambiguous"),
	}
	if q := part(o, "question", decodeQuestion); q != nil {
		c.Question = *q
	}
	c.Record = o.record(KindClaim)
	return c
}

func decodeQuestion(o object) Question {
	return Question{
		Span: o.span(), Measure: o.ref("measure", KindMeasure), Subject: o.ref("subject", KindActor), Object: o.ref("object", KindActor),
		Place: o.ref("place", KindPlace), Event: o.ref("event", KindEvent), Population: o.text("population"),
	}
}

func decodeValue(o object) Value {
	return Value{
		Span: o.span(), Type: o.text("type"), Verbatim: o.text("verbatim"), Hedge: o.text("hedge"), HedgeVerbatim: o.text("hedge_verbatim"),
		Number: o.number("number"), Low: o.number("low"), High: o.number("high"), Unit: o.text("unit"),
		Boolean: o.bool("boolean"), Category: o.text("category"), Date: part(o, "date", decodeDate),
		Place: o.ref("place", KindPlace), Text: o.text("text"), Special: o.text("special"),
	}
}
