package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/internal/suggest"
)

// listed is how many names or values a message lists before it counts the rest.
const listed = 16

// explain gives the problems behind one failure: several for keywords that
// judge several names at once.
func (e *explainer) explain(f failure) []strictjson.Problem {
	value := e.record.Lookup(f.pointer)
	if value == nil {
		value = e.record
	}
	keyword := lastToken(f.location)
	holder := e.schema.catalog.node(parent(f.location)) // the schema that has the keyword
	limit := e.schema.catalog.node(f.location)          // the keyword's value
	p := strictjson.Problem{Code: diag.ValueRule, Start: int(value.Start), End: int(value.End)}

	switch keyword {
	case "required":
		return e.missing(value, limit)
	case "additionalProperties", "unevaluatedProperties":
		if limit != nil && limit.Kind == strictjson.Bool {
			return e.unknown(f, keyword, value, holder)
		}
	}
	switch {
	case len(f.values) > 0:
		e.choice(&p, value, f.values)
	case len(f.types) > 0 || keyword == "type":
		e.wrongType(&p, value, append(f.types, typeNames(limit)...), holder)
	case keyword == "enum":
		e.choice(&p, value, pointers(limit))
	case keyword == "const":
		e.choice(&p, value, []*strictjson.Value{limit})
	case keyword == "format":
		p.Code = diag.ValueFormat
		p.Message, p.Help = formatWords(value.Str(), limit.Str())
	case keyword == keywordFormat:
		e.ownFormat(&p, value, limit.Str())
	case keyword == "pattern":
		p.Code = diag.ValuePattern
		p.Message = fmt.Sprintf("%s does not have the form that is asked for here", show(value))
		p.Help = "it must match " + limit.Str()
	case isLength(keyword):
		lengthWords(&p, value, keyword, limit)
	case isRange(keyword):
		rangeWords(&p, value, keyword, limit)
	default:
		e.other(&p, f, keyword, value, limit)
	}
	if message := holder.Get(keywordMessage).Str(); message != "" && keyword != keywordFormat {
		p.Help = message
	}
	return []strictjson.Problem{p}
}

// missing gives a problem for each required name that is not there, at the
// brace that opens the object. The library does not say which are missing.
func (e *explainer) missing(object, required *strictjson.Value) []strictjson.Problem {
	var out []strictjson.Problem
	for _, name := range pointers(required) {
		if object.Get(name.Str()) != nil {
			continue
		}
		help := fmt.Sprintf("add %q", name.Str())
		if d := e.schema.root.At(e.record, object.Start).Prop(name.Str()).description(); d != "" {
			help += ": " + d
		}
		out = append(out, strictjson.Problem{Code: diag.PropMissing, Start: int(object.Start), End: int(object.Start) + 1,
			Message: fmt.Sprintf("the property %q is missing", name.Str()), Help: help})
	}
	return out
}

// unknown gives a problem for each name that the schema does not know, at the name.
func (e *explainer) unknown(f failure, keyword string, object, holder *strictjson.Value) []strictjson.Problem {
	report := func(m *strictjson.Member, known []string) strictjson.Problem {
		p := strictjson.Problem{Code: diag.PropUnknown, Start: int(m.NameStart), End: int(m.NameEnd),
			Message: fmt.Sprintf("there is no property %q here", m.Name)}
		if near, ok := suggest.Nearest(m.Name, known); ok {
			p.Help = fmt.Sprintf("did you mean %q?", near)
		} else if len(known) > 0 {
			p.Help = "known here: " + strings.ReplaceAll(suggest.List(known, listed), " or ", " and ")
		} else {
			p.Help = "delete it"
		}
		return p
	}
	if keyword == "unevaluatedProperties" { // the library reports each value
		i := strings.LastIndexByte(f.pointer, '/')
		holderObject := e.record.Lookup(f.pointer[:max(i, 0)])
		for j := range holderObject.Members {
			if m := &holderObject.Members[j]; m.Value.Start == object.Start {
				return []strictjson.Problem{report(m, e.known(holderObject))}
			}
		}
	}
	var out []strictjson.Problem
	declared := names(holder.Get("properties"))
	for i := range object.Members {
		m := &object.Members[i]
		if !slices.Contains(declared, m.Name) && !matchesPattern(holder.Get("patternProperties"), m.Name) {
			out = append(out, report(m, declared))
		}
	}
	return out
}

// known lists the properties that any declaration knows for an object.
func (e *explainer) known(object *strictjson.Value) []string {
	shape := e.schema.root.At(e.record, object.Start)
	if shape == nil {
		return nil
	}
	var out []string
	for _, p := range shape.Props {
		out = append(out, p.Name)
	}
	return out
}

func (e *explainer) choice(p *strictjson.Problem, value *strictjson.Value, allowed []*strictjson.Value) {
	p.Code = diag.ValueChoice
	var texts []string
	var shown []string
	for _, a := range allowed {
		if a == nil || a.Kind == strictjson.Null {
			continue
		}
		texts = append(texts, a.Str())
		shown = append(shown, show(a))
	}
	shown = slices.Compact(shown)
	p.Message = fmt.Sprintf("%s is not one of the values allowed here", show(value))
	if near, ok := suggest.Nearest(value.Str(), texts); ok {
		p.Help = fmt.Sprintf("did you mean %q? ", near)
	}
	rest := ""
	if len(shown) > listed {
		rest = fmt.Sprintf(" and %d more", len(shown)-listed)
		shown = shown[:listed]
	}
	p.Help += "allowed: " + strings.Join(shown, ", ") + rest
}

