package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/internal/suggest"
)

func typeWords(t string) string {
	switch t {
	case "string":
		return "a text"
	case "number":
		return "a number"
	case "integer":
		return "a whole number"
	case "boolean":
		return "true or false"
	case "array":
		return "a list"
	case "object":
		return "an object"
	}
	return t
}

// typeNames reads the value of the keyword type: a name or a list of names.
func typeNames(v *strictjson.Value) []string {
	if v == nil {
		return nil
	}
	if v.Kind == strictjson.String {
		return []string{v.Text}
	}
	var out []string
	for i := range v.Elems {
		out = append(out, v.Elems[i].Str())
	}
	return out
}

func formatWords(text, format string) (message, help string) {
	message = fmt.Sprintf("%q is not a valid %s", text, format)
	switch format {
	case "date":
		return fmt.Sprintf("%q is not a date", text), "write it as YYYY-MM-DD, such as 2025-08-20"
	case "date-time":
		return fmt.Sprintf("%q is not a date and time", text), "write it as 2025-08-20T14:30:00Z"
	case "uri", "iri", "url":
		return fmt.Sprintf("%q is not an absolute address", text), "write it in full, such as https://example.org/page"
	}
	if example := formatExamples[format]; example != "" {
		return message, "write it as in " + example
	}
	return message, "see what JSON Schema says of the format " + format
}

