package validate_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/validate"
)

// engineConfig is a dataset of two kinds with ids and one without.
const engineConfig = `{"name": "engine", "version": "1.0.0-dev", "kinds": [
	{"kind": "city", "schema": "schema/city.json", "folder": "cities", "table": "cities", "id": "id"},
	{"kind": "owner", "schema": "schema/owner.json", "folder": "owners", "table": "owners", "id": "no"},
	{"kind": "visit", "schema": "schema/visit.json", "folder": "visits", "table": "visits"}]}`

const engineCity = `{"type": "object", "additionalProperties": false, "properties": {
	"id": {}, "name": {"type": "string"}, "withdrawn": {"type": "string"}, "merged_into": {"type": "string"}, "near": {"type": "array", "items": {"type": "string", "x-ref": ["city"]}}}}`

const engineOwner = `{"type": "object", "required": ["no"], "properties": {
	"no": {"type": ["integer", "string"]}, "of": {"type": "string", "x-ref": ["city"]}}}`

const engineVisit = `{"type": "object", "properties": {
	"to": {"type": "string", "x-ref": ["city"]}, "by": {"x-ref": ["owner", "city"]}, "size": {"type": "array", "items": {"type": "integer"}}}}`

// engineSnapshot is the dataset with the given record files.
func engineSnapshot(t testing.TB, files map[string]string) (*dataset.Snapshot, diag.List) {
	t.Helper()
	fsys := fstest.MapFS{
		"dataset.json":     {Data: []byte(engineConfig)},
		"schema/city.json": {Data: []byte(engineCity)}, "schema/owner.json": {Data: []byte(engineOwner)}, "schema/visit.json": {Data: []byte(engineVisit)},
		"cities/.keep": {}, "owners/.keep": {}, "visits/.keep": {},
	}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	snap, list, err := dataset.Load(t.Context(), fsys)
	if err != nil || snap == nil {
		t.Fatalf("the dataset does not load: %v %v", list, err)
	}
	return snap, list
}

