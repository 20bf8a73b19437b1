package schema

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/internal/suggest"
)

var typeNameList = []string{"array", "boolean", "integer", "null", "number", "object", "string"}

// forms says what the value of a keyword must be.
var forms = map[string]string{
	"type": "the name of a type, or a list of different ones", "enum": "a list of values", "required": "a list of different names",
	"properties": "an object that gives each name a schema", "patternProperties": "an object that gives each pattern a schema",
	"$defs": "an object that gives each name a schema", "definitions": "an object that gives each name a schema",
	"dependentSchemas": "an object that gives each name a schema", "dependentRequired": "an object that gives each name a list of names",
	"dependencies": "an object that gives each name a schema or a list of names",
	"allOf":        "a list of at least one schema", "anyOf": "a list of at least one schema", "oneOf": "a list of at least one schema",
	"prefixItems": "a list of at least one schema", "items": "a schema; what depends on the position stands in prefixItems",
	"minLength": "a whole number from 0", "maxLength": "a whole number from 0", "minItems": "a whole number from 0", "maxItems": "a whole number from 0",
	"minProperties": "a whole number from 0", "maxProperties": "a whole number from 0", "minContains": "a whole number from 0", "maxContains": "a whole number from 0",
	"minimum": "a number", "maximum": "a number", "exclusiveMinimum": "a number", "exclusiveMaximum": "a number", "multipleOf": "a number above 0",
	"uniqueItems": "true or false", "pattern": "a regular expression", "format": "the name of a format", "title": "a text", "description": "a text",
	"$id": "an address without a fragment", "id": "an address", "$ref": "the address of a schema", "$schema": "the address of a draft",
	"$anchor": "a name that begins with a letter", "$dynamicAnchor": "a name that begins with a letter", "$comment": "a text",
	"examples": "a list of values", "default": "a value", "deprecated": "true or false", "readOnly": "true or false", "writeOnly": "true or false",
}

// checkForm holds a schema file against the schema of its draft.
func (c *Catalog) checkForm(s *source) (list diag.List) {
	if s.draft == 0 {
		return nil // a schema of this dataset describes it; the library applies it
	}
	defer func() {
		if recover() != nil {
			list = diag.List{c.explainCompile(s, errors.New("it is nested in a way that cannot be followed"))}
		}
	}()
	meta, err := c.compiler.Compile(metaAddress(s.draft))
	if err != nil {
		return diag.List{c.explainCompile(s, err)}
	}
	pointers := map[string]bool{}
	for _, part := range append([]string{""}, s.outside...) {
		var ve *jsonschema.ValidationError
		if err := meta.Validate(s.schemas[part].Any()); errors.As(err, &ve) {
			failedAt(ve, part, pointers)
		}
	}
	for pointer := range pointers {
		list = append(list, s.diagnose(s.explainForm(pointer)))
	}
	return list
}

// metaAddress names the meta-schema of a draft as the library knows it.
func metaAddress(draft int) string {
	switch draft {
	case 2020:
		return "https://json-schema.org/draft/2020-12/schema"
	case 2019:
		return "https://json-schema.org/draft/2019-09/schema"
	}
	return "http://json-schema.org/draft-0" + strconv.Itoa(draft) + "/schema"
}

func failedAt(ve *jsonschema.ValidationError, part string, pointers map[string]bool) {
	if len(ve.Causes) == 0 {
		pointers[part+unescapePointer(ve.InstanceLocation)] = true
	}
	for _, cause := range ve.Causes {
		failedAt(cause, part, pointers)
	}
}

// explainForm says what must stand at a place of a schema's text. The keyword is
// the last name on the way there that stands directly in a schema.
func (s *source) explainForm(pointer string) strictjson.Problem {
	at := s.root.Lookup(pointer)
	if at == nil {
		at = s.root
	}
	p := strictjson.Problem{Code: diag.SchemaInvalid, Start: int(at.Start), End: int(at.End)}
	if at.Kind == strictjson.Object || at.Kind == strictjson.Array {
		p.End = p.Start + 1
	}
	keyword := ""
	for end := len(pointer); end > 0 && keyword == ""; {
		start := strings.LastIndexByte(pointer[:end], '/')
		if holder := s.schemas[pointer[:start]]; holder != nil && holder.Kind == strictjson.Object {
			keyword = unescapeToken(pointer[start+1 : end])
		}
		end = start
	}
	form, known := forms[keyword]
	switch last := unescapeToken(pointer[strings.LastIndexByte(pointer, '/')+1:]); {
	case known && keyword == last && slices.Contains(s.outside, pointer):
		p.Message = fmt.Sprintf("%q is a keyword here, and no name for a schema", keyword)
		p.Help = "the object around it is read as a schema; give this another name, or write the schemas side by side below $defs"
	case s.schemas[pointer] != nil || !known:
		p.Message, p.Help = "this is "+typeWords(at.Kind.String())+", but a schema must stand here", "a schema is an object, or true or false"
		if at.Kind == strictjson.Object || at.Kind == strictjson.Bool {
			p.Message, p.Help = "this is not a valid schema", "compare it with the JSON Schema specification"
		}
	default:
		p.Message, p.Help = fmt.Sprintf("%s is not what the keyword %q takes", show(at), keyword), "write "+form
		if near, ok := suggest.Nearest(at.Str(), typeNameList); keyword == "type" && ok {
			p.Help = fmt.Sprintf("did you mean %q?", near)
		}
	}
	return p
}
