package numerals

// negations before "one" say that there is none.
var negations = set("no", "not")

// betweenNotAndOne may stand between a negation and "one".
var betweenNotAndOne = set("even", "a", "single", "solitary")

// notOne returns the index after a "not one" that begins at token i, in any of
// its forms: no one, no-one, not a single one. It is 0 where there is none; "not
// one hundred" is a number that is denied, and "no one-sided" an adjective.
func (r *reader) notOne(i int) int {
	if !negations[r.tokens[i].text] {
		return 0
	}
	for at := i + 1; ; {
		text, next := r.wordAt(at)
		switch {
		case betweenNotAndOne[text]:
			at = next
		case text == "one":
			s, ok := r.number(at, true)
			if !ok || s.next != next || r.isCompound(next) {
				return 0
			}
			return next
		default:
			return 0
		}
	}
}

// isCompound tells whether the word before token i goes on after a hyphen.
func (r *reader) isCompound(i int) bool {
	if i+1 >= len(r.tokens) || !r.tokens[i].glued || !r.tokens[i+1].glued || r.tokens[i+1].kind != word {
		return false
	}
	switch r.tokens[i].text {
	case "-", "\u2010", "\u2011":
		return true
	}
	return false
}
