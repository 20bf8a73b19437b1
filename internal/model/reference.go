package model

import "stemma/internal/strictjson"

// Source is a document that carries claims.
type Source struct {
	Record
	Type, Title, Publisher, Author Text
	Published                      *Date
	Language, URL, ArchiveURL      Text
	Access, AccessedOn, TextSHA256 Text
	Lineage                        []Derivation
}

// DecodeSource decodes a record of the kind source.
func DecodeSource(v *strictjson.Value) *Source { return decodeSource(newObject(v)) }

func decodeSource(o object) *Source {
	return &Source{
		Type: o.text("type"), Title: o.text("title"), Publisher: o.ref("publisher", KindActor), Author: o.text("author"),
		Published: part(o, "published", decodeDate),
		Language:  o.text("language"), URL: o.text("url"), ArchiveURL: o.text("archive_url"),
		Access: o.text("access"), AccessedOn: o.text("accessed_on"), TextSHA256: o.text("text_sha256"),
		Lineage: list(o, "lineage", decodeDerivation),
		Record:  o.record(KindSource),
	}
}

// Actor is somebody who acts or speaks.
type Actor struct {
	Record
	Name, Type Text
	Aliases    []Text
	Place      Text
	Roles      []Role
	ActsFor    []ActsFor
	XRef       *XRef
}

// Role is an office that a person holds or held.
type Role struct {
	Span
	Title, Of Text
	From, To  *Date
	Source    Text
}

// ActsFor says for whom an actor speaks.
type ActsFor struct {
	Span
	Actor    Text
	From, To *Date
}

// XRef names an actor elsewhere.
type XRef struct {
	Span
	Wikidata, GeoNames, OpenSanctions, UCDP, UNList Text
}

// DecodeActor decodes a record of the kind actor.
func DecodeActor(v *strictjson.Value) *Actor { return decodeActor(newObject(v)) }

func decodeActor(o object) *Actor {
	return &Actor{
		Name: o.text("name"), Type: o.text("type"), Aliases: o.texts("aliases"), Place: o.ref("place", KindPlace),
		Roles: list(o, "roles", func(o object) Role {
			return Role{Span: o.span(), Title: o.text("title"), Of: o.ref("of", KindActor),
				From: part(o, "from", decodeDate), To: part(o, "to", decodeDate), Source: o.ref("source", KindSource)}
		}),
		ActsFor: list(o, "acts_for", func(o object) ActsFor {
			return ActsFor{Span: o.span(), Actor: o.ref("actor", KindActor), From: part(o, "from", decodeDate), To: part(o, "to", decodeDate)}
		}),
		XRef: part(o, "xref", func(o object) XRef {
			return XRef{Span: o.span(), Wikidata: o.text("wikidata"), GeoNames: o.text("geonames"),
				OpenSanctions: o.text("opensanctions"), UCDP: o.text("ucdp"), UNList: o.text("un_list")}
		}),
		Record: o.record(KindActor),
	}
}

// Place is somewhere that documents mention.
type Place struct {
	Record
	Name, Country, Within, GeoNames, Wikidata Text
	Lat, Lon                                  Number // degrees, WGS 84
}

// DecodePlace decodes a record of the kind place.
func DecodePlace(v *strictjson.Value) *Place { return decodePlace(newObject(v)) }

func decodePlace(o object) *Place {
	return &Place{
		Name: o.text("name"), Country: o.text("country"), Within: o.ref("within", KindPlace),
		GeoNames: o.text("geonames"), Wikidata: o.text("wikidata"), Lat: o.number("lat"), Lon: o.number("lon"),
		Record: o.record(KindPlace),
	}
}

// Measure is what is counted or asserted.
type Measure struct {
	Record
	Name, Description, ValueType, Unit Text
	NonnegativeWritten                 Bool
	Temporality, Period, Rounding      Text
	Populations                        []Population
	Categories                         []CategoryCode
	Entails                            []Entailment
	Broader                            Text
}

// Nonnegative tells whether a number of this measure can never be below zero:
// true for quantities where the record says nothing, false for other types.
func (m *Measure) Nonnegative() bool {
	return m.NonnegativeWritten.Or(m.ValueType.Value == TypeQuantity)
}

// Population is a group that a count may mean.
type Population struct {
	Span
	Code, Name Text
	Includes   []Text
}

// CategoryCode is a value that a category measure allows.
type CategoryCode struct {
	Span
	Code, Name Text
}

// Entailment names a boolean measure that follows from a quantity.
type Entailment struct {
	Span
	Measure, Condition Text
}

// DecodeMeasure decodes a record of the kind measure.
func DecodeMeasure(v *strictjson.Value) *Measure { return decodeMeasure(newObject(v)) }

func decodeMeasure(o object) *Measure {
	return &Measure{
		Name: o.text("name"), Description: o.text("description"), ValueType: o.text("value_type"), Unit: o.text("unit"),
		NonnegativeWritten: o.bool("nonnegative"),
		Temporality:        o.text("temporality"), Period: o.text("period"), Rounding: o.text("rounding"),
		Populations: list(o, "populations", func(o object) Population {
			return Population{Span: o.span(), Code: o.text("code"), Name: o.text("name"), Includes: o.texts("includes")}
		}),
		Categories: list(o, "categories", func(o object) CategoryCode {
			return CategoryCode{Span: o.span(), Code: o.text("code"), Name: o.text("name")}
		}),
		Entails: list(o, "entails", func(o object) Entailment {
			return Entailment{Span: o.span(), Measure: o.ref("measure", KindMeasure), Condition: o.text("condition")}
		}),
		Broader: o.ref("broader", KindMeasure),
		Record:  o.record(KindMeasure),
	}
}
