package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
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
	return message, "see RFC or standard of the format " + format
}

func isLength(keyword string) bool {
	return slices.Contains([]string{"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"}, keyword)
}

func lengthWords(p *strictjson.Problem, value *strictjson.Value, keyword string, limit *strictjson.Value) {
	p.Code = diag.ValueItems
	n, unit, what := len(value.Elems), "entries", "this list"
	switch value.Kind {
	case strictjson.String:
		p.Code = diag.ValueLength
		n, unit, what = utf8.RuneCountInString(value.Text), "characters", "this text"
	case strictjson.Object:
		n, unit, what = len(value.Members), "properties", "this object"
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

func rangeWords(p *strictjson.Problem, value *strictjson.Value, keyword string, limit *strictjson.Value) {
	p.Code = diag.ValueRange
	relation := map[string]string{"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than",
		"exclusiveMaximum": "less than", "multipleOf": "a multiple of"}[keyword]
	p.Message = fmt.Sprintf("%s is not %s %s", value.Text, relation, limit.Text)
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
