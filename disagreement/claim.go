package disagreement

import (
	"stemma/internal/model"
	"strings"
)

// claim is one answer to one question: authored, derived or entailed.
type claim struct {
	key, derivation, recordKind, record, pointer string

	parts                                        Parts // its Period is set when its as-of is
	measure                                      *measure
	source, claimant, label, attribution, stance string
	utterance, revises                           string
	asOf                                         dated
	asOfFrom                                     string
	said                                         dated // when it was said, for whom the claimant then acted for
	via                                          []edge
	basedOn                                      []evidence
	value                                        *value // nil if the claim is not informative
	base                                         *claim // of entailed and no_comment claims

	behind [2]standing // by pass
	set    set         // under the policy at hand
	text   string      // the value for the table
}

// evidence is what a claimant relies on: a source or a claim.
type evidence struct {
	source, claim string
	stated        bool
}

// pass is one of the two computations: with all links between documents, and
// with the stated ones only.
type pass uint8

const (
	all pass = iota
	stated
)

// standing is what a pass finds out about a claim.
type standing struct {
	components []string // of the origin, once isFound
	isFound    bool
	origin     string
	channels   []string
	superseded superseded
}

// superseded says why a claim is not current; the zero value is a current one.
type superseded struct {
	why, by string
}

func (c *claim) isCurrent(p pass) bool { return c.behind[p].superseded.why == "" }
func (c *claim) isInformative() bool   { return c.value != nil }
func (c *claim) asserts(p pass) bool {
	return c.isInformative() && c.stance == model.Assert && c.isCurrent(p)
}
func (c *claim) denies(p pass) bool {
	return c.isInformative() && c.stance == model.Deny && c.isCurrent(p)
}
func (c *claim) isEntailed() bool { return c.derivation == DerivedEntailment }
func (c *claim) speaker() string {
	switch {
	case c.claimant != "":
		return c.claimant
	case c.label != "":
		return c.label
	}
	return c.source
}

// authored reads a claim record; nil if no such question can be asked.
func (w *world) authored(r *model.Claim) *claim {
	q := &r.Question
	c := &claim{
		key: r.ID.Value, recordKind: model.KindClaim, record: r.ID.Value,
		parts: Parts{
			Measure: w.id(q.Measure), Subject: w.id(q.Subject), Object: w.id(q.Object), Place: w.id(q.Place),
			Event: w.id(q.Event), Population: q.Population.Value, Modality: r.Modality(),
		},
		stance: r.Stance(), utterance: r.Utterance.Value, revises: w.id(r.Revises),
	}
	c.measure = w.measures[c.parts.Measure]
	if c.measure == nil {
		c.measure = &measure{id: c.parts.Measure}
	}
	w.report(c, &r.Report)
	if c.stance == model.Assert || c.stance == model.Deny {
		c.value = w.value(r.Value, c.measure)
	}
	w.complete(c)
	return c
}

// report fills in what claims and accounts share.
func (w *world) report(c *claim, r *model.Report) {
	c.source, c.attribution = w.id(r.Source), r.Attribution.Value
	c.claimant, c.label = w.id(r.Claimant), r.ClaimantLabel.Value
	c.via = w.edges(r.Via)
	for i := range r.BasedOn {
		e := &r.BasedOn[i]
		c.basedOn = append(c.basedOn, evidence{w.id(e.Source), w.id(e.Claim), e.Basis.Value == model.Stated})
	}
	c.asOf, c.asOfFrom = newDated(r.AsOf), AsOfWritten
	c.said = newDated(r.SaidOn)
	if !c.asOf.isSet {
		c.asOf, c.asOfFrom = c.said, AsOfSaid
	}
	if c.said.isSet {
		return
	}
	c.said = w.firstPublished(c)
	if c.asOf.isSet {
		return
	}
	c.asOf, c.asOfFrom = c.said, AsOfPublished
	if !c.asOf.isSet {
		c.asOfFrom = ""
	}
}

// firstPublished is when a claim was first in print, as far as that is known.
func (w *world) firstPublished(c *claim) dated {
	if first, ok := w.commonDate(c.via); ok {
		return first
	}
	return w.published(c.source)
}

// published is when a source was published. A copy does not make a statement
// younger: where all that a source was taken from has one date, that one counts.
func (w *world) published(id string) dated {
	if known, ok := w.dates[id]; ok {
		return known
	}
	s := w.sources[id]
	if s == nil {
		return dated{}
	}
	w.dates[id] = dated{} // in a circle, which validate refuses
	first, ok := w.commonDate(s.lineage)
	if !ok {
		first = s.published
	}
	w.dates[id] = first
	return first
}

// commonDate is the date of everything that was reused; ok is false if there
// are several, or none is known.
func (w *world) commonDate(edges []edge) (first dated, ok bool) {
	for _, e := range edges {
		if !e.reuse {
			continue
		}
		switch d := w.published(e.source); {
		case !d.isSet:
		case ok && !d.hasEndsOf(first):
			return dated{}, false
		default:
			first, ok = d, true
		}
	}
	return first, ok
}

// complete fills in what follows from the question and the dates.
func (w *world) complete(c *claim) {
	c.parts.Period = bucket(c.measure.period, c.asOf)
	if c.value != nil {
		c.text = c.value.text
	}
}

// value reads a value of the measure's type; nil if it says nothing about the
// answer.
func (w *world) value(v *model.Value, m *measure) *value {
	if v == nil || v.Type.Value != m.valueType || v.Special.Value == model.SomeValue {
		return nil
	}
	if v.Special.Value == model.NoValue {
		return &value{set: set{none: true}, text: model.NoValue}
	}
	switch m.valueType {
	case model.TypeQuantity:
		return newQuantity(v, m)
	case model.TypeBoolean:
		if v.Boolean.IsSet() {
			return booleanValue(v.Boolean.Value)
		}
	case model.TypeDate:
		if d := newDated(v.Date); d.isSet {
			return dateValue(d)
		}
	case model.TypePlace:
		if place := w.id(v.Place); place != "" {
			return w.placeValue(place)
		}
	case model.TypeCategory:
		return namedValue(v.Category)
	case model.TypeText:
		return namedValue(v.Text)
	}
	return nil
}

func namedValue(t model.Text) *value {
	if !t.IsSet() {
		return nil
	}
	return &value{set: nameSet(t.Value), text: t.Value}
}

func booleanValue(b bool) *value {
	text := "false"
	if b {
		text = "true"
	}
	return &value{set: nameSet(text), text: text}
}

func dateValue(d dated) *value {
	return &value{set: dateSet(d.date.Extents(d.reading)), text: d.date.String()}
}

func (w *world) placeValue(place string) *value {
	return &value{set: nameSet(w.placeSet(place)...), text: place}
}

func newQuantity(v *model.Value, m *measure) *value {
	out := &value{hedge: v.Hedge.Value, unit: v.Unit.Value, number: v.Number.Rat(), low: v.Low.Rat(), high: v.High.Rat()}
	var text []string
	if out.hedge != "" {
		text = append(text, out.hedge)
	}
	switch {
	case out.number != nil:
		text = append(text, Exact(out.number))
	case out.low != nil && out.high != nil:
		text = append(text, Exact(out.low)+".."+Exact(out.high))
	case out.hedge == "":
		return nil
	}
	if out.unit != "" && out.unit != m.unit {
		text = append(text, out.unit)
	}
	out.text = strings.Join(text, " ")
	return out
}
