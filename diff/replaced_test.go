package diff_test

import (
	"fmt"
	"testing"

	"stemma/diff"
)

func TestReplaced(t *testing.T) {
	object := func(id, rest string) string { return fmt.Sprintf(`{"id": "%s", %s}`, id, rest) }
	base := func(a string) files {
		return museum(files{
			"objects/a.json": a,
			"objects/b.json": object("b", `"name": "cup", "state": "good", "size": 1`),
			"objects/c.json": object("c", `"name": "pot", "state": "good", "size": 2`),
			"objects/d.json": object("d", `"name": "lid", "state": "bad", "size": 2`),
		})
	}
	old := object("a", `"name": "jug", "state": "good", "size": 4, "tags": ["x", "y"]`)
	for now, want := range map[string]bool{
		old: false,
		object("a", `"name": "mug", "state": "bad", "size": 5, "tags": ["z"]`):                   true,
		object("a", `"name": "mug", "state": "good", "size": 5, "tags": ["z"]`):                  true,  // most are good
		object("a", `"name": "jug", "state": "bad", "size": 5, "tags": ["z"]`):                   false, // only one is a jug
		object("a", `"name": "mug", "state": "bad", "size": 5, "tags": ["y"]`):                   false,
		object("a", `"name": "mug", "size": 5`):                                                  false, // too little to tell
		object("a", `"name": "mug", "state": "bad", "size": 5, "tags": ["z"], "withdrawn": "x"`): false, // out of use
	} {
		before, after := side(t, "a", base(old)), side(t, "b", base(now))
		records, err := diff.Replaced(t.Context(), compare(t, before, after), before.Snapshot, after.Snapshot)
		if err != nil || (len(records) == 1 && records[0].ID == "a") != want || len(records) > 1 {
			t.Errorf("%s: %+v, %v", now, records, err)
		}
	}
}