// choiceWords says which values are allowed; null is only worth a word where
// nothing else is.
func choiceWords(p *strictjson.Problem, value *strictjson.Value, allowed []*strictjson.Value) {
	p.Code = diag.ValueChoice
	var texts, shown []string
	for _, a := range allowed {
		if a == nil || a.Kind == strictjson.Null {
			continue
		}
		if s := show(a); !slices.Contains(shown, s) {
			texts, shown = append(texts, a.Str()), append(shown, s)
		}
	}
	if len(shown) == 0 {
		p.Message, p.Help = "only null is allowed here", "leave the property out, or write null"
		return
	}
	p.Message = fmt.Sprintf("%s is not one of the values allowed here", show(value))
	if len(shown) == 1 {
		p.Message = fmt.Sprintf("%s is not the value that must stand here", show(value))
	}
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

// wrongType says which type a value should have and, where it can be seen, what
// was meant.
func wrongType(p *strictjson.Problem, value *strictjson.Value, types []string, holder *strictjson.Value) {
	p.Code = diag.ValueType
	var want []string
	for _, t := range types {
		if name := typeWords(t); t != "null" && !slices.Contains(want, name) {
			want = append(want, name)
		}
	}
	if len(want) == 0 {
		p.Message, p.Help = "only null is allowed here", "leave the property out, or write null"
		return
	}
	is := func(t string) bool { return slices.Contains(types, t) }
	have := typeWords(value.Kind.String())
	if value.Kind == strictjson.Bool {
		have = show(value)
	}
	p.Message = fmt.Sprintf("this is %s, but it must be %s", have, strings.Join(want, " or "))
	if value.Kind == strictjson.Number && is("integer") && !is("number") {
		p.Message = fmt.Sprintf("%s is not a whole number", value.Text)
	}
	switch quoted := value.Kind == strictjson.String && value.Text != ""; {
	case value.Kind == strictjson.Null:
		p.Help = "leave the property out, or give it a value"
	case quoted && (is("number") || is("integer")) && isNumber(value.Text):
		p.Help = "write " + value.Text + " without quotation marks"
	case quoted && is("boolean") && (value.Text == "true" || value.Text == "false"):
		p.Help = "write " + value.Text + " without quotation marks"
	case quoted && is("boolean"):
		p.Help = "write true or false without quotation marks"
	case value.Kind == strictjson.Number && is("string"):
		p.Help = fmt.Sprintf("write %q, in quotation marks", value.Text)
	case is("array") && value.Kind != strictjson.Object && value.Kind != strictjson.Array:
		p.Help = "write it in brackets, even if there is only one: [" + show(value) + "]"
	case is("array") && value.Kind == strictjson.Object:
		p.Help = "write it in brackets, even if there is only one: [{…}]"
	case quoted && holder.Get("properties").Get("edtf") != nil:
		p.Help = fmt.Sprintf(`write {"edtf": %s}`, show(value))
	case is("object"):
		if known := names(holder.Get("properties")); len(known) > 0 {
			p.Help = "write an object with " + listAnd(known)
		}
	}
}

// ownFormat points into the string, at the fault itself, if the text can be
// followed byte by byte.
func ownFormat(p *strictjson.Problem, value *strictjson.Value, format string) {
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

// variantWords is about a choice between variants that nothing tells apart, or
// of which more than one fits.
func variantWords(p *strictjson.Problem, f failure, value, limit *strictjson.Value) {
	p.Code = diag.ValueVariant
	p.Message = fmt.Sprintf("this fits none of the %d forms that are allowed here", len(pointers(limit)))
	p.Help = "compare it with the forms in the schema, at " + f.location[strings.IndexByte(f.location, '#'):]
	if !f.several {
		return
	}
	p.Message, p.Help = "this fits more than one of the forms of which it must fit exactly one", "make clear which is meant"
	var present []string
	for _, variant := range pointers(limit) {
		required := pointers(variant.Get("required"))
		if len(variant.Members) != 1 || len(required) != 1 {
			return
		}
		if name := required[0].Str(); value.Get(name) != nil {
			present = append(present, name)
		}
	}
	p.Message, p.Help = "only one of the properties "+listAnd(present)+" may be there", "delete the others"
}

// notWords says what the keyword not forbids, where that is a simple thing.
func notWords(p *strictjson.Problem, value, limit *strictjson.Value) {
	p.Code, p.Message, p.Help = diag.ValueForbidden, "the schema forbids this value here", "see the keyword not in the schema"
	required := pointers(limit.Get("required"))
	switch {
	case len(limit.Members) != 1:
	case len(required) == 1:
		p.Message, p.Help = fmt.Sprintf("the property %q may not be here", required[0].Str()), "delete it"
		if m := value.Member(required[0].Str()); m != nil {
			p.Start, p.End = int(m.NameStart), int(m.NameEnd)
		}
	case len(required) > 1:
		var together []string
		for _, r := range required {
			together = append(together, r.Str())
		}
		p.Message, p.Help = "the properties "+listAnd(together)+" may not stand together", "delete one of them"
	case limit.Get("const") != nil || limit.Get("enum") != nil:
		p.Message, p.Help = show(value)+" is not allowed here", "write another value"
	case limit.Get("type") != nil:
		p.Message, p.Help = "this may not be "+typeWords(value.Kind.String()), "write a value of another type"
	}
}

// containsWords says how many entries of which kind a list must have.
func containsWords(p *strictjson.Problem, keyword string, limit, holder *strictjson.Value) {
	p.Code = diag.ValueItems
	wanted := "of the entries that its schema names under contains"
	if c := holder.Get("contains").Get("const"); c != nil {
		wanted = "times the entry " + show(c)
	} else if d := holder.Get("contains").Get("description").Str(); d != "" {
		wanted = "of the entries described as: " + strings.TrimSuffix(d, ".")
	}
	count := "1"
	if limit != nil && limit.Kind == strictjson.Number {
		count = limit.Text
	}
	if keyword == "maxContains" {
		p.Message, p.Help = "this list may have at most "+count+" "+wanted, "delete the others"
		return
	}
	p.Message, p.Help = "this list needs at least "+count+" "+wanted, "add what is missing"
}

// repeated moves a problem to the entry that stands in a list twice.
func repeated(p *strictjson.Problem, list *strictjson.Value) {
	first := map[string]*strictjson.Value{}
	for i := range list.Elems {
		e := &list.Elems[i]
		key := string(strictjson.AppendCanonical(nil, e))
		if other := first[key]; other != nil {
			p.Start, p.End = int(e.Start), int(e.End)
			p.Message = "this entry stands in the list twice"
			p.Related = append(p.Related, strictjson.Related{Start: int(other.Start), End: int(other.End), Message: "it stands here first"})
			return
		}
		first[key] = e
	}
}

// listed is how many names or values a message lists before it counts the rest.
const listed = 16

// listAnd puts names into words: "a", "b" and "c".
func listAnd(names []string) string {
	return strings.ReplaceAll(suggest.List(names, listed), `" or "`, `" and "`)
}

// show writes a value for a message: as JSON, cut where it gets long.
func show(v *strictjson.Value) string {
	const longest = 60
	if v == nil {
		return "null"
	}
	s := v.Text
	if v.Kind != strictjson.Number {
		s = string(strictjson.AppendCanonical(nil, v))
	}
	if utf8.RuneCountInString(s) > longest {
		s = string([]rune(s)[:longest]) + "…"
	}
	return s
}

var formatExamples = map[string]string{"email": "name@example.org", "idn-email": "name@example.org", "time": "14:30:00Z", "duration": "P3DT12H",
	"hostname": "www.example.org", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1", "uuid": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "uri-reference": "/page or https://example.org/page",
	"json-pointer": "/a/0", "uri-template": "https://example.org/{id}"}

func isLength(keyword string) bool {
	return slices.Contains([]string{"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"}, keyword)
}

func lengthWords(p *strictjson.Problem, value *strictjson.Value, keyword string, limit *strictjson.Value) {
	p.Code = diag.ValueItems
	n, unit, what := len(value.Elems), "entries", "this list"
	one := "entry"
	switch value.Kind {
	case strictjson.String:
		p.Code = diag.ValueLength
		n, unit, what, one = utf8.RuneCountInString(value.Text), "characters", "this text", "character"
	case strictjson.Object:
		n, unit, what, one = len(value.Members), "properties", "this object", "property"
	}
	if n == 1 {
		unit = one
	}
	verb, help := "at most", "shorten it"
	if strings.HasPrefix(keyword, "min") {
		verb, help = "at least", "add to it"
		if n == 0 {
			help = "give it a value, or leave the property out"
		}
	}
	p.Message = fmt.Sprintf("%s has %d %s, but it must have %s %s", what, n, unit, verb, limit.Text)
	p.Help = help
	if value.Kind == strictjson.Array || value.Kind == strictjson.Object {
		p.End = p.Start + 1
	}
}

func isRange(keyword string) bool {
	return slices.Contains([]string{"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}, keyword)
}

func rangeWords(p *strictjson.Problem, value *strictjson.Value, keyword string, limit, holder *strictjson.Value) {
	p.Code = diag.ValueRange
	relation := map[string]string{"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than",
		"exclusiveMaximum": "less than", "multipleOf": "a multiple of"}[keyword]
	if limit.Kind == strictjson.Bool { // draft 4
		limit = holder.Get(strings.ToLower(strings.TrimPrefix(keyword, "exclusive")))
	}
	p.Message = fmt.Sprintf("%s is not %s %s", value.Text, relation, show(limit))
	p.Help = "check the number, and its unit"
}

func pointers(list *strictjson.Value) []*strictjson.Value {
	if list == nil {
		return nil
	}
	out := make([]*strictjson.Value, len(list.Elems))
	for i := range list.Elems {
		out[i] = &list.Elems[i]
	}
	return out
}

func names(object *strictjson.Value) []string {
	if object == nil {
		return nil
	}
	var out []string
	for _, m := range object.Members {
		if m.Name != "$schema" {
			out = append(out, m.Name)
		}
	}
	return out
}

func matchesPattern(patterns *strictjson.Value, name string) bool {
	if patterns == nil {
		return false
	}
	return slices.ContainsFunc(patterns.Members, func(m strictjson.Member) bool {
		re, err := regexp.Compile(m.Name)
		return err == nil && re.MatchString(name)
	})
}

func isNumber(s string) bool {
	v, problems := strictjson.Parse([]byte(s))
	return problems == nil && v.Kind == strictjson.Number
}

func (s *Shape) description() string {
	if s == nil {
		return ""
	}
	return s.Description
}
