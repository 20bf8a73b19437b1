package validate

import (
	"fmt"
	"slices"

	"stemma/internal/diag"
	"stemma/internal/model"
	"stemma/internal/suggest"
)

// checkMeasureParts finds parts of a measure that its type has no use for, and
// units that the policy does not list.
func checkMeasureParts(c *check, m *model.Measure) {
	if m.ValueType.Value != model.TypeQuantity {
		for _, p := range []valuePart{{"unit", m.Unit.Span}, {"nonnegative", m.NonnegativeWritten.Span}, {"rounding", m.Rounding.Span}} {
			if p.span.IsSet() {
				c.find(diag.ValueParts, p.span, fmt.Sprintf("%q belongs to quantities, but the values of this measure are of type %s", p.name, m.ValueType.Value),
					`leave it out, or write "value_type": "quantity"`)
			}
		}
		if len(m.Entails) > 0 {
			c.find(diag.ValueParts, m.Entails[0].Span, fmt.Sprintf("only a positive quantity entails something, but the values of this measure are of type %s", m.ValueType.Value),
				"leave entails out")
		}
		return
	}
	c.knownUnit(m.Unit, nil)
}

// knownUnit holds a unit against the policy. Without a policy there is nothing
// to hold it against. Those of the measure's dimension, if it is known, are the
// ones to choose from.
func (c *check) knownUnit(unit model.Text, of *model.Unit) {
	if !unit.IsSet() || c.policy == nil || c.policy.Unit(unit.Value) != nil {
		return
	}
	var codes []string
	for i := range c.policy.Units {
		if u := &c.policy.Units[i]; of == nil || u.Dimension.Value == of.Dimension.Value {
			codes = append(codes, u.Code.Value)
		}
	}
	c.find(diag.MeasureUnit, unit.Span, fmt.Sprintf("the policy has no unit %q", unit.Value),
		fmt.Sprintf("%s (a new unit is added to %s)", choose(unit.Value, codes), c.snap.Config.Policy))
}

// choose helps with a code that is not one of a list.
func choose(code string, codes []string) string {
	const most = 8 // more would hide the sentence
	if near, ok := suggest.Nearest(code, codes); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "write " + suggest.List(codes, most)
}

func checkMeasureCategories(c *check, m *model.Measure) {
	isCategory := m.ValueType.Value == model.TypeCategory
	switch {
	case isCategory && len(m.Categories) == 0:
		c.find(diag.MeasureCategory, m.ValueType.Span, "this measure has no categories", "list in \"categories\" the values that are allowed")
	case !isCategory && len(m.Categories) > 0:
		c.find(diag.MeasureCategory, m.Categories[0].Span, fmt.Sprintf("the values of this measure are of type %s, which has no categories", m.ValueType.Value),
			`leave categories out, or write "value_type": "category"`)
	}
	seen := map[string]model.Text{}
	for _, category := range m.Categories {
		c.onlyOnce(seen, diag.MeasureCategory, "category", category.Code)
	}
}

func checkMeasurePopulations(c *check, m *model.Measure) {
	seen := map[string]model.Text{}
	var codes []string
	inside := graph{}
	for _, p := range m.Populations {
		c.onlyOnce(seen, diag.MeasurePopulation, "population", p.Code)
		codes = append(codes, p.Code.Value)
		for _, part := range p.Includes {
			inside[p.Code.Value] = append(inside[p.Code.Value], link{part.Value, *c.rec.Record, part.Span})
		}
	}
	for _, p := range m.Populations {
		for _, part := range p.Includes {
			if _, ok := seen[part.Value]; !ok {
				c.find(diag.MeasurePopulation, part.Span, fmt.Sprintf("this measure has no population %q", part.Value), choose(part.Value, codes))
			}
		}
	}
	if len(seen) == len(m.Populations) {
		c.list = append(c.list, inside.circles("includes", "no population is a part of itself: take the wrong code out")...)
	}
}

// onlyOnce finds a code that a list has twice.
func (c *check) onlyOnce(seen map[string]model.Text, code diag.Code, what string, text model.Text) {
	if first, ok := seen[text.Value]; ok {
		c.find(code, text.Span, fmt.Sprintf("the %s %q is listed twice", what, text.Value), "give each a code of its own",
			there(*c.rec.Record, first.Span, "first here"))
		return
	}
	seen[text.Value] = text
}

// entailments: what follows from a quantity is a yes or no.
func (s *stemmaRules) entailments() diag.List {
	var list diag.List
	for _, k := range s.measures.sorted() {
		for _, e := range k.model.Entails {
			target := s.measures.get(e.Measure)
			if target != nil && target.model.ValueType.Value != model.TypeBoolean {
				list = append(list, find(k.Record, diag.MeasureType, e.Measure.Span,
					fmt.Sprintf("%q has values of type %s, but only a boolean can follow from a quantity", target.id, target.model.ValueType.Value),
					"name a boolean measure", there(target.Record, target.model.ValueType.Span, "its type is here")))
			}
		}
	}
	return list
}

