package generate

import (
	"encoding/json"
	"fmt"
	"strings"
)

// world holds the records that claims refer to. Of claims only the last one is
// kept, so that memory does not grow with their number.
type world struct {
	random
	claims int
	names  int // how many invented names are in use

	states, cities    []place
	stateActors       []actor
	groups, officials pool[actor]
	media             pool[actor]
	measures          []measured
	sources           []source
	events            pool[event]

	last claim // the claim before, which the next one may revise
}

func newWorld(claims int, seed uint64) *world {
	w := &world{random: newRandom(seed), claims: claims, measures: measures()}
	w.makePlaces()
	w.makeActors()
	w.makeSources()
	w.makeEvents()
	return w
}

// write puts every record.
func (w *world) write(out *writer) {
	out.table("sources")
	for _, s := range w.sources {
		out.put("sources", s.ID, s)
	}
	out.table("actors")
	for _, list := range [][]actor{w.stateActors, w.groups.list, w.officials.list, w.media.list} {
		for _, a := range list {
			out.put("actors", a.ID, a)
		}
	}
	out.table("places")
	for _, p := range append(w.states, w.cities...) {
		out.put("places", p.ID, p)
	}
	out.table("measures")
	for _, m := range w.measures {
		m.Coding = w.coding()
		out.put("measures", m.ID, m.measure)
	}
	out.table("events")
	for _, e := range w.events.list {
		out.put("events", e.ID, e)
	}
	out.table("claims")
	for i := 0; i < w.claims && out.err == nil; i++ {
		c := w.claim(i)
		out.put("claims", c.ID, c)
	}
}

func (w *world) name() string {
	w.names++
	return nameOf(w.names)
}

func (w *world) coding() coding {
	c := coding{By: "stemma-bench", On: codedOn, Status: "draft"}
	if w.chance(20) {
		c.Status = "reviewed"
	}
	if w.chance(30) {
		c.Note = pick(w.random, notes)
	}
	return c
}

func (w *world) makePlaces() {
	for i := range 12 {
		w.states = append(w.states, w.newPlace(fmt.Sprintf("plc-state-%02d", i), ""))
	}
	for i := range 60 {
		w.cities = append(w.cities, w.newPlace(fmt.Sprintf("plc-city-%02d", i), w.states[i%len(w.states)].ID))
	}
}

func (w *world) newPlace(id, within string) place {
	degrees := func(limit int) json.Number {
		return json.Number(fmt.Sprintf("%d.%04d", w.between(-limit, limit), w.between(1, 9999)))
	}
	return place{ID: id, Name: w.name(), Within: within, Lat: degrees(89), Lon: degrees(179), Coding: w.coding()}
}

func (w *world) makeActors() {
	for i, p := range w.states {
		w.stateActors = append(w.stateActors, actor{ID: fmt.Sprintf("act-state-%02d", i), Name: p.Name, Type: "state", Place: p.ID, Coding: w.coding()})
	}
	for i := range 40 + w.claims/2500 {
		a := actor{ID: fmt.Sprintf("act-group-%04d", i), Name: w.name() + " Front", Type: "armed_group", Coding: w.coding()}
		for range w.IntN(3) {
			a.Aliases = append(a.Aliases, w.name())
		}
		w.groups.list = append(w.groups.list, a)
	}
	for i := range 80 + w.claims/500 {
		state := w.stateActors[i%len(w.stateActors)].ID
		a := actor{ID: fmt.Sprintf("act-official-%04d", i), Name: w.name() + " " + w.name(), Type: "person", Place: w.cities[i%len(w.cities)].ID,
			Roles:   []role{{Title: pick(w.random, []string{"Foreign Minister", "Envoy to the Council", "Spokesperson"}), Of: state}},
			ActsFor: []actsFor{{state}}, Coding: w.coding()}
		if w.chance(40) {
			a.Roles[0].From = &date{EDTF: fmt.Sprintf("%d-%02d", w.between(2008, 2018), w.between(1, 12))}
		}
		w.officials.list = append(w.officials.list, a)
	}
	for i := range 30 + w.claims/2000 {
		w.media.list = append(w.media.list, actor{ID: fmt.Sprintf("act-media-%04d", i), Name: "The " + w.name() + " Times", Type: "media", Coding: w.coding()})
	}
}

