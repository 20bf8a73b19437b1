package validate

import (
	"fmt"
	"slices"
	"strings"

	"stemma/internal/diag"
	"stemma/internal/model"
	"stemma/internal/numerals"
)

// checkHedge holds the hedge of a quantity against the printed words. Only the
// words of English sources are read: those that the policy lists are English.
func checkHedge(c *check, m *model.Claim) {
	v := m.Value
	if v == nil || c.policy == nil || v.Type.Value != model.TypeQuantity || v.Special.IsSet() {
		return
	}
	hedge := c.policy.Hedge(v.Hedge.Value)
	if v.Hedge.IsSet() && hedge == nil {
		c.find(diag.HedgeUnknown, v.Hedge.Span, fmt.Sprintf("the policy gives no meaning to the hedge %q", v.Hedge.Value), choose(v.Hedge.Value, model.HedgeTokens()))
		return
	}
	isFixed := hedge != nil && hedge.Rule.Value == model.RuleFixed
	switch {
	case v.HedgeVerbatim.IsSet():
		c.hedgeWords(m, v.HedgeVerbatim, v.HedgeVerbatim)
	case isFixed:
		c.hedgeWords(m, v.Verbatim, v.Hedge) // the words of the value are those of the hedge
	default:
		c.hedgeAtNumber(m)
	}
}

// english tells whether a source is, for all that is known, in English.
func (c *check) english(source model.Text) bool {
	src := c.sources.get(source)
	if src == nil || !src.model.Language.IsSet() {
		return true
	}
	base, _, _ := strings.Cut(src.model.Language.Value, "-")
	return strings.EqualFold(base, "en")
}

// hedgeWords holds the words of a hedge against its kind, as they stand in the
// quote, and against what stands at the number.
func (c *check) hedgeWords(m *model.Claim, words, at model.Text) {
	v := m.Value
	if !v.Hedge.IsSet() || !c.english(m.Source) {
		return
	}
	behind := 0
	if at := wordIndex(m.Quote.Value, v.Verbatim.Value); at >= 0 {
		behind = at + len(v.Verbatim.Value)
	}
	said := c.hedging.within(m.Quote.Value, words.Value, behind)
	isSaid := func(h saidHedge) bool { return !h.negated }
	switch i := slices.IndexFunc(said, isSaid); {
	case mean(said, v.Hedge.Value):
		c.hedgeElsewhere(m, said, at)
	case i >= 0:
		c.otherHedge(m, said[i], words)
	case len(said) > 0:
		c.unreadHedge(m, said[0].words, at)
	case c.vagueAmount(words.Value).isVague:
		c.find(diag.HedgeWords, v.Hedge.Span, fmt.Sprintf("the hedge is %q, but no hedge stands for %q", v.Hedge.Value, words.Value),
			`write "special": "some_value" instead of the hedge`, there(*c.rec.Record, words.Span, "these are the printed words"))
	default:
		c.unreadHedge(m, words.Value, at)
	}
}

func (c *check) unreadHedge(m *model.Claim, words string, at model.Text) {
	c.find(diag.HedgeUnread, at.Span, fmt.Sprintf("the policy lists no hedge for %q", words),
		fmt.Sprintf("make sure yourself that the words mean %q; nothing is known to be wrong (words are added to %s)", m.Value.Hedge.Value, c.snap.Config.Policy))
}

// otherHedge reports words that mean another hedge than the one of the record.
func (c *check) otherHedge(m *model.Claim, said saidHedge, words model.Text) {
	hedge, help := m.Value.Hedge, fmt.Sprintf("write \"hedge\": %q", said.token)
	if m.Value.HedgeVerbatim.IsSet() && !strings.Contains(words.Value, said.words) {
		help += fmt.Sprintf(" and \"hedge_verbatim\": %q", said.words)
	}
	c.find(diag.HedgeWords, hedge.Span, fmt.Sprintf("the hedge is %q, but %q says %q", hedge.Value, said.words, said.token), help,
		there(*c.rec.Record, words.Span, "these are the printed words"))
}

// hedgeElsewhere finds hedges at the number that are not those of the record,
// though the quote has the record's words in another place.
func (c *check) hedgeElsewhere(m *model.Claim, said []saidHedge, at model.Text) {
	v, printed := m.Value, c.printedHedges(m)
	if len(printed) == 0 || mean(printed, v.Hedge.Value) {
		return
	}
	switch h := printed[0]; {
	case h.negated:
		c.unreadHedge(m, h.words, at)
	case !mean(said, h.token): // but: estimated at about 40
		c.hedgeAtNumberIs(m, h)
	}
}

// hedgeAtNumberIs reports a hedge at the number that the record does not have.
func (c *check) hedgeAtNumberIs(m *model.Claim, printed saidHedge) {
	v := m.Value
	at, code, message := v.Verbatim.Span, diag.HedgeMissing, fmt.Sprintf("%q stands at the number, but the value has no hedge", printed.words)
	if v.Hedge.IsSet() {
		at, code, message = v.Hedge.Span, diag.HedgeWords, fmt.Sprintf("the hedge is %q, but %q stands at the number", v.Hedge.Value, printed.words)
	}
	c.find(code, at, message, fmt.Sprintf("write \"hedge\": %q and \"hedge_verbatim\": %q; if the words do not belong to the number, let it stand", printed.token, printed.words),
		there(*c.rec.Record, m.Quote.Span, "this is the quote"))
}

// hedgeAtNumber looks for a hedge at the printed number where the record gives
// no words of one.
func (c *check) hedgeAtNumber(m *model.Claim) {
	v := m.Value
	var printed []saidHedge
	if c.english(m.Source) {
		printed = c.printedHedges(m)
	}
	found := len(printed) > 0 && !printed[0].negated
	switch {
	case found && printed[0].token != v.Hedge.Value:
		c.hedgeAtNumberIs(m, printed[0])
	case v.Hedge.IsSet() && v.Hedge.Value != exactHedge:
		help := `add "hedge_verbatim" with the printed words, copied from the quote`
		if found {
			help = fmt.Sprintf("add \"hedge_verbatim\": %q", printed[0].words)
		}
		c.find(diag.HedgeVerbatim, v.Hedge.Span, fmt.Sprintf("the hedge %q has no printed words", v.Hedge.Value), help)
	}
}

// exactHedge needs no words: it says that none are printed, though the number
// looks like a round one.
const exactHedge = "exact"

// printedHedges lists the hedges directly at the numbers of a value.
func (c *check) printedHedges(m *model.Claim) []saidHedge {
	v, text := m.Value, m.Quote.Value
	at := wordIndex(text, v.Verbatim.Value)
	if at < 0 {
		text, at = v.Verbatim.Value, 0
	}
	if isPrinted(v.Number.Literal, v.Verbatim.Value) {
		return c.hedging.around(text, at, at+len(v.Verbatim.Value))
	}
	var out []saidHedge
	for _, n := range numerals.Read(v.Verbatim.Value).Numbers {
		out = append(out, c.hedging.around(text, at+n.Start, at+n.End)...)
	}
	return out
}

// wordIndex finds words in a text, rather not as a part of a longer one: 40 and
// not 140. It gives -1 if they are not there.
func wordIndex(text, words string) int {
	first := strings.Index(text, words)
	for at := first; at >= 0 && words != ""; {
		if !endsInWord(text[:at]) && !beginsWithWord(text[at+len(words):]) {
			return at
		}
		next := strings.Index(text[at+1:], words)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return first
}