// checkMeasureOfClaim: the value is of the measure's type.
func checkMeasureOfClaim(c *check, m *model.Claim) {
	measure := c.measures.get(m.Question.Measure)
	if measure == nil || m.Value == nil || measure.model.ValueType.Value == m.Value.Type.Value {
		return
	}
	want := measure.model.ValueType
	c.find(diag.MeasureType, m.Value.Type.Span, fmt.Sprintf("the value is of type %s, but those of %q are of type %s", m.Value.Type.Value, measure.id, want.Value),
		fmt.Sprintf("give a value of type %s, or choose another measure", want.Value), there(measure.Record, want.Span, "the measure says so here"))
}

// checkUnitOfClaim: the unit is known, and the measure has one at all. Units
// that cannot be converted are no error: such values are not compared.
func checkUnitOfClaim(c *check, m *model.Claim) {
	measure := c.measures.get(m.Question.Measure)
	if m.Value == nil || !m.Value.Unit.IsSet() {
		return
	}
	if measure != nil && measure.model.ValueType.Value == model.TypeQuantity && !measure.model.Unit.IsSet() {
		c.find(diag.MeasureUnit, m.Value.Unit.Span, fmt.Sprintf("%q counts plain numbers, without a unit", measure.id),
			"leave the unit out, or choose another measure", there(measure.Record, measure.model.ID.Span, "the measure is here"))
		return
	}
	var other *model.Unit
	if measure != nil {
		other = c.policy.Unit(measure.model.Unit.Value)
	}
	c.knownUnit(m.Value.Unit, other)
	own := c.policy.Unit(m.Value.Unit.Value)
	if own != nil && other != nil && own.Dimension.Value != other.Dimension.Value {
		c.find(diag.UnitDimension, m.Value.Unit.Span, fmt.Sprintf("%s cannot be converted into %s, in which %q is given", own.Name.Value, other.Name.Value, measure.id),
			"correct the unit, or choose another measure; a value that cannot be converted is compared with no other", there(measure.Record, measure.model.Unit.Span, "the measure's unit is here"))
	}
}

// checkCategoryOfClaim: the category is one of the measure's.
func checkCategoryOfClaim(c *check, m *model.Claim) {
	if m.Value != nil {
		c.category(c.measures.get(m.Question.Measure), m.Value.Category)
	}
}

// checkStatus: the status of an account becomes a claim on msr-event-status, so
// it is one of that measure's categories.
func checkStatus(c *check, m *model.Event) {
	measure := c.measures.get(model.Text{Value: model.MeasureEventStatus})
	for i := range m.Accounts {
		c.category(measure, m.Accounts[i].Status)
	}
}

// category holds a code against the categories of a measure, if it lists any.
func (c *check) category(measure *kept[*model.Measure], code model.Text) {
	if measure == nil || !code.IsSet() || len(measure.model.Categories) == 0 {
		return
	}
	var codes []string
	for _, category := range measure.model.Categories {
		if category.Code.Value == code.Value {
			return
		}
		codes = append(codes, category.Code.Value)
	}
	c.find(diag.MeasureCategory, code.Span, fmt.Sprintf("%q has no category %q", measure.id, code.Value),
		choose(code.Value, codes), there(measure.Record, measure.model.Categories[0].Span, "its categories begin here"))
}

// checkPopulation: one of the measure's where it lists any, and none where not.
func checkPopulation(c *check, m *model.Claim) {
	measure := c.measures.get(m.Question.Measure)
	if measure == nil {
		return
	}
	var codes []string
	for _, p := range measure.model.Populations {
		codes = append(codes, p.Code.Value)
	}
	population := m.Question.Population
	switch {
	case len(codes) == 0 && !population.IsSet():
	case len(codes) == 0:
		c.find(diag.MeasurePopulation, population.Span, fmt.Sprintf("%q has no populations", measure.id),
			"leave the population out, or add it to the measure", there(measure.Record, measure.model.ID.Span, "the measure is here"))
	case !population.IsSet():
		c.find(diag.MeasurePopulation, m.Question.Span, fmt.Sprintf("the question does not say which population of %q is counted", measure.id),
			fmt.Sprintf("add \"population\": %s", suggest.List(codes, len(codes))), there(measure.Record, measure.model.Populations[0].Span, "its populations begin here"))
	case !slices.Contains(codes, population.Value):
		c.find(diag.MeasurePopulation, population.Span, fmt.Sprintf("%q has no population %q", measure.id, population.Value),
			choose(population.Value, codes), there(measure.Record, measure.model.Populations[0].Span, "its populations begin here"))
	}
}
