package show

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
	"stemma/internal/strictjson"
)

// The tests look at results that are made by hand: what is shown must not depend
// on how it is computed.

const records = `
measure {"id": "msr-strength", "name": "Fighter strength", "value_type": "quantity", "unit": "person", "populations": [{"code": "fighters", "name": "Fighters under arms"}]}
measure {"id": "msr-attendance", "name": "Attendance", "value_type": "quantity", "unit": "person"}
measure {"id": "msr-share", "name": "Share of the budget", "value_type": "quantity"}
measure {"id": "msr-presence", "name": "Presence", "value_type": "boolean"}
measure {"id": "msr-status", "name": "Status of an event", "value_type": "category", "categories": [{"code": "planned", "name": "Planned"}, {"code": "held", "name": "Held"}]}
measure {"id": "msr-held-on", "name": "Date on which an event was held", "value_type": "date"}
measure {"id": "msr-place", "name": "Place of an event", "value_type": "place"}
measure {"id": "msr-aim", "name": "Aim", "value_type": "text"}
actor {"id": "act-ttp", "name": "Tehrik-i-Taliban Pakistan"}
actor {"id": "act-isis-k", "name": "ISIS-K"}
actor {"id": "act-pakistan", "name": "Pakistan"}
actor {"id": "act-envoy", "name": "Asim Iftikhar Ahmad"}
actor {"id": "act-un", "name": "UN Monitoring Team"}
actor {"id": "act-taliban", "name": "Taliban"}
actor {"id": "act-ap", "name": "The Associated Press"}
actor {"id": "act-institute", "name": "South Asian Strategic Stability Institute University"}
actor {"id": "act-fa", "name": "سازمان ملل متحد"}
actor {"id": "act-zh", "name": "联合国安全理事会监测组"}
actor {"id": "act-evil", "name": "\u001b[31mred\u001b[0m\u0007 \u202egnp.exe ##[error]x"}
actor {"id": "act-old", "name": "Old", "merged_into": "act-ttp"}
place {"id": "plc-afghanistan", "name": "Afghanistan"}
place {"id": "plc-kabul", "name": "Kabul"}
place {"id": "plc-islamabad", "name": "Islamabad"}
event {"id": "evt-dialogue", "label": "Meeting of anti-Taliban leaders in Islamabad", "accounts": [{"when": {"edtf": "2025-08-25/2025-08-26", "reading": "throughout"}}, {"when": {"edtf": "2025-08", "reading": "sometime_in"}}]}
source {"id": "src-article", "published": {"edtf": "[2025-08-20..2025-08-25]"}}
source {"id": "src-un-report", "title": "Thirty-sixth report of the Analytical Support and Sanctions Monitoring Team", "publisher": "act-un"}
source {"id": "src-ap", "title": "Pakistan, China and Afghanistan hold high-level meeting in Kabul to boost cooperation", "publisher": "act-ap"}
claim {"id": "clm-ttp-pk", "value": {"type": "quantity", "hedge": "about", "hedge_verbatim": "around", "number": 6000}}
claim {"id": "clm-u1", "utterance": "utt-1", "value": {"type": "quantity", "hedge": "about", "number": 6000}}
claim {"id": "clm-u2", "utterance": "utt-1", "value": {"type": "quantity", "hedge": "over", "number": 5800}}
claim {"id": "clm-relies", "based_on": [{"source": "src-un-report", "basis": "stated"}], "value": {"type": "quantity", "hedge": "about", "number": 2000}}
claim {"id": "clm-some", "value": {"type": "quantity", "special": "some_value"}}
`

func book(t testing.TB) *Book {
	t.Helper()
	b := &Book{}
	for _, l := range strings.Split(strings.TrimSpace(records), "\n") {
		kind, text, _ := strings.Cut(l, " ")
		v, problems := strictjson.Parse([]byte(text))
		if len(problems) > 0 {
			t.Fatalf("%s: %v", l, problems)
		}
		b.Add(kind, v)
	}
	return b
}

