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

// hedgeWords holds the words of a hedge against its kind.
func (c *check) hedgeWords(m *model.Claim, words, at model.Text) {
	v := m.Value
	if !v.Hedge.IsSet() || !c.english(m.Source) {
		return
	}
	tokens := c.hedging.tokens(words.Value)
	switch {
	case slices.Contains(tokens, v.Hedge.Value):
	case len(tokens) == 0 && c.vagueAmount(words.Value).isVague:
		c.find(diag.HedgeWords, v.Hedge.Span, fmt.Sprintf("the hedge is %q, but no hedge stands for %q", v.Hedge.Value, words.Value),
			`write "special": "some_value" instead of the hedge`, there(*c.rec.Record, words.Span, "these are the printed words"))
	case len(tokens) == 0:
		c.find(diag.HedgeUnread, at.Span, fmt.Sprintf("the policy lists no hedge for %q", words.Value),
			fmt.Sprintf("make sure yourself that the words mean %q; nothing is known to be wrong (words are added to %s)", v.Hedge.Value, c.snap.Config.Policy))
	default:
		c.find(diag.HedgeWords, v.Hedge.Span, fmt.Sprintf("the hedge is %q, but %q says %q", v.Hedge.Value, words.Value, tokens[0]),
			fmt.Sprintf("write \"hedge\": %q", tokens[0]), there(*c.rec.Record, words.Span, "these are the printed words"))
	}
}

// hedgeAtNumber looks for a hedge at the printed number where the record gives
// no words of one.
func (c *check) hedgeAtNumber(m *model.Claim) {
	v := m.Value
	printed, found := hedgePhrase{}, false
	if c.english(m.Source) {
		printed, found = c.printedHedge(m)
	}
	switch {
	case found && printed.token != v.Hedge.Value:
		at := v.Verbatim.Span
		code, message := diag.HedgeMissing, fmt.Sprintf("%q stands at the number, but the value has no hedge", printed.words)
		if v.Hedge.IsSet() {
			at, code, message = v.Hedge.Span, diag.HedgeWords, fmt.Sprintf("the hedge is %q, but %q stands at the number", v.Hedge.Value, printed.words)
		}
		c.find(code, at, message, fmt.Sprintf("write \"hedge\": %q and \"hedge_verbatim\": %q; if the words do not belong to the number, let it stand", printed.token, printed.words),
			there(*c.rec.Record, m.Quote.Span, "this is the quote"))
	case v.Hedge.IsSet() && v.Hedge.Value != exactHedge:
		help := `add "hedge_verbatim" with the printed words, copied from the quote`
		if found {
			help = fmt.Sprintf("add \"hedge_verbatim\": %q", printed.words)
		}
		c.find(diag.HedgeVerbatim, v.Hedge.Span, fmt.Sprintf("the hedge %q has no printed words", v.Hedge.Value), help)
	}
}

// exactHedge needs no words: it says that none are printed, though the number
// looks like a round one.
const exactHedge = "exact"

// printedHedge finds a hedge directly at one of the numbers of a value.
func (c *check) printedHedge(m *model.Claim) (hedgePhrase, bool) {
	v, text := m.Value, m.Quote.Value
	at := strings.Index(text, v.Verbatim.Value)
	if at < 0 {
		text, at = v.Verbatim.Value, 0
	}
	if isPrinted(v.Number.Literal, v.Verbatim.Value) {
		return c.hedging.around(text, at, at+len(v.Verbatim.Value))
	}
	for _, n := range numerals.Read(v.Verbatim.Value).Numbers {
		if h, ok := c.hedging.around(text, at+n.Start, at+n.End); ok {
			return h, true
		}
	}
	return hedgePhrase{}, false
}
