package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
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
	byURL    map[string]*source // by address: the file's, its $id, and aliases
	aliases  map[string]*source // by addresses that are nobody's, but were used for a file
	index    index
	compiler *jsonschema.Compiler
}

// source is a schema file that was parsed.
type source struct {
	File
	text       *strictjson.Text
	root       *strictjson.Value
	url        string                       // the address it is known by: its $id written out, else that of its file
	draft      int                          // 0 if $schema names none that is known
	schemas    map[string]*strictjson.Value // every schema in the file, by JSON Pointer
	references []reference
	outside    []string            // schemas that only a reference tells of, by JSON Pointer
	repeated   []*strictjson.Value // each $id that an earlier schema of the file has
}

// Schema is one compiled schema of a catalog.
type Schema struct {
	Path     string
	compiled *jsonschema.Schema
	fast     *acceptor // nil if the schema uses a keyword that it does not know
	catalog  *Catalog
	root     *Shape
}

// Load parses and checks schema files. Kinds are the names that the keyword
// x-ref may use; nil allows any. The findings are complete and sorted; with
// errors among them the catalog must not be used.
func Load(files []File, kinds []string) (*Catalog, diag.List) {
	c := &Catalog{sources: map[string]*source{}, byURL: map[string]*source{}, aliases: map[string]*source{},
		index: index{map[string]target{}, map[string]target{}, map[string]target{}}}
	var list diag.List
	for _, f := range files {
		list = append(list, c.parse(f)...)
	}
	for _, s := range c.sorted() {
		list = append(list, c.address(s)...)
	}
	for _, s := range c.sorted() {
		c.index.resources[fileURL(s.Path)] = target{source: s, node: s.root}
		c.index.files[fileURL(s.Path)] = target{source: s, node: s.root}
		c.index.add(s, s.root, "", fileURL(s.Path))
	}
	c.indexTargets()
	for _, s := range c.sorted() {
		list = append(list, c.checkText(s, kinds)...)
	}
	if !list.HasErrors() {
		list = append(list, c.compileAll()...)
	}
	return c, list.Sorted()
}

func (c *Catalog) parse(f File) diag.List {
	s := &source{File: f, text: strictjson.NewText(f.Data), url: fileURL(f.Path), schemas: map[string]*strictjson.Value{}}
	root, problems := strictjson.Parse(f.Data)
	if len(problems) > 0 {
		var list diag.List
		for _, p := range problems {
			list = append(list, s.diagnose(p))
		}
		return list
	}
	s.root, s.draft = root, draftOf(root)
	c.sources[f.Path] = s
	return nil
}

// address notes the addresses of a file: its own and that of its $id.
func (c *Catalog) address(s *source) diag.List {
	c.byURL[s.url] = s
	id := idOf(s.root, s.draft)
	if id == nil || id.Text[0] == '#' {
		return nil
	}
	s.url, _, _ = strings.Cut(resolve(s.url, id.Text), "#")
	report := func(message, help string) diag.List {
		return diag.List{s.diagnose(strictjson.Problem{Code: diag.SchemaInvalid, Start: int(id.Start), End: int(id.End), Message: message, Help: help})}
	}
	if metaSchema(s.url) {
		return report("this $id is that of JSON Schema itself", "give the schema an $id of its own")
	}
	if other := c.byURL[s.url]; other != nil && other != s {
		return report(other.Path+" has the same $id", "give each schema an $id of its own")
	}
	c.byURL[s.url] = s
	return nil
}

