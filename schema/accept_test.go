package schema

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"stemma/internal/strictjson"
)

// loadOwn compiles the schemas of the six kinds.
func loadOwn(t testing.TB) *Catalog {
	t.Helper()
	names, err := fs.Glob(Embedded, "*.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var files []File
	for _, name := range names {
		data, err := Embedded.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, File{Path: name, Data: data})
	}
	c, list := Load(files, nil)
	if list.HasErrors() {
		t.Fatal(list)
	}
	return c
}

// The acceptor and the library agree about the records of this repository and
// about thousands of faulty variants of each kind.
func TestAcceptorAgreesWithTheLibrary(t *testing.T) {
	catalog := loadOwn(t)
	rng := rand.New(rand.NewPCG(7, 8))
	for _, kind := range []string{"source", "actor", "place", "measure", "event", "claim"} {
		s := catalog.Schema(kind + ".schema.json")
		a := newAcceptor(s.compiled)
		if a == nil {
			t.Errorf("%s: the schema has no acceptor", kind)
			continue
		}
		paths, err := filepath.Glob(filepath.Join("..", "records", kind+"s", "*.json"))
		if err != nil || len(paths) == 0 {
			t.Fatal(kind, err)
		}
		accepted, refused := 0, 0
		for n := range 3000 {
			data, err := os.ReadFile(paths[n%len(paths)])
			if err != nil {
				t.Fatal(err)
			}
			v, problems := strictjson.Parse(data)
			if problems != nil {
				t.Fatal(problems)
			}
			if n >= len(paths) {
				mutate(v, rng)
			}
			got, want := a.accepts(v), s.compiled.Validate(v.Any()) == nil
			if got != want {
				t.Fatalf("%s: the acceptor says %v, the library %v: %s", kind, got, want, strictjson.AppendCanonical(nil, v))
			}
			if want {
				accepted++
			} else {
				refused++
			}
		}
		if accepted < 100 || refused < 100 {
			t.Errorf("%s: %d accepted, %d refused: the variants test little", kind, accepted, refused)
		}
	}
}

// mutate changes one value somewhere in a record.
func mutate(v *strictjson.Value, rng *rand.Rand) {
	for {
		switch {
		case v.Kind == strictjson.Object && len(v.Members) > 0:
			i := rng.IntN(len(v.Members))
			switch rng.IntN(8) {
			case 0:
				v.Members = append(v.Members[:i:i], v.Members[i+1:]...)
				return
			case 1:
				v.Members[i].Name += "x"
				return
			}
			v = &v.Members[i].Value
		case v.Kind == strictjson.Array && len(v.Elems) > 0 && rng.IntN(3) > 0:
			v = &v.Elems[rng.IntN(len(v.Elems))]
		default:
			*v = mutants[rng.IntN(len(mutants))]
			return
		}
	}
}

var mutants = func() []strictjson.Value {
	var out []strictjson.Value
	for _, text := range []string{`null`, `true`, `0`, `-1`, `1.5`, `2e3`, `9007199254740993`, `""`, `"x"`, `"2025-08-20"`, `"2025-13-01"`, `"src-seed-article"`,
		`"act-pakistan"`, `"en"`, `"assert"`, `"https://example.org/a"`, `"a b"`, `[]`, `["a","a"]`, `[null]`, `{}`, `{"edtf":"2025"}`, `{"edtf":"25"}`} {
		v, _ := strictjson.Parse([]byte(text))
		out = append(out, *v)
	}
	return out
}()

// For any schema that the acceptor takes on, it and the library agree about any
// record.
func FuzzAcceptor(f *testing.F) {
	f.Add([]byte(`{"type":"object","properties":{"a":{"type":["integer","null"],"minimum":1},"b":{"enum":["x",1,null]}},"required":["a"],"additionalProperties":false}`), []byte(`{"a":1.0,"b":"x"}`))
	f.Add([]byte(`{"anyOf":[{"type":"string","pattern":"^a"},{"type":"array","items":{"$ref":"#"},"uniqueItems":true}]}`), []byte(`[["abc"],"a"]`))
	f.Add([]byte(`{"const":1,"allOf":[{"maximum":1e2}]}`), []byte(`1.0`))
	f.Add([]byte(`{"minLength":2,"maxLength":3,"format":"date","x-format":"edtf"}`), []byte(`"2025"`))
	f.Add([]byte(`{"$schema":"http://json-schema.org/draft-07/schema#","$ref":"#/definitions/a","type":"string","definitions":{"a":{"minProperties":1}}}`), []byte(`{}`))
	f.Fuzz(func(t *testing.T, schema, record []byte) {
		if bytes.Contains(schema, []byte("ormat")) && len(record) > 1000 {
			return // formats of long texts are slow, and test nothing else
		}
		c, list := Load([]File{{Path: "s.json", Data: schema}}, nil)
		if list.HasErrors() {
			return
		}
		v, problems := strictjson.Parse(record)
		if problems != nil {
			return
		}
		s := c.Schema("s.json")
		if s == nil {
			return
		}
		if a := newAcceptor(s.compiled); a != nil {
			if got, want := a.accepts(v), s.validate(v) == nil; got != want {
				t.Fatalf("the acceptor says %v, the library %v", got, want)
			}
		}
	})
}
