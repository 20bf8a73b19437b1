package disagreement

import (
	"math/big"
	"slices"

	"stemma/internal/model"
)

// verdict is how the answers to a question stand to each other under a policy.
type verdict struct {
	class, stated, agreement string
	denied, renderings       bool
	origins                  []*origin // of the assertions, all links counted; sorted by name
}

// origin is one of those who stand behind the assertions of a question.
type origin struct {
	name     string
	set      set
	channels []string // sorted
	claims   []*claim // sorted by key
}

// setClaims works out what the claims of a question admit under a policy.
func (q *question) setClaims(p *policy) {
	for _, c := range q.claims {
		switch {
		case c.value == nil:
		case q.measure.valueType == model.TypeQuantity && !c.value.set.none && !c.isEntailed():
			x, ok := p.quantity(c.value, q.measure)
			c.set = quantitySet(x)
			c.set.unknown = !ok
		default:
			c.set = c.value.set
		}
	}
}

// judge gives the verdict on a question whose claims have their sets.
func (q *question) judge(p *policy) verdict {
	v := verdict{}
	v.origins, v.renderings = q.originsOf(all)
	v.class = q.classify(v.origins, p)
	v.stated = v.class
	if q.differs() {
		origins, _ := q.originsOf(stated)
		v.stated = q.classify(origins, p)
	}
	v.denied = q.isDenied()
	switch {
	case v.class == ClassNoValue && slices.ContainsFunc(q.claims, func(c *claim) bool { return c.denies(all) }):
		v.agreement = ClassDeniedOnly
	case v.denied:
		v.agreement = ClassDenied
	default:
		v.agreement = v.class
	}
	return v
}

// differs tells whether the two passes see different things at all.
func (q *question) differs() bool {
	return slices.ContainsFunc(q.claims, func(c *claim) bool {
		a, b := &c.behind[all], &c.behind[stated]
		return a.origin != b.origin || a.superseded != b.superseded || !slices.Equal(a.channels, b.channels)
	})
}

// originsOf gathers the current assertions by origin. Renderings of one act of
// speech narrow each other down, or conflict; different acts of one origin,
// whose order is not known, widen what it admits.
func (q *question) originsOf(p pass) (origins []*origin, conflict bool) {
	byName := map[string]*origin{}
	for _, c := range q.claims {
		if !c.asserts(p) {
			continue
		}
		o := byName[c.behind[p].origin]
		if o == nil {
			o = &origin{name: c.behind[p].origin}
			byName[o.name] = o
			origins = append(origins, o)
		}
		o.claims = append(o.claims, c)
		o.channels = append(o.channels, c.behind[p].channels...)
	}
	for _, o := range origins {
		o.channels = distinct(o.channels)
		if q.combine(o) {
			conflict = true
		}
	}
	slices.SortFunc(origins, func(a, b *origin) int { return compare(a.name, b.name) })
	return origins, conflict
}

func (q *question) combine(o *origin) (conflict bool) {
	kind := q.measure.kind
	var acts [][]*claim
	byUtterance := map[string]int{}
	for _, c := range o.claims {
		i, known := byUtterance[c.utterance]
		if c.utterance == "" || !known {
			i = len(acts)
			byUtterance[c.utterance] = i
			acts = append(acts, nil)
		}
		acts[i] = append(acts[i], c)
	}
	for i, act := range acts {
		common, wide := act[0].set, act[0].set
		for _, c := range act[1:] {
			common, wide = kind.intersect(common, c.set), kind.hull(wide, c.set)
		}
		if kind.isEmpty(common) && !common.unknown {
			common = wide
			conflict = conflict || q.measure.valueType != model.TypeText // words are not compared
		}
		if i == 0 {
			o.set = common
		} else {
			o.set = kind.hull(o.set, common)
		}
	}
	return conflict
}

// classify gives the value class: the first rule of MODEL §3 that applies.
func (q *question) classify(origins []*origin, p *policy) string {
	kind := q.measure.kind
	switch {
	case len(origins) == 0:
		return ClassNoValue
	case len(origins) == 1:
		return ClassUncontested
	case q.measure.valueType == model.TypeText, q.parts.Period == Undated,
		slices.ContainsFunc(origins, func(o *origin) bool { return o.set.unknown }):
		return ClassNotComparable
	}
	common := origins[0].set
	for _, o := range origins[1:] {
		common = kind.intersect(common, o.set)
	}
	switch {
	case kind.isEmpty(common):
		return ClassConflicting
	case q.isCorroborated(origins, p.ratio):
		return ClassCorroborated
	}
	return ClassCompatible
}

// isCorroborated looks for two origins that pin the answer down, have two
// documents between them, and say nearly the same.
func (q *question) isCorroborated(origins []*origin, ratio *big.Rat) bool {
	kind := q.measure.kind
	var bounded []*origin
	for _, o := range origins {
		if kind.isBounded(o.set) {
			bounded = append(bounded, o)
		}
	}
	for i, a := range bounded {
		for _, b := range bounded[i+1:] {
			if haveTwoChannels(a, b) && kind.isNear(a.set, b.set, ratio) {
				return true
			}
		}
	}
	return false
}

// haveTwoChannels tells whether each of two origins can have a document of its
// own, which is so unless one document is all that the two have.
func haveTwoChannels(a, b *origin) bool {
	return len(a.channels) > 1 || !slices.Equal(a.channels, b.channels)
}

// isNear tells whether two bounded sets say the same, or numbers whose hull is
// at most as wide as the ratio allows.
func (k kind) isNear(a, b set, ratio *big.Rat) bool {
	if k != ofNumbers || a.none || b.none {
		return k.equal(a, b)
	}
	hull := a.numbers.hull(b.numbers)
	if hull.isPoint() {
		return true
	}
	width := quotient(hull.upper.Value, hull.lower.Value)
	return width != nil && width.Cmp(ratio) <= 0
}

// isDenied tells whether a denial excludes something that an assertion of
// another origin admits.
func (q *question) isDenied() bool {
	if q.measure.valueType == model.TypeText {
		return false
	}
	var denials []*claim
	for _, c := range q.claims {
		if c.denies(all) {
			denials = append(denials, c)
		}
	}
	return len(denials) > 0 && slices.ContainsFunc(q.claims, func(c *claim) bool {
		return c.asserts(all) && slices.ContainsFunc(denials, func(d *claim) bool {
			return d.behind[all].origin != c.behind[all].origin && q.measure.kind.meet(c.set, d.set)
		})
	})
}
