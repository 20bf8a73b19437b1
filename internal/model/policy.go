package model

import (
	"slices"

	"stemma/internal/strictjson"
)

// Policy is the tunable choices. Decimals stay texts, to be read exactly.
type Policy struct {
	Version, Tolerance, RoundNumberShare, CorroborationRatio Text
	Hedges                                                   []Hedge
	Units                                                    []Unit
}

var hedgeTokens = []string{"exact", "about", "estimated", "nearly", "at_least", "over", "up_to", "under", "several", "dozens", "hundreds", "thousands"}

// HedgeTokens lists the hedges, to each of which a policy gives a meaning. The
// schemas list the same ones.
func HedgeTokens() []string { return slices.Clone(hedgeTokens) }

// The rules by which hedges become intervals; policy.schema.json says how.
const (
	RulePoint     = "point"
	RuleUnhedged  = "unhedged"
	RuleAround    = "around"
	RuleAtOrAbove = "at_or_above"
	RuleAtOrBelow = "at_or_below"
	RuleFixed     = "fixed"
)

// Hedge says what a hedge means as an interval.
type Hedge struct {
	Span
	Token                Text
	Words                []Text
	Rule, From, To       Text
	IncludesValueWritten Bool
	Low, High            Text
}

// IncludesValue is true where the policy says nothing.
func (h *Hedge) IncludesValue() bool { return h.IncludesValueWritten.Or(true) }

// Unit is a unit of measurement; Factor is a decimal or a fraction p/q of the
// base unit of its dimension. Source says where the factor is defined; policies
// of early releases have none.
type Unit struct {
	Span
	Code, Name, Dimension, Factor, Source Text
}

// Hedge finds a hedge by its token; nil if the policy, which may be nil, has none.
func (p *Policy) Hedge(token string) *Hedge {
	if p == nil {
		return nil
	}
	for i := range p.Hedges {
		if p.Hedges[i].Token.Value == token {
			return &p.Hedges[i]
		}
	}
	return nil
}

// Unit finds a unit by its code; nil if the policy, which may be nil, has none.
func (p *Policy) Unit(code string) *Unit {
	if p == nil {
		return nil
	}
	for i := range p.Units {
		if p.Units[i].Code.Value == code {
			return &p.Units[i]
		}
	}
	return nil
}

// DecodePolicy decodes a policy.
func DecodePolicy(v *strictjson.Value) *Policy { return decodePolicy(newObject(v)) }

func decodePolicy(o object) *Policy {
	o.text("$schema") // for editors only
	return &Policy{
		Version: o.text("version"), Tolerance: o.text("tolerance"), RoundNumberShare: o.text("round_number_share"),
		CorroborationRatio: o.text("corroboration_ratio"),
		Hedges: list(o, "hedges", func(o object) Hedge {
			return Hedge{Span: o.span(), Token: o.text("token"), Words: o.texts("words"), Rule: o.text("rule"),
				From: o.text("from"), To: o.text("to"), IncludesValueWritten: o.bool("includes_value"), Low: o.text("low"), High: o.text("high")}
		}),
		Units: list(o, "units", func(o object) Unit {
			return Unit{Span: o.span(), Code: o.text("code"), Name: o.text("name"), Dimension: o.text("dimension"), Factor: o.text("factor"), Source: o.text("source")}
		}),
	}
}
