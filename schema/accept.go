package schema

import (
	"math/big"
	"regexp"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"stemma/internal/strictjson"
)

// acceptor decides fast that a record is valid: most are. It works on parsed
// values without turning them into maps first, and it knows only the keywords
// that schemas of records use; a schema with any other has none. What it does
// not accept is judged, and explained, by the library, which stays the
// reference: a test proves that the two never disagree.
type acceptor struct {
	types    uint8 // bits of kinds; 0: any
	integer  bool  // of the numbers only whole ones
	enum     []string
	min, max *big.Rat
	above    *big.Rat
	below    *big.Rat

	minLength, maxLength int // -1: none
	pattern              *regexp.Regexp
	format               func(any) bool
	ownFormat            string

	minItems, maxItems int
	unique             bool
	items              *acceptor

	minProperties, maxProperties int
	properties                   map[string]*acceptor
	required                     []string
	closed                       bool

	all []*acceptor // $ref and allOf
	any []*acceptor
}

// newAcceptor compiles a schema, or gives nil if it uses a keyword that the
// acceptor does not know.
func newAcceptor(root *jsonschema.Schema) *acceptor {
	c := acceptorCompiler{done: map[*jsonschema.Schema]*acceptor{}, ok: true}
	a := c.compile(root)
	if !c.ok {
		return nil
	}
	return a
}

type acceptorCompiler struct {
	done map[*jsonschema.Schema]*acceptor
	ok   bool
}

func (c *acceptorCompiler) compile(s *jsonschema.Schema) *acceptor {
	if a := c.done[s]; a != nil {
		return a
	}
	a := &acceptor{}
	c.done[s] = a
	if !c.ok || !known(s) {
		c.ok = false
		return a
	}
	a.min, a.max, a.above, a.below = s.Minimum, s.Maximum, s.ExclusiveMinimum, s.ExclusiveMaximum
	a.minLength, a.maxLength, a.pattern = s.MinLength, s.MaxLength, s.Pattern
	a.minItems, a.maxItems, a.unique = s.MinItems, s.MaxItems, s.UniqueItems
	a.minProperties, a.maxProperties, a.required = s.MinProperties, s.MaxProperties, s.Required
	a.format = jsonschema.Formats[s.Format]
	if f, ok := s.Extensions["stemma"].(formatAssertion); ok {
		a.ownFormat = string(f)
	}
	c.types(a, s)
	c.values(a, s)
	if items, ok := s.Items.(*jsonschema.Schema); ok {
		a.items = c.compile(items)
	} else if s.Items2020 != nil {
		a.items = c.compile(s.Items2020)
	}
	if allowed, ok := s.AdditionalProperties.(bool); ok {
		a.closed = !allowed
	}
	a.properties = make(map[string]*acceptor, len(s.Properties))
	for name, sub := range s.Properties {
		a.properties[name] = c.compile(sub)
	}
	if s.Ref != nil {
		a.all = append(a.all, c.compile(s.Ref))
	}
	for _, sub := range s.AllOf {
		a.all = append(a.all, c.compile(sub))
	}
	for _, sub := range s.AnyOf {
		a.any = append(a.any, c.compile(sub))
	}
	return a
}

// known tells whether the acceptor knows every keyword of a schema. (Schemas that
// lead back to themselves without going into the value, which would never end,
// are refused by the library when it compiles them.)
func known(s *jsonschema.Schema) bool {
	_, tuple := s.Items.([]*jsonschema.Schema)
	_, additional := s.AdditionalProperties.(*jsonschema.Schema)
	return s.Always == nil && s.RecursiveRef == nil && s.DynamicRef == nil && s.Not == nil && len(s.OneOf) == 0 && s.If == nil &&
		s.PropertyNames == nil && !s.RegexProperties && len(s.PatternProperties) == 0 && !additional && len(s.Dependencies) == 0 &&
		len(s.DependentRequired) == 0 && len(s.DependentSchemas) == 0 && s.UnevaluatedProperties == nil && !tuple && s.AdditionalItems == nil &&
		len(s.PrefixItems) == 0 && s.Contains == nil && s.UnevaluatedItems == nil && s.ContentEncoding == "" && s.ContentMediaType == "" &&
		s.ContentSchema == nil && s.MultipleOf == nil
}

func (c *acceptorCompiler) types(a *acceptor, s *jsonschema.Schema) {
	number := false
	for _, t := range s.Types {
		switch t {
		case "null":
			a.types |= 1 << strictjson.Null
		case "boolean":
			a.types |= 1 << strictjson.Bool
		case "string":
			a.types |= 1 << strictjson.String
		case "array":
			a.types |= 1 << strictjson.Array
		case "object":
			a.types |= 1 << strictjson.Object
		case "number":
			number = true
			a.types |= 1 << strictjson.Number
		case "integer":
			a.integer = true
			a.types |= 1 << strictjson.Number
		}
	}
	a.integer = a.integer && !number
}

