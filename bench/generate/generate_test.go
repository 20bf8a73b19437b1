package generate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/numerals"
	"stemma/internal/strictjson"
	"stemma/schema"
	"stemma/validate"
)

func write(t *testing.T, o Options) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dataset")
	o.Repository = "../.."
	counts, err := Write(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	if counts.Claims != o.Claims || counts.Records <= counts.Claims {
		t.Errorf("counts %+v for %d claims", counts, o.Claims)
	}
	return dir
}

// digest covers the paths and bytes of a folder, in order.
func digest(t *testing.T, dir string) string {
	t.Helper()
	h := sha256.New()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		h.Write([]byte(name + "\x00"))
		h.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestSameSeedSameBytes(t *testing.T) {
	for _, layout := range []Layout{Lines, Files} {
		first := digest(t, write(t, Options{Claims: 1000, Seed: 7, Layout: layout}))
		again := digest(t, write(t, Options{Claims: 1000, Seed: 7, Layout: layout}))
		other := digest(t, write(t, Options{Claims: 1000, Seed: 8, Layout: layout}))
		if first != again {
			t.Errorf("%s: the same seed gave other bytes", layout)
		}
		if first == other {
			t.Errorf("%s: another seed gave the same bytes", layout)
		}
	}
}

// TestBytesOfVersion notices when figures of different days would be measured
// on different records.
func TestBytesOfVersion(t *testing.T) {
	const want = "f8497c30212c7d3c3f88e14882047d248e1b6e5b801aaeaa83d25bf9c3b7a206"
	if got := digest(t, filepath.Join(write(t, Options{Claims: 2000, Seed: 1, Layout: Lines}), "records")); got != want {
		t.Errorf("the records of seed 1 have the digest %s, not %s: say so in docs/benchmarks.md, whose figures cannot be compared with new ones", got, want)
	}
}

func TestLayoutsHoldTheSameRecords(t *testing.T) {
	lines := write(t, Options{Claims: 1000, Seed: 3, Layout: Lines})
	files := write(t, Options{Claims: 1000, Seed: 3, Layout: Files})
	n := 0
	for _, k := range kinds {
		data, err := os.ReadFile(filepath.Join(lines, "records", k[1], k[1]+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var id struct{ ID string }
			if err := json.Unmarshal(line, &id); err != nil {
				t.Fatal(err)
			}
			single, err := os.ReadFile(filepath.Join(files, "records", k[1], id.ID+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var compact bytes.Buffer
			if err := json.Compact(&compact, single); err != nil || strings.TrimSpace(compact.String()) != strings.TrimSpace(string(line)) {
				t.Fatalf("%s differs:\n%s\n%s", id.ID, compact.String(), line)
			}
			n++
		}
		entries, err := os.ReadDir(filepath.Join(files, "records", k[1]))
		if err != nil {
			t.Fatal(err)
		}
		n -= len(entries)
	}
	if n != 0 {
		t.Errorf("%d more lines than files", n)
	}
}

// TestNoFindings runs every rule that stemma has.
func TestNoFindings(t *testing.T) {
	for _, o := range []Options{{Claims: 1000, Seed: 1, Layout: Files}, {Claims: 1090, Seed: 2, Layout: Lines}, {Claims: 5000, Seed: 3, Layout: Lines}, {Claims: 1000, Seed: 4, Layout: Lines}} {
		snapshot, list, err := dataset.Open(context.Background(), write(t, o))
		if err != nil {
			t.Fatal(err)
		}
		result, err := validate.Run(context.Background(), snapshot, list, validate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range result.Diagnostics {
			t.Errorf("%s %s: %s", d.Code, d.Place.File, d.Message)
			if i == 20 {
				t.Fatalf("and more: %d findings", len(result.Diagnostics))
			}
		}
	}
}

// TestRecordsFit checks, without the rules across records, that schemas accept
// the records and that their rows lose nothing, and what the claims are like.
func TestRecordsFit(t *testing.T) {
	snapshot, list, err := dataset.Open(context.Background(), write(t, Options{Claims: 3000, Seed: 5, Layout: Lines}))
	if err != nil || len(list) > 0 {
		t.Fatal(err, list)
	}
	catalog, list := schema.Load(snapshot.SchemaFiles(), snapshot.Config.KindNames())
	if len(list) > 0 {
		t.Fatal(list)
	}
	seen := map[string]int{}
	referenced := map[string]bool{}
	var ids []string
	for _, f := range snapshot.Records {
		kind := snapshot.Config.Kinds[f.Kind]
		checker := catalog.Schema(kind.Schema)
		plan, list := schema.NewPlan(kind.Name, kind.Table, kind.ID, checker)
		if len(list) > 0 {
			t.Fatal(list)
		}
		for _, r := range f.Records() {
			root, problems := strictjson.Parse(r.Data)
			if problems == nil {
				problems = checker.Check(root)
			}
			if problems == nil {
				problems, err = plan.Rows(root, schema.Origin{Path: f.Path, Index: r.Index}, nil)
			}
			if len(problems) > 0 || err != nil {
				t.Fatalf("%v %v: %s", problems, err, r.Data)
			}
			id := root.Get("id").Str()
			collectStrings(root, func(s string) {
				if s != id {
					referenced[s] = true
				}
			})
			if kind.Name == "claim" {
				checkClaim(t, root, seen)
			} else if kind.Name != "source" && kind.Name != "event" {
				ids = append(ids, id)
			}
		}
	}
	for _, id := range ids {
		if !referenced[id] {
			t.Errorf("nothing uses %s", id)
		}
	}
	for _, what := range []string{"quantity", "boolean", "category", "date", "place", "text", "no_comment", "deny", "range", "some_value", "revises", "via", "based_on", "not ASCII"} {
		if seen[what] == 0 {
			t.Errorf("no claim has %s", what)
		}
	}
}

func collectStrings(v *strictjson.Value, visit func(string)) {
	visit(v.Text)
	for i := range v.Elems {
		collectStrings(&v.Elems[i], visit)
	}
	for i := range v.Members {
		collectStrings(&v.Members[i].Value, visit)
	}
}

// checkClaim checks that a claim's words agree with its value, independently of
// stemma's rules, and counts what it has.
func checkClaim(t *testing.T, c *strictjson.Value, seen map[string]int) {
	t.Helper()
	quote, v := c.Get("quote").Str(), c.Get("value")
	for _, part := range []string{"verbatim", "hedge_verbatim"} {
		if !strings.Contains(quote, v.Get(part).Str()) {
			t.Errorf("%q lacks the %s %q", quote, part, v.Get(part).Str())
		}
	}
	for _, part := range []string{"number", "low", "high"} {
		if n := v.Get(part); !n.IsNull() && !numerals.Read(v.Get("verbatim").Str()).Admits(strictjson.Rat(n.Text)) {
			t.Errorf("%q is not read as %s", v.Get("verbatim").Str(), n.Text)
		}
	}
	seen[v.Get("type").Str()]++
	seen[c.Get("stance").Str()]++
	seen[v.Get("special").Str()]++
	for _, name := range []string{"revises", "via", "based_on"} {
		if !c.Get(name).IsNull() {
			seen[name]++
		}
	}
	if !v.Get("low").IsNull() {
		seen["range"]++
	}
	if strings.ContainsFunc(quote, func(r rune) bool { return r > 127 }) {
		seen["not ASCII"]++
	}
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{{Claims: 999, Layout: Lines, Repository: "../.."}, {Claims: 1000, Layout: "tar", Repository: "../.."}, {Claims: 1000, Layout: Lines, Repository: "."}} {
		if _, err := Write(filepath.Join(t.TempDir(), "x"), o); err == nil {
			t.Errorf("%+v was accepted", o)
		}
	}
	dir := t.TempDir()
	if _, err := Write(dir, Options{Claims: 1000, Layout: Lines, Repository: "../.."}); err == nil {
		t.Errorf("an existing folder was filled")
	}
}

func TestNamesDiffer(t *testing.T) {
	seen := map[string]bool{}
	for i := range 200_000 {
		name := nameOf(i)
		if seen[name] {
			t.Fatalf("%s comes twice", name)
		}
		seen[name] = true
	}
}
