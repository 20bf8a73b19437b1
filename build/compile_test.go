package build

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stemma/internal/dataset"
	"stemma/schema"
	"stemma/validate"
)

// The cells of a table are those of its records, row for row: the logical hash
// of a column, computed here from the records as encoding/json reads them, is
// the one in the manifest. Thousands of records make the workers take turns.
func TestCellsAreThoseOfTheRecords(t *testing.T) {
	const rows = 5000
	type row struct {
		ID   int64    `json:"id"`
		Text *string  `json:"text,omitempty"`
		Real float64  `json:"real"`
		Yes  *bool    `json:"yes,omitempty"`
		List []string `json:"list,omitempty"`
		Subs []sub    `json:"subs,omitempty"`
	}
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "schema"), 0o755), os.MkdirAll(filepath.Join(dir, "r"), 0o755))
	replaceFile(t, filepath.Join(dir, "dataset.json"), []byte(`{"name":"x","version":"0.1.0-dev","kinds":[{"kind":"row","schema":"schema/row.json","folder":"r","table":"rows","id":"id"}]}`))
	replaceFile(t, filepath.Join(dir, "schema", "row.json"), []byte(`{"type":"object","required":["id"],"additionalProperties":false,"properties":{
		"id":{"type":"integer"},"text":{"type":"string"},"real":{"type":"number"},"yes":{"type":"boolean"},"list":{"type":"array","items":{"type":"string"}},
		"subs":{"type":"array","minItems":1,"items":{"type":"object","required":["n"],"additionalProperties":false,"properties":{"n":{"type":"integer"}}}}}}`))

	want := map[string][]byte{}
	put := func(column string, valid bool, value ...byte) {
		if !valid {
			want[column] = append(want[column], 0)
			return
		}
		want[column] = append(append(want[column], 1), value...)
	}
	u64 := func(n uint64) []byte { return binary.LittleEndian.AppendUint64(nil, n) }
	text := func(s string) []byte { return append(u64(uint64(len(s))), s...) }
	var records bytes.Buffer
	for i := range rows {
		r := row{ID: int64(i), Real: float64(i) / 3}
		if i%3 > 0 {
			r.Text = ptr(fmt.Sprintf("t%d\n😀", i))
		}
		if i%5 > 0 {
			r.Yes = ptr(i%2 == 0)
		}
		for j := range i % 4 {
			r.List = append(r.List, strings.Repeat("x", j))
			r.Subs = append(r.Subs, sub{int64(i * j)})
		}
		data, err := json.Marshal(r)
		must(t, err)
		records.Write(append(data, '\n'))

		put("rows.id", true, u64(uint64(r.ID))...)
		put("rows.real", true, u64(math.Float64bits(r.Real))...)
		put("rows.text", r.Text != nil, text(value(r.Text))...)
		put("rows.yes", r.Yes != nil, map[bool]byte{true: 1}[value(r.Yes)])
		list := u64(uint64(len(r.List)))
		for j, s := range r.List {
			list = append(append(list, 1), text(s)...)
			put("row_subs.row_id", true, u64(uint64(r.ID))...)
			put("row_subs.subs_ordinal", true, u64(uint64(j))...)
			put("row_subs.n", true, u64(uint64(r.Subs[j].N))...)
		}
		put("rows.list", r.List != nil, list...)
	}
	replaceFile(t, filepath.Join(dir, "r", "all.jsonl"), records.Bytes())

	manifest := mustBuild(t, check(t, dir), t.TempDir()).Manifest
	for _, table := range manifest.Tables {
		for _, c := range table.Columns {
			name := table.Name + "." + c.Name
			if bytes, ok := want[name]; ok && sha256Hex(bytes) != c.LogicalSHA256 {
				t.Errorf("the column %s does not hold what the records say", name)
			}
			delete(want, name)
		}
	}
	for name := range want {
		t.Errorf("there is no column %s", name)
	}
}

type sub struct {
	N int64 `json:"n"`
}

func ptr[T any](v T) *T { return &v }

func value[T any](p *T) T {
	if p == nil {
		return *new(T)
	}
	return *p
}

// A fault that only shows while compiling is an error with the record's place,
// also when it is a panic beside the build.
func TestFaultsWhileCompiling(t *testing.T) {
	checked := check(t, smallDataset)
	shelves := checked.Kinds()[2]
	for text, says := range map[string]string{
		`{`:                  "cannot be read",
		`{"number":1e300}`:   "does not fit its table|cannot be compiled",
		`{"number":1,"x":1}`: "cannot be compiled",
	} {
		k := shelves
		file := &dataset.RecordFile{File: &dataset.File{Path: "data/x.json"}}
		k.Records = []validate.Entry{{Record: &dataset.Record{File: file, Data: []byte(text), Index: 3}}}
		var arena []schema.Cell
		err := rowsOfRecord(k, nil, 0, &arena).err
		if err == nil || !strings.Contains(err.Error(), "data/x.json (record 3)") || !slices.ContainsFunc(strings.Split(says, "|"), func(s string) bool { return strings.Contains(err.Error(), s) }) {
			t.Errorf("%s: error %v, want one that says %q", text, err, says)
		}
	}
	k := shelves
	k.Plan = nil
	var arena []schema.Cell
	if err := rowsOfRecord(k, nil, 0, &arena).err; err == nil || !strings.Contains(err.Error(), "cannot be compiled") {
		t.Errorf("a panic gives %v", err)
	}
	out := t.TempDir()
	content, _, err := planContent(checked)
	must(t, err)
	if _, err := compileKind(t.Context(), k2(shelves), nil, out, &Manifest{}, content.described, func(int) {}); err == nil {
		t.Error("no error")
	}
	expectNames(t, out) // the writers' files are gone
}

// k2 is a kind with a record that cannot be read after two that can.
func k2(k validate.Kind) validate.Kind {
	file := &dataset.RecordFile{File: &dataset.File{Path: "data/x.json"}}
	k.Records = append(slices.Clone(k.Records[:2]), validate.Entry{Record: &dataset.Record{File: file, Data: []byte("{")}})
	return k
}