// fix changes what it is given.
type fix func(*disagreement.QuestionClaim)

// says makes a claim: `clm-a src-a act-a as of 2025`; the interval is written
// like [5400,6600) or [0,∞).
func says(key, source, origin, value, bounds string, fixes ...fix) disagreement.QuestionClaim {
	c := disagreement.QuestionClaim{
		Key: key, RecordKind: model.KindClaim, RecordID: key, Source: source, Claimant: origin, Origin: origin, Channels: []string{source},
		Value: value, Stance: model.Assert, Current: true,
	}
	if c.Lower, c.Upper = parseBounds(bounds); strings.HasPrefix(origin, "src-") {
		c.Claimant = ""
	}
	asOf("2025-08-20", disagreement.AsOfWritten)(&c)
	for _, f := range fixes {
		f(&c)
	}
	return c
}

func parseBounds(text string) (low, high disagreement.Bound) {
	if text == "" {
		return low, high
	}
	a, b, _ := strings.Cut(text[1:len(text)-1], ",")
	end := func(s string, inclusive bool) disagreement.Bound {
		r, ok := new(big.Rat).SetString(s)
		if !ok {
			return disagreement.Bound{}
		}
		return disagreement.Bound{Value: r, Inclusive: inclusive}
	}
	return end(a, text[0] == '['), end(b, text[len(text)-1] == ']')
}

func asOf(text, from string) fix {
	return func(c *disagreement.QuestionClaim) {
		d, err := edtf.Parse(text)
		if err != nil {
			panic(err)
		}
		c.AsOf, c.AsOfFrom = d, from
	}
}

func stance(s string) fix   { return func(c *disagreement.QuestionClaim) { c.Stance = s } }
func claimant(a string) fix { return func(c *disagreement.QuestionClaim) { c.Claimant = a } }
func label(l string) fix {
	return func(c *disagreement.QuestionClaim) { c.Claimant, c.Label = "", l }
}

func replaced(why, by string) fix {
	return func(c *disagreement.QuestionClaim) { c.Current, c.WhyNotCurrent, c.SupersededBy = false, why, by }
}

func derived(how, event, pointer string) fix {
	return func(c *disagreement.QuestionClaim) {
		c.Derivation, c.Pointer = how, pointer
		if event != "" {
			c.RecordKind, c.RecordID, c.Key = model.KindEvent, event, event+"#"+pointer
		}
	}
}

// builder collects questions.
type builder struct{ disagreement.Result }

func (b *builder) add(q disagreement.Question, intersection, hull string, claims ...disagreement.QuestionClaim) {
	q.ID = fmt.Sprintf("q-%016x", 0xb3c9adf7e01d2a55+uint64(len(b.Questions))*0x1111111111)
	if q.Modality == "" {
		q.Modality = model.Actual
	}
	q.LowerMax, q.UpperMin = parseBounds(intersection)
	q.LowerMin, q.UpperMax = parseBounds(hull)
	q.Claims = len(claims)
	for i := range claims {
		c := &claims[i]
		c.QuestionID = q.ID
		switch {
		case !c.Current:
			q.Superseded++
		case c.Stance == model.Deny:
			q.Denying++
			q.DenyingActors = append(q.DenyingActors, c.Claimant)
		case c.Stance == model.NoComment:
			q.NoComment++
		case c.Value != "":
			q.ValuesAsserted = append(q.ValuesAsserted, c.Value)
		}
	}
	q.Current = q.Claims - q.Superseded
	slices.Sort(q.ValuesAsserted)
	q.ValuesAsserted = slices.Compact(q.ValuesAsserted)
	if q.ValueClassStated == "" {
		q.ValueClassStated, q.IndependentStated = q.ValueClass, q.Independent
	}
	if q.AgreementClass == "" {
		q.AgreementClass = q.ValueClass
	}
	slices.SortFunc(claims, func(a, b disagreement.QuestionClaim) int {
		return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.Derivation, b.Derivation))
	})
	b.Questions = append(b.Questions, q)
	b.Claims = append(b.Claims, claims...)
}

