package schema

import (
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"stemma/internal/strictjson"
)

// bestVariant picks, of the variants that a value fits none of, the one that it
// was meant to be: not one for another kind of value, not one that a mark (a
// const or enum inside) says it is not, and then the one with the fewest
// failures. If nothing tells them apart, the failure is that of the choice
// itself, or of the mark at which all of them fail.
func (e *explainer) bestVariant(ve *jsonschema.ValidationError, above []*jsonschema.ValidationError, choice failure) []failure {
	const otherKind, otherMark = 1 << 20, 1 << 10
	var variants [][]failure
	best, bestRank, ties := 0, -1, 0
	for i, cause := range ve.Causes {
		failures := e.failures(cause, append(above[:len(above):len(above)], ve))
		variants = append(variants, failures)
		rank := 0
		for _, f := range failures {
			switch {
			case f.pointer == choice.pointer && (isMark(f.keyword) || len(f.types) > 0):
				rank += otherKind
			case f.keyword == "const" || f.keyword == "enum":
				rank += otherMark
			case !strings.HasPrefix(f.keyword, "unevaluated"):
				rank++
			}
		}
		switch {
		case bestRank < 0 || rank < bestRank:
			best, bestRank, ties = i, rank, 1
		case rank == bestRank:
			ties++
		}
	}
	if bestRank < otherMark && ties == 1 {
		return variants[best]
	}
	if mark, ok := e.commonMark(variants, choice); ok {
		return []failure{mark}
	}
	if missing, ok := e.commonlyMissing(variants, choice); ok {
		return []failure{missing}
	}
	if bestRank < otherKind && ties == 1 {
		return variants[best]
	}
	return []failure{choice}
}

func isMark(keyword string) bool { return keyword == "type" || keyword == "const" || keyword == "enum" }

// commonMark finds the one value at which every variant fails by its type, or
// by what it must be, and collects what they allow.
func (e *explainer) commonMark(variants [][]failure, choice failure) (failure, bool) {
	for _, first := range variants[0] {
		mark := failure{location: choice.location, pointer: first.pointer, context: choice.context}
		n := 0
		for _, failures := range variants {
			i := slices.IndexFunc(failures, func(f failure) bool {
				return f.pointer == first.pointer && (isMark(f.keyword) || len(f.types)+len(f.values) > 0)
			})
			if i < 0 {
				break
			}
			n++
			mark.allow(e.schema.catalog.node(failures[i].location), failures[i])
		}
		if n == len(variants) && len(mark.types)+len(mark.values) > 0 {
			return mark, true
		}
	}
	return failure{}, false
}

// allow adds what a mark allows.
func (f *failure) allow(node *strictjson.Value, of failure) {
	f.types, f.values = append(f.types, of.types...), append(f.values, of.values...)
	switch of.keyword {
	case "const":
		f.values = append(f.values, node)
	case "type":
		f.types = append(f.types, typeNames(node)...)
	case "enum":
		f.values = append(f.values, pointers(node)...)
	}
}

// commonlyMissing finds that each variant lacks a property, and nothing else.
func (e *explainer) commonlyMissing(variants [][]failure, choice failure) (failure, bool) {
	missing := failure{keyword: "required", location: choice.location, pointer: choice.pointer, context: choice.context}
	object := e.record.Lookup(choice.pointer)
	for _, failures := range variants {
		if len(failures) != 1 || failures[0].keyword != "required" || failures[0].pointer != choice.pointer || len(failures[0].names) > 0 {
			return failure{}, false
		}
		var names []string
		for _, name := range pointers(e.schema.catalog.node(failures[0].location)) {
			if object.Get(name.Str()) == nil {
				names = append(names, name.Str())
			}
		}
		if len(names) != 1 {
			return failure{}, false
		}
		if !slices.Contains(missing.names, names[0]) {
			missing.names = append(missing.names, names[0])
		}
	}
	return missing, true
}
