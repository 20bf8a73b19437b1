package validate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAppendIDs(t *testing.T) {
	tests := []struct {
		name, in string
		want     []ID
	}{
		{"a text", `{"id": "a" "x": 1}`, []ID{{Text: "a"}}},
		{"a number", "{\"id\":\n 12, }", []ID{{Text: "12", Number: 12, Numeric: true}}},
		{"escapes", `{"id": "a\"b\u0063", }`, []ID{{Text: `a"bc`}}},
		{"open to the end of its line", "{\"id\": \"a,\n\"name\": \"b\"}", []ID{{Text: "a"}}},
		{"all that it could be", `{"x": {"id": "a"}, "id": "b",, }`, []ID{{Text: "a"}, {Text: "b"}}},
		{"a value that is the name", `{"name": "id", "id": 1 2}`, []ID{{Text: "1", Number: 1, Numeric: true}}},
		{"nothing", "", nil},
		{"at the end", `{"id":`, nil},
		{"no id", `{"id": null, }`, nil},
		{"a broken text", `{"id": "\q"`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, appendIDs(nil, "id", []byte(test.in))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if got := appendIDs(nil, "", []byte(`{"": "x"`)); got != nil {
		t.Errorf("a kind without ids has %v", got)
	}
	if got := appendIDs(nil, "id", []byte(strings.Repeat(`"id":"x",`, 1e5))); len(got) > 100 {
		t.Errorf("%d ids were read of one broken record", len(got))
	}
}
