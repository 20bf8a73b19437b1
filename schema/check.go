package schema

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// Check holds a record against the schema. The problems are sorted by place;
// each says what is wrong at one value, whatever variants the schema tried.
func (s *Schema) Check(record *strictjson.Value) []strictjson.Problem {
	err := s.validate(record)
	if err == nil {
		return nil
	}
	var ve *jsonschema.ValidationError
	if !errors.As(err, &ve) {
		return []strictjson.Problem{{Code: diag.ValueRule, Message: "the record cannot be checked: " + err.Error(),
			Help: "the schema refers to itself in a circle that consumes nothing"}}
	}
	e := explainer{schema: s, record: record}
	var problems []strictjson.Problem
	for _, leaf := range e.leaves(ve) {
		problems = append(problems, e.explain(leaf)...)
	}
	return tidy(problems)
}

// validate guards against panics of the library.
func (s *Schema) validate(record *strictjson.Value) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return s.compiled.Validate(record.Any())
}

// tidy sorts problems and drops those that say the same.
func tidy(problems []strictjson.Problem) []strictjson.Problem {
	key := func(p strictjson.Problem) string {
		return fmt.Sprintf("%09d %09d %s %s", p.Start, p.End, p.Code, p.Message)
	}
	slices.SortFunc(problems, func(a, b strictjson.Problem) int { return strings.Compare(key(a), key(b)) })
	return slices.CompactFunc(problems, func(a, b strictjson.Problem) bool { return key(a) == key(b) })
}

// explainer puts failures into words. It rebuilds every detail from the schema
// and the record: the library's messages vary from run to run.
type explainer struct {
	schema *Schema
	record *strictjson.Value
}

// failure is one failed keyword at one value. For a choice between variants
// that fail at one and the same mark, types or values say what they allow there.
type failure struct {
	location string // of the keyword
	pointer  string // of the value
	types    []string
	values   []*strictjson.Value
}

// leaves lists the failures under an error, of several variants only the best.
func (e *explainer) leaves(ve *jsonschema.ValidationError) []failure {
	self := failure{location: ve.AbsoluteKeywordLocation, pointer: unescapePointer(ve.InstanceLocation)}
	switch lastToken(ve.AbsoluteKeywordLocation) {
	case "minContains":
		return []failure{self}
	case "anyOf", "oneOf":
		if len(ve.Causes) > 0 {
			return e.bestVariant(ve.Causes, self)
		}
	}
	if len(ve.Causes) == 0 {
		return []failure{self}
	}
	var out []failure
	for _, cause := range ve.Causes {
		out = append(out, e.leaves(cause)...)
	}
	return out
}

// bestVariant picks, of the variants that a value fits none of, the one that it
// was meant to be: not one for another kind of value, not one that a mark (a
// const or enum inside) says it is not, and then the one with the fewest
// failures. If nothing tells them apart, the failure is that of the choice
// itself, or of the mark at which all of them fail.
func (e *explainer) bestVariant(causes []*jsonschema.ValidationError, choice failure) []failure {
	const otherKind, otherMark = 1 << 20, 1 << 10
	var variants [][]failure
	best, bestRank, ties := 0, -1, 0
	for i, cause := range causes {
		leaves := e.leaves(cause)
		variants = append(variants, leaves)
		rank := len(leaves)
		for _, f := range leaves {
			switch keyword := lastToken(f.location); {
			case f.pointer == choice.pointer && isMark(keyword):
				rank += otherKind
			case keyword != "type" && isMark(keyword):
				rank += otherMark
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
		mark := failure{location: choice.location, pointer: first.pointer}
		n := 0
		for _, leaves := range variants {
			i := slices.IndexFunc(leaves, func(f failure) bool { return f.pointer == first.pointer && isMark(lastToken(f.location)) })
			if i < 0 {
				break
			}
			n++
			mark.allow(e.schema.catalog.node(leaves[i].location), lastToken(leaves[i].location), leaves[i])
		}
		if n == len(variants) {
			return mark, true
		}
	}
	return failure{}, false
}

// allow adds what a mark allows.
func (f *failure) allow(node *strictjson.Value, keyword string, leaf failure) {
	f.types, f.values = append(f.types, leaf.types...), append(f.values, leaf.values...)
	switch {
	case node == nil:
	case keyword == "const":
		f.values = append(f.values, node)
	case keyword == "type" && node.Kind == strictjson.String:
		f.types = append(f.types, node.Text)
	default:
		for i := range node.Elems {
			if keyword == "type" {
				f.types = append(f.types, node.Elems[i].Str())
			} else {
				f.values = append(f.values, &node.Elems[i])
			}
		}
	}
}
