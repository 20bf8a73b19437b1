package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// File is the text of one schema; Path is relative to the dataset's root, with
// forward slashes.
type File struct {
	Path string
	Data []byte
}

// Catalog is a closed set of schemas that may refer to each other and to
// nothing else.
type Catalog struct {
	sources  map[string]*source // by path
	byURL    map[string]*source // by address: the file's, and its $id
	compiler *jsonschema.Compiler
}

// source is a schema file that was parsed.
type source struct {
	File
	text *strictjson.Text
	root *strictjson.Value
	url  string // the address it is known by: its absolute $id, else that of its file
}

// Schema is one compiled schema of a catalog.
type Schema struct {
	Path     string
	compiled *jsonschema.Schema
	catalog  *Catalog
	root     *Shape
}

// Load parses and checks schema files. Kinds are the names that the keyword
// x-ref may use; nil allows any. The findings are complete; with errors among them the catalog
// must not be used.
func Load(files []File, kinds []string) (*Catalog, diag.List) {
	c := &Catalog{sources: map[string]*source{}, byURL: map[string]*source{}}
	var list diag.List
	for _, f := range files {
		s := &source{File: f, text: strictjson.NewText(f.Data), url: fileURL(f.Path)}
		root, problems := strictjson.Parse(f.Data)
		for _, p := range problems {
			list = append(list, s.diagnose(p))
		}
		if len(problems) > 0 {
			continue
		}
		s.root = root
		c.byURL[s.url] = s
		if id, err := url.Parse(root.Get("$id").Str()); err == nil && id.IsAbs() {
			id.Fragment = ""
			s.url = id.String()
			if other := c.byURL[s.url]; other != nil {
				at := root.Get("$id")
				list = append(list, s.diagnose(strictjson.Problem{Code: diag.SchemaInvalid, Start: int(at.Start), End: int(at.End),
					Message: fmt.Sprintf("%s has the same $id", other.Path), Help: "give each schema an $id of its own"}))
			}
			c.byURL[s.url] = s
		}
		c.sources[f.Path] = s
	}
	for _, s := range c.sorted() {
		list = append(list, c.checkText(s, kinds)...)
	}
	if !list.HasErrors() {
		list = append(list, c.compileAll()...)
	}
	return c, list.Sorted()
}

// fileURL gives a schema file an address. Its scheme is nobody's, so that no
// relative reference can become a path of the file system.
func fileURL(path string) string {
	return (&url.URL{Scheme: "stemma", Path: "/" + path}).String()
}

func (c *Catalog) sorted() []*source {
	var out []*source
	for _, s := range c.sources {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b *source) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// Schema gives the compiled schema of a file, or nil if the catalog has none
// of that path.
func (c *Catalog) Schema(path string) *Schema {
	s := c.sources[path]
	if s == nil || c.compiler == nil {
		return nil
	}
	compiled, err := c.compile(s.url)
	if err != nil {
		return nil // Load reported it
	}
	out := &Schema{Path: path, compiled: compiled, catalog: c}
	out.root = newShaper(c, compiled).shape([]fragment{{compiled, true}})
	return out
}

// Paths lists the schema files, sorted.
func (c *Catalog) Paths() []string {
	var out []string
	for _, s := range c.sorted() {
		out = append(out, s.Path)
	}
	return out
}

func (c *Catalog) compileAll() diag.List {
	c.compiler = jsonschema.NewCompiler()
	c.compiler.AssertFormat = true
	c.compiler.LoadURL = c.open
	registerKeywords(c.compiler)
	var list diag.List
	for _, s := range c.sorted() {
		if _, err := c.compile(s.url); err != nil {
			list = append(list, c.explainCompile(s, err))
		}
	}
	return list
}

// compile guards against panics of the library, which a hostile schema could
// provoke.
func (c *Catalog) compile(address string) (compiled *jsonschema.Schema, err error) {
	defer func() {
		if r := recover(); r != nil {
			compiled, err = nil, fmt.Errorf("the schema cannot be compiled: %v", r)
		}
	}()
	return c.compiler.Compile(address)
}

// open is the only way in which the library gets at a text. It never touches
// the file system or the network.
func (c *Catalog) open(address string) (io.ReadCloser, error) {
	if s := c.byURL[address]; s != nil {
		return io.NopCloser(bytes.NewReader(s.Data)), nil
	}
	return nil, fmt.Errorf("%s is not one of the schemas of this dataset", address)
}

// explainCompile puts a failure to compile into words. Faults that authors make
// are found by checkText with a place; what is left is invalid by the
// meta-schema, or rare.
func (c *Catalog) explainCompile(s *source, err error) diag.Diagnostic {
	p := strictjson.Problem{Code: diag.SchemaInvalid, Message: "this is not a valid JSON Schema", Help: "compare it with the JSON Schema specification"}
	var ve *jsonschema.ValidationError
	if errors.As(err, &ve) {
		for len(ve.Causes) > 0 {
			slices.SortFunc(ve.Causes, func(a, b *jsonschema.ValidationError) int {
				return strings.Compare(a.InstanceLocation+"\x00"+a.KeywordLocation, b.InstanceLocation+"\x00"+b.KeywordLocation)
			})
			ve = ve.Causes[0]
		}
		if at := s.root.Lookup(unescapePointer(ve.InstanceLocation)); at != nil {
			p.Start, p.End = int(at.Start), int(at.End)
		}
		p.Message += ": " + ve.Message
	} else {
		p.Message += ": " + err.Error()
	}
	return s.diagnose(p)
}

func (s *source) diagnose(p strictjson.Problem) diag.Diagnostic {
	return Diagnose(s.Path, s.text, 0, s.root, p)
}

// Diagnose gives a problem in a text its lines and columns. Base is the offset
// at which the parsed part begins in the text; root may be nil.
func Diagnose(file string, text *strictjson.Text, base int, root *strictjson.Value, p strictjson.Problem) diag.Diagnostic {
	place := func(start, end int) diag.Place {
		return diag.Place{File: file, Span: text.Span(base+start, base+end)}
	}
	pointer := ""
	if root != nil {
		pointer = root.PointerAt(uint32(p.Start))
	}
	d := diag.New(p.Code, place(p.Start, p.End), pointer, p.Message, p.Help)
	for _, r := range p.Related {
		d.Related = append(d.Related, diag.Related{Place: place(r.Start, r.End), Message: r.Message})
	}
	return d
}

// node gives the text of the schema, or of the keyword, at a location that the
// library names: an address, "#" and a JSON Pointer that is percent-encoded.
func (c *Catalog) node(location string) *strictjson.Value {
	address, pointer, _ := strings.Cut(location, "#")
	s := c.byURL[address]
	if s == nil {
		return nil
	}
	return s.root.Lookup(unescapePointer(pointer))
}

func unescapePointer(pointer string) string {
	if u, err := url.PathUnescape(pointer); err == nil {
		return u
	}
	return pointer
}

// parent cuts the last token off a location.
func parent(location string) string { return path.Dir(location) }

// lastToken gives the last token of a location, unescaped.
func lastToken(location string) string {
	_, pointer, _ := strings.Cut(location, "#")
	i := strings.LastIndexByte(pointer, '/')
	token := unescapePointer(pointer[i+1:])
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

func isIndex(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}
