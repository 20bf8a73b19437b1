package validate

import (
	"slices"
	"strings"

	"stemma/internal/diag"
	"stemma/internal/model"
)

// checkWhenWords holds the printed words of an account's date against the quote
// of the account, or of one of its participants. Without a quote there is
// nothing to hold them against. The words of said_on and as_of often stand
// elsewhere in a document, such as in its dateline, and are not looked for.
func checkWhenWords(c *check, m *model.Event) {
	for i := range m.Accounts {
		a := &m.Accounts[i]
		if a.When == nil || !a.Quote.IsSet() {
			continue
		}
		words := a.When.Verbatim
		if !slices.ContainsFunc(a.Participants, func(p model.Participant) bool {
			return p.Quote.IsSet() && strings.Contains(p.Quote.Value, words.Value)
		}) {
			c.inQuote(diag.QuoteVerbatim, "words of the date", words, a.Quote)
		}
	}
}
