package schema

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/internal/suggest"
)

// checkText finds what a schema's author can get wrong, with its place: the
// library would name only the file, or the fault in words that vary.
func (c *Catalog) checkText(s *source, kinds []string) diag.List {
	t := textChecker{source: s, kinds: kinds}
	if s.draft == 0 && c.resourceOf(s.root.Get("$schema")) == nil {
		t.report(s.root.Get("$schema"), diag.SchemaInvalid, "this is no draft of JSON Schema that stemma knows",
			"write https://json-schema.org/draft/2020-12/schema; the drafts 2019-09, 07, 06 and 04 can be used as well")
	}
	for _, r := range s.references {
		t.reference(c, r)
	}
	for _, id := range s.repeated {
		t.report(id, diag.SchemaInvalid, "another schema in this file has the same $id", "give each schema an $id of its own")
	}
	for _, v := range s.schemas {
		t.keywords(v)
	}
	return t.list
}

// resourceOf gives the schema that an absolute address names, or nil.
func (c *Catalog) resourceOf(address *strictjson.Value) *strictjson.Value {
	return c.index.resources[strings.TrimSuffix(address.Str(), "#")].node
}

type textChecker struct {
	source *source
	kinds  []string
	list   diag.List
}

func (t *textChecker) report(at *strictjson.Value, code diag.Code, message, help string) {
	p := strictjson.Problem{Code: code, Start: int(at.Start), End: int(at.End), Message: message, Help: help}
	if at.Kind == strictjson.Object || at.Kind == strictjson.Array {
		p.End = p.Start + 1
	}
	t.list = append(t.list, t.source.diagnose(p))
}

// atName reports at the name of a member.
func (t *textChecker) atName(m *strictjson.Member, code diag.Code, message, help string) {
	t.report(&strictjson.Value{Start: m.NameStart, End: m.NameEnd}, code, message, help)
}

func (t *textChecker) reference(c *Catalog, r reference) {
	to, ok := c.index.find(r)
	holder, known := c.index.holder(r)
	if _, own := c.index.resources[r.address]; known && !own && !metaSchema(r.address) {
		if other, free := c.alias(r, holder.source); !free {
			t.report(r.at, diag.SchemaReference, fmt.Sprintf("%q could mean %s or %s: both are %s", r.at.Text, holder.source.Path, other.Path, r.address),
				"refer to the $id of the schema that is meant; give it one if it has none")
			return
		}
	}
	switch {
	case ok && to.source == nil && r.part != "" && !libraryKnows(r.address+"#"+r.part):
		t.report(r.at, diag.SchemaReference, fmt.Sprintf("%q names a part of JSON Schema's own schema that cannot be referred to", r.at.Text),
			"copy the part into a schema of your own and refer to that; only the whole schema of a draft can be referred to")
	case ok && to.node != nil && to.node.Kind != strictjson.Object && to.node.Kind != strictjson.Bool:
		t.report(r.at, diag.SchemaReference, fmt.Sprintf("%q leads to %s, not to a schema", r.at.Text, typeWords(to.node.Kind.String())),
			"a schema is an object, or true or false")
	case ok && to.source != nil && holder.source != r.source && holder.pointer != "":
		t.report(r.at, diag.SchemaReference, fmt.Sprintf("%q is the $id of a part of %s, which is known only inside that file", r.at.Text, holder.source.Path),
			fmt.Sprintf("write %q", fromFile(r.source.Path, to.source.Path)+"#"+to.pointer))
	case ok:
	case !known:
		t.report(r.at, diag.SchemaReference, fmt.Sprintf("%q leads to no schema of this dataset", r.at.Text),
			"refer to a file in the schema folder, by its name or its $id; nothing else is ever opened")
	case strings.HasPrefix(r.part, "/"):
		t.report(r.at, diag.SchemaReference, fmt.Sprintf("%q names a part that its schema does not have", r.at.Text), missingPart(holder.node, r.part))
	default:
		t.report(r.at, diag.SchemaReference, fmt.Sprintf("%q names an anchor that its schema does not have", r.at.Text),
			`write "$anchor" in the schema that is meant, or its JSON Pointer, such as #/$defs/date`)
	}
}

// fromFile gives the path of a file relative to that of another one.
func fromFile(from, to string) string {
	a, b := strings.Split(from, "/"), strings.Split(to, "/")
	for len(a) > 1 && len(b) > 1 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return strings.Repeat("../", len(a)-1) + strings.Join(b, "/")
}

// libraryKnows tells whether the library can follow a reference into a schema
// that it brings along.
func libraryKnows(location string) bool {
	c := &Catalog{compiler: jsonschema.NewCompiler()}
	c.compiler.LoadURL = c.open
	_, err := c.compile(location)
	return err == nil
}

func missingPart(root *strictjson.Value, pointer string) string {
	i := strings.LastIndexByte(pointer, '/')
	holder := root.Lookup(pointer[:i])
	if holder == nil || len(holder.Members) == 0 {
		return "write the part as a JSON Pointer, such as #/$defs/date"
	}
	known := names(holder)
	if near, ok := suggest.Nearest(pointer[i+1:], known); ok {
		return fmt.Sprintf("did you mean %q?", "#"+pointer[:i+1]+near)
	}
	return "there are " + listAnd(known)
}

