package numerals

import (
	"math/big"
	"slices"
	"strings"
)

// softeners may stand before the higher end of a range.
var softeners = set("about", "around", "approximately", "roughly", "nearly", "almost", "some", "perhaps", "maybe", "possibly", "even", "an", "estimated")

// ranges lists the pairs of neighbouring numbers that are the ends of a range:
// 25–30, 25 to 30, 25 or 30, between 25 and 30. Falling pairs (10 to 1) are none.
func (r *reader) ranges() []Range {
	var out []Range
	for i := 1; i < len(r.items); i++ {
		low, high := r.items[i-1], r.items[i]
		if r.joinsRange(low, high) && rises(low, high) {
			out = append(out, Range{r.made(low), r.made(high)})
		}
	}
	return out
}

// joinsRange tells whether what stands between two numbers makes a range.
func (r *reader) joinsRange(low, high item) bool {
	connector := r.between(low, high)
	if strings.Trim(connector, "-–—‐‑−") == "" {
		return connector != ""
	}
	words := strings.Fields(strings.Trim(connector, "-–—‐‑−"))
	if len(words) == 0 || slices.ContainsFunc(words[1:], func(w string) bool { return !softeners[w] }) {
		return false
	}
	switch words[0] {
	case "to", "or":
		return true
	case "and":
		return r.afterBetween(low.start)
	}
	return false
}

// afterBetween tells whether "between" stands before the number at an offset,
// with no words between them but softeners.
func (r *reader) afterBetween(start int) bool {
	for i := len(r.tokens) - 1; i >= 0; i-- {
		t := r.tokens[i]
		if t.end > start || t.kind == mark {
			continue
		}
		if !softeners[t.text] {
			return t.is("between")
		}
	}
	return false
}

func rises(low, high item) bool {
	return slices.MinFunc(low.readings, (*big.Rat).Cmp).Cmp(slices.MaxFunc(high.readings, (*big.Rat).Cmp)) < 0
}
