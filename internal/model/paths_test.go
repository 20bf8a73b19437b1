package model

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stemma/schema"
)

// decoders are all decoders of whole files, by the name of their schema.
var decoders = map[string]func(object){
	KindSource:  func(o object) { decodeSource(o) },
	KindActor:   func(o object) { decodeActor(o) },
	KindPlace:   func(o object) { decodePlace(o) },
	KindMeasure: func(o object) { decodeMeasure(o) },
	KindEvent:   func(o object) { decodeEvent(o) },
	KindClaim:   func(o object) { decodeClaim(o) },
	"policy":    func(o object) { decodePolicy(o) },
}

// TestPathsAreThoseOfTheSchemas holds what the decoders read against the
// schemas: the same properties, of the same types, referring to the same kinds.
func TestPathsAreThoseOfTheSchemas(t *testing.T) {
	catalog := loadSchemas(t)
	for name, decode := range decoders {
		t.Run(name, func(t *testing.T) {
			var read []string
			decode(object{refs: new([]Ref), trace: &trace{func(path, jsonType, refKind string) {
				read = append(read, fmt.Sprintf("%s: %s %s", path, jsonType, refKind))
			}}})
			var declared []string
			declare(catalog.Schema(name+".schema.json").Shape(), "", &declared)
			slices.Sort(read)
			slices.Sort(declared)
			if len(declared) == 0 {
				t.Fatal("the schema declares nothing")
			}
			if diff := cmp.Diff(declared, read); diff != "" {
				t.Errorf("the schema (-) and the decoder (+) differ:\n%s", diff)
			}
		})
	}
}

func declare(s *schema.Shape, at string, out *[]string) {
	add := func(s *schema.Shape, at string) {
		*out = append(*out, fmt.Sprintf("%s: %s %s", at, strings.Join(s.Types, "|"), strings.Join(s.Refs, "|")))
	}
	for _, p := range s.Props {
		add(p.Shape, at+p.Name)
		declare(p.Shape, at+p.Name+".", out)
		if p.Items != nil {
			add(p.Items, at+p.Name+"[]")
			declare(p.Items, at+p.Name+"[].", out)
		}
	}
}

func loadSchemas(t *testing.T) *schema.Catalog {
	t.Helper()
	names, err := fs.Glob(schema.Embedded, "*.json")
	if err != nil {
		t.Fatal(err)
	}
	var files []schema.File
	for _, name := range names {
		data, err := fs.ReadFile(schema.Embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, schema.File{Path: path.Base(name), Data: data})
	}
	catalog, list := schema.Load(files, nil)
	if list.HasErrors() {
		t.Fatal(list)
	}
	return catalog
}
