package dataset

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

const (
	minimal    = `{"name":"x","version":"1.0.0-dev","kinds":[{"kind":"a","schema":"schema/a.json","folder":"records/a","table":"as"}]}`
	anySchema  = `{"type":"object"}`
	configText = ConfigName
)

// small is the least dataset: one kind and one record.
func small(more map[string]string) fstest.MapFS {
	files := map[string]string{configText: minimal, "schema/a.json": anySchema, "records/a/1.json": `{}`}
	for name, text := range more {
		files[name] = text
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func load(t testing.TB, fsys fs.FS) (*Snapshot, diag.List) {
	t.Helper()
	snap, list, err := Load(t.Context(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	return snap, list
}

func short(list diag.List) []string {
	out := []string{}
	for _, d := range list {
		out = append(out, string(d.Code)+" "+d.Place.File)
	}
	return out
}

func paths(files []*File) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Path)
	}
	return out
}

func TestSnapshot(t *testing.T) {
	fsys := small(map[string]string{
		configText:          strings.Replace(minimal, `"kinds":[`, `"policy":"more/policy.json","kinds":[{"kind":"b","schema":"schema/sub/b.json","folder":"b","table":"bs","id":"id"},`, 1),
		"schema/sub/b.json": anySchema, "schema/unused.json": anySchema, "schema/README.md": "not read", "unrelated.json": "not read",
		"records/a/z/1.json": "{}", "records/a/B.jsonl": "{}\n{}\n", "records/a/.hidden/1.json": "x", "records/a/.DS_Store": "x", "b/größe.json": "{}",
		"more/policy.json": policyText(t),
	})
	snap, list := load(t, fsys)
	if len(list) > 0 {
		t.Fatalf("findings %v", list)
	}
	want := []string{"b/größe.json", "dataset.json", "more/policy.json", "records/a/1.json", "records/a/B.jsonl", "records/a/z/1.json", "schema/a.json", "schema/sub/b.json", "schema/unused.json"}
	if got := paths(snap.Inputs()); !slices.Equal(got, want) {
		t.Errorf("inputs %q, want %q", got, want)
	}
	h := sha256.New()
	for _, name := range want {
		fmt.Fprintf(h, "%s\x00%x\n", name, sha256.Sum256(fsys[name].Data))
		if f := snap.File(name); f == nil || string(f.Data) != string(fsys[name].Data) || f.SHA256 != sha256.Sum256(fsys[name].Data) {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if got := snap.Digest(); got != hex.EncodeToString(h.Sum(nil)) {
		t.Errorf("digest %s", got)
	}
	if snap.File("nowhere") != nil {
		t.Error("a file that does not exist was found")
	}
	var kinds []string
	for _, r := range snap.Records {
		kinds = append(kinds, fmt.Sprintf("%s %d %v", r.Path, r.Kind, r.Lines))
	}
	if want := []string{"b/größe.json 0 false", "records/a/1.json 1 false", "records/a/B.jsonl 1 true", "records/a/z/1.json 1 false"}; !slices.Equal(kinds, want) {
		t.Errorf("records %q, want %q", kinds, want)
	}
	if got := snap.SchemaFiles(); len(got) != 3 || got[0].Path != "schema/a.json" || string(got[0].Data) != anySchema {
		t.Errorf("schemas %v", got)
	}
}

// policyText is the repository's own policy.
func policyText(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../../policy.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// shuffled lists folders in another order every time, as file systems may.
type shuffled struct {
	fstest.MapFS
	random *rand.Rand
}

func (s shuffled) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := s.MapFS.ReadDir(name)
	s.random.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return entries, err
}

func TestOrderOfFoldersDoesNotMatter(t *testing.T) {
	more := map[string]string{"records/a/bad name\u200b.json": "{}", "records/a/x.txt": "", "records/a/y.txt": ""}
	for i := range 50 {
		more[fmt.Sprintf("records/a/%d/%d.json", i%7, i)] = "{}"
	}
	want := ""
	for seed := range uint64(5) {
		snap, list := load(t, shuffled{small(more), rand.New(rand.NewPCG(seed, 1))})
		got := fmt.Sprint(paths(snap.Inputs()), snap.Digest(), list)
		for _, r := range snap.Records {
			got += " " + r.Path
		}
		if want == "" {
			want = got
		} else if got != want {
			t.Fatalf("seed %d:\n%s\nwant\n%s", seed, got, want)
		}
	}
}

func TestFindingsOfFiles(t *testing.T) {
	link := &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("/etc/passwd")}
	for name, test := range map[string]struct {
		change func(fstest.MapFS)
		want   []string
	}{
		"fine":               {func(fstest.MapFS) {}, []string{}},
		"no dataset.json":    {func(m fstest.MapFS) { delete(m, configText) }, []string{"file-unreadable dataset.json"}},
		"dataset.json links": {func(m fstest.MapFS) { m[configText] = link }, []string{"file-not-regular dataset.json"}},
		"record links":       {func(m fstest.MapFS) { m["records/a/2.json"] = link }, []string{"file-not-regular records/a/2.json"}},
		"record is a pipe":   {func(m fstest.MapFS) { m["records/a/2.json"] = &fstest.MapFile{Mode: fs.ModeNamedPipe} }, []string{"file-not-regular records/a/2.json"}},
		"record is a device": {func(m fstest.MapFS) { m["records/a/2.json"] = &fstest.MapFile{Mode: fs.ModeDevice | fs.ModeCharDevice} }, []string{"file-not-regular records/a/2.json"}},
		"record is a socket": {func(m fstest.MapFS) { m["records/a/2.json"] = &fstest.MapFile{Mode: fs.ModeSocket} }, []string{"file-not-regular records/a/2.json"}},
		"schema links":       {func(m fstest.MapFS) { m["schema/a.json"] = link }, []string{"file-not-regular schema/a.json"}},
		"hidden link":        {func(m fstest.MapFS) { m["records/a/.x"] = link }, []string{}},
		"no folder":          {func(m fstest.MapFS) { delete(m, "records/a/1.json") }, []string{"dataset-folder dataset.json"}},
		"folder is a file":   {func(m fstest.MapFS) { delete(m, "records/a/1.json"); m["records/a"] = &fstest.MapFile{} }, []string{"file-unreadable records/a"}},
		"folder links":       {func(m fstest.MapFS) { delete(m, "records/a/1.json"); m["records/a"] = link }, []string{"file-not-regular records/a"}},
		"folder above links": {func(m fstest.MapFS) { delete(m, "records/a/1.json"); m["records"] = link }, []string{"file-not-regular records"}},
		"no schema": {func(m fstest.MapFS) {
			delete(m, "schema/a.json")
			m["schema/b.json"] = &fstest.MapFile{Data: []byte("{}")}
		}, []string{"dataset-kind dataset.json"}},
		"no schema folder":  {func(m fstest.MapFS) { delete(m, "schema/a.json") }, []string{"file-unreadable schema"}},
		"not a record":      {func(m fstest.MapFS) { m["records/a/notes.txt"] = &fstest.MapFile{} }, []string{"file-unknown records/a/notes.txt"}},
		"upper case ending": {func(m fstest.MapFS) { m["records/a/2.JSON"] = &fstest.MapFile{} }, []string{"file-unknown records/a/2.JSON"}},
		"control character": {func(m fstest.MapFS) { m["records/a/2\n.json"] = &fstest.MapFile{} }, []string{"file-name records/a/2\n.json"}},
		"direction changes": {func(m fstest.MapFS) { m["records/a/\u202e2.json"] = &fstest.MapFile{} }, []string{"file-name records/a/\u202e2.json"}},
		"line separator":    {func(m fstest.MapFS) { m["records/a/\u20282.json"] = &fstest.MapFile{} }, []string{"file-name records/a/\u20282.json"}},
		"backslash":         {func(m fstest.MapFS) { m[`records/a/x\2.json`] = &fstest.MapFile{} }, []string{`file-name records/a/x\2.json`}},
		"deep":              {func(m fstest.MapFS) { m["records/a/"+strings.Repeat("d/", 70)+"2.json"] = &fstest.MapFile{} }, []string{"file-name records/a" + strings.Repeat("/d", 65)}},
		"record too large": {func(m fstest.MapFS) {
			m["records/a/2.json"] = &fstest.MapFile{Data: make([]byte, strictjson.MaxBytes+1)}
		}, []string{"file-size records/a/2.json"}},
		"lines may be larger": {func(m fstest.MapFS) {
			m["records/a/2.jsonl"] = &fstest.MapFile{Data: make([]byte, strictjson.MaxBytes+1)}
		}, []string{}},
		"schema too large": {func(m fstest.MapFS) { m["schema/a.json"].Data = make([]byte, maxConfig+1) }, []string{"file-size schema/a.json"}},
		"policy without file": {func(m fstest.MapFS) {
			m[configText].Data = []byte(strings.Replace(minimal, `"kinds"`, `"policy":"p.json","kinds"`, 1))
		}, []string{"file-unreadable p.json"}},
		"a folder with ending": {func(m fstest.MapFS) { m["records/a/x.json/1.json"] = &fstest.MapFile{Data: []byte("{}")} }, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := small(nil)
			test.change(fsys)
			_, list := load(t, fsys)
			if got := short(list); !slices.Equal(got, test.want) {
				t.Errorf("findings %q, want %q", got, test.want)
			}
			for _, d := range list {
				if d.Message == "" || d.Help == "" {
					t.Errorf("finding without message or help: %+v", d)
				}
			}
		})
	}
}

// On a real disk: links that lead out of the dataset, and pipes that would block
// whoever opens them.
func TestOpenNeverLeavesItsFolder(t *testing.T) {
	base := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(base, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	write("outside/secret.json", `{"secret":1}`)
	write("set/dataset.json", minimal)
	write("set/schema/a.json", anySchema)
	write("set/records/a/1.json", "{}")
	root := filepath.Join(base, "set")
	for link, target := range map[string]string{"records/a/2.json": "../../../outside/secret.json", "records/a/more": filepath.Join(base, "outside"), "schema/b.json": "/dev/zero", "schema/loop": "."} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	snap, list, err := Open(t.Context(), root)
	want := []string{"file-not-regular records/a/2.json", "file-not-regular records/a/more", "file-not-regular schema/b.json", "file-not-regular schema/loop"}
	if err != nil || !slices.Equal(short(list), want) {
		t.Errorf("%v, findings %q, want %q", err, short(list), want)
	}
	if snap != nil && slices.ContainsFunc(snap.Inputs(), func(f *File) bool { return strings.Contains(string(f.Data), "secret") }) {
		t.Error("a file outside was read")
	}
	if _, _, err := Open(t.Context(), filepath.Join(base, "nowhere")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

func TestFindRoot(t *testing.T) {
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	deep := filepath.Join(base, "set", "records", "a")
	fake := filepath.Join(deep, "b", ConfigName)
	if err := errors.Join(os.MkdirAll(fake, 0o755), os.WriteFile(filepath.Join(base, "set", ConfigName), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{deep, filepath.Join(base, "set"), fake} { // a folder of that name marks no root
		if got, err := FindRoot(from); err != nil || got != filepath.Join(base, "set") {
			t.Errorf("from %s: %q, %v", from, got, err)
		}
	}
	if got, err := FindRoot(base); !errors.Is(err, ErrNoDataset) {
		t.Errorf("above: %q, %v", got, err)
	}
}

func TestLoadingStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Load(ctx, small(nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