// indexTargets takes in the schemas that stand where only a reference tells
// that there is one, such as under #/components/schemas.
func (c *Catalog) indexTargets() {
	for again := true; again; {
		again = false
		for _, s := range c.sorted() {
			for i := 0; i < len(s.references); i++ {
				to, ok := c.index.find(s.references[i])
				if ok && to.source != nil && to.source.schemas[to.pointer] == nil {
					to.source.outside = append(to.source.outside, to.pointer)
					c.index.add(to.source, to.node, to.pointer, to.source.url)
					again = true
				}
			}
		}
	}
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
	out := &Schema{Path: path, compiled: compiled, fast: newAcceptor(compiled), catalog: c}
	out.root = newShaper(c, compiled).shape([]declaration{{schema: compiled}})
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
		list = append(list, c.checkForm(s)...)
	}
	if list.HasErrors() {
		return list // the library would report them at other files, too
	}
	for _, s := range c.sorted() {
		if _, err := c.compile(s.url); err != nil {
			d := c.explainCompile(s, err)
			if !slices.ContainsFunc(list, func(o diag.Diagnostic) bool { return o.Place == d.Place && o.Message == d.Message }) {
				list = append(list, d) // several files may fail by one reference
			}
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
	if s := c.aliases[address]; s != nil {
		return io.NopCloser(bytes.NewReader(s.withID())), nil
	}
	if s := c.byURL[address]; s != nil {
		return io.NopCloser(bytes.NewReader(s.Data)), nil
	}
	return nil, notOpened(address)
}

// alias lets the library find a file under the address that a reference to its
// name has; ok is false if that address already stands for another file.
func (c *Catalog) alias(r reference, s *source) (other *source, ok bool) {
	if known := c.byURL[r.address]; known != nil {
		return known, known == s
	}
	c.byURL[r.address], c.aliases[r.address] = s, s
	return s, true
}

// withID gives the text of a file with its own address as $id, so that what is
// loaded under an alias is known by the same address as the file itself.
func (s *source) withID() []byte {
	name := "$id"
	if s.draft == 4 {
		name = "id"
	}
	id := s.root.Get(name)
	if strings.HasPrefix(id.Str(), "#") {
		return slices.Concat(s.Data[:id.Start], []byte(strconv.Quote(s.url+id.Text)), s.Data[id.End:])
	}
	if s.root.Kind != strictjson.Object || id != nil {
		return s.Data
	}
	member := fmt.Sprintf("%q:%q", name, s.url) // an address has nothing to escape
	if len(s.root.Members) > 0 {
		member += ","
	}
	return slices.Concat(s.Data[:s.root.Start+1], []byte(member), s.Data[s.root.Start+1:])
}

// explainCompile puts a failure to compile into words of its own: which of
// several faults the library names varies from run to run. Faults that authors
// make are found before, with their places.
func (c *Catalog) explainCompile(s *source, err error) diag.Diagnostic {
	p := strictjson.Problem{Code: diag.SchemaInvalid, Start: int(s.root.Start), End: int(s.root.Start) + 1,
		Message: "this schema, or one that it refers to, cannot be compiled"}
	var loop jsonschema.InfiniteLoopError
	if errors.As(err, &loop) {
		p.Message = "this schema, or one that it refers to, applies itself to the same value without end"
		p.Help = "a schema may lead back to itself by a property or by the entries of a list, not by $ref alone"
		return s.diagnose(p)
	}
	var cause *jsonschema.SchemaError
	if errors.As(err, &cause) {
		err = cause.Err
	}
	p.Help = "the reason is: " + strings.TrimPrefix(fmt.Sprint(err), "jsonschema: ")
	for _, from := range append([]*source{s}, c.sorted()...) {
		for _, r := range from.references {
			if r.unreached(err) {
				return from.diagnose(strictjson.Problem{Code: diag.SchemaReference, Start: int(r.at.Start), End: int(r.at.End),
					Message: fmt.Sprintf("%q cannot be followed", r.at.Text),
					Help:    "refer to the schema by its file and its JSON Pointer, such as other.json#/$defs/date"})
			}
		}
	}
	return s.diagnose(p)
}

// notOpened is an address that the library asked for in vain.
type notOpened string

func (e notOpened) Error() string {
	return string(e) + " is not one of the schemas of this dataset"
}

// unreached tells whether a failure to compile is that of this reference.
func (r *reference) unreached(err error) bool {
	var address notOpened
	if errors.As(err, &address) {
		return string(address) == r.address
	}
	named, ok := strings.CutSuffix(strings.TrimPrefix(fmt.Sprint(err), "jsonschema: "), " not found")
	resource, part, _ := strings.Cut(named, "#")
	return ok && resource == r.address && unescapePointer(part) == r.part
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

// isSchema tells whether a schema stands at a location, and not a keyword.
func (c *Catalog) isSchema(location string) bool {
	address, pointer, _ := strings.Cut(location, "#")
	s := c.byURL[address]
	return s != nil && s.schemas[unescapePointer(pointer)] != nil
}

// parent cuts the last token off a location.
func parent(location string) string {
	return location[:max(strings.LastIndexByte(location, '/'), strings.IndexByte(location, '#')+1)]
}

// lastToken gives the last token of a location, unescaped.
func lastToken(location string) string {
	_, pointer, _ := strings.Cut(location, "#")
	return unescapeToken(pointer[strings.LastIndexByte(pointer, '/')+1:])
}

func unescapeToken(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(unescapePointer(token), "~1", "/"), "~0", "~")
}
