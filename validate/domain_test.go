package validate

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/golden"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// domainCase is the small dataset of testdata/domain/base with a few edits. A
// clean case has no findings at all, another one has the finding it is for.
type domainCase struct {
	name  string
	clean bool
	edits []edit
	texts fs.FS // the texts of sources, where they are given
}

// edit replaces text that a file has exactly once; without old text it makes
// the file, or replaces all of it. Records are named without folder and ending.
type edit struct{ file, old, new string }

// domainCases are the cases of each code. Those of one code share a golden file,
// which shows a contributor's view of the rule.
func domainCases() map[diag.Code][]domainCase {
	all := map[diag.Code][]domainCase{}
	for _, table := range []map[diag.Code][]domainCase{policyCases, recordCases, quoteCases, hedgeCases, valueCases, measureCases, derivedCases, reportCases, togetherCases} {
		for code, cases := range table {
			all[code] = append(all[code], cases...)
		}
	}
	return all
}

func TestDomainRules(t *testing.T) {
	for code, cases := range domainCases() {
		t.Run(string(code), func(t *testing.T) {
			var out strings.Builder
			clean, faulty := 0, 0
			for _, tc := range cases {
				list := checkDomain(t, edited(t, tc.edits), tc.texts)
				if tc.clean {
					clean++
					if len(list) > 0 {
						t.Errorf("%s: must be clean, but:\n%s", tc.name, render(list))
					}
					fmt.Fprintf(&out, "# %s\nclean\n\n", tc.name)
					continue
				}
				faulty++
				if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == code }) {
					t.Errorf("%s: no finding of %s", tc.name, code)
				}
				fmt.Fprintf(&out, "# %s\n%s\n", tc.name, render(list))
			}
			if clean == 0 || faulty == 0 {
				t.Errorf("%d clean cases, %d faulty ones: there must be one of each", clean, faulty)
			}
			golden.Check(t, "testdata/domain/"+string(code)+".txt", out.String())
		})
	}
}

// TestDomainCodes: every code of the six kinds has cases.
func TestDomainCodes(t *testing.T) {
	all := domainCases()
	begun := false
	for _, rule := range diag.Catalogue() {
		begun = begun || rule.Code == diag.QuoteVerbatim
		if begun && all[rule.Code] == nil {
			t.Errorf("no cases of %s", rule.Code)
		}
		if rule.Code == diag.RecordLookalike {
			return
		}
	}
	t.Fatal("the catalogue has changed: these rules cannot be found in it")
}

func TestDomainBaseIsClean(t *testing.T) {
	if list := checkDomain(t, edited(t, nil), nil); len(list) > 0 {
		t.Error(render(list))
	}
}

// edited gives the base with edits.
func edited(t testing.TB, edits []edit) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	take := func(root string, patterns ...string) {
		for _, pattern := range patterns {
			names, err := fs.Glob(os.DirFS(root), pattern)
			if err != nil || len(names) == 0 {
				t.Fatalf("%s in %s: %v, %v", pattern, root, names, err)
			}
			for _, name := range names {
				data, err := os.ReadFile(path.Join(root, name))
				if err != nil {
					t.Fatal(err)
				}
				fsys[name] = &fstest.MapFile{Data: data}
			}
		}
	}
	take("..", "policy.json", "schema/*.json")
	take("testdata/domain/base", "dataset.json", "records/*/*.json")
	for _, e := range edits {
		name := e.path()
		if e.old == "" {
			fsys[name] = &fstest.MapFile{Data: []byte(e.new)}
			continue
		}
		f := fsys[name]
		if f == nil {
			t.Fatalf("no file %s", name)
		}
		if n := strings.Count(string(f.Data), e.old); n != 1 {
			t.Fatalf("%s has %d times %q", name, n, e.old)
		}
		f.Data = []byte(strings.Replace(string(f.Data), e.old, e.new, 1))
	}
	return fsys
}

var folders = map[string]string{
	"src-": "sources", "act-": "actors", "plc-": "places", "msr-": "measures", "evt-": "events", "clm-": "claims",
}

func (e edit) path() string {
	folder, ok := folders[e.file[:min(4, len(e.file))]]
	if !ok {
		return e.file
	}
	if path.Ext(e.file) == "" {
		return "records/" + folder + "/" + e.file + ".json"
	}
	return "records/" + folder + "/" + e.file
}

