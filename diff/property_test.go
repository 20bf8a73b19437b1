package diff_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"stemma/diff"
)

// randomMuseum makes a dataset of few ids, files and values, so that all kinds
// of difference are likely.
func randomMuseum(r *rand.Rand) files {
	out := files{"objects/a.json": "", "objects/b.json": "", "notes/n.jsonl": ""}
	for i := range 1 + r.IntN(4) {
		id := string(rune('a' + (i*7+r.IntN(2))%10))
		text := fmt.Sprintf(`{"id": %q, "size": %s, "tags": [%s]`, id, []string{"1", "1.0", "2"}[r.IntN(3)], randomList(r, "x", "y", "z"))
		text += []string{"", `, "name": "n"`, `, "withdrawn": "w"`, `, "merged_into": "a"`, `, "name": null`}[r.IntN(5)]
		out["objects/"+[]string{"", "deep/"}[r.IntN(2)]+id+".json"] = text + []string{"}", "}", "}", "}", ""}[r.IntN(5)]
	}
	for _, file := range []string{"notes/n.jsonl", "notes/o.jsonl"} {
		for range r.IntN(4) {
			out[file] += fmt.Sprintf("{\"text\": \"%d\"}\n", r.IntN(4))
		}
	}
	changed := strings.Replace(museumSchema, `["good", "bad"]`, "["+randomList(r, "good", "bad", "poor")+"]", 1)
	changed = strings.Replace(changed, `"maximum": 9`, fmt.Sprintf(`"maximum": %d`, 1+r.IntN(3)), 1)
	out["schema/object.schema.json"] = strings.Replace(changed, `"number"`, []string{`"number"`, `"integer"`, `["number", "null"]`}[r.IntN(3)], 1)
	return museum(out)
}

func randomList(r *rand.Rand, from ...string) string {
	r.Shuffle(len(from), func(i, j int) { from[i], from[j] = from[j], from[i] })
	from = from[:1+r.IntN(len(from))]
	return `"` + strings.Join(from, `", "`) + `"`
}

// What is compared with itself is equal, and only what has the same digest is.
// The other direction tells the same story backwards.
func TestProperties(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		a, b := side(t, "a", randomMuseum(r)), side(t, "b", randomMuseum(r))
		if d := compare(t, a, a); !d.Empty() || d.Version.Change != diff.None {
			t.Fatalf("seed %d: a dataset differs from itself: %q", seed, told(d))
		}
		there, back := compare(t, a, b), compare(t, b, a)
		if same := a.Snapshot.Digest() == b.Snapshot.Digest(); there.Empty() != same {
			t.Fatalf("seed %d: the digests are equal: %v, the difference is %q", seed, same, told(there))
		}
		if x := gocmp.Diff(story(there), story(mirror(back)), cmpopts.EquateEmpty()); x != "" {
			t.Fatalf("seed %d: -there +back:\n%s", seed, x)
		}
	}
}

var opposite = map[string]string{diff.Added: diff.Removed, diff.Removed: diff.Added, diff.Unreadable: diff.Repaired, diff.Repaired: diff.Unreadable,
	diff.Tightened: diff.Loosened, diff.Loosened: diff.Tightened}

func turn(s string) string { return cmp.Or(opposite[s], s) }

// mirror turns a difference round, as far as both directions tell it.
func mirror(d *diff.Diff) *diff.Diff {
	for i := range d.Records {
		r := &d.Records[i]
		switch r.Change = turn(r.Change); r.Change {
		case diff.Removed:
			r.Change = diff.Vanished
		case diff.Vanished:
			r.Change = diff.Added
		}
		if r.OldFile != "" {
			r.File, r.OldFile = r.OldFile, r.File
		}
		mirrorFields(r.Fields)
	}
	for i := range d.Schemas {
		mirrorFields(d.Schemas[i].Fields)
	}
	for i := range d.Tables {
		c := &d.Tables[i]
		c.Change, c.OldType, c.NewType = turn(c.Change), c.NewType, c.OldType
	}
	return d
}

func mirrorFields(fields []diff.Field) {
	for i := range fields {
		f := &fields[i]
		f.Change, f.Old, f.New, f.Effect = turn(f.Change), f.New, f.Old, turn(f.Effect)
		if f.OldPointer != "" {
			f.Pointer, f.OldPointer = f.OldPointer, f.Pointer
		}
	}
}

// story gives what both directions tell: no lines, and fates as mere changes.
func story(d *diff.Diff) (out []string) {
	fields := func(prefix string, list []diff.Field) {
		for _, f := range list {
			effect := f.Effect
			if effect == diff.Tightened || effect == diff.Loosened {
				effect = "weighed" // of a set that lost one value and won another both ways are tighter
			}
			out = append(out, fmt.Sprint(prefix, f.Change, f.Pointer, f.OldPointer, f.Old, f.New, effect))
		}
	}
	for _, r := range d.Records {
		switch r.Change {
		case diff.Withdrawn, diff.Merged, diff.Reinstated:
			r.Change = diff.Changed
		case diff.Unreadable, diff.Repaired, diff.Vanished, diff.Added:
			r.ID = "" // only one direction can read it, or it is read in another place
			if r.Change == diff.Unreadable || r.Change == diff.Repaired {
				r.Change = "" // two that cannot be read are unreadable both ways
			}
		}
		out = append(out, fmt.Sprint(r.Kind, r.ID, r.Change, r.File, r.OldFile))
		fields(r.ID, r.Fields)
	}
	for _, c := range d.Tables {
		out = append(out, fmt.Sprint(c))
	}
	for _, s := range d.Schemas {
		fields(s.File, s.Fields)
	}
	out = append(out, d.Layout...)
	slices.Sort(out)
	return out
}
