package validate

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma/internal/diag"
	"stemma/internal/model"
)

// checkVerbatim holds the words of a value and of its hedge against the quote:
// it is the evidence for both.
func checkVerbatim(c *check, m *model.Claim) {
	v := m.Value
	if v == nil {
		return
	}
	c.inQuote(diag.QuoteVerbatim, "words of the value", v.Verbatim, m.Quote)
	c.inQuote(diag.QuoteHedge, "words of the hedge", v.HedgeVerbatim, m.Quote)
	if v.Date != nil {
		c.inQuote(diag.QuoteVerbatim, "words of the date", v.Date.Verbatim, m.Quote)
	}
}

func (c *check) inQuote(code diag.Code, what string, words, quote model.Text) {
	if !words.IsSet() || strings.Contains(quote.Value, words.Value) {
		return
	}
	help := "copy the words letter by letter from the quote; if they are not in it, quote the phrase that has them"
	if near, ok := findLoosely(quote.Value, words.Value); ok {
		help = fmt.Sprintf("copy them as the quote has them: %q", near)
	}
	c.find(code, words.Span, fmt.Sprintf("the %s, %q, are not in the quote", what, words.Value), help,
		there(*c.rec.Record, quote.Span, "this is the quote"))
}

// findLoosely finds words in a text whatever their case, white space and
// quotation marks, and gives them as the text has them.
func findLoosely(text, words string) (string, bool) {
	loose, offsets := loosen(text, unicode.ToLower)
	key, _ := loosen(words, unicode.ToLower)
	at := strings.Index(loose, key)
	if at < 0 || key == "" {
		return "", false
	}
	return text[offsets[at]:offsets[at+len(key)]], true
}

// loosen writes white space as one space, and quotation marks and apostrophes
// as those of typewriters; fold may fold letters too. Offsets say where each
// byte came from, and where the text ends.
func loosen(s string, fold func(rune) rune) (string, []int) {
	out := make([]byte, 0, len(s))
	offsets := make([]int, 0, len(s)+1)
	for at, r := range s {
		r = fold(straighten(r))
		if r == ' ' && len(out) > 0 && out[len(out)-1] == ' ' {
			continue
		}
		out = utf8.AppendRune(out, r)
		for len(offsets) < len(out) {
			offsets = append(offsets, at)
		}
	}
	return string(out), append(offsets, len(s))
}

func asWritten(r rune) rune { return r }

// straighten gives the plain form of a typographic quotation mark or space.
// Primes stay: 5′ is five feet or minutes.
func straighten(r rune) rune {
	switch r {
	case '‘', '’', '‚', '‛', '‹', '›', 'ʼ':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '＂':
		return '"'
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// checkReportQuote holds the quote of a claim or an account against the text of
// its source, if texts were given and this one is among them.
func checkReportQuote(c *check, r report) { c.inText(r.Quote, r.Source) }

func (c *check) inText(quote, source model.Text) {
	src := c.sources.get(source)
	if c.texts == nil || src == nil || !quote.IsSet() {
		return
	}
	text, ok := c.texts.find(src.model.TextSHA256.Value)
	if !ok || text.contains(quote.Value) {
		return
	}
	c.find(diag.QuoteNotInText, quote.Span, fmt.Sprintf("the quote is not in the text of %q", source.Value),
		"copy it letter by letter from the text; only white space and the form of quotation marks may differ",
		there(src.Record, src.model.TextSHA256.Span, "the text was found by this SHA-256"))
}
