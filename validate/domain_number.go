package validate

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

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
	if isPrinted(v.Number.Literal, v.Verbatim.Value) {
		c.checkSign(m)
		return
	}
	printed := numerals.Read(v.Verbatim.Value)
	vague := c.vagueAmount(v.Verbatim.Value)
	unread := false
	for _, n := range []model.Number{v.Number, v.Low, v.High} {
		switch {
		case !n.IsSet() || printed.Admits(n.Rat()):
		case !printed.Understood() || len(printed.Numbers) == 0 && vague == (vagueAmount{}):
			unread = true // words such as "largest" may well say a number
		default:
			c.wrongNumber(n, v.Verbatim, printed, vague)
		}
	}
	if unread {
		c.unreadNumber(v.Verbatim, printed)
	}
	c.numberOfRange(v, printed)
	if low, high := v.Low.Rat(), v.High.Rat(); low != nil && high != nil && low.Cmp(high) > 0 {
		c.find(diag.RangeReversed, v.Low.Span, fmt.Sprintf("the lower end %s is above the higher end %s", v.Low.Literal, v.High.Literal),
			"exchange low and high", there(*c.rec.Record, v.High.Span, "the higher end is here"))
	}
	c.checkSign(m)
}

// isPrinted recognises the most frequent case without any arithmetic: a whole
// number that is printed with the same digits, with commas at all thousands or
// at none.
func isPrinted(literal, words string) bool {
	n := len(literal)
	if n == 0 || strings.Trim(literal, "0123456789") != "" {
		return false
	}
	if literal == words {
		return true
	}
	if len(words) != n+(n-1)/3 {
		return false
	}
	at := 0
	for i := range n {
		if i > 0 && (n-i)%3 == 0 {
			if words[at] != ',' {
				return false
			}
			at++
		}
		if words[at] != literal[i] {
			return false
		}
		at++
	}
	return true
}

func (c *check) wrongNumber(n model.Number, verbatim model.Text, printed numerals.Result, vague vagueAmount) {
	says, help := printed.String(), "correct the number, or copy the whole printed number into verbatim"
	if len(printed.Numbers) == 0 {
		says, help = "no exact number", `leave the number out and write "special": "some_value"`
		if vague.hedge != "" {
			help = fmt.Sprintf("leave the number out and write \"hedge\": %q", vague.hedge)
		}
	}
	c.find(diag.NumberDigits, n.Span, fmt.Sprintf("the number is %s, but %q says %s", n.Literal, verbatim.Value, says), help,
		there(*c.rec.Record, verbatim.Span, "these are the printed words"))
}

func (c *check) unreadNumber(verbatim model.Text, printed numerals.Result) {
	message := fmt.Sprintf("stemma finds no number in %q", verbatim.Value)
	if len(printed.Problems) > 0 {
		message = fmt.Sprintf("stemma cannot read the number in %q: %s", verbatim.Value, printed.Problems[0].Message)
	}
	c.find(diag.NumberUnread, verbatim.Span, message, "make sure yourself that the words say the number of the record; nothing is known to be wrong")
}

// vagueAmount is an amount in words that name no number.
type vagueAmount struct {
	isVague bool
	hedge   string // that stands for it, if there is one
}

// vagueAmount finds words such as "dozens", for which a hedge stands, or "tens
// of thousands", for which none does.
func (c *check) vagueAmount(words string) vagueAmount {
	for _, token := range c.hedging.tokens(words) {
		if c.policy.Hedge(token).Rule.Value == model.RuleFixed {
			return vagueAmount{true, token}
		}
	}
	isAmount := slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(words), isNoLetter), func(w string) bool { return slices.Contains(amounts, w) })
	return vagueAmount{isVague: isAmount}
}

func isNoLetter(r rune) bool { return !unicode.IsLetter(r) }

// numberOfRange finds a single number that was taken from a printed range.
func (c *check) numberOfRange(v *model.Value, printed numerals.Result) {
	if !v.Number.IsSet() {
		return
	}
	if span, ok := printed.RangeOf(v.Number.Rat()); ok {
		c.find(diag.NumberOfRange, v.Number.Span, fmt.Sprintf("%s is only one end of the printed range, %q to %q", v.Number.Literal, span.Low.Text, span.High.Text),
			`give both ends as "low" and "high"; if it is no range, copy only the number that is meant into verbatim`, there(*c.rec.Record, v.Verbatim.Span, "these are the printed words"))
	}
}

// checkSign finds numbers below zero on measures that are never below zero.
func (c *check) checkSign(m *model.Claim) {
	measure := c.measures.get(m.Question.Measure)
	if measure == nil || !measure.model.Nonnegative() {
		return
	}
	for _, n := range []model.Number{m.Value.Number, m.Value.Low, m.Value.High} {
		if strings.HasPrefix(n.Literal, "-") && n.Rat().Sign() < 0 {
			c.find(diag.ValueRange, n.Span, fmt.Sprintf("%s is below zero, which %q never is", n.Literal, measure.id),
				`correct the number, or write "nonnegative": false in the measure`, there(measure.Record, measure.model.ID.Span, "the measure is here"))
		}
	}
}