func parts(measure, subject, place, event, population, period string) disagreement.Parts {
	return disagreement.Parts{Measure: measure, Subject: subject, Place: place, Event: event, Population: population, Period: period}
}

func strength(subject, period string) disagreement.Parts {
	return parts("msr-strength", subject, "plc-afghanistan", "", "fighters", period)
}

func class(value, agreement string, p disagreement.Parts, origins, channels, independent int) disagreement.Question {
	return disagreement.Question{
		Parts: p, ValueClass: value, AgreementClass: agreement, Denied: agreement == disagreement.ClassDenied,
		Origins: origins, Channels: channels, Independent: independent,
	}
}

// fixture is one question of every sort.
func fixture(t testing.TB) *Set {
	b := &builder{}
	b.PolicyVersion = "1"
	numbers(b)
	others(b)
	odd(b)
	if !slices.IsSortedFunc(b.Questions, func(x, y disagreement.Question) int { return strings.Compare(x.ID, y.ID) }) {
		t.Fatal("the questions are not in the order that Compute gives")
	}
	return New(&b.Result, book(t))
}

func numbers(b *builder) {
	published := asOf("[2025-08-20..2025-08-25]", disagreement.AsOfPublished)
	b.add(class("compatible", "denied", strength("act-ttp", "2025"), 2, 1, 1), "[5400,6000)", "[5400,6600]",
		says("clm-ttp-pk", "src-article", "act-pakistan", "about 6000", "[5400,6600]", claimant("act-envoy"), published),
		says("clm-ttp-un", "src-article", "act-un", "nearly 6000", "[5400,6000)", published),
		says("clm-ttp-deny", "src-article", "act-taliban", "", "(0,∞)", stance(model.Deny), published, derived("entailment", "", "")),
		says("clm-ttp-un-2024", "src-un-report", "act-un", "6000..6500", "[6000,6500]", asOf("2025-02-13", disagreement.AsOfSaid), replaced("newer", "clm-ttp-un")),
	)
	q := class("conflicting", "", strength("act-isis-k", "2025"), 3, 3, 3)
	q.ValueClassStated, q.IndependentStated = "corroborated", 2
	q.PrevID = "q-b3c9adf7e01d2a55"
	b.add(q, "[4000,3500]", "[2000,6000]",
		says("clm-a", "src-un-report", "act-un", "4000..6000", "[4000,6000]", asOf("2025-07", disagreement.AsOfWritten)),
		says("clm-b", "src-ap", "src-ap/officials", "2000..3500", "[2000,3500]", label("officials")),
		says("clm-c", "src-article", "act-pakistan", "over 3000", "(3000,∞)", claimant("act-envoy")),
	)
	b.add(class("corroborated", "", parts("msr-attendance", "", "", "evt-dialogue", "", ""), 2, 3, 2), "(5800,6600]", "[5400,6600]",
		says("clm-u1", "src-ap", "act-pakistan", "about 6000", "[5400,6600]"),
		says("clm-u2", "src-article", "act-pakistan", "over 5800", "(5800,∞)"),
		says("clm-u3", "src-article", "act-pakistan", "6100", "[6100,6100]"),
		says("clm-u4", "src-un-report", "act-un", "nearly 6500", "[5850,6500)"),
	)
	b.add(class("compatible", "", parts("msr-attendance", "", "plc-kabul", "", "", "2024"), 3, 3, 3), "[500000,500000]", "[0,∞)",
		says("clm-l1", "src-ap", "act-pakistan", "at_least 20", "[20,∞)"),
		says("clm-l2", "src-article", "act-taliban", "up_to 1500000", "[0,1500000]"),
		says("clm-l3", "src-un-report", "act-un", "500000", "[500000,500000]"),
	)
	b.add(class("uncontested", "", parts("msr-share", "act-taliban", "", "", "", "undated"), 1, 1, 1), "[1/3,20/3]", "[1/3,20/3]",
		says("clm-f", "src-ap", "act-ap", "1..20 third", "[1/3,20/3]"), says("clm-some", "src-ap", "act-ap", "", ""))
}

