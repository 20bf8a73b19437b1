package generate

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// claim makes the i-th claim.
func (w *world) claim(i int) claim {
	s := w.seen(i * len(w.sources) / w.claims)
	m := w.measure(i)
	c := claim{ID: fmt.Sprintf("clm-%06d-%s", i, strings.TrimPrefix(m.ID, "msr-")), Stance: "assert", Modality: "actual",
		Source: s.ID, Locator: fmt.Sprintf("¶%d", w.between(1, 30)), Coding: w.coding()}
	w.attribute(&c)
	w.answer(&c, m, s)
	if w.chance(50) && c.AsOf == nil {
		c.AsOf = w.asOf(s.day)
	}
	if w.chance(40) {
		said := s.day - w.between(0, 5)
		c.SaidOn = &date{Verbatim: day(said).Format("Monday"), EDTF: iso(said), Reading: "throughout", Inferred: []string{"year", "month", "day"}, Basis: s.ID}
	}
	if c.Claimant != "" && w.chance(10) {
		c.Utterance = fmt.Sprintf("%s-in-%s", strings.TrimPrefix(c.Claimant, "act-"), strings.TrimPrefix(s.ID, "src-"))
	}
	w.link(&c, s.index)
	w.last = c
	return c
}

// measure gives each measure once, then each by its weight.
func (w *world) measure(i int) measure {
	if i < len(w.measures) {
		return w.measures[i].measure
	}
	total := 0
	for _, m := range w.measures {
		total += m.weight
	}
	n := w.IntN(total)
	for _, m := range w.measures {
		if n -= m.weight; n < 0 {
			return m.measure
		}
	}
	panic("unreachable: the weights add up to the total")
}

func (w *world) attribute(c *claim) {
	switch n := w.IntN(100); {
	case n < 25:
		c.Attribution, c.Claimant = "direct", w.officials.take(w.random).ID
	case n < 75:
		c.Attribution, c.Claimant = "indirect", w.officials.take(w.random).ID
	case n < 85:
		c.Attribution, c.ClaimantLabel = "anonymous", pick(w.random, labels)
	case n < 95:
		c.Attribution = "editorial"
	default:
		c.Attribution = pick(w.random, []string{"unattributed", "ambiguous"})
	}
}

// answer fills in the question, the value and the quote.
func (w *world) answer(c *claim, m measure, s source) {
	c.Question.Measure = m.ID
	if m.Temporality == "event" {
		c.Question.Event = w.events.take(w.random).ID
	}
	switch m.ValueType {
	case "quantity":
		w.quantity(c, m)
	case "boolean":
		w.boolean(c, m)
	case "category":
		w.category(c, m, s)
	case "date":
		on := s.day - w.between(0, 60)
		c.Value = &value{Verbatim: printed(on), Date: &date{Verbatim: printed(on), EDTF: iso(on), Reading: "throughout"}}
		c.Quote = "the meeting of " + printed(on)
		if m.ID == "msr-event-scheduled-for" {
			c.Modality = "planned"
		}
	case "place":
		city := pick(w.random, w.cities)
		c.Value = &value{Verbatim: city.Name, Place: city.ID}
		c.Quote = "would be held in " + city.Name + ", officials said"
	case "text":
		c.Modality, c.Question.Subject = "evaluative", w.groups.take(w.random).ID
		c.Question.Object = pick(w.random, w.stateActors).ID
		text := pick(w.random, judgements)
		c.Value = &value{Verbatim: text, Text: text}
		c.Quote = "described the move as " + text
	}
	if c.Value != nil {
		c.Value.Type = m.ValueType
	}
}

func (w *world) boolean(c *claim, m measure) {
	yes, no := true, false
	if m.ID == "msr-presence" {
		group, city := w.groups.take(w.random), pick(w.random, w.cities)
		c.Question.Subject, c.Question.Place = group.ID, city.ID
		if w.chance(40) && c.Claimant != "" {
			c.Stance = "deny"
			c.Value, c.Quote = &value{Verbatim: "the presence of the " + group.Name, Boolean: &yes}, "denied the presence of the "+group.Name+" in "+city.Name
			return
		}
		c.Value, c.Quote = &value{Verbatim: "remains active", Boolean: &yes}, "the "+group.Name+" remains active in and around "+city.Name
		return
	}
	official := w.officials.take(w.random)
	c.Question.Subject = official.ID
	switch {
	case m.ID == "msr-has-commented" && w.chance(50):
		c.Stance, c.Quote = "no_comment", official.Name+" has not commented on the talks"
	case w.chance(30):
		c.Value, c.Quote = &value{Verbatim: "was not", Boolean: &no}, "that "+official.Name+" was not among them"
	default:
		c.Value, c.Quote = &value{Verbatim: "confirmed", Boolean: &yes}, "confirmed the part of "+official.Name+" in the meeting"
	}
}

func (w *world) category(c *claim, m measure, s source) {
	code := pick(w.random, m.Categories).Code
	c.Value = &value{Verbatim: code, Category: code}
	c.Quote = "the meeting, called “" + code + "” by both sides,"
	if m.Period == "P1D" {
		c.AsOf = &date{EDTF: iso(s.day - 1), Reading: "throughout"}
	}
}

