package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "stemma"

// layers lists every package with the packages of this module that it may
// import in code that is not a test. Imports run one way: an entry names only
// entries above it, which a test proves.
var layers = []struct {
	name    string
	imports []string
}{
	{"internal/diag", nil},
	{"internal/edtf", nil},
	{"internal/numerals", nil},
	{"internal/suggest", nil},
	{"internal/golden", nil},
	{"internal/architecture", nil},
	{"internal/strictjson", []string{"internal/diag"}},
	{"schema", []string{"internal/diag", "internal/strictjson", "internal/edtf", "internal/suggest"}},
	{"internal/layout", []string{"internal/diag", "internal/strictjson", "schema"}},
	{"internal/ledger", []string{"internal/diag", "internal/strictjson"}},
	{"internal/dataset", []string{"internal/diag", "internal/strictjson", "schema", "internal/ledger"}},
	{"internal/model", []string{"internal/strictjson", "internal/edtf"}},
	{"disagreement", []string{"internal/strictjson", "internal/edtf", "internal/model"}},
	{"internal/wording", []string{"internal/edtf", "internal/model", "disagreement"}},
	{"internal/draw", []string{"internal/diag"}},
	{"internal/show", []string{"internal/diag", "internal/strictjson", "internal/edtf", "internal/suggest", "internal/model", "disagreement", "internal/wording", "internal/draw"}},
	{"validate", []string{"internal/diag", "internal/strictjson", "internal/edtf", "internal/numerals", "internal/suggest", "schema", "internal/ledger", "internal/dataset", "internal/model"}},
	{"diff", []string{"internal/strictjson", "internal/edtf", "schema", "internal/dataset", "disagreement"}},
	{"build/columnar", nil},
	{"internal/dsse", []string{"internal/strictjson"}},
	{"build/provenance", []string{"internal/strictjson"}},
	{"build/delta", []string{"internal/strictjson", "build/columnar"}},
	{"build/descriptor", []string{"schema"}},
	{"build/export", []string{"internal/strictjson", "build/columnar", "build/descriptor"}},
	{"build/page", []string{"internal/edtf", "internal/model", "disagreement", "internal/wording"}},
	{"build", []string{"internal/diag", "internal/strictjson", "internal/edtf", "internal/model", "schema", "internal/ledger", "internal/dataset", "disagreement", "validate", "diff", "build/columnar", "build/provenance", "build/delta", "build/descriptor", "build/page"}},
	{"internal/cli", []string{"internal/diag", "internal/strictjson", "internal/suggest", "schema", "internal/layout", "internal/dataset", "internal/show", "internal/dsse", "validate", "build", "build/provenance", "build/export", "diff"}},
	{"cmd/stemma", []string{"internal/cli"}},
	{"bench/generate", nil},
	{"bench", []string{"bench/generate"}},
}

// libraries lists, for each library that is kept behind one place, that place.
var libraries = map[string][]string{
	"github.com/spf13/":                      {"internal/cli"},
	"github.com/schollz/":                    {"internal/cli"},
	"github.com/santhosh-tekuri/":            {"schema"},
	"github.com/xitongsys/":                  {"build/columnar"},
	"github.com/apache/arrow/go/v17/parquet": {"build/columnar"},
	"github.com/apache/arrow/":               {"build/columnar", "build", "build/delta", "build/export"},
	"github.com/go-json-experiment/":         {"internal/strictjson", "build", "build/delta", "build/provenance", "build/descriptor"},
	"github.com/agext/":                      {"internal/suggest"},
	"github.com/rivo/":                       {"internal/diag"},
	"github.com/klauspost/":                  {"build", "build/columnar"},
	"golang.org/x/crypto/":                   {"internal/dsse"},
	"golang.org/x/sys":                       {"build"},
	"encoding/json":                          {"bench/generate", "internal/strictjson", "internal/diag", "build", "bench", "diff"},
	"net/http":                               {},
	"os/exec":                                {"bench", "internal/cli"},
	"math/rand":                              {"bench/generate"},
}

// clocks are the packages that may ask for the time.
var clocks = []string{"internal/cli", "bench"}

type source struct {
	pkg, file string
	syntax    *ast.File
}

