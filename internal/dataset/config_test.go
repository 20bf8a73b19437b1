package dataset

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestConfig(t *testing.T) {
	fsys := small(map[string]string{configText: `{
  "name": "x", "title": "T", "description": "D", "version": "0.1.0", "released_on": "2026-11-23",
  "licence": {"name": "CC0-1.0", "title": "L", "url": "https://example.org/l"}, "url": "https://example.org/", "creators": [{"name": "A", "url": null}, {"name": "B", "url": "https://example.org/b"}],
  "contact": "c@example.org", "keywords": ["k", "l"], "language": "en", "citation": "C", "builder_id": "https://example.org/builder", "policy": null, "model": null, "schema_folder": "schema",
  "kinds": [{"kind": "a", "schema": "schema/a.json", "folder": "records/a", "table": "as", "id": "key"}]
}`})
	snap, list := load(t, fsys)
	if len(list) > 0 {
		t.Fatalf("findings %v", list)
	}
	want := &Config{Name: "x", Title: "T", Description: "D", Version: "0.1.0", ReleasedOn: "2026-11-23",
		Licence: Licence{"CC0-1.0", "L", "https://example.org/l"}, URL: "https://example.org/", Creators: []Creator{{"A", ""}, {"B", "https://example.org/b"}},
		Contact: "c@example.org", Keywords: []string{"k", "l"}, Language: "en", Citation: "C", BuilderID: "https://example.org/builder", SchemaFolder: "schema",
		Kinds: []Kind{{"a", "schema/a.json", "records/a", "as", "key"}}}
	if !reflect.DeepEqual(snap.Config, want) {
		t.Errorf("config\n%+v, want\n%+v", snap.Config, want)
	}
	if snap.Config.IsDev() || !slices.Equal(snap.Config.KindNames(), []string{"a"}) {
		t.Errorf("IsDev %v, kinds %q", snap.Config.IsDev(), snap.Config.KindNames())
	}
	snap, _ = load(t, small(nil))
	if !snap.Config.IsDev() || snap.Config.SchemaFolder != "schema" {
		t.Errorf("the least config: %+v", snap.Config)
	}
}

func TestConfigFindings(t *testing.T) {
	kind := func(members string) string {
		return strings.Replace(minimal, `"table":"as"}`, `"table":"as"},{`+members+`}`, 1)
	}
	stemma := func(members string) string {
		return strings.Replace(minimal, `"kinds"`, `"model":"stemma",`+members+`"kinds"`, 1)
	}
	for name, test := range map[string]struct {
		text string
		want string // code and what is marked
	}{
		"dev with a date":         {strings.Replace(minimal, `"kinds"`, `"released_on":"2026-01-01","kinds"`, 1), `dataset-version "2026-01-01"`},
		"release without a date":  {strings.Replace(minimal, `1.0.0-dev`, `1.0.0`, 1), `dataset-version "1.0.0"`},
		"policy leads out":        {strings.Replace(minimal, `"kinds"`, `"policy":"../p.json","kinds"`, 1), `dataset-folder "../p.json"`},
		"absolute folder":         {strings.Replace(minimal, `records/a`, `/records/a`, 1), `dataset-folder "/records/a"`},
		"folder is the root":      {strings.Replace(minimal, `records/a`, `.`, 1), `dataset-folder "."`},
		"folder is not clean":     {strings.Replace(minimal, `records/a`, `records//a`, 1), `dataset-folder "records//a"`},
		"folder with a backslash": {strings.Replace(minimal, `records/a`, `records\\a`, 1), `dataset-folder "records\\a"`},
		"schema elsewhere":        {strings.Replace(minimal, `schema/a.json`, `other/a.json`, 1), `dataset-kind "other/a.json"`},
		"schema leads out":        {strings.Replace(minimal, `schema/a.json`, `schema/../../a.json`, 1), `dataset-folder "schema/../../a.json"`},
		"kind twice":              {kind(`"kind":"a","schema":"schema/a.json","folder":"b","table":"bs"`), `dataset-kind "a"`},
		"table twice":             {kind(`"kind":"b","schema":"schema/a.json","folder":"b","table":"as"`), `dataset-kind "as"`},
		"folder twice":            {kind(`"kind":"b","schema":"schema/a.json","folder":"records/a","table":"bs"`), `dataset-kind "records/a"`},
		"folder in a folder":      {kind(`"kind":"b","schema":"schema/a.json","folder":"records/a/b","table":"bs"`), `dataset-kind "records/a/b"`},
		"folder around a folder":  {kind(`"kind":"b","schema":"schema/a.json","folder":"records","table":"bs"`), `dataset-kind "records"`},
		"model without policy":    {stemma(``), `property-missing "stemma"`},
		"model with null policy":  {stemma(`"policy":null,`), `property-missing "stemma"`},
		"table that is computed":  {strings.Replace(stemma(`"policy":"p.json",`), `"as"`, `"Sensitivity"`, 1), `dataset-kind "Sensitivity"`},
		"kind of computed tables": {strings.Replace(stemma(`"policy":"p.json",`), `"kind":"a"`, `"kind":"disagreement"`, 1), `dataset-kind "disagreement"`},
		"syntax":                  {`{"name":}`, `json-syntax }`},
		"name twice":              {`{"name":"x","name":"y"}`, `json-duplicate-key "name"`},
		"no name":                 {strings.Replace(minimal, `"name":"x",`, ``, 1), `property-missing `},
	} {
		t.Run(name, func(t *testing.T) {
			snap, list := load(t, small(map[string]string{configText: test.text}))
			if snap != nil && !strings.HasPrefix(test.want, "warning") || len(list) == 0 {
				t.Fatalf("snapshot %v, findings %v", snap, list)
			}
			var got []string
			for _, d := range list {
				span := d.Place.Span
				got = append(got, string(d.Code)+" "+test.text[span.Start.Column-1:max(span.Start.Column, span.End.Column)-1])
			}
			if strings.HasSuffix(test.want, " ") { // wherever it is marked
				got[0] = got[0][:len(test.want)]
			}
			if !slices.Contains(got, test.want) {
				t.Errorf("findings %q, want %q", got, test.want)
			}
		})
	}
}

