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
	depends                  bool      // on the thresholds of the policy
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

// reading is what the answers to a question come to before it is asked which
// are near enough to corroborate each other.
type reading struct {
	class, stated        string    // ClassCompatible where more may be found
	origins, ofStated    []*origin // the second is the first if the passes see the same
	denied, renderings   bool
	hasDenials, areAlike bool // areAlike: the two passes see the same
}

// read compares the answers to a question whose claims have their sets.
func (q *question) read() *reading {
	r := &reading{areAlike: !q.differs()}
	r.origins, r.renderings = q.originsOf(all)
	r.class = q.classify(r.origins)
	r.ofStated, r.stated = r.origins, r.class
	if !r.areAlike {
		r.ofStated, _ = q.originsOf(stated)
		r.stated = q.classify(r.ofStated)
	}
	r.hasDenials = slices.ContainsFunc(q.claims, func(c *claim) bool { return c.denies(all) })
	r.denied = r.hasDenials && q.isDenied()
	return r
}

// dependsOnThresholds tells whether another tolerance or ratio could give
// another verdict: words, and numbers that nobody meets, stay what they are.
func (q *question) dependsOnThresholds(r *reading) bool {
	return q.measure.kind == ofNumbers && (len(r.origins) > 1 || len(r.ofStated) > 1 || r.hasDenials)
}

// judge gives the verdict on a question.
func (q *question) judge(r *reading, ratio *big.Rat) verdict {
	v := verdict{origins: r.origins, class: r.class, stated: r.stated, denied: r.denied, renderings: r.renderings}
	if v.class == ClassCompatible && q.isCorroborated(r.origins, ratio) {
		v.class = ClassCorroborated
	}
	if r.areAlike {
		v.stated = v.class
	} else if v.stated == ClassCompatible && q.isCorroborated(r.ofStated, ratio) {
		v.stated = ClassCorroborated
	}
	switch {
	case v.class == ClassNoValue && r.hasDenials:
		v.agreement = ClassDeniedOnly
	case v.denied:
		v.agreement = ClassDenied
	default:
		v.agreement = v.class
	}
	v.depends = q.dependsOnThresholds(r)
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

// classify gives the value class, the first rule of MODEL §3 that applies, but
// for corroboration.
func (q *question) classify(origins []*origin) string {
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
	if kind.isEmpty(common) {
		return ClassConflicting
	}
	return ClassCompatible
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
