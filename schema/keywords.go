package schema

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"stemma/internal/edtf"
	"stemma/internal/strictjson"
	"stemma/internal/suggest"
)

// stemma's own keywords say what JSON Schema cannot.
const (
	keywordRef     = "x-ref"     // the kinds of record whose id this string is
	keywordFormat  = "x-format"  // edtf or decimal
	keywordMessage = "x-message" // what to do when the value is wrong, in plain words
)

var ownKeywordNames = []string{keywordRef, keywordFormat, keywordMessage}

// ownKeywords checks the value of each keyword and gives a message and a hint
// if it is wrong.
var ownKeywords = map[string]func(v *strictjson.Value, kinds []string) (message, help string){
	keywordRef: func(v *strictjson.Value, kinds []string) (string, string) {
		if v.Kind != strictjson.Array || len(v.Elems) == 0 {
			return "x-ref is a list of kinds", `write for example ["actor"]`
		}
		for i := range v.Elems {
			if name := v.Elems[i].Str(); kinds != nil && !slices.Contains(kinds, name) {
				return fmt.Sprintf("x-ref names %q, which is no kind of this dataset", name), "the kinds are " + suggest.List(kinds, 12)
			}
		}
		return "", ""
	},
	keywordFormat: func(v *strictjson.Value, _ []string) (string, string) {
		if f := v.Str(); f != formatEDTF && f != formatDecimal {
			return "x-format is edtf or decimal", `write "edtf" for a date, "decimal" for an exact number in a string`
		}
		return "", ""
	},
	keywordMessage: func(v *strictjson.Value, _ []string) (string, string) {
		if v.Str() == "" {
			return "x-message is a sentence", "say in plain words what a contributor should do"
		}
		return "", ""
	},
}

// The formats of x-format.
const (
	formatEDTF    = "edtf"
	formatDecimal = "decimal"
)

// decimalText is an exact decimal as x-format: decimal wants it written.
var decimalText = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// registerKeywords makes x-format a keyword that the library evaluates; the
// other two make no assertion. Their shape is checked with a place by checkText
// before anything is compiled.
func registerKeywords(c *jsonschema.Compiler) {
	c.RegisterExtension("stemma", nil, formatKeyword{})
}

type formatKeyword struct{}

func (formatKeyword) Compile(_ jsonschema.CompilerContext, m map[string]any) (jsonschema.ExtSchema, error) {
	if f, ok := m[keywordFormat].(string); ok {
		return formatAssertion(f), nil
	}
	return nil, nil
}

type formatAssertion string

func (f formatAssertion) Validate(ctx jsonschema.ValidationContext, v any) error {
	if s, ok := v.(string); ok {
		if _, _, err := checkFormat(string(f), s); err != nil {
			return ctx.Error(keywordFormat, "%s", err)
		}
	}
	return nil
}

// checkFormat holds a string against a format of x-format. The offset is that
// of the fault in the string, in bytes.
func checkFormat(format, s string) (offset int, help string, err error) {
	if format == formatDecimal {
		if !decimalText.MatchString(s) {
			return 0, "write digits with at most one point, such as 0.1", fmt.Errorf("%q is not a plain decimal", s)
		}
		return 0, "", nil
	}
	if _, err := edtf.Parse(s); err != nil {
		var e *edtf.Error
		if errors.As(err, &e) {
			return e.Offset, e.Help, errors.New(e.Message)
		}
		return 0, "", err
	}
	return 0, "", nil
}
