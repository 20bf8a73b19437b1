package schema

import (
	"fmt"
	"slices"
	"strings"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/internal/suggest"
)

// explain gives the problems behind one failure: several for keywords that
// judge several names at once.
func (e *explainer) explain(f failure) []strictjson.Problem {
	value := e.record.Lookup(f.pointer)
	if value == nil {
		value = e.record
	}
	if f.ofName {
		value = e.name(f.pointer, value)
	}
	limit := e.schema.catalog.node(f.location) // the keyword's value
	switch f.keyword {
	case "required":
		if f.names != nil {
			return []strictjson.Problem{e.oneMissing(value, f.names)}
		}
		return e.missing(value, limit)
	case "additionalProperties":
		return e.unknownNames(f, value)
	case "unevaluatedProperties":
		return e.unevaluated(f)
	}
	p := strictjson.Problem{Code: diag.ValueRule, Start: int(value.Start), End: int(value.End)}
	if value.Kind == strictjson.Object || value.Kind == strictjson.Array {
		p.End = p.Start + 1 // the bracket says enough
	}
	e.words(&p, f, value, limit)
	return []strictjson.Problem{p}
}

// words fills in what is wrong with a value and what to do.
func (e *explainer) words(p *strictjson.Problem, f failure, value, limit *strictjson.Value) {
	holder := e.schema.catalog.node(parent(f.location))
	advice := e.advice(f)
	switch {
	case len(f.values) > 0 && len(f.types) > 0:
		e.mixed(p, value, f)
	case len(f.values) > 0:
		choiceWords(p, value, f.values)
	case len(f.types) > 0:
		wrongType(p, value, f.types, holder)
	case f.keyword == "type":
		wrongType(p, value, typeNames(limit), holder)
	case f.keyword == "enum":
		choiceWords(p, value, pointers(limit))
	case f.keyword == "const":
		choiceWords(p, value, []*strictjson.Value{limit})
	case f.keyword == keywordFormat:
		ownFormat(p, value, limit.Str())
	default:
		e.rule(p, f, value, limit, holder)
		if advice != "" && p.Code != diag.PropMissing {
			p.Help = advice
		}
		return
	}
	// A hint that is made from the value itself is worth more than the schema's
	// general one; both are, where the hint lists what is allowed.
	switch {
	case advice == "":
	case p.Code == diag.ValueChoice:
		p.Help += "; " + advice
	case p.Help == "" || (p.Code == diag.ValueType && !strings.HasPrefix(p.Help, "write ")):
		p.Help = advice
	}
	if value.Kind == strictjson.Null && strings.HasPrefix(p.Help, "leave") && e.inList(f.pointer) {
		p.Help = "delete it, or write a value"
	}
	if p.Help == "" {
		p.Help = "what belongs here: " + strings.TrimSuffix(e.schema.root.At(e.record, value.Start).description(), ".")
	}
	if p.Help == "what belongs here: " {
		p.Help = "see the schema, at " + f.location[strings.IndexByte(f.location, '#'):]
	}
}

// inList tells whether a value is an entry of a list.
func (e *explainer) inList(pointer string) bool {
	holder := e.record.Lookup(pointer[:max(0, strings.LastIndexByte(pointer, '/'))])
	return pointer != "" && holder != nil && holder.Kind == strictjson.Array
}

// advice is the x-message nearest to the keyword that failed, of the schemas
// that apply to the same value.
func (e *explainer) advice(f failure) string {
	for _, location := range f.context {
		if m := e.schema.catalog.node(location).Get(keywordMessage).Str(); m != "" {
			return strings.TrimSuffix(m, ".")
		}
	}
	return ""
}

// name gives the name of a property as a value with its place.
func (e *explainer) name(pointer string, otherwise *strictjson.Value) *strictjson.Value {
	start, end, ok := e.record.KeySpan(pointer)
	if !ok {
		return otherwise
	}
	return &strictjson.Value{Kind: strictjson.String, Start: start, End: end, Text: unescapeToken(pointer[strings.LastIndexByte(pointer, '/')+1:])}
}

// missing gives a problem for each required name that is not there, at the
// brace that opens the object. The library does not say which are missing.
func (e *explainer) missing(object, required *strictjson.Value) []strictjson.Problem {
	var out []strictjson.Problem
	for _, name := range pointers(required) {
		if object.Get(name.Str()) == nil {
			out = append(out, e.absent(object, fmt.Sprintf("the property %q is missing", name.Str()), name.Str()))
		}
	}
	return out
}

// oneMissing is the problem that one of several properties must be there.
func (e *explainer) oneMissing(object *strictjson.Value, names []string) strictjson.Problem {
	if len(names) == 1 {
		return e.absent(object, fmt.Sprintf("the property %q is missing", names[0]), names[0])
	}
	p := e.absent(object, "one of the properties "+suggest.List(names, listed)+" is missing", names[0])
	p.Help = "add the one that applies"
	return p
}

func (e *explainer) absent(object *strictjson.Value, message, name string) strictjson.Problem {
	p := strictjson.Problem{Code: diag.PropMissing, Start: int(object.Start), End: int(object.Start) + 1, Message: message, Help: fmt.Sprintf("add %q", name)}
	if d := e.schema.root.At(e.record, object.Start).Prop(name).description(); d != "" {
		p.Help += ": " + strings.TrimSuffix(d, ".")
	}
	return p
}

