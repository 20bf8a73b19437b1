package validate

import (
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/edtf"
	"stemma/internal/model"
	"stemma/internal/strictjson"
)

// The rules of the six kinds, by what they need to see. Each function makes the
// findings of the codes that stand beside it; the catalogue says why.
var (
	// One record of any kind.
	recordRules = []func(*check, *model.Record){
		checkFileName,  // id-file-name
		checkPrefix,    // id-prefix
		checkInvisible, // text-invisible
	}
	sourceRules = []func(*check, *model.Source){
		checkLanguage,  // value-format
		checkArchive,   // source-unarchived
		checkPublished, // date-basis
	}
	actorRules = []func(*check, *model.Actor){
		checkActorDates, // date-basis, date-order
	}
	placeRules = []func(*check, *model.Place){
		checkCountry, // value-format
	}
	measureRules = []func(*check, *model.Measure){
		checkMeasureParts,       // value-parts, measure-unit
		checkMeasureCategories,  // measure-category
		checkMeasurePopulations, // measure-population, ref-cycle
	}

	// A claim or an account of an event, with the sources, actors, places and
	// measures it refers to.
	reportRules = []func(*check, report){
		checkClaimant,    // claimant-missing
		checkSourceSeen,  // claim-source
		checkSaidOn,      // said-after-publication
		checkReportDates, // date-basis
		checkVia,         // ref-cycle
		checkEvidence,    // value-parts, ref-cycle
		checkReportQuote, // quote-not-in-text
	}
	eventRules = []func(*check, *model.Event){
		checkParticipants, // value-parts, quote-not-in-text
		checkEventDates,   // date-basis
		checkStatus,       // measure-category
		checkRelations,    // ref-cycle
		checkPlannedPast,  // planned-past
		checkDerived,      // measure-derived
	}
	claimRules = []func(*check, *model.Claim){
		checkVerbatim,        // quote-verbatim, quote-hedge
		checkValueParts,      // value-parts
		checkDateOfClaim,     // date-basis
		checkHedge,           // hedge-unknown, hedge-verbatim, hedge-words, hedge-unread, hedge-missing
		checkNumbers,         // number-digits, number-unread, number-of-range, range-reversed, value-range
		checkMeasureOfClaim,  // measure-type
		checkUnitOfClaim,     // measure-unit, unit-dimension
		checkCategoryOfClaim, // measure-category
		checkPopulation,      // measure-population
		checkSilence,         // measure-derived
		checkEventQuestion,   // question-event
	}

	// All records together.
	finalRules = []func(*stemmaRules) diag.List{
		(*stemmaRules).entailments, // measure-type
		(*stemmaRules).cycles,      // ref-cycle
		(*stemmaRules).references,  // ref-withdrawn, ref-merged
		(*stemmaRules).utterances,  // utterance-claimant
		(*stemmaRules).revisions,   // revises-claimant
		(*stemmaRules).unused,      // record-unused
		(*stemmaRules).lookalikes,  // record-lookalike
	}
)

// stemmaRules holds what the rules of the six kinds must remember. Sources,
// actors, places and measures, to which everything else refers, are kept whole;
// of events and claims only what links them to others of their kind, who made a
// claim, and which ones are out of use.
type stemmaRules struct {
	snap   *dataset.Snapshot
	policy *model.Policy // nil if the dataset has none to rely on
	texts  *Texts        // nil if no texts were given

	hedging lexicon // the words of the policy's hedges

	sources  shelf[datedSource]
	actors   shelf[*model.Actor]
	places   shelf[*model.Place]
	measures shelf[*model.Measure]
	labels   shelf[model.Text]           // of events
	retired  map[string]*shelf[struct{}] // events and claims that are out of use, by kind

	links   links
	speech  speech
	lineage reachMemo
}

// datedSource is a source with what every claim on it is compared with.
type datedSource struct {
	*model.Source
	published      edtf.Day // the latest possible day
	publishedKnown bool
}

func newSource(m *model.Source) datedSource {
	day, ok := m.Published.Latest()
	return datedSource{m, day, ok}
}

func newStemmaRules(snap *dataset.Snapshot, policy *model.Policy, texts *Texts) domainRules {
	return &stemmaRules{
		snap: snap, policy: policy, texts: texts, hedging: newLexicon(policy),
		retired: map[string]*shelf[struct{}]{model.KindEvent: {}, model.KindClaim: {}},
	}
}

