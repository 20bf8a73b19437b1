package validate

import (
	"fmt"
	"strings"

	"stemma/internal/diag"
	"stemma/internal/model"
	"stemma/internal/numerals"
)

// checkNumbers holds the numbers of a quantity against the printed words, and
// against what its measure allows.
func checkNumbers(c *check, m *model.Claim) {
	v := m.Value
	if v == nil || v.Type.Value != model.TypeQuantity || v.Special.IsSet() {
		return
	}
	if h := c.policy.Hedge(v.Hedge.Value); h != nil && h.Rule.Value == model.RuleFixed {
		return // a word such as "dozens" has no number, and value-parts says so
	}
	printed := numerals.Read(v.Verbatim.Value)
	unread := false
	for _, n := range []model.Number{v.Number, v.Low, v.High} {
		switch {
		case !n.IsSet() || printed.Admits(n.Rat()):
		case !printed.Understood():
			unread = true
		default:
			c.wrongNumber(n, v.Verbatim, printed)
		}
	}
	if unread {
		c.find(diag.NumberUnread, v.Verbatim.Span, fmt.Sprintf("stemma cannot read the number in %q: %s", v.Verbatim.Value, printed.Problems[0].Message),
			"compare it with the record yourself; nothing is known to be wrong")
	}
	if low, high := v.Low.Rat(), v.High.Rat(); low != nil && high != nil && low.Cmp(high) > 0 {
		c.find(diag.RangeReversed, v.Low.Span, fmt.Sprintf("the lower end %s is above the higher end %s", v.Low.Literal, v.High.Literal),
			"exchange low and high", there(c.rec.Record, v.High.Span, "the higher end is here"))
	}
	c.checkSign(m)
}

func (c *check) wrongNumber(n model.Number, verbatim model.Text, printed numerals.Result) {
	words := fmt.Sprintf("%q", verbatim.Value)
	verb := there(c.rec.Record, verbatim.Span, "these are the printed words")
	if len(printed.Numbers) > 0 {
		c.find(diag.NumberDigits, n.Span, fmt.Sprintf("the number is %s, but %s says %s", n.Literal, words, printed),
			"correct the number, or copy the whole printed number into verbatim", verb)
		return
	}
	help := "copy the number as printed into verbatim"
	if token := c.vagueHedge(verbatim.Value); token != "" {
		help = fmt.Sprintf("leave the number out and write \"hedge\": %q", token)
	}
	c.find(diag.NumberDigits, n.Span, fmt.Sprintf("the number is %s, but %s says no exact number", n.Literal, words), help, verb)
}

// vagueHedge finds the hedge that stands for words such as "dozens".
func (c *check) vagueHedge(words string) string {
	if c.policy == nil {
		return ""
	}
	for i := range c.policy.Hedges {
		h := &c.policy.Hedges[i]
		if h.Rule.Value != model.RuleFixed {
			continue
		}
		for _, w := range h.Words {
			if strings.Contains(strings.ToLower(words), strings.ToLower(w.Value)) {
				return h.Token.Value
			}
		}
	}
	return ""
}

// checkSign finds numbers below zero on measures that are never below zero.
func (c *check) checkSign(m *model.Claim) {
	measure := c.measures.get(m.Question.Measure)
	if measure == nil || !measure.model.Nonnegative() {
		return
	}
	for _, n := range []model.Number{m.Value.Number, m.Value.Low, m.Value.High} {
		if n.IsSet() && n.Rat().Sign() < 0 {
			c.find(diag.ValueRange, n.Span, fmt.Sprintf("%s is below zero, which %q never is", n.Literal, measure.id),
				`correct the number, or write "nonnegative": false in the measure`, there(measure.Record, measure.model.ID.Span, "the measure is here"))
		}
	}
}
