package validate

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/model"
)

// gaps are the measures on which accounts and claims derive answers, and which
// are not there or of another type. One finding for each is enough: every
// account of a dataset may have the same one.
type gaps struct {
	mu        sync.Mutex
	byMeasure map[string]*gap
}

// gap is the first place that has no use of a measure.
type gap struct {
	derivedClaim
	in     dataset.Record
	what   string // "account" or "claim"
	others int    // accounts or claims that derive the same
}

func (g *gaps) add(found gap) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.byMeasure == nil {
		g.byMeasure = map[string]*gap{}
	}
	known := g.byMeasure[found.measure]
	if known == nil {
		g.byMeasure[found.measure] = &found
		return
	}
	others := known.others + 1
	if found.comesBefore(known) {
		*known = found
	}
	known.others = others
}

func (g *gap) comesBefore(other *gap) bool {
	if comesBefore(g.in, other.in) {
		return true
	}
	return !comesBefore(other.in, g.in) && g.at.Start < other.at.Start
}

// derives keeps a derived claim that would silently not exist. An account is
// asked once for a measure, whatever number of participants it has.
func (c *check) derives(d derivedClaim, what string) {
	measure := c.measures.get(model.Text{Value: d.measure})
	if measure == nil || measure.model.ValueType.Value != d.valueType {
		c.gaps.add(gap{derivedClaim: d, in: *c.rec.Record, what: what})
	}
}

// missingMeasures reports the gaps.
func (s *stemmaRules) missingMeasures() diag.List {
	var list diag.List
	for _, name := range slices.Sorted(maps.Keys(s.gaps.byMeasure)) {
		g := s.gaps.byMeasure[name]
		measure := s.measures.get(model.Text{Value: g.measure})
		message, help := fmt.Sprintf("the %s answers the question %q, but there is no such measure", g.part, g.measure), fmt.Sprintf("add the measure %q with \"value_type\": %q", g.measure, g.valueType)
		var related []diag.Related
		if measure != nil {
			message = fmt.Sprintf("the %s answers the question %q, whose values are of type %s", g.part, g.measure, measure.model.ValueType.Value)
			help = fmt.Sprintf("write \"value_type\": %q in the measure", g.valueType)
			related = append(related, there(measure.Record, measure.model.ValueType.Span, "its type is here"))
		}
		answer := "the answer is in no table of claims"
		switch {
		case g.others == 1:
			message += fmt.Sprintf("; 1 other %s answers it, too", g.what)
			answer = "these answers are in no table of claims"
		case g.others > 1:
			message += fmt.Sprintf("; %d other %ss answer it, too", g.others, g.what)
			answer = "these answers are in no table of claims"
		}
		list = append(list, find(g.in, diag.MeasureDerived, g.at, message, help+", else "+answer, related...))
	}
	return list
}
