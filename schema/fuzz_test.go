package schema

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"stemma/internal/strictjson"
)

// FuzzSchemaAndRecord loads any schema, checks any record and lays it out:
// nothing panics, a refused record has a finding inside it, an accepted one can
// be rebuilt from its rows.
func FuzzSchemaAndRecord(f *testing.F) {
	for _, pattern := range []string{"testdata/check/*.txtar", "testdata/plan/*.txtar"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			files := txtar.Parse(data).Files
			for line := range strings.Lines(string(files[len(files)-1].Data)) {
				f.Add(files[0].Data, []byte(line))
			}
			for _, file := range files[1:] {
				f.Add(files[0].Data, file.Data)
			}
		}
	}
	f.Add([]byte(`{"minimum":1e400,"multipleOf":1e-400}`), []byte(`1e400`))
	f.Add([]byte(`{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"x":{"$ref":"#/$defs/a"},"y":{"$ref":"#/$defs/a"}}}}}`), []byte(`{"x":{"y":{}}}`))
	f.Fuzz(func(t *testing.T, schemaText, recordText []byte) {
		if len(schemaText)+len(recordText) > 1<<12 {
			return
		}
		c, list := Load([]File{{Path: "schema/s.json", Data: schemaText}}, nil)
		record, problems := strictjson.Parse(recordText)
		if list.HasErrors() || problems != nil {
			return
		}
		s := c.Schema("schema/s.json")
		for _, p := range s.Check(record) {
			if p.Start < 0 || p.End <= p.Start || p.End > len(recordText) || p.Message == "" || p.Help == "" || p.Code == "" {
				t.Errorf("a finding without place or words: %+v", p)
			}
		}
		p, list := NewPlan("k", "ks", "id", s)
		if list.HasErrors() {
			return
		}
		NameTables([]*Plan{p})
		if s.validate(record) == nil {
			checkNothingIsDropped(t, p, record)
		}
	})
}
