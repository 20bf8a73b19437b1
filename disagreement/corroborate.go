package disagreement

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// isCorroborated looks for two origins that pin the answer down, have two
// documents between them, and say nearly the same.
func (q *question) isCorroborated(origins []*origin, ratio *big.Rat) bool {
	kind := q.measure.kind
	var numbers []*origin
	first := map[string]*origin{} // by what they say
	for _, o := range origins {
		if !kind.isBounded(o.set) {
			continue
		}
		if kind == ofNumbers && o.set.some {
			if numbers = append(numbers, o); !o.set.numbers.isPoint() {
				continue // equal intervals may still be too wide
			}
		}
		// It is enough to look at the first: if it cannot be told from another
		// one by documents, both have just one, the same.
		what := kind.key(o.set)
		if first[what] == nil {
			first[what] = o
		} else if haveTwoChannels(first[what], o) {
			return true
		}
	}
	return areNear(numbers, ratio)
}

// haveTwoChannels tells whether each of two origins can have a document of its
// own, which is so unless one document is all that the two have.
func haveTwoChannels(a, b *origin) bool {
	return len(a.channels) > 1 || !slices.Equal(a.channels, b.channels)
}

// areNear looks for two intervals above zero whose hull is at most as wide as
// the ratio allows. From the highest lower end downwards, each interval is tried
// with the lowest upper end so far. No other partner is needed: the limit falls
// from one to the next, so two earlier intervals below it would have been a pair
// themselves, unless one document is all that they have, and then it makes no
// difference which of them is tried.
func areNear(origins []*origin, ratio *big.Rat) bool {
	var narrow []*origin // the others are too wide by themselves
	for _, o := range origins {
		if width := quotient(o.set.numbers.upper.Value, o.set.numbers.lower.Value); width != nil && width.Cmp(ratio) <= 0 {
			narrow = append(narrow, o)
		}
	}
	slices.SortFunc(narrow, func(a, b *origin) int { return b.lower().Cmp(a.lower()) })
	var lowest *origin
	for _, o := range narrow {
		limit := new(big.Rat).Mul(o.lower(), ratio)
		if lowest != nil && lowest.upper().Cmp(limit) <= 0 && haveTwoChannels(o, lowest) {
			return true
		}
		if lowest == nil || o.upper().Cmp(lowest.upper()) < 0 {
			lowest = o
		}
	}
	return false
}

func (o *origin) lower() *big.Rat { return o.set.numbers.lower.Value }
func (o *origin) upper() *big.Rat { return o.set.numbers.upper.Value }

// key is equal for equal sets of one kind. Of intervals it is asked for points
// only.
func (k kind) key(s set) string {
	text := fmt.Sprint(s.none, s.some)
	switch {
	case !s.some:
	case k == ofNumbers:
		text += s.numbers.lower.Value.RatString()
	case k == ofDates:
		text += fmt.Sprint(s.dates)
	default:
		text += strings.Join(s.names, "\x00")
	}
	return text
}