func engineRun(t testing.TB, files map[string]string) *validate.Result {
	t.Helper()
	snap, list := engineSnapshot(t, files)
	res, err := validate.Run(t.Context(), snap, list, validate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// engineLines writes findings one a line: place and code, and for those of the
// engine itself also pointer, message and help.
func engineLines(list diag.List) []string {
	var out []string
	for _, d := range list {
		line := fmt.Sprintf("%s:%d:%d %s", d.Place.File, d.Place.Span.Start.Line, d.Place.Span.Start.Column, d.Code)
		if strings.HasPrefix(string(d.Code), "id-") || strings.HasPrefix(string(d.Code), "ref-") {
			line += fmt.Sprintf(" %s: %s; %s", d.Pointer, d.Message, d.Help)
		}
		for _, r := range d.Related {
			line += fmt.Sprintf(" (%s:%d:%d %s)", r.Place.File, r.Place.Span.Start.Line, r.Place.Span.Start.Column, r.Message)
		}
		out = append(out, line)
	}
	return out
}

// faultyFiles are some thousand records with faults of every sort.
func faultyFiles() map[string]string {
	files := map[string]string{}
	var cities, visits strings.Builder
	for i := range 700 {
		switch i % 7 {
		case 0:
			fmt.Fprintf(&cities, `{"id":"city-%d","nmae":"x"}`, i)
		case 1:
			fmt.Fprintf(&cities, `{"id":"city-%d","near":["city-%d","cty-3"]}`, i/2, i)
		case 2:
			fmt.Fprintf(&cities, `{"id":"city-%d"`, i)
		default:
			fmt.Fprintf(&cities, `{"id":"city-%d","name":"%d"}`, i, i)
		}
		cities.WriteByte('\n')
		fmt.Fprintf(&visits, `{"to":"city-%d","by":%d,"size":[1,%q]}`+"\n", i*3, i%40, "x")
		if i%50 == 0 {
			files[fmt.Sprintf("owners/%03d.json", i)] = fmt.Sprintf(`{"no":%d,"of":"city-%d"}`, i%400, i)
			files[fmt.Sprintf("visits/part-%03d.jsonl", i)] = visits.String()
			visits.Reset()
		}
	}
	files["cities/all.jsonl"] = cities.String()
	return files
}

// TestSameFindings is about what must not matter: the number of workers, and the
// order in which files come.
func TestSameFindings(t *testing.T) {
	snap, list := engineSnapshot(t, faultyFiles())
	want, err := validate.Run(t.Context(), snap, list, validate.Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	codes := map[diag.Code]bool{}
	for _, d := range want.Diagnostics {
		codes[d.Code] = true
	}
	for _, c := range []diag.Code{diag.JSONSyntax, diag.PropUnknown, diag.ValueType, diag.IDDuplicate, diag.RefUnresolved} {
		if !codes[c] {
			t.Errorf("the generated records have no %s", c)
		}
	}
	r := rand.New(rand.NewPCG(7, 7)) // the same orders on every run
	for _, jobs := range []int{0, 2, 8} {
		for range 2 {
			r.Shuffle(len(snap.Records), func(i, j int) { snap.Records[i], snap.Records[j] = snap.Records[j], snap.Records[i] })
			got, err := validate.Run(t.Context(), snap, list, validate.Options{Jobs: jobs})
			if err != nil {
				t.Fatal(err)
			}
			if got.Records != want.Records || got.Files != want.Files {
				t.Errorf("%d jobs: %d records in %d files, want %d in %d", jobs, got.Records, got.Files, want.Records, want.Files)
			}
			if diff := cmp.Diff(engineLines(want.Diagnostics), engineLines(got.Diagnostics)); diff != "" {
				t.Fatalf("%d jobs (-one job, +shuffled):\n%s", jobs, diff)
			}
		}
	}
}

// TestCheckedOrder is about the order of records that the build writes.
func TestCheckedOrder(t *testing.T) {
	files := map[string]string{
		"owners/a.jsonl": `{"no":10}` + "\n" + `{"no":"b"}` + "\n" + `{"no":9}` + "\n" + `{"no":"a"}` + "\n" + `{"no":-1}`,
		"owners/b.json":  `{"no":"B"}`,
		"visits/z.jsonl": "{}\n{}\n", "visits/a.json": "{}",
	}
	snap, list := engineSnapshot(t, files)
	for range 3 {
		res, err := validate.Run(t.Context(), snap, list, validate.Options{Jobs: 4})
		if err != nil || res.Checked == nil {
			t.Fatal(err, engineLines(res.Diagnostics))
		}
		var got []string
		for _, k := range res.Checked.Kinds() {
			for _, e := range k.Records {
				got = append(got, fmt.Sprintf("%s %s#%d", e.ID.Text, e.File.Path, e.Index))
			}
		}
		want := []string{
			"-1 owners/a.jsonl#4", "9 owners/a.jsonl#2", "10 owners/a.jsonl#0", "B owners/b.json#0", "a owners/a.jsonl#3", "b owners/a.jsonl#1",
			" visits/a.json#0", " visits/z.jsonl#0", " visits/z.jsonl#1",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		slices.Reverse(snap.Records)
	}
}

// TestIncomplete is about datasets of which a part could not be read: the rest
// is still checked, but nothing is said about what may only be missing.
func TestIncomplete(t *testing.T) {
	res := engineRun(t, map[string]string{
		"cities/a.json": `{"id":"a","near":["gone"]}`, "cities/b.json": `{"id":"b","nmae":"x"}`, "cities/bad\\name.json": `{"id":"gone"}`,
	})
	if res.Checked != nil {
		t.Error("a dataset that could not be read was taken for checked")
	}
	var got []diag.Code
	for _, d := range res.Diagnostics {
		got = append(got, d.Code)
	}
	if want := []diag.Code{diag.PropUnknown, diag.FileName}; !slices.Equal(got, want) {
		t.Errorf("findings %v, want %v", got, want)
	}
	if res.Records != 2 {
		t.Errorf("%d records, want 2", res.Records)
	}
}

// TestUnusedWhileUnread breaks a record of this repository's dataset: that others
// are now used by nobody is no news until it is mended.
func TestUnusedWhileUnread(t *testing.T) {
	snap, list, err := dataset.Load(t.Context(), os.DirFS(".."))
	if err != nil || list.HasErrors() {
		t.Fatal(err, engineLines(list))
	}
	like := slices.IndexFunc(snap.Records, func(f *dataset.RecordFile) bool { return f.Path == "records/places/plc-kabul.json" })
	alone := bytes.ReplaceAll(snap.Records[like].Data, []byte("abul"), []byte("noland")) // in its id and its name
	snap.Records = append(snap.Records, &dataset.RecordFile{File: &dataset.File{Path: "records/places/plc-knoland.json", Data: alone}, Kind: snap.Records[like].Kind})
	unused := func() (n int) {
		res, err := validate.Run(t.Context(), snap, list, validate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range res.Diagnostics {
			if d.Code == diag.RecordUnused {
				n++
			}
		}
		return n
	}
	if n := unused(); n != 1 {
		t.Fatalf("%d records are not used, the one that was added alone should be", n)
	}
	i := slices.IndexFunc(snap.Records, func(f *dataset.RecordFile) bool { return strings.HasPrefix(f.Path, "records/events/") })
	whole := snap.Records[i]
	for _, broken := range []string{"{", "{}"} {
		snap.Records[i] = &dataset.RecordFile{File: &dataset.File{Path: whole.Path, Data: []byte(broken)}, Kind: whole.Kind}
		if n := unused(); n > 0 {
			t.Errorf("with %s as a record, %d others are reported as not used", broken, n)
		}
	}
}

func TestNoSnapshot(t *testing.T) {
	broken := diag.List{diag.New(diag.JSONEmpty, diag.Place{File: "dataset.json"}, "", "m", "h")}
	res, err := validate.Run(t.Context(), nil, broken, validate.Options{})
	if err != nil || res.Checked != nil || res.Files != 1 || res.Records != 0 || len(res.Diagnostics) != 1 {
		t.Errorf("got %+v, %v", res, err)
	}
}

func TestInterrupted(t *testing.T) {
	snap, list := engineSnapshot(t, faultyFiles())
	ctx, cancel := context.WithCancel(t.Context())
	var once sync.Once
	res, err := validate.Run(ctx, snap, list, validate.Options{Jobs: 2, Progress: func(int, int) { once.Do(cancel) }})
	if !errors.Is(err, context.Canceled) || res != nil {
		t.Errorf("got %v, %v; want no result and context.Canceled", res, err)
	}
}

// TestProgress is about what a progress bar is told: it ends at the total.
func TestProgress(t *testing.T) {
	snap, list := engineSnapshot(t, faultyFiles())
	var mu sync.Mutex
	most, total := 0, 0
	res, err := validate.Run(t.Context(), snap, list, validate.Options{Jobs: 4, Progress: func(done, of int) {
		mu.Lock()
		defer mu.Unlock()
		most, total = max(most, done), of
	}})
	if err != nil || most != res.Records || total != res.Records {
		t.Errorf("%d of %d, want %d of %d; %v", most, total, res.Records, res.Records, err)
	}
}

// TestMemory holds what is kept of each record against a bound that the parsed
// form of these records exceeds many times.
func TestMemory(t *testing.T) {
	const records, bytesEach = 50_000, 600
	var visits strings.Builder
	list := strings.TrimSuffix(strings.Repeat("7,", 12), ",")
	for i := range records {
		fmt.Fprintf(&visits, `{"to":"here","size":[%s,%d]}`+"\n", list, i)
	}
	snap, loading := engineSnapshot(t, map[string]string{"visits/all.jsonl": visits.String(), "cities/here.json": `{"id":"here"}`})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	res, err := validate.Run(t.Context(), snap, loading, validate.Options{})
	runtime.GC()
	runtime.ReadMemStats(&after)
	if err != nil || res.Checked == nil || res.Records != records+1 {
		t.Fatalf("%d records, %v, %v", res.Records, engineLines(res.Diagnostics), err)
	}
	if kept := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / records; kept > bytesEach {
		t.Errorf("%d bytes are kept of each record, want at most %d", kept, bytesEach)
	}
	runtime.KeepAlive(res)
	runtime.KeepAlive(snap)
}
