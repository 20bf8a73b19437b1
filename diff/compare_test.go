package diff_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"stemma/build"
	"stemma/diff"
	"stemma/internal/dataset"
)

const museumConfig = `{"name": "museum", "version": "0.1.0", "released_on": "2026-01-01", "schema_folder": "schema", "kinds": [
  {"kind": "object", "schema": "schema/object.schema.json", "folder": "objects", "table": "objects", "id": "id"},
  {"kind": "note", "schema": "schema/note.schema.json", "folder": "notes", "table": "notes"}]}`

const museumSchema = `{"type": "object", "required": ["id"], "properties": {
  "id": {"type": "string"}, "name": {"type": ["string", "null"]}, "size": {"type": "number", "minimum": 0, "maximum": 9},
  "state": {"enum": ["good", "bad"]}, "tags": {"type": "array", "items": {"type": "string"}},
  "withdrawn": {"type": "string"}, "merged_into": {"type": "string"}}}`

const noteSchema = `{"type": "object", "properties": {"text": {"type": "string"}}}`

type files map[string]string

// museum is a small dataset; changes replace files, and an empty text removes one.
func museum(changes files) files {
	out := files{"dataset.json": museumConfig, "schema/object.schema.json": museumSchema, "schema/note.schema.json": noteSchema,
		"objects/a.json": `{"id": "a", "name": "jug", "size": 1.5, "tags": ["x", "y"]}`,
		"objects/b.json": "{\"id\": \"b\",\n \"name\": \"cup\"}",
		"notes/n.jsonl":  "{\"text\": \"one\"}\n{\"text\": \"two\"}\n",
	}
	for name, text := range changes {
		if out[name] = text; text == "" {
			delete(out, name)
		}
	}
	return out
}

