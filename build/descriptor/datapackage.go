package descriptor

import (
	"regexp"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// The JSON of a Data Package (https://datapackage.org/standard/data-package/),
// version 2.0, in the order in which it is written.
type (
	dataPackage struct {
		Schema       string        `json:"$schema"`
		Name         string        `json:"name"`
		Title        string        `json:"title,omitzero"`
		Description  string        `json:"description,omitzero"`
		Version      string        `json:"version"`
		Created      string        `json:"created,omitzero"`
		Homepage     string        `json:"homepage,omitzero"`
		Licences     []licence     `json:"licenses,omitempty"`
		Contributors []contributor `json:"contributors,omitempty"`
		Keywords     []string      `json:"keywords,omitempty"`
		Resources    []resource    `json:"resources"`
	}
	licence struct {
		Name  string `json:"name"`
		Title string `json:"title,omitzero"`
		Path  string `json:"path,omitzero"`
	}
	contributor struct {
		Title string   `json:"title"`
		Path  string   `json:"path,omitzero"`
		Roles []string `json:"roles"`
	}
	// resource has no "bytes": frictionless finds every tabular Parquet file to
	// have another size than its own.
	resource struct {
		Name        string      `json:"name"`
		Type        string      `json:"type"`
		Path        string      `json:"path"`
		Description string      `json:"description,omitzero"`
		Format      string      `json:"format"`
		MediaType   string      `json:"mediatype"`
		Hash        string      `json:"hash"`
		Schema      tableSchema `json:"schema"`
	}
	tableSchema struct {
		Fields        []field      `json:"fields"`
		MissingValues []string     `json:"missingValues"` // none: an empty text is a text
		PrimaryKey    []string     `json:"primaryKey,omitempty"`
		ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
	}
	field struct {
		Name          string      `json:"name"`
		Type          string      `json:"type"`
		Description   string      `json:"description,omitzero"`
		MissingValues []string    `json:"missingValues,omitempty"`
		Constraints   constraints `json:"constraints,omitzero"`
	}
	constraints struct {
		Required  bool           `json:"required,omitzero"`
		Unique    bool           `json:"unique,omitzero"`
		Enum      *[]any         `json:"enum,omitempty"`
		Pattern   string         `json:"pattern,omitzero"`
		Minimum   jsontext.Value `json:"minimum,omitzero"`
		Maximum   jsontext.Value `json:"maximum,omitzero"`
		MinLength int            `json:"minLength,omitzero"`
		MaxLength int            `json:"maxLength,omitzero"`
	}
	foreignKey struct {
		Fields    []string  `json:"fields"`
		Reference reference `json:"reference"`
	}
	reference struct {
		Resource string   `json:"resource,omitzero"` // absent: the same
		Fields   []string `json:"fields"`
	}
)

const dataPackageProfile = "https://datapackage.org/profiles/2.0/datapackage.json"

// fieldTypes are the types of Table Schema. Lists are "any": the profile of 2.0
// lacks "list", and readers give native lists.
var fieldTypes = map[string]string{
	typeText: "string", typeInteger: "integer", typeFloat: "number",
	typeBoolean: "boolean", typeDate: "date", typeTimestamp: "datetime",
}

// missingValues are what readers that go by pandas give for nulls in columns of
// numbers and times. In columns of texts they are texts.
var missingValues = []string{"", "nan", "NaN", "NaT"}

// DataPackage writes datapackage.json: each table as a tabular resource in Parquet.
func DataPackage(d *Description) ([]byte, error) {
	set := &d.Dataset
	p := dataPackage{
		Schema: dataPackageProfile, Name: strings.ToLower(set.Name), Title: set.Title, Description: set.Description,
		Version: set.Version, Homepage: set.URL, Keywords: set.Keywords, Resources: []resource{},
	}
	if set.ReleasedOn != "" {
		p.Created = set.ReleasedOn + "T00:00:00Z" // the day is all that is known
	}
	if set.Licence.Name != "" {
		p.Licences = []licence{{set.Licence.Name, set.Licence.Title, set.Licence.URL}}
	}
	for _, c := range set.Creators {
		p.Contributors = append(p.Contributors, contributor{c.Name, c.URL, []string{"creator"}})
	}
	for i := range d.Tables {
		t := &d.Tables[i]
		p.Resources = append(p.Resources, resource{
			Name: t.Name, Type: "table", Path: t.Parquet(), Description: t.Description,
			Format: "parquet", MediaType: "application/vnd.apache.parquet",
			Hash: "sha256:" + d.file(t.Parquet()).SHA256, Schema: t.tableSchema(),
		})
	}
	return encodeJSON(p)
}

func (t *Table) tableSchema() tableSchema {
	s := tableSchema{MissingValues: []string{}, PrimaryKey: t.PrimaryKey}
	for i := range t.Columns {
		s.Fields = append(s.Fields, t.field(&t.Columns[i]))
	}
	for _, key := range t.ForeignKeys {
		to := key.Table
		if to == t.Name {
			to = ""
		}
		s.ForeignKeys = append(s.ForeignKeys, foreignKey{key.Columns, reference{to, key.References}})
	}
	return s
}

func (t *Table) field(c *Column) field {
	f := field{Name: c.Name, Type: "any", Description: c.Description}
	f.Constraints.Required = c.Required
	scalar, list := c.item()
	if list {
		return f // what holds for the items cannot be said
	}
	f.Type = fieldTypes[scalar]
	if scalar != typeText {
		f.MissingValues = missingValues
	}
	k := &f.Constraints
	k.Unique = len(t.PrimaryKey) == 1 && t.PrimaryKey[0] == c.Name
	if c.Enum != nil {
		values := []any{}
		for _, v := range c.Enum {
			values = append(values, enumValue(scalar, v))
		}
		k.Enum = &values
	}
	switch scalar {
	case typeText:
		k.MinLength, k.MaxLength = c.MinLength, c.MaxLength
		if len(c.Patterns) == 1 {
			k.Pattern = wholePattern(c.Patterns[0])
		}
	case typeInteger, typeFloat:
		k.Minimum, k.Maximum = number(c.Minimum), number(c.Maximum)
	}
	return f
}

// number writes a number with the digits that it has; nil if there is none.
func number(literal string) jsontext.Value {
	if literal == "" {
		return nil
	}
	return jsontext.Value(literal)
}

func enumValue(scalar, value string) any {
	switch scalar {
	case typeInteger, typeFloat, typeBoolean:
		return jsontext.Value(value)
	}
	return value
}

// repeat is a count such as {2,3}.
var repeat = regexp.MustCompile(`^\{[0-9]+(,[0-9]*)?\}`)

// wholePattern gives the pattern in the syntax of XML Schema, which always
// means the whole text and knows neither ^ and $ nor groups with options, or ""
// if it cannot be said there without changing what it means.
func wholePattern(re2 string) string {
	inner, from := strings.CutPrefix(re2, "^")
	inner, to := strings.CutSuffix(inner, "$")
	if !from || !to || strings.HasSuffix(inner, `\`) || strings.Contains(inner, "(?") {
		return ""
	}
	depth, class := 0, false
	for i := 0; i < len(inner); i++ {
		switch c := inner[i]; {
		case c == '\\':
			i++
			if i < len(inner) && strings.IndexByte(`\.-^$?*+{}()[]|nrtdDsSwW`, inner[i]) < 0 {
				return ""
			}
			if i < len(inner) && strings.IndexByte("dDsSwW", inner[i]) >= 0 {
				return "" // ASCII there, Unicode here
			}
		case class:
			class = c != ']'
			if c == '[' || c == '&' {
				return "" // a class in a class, or a subtraction
			}
		case c == '[':
			class = true
			if strings.HasPrefix(inner[i+1:], "]") || strings.HasPrefix(inner[i+1:], "^]") {
				return ""
			}
		case c == '{':
			count := repeat.FindString(inner[i:])
			if count == "" {
				return "" // a brace that means itself
			}
			if i += len(count) - 1; strings.HasPrefix(inner[i+1:], "?") {
				return "" // not greedy
			}
		case c == ']', c == '}':
			return ""
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '|' && depth == 0, c == '^', c == '$':
			return ""
		case strings.IndexByte("*+?", c) >= 0 && strings.HasPrefix(inner[i+1:], "?"):
			return "" // not greedy
		}
	}
	return inner
}
