package validate

// TextCoverage says how far quotes could be looked up in the texts that were
// given: who gives a folder must see whether anything in it was used.
type TextCoverage struct {
	Sources int // in the dataset, without withdrawn and merged ones
	Found   int // of these, whose text is among those given
	Missing int // of these, which name a text that is not among those given
	Quotes  int // that were compared, of claims, accounts and participants
}

// coverage is complete after the last record. It is nil if no texts were given.
func (s *stemmaRules) coverage() *TextCoverage {
	if s.texts == nil {
		return nil
	}
	c := &TextCoverage{Quotes: int(s.compared.Load())}
	for _, k := range s.sources.sorted() {
		if k.base.Retired() {
			continue
		}
		c.Sources++
		sum := k.model.TextSHA256
		if _, ok := s.texts.find(sum.Value); ok {
			c.Found++
		} else if sum.IsSet() {
			c.Missing++
		}
	}
	return c
}