func TestRecordsOfAFile(t *testing.T) {
	for text, want := range map[string]string{
		"":                 "[]",
		"{}":               "[0:0:{}]",
		"{}\n":             "[0:0:{}]",
		"{}\n[]":           "[0:0:{} 1:3:[]]",
		"{}\n[]\n":         "[0:0:{} 1:3:[]]",
		"{}\n\n":           "[0:0:{} 1:3:]", // a blank line that is not the last is reported as empty
		"\n":               "[0:0:]",
		"{}\n\n1\n":        "[0:0:{} 1:3: 2:4:1]",
		"{}\r\n1":          "[0:0:{}\r 1:4:1]",
		"{\"a\":\"ö\"}\n1": "[0:0:{\"a\":\"ö\"} 1:11:1]",
	} {
		f := &RecordFile{File: newFile("x.jsonl", []byte(text)), Lines: true}
		got := []string{}
		for _, r := range f.Records() {
			got = append(got, fmt.Sprintf("%d:%d:%s", r.Index, r.Base, r.Data))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
	f := &RecordFile{File: newFile("x.json", []byte("{\n}\n"))}
	if got := f.Records(); len(got) != 1 || string(got[0].Data) != "{\n}\n" || got[0].Base != 0 {
		t.Errorf("a file with one record: %v", got)
	}
	lines := &RecordFile{File: newFile("x.jsonl", []byte("{}\n{\"ö\":1}\n")), Lines: true}
	place := lines.Records()[1].Place(6, 7)
	if place.File != "x.jsonl" || place.Span.Start.Line != 2 || place.Span.Start.Column != 6 || place.Span.End.Column != 7 {
		t.Errorf("place %+v", place)
	}
}

// Whatever a file holds, its records are its lines.
func FuzzRecords(f *testing.F) {
	for _, seed := range []string{"", "\n", "{}\n\n{}", "a\r\nb", "\n\n\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := &RecordFile{File: newFile("x.jsonl", data), Lines: true}
		next := 0
		for i, r := range file.Records() {
			if r.Index != int64(i) || r.Base != next || string(data[r.Base:r.Base+len(r.Data)]) != string(r.Data) || strings.Contains(string(r.Data), "\n") {
				t.Fatalf("record %d is %q at %d, want it at %d", i, r.Data, r.Base, next)
			}
			next = r.Base + len(r.Data) + 1
		}
		if next != len(data) && next != len(data)+1 {
			t.Fatalf("the records end at %d of %d bytes", next, len(data))
		}
	})
}

// A dataset.json of unknown origin gives findings or a config whose paths stay
// below the root; it never ends in a panic.
func FuzzConfig(f *testing.F) {
	f.Add([]byte(minimal))
	f.Add([]byte(strings.Replace(minimal, "records/a", "../a", 1)))
	f.Add([]byte(`{"kinds":[{}]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		snap, list, err := Load(t.Context(), fstest.MapFS{configText: &fstest.MapFile{Data: data}})
		if err != nil {
			t.Fatal(err)
		}
		if snap == nil {
			if !list.HasErrors() {
				t.Fatal("neither a snapshot nor a finding")
			}
			return
		}
		for _, k := range snap.Config.Kinds {
			if !localPath(k.Folder) || !localPath(k.Schema) {
				t.Fatalf("the kind %+v leads out", k)
			}
		}
	})
}

// Names that mean something for the model stemma are nobody's otherwise.
func TestNamesOfComputedTablesWithoutTheModel(t *testing.T) {
	text := strings.NewReplacer(`"as"`, `"disagreement"`, `"kind":"a"`, `"kind":"disagreement"`).Replace(minimal)
	if snap, list := load(t, small(map[string]string{configText: text})); len(list) > 0 || snap == nil {
		t.Errorf("findings %v", list)
	}
}