func side(t testing.TB, name string, f files) diff.Side {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range f {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	snap, list, err := dataset.Load(t.Context(), fsys)
	if err != nil || snap == nil {
		t.Fatal(err, list)
	}
	tables, err := build.PlannedTables(snap)
	if err != nil {
		t.Fatal(err)
	}
	s := diff.Side{Name: name, Snapshot: snap}
	for _, table := range tables {
		one := diff.Table{Name: table.Name}
		for _, c := range table.Columns {
			one.Columns = append(one.Columns, diff.Column{Name: c.Name, Type: c.Type})
		}
		s.Tables = append(s.Tables, one)
	}
	return s
}

func compare(t testing.TB, old, now diff.Side) *diff.Diff {
	t.Helper()
	d, err := diff.Compare(t.Context(), old, now)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// told writes what differs in one line each.
func told(d *diff.Diff) (out []string) {
	fields := func(prefix string, list []diff.Field) {
		for _, f := range list {
			s := fmt.Sprintf("%s %s %s %s>%s @%d", prefix, f.Change, f.Pointer, f.Old, f.New, f.Line)
			if f.Effect != "" {
				s += " " + f.Effect
			}
			out = append(out, s)
		}
	}
	for _, r := range d.Records {
		out = append(out, strings.TrimRight(fmt.Sprintf("%s %s%s %s:%d %s%s%s", r.Change, r.Kind, r.ID, r.File, r.Line, r.OldFile, r.Into, r.Reason), " "))
		fields(" ", r.Fields)
	}
	for _, c := range d.Tables {
		out = append(out, strings.TrimRight(fmt.Sprintf("%s %s.%s %s>%s", c.Change, c.Table, c.Column, c.OldType, c.NewType), ">. "))
	}
	for _, s := range d.Schemas {
		fields(s.Change, s.Fields)
		if len(s.Fields) == 0 {
			out = append(out, s.Change+" "+s.File+" "+s.Effect)
		}
	}
	if d.Dataset != nil {
		fields("dataset", d.Dataset.Fields)
	}
	for _, f := range d.Layout {
		out = append(out, "layout "+f)
	}
	return append(out, d.Version.Change.String())
}

func TestCompare(t *testing.T) {
	object := "schema/object.schema.json"
	schema := func(old, now string) files {
		changed := strings.Replace(museumSchema, old, now, 1)
		if changed == museumSchema {
			t.Fatalf("no %q in the schema", old)
		}
		return files{object: changed}
	}
	for name, c := range map[string]struct {
		change files
		want   []string
	}{
		"nothing":   {files{}, []string{"none"}},
		"added":     {files{"objects/c.json": `{"id": "c"}`}, []string{"added objectc objects/c.json:1", "minor"}},
		"vanished":  {files{"objects/b.json": ""}, []string{"vanished objectb objects/b.json:1", "major"}},
		"withdrawn": {files{"objects/b.json": `{"id": "b", "name": "cup", "withdrawn": "lost"}`}, []string{"withdrawn objectb objects/b.json:1 lost", `  added /withdrawn >"lost" @1`, "minor"}},
		"merged":    {files{"objects/b.json": `{"id": "b", "name": "cup", "merged_into": "a"}`}, []string{"merged objectb objects/b.json:1 a", `  added /merged_into >"a" @1`, "minor"}},
		"changed": {files{"objects/b.json": "{\"id\": \"b\",\n\n \"name\": \"mug\"}"},
			[]string{"changed objectb objects/b.json:1", `  changed /name "cup">"mug" @3`, "patch"}},
		"null is not absent": {files{"objects/b.json": `{"id": "b", "name": "cup", "size": null}`},
			[]string{"changed objectb objects/b.json:1", `  added /size >null @1`, "patch"}},
		"digits": {files{"objects/a.json": `{"id": "a", "name": "jug", "size": 1.50, "tags": ["x", "y"]}`},
			[]string{"changed objecta objects/a.json:1", `  changed /size 1.5>1.50 @1`, "patch"}},
		"lists": {files{"objects/a.json": `{"id": "a", "name": "jug", "size": 1.5, "tags": ["w", "x", "z"]}`},
			[]string{"changed objecta objects/a.json:1", `  added /tags/0 >"w" @1`, `  changed /tags/2 "y">"z" @1`, "minor"}},
		"moved":  {files{"objects/b.json": "", "objects/deep/b.json": `{"id": "b", "name": "cup"}`}, []string{"moved objectb objects/deep/b.json:1 objects/b.json", "patch"}},
		"layout": {files{"objects/b.json": `{"name": "cup", "id": "b"}`}, []string{"layout objects/b.json", "patch"}},
		"without ids": {files{"notes/n.jsonl": "{\"text\": \"zero\"}\n{\"text\": \"one\"}\n{\"text\": \"2\"}\n"},
			[]string{"changed note notes/n.jsonl:1", `  changed /text "two">"zero" @1`, "added note notes/n.jsonl:3", "minor"}},
		"unreadable":    {files{"objects/b.json": `{"id": "b"`}, []string{"unreadable objectb objects/b.json:1", "patch"}},
		"tightened":     {schema(`"maximum": 9`, `"maximum": 8`), []string{"changed changed /properties/size/maximum 9>8 @2 tightened", "major"}},
		"loosened":      {schema(`"maximum": 9`, `"maximum": 10`), []string{"changed changed /properties/size/maximum 9>10 @2 loosened", "minor"}},
		"enum narrowed": {schema(`["good", "bad"]`, `["bad"]`), []string{`changed removed /properties/state/enum/0 "good"> @3 tightened`, "major"}},
		"enum reordered": {schema(`["good", "bad"]`, `["bad", "good"]`), []string{
			`changed added /properties/state/enum/0 >"bad" @3 wording`, `changed removed /properties/state/enum/1 "bad"> @3 wording`, "patch"}},
		"required": {schema(`"required": ["id"]`, `"required": ["id", "name"]`), []string{`changed added /required/1 >"name" @1 tightened`, "major"}},
		"null taken away": {schema(`["string", "null"]`, `["string"]`), []string{
			`changed removed /properties/name/type/1 "null"> @2 tightened`, "major"}},
		"retyped": {schema(`"size": {"type": "number"`, `"size": {"type": "integer"`), []string{"retyped objects.size float64>int64", "removed objects.size_exact utf8",
			`changed changed /properties/size/type "number">"integer" @2 tightened`, "major"}},
		"column added": {schema(`"id": {"type": "string"}`, `"id": {"type": "string"}, "type": {"type": "string"}`), []string{"added objects.type >utf8",
			`changed added /properties/type >{"type":"string"} @2 shape`, "major"}},
		"columns reordered": {schema(`"withdrawn": {"type": "string"}, "merged_into": {"type": "string"}`, `"merged_into": {"type": "string"}, "withdrawn": {"type": "string"}`),
			[]string{"reordered objects", "layout " + object, "major"}},
		"described": {schema(`{"enum"`, `{"description": "?", "enum"`), []string{`changed added /properties/state/description >"?" @3 wording`, "patch"}},
		"version": {files{"dataset.json": strings.Replace(museumConfig, "0.1.0", "0.1.1", 1)}, []string{
			`dataset changed /version "0.1.0">"0.1.1" @1`, "none"}},
		"renamed": {files{"dataset.json": strings.Replace(museumConfig, "museum", "gallery", 1)}, []string{
			`dataset changed /name "museum">"gallery" @1`, "major"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := compare(t, side(t, "a", museum(nil)), side(t, "b", museum(c.change)))
			if x := cmp.Diff(c.want, told(d)); x != "" {
				t.Errorf("-want +got:\n%s", x)
			}
			if d.Empty() != (name == "nothing") {
				t.Errorf("empty: %v", d.Empty())
			}
		})
	}
}

func TestReinstated(t *testing.T) {
	old := museum(files{"objects/b.json": `{"id": "b", "name": "cup", "withdrawn": "lost"}`})
	want := []string{"reinstated objectb objects/b.json:1", `  removed /withdrawn "lost"> @1`, "minor"}
	if x := cmp.Diff(want, told(compare(t, side(t, "a", old), side(t, "b", museum(nil))))); x != "" {
		t.Errorf("-want +got:\n%s", x)
	}
}

// An id that another kind takes over is a record that vanished.
func TestIDOfAnotherKind(t *testing.T) {
	config := strings.Replace(museumConfig, `"table": "notes"`, `"table": "notes", "id": "text"`, 1)
	old := museum(files{"dataset.json": config})
	d := compare(t, side(t, "a", old), side(t, "b", museum(files{"dataset.json": config, "objects/b.json": "", "notes/b.json": `{"text": "b"}`})))
	i := slices.IndexFunc(d.Records, func(r diff.Record) bool { return r.Change == diff.Vanished })
	if i < 0 || d.Records[i].Now != "note" {
		t.Errorf("%+v", d.Records)
	}
}

func TestSteps(t *testing.T) {
	for _, c := range []struct {
		change         diff.Step
		version        string
		step           diff.Step
		least          string
		enough, lesser string
	}{
		{diff.None, "0.1.0", diff.None, "0.1.0", "0.1.0", "0.0.9"},
		{diff.Patch, "0.1.0", diff.Patch, "0.1.1", "0.1.1-dev", "0.1.0"},
		{diff.Minor, "0.1.9", diff.Patch, "0.1.10", "0.2.0", "0.1.9"},
		{diff.Major, "0.1.9", diff.Minor, "0.2.0", "0.2.0", "0.1.10"},
		{diff.Patch, "1.2.3", diff.Patch, "1.2.4", "2.0.0", "1.2.3"},
		{diff.Minor, "1.2.3", diff.Minor, "1.3.0", "1.3.0", "1.2.4"},
		{diff.Major, "1.2.3+x", diff.Major, "2.0.0", "2.0.0", "1.3.0"},
		{diff.Major, "0.3.0-dev", diff.Minor, "0.3.0", "0.3.0", "0.2.9"},
	} {
		step := c.change.Below(c.version)
		least := step.After(c.version)
		if step != c.step || least != c.least || !diff.Enough(c.enough, least) || diff.Enough(c.lesser, least) {
			t.Errorf("%s after %s: %s, %s", c.change, c.version, step, least)
		}
	}
	if got := diff.Patch.After("x"); got != "" {
		t.Errorf("after no version comes %q", got)
	}
}
