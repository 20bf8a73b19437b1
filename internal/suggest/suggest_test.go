package suggest

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	known := []string{"id", "title", "claimant", "claimant_label", "said_on", "source"}
	for name, want := range map[string]string{
		"titel": "title", "tilte": "title", "Title": "title", "titles": "title", "itle": "title", "claimnat": "claimant", "claimant_lable": "claimant_label",
		"said": "", "sourse": "source", "x": "", "": "", "utterly": "", "iD": "id", "di": "id",
		strings.Repeat("title", 30): "",
	} {
		if got, ok := Nearest(name, known); got != want || ok != (want != "") {
			t.Errorf("Nearest(%q) = %q, %v, want %q", name, got, ok, want)
		}
	}
	if got, ok := Nearest("title", []string{"title"}); ok {
		t.Errorf("a name was suggested for itself: %q", got)
	}
	if got, _ := Nearest("bat", []string{"cat", "rat"}); got != "cat" {
		t.Errorf("of two equally near names %q is suggested, not the first", got)
	}
	if _, ok := Nearest("äöü", []string{"äöü ", "aou"}); !ok {
		t.Error("letters beyond ASCII are not compared")
	}
}

func TestList(t *testing.T) {
	names := []string{"a", "b", "c", "d"}
	for _, c := range []struct {
		n, limit int
		want     string
	}{{0, 3, ""}, {1, 3, `"a"`}, {2, 3, `"a" or "b"`}, {3, 3, `"a", "b" or "c"`}, {4, 3, `"a", "b", "c" and 1 other`}, {4, 2, `"a", "b" and 2 others`}} {
		if got := List(names[:c.n], c.limit); got != c.want {
			t.Errorf("List of %d, at most %d: %s, want %s", c.n, c.limit, got, c.want)
		}
	}
}