// checkDomain runs the schemas and the rules over a dataset: in the order of
// files, and once more in the reverse order and concurrently, which must not
// matter.
func checkDomain(t testing.TB, fsys fs.FS, texts fs.FS) diag.List {
	t.Helper()
	snap, list, err := dataset.Load(context.Background(), fsys)
	if err != nil || len(list) > 0 {
		t.Fatal(err, render(list))
	}
	catalog := compiled(t, snap)
	var records []record
	for _, f := range snap.Records {
		kind := snap.Config.Kinds[f.Kind]
		s := catalog.Schema(kind.Schema)
		for _, r := range f.Records() {
			root, problems := strictjson.Parse(r.Data)
			if len(problems) == 0 {
				problems = s.Check(root)
			}
			for _, p := range problems {
				t.Fatalf("the case breaks the schema: %s", render(diag.List{r.Diagnose(root, p)}))
			}
			records = append(records, record{&r, kind.Name, root.Get("id").Str(), root})
		}
	}
	var given *Texts
	if texts != nil {
		if given, err = readTexts(texts); err != nil {
			t.Fatal(err)
		}
	}
	forwards := runRules(snap, given, records, func(check func()) { check() })
	slices.Reverse(records)
	var wg sync.WaitGroup
	concurrently := func(check func()) { wg.Go(check) }
	if diff := cmp.Diff(render(forwards), render(runRules(snap, given, records, concurrently, wg.Wait))); diff != "" {
		t.Errorf("the findings depend on the order of records:\n%s", diff)
	}
	return forwards
}

// compiled compiles the schemas of a case, most of which have the same ones.
func compiled(t testing.TB, snap *dataset.Snapshot) *schema.Catalog {
	t.Helper()
	key := sha256.New()
	for _, f := range snap.Schemas {
		key.Write(f.SHA256[:])
	}
	sum := string(key.Sum(nil))
	if c, ok := catalogs.Load(sum); ok {
		return c.(*schema.Catalog)
	}
	catalog, list := schema.Load(snap.SchemaFiles(), snap.Config.KindNames())
	if len(list) > 0 {
		t.Fatal(render(list))
	}
	catalogs.Store(sum, catalog)
	return catalog
}

var catalogs sync.Map // by the digest of the schemas

// runRules checks records in two waves, as the engine does. Start begins a
// check, wait ends a wave.
func runRules(snap *dataset.Snapshot, texts *Texts, records []record, start func(func()), wait ...func()) diag.List {
	policy, list := readPolicy(snap)
	rules := newStemmaRules(snap, policy, texts)
	var mu sync.Mutex
	for _, first := range []bool{true, false} {
		for _, r := range records {
			if rules.first(r.kind) != first {
				continue
			}
			start(func() {
				found := rules.record(r)
				mu.Lock()
				defer mu.Unlock()
				list = append(list, found...)
			})
		}
		for _, w := range wait {
			w()
		}
	}
	return append(list, rules.finish()...).Sorted()
}

func render(list diag.List) string {
	var b strings.Builder
	at := func(p diag.Place) string {
		return fmt.Sprintf("%s:%d:%d", strings.TrimPrefix(p.File, "records/"), p.Span.Start.Line, p.Span.Start.Column)
	}
	for _, d := range list {
		fmt.Fprintf(&b, "%s: %s[%s]: %s\n    | %s\n    | %s\n", at(d.Place), d.Severity, d.Code, d.Message, d.Help, d.Pointer)
		for _, r := range d.Related {
			fmt.Fprintf(&b, "    | %s: %s\n", at(r.Place), r.Message)
		}
	}
	return b.String()
}

// newRecord makes the text of a new record with the parts that all kinds need.
func newRecord(id, rest string) string {
	return fmt.Sprintf(`{"id": %q, %s, "coding": {"by": "x", "on": "2026-11-23"}}`, id, rest) + "\n"
}

// newRecords makes one edit for each record, in the order of ids.
func newRecords(byID map[string]string) []edit {
	var out []edit
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		out = append(out, edit{id, "", newRecord(id, byID[id])})
	}
	return out
}