func others(b *builder) {
	b.add(class("no_value", "denied_only", parts("msr-presence", "act-isis-k", "plc-afghanistan", "", "", "2025"), 0, 0, 0), "", "",
		says("clm-d", "src-article", "act-taliban", "true", "", stance(model.Deny)))
	b.add(class("uncontested", "denied", parts("msr-presence", "act-ttp", "plc-afghanistan", "", "", "2025"), 1, 1, 1), "", "",
		says("clm-ttp-pk", "src-article", "act-pakistan", "true", "", claimant("act-envoy"), derived("entailment", "", "")),
		says("clm-d2", "src-article", "act-taliban", "true", "", stance(model.Deny)))
	b.add(class("conflicting", "", parts("msr-held-on", "", "", "evt-dialogue", "", ""), 2, 2, 2), "", "",
		says("", "src-ap", "act-pakistan", "2025-08-25/2025-08-26", "", derived("when", "evt-dialogue", "/accounts/0/when")),
		says("", "src-article", "act-institute", "2025-08", "", derived("when", "evt-dialogue", "/accounts/1/when")),
		says("clm-date", "src-article", "act-taliban", "2025-08-26/2025-08-27", ""))
	b.add(class("compatible", "", parts("msr-status", "", "", "evt-dialogue", "", "2025-08-20"), 1, 1, 1), "", "",
		says("", "src-ap", "act-pakistan", "planned", "", derived("status", "evt-dialogue", "/accounts/0/status"), replaced("retracted", "clm-x")),
		says("clm-n", "src-ap", "act-taliban", "", "", stance(model.NoComment)),
		says("clm-p", "src-ap", "act-taliban", "held", ""))
	b.add(class("conflicting", "", parts("msr-place", "", "", "evt-dialogue", "", ""), 2, 2, 2), "", "",
		says("clm-p1", "src-ap", "act-pakistan", "plc-islamabad", ""), says("clm-p2", "src-article", "act-taliban", "plc-kabul", ""))
	b.add(class("not_comparable", "", parts("msr-aim", "act-pakistan", "", "", "", ""), 2, 2, 2), "", "",
		says("clm-t1", "src-ap", "act-pakistan", "to discuss the political future of Afghanistan with those who were driven out of it", ""),
		says("clm-t2", "src-article", "act-taliban", "unwise and provocative", ""))
}

func odd(b *builder) {
	p := strength("act-evil", "2025-01/2025-06")
	p.Object, p.Modality = "act-fa", model.Planned
	b.add(class("corroborated", "", p, 3, 3, 3), "[9,11]", "[9,11]",
		says("clm-e1", "src-ap", "act-evil", "about 10", "[9,11]"),
		says("clm-e2", "src-article", "act-fa", "10", "[10,10]"),
		says("clm-e3", "src-"+strings.Repeat("long-", 14)+"x", "act-zh + act-institute", "about 10", "[9,11]"))
	b.add(class("uncontested", "", strength("act-isis-k", "2023"), 1, 1, 1), "[1800,2200]", "[1800,2200]",
		says("clm-relies", "src-article", "act-un", "about 2000", "[1800,2200]", claimant("act-envoy"), asOf("../2023-05-28", disagreement.AsOfWritten)))
	b.add(class("no_value", "", strength("act-taliban", "2025-08"), 0, 0, 0), "", "",
		says("clm-n1", "src-ap", "act-taliban", "", "", stance(model.NoComment)))
}