// unknownNames gives a problem for each name that the schema does not know, at
// the name.
func (e *explainer) unknownNames(f failure, object *strictjson.Value) []strictjson.Problem {
	holder := e.schema.catalog.node(parent(f.location))
	declared := names(holder.Get("properties"))
	var out []strictjson.Problem
	for i := range object.Members {
		m := &object.Members[i]
		if holder.Get("properties").Get(m.Name) == nil && !matchesPattern(holder.Get("patternProperties"), m.Name) {
			out = append(out, unknownName(m, object, declared))
		}
	}
	return out
}

// unevaluated gives the problem of one name that no part of the schema knows:
// the library reports each at its value.
func (e *explainer) unevaluated(f failure) []strictjson.Problem {
	i := strings.LastIndexByte(f.pointer, '/')
	object := e.record.Lookup(f.pointer[:max(i, 0)])
	m := object.Member(unescapeToken(f.pointer[i+1:]))
	if m == nil {
		return nil
	}
	shape := e.schema.root.At(e.record, object.Start)
	if shape.Prop(m.Name) != nil {
		return []strictjson.Problem{{Code: diag.PropUnknown, Start: int(m.NameStart), End: int(m.NameEnd),
			Message: fmt.Sprintf("the property %q does not belong here", m.Name), Help: "the schema allows it only beside other values; delete it, or check the others"}}
	}
	var known []string
	if shape != nil {
		for _, p := range shape.Props {
			known = append(known, p.Name)
		}
	}
	return []strictjson.Problem{unknownName(m, object, known)}
}

func unknownName(m *strictjson.Member, object *strictjson.Value, known []string) strictjson.Problem {
	p := strictjson.Problem{Code: diag.PropUnknown, Start: int(m.NameStart), End: int(m.NameEnd),
		Message: fmt.Sprintf("there is no property %q here", m.Name), Help: "delete it"}
	var free []string // a name that is there already was not mistyped
	for _, k := range known {
		if object.Get(k) == nil {
			free = append(free, k)
		}
	}
	if near, ok := suggest.Nearest(m.Name, free); ok {
		p.Help = fmt.Sprintf("did you mean %q?", near)
	} else if len(known) > 0 {
		p.Help = "known here: " + listAnd(known)
	}
	return p
}

// rule puts the keywords into words that neither name types nor list values.
func (e *explainer) rule(p *strictjson.Problem, f failure, value, limit, holder *strictjson.Value) {
	switch k := f.keyword; {
	case limit == nil && k != "minContains":
		p.Message, p.Help = fmt.Sprintf("this does not keep the rule %q of its schema", k), "see the schema "+f.location
	case k == "format":
		p.Code = diag.ValueFormat
		p.Message, p.Help = formatWords(value.Str(), limit.Str())
	case k == "pattern":
		p.Code = diag.ValuePattern
		p.Message, p.Help = fmt.Sprintf("%s does not have the form that is asked for here", show(value)), "it must match "+limit.Str()
	case isLength(k):
		lengthWords(p, value, k, limit)
	case isRange(k):
		rangeWords(p, value, k, limit, holder)
	case k == "dependentRequired" || k == "dependencies":
		p.Code, p.End = diag.PropMissing, p.Start+1
		p.Message = fmt.Sprintf("the property %q is missing", limit.Str())
		p.Help = fmt.Sprintf("add it: it is needed because %q is there", lastToken(parent(f.location)))
	case k == "anyOf" || k == "oneOf":
		variantWords(p, f, value, limit)
	case k == "not":
		notWords(p, value, limit)
	case k == "uniqueItems":
		p.Code, p.Message, p.Help = diag.ValueItems, "two entries of this list are equal", "delete one of them"
		repeated(p, value)
	case strings.HasSuffix(strings.ToLower(k), "contains"):
		containsWords(p, k, limit, holder)
	case k == "items" || k == "additionalItems" || k == "unevaluatedItems":
		p.Code, p.Message, p.Help = diag.ValueItems, "this list has more entries than its schema knows", "delete those at the end"
	case limit.Kind == strictjson.Bool && !limit.Bool:
		p.Code, p.Message, p.Help = diag.ValueForbidden, "nothing is allowed here", "delete it"
		if start, end, ok := e.record.KeySpan(f.pointer); ok {
			p.Start, p.End = int(start), int(end)
			p.Message = fmt.Sprintf("the property %q may not be here", unescapeToken(f.pointer[strings.LastIndexByte(f.pointer, '/')+1:]))
		}
	default:
		p.Message, p.Help = fmt.Sprintf("this does not keep the rule %q of its schema", k), "see the schema, at "+f.location[strings.IndexByte(f.location, '#'):]
	}
}

// mixed is a choice between types and values, such as a number or "unknown".
func (e *explainer) mixed(p *strictjson.Problem, value *strictjson.Value, f failure) {
	choiceWords(p, value, f.values)
	var want []string
	for _, t := range f.types {
		if name := typeWords(t); t != "null" && !slices.Contains(want, name) {
			want = append(want, name)
		}
	}
	if len(want) > 0 {
		p.Help += "; or write " + strings.Join(want, " or ")
	}
}