// keywords checks patterns, formats, and the shape of stemma's own keywords.
func (t *textChecker) keywords(v *strictjson.Value) {
	if id := idOf(v, t.source.draft); id != nil {
		t.address(id)
	}
	if p := v.Get("pattern"); p != nil && p.Kind == strictjson.String {
		t.pattern(p, p.Text)
	}
	if pp := v.Get("patternProperties"); pp != nil {
		for i := range pp.Members {
			m := &pp.Members[i]
			t.pattern(&strictjson.Value{Start: m.NameStart, End: m.NameEnd}, m.Name)
		}
	}
	if f := v.Get("format"); f != nil && f.Kind == strictjson.String {
		if near, ok := mistypedFormat(f.Text); ok {
			t.report(f, diag.SchemaKeyword, fmt.Sprintf("%q is no format that JSON Schema defines", f.Text), fmt.Sprintf("did you mean %q?", near))
		}
	}
	for i := range v.Members {
		m := &v.Members[i]
		if !strings.HasPrefix(strings.ToLower(m.Name), "x-") {
			continue
		}
		if check, ok := ownKeywords[m.Name]; ok {
			if message, help := check(&m.Value, t.kinds); message != "" {
				t.report(&m.Value, diag.SchemaKeyword, message, help)
			}
		} else if near, ok := suggest.Nearest(m.Name, ownKeywordNames); ok {
			t.atName(m, diag.SchemaKeyword, fmt.Sprintf("%q is no keyword", m.Name), fmt.Sprintf("did you mean %q?", near))
		}
	}
}

func (t *textChecker) pattern(at *strictjson.Value, pattern string) {
	_, err := regexp.Compile(pattern)
	if err == nil {
		return
	}
	help := "patterns are those of RE2, in which each is read once from left to right; say the rest in another keyword"
	var se *syntax.Error
	if errors.As(err, &se) {
		switch {
		case slices.Contains([]string{"(?=", "(?!", "(?<", "(?<=", "(?<!"}, se.Expr), strings.HasPrefix(se.Expr, "(?<"):
			help = "look-ahead and look-behind cannot be executed in linear time; say the rest in another keyword, such as allOf or not with a second pattern"
		case se.Code == syntax.ErrInvalidEscape && strings.HasPrefix(se.Expr, `\u`):
			help = `write the character itself, or \x{…} with its number in hexadecimal`
		case se.Code == syntax.ErrInvalidEscape && len(se.Expr) == 2 && se.Expr[1] >= '1' && se.Expr[1] <= '9':
			help = "back-references cannot be executed in linear time; say the rest in another keyword"
		case se.Code == syntax.ErrInvalidRepeatSize && backwards(se.Expr):
			help = "the second number of " + se.Expr + " must not be below the first"
		case se.Code == syntax.ErrInvalidRepeatSize:
			help = "something can be repeated up to 1000 times, and nested counts are multiplied; write repeats side by side, " +
				"such as a{1,1000}a{0,1000}, or limit the length by minLength and maxLength"
		case se.Code == syntax.ErrLarge || se.Code == syntax.ErrNestingDepth:
			help = "the pattern is too large; make it shorter, or split it into several below allOf"
		case se.Expr != "":
			help = fmt.Sprintf("%s: %s", se.Code, se.Expr)
		}
	}
	t.report(at, diag.SchemaPattern, fmt.Sprintf("the pattern %q cannot be executed", pattern), help)
}

// backwards tells whether the counts of a repeat such as {3,1} are swapped.
func backwards(repeat string) bool {
	low, high, ok := strings.Cut(strings.Trim(repeat, "{}?"), ",")
	n, err1 := strconv.Atoi(low)
	m, err2 := strconv.Atoi(high)
	return ok && err1 == nil && err2 == nil && n > m
}

// knownFormats are those of the drafts 3 to 2020-12.
var knownFormats = []string{"date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6",
	"uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex"}

// mistypedFormat tells which format was meant by one that is not defined.
// Unknown formats are allowed and mean nothing (JSON Schema Validation, 7.2.3),
// so only those are reported that differ by case, or by one letter in a name
// long enough for that to be a slip.
func mistypedFormat(format string) (string, bool) {
	if slices.Contains(knownFormats, format) {
		return "", false
	}
	plain := func(s string) string {
		return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s))
	}
	for _, known := range knownFormats {
		if plain(known) == plain(format) {
			return known, true
		}
	}
	near, ok := suggest.Nearest(format, knownFormats)
	return near, ok && len(format) >= 5 && oneLetter(format, near)
}

// oneLetter tells whether two texts differ by one letter that is missing, too
// many or another one.
func oneLetter(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		return i < len(a) && a[i+1:] == b[i+1:]
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}

// address refuses an $id that is not spelled as addresses are. The library keeps
// the spelling of the $id but writes references in the regular one: it would look
// for the one under the other for ever.
func (t *textChecker) address(id *strictjson.Value) {
	spelled, _, _ := strings.Cut(id.Text, "#")
	u, err := url.Parse(spelled)
	switch {
	case err != nil:
		t.report(id, diag.SchemaInvalid, fmt.Sprintf("%q is no address", id.Text), "write an address such as https://example.org/schema.json, or leave the $id out")
	case u.IsAbs() && u.String() != spelled:
		t.report(id, diag.SchemaInvalid, fmt.Sprintf("%q is not spelled as an address is", id.Text), fmt.Sprintf("write %q", u.String()))
	}
}
