package schema

import "github.com/santhosh-tekuri/jsonschema/v5"

// cycles knows which schemas contain each other: the strongly connected
// components of the graph whose edges lead from a schema to its parts and to
// what it refers to. A $ref inside a component is recursive.
type cycles struct {
	component map[string]int // by location
}

func (c *cycles) together(a, b *jsonschema.Schema) bool {
	return a == b || c.component[a.Location] == c.component[b.Location]
}

// findCycles is Tarjan's algorithm (SIAM J. Comput. 1(2), 1972).
func findCycles(root *jsonschema.Schema) *cycles {
	t := tarjan{index: map[string]int{}, low: map[string]int{}, component: map[string]int{}}
	t.visit(root)
	return &cycles{t.component}
}

type tarjan struct {
	index, low, component map[string]int
	stack                 []string
	components            int
}

func (t *tarjan) visit(s *jsonschema.Schema) {
	at := s.Location
	t.index[at] = len(t.index) + 1
	t.low[at] = t.index[at]
	t.stack = append(t.stack, at)
	for _, sub := range parts(s) {
		if t.index[sub.Location] == 0 {
			t.visit(sub)
			t.low[at] = min(t.low[at], t.low[sub.Location])
		} else if t.component[sub.Location] == 0 {
			t.low[at] = min(t.low[at], t.index[sub.Location])
		}
	}
	if t.low[at] != t.index[at] {
		return
	}
	t.components++
	for {
		top := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.component[top] = t.components
		if top == at {
			return
		}
	}
}

// parts lists the schemas that a schema leads to, in any order: components do
// not depend on it.
func parts(s *jsonschema.Schema) []*jsonschema.Schema {
	var out []*jsonschema.Schema
	add := func(list ...*jsonschema.Schema) {
		for _, sub := range list {
			if sub != nil {
				out = append(out, sub)
			}
		}
	}
	add(s.Ref, s.RecursiveRef, s.DynamicRef, s.Not, s.If, s.Then, s.Else, s.PropertyNames, s.Contains,
		s.Items2020, s.UnevaluatedItems, s.UnevaluatedProperties)
	add(s.AllOf...)
	add(s.AnyOf...)
	add(s.OneOf...)
	add(s.PrefixItems...)
	for _, sub := range s.Properties {
		add(sub)
	}
	for _, sub := range s.PatternProperties {
		add(sub)
	}
	for _, sub := range s.DependentSchemas {
		add(sub)
	}
	for _, v := range []any{s.AdditionalProperties, s.Items, s.AdditionalItems} {
		switch v := v.(type) {
		case *jsonschema.Schema:
			add(v)
		case []*jsonschema.Schema:
			add(v...)
		}
	}
	for _, v := range s.Dependencies {
		if sub, ok := v.(*jsonschema.Schema); ok {
			add(sub)
		}
	}
	return out
}