// values takes over enum and const, as far as they list scalars, in canonical
// form.
func (c *acceptorCompiler) values(a *acceptor, s *jsonschema.Schema) {
	for _, list := range [][]any{s.Enum, s.Constant} {
		if len(list) == 0 {
			continue
		}
		if a.enum != nil {
			c.ok = false // both keywords at once: too rare to be worth it
			return
		}
		for _, v := range list {
			text, ok := canonicalScalar(v)
			if !ok {
				c.ok = false
				return
			}
			a.enum = append(a.enum, text)
		}
	}
}

func canonicalScalar(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "null", true
	case bool:
		if v {
			return "true", true
		}
		return "false", true
	case string:
		return string(strictjson.AppendCanonical(nil, &strictjson.Value{Kind: strictjson.String, Text: v})), true
	case interface{ String() string }: // json.Number
		return strictjson.CanonicalNumber(v.String()), true
	}
	return "", false
}

// accepts tells whether a value is valid for certain.
func (a *acceptor) accepts(v *strictjson.Value) bool {
	if a.types != 0 && a.types&(1<<v.Kind) == 0 {
		return false
	}
	if a.enum != nil && !a.listed(v) {
		return false
	}
	ok := true
	switch v.Kind {
	case strictjson.String:
		ok = a.text(v.Text)
	case strictjson.Number:
		ok = a.number(v.Text)
	case strictjson.Array:
		ok = a.list(v)
	case strictjson.Object:
		ok = a.object(v)
	}
	if !ok || (v.Kind != strictjson.String && a.format != nil && !a.format(v.Any())) {
		return false
	}
	for _, sub := range a.all {
		if !sub.accepts(v) {
			return false
		}
	}
	for _, sub := range a.any {
		if sub.accepts(v) {
			return true
		}
	}
	return len(a.any) == 0
}

func (a *acceptor) listed(v *strictjson.Value) bool {
	if v.Kind == strictjson.Array || v.Kind == strictjson.Object {
		return false
	}
	var buffer [64]byte
	text := strictjson.AppendCanonical(buffer[:0], v)
	for _, e := range a.enum {
		if e == string(text) {
			return true
		}
	}
	return false
}

func (a *acceptor) text(s string) bool {
	if a.minLength >= 0 || a.maxLength >= 0 {
		if n := utf8.RuneCountInString(s); (a.minLength >= 0 && n < a.minLength) || (a.maxLength >= 0 && n > a.maxLength) {
			return false
		}
	}
	if a.pattern != nil && !a.pattern.MatchString(s) {
		return false
	}
	if a.format != nil && !a.format(s) {
		return false
	}
	if a.ownFormat != "" {
		if _, _, err := checkFormat(a.ownFormat, s); err != nil {
			return false
		}
	}
	return true
}

func (a *acceptor) number(literal string) bool {
	if a.integer && !strictjson.IsInteger(literal) {
		return false
	}
	if a.min == nil && a.max == nil && a.above == nil && a.below == nil {
		return true
	}
	n := strictjson.Rat(literal)
	return (a.min == nil || n.Cmp(a.min) >= 0) && (a.max == nil || n.Cmp(a.max) <= 0) &&
		(a.above == nil || n.Cmp(a.above) > 0) && (a.below == nil || n.Cmp(a.below) < 0)
}

func (a *acceptor) list(v *strictjson.Value) bool {
	n := len(v.Elems)
	if (a.minItems >= 0 && n < a.minItems) || (a.maxItems >= 0 && n > a.maxItems) || (a.unique && n > 1 && hasEqual(v.Elems)) {
		return false
	}
	if a.items != nil {
		for i := range v.Elems {
			if !a.items.accepts(&v.Elems[i]) {
				return false
			}
		}
	}
	return true
}

func (a *acceptor) object(v *strictjson.Value) bool {
	n := len(v.Members)
	if (a.minProperties >= 0 && n < a.minProperties) || (a.maxProperties >= 0 && n > a.maxProperties) {
		return false
	}
	for _, name := range a.required {
		if v.Member(name) == nil {
			return false
		}
	}
	for i := range v.Members {
		m := &v.Members[i]
		if sub := a.properties[m.Name]; sub != nil {
			if !sub.accepts(&m.Value) {
				return false
			}
		} else if a.closed {
			return false
		}
	}
	return true
}

// hasEqual tells whether two values of a list are equal.
func hasEqual(elems []strictjson.Value) bool {
	seen := make(map[string]bool, len(elems))
	for i := range elems {
		key := string(strictjson.AppendCanonical(nil, &elems[i]))
		if seen[key] {
			return true
		}
		seen[key] = true
	}
	return false
}
