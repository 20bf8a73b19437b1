package schema

import (
	"cmp"
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
	if s.fast != nil && s.fast.accepts(record) {
		return nil
	}
	err := s.validate(record)
	if err == nil {
		return nil
	}
	whole := strictjson.Problem{Code: diag.ValueRule, Start: int(record.Start), End: int(record.Start) + 1,
		Message: "the record does not keep the rules of its schema", Help: "see " + s.Path}
	var ve *jsonschema.ValidationError
	if !errors.As(err, &ve) {
		whole.Message, whole.Help = "the record cannot be checked", "look in "+s.Path+" for a schema that leads back to itself"
		return []strictjson.Problem{whole}
	}
	e := explainer{schema: s, record: record}
	var problems []strictjson.Problem
	for _, f := range e.withoutEchoes(e.failures(ve, nil)) {
		problems = append(problems, e.explain(f)...)
	}
	if len(problems) == 0 {
		return []strictjson.Problem{whole} // never in silence
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

// tidy sorts problems by place and drops those that say the same.
func tidy(problems []strictjson.Problem) []strictjson.Problem {
	slices.SortFunc(problems, func(a, b strictjson.Problem) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message), cmp.Compare(a.Help, b.Help))
	})
	return slices.CompactFunc(problems, func(a, b strictjson.Problem) bool {
		return a.Start == b.Start && a.End == b.End && a.Code == b.Code && a.Message == b.Message
	})
}

// explainer puts failures into words. It rebuilds every detail from the schema
// and the record: the library's messages vary from run to run.
type explainer struct {
	schema *Schema
	record *strictjson.Value
}

// failure is one failed keyword at one value. For a choice between variants
// that fail at one and the same mark, types, values or names say what they
// allow or ask for there.
type failure struct {
	keyword  string // "" for the schema false
	location string // of the keyword
	pointer  string // of the value
	ofName   bool   // the value is the name at the pointer (propertyNames)
	several  bool   // oneOf: several variants fit
	types    []string
	values   []*strictjson.Value
	names    []string
	context  []string // locations of schemas that hold the keyword, nearest first
}

// failures lists what failed under an error, of several variants only the best,
// in an order of its own: that of the library varies.
func (e *explainer) failures(ve *jsonschema.ValidationError, above []*jsonschema.ValidationError) []failure {
	self := e.failure(ve, above)
	switch self.keyword {
	case "contains", "minContains", "maxContains":
		return []failure{self}
	case "anyOf", "oneOf":
		if self.several = len(ve.Causes) == 0; !self.several {
			return e.bestVariant(ve, above, self)
		}
	}
	if len(ve.Causes) == 0 {
		return []failure{self}
	}
	var out []failure
	for _, cause := range ve.Causes {
		out = append(out, e.failures(cause, append(above[:len(above):len(above)], ve))...)
	}
	slices.SortStableFunc(out, func(a, b failure) int {
		return cmp.Or(cmp.Compare(a.pointer, b.pointer), cmp.Compare(a.location, b.location))
	})
	return out
}

func (e *explainer) failure(ve *jsonschema.ValidationError, above []*jsonschema.ValidationError) failure {
	at := ve.AbsoluteKeywordLocation
	f := failure{keyword: e.keyword(at), location: at, pointer: unescapePointer(ve.InstanceLocation), ofName: testsName(ve.KeywordLocation)}
	f.context = e.holders(at)
	for i := len(above) - 1; i >= 0 && above[i].InstanceLocation == ve.InstanceLocation; i-- {
		f.context = append(f.context, e.holders(above[i].AbsoluteKeywordLocation)...)
	}
	return f
}

// keyword gives the keyword at a location; "" if a schema stands there.
func (e *explainer) keyword(location string) string {
	c := e.schema.catalog
	if c.node(location) == nil && c.node(parent(location)) == nil {
		return lastToken(location) // in a schema that the library brings along
	}
	if holder := parent(location); c.isSchema(holder) && location != holder {
		return lastToken(location)
	}
	if list := parent(parent(location)); c.isSchema(parent(list)) {
		if k := lastToken(list); k == "dependentRequired" || k == "dependencies" {
			return k
		}
	}
	return ""
}

// inPlace are the keywords that apply a schema to the same value.
var inPlace = []string{"allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "dependencies", "$ref", "$dynamicRef", "$recursiveRef"}

// holders lists the schemas around a keyword that apply to the same value.
func (e *explainer) holders(location string) []string {
	c := e.schema.catalog
	var out []string
	for strings.Contains(location, "#") {
		if c.isSchema(location) {
			out = append(out, location)
		}
		up := parent(location)
		if up == location {
			break
		}
		if c.isSchema(location) { // which keyword holds it?
			keyword := lastToken(location)
			if !c.isSchema(up) {
				keyword, up = lastToken(up), parent(up)
			}
			if !slices.Contains(inPlace, keyword) {
				break
			}
		}
		location = up
	}
	return out
}

// testsName tells whether a keyword judges the name of a property, and not its
// value. The path is that by which the library got there: each step is a
// keyword, with a name or a number for those that hold several schemas.
func testsName(path string) bool {
	tokens := strings.Split(strings.TrimPrefix(path, "/"), "/")
	ofName := false
	for i := 0; i < len(tokens); i++ {
		switch token := unescapeToken(tokens[i]); {
		case token == "propertyNames":
			ofName = true
		case slices.Contains(schemaMaps, token) || (slices.Contains(schemaLists, token) && i+1 < len(tokens) && isIndex(tokens[i+1])):
			i++ // the name or number
		}
	}
	return ofName
}

func isIndex(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// withoutEchoes drops what only follows from another failure: where a part of a
// schema fails, the library takes every property that it declares for unknown.
func (e *explainer) withoutEchoes(all []failure) []failure {
	echo := func(f failure) bool {
		switch f.keyword {
		case "unevaluatedItems":
			return true
		case "unevaluatedProperties":
			i := strings.LastIndexByte(f.pointer, '/')
			object := e.record.Lookup(f.pointer[:max(i, 0)])
			return object != nil && e.schema.root.At(e.record, object.Start).Prop(unescapeToken(f.pointer[i+1:])) != nil
		}
		return false
	}
	if !slices.ContainsFunc(all, func(f failure) bool { return !strings.HasPrefix(f.keyword, "unevaluated") }) {
		return all
	}
	return slices.DeleteFunc(all, echo)
}