// quantity makes a claim of a number, a range, or a word instead of a number.
func (w *world) quantity(c *claim, m measure) {
	v := &value{}
	c.Value = v
	printed := ""
	switch n := w.IntN(100); {
	case n < 2 && m.Unit != "":
		v.Verbatim, v.Special = "an unknown number of", "some_value"
		printed = v.Verbatim
	case n < 5 && m.Unit != "":
		v.Hedge = pick(w.random, counts)
		v.Verbatim, v.HedgeVerbatim = v.Hedge, v.Hedge
		printed = v.Hedge
	case n < 13 && m.Unit != "":
		low := w.between(1, 9) * pick(w.random, []int{10, 100, 1000})
		high := low + low/pick(w.random, []int{2, 5, 10})
		v.Low, v.High = number(low), number(high)
		v.Verbatim = thousands(low) + " to " + thousands(high)
		printed = v.Verbatim
	default:
		v.Verbatim, v.Number = w.number(m)
		printed = v.Verbatim
		if w.chance(60) {
			h := pick(w.random, hedges)
			v.Hedge, v.HedgeVerbatim = h[0], h[1]
			printed = h[1] + " " + printed
		}
	}
	w.askQuantity(c, m, printed)
}

// askQuantity fills in the question and the quote of a claim of a number.
func (w *world) askQuantity(c *claim, m measure, printed string) {
	switch city := pick(w.random, w.cities); m.ID {
	case "msr-fighter-strength":
		group := w.groups.take(w.random)
		c.Question.Subject, c.Question.Place, c.Question.Population = group.ID, city.ID, "fighters"
		c.Quote = printed + " " + group.Name + " fighters present in " + city.Name
		if w.chance(20) {
			c.Question.Population = "fighters_and_families"
			c.Quote = printed + " members of the " + group.Name + " and their families in " + city.Name
		}
	case "msr-attendance":
		c.Modality = pick(w.random, []string{"planned", "actual"})
		c.Quote = printed + " people at the meeting in the capital’s old town"
	case "msr-deaths":
		c.Question.Subject, c.Question.Place = w.groups.take(w.random).ID, city.ID
		c.Quote = "attacks that killed " + printed + " people near " + city.Name
	default:
		c.Question.Place = city.ID
		c.Quote = "prices in " + city.Name + " have risen by " + printed + " percent"
	}
}

// number gives a number as printed and as a literal.
func (w *world) number(m measure) (string, json.Number) {
	if m.Unit == "" {
		text := fmt.Sprintf("%d.%02d", w.between(0, 40), w.between(1, 99))
		return text, json.Number(text)
	}
	n := w.between(11, 99) * pick(w.random, []int{1, 1, 10, 100, 100, 1000})
	if w.chance(50) { // most figures in print are round
		n = w.between(1, 9) * pick(w.random, []int{1, 10, 100, 1000, 1000, 10000})
	}
	switch {
	case n < len(small) && w.chance(60):
		return small[n], number(n)
	case n >= 1000 && n%1000 == 0 && w.chance(4):
		return strconv.Itoa(n/1000) + "k", number(n)
	case w.chance(1):
		tenths := w.between(11, 19)
		return fmt.Sprintf("1.%d million", tenths-10), number(tenths * 100_000)
	case n < 10_000 && w.chance(10):
		return strconv.Itoa(n), number(n)
	}
	return thousands(n), number(n)
}

func number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// asOf gives a date in one of the forms of EDTF that coders use.
func (w *world) asOf(published int) *date {
	on := published - w.between(1, 400)
	month := day(on).Format("2006-01")
	switch n := w.IntN(100); {
	case n < 45:
		return &date{Verbatim: printed(on), EDTF: iso(on), Reading: "throughout"}
	case n < 70:
		return &date{Verbatim: day(on).Format("January 2006"), EDTF: month, Reading: "sometime_in"}
	case n < 80:
		return &date{EDTF: iso(on) + "/" + iso(on+1)}
	case n < 88:
		return &date{EDTF: day(on).Format("2006")}
	case n < 94:
		return &date{EDTF: iso(on) + "?"}
	case n < 97:
		return &date{EDTF: "../" + iso(on), Reading: "sometime_in"}
	}
	return &date{EDTF: "[" + iso(on) + ".." + iso(on+6) + "]"}
}

// link ties a claim from the source at a position to documents and claims
// before it.
func (w *world) link(c *claim, at int) {
	if at == 0 {
		return
	}
	if w.chance(5) {
		c.Via = w.derivations(at)
	}
	switch {
	case w.chance(4):
		c.BasedOn = []evidence{{Source: w.earlier(at).ID, Basis: "stated"}}
	case w.chance(1):
		c.BasedOn = []evidence{{Claim: w.last.ID, Basis: "judged"}}
	}
	if w.chance(1) {
		c.ReadingAmbiguous, c.Coding.Note = true, "The words may also mean the month before."
	}
	if !w.officials.used() || !w.groups.used() {
		return // a correction would take an actor back that nothing else may use
	}
	if l := w.last; c.Value != nil && l.Value != nil && l.Claimant != "" && c.Question.Measure == l.Question.Measure && w.chance(10) {
		// A correction: the same claimant answers the same question anew.
		c.Claimant, c.ClaimantLabel, c.Attribution, c.Question, c.Modality = l.Claimant, "", "indirect", l.Question, l.Modality
		c.Utterance, c.Revises = "", l.ID
	}
}