func (s *stemmaRules) first(kind string) bool {
	switch kind {
	case model.KindSource, model.KindActor, model.KindPlace, model.KindMeasure:
		return true
	}
	return false
}

func (s *stemmaRules) record(r record) diag.List {
	c := &check{stemmaRules: s, rec: r}
	switch r.kind {
	case model.KindSource:
		m := model.DecodeSource(r.value)
		apply(c, sourceRules, m)
		c.common(&m.Record)
		s.sources.put(r, &m.Record, newSource(m))
	case model.KindActor:
		m := model.DecodeActor(r.value)
		apply(c, actorRules, m)
		c.common(&m.Record)
		s.actors.put(r, &m.Record, m)
	case model.KindPlace:
		m := model.DecodePlace(r.value)
		apply(c, placeRules, m)
		c.common(&m.Record)
		s.places.put(r, &m.Record, m)
	case model.KindMeasure:
		m := model.DecodeMeasure(r.value)
		apply(c, measureRules, m)
		c.common(&m.Record)
		s.measures.put(r, &m.Record, m)
	case model.KindEvent:
		c.event(model.DecodeEvent(r.value))
	case model.KindClaim:
		c.claim(model.DecodeClaim(r.value))
	}
	return c.list
}

func (c *check) event(m *model.Event) {
	for i := range m.Accounts {
		a := &m.Accounts[i]
		apply(c, reportRules, report{&a.Report, "account"})
	}
	apply(c, eventRules, m)
	c.common(&m.Record)
	c.secondWave(&m.Record)
	c.links.event(c.rec, m)
	if !m.Retired() {
		c.labels.put(c.rec, &model.Record{ID: m.ID}, m.Label) // a copy: m.Record would keep all of m
	}
}

func (c *check) claim(m *model.Claim) {
	apply(c, reportRules, report{&m.Report, "claim"})
	apply(c, claimRules, m)
	c.common(&m.Record)
	c.secondWave(&m.Record)
	c.links.claim(c.rec, m)
	c.speech.claim(c.rec, m, c.actors.get(m.Claimant))
}

// secondWave follows the references of a record that comes after those it
// refers to, and keeps those to records of its own wave for later.
func (c *check) secondWave(m *model.Record) {
	from := originOf(c.rec.Record, c.rec.kind, c.rec.id, m)
	for _, ref := range m.Refs {
		if c.retired[ref.Kind] != nil {
			c.links.keep(from, ref)
			continue
		}
		c.list = append(c.list, c.follow(from, ref)...)
	}
	if m.Retired() {
		c.retired[c.rec.kind].put(c.rec, &model.Record{ID: m.ID, MergedInto: m.MergedInto, Withdrawn: m.Withdrawn}, struct{}{})
	}
}

func (c *check) common(m *model.Record) {
	apply(c, recordRules, m)
	c.links.merged(c.rec, m)
}

func (s *stemmaRules) finish() diag.List {
	var list diag.List
	for _, rule := range finalRules {
		list = append(list, rule(s)...)
	}
	return list
}

func apply[T any](c *check, rules []func(*check, T), value T) {
	for _, rule := range rules {
		rule(c, value)
	}
}

// report is what a claim and an account have in common.
type report struct {
	*model.Report
	what string // "claim" or "account"
}

// check is the checking of one record.
type check struct {
	*stemmaRules
	rec  record
	list diag.List
}

// find adds a finding about a value of the record.
func (c *check) find(code diag.Code, at model.Span, message, help string, related ...diag.Related) {
	d := c.rec.Diagnose(c.rec.value, strictjson.Problem{Code: code, Start: int(at.Start), End: int(at.End), Message: message, Help: help})
	d.Related = related
	c.list = append(c.list, d)
}

// find makes a finding about a value of a remembered record. The record is
// parsed again for the pointer: findings are few.
func find(r dataset.Record, code diag.Code, at model.Span, message, help string, related ...diag.Related) diag.Diagnostic {
	root, _ := strictjson.Parse(r.Data)
	d := r.Diagnose(root, strictjson.Problem{Code: code, Start: int(at.Start), End: int(at.End), Message: message, Help: help})
	d.Related = related
	return d
}

// there makes a related place.
func there(r dataset.Record, at model.Span, message string) diag.Related {
	return diag.Related{Place: r.Place(at.Start, at.End), Message: message}
}
