package diff

import (
	"math/big"
	"slices"
	"strings"

	"stemma/internal/strictjson"
)

// Keywords of JSON Schema by what follows them. What is not listed does not
// constrain records.
var (
	keywordsOfSchemas = []string{"items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "additionalItems",
		"then", "else", "not", "if", "contains", "propertyNames"}
	keywordsOfLists = []string{"allOf", "anyOf", "oneOf", "prefixItems"}
	keywordsOfNames = []string{"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"}
	// Inside these a narrower schema may allow more.
	keywordsAgainst = []string{"not", "if", "contains", "oneOf"}
	keywordsUnclear = []string{"$ref", "$dynamicRef", "$recursiveRef", "$schema", "const", "multipleOf", "dependentRequired",
		"dependencies", "minContains", "maxContains", "contentEncoding", "contentMediaType"}
)

// weigh says what a difference between two schemas means for records. It walks
// the pointer, because a property may have the name of a keyword.
func weigh(old, now *strictjson.Value, f *Field) string {
	against := false
	from, to := f.from, f.to
	oldAt, newAt := "", ""
	next := func() string {
		token, rest := strictjson.CutToken(to)
		oldToken, oldRest := strictjson.CutToken(from)
		oldAt, newAt = strictjson.AppendToken(oldAt, oldToken), strictjson.AppendToken(newAt, token)
		from, to = oldRest, rest
		return token
	}
	for to != "" {
		keyword := next()
		against = against || slices.Contains(keywordsAgainst, keyword)
		ends := to == ""
		switch {
		case slices.Contains(keywordsOfNames, keyword) && !ends:
			if next(); to == "" {
				return turned(weighName(keyword), against)
			}
		case slices.Contains(keywordsOfNames, keyword):
			return turned(weighName(keyword), against)
		case slices.Contains(keywordsOfLists, keyword) && !ends:
			if next(); to == "" {
				return turned(weighVariant(keyword, f.Change), against)
			}
		case slices.Contains(keywordsOfSchemas, keyword) && !ends:
			// what follows is a schema again
		case strings.Trim(keyword, "0123456789") == "" && !ends:
			// one of a list of schemas under items, up to draft 7
		default:
			return turned(weighKeyword(keyword, old.Lookup(oldAt), now.Lookup(newAt)), against)
		}
	}
	return Unclear
}

// turned is for places where what is narrower may allow more.
func turned(effect string, against bool) string {
	if against && (effect == Tightened || effect == Loosened) {
		return Unclear
	}
	return effect
}

func weighName(keyword string) string {
	switch keyword {
	case "properties":
		return Shape
	case "$defs", "definitions":
		return Wording
	}
	return Unclear
}

func weighVariant(keyword, change string) string {
	switch {
	case keyword == "allOf" && change == Added, keyword == "anyOf" && change == Removed:
		return Tightened
	case keyword == "allOf" && change == Removed, keyword == "anyOf" && change == Added:
		return Loosened
	}
	return Unclear
}

// weighKeyword compares the values of one keyword; nil is absent.
func weighKeyword(keyword string, old, now *strictjson.Value) string {
	switch keyword {
	case "type":
		return weighSets(typesOf(old), typesOf(now), old == nil, now == nil)
	case "enum", "x-ref":
		return weighSets(setOf(old), setOf(now), old == nil, now == nil)
	case "required":
		return weighSets(setOf(now), setOf(old), false, false)
	case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties":
		return weighBound(old, now, 1)
	case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties":
		return weighBound(old, now, -1)
	case "pattern", "format", "x-format":
		return weighPresence(old, now)
	case "uniqueItems":
		return weighFlag(old, now, true)
	case "additionalProperties", "unevaluatedProperties", "additionalItems", "unevaluatedItems":
		return weighFlag(old, now, false)
	}
	switch {
	case slices.Contains(keywordsUnclear, keyword), slices.Contains(keywordsOfSchemas, keyword), slices.Contains(keywordsOfLists, keyword):
		return Unclear
	}
	return Wording
}

// weighSets compares what is allowed before and after; absent is everything.
func weighSets(old, now []string, oldAll, newAll bool) string {
	lost := func(from, of []string) bool {
		return slices.ContainsFunc(from, func(s string) bool { return !slices.Contains(of, s) })
	}
	switch {
	case newAll && oldAll:
		return Wording
	case oldAll, !newAll && lost(old, now):
		return Tightened
	case newAll, lost(now, old):
		return Loosened
	}
	return Wording // another order
}

func setOf(v *strictjson.Value) []string {
	if v == nil {
		return nil
	}
	return keys(v.Elems)
}

// typesOf gives the types that a schema allows. A number may be an integer.
func typesOf(v *strictjson.Value) (out []string) {
	if v == nil {
		return nil
	}
	list := v.Elems
	if v.Kind == strictjson.String {
		list = []strictjson.Value{*v}
	}
	for i := range list {
		if out = append(out, list[i].Text); list[i].Text == "number" {
			out = append(out, "integer")
		}
	}
	return out
}

// weighBound compares lower (sign 1) or upper (sign -1) bounds.
func weighBound(old, now *strictjson.Value, sign int) string {
	var a, b *big.Rat
	for _, side := range []struct {
		v   *strictjson.Value
		rat **big.Rat
	}{{old, &a}, {now, &b}} {
		if side.v != nil && side.v.Kind == strictjson.Number {
			*side.rat = strictjson.Rat(side.v.Text)
		} else if side.v != nil {
			return Unclear // draft 4: exclusiveMinimum is a flag
		}
	}
	switch {
	case a == nil && b == nil:
		return Wording
	case a == nil:
		return Tightened
	case b == nil:
		return Loosened
	}
	switch b.Cmp(a) * sign {
	case 1:
		return Tightened
	case -1:
		return Loosened
	}
	return Wording
}

func weighPresence(old, now *strictjson.Value) string {
	switch {
	case old == nil:
		return Tightened
	case now == nil:
		return Loosened
	}
	return Unclear
}

// weighFlag compares keywords that constrain if they have one boolean value.
func weighFlag(old, now *strictjson.Value, constrains bool) string {
	strict := func(v *strictjson.Value) bool {
		return v != nil && v.Kind == strictjson.Bool && v.Bool == constrains
	}
	free := func(v *strictjson.Value) bool {
		return v == nil || (v.Kind == strictjson.Bool && v.Bool != constrains)
	}
	switch {
	case strict(old) && !strict(now), !free(old) && free(now):
		return Loosened
	case strict(now) && !strict(old), !free(now) && free(old):
		return Tightened
	case free(old) && free(now):
		return Wording
	}
	return Unclear
}