// makeSources makes one source for ten claims, in the order of publication.
// Every twentieth is a document that others cite and nobody has seen.
func (w *world) makeSources() {
	n := w.claims / 10
	for i := range n {
		s := source{ID: fmt.Sprintf("src-%06d", i), Type: pick(w.random, []string{"article", "article", "article", "report", "statement", "post"}),
			Title:     w.name() + ": " + pick(w.random, topics) + " " + pick(w.random, []string{"talks resume", "figures “disputed”", "envoy speaks out", "deal in doubt"}),
			Publisher: w.media.take(w.random).ID, Language: pick(w.random, []string{"en", "en", "en", "fr", "ps", "prs"}),
			Access: pick(w.random, []string{"seen", "seen", "excerpt_seen"}), Coding: w.coding(), index: i, day: firstDay + i*span/n}
		s.URL = fmt.Sprintf("https://news.example/%s/%06d", strings.ReplaceAll(iso(s.day), "-", "/"), i)
		s.ArchiveURL = "https://archive.example/" + s.URL
		s.Published = &date{Verbatim: printed(s.day), EDTF: iso(s.day)}
		switch {
		case i%20 == 7:
			s.Type, s.Access = "report", "cited_not_seen"
		default:
			s.AccessedOn = codedOn
			if w.chance(40) {
				s.TextSHA256 = fmt.Sprintf("%016x%016x%016x%016x", w.Uint64(), w.Uint64(), w.Uint64(), w.Uint64())
			}
		}
		if w.chance(50) {
			s.Author = w.name() + " " + w.name()
		}
		if i > 0 && w.chance(5) {
			s.Published.Verbatim, s.Published.Inferred, s.Published.Basis = day(s.day).Format("2 January"), []string{"year"}, w.earlier(i).ID
		}
		if i > 0 && w.chance(30) {
			s.Lineage = w.derivations(i)
		}
		w.sources = append(w.sources, s)
	}
}

// earlier gives one of the sources before the i-th, most often a near one.
// Links that only lead back cannot form a circle.
func (w *world) earlier(i int) source { return w.sources[i-1-w.IntN(min(i, 50))] }

func (w *world) derivations(i int) []derivation {
	return []derivation{{Source: w.earlier(i).ID,
		Relation: pick(w.random, []string{"was_quoted_from", "was_derived_from", "was_revision_of", "had_primary_source"}),
		Basis:    pick(w.random, []string{"stated", "text_overlap", "judged"})}}
}

// seen gives the i-th source, or the one before if nobody has seen that.
func (w *world) seen(i int) source {
	if w.sources[i].Access == "cited_not_seen" {
		i-- // there is one, and it was seen: only every twentieth was not
	}
	return w.sources[i]
}

func (w *world) makeEvents() {
	for i := range 20 + w.claims/100 {
		e := event{ID: fmt.Sprintf("evt-%06d", i), Type: pick(w.random, []string{"meeting", "visit", "statement", "attack", "agreement"}), Coding: w.coding()}
		e.Label = w.name() + " " + e.Type + " of " + pick(w.random, w.cities).Name
		e.Topics = []string{topics[i%len(topics)], topics[(i+3)%len(topics)]}
		if i > 0 && w.chance(20) {
			e.Relations = []relation{{pick(w.random, []string{"part_of", "follows"}), w.events.list[w.IntN(i)].ID}}
		}
		first := w.IntN(len(w.sources) - 4)
		held := w.seen(first).day - w.between(0, 9)
		for j := range w.between(1, 3) {
			e.Accounts = append(e.Accounts, w.account(w.seen(first+j), held))
		}
		w.events.list = append(w.events.list, e)
	}
}

func (w *world) account(s source, held int) account {
	city := pick(w.random, w.cities)
	a := account{Attribution: "editorial", Status: pick(w.random, []string{"held", "occurred"}), Place: city.ID, PlacePrecision: "near",
		When: &date{Verbatim: printed(held), EDTF: iso(held), Reading: "throughout"}, Quote: "met in " + city.Name + " on " + printed(held),
		Source: s.ID, Locator: fmt.Sprintf("¶%d", w.between(1, 12))}
	if w.chance(40) {
		a.Attribution, a.Claimant = "indirect", w.officials.take(w.random).ID
	}
	for range w.between(1, 4) {
		p := participant{Role: pick(w.random, roles), State: pick(w.random, []string{"invited", "attended", "declined"}), Stance: "assert"}
		if w.chance(15) {
			p.GroupLabel = "civil society figures"
		} else {
			p.Actor = w.officials.take(w.random).ID
		}
		a.Participants = append(a.Participants, p)
	}
	return a
}