// sources parses the module's code, without tests, from the folder that holds go.mod.
func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var out []source
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || (strings.HasPrefix(d.Name(), ".") && file != root)) {
			return filepath.SkipDir
		}
		if d.IsDir() || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		out = append(out, source{filepath.ToSlash(filepath.Dir(rel)), filepath.ToSlash(rel), syntax})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func imports(f *ast.File) []string {
	var out []string
	for _, i := range f.Imports {
		out = append(out, strings.Trim(i.Path.Value, `"`))
	}
	return out
}

func TestLayersRunOneWay(t *testing.T) {
	above := map[string]bool{}
	for _, l := range layers {
		for _, name := range l.imports {
			if !above[name] {
				t.Errorf("%s may import %s, which is not above it", l.name, name)
			}
		}
		above[l.name] = true
	}
}

func TestImports(t *testing.T) {
	allowed := map[string][]string{}
	for _, l := range layers {
		allowed[l.name] = l.imports
	}
	for _, s := range sources(t) {
		names, known := allowed[s.pkg]
		if !known {
			t.Errorf("%s: the package %s is in no layer", s.file, s.pkg)
			continue
		}
		for _, name := range imports(s.syntax) {
			own, ok := strings.CutPrefix(name, module+"/")
			if ok && !slices.Contains(names, own) {
				t.Errorf("%s imports %s, which it may not", s.file, own)
			}
			if !ok {
				checkLibrary(t, s, name)
			}
		}
	}
}

// What a package may import, but does not, is struck off: the list is read as
// a map of the code.
func TestListedImportsAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, s := range sources(t) {
		for _, name := range imports(s.syntax) {
			if own, ok := strings.CutPrefix(name, module+"/"); ok {
				used[s.pkg+" "+own] = true
			}
			for prefix := range libraries {
				if strings.HasPrefix(name, prefix) {
					used[s.pkg+" "+prefix] = true
				}
			}
		}
	}
	for _, l := range layers {
		for _, name := range l.imports {
			if !used[l.name+" "+name] {
				t.Errorf("%s may import %s, but does not", l.name, name)
			}
		}
	}
	for prefix, packages := range libraries {
		for _, name := range packages {
			if !used[name+" "+prefix] {
				t.Errorf("%s may import %s, but does not", name, prefix)
			}
		}
	}
}

func checkLibrary(t *testing.T, s source, name string) {
	t.Helper()
	longest := ""
	for prefix := range libraries {
		if strings.HasPrefix(name, prefix) && len(prefix) > len(longest) {
			longest = prefix
		}
	}
	if longest != "" && !slices.Contains(libraries[longest], s.pkg) {
		t.Errorf("%s imports %s, which is kept behind %v", s.file, name, libraries[longest])
	}
}

func TestClocks(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains(clocks, s.pkg) {
			continue
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if id, ok := sel.X.(*ast.Ident); ok {
				switch name := id.Name + "." + sel.Sel.Name; name {
				case "time.Now", "time.Since", "time.Until", "os.Getenv", "os.LookupEnv", "os.Environ", "os.Hostname", "time.Local":
					t.Errorf("%s uses %s: what it makes would depend on when and where it runs", s.file, name)
				}
			}
			return true
		})
	}
}

// Every package says in doc.go, or in its only file, what it is for and what it
// may import.
func TestEveryPackageIsDocumented(t *testing.T) {
	documented, files := map[string]string{}, map[string]int{}
	for _, s := range sources(t) {
		files[s.pkg]++
		if s.syntax.Doc != nil {
			documented[s.pkg] = s.syntax.Doc.Text()
		}
	}
	for _, l := range layers {
		if files[l.name] > 0 && documented[l.name] == "" {
			t.Errorf("the package %s has no documentation", l.name)
		}
		if _, err := os.Stat(filepath.Join("..", "..", l.name)); err != nil {
			t.Errorf("the layer %s: %v", l.name, err)
		}
	}
}

// records and dist hold data only.
func TestDataFoldersHoldNoCode(t *testing.T) {
	for _, s := range sources(t) {
		if strings.HasPrefix(s.pkg, "records") || strings.HasPrefix(s.pkg, "dist") {
			t.Errorf("%s: code in a data folder", s.file)
		}
	}
}
