package diag

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var kebabCase = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

func TestCatalogueEntries(t *testing.T) {
	seen := map[Code]bool{}
	for _, r := range Catalogue() {
		if !kebabCase.MatchString(string(r.Code)) {
			t.Errorf("code %q is not in kebab-case", r.Code)
		}
		if seen[r.Code] {
			t.Errorf("code %q is listed twice", r.Code)
		}
		seen[r.Code] = true
		if r.Title == "" || strings.HasSuffix(r.Title, ".") {
			t.Errorf("%s: title %q is not a phrase without a full stop", r.Code, r.Title)
		}
		if !strings.HasSuffix(r.Why, ".") {
			t.Errorf("%s: reason %q is not a sentence", r.Code, r.Why)
		}
		if got, ok := Lookup(r.Code); !ok || got != r {
			t.Errorf("Lookup(%q) = %v, %t", r.Code, got, ok)
		}
		if got := r.Code.Severity(); got != r.Severity {
			t.Errorf("%s: Severity() = %v, listed is %v", r.Code, got, r.Severity)
		}
	}
}

// TestCatalogueListsEveryCode reads the constants from the source: a code that
// is declared but not listed would have no title, reason or severity.
func TestCatalogueListsEveryCode(t *testing.T) {
	declared := declaredCodes(t)
	if len(declared) == 0 {
		t.Fatal("found no constant of type Code")
	}
	for _, r := range Catalogue() {
		if _, ok := declared[r.Code]; !ok {
			t.Errorf("code %q is listed, but no constant has it", r.Code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(declared)) {
		if _, ok := Lookup(code); !ok {
			t.Errorf("constant %s = %q is not in the catalogue", declared[code], code)
		}
	}
}

// declaredCodes gives the name of the constant of every code that this
// package's source declares.
func declaredCodes(t *testing.T) map[Code]string {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	codes := map[Code]string{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range tree.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, spec := range group.Specs {
				addCodes(t, codes, spec.(*ast.ValueSpec))
			}
		}
	}
	return codes
}

func addCodes(t *testing.T, codes map[Code]string, spec *ast.ValueSpec) {
	t.Helper()
	if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "Code" {
		return
	}
	for i, name := range spec.Names {
		lit, ok := spec.Values[i].(*ast.BasicLit)
		if !ok {
			t.Fatalf("constant %s is not a plain string", name.Name)
		}
		text, err := strconv.Unquote(lit.Value)
		if err != nil {
			t.Fatal(err)
		}
		if first, ok := codes[Code(text)]; ok {
			t.Errorf("constants %s and %s are both %q", first, name.Name, text)
		}
		codes[Code(text)] = name.Name
	}
}

func TestUnknownCodeIsAnError(t *testing.T) {
	if got := Code("no-such-code").Severity(); got != Error {
		t.Errorf("severity %v", got)
	}
}