func (e *explainer) wrongType(p *strictjson.Problem, value *strictjson.Value, types []string, holder *strictjson.Value) {
	p.Code = diag.ValueType
	var want []string
	for _, t := range types {
		if name := typeWords(t); t != "null" && !slices.Contains(want, name) {
			want = append(want, name)
		}
	}
	p.Message = fmt.Sprintf("this is %s, but it must be %s", typeWords(value.Kind.String()), strings.Join(want, " or "))
	if value.Kind == strictjson.Number && slices.Contains(types, "integer") && !slices.Contains(types, "number") {
		p.Message = fmt.Sprintf("%s is not a whole number", value.Text)
	}
	switch quoted := value.Kind == strictjson.String && value.Text != ""; {
	case value.Kind == strictjson.Null:
		p.Help = "leave the property out, or give it a value"
	case quoted && (slices.Contains(types, "number") || slices.Contains(types, "integer")) && isNumber(value.Text):
		p.Help = "write " + value.Text + " without quotation marks"
	case quoted && slices.Contains(types, "boolean"):
		p.Help = "write true or false without quotation marks"
	case value.Kind == strictjson.Number && slices.Contains(types, "string"):
		p.Help = fmt.Sprintf("write %q, in quotation marks", value.Text)
	case slices.Contains(types, "array") && value.Kind != strictjson.Object:
		p.Help = "write it in brackets, even if there is only one: [" + show(value) + "]"
	case quoted && holder.Get("properties").Get("edtf") != nil:
		p.Help = fmt.Sprintf(`write {"edtf": %s}`, show(value))
	case slices.Contains(types, "object"):
		if known := names(holder.Get("properties")); len(known) > 0 {
			p.Help = "write an object with " + strings.ReplaceAll(suggest.List(known, listed), " or ", " and ")
		}
	}
	if p.Help == "" {
		p.Help = "see the description of this property in its schema"
	}
	if value.Kind == strictjson.Object || value.Kind == strictjson.Array {
		p.End = p.Start + 1 // the bracket says enough
	}
}

// ownFormat points into the string, at the fault itself, if the text can be
// followed byte by byte.
func (e *explainer) ownFormat(p *strictjson.Problem, value *strictjson.Value, format string) {
	p.Code = diag.DecimalInvalid
	if format == formatEDTF {
		p.Code = diag.DateInvalid
	}
	offset, help, err := checkFormat(format, value.Str())
	if err == nil {
		p.Message = "this cannot be read"
		return
	}
	p.Message, p.Help = err.Error(), help
	if plain := p.End-p.Start == len(value.Text)+2; plain && offset > 0 && offset < len(value.Text) {
		p.Start += 1 + offset
		p.End--
	}
}

func (e *explainer) other(p *strictjson.Problem, f failure, keyword string, value, limit *strictjson.Value) {
	dependent := lastToken(parent(parent(f.location)))
	switch {
	case dependent == "dependentRequired" || dependent == "dependencies":
		p.Code, p.End = diag.PropMissing, p.Start+1
		p.Message = fmt.Sprintf("the property %q is missing", limit.Str())
		p.Help = fmt.Sprintf("it is needed because %q is there", lastToken(parent(f.location)))
	case keyword == "anyOf" || keyword == "oneOf":
		p.Code = diag.ValueVariant
		p.Message = fmt.Sprintf("this fits none of the %d forms that are allowed here", len(pointers(limit)))
		p.Help = "compare it with the forms in the schema, at " + f.location[strings.IndexByte(f.location, '#'):]
		if keyword == "oneOf" && e.fitsSeveral(value, f.location) {
			p.Message, p.Help = "this fits more than one of the forms of which it must fit exactly one", "make clear which is meant"
		}
	case keyword == "not":
		p.Code, p.Message, p.Help = diag.ValueForbidden, "the schema forbids this value here", "see the keyword not in the schema"
	case keyword == "uniqueItems":
		p.Code, p.Message, p.Help = diag.ValueItems, "two entries of this list are equal", "delete one of them"
		if second := repeated(value); second != nil {
			p.Start, p.End = int(second.Start), int(second.End)
			p.Message = "this entry stands in the list twice"
		}
	case keyword == "contains" || keyword == "minContains" || keyword == "maxContains":
		p.Code, p.Message, p.Help = diag.ValueItems, "this list does not have the entries that it must have", "see the keyword contains in the schema"
	case limit != nil && limit.Kind == strictjson.Bool && !limit.Bool:
		p.Code, p.Message, p.Help = diag.ValueForbidden, "nothing is allowed here", "delete it"
	default:
		p.Message = fmt.Sprintf("this does not keep the rule %q of its schema", keyword)
		p.Help = "see the schema, at " + f.location[strings.IndexByte(f.location, '#')+1:]
	}
}

// fitsSeveral tells whether a value fails oneOf because it fits too many forms.
func (e *explainer) fitsSeveral(value *strictjson.Value, location string) bool {
	n := 0
	for i := range pointers(e.schema.catalog.node(location)) {
		sub, err := e.schema.catalog.compile(location + "/" + strconv.Itoa(i))
		if err == nil && sub.Validate(value.Any()) == nil {
			n++
		}
	}
	return n > 1
}

func repeated(list *strictjson.Value) *strictjson.Value {
	seen := map[string]bool{}
	for i := range list.Elems {
		key := string(strictjson.AppendCanonical(nil, &list.Elems[i]))
		if seen[key] {
			return &list.Elems[i]
		}
		seen[key] = true
	}
	return nil
}

// show writes a value for a message: as JSON, cut where it gets long.
func show(v *strictjson.Value) string {
	const longest = 60
	if v == nil {
		return "null"
	}
	s := string(strictjson.AppendCanonical(nil, v))
	if v.Kind == strictjson.Number {
		s = v.Text
	}
	if utf8.RuneCountInString(s) > longest {
		s = string([]rune(s)[:longest]) + "…"
	}
	return s
}
