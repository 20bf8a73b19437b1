package dataset

import (
	"slices"
	"testing"
	"testing/fstest"

	"stemma/internal/ledger"
)

func TestPublished(t *testing.T) {
	fsys := fstest.MapFS{
		"dataset.json": {Data: []byte(`{"name": "n", "version": "1.0.0-dev", "kinds": [
			{"kind": "city", "schema": "schema/any.json", "folder": "cities", "table": "cities", "id": "/key/no"},
			{"kind": "visit", "schema": "schema/any.json", "folder": "visits", "table": "visits"}]}`)},
		"schema/any.json":   {Data: []byte(`{}`)},
		"cities/a.jsonl":    {Data: []byte("{\"key\": {\"no\": 1.0}, \"n\": 1.50}\n{\"key\": {\"no\": \"1\"}, \"withdrawn\": \"twice\"}\n{\"key\":\n{\"no\": \"top\"}\n")},
		"cities/b.json":     {Data: []byte(`{"key": {"no": "b"}, "merged_into": "1"}`)},
		"cities/none.json":  {Data: []byte(`{"key": {"no": true}}`)},
		"visits/all.jsonl":  {Data: []byte("{\"key\": {\"no\": 2}}\n")},
		"cities/text.jsonl": {Data: []byte("\"text\"\n")},
	}
	s, list, err := Load(t.Context(), fsys)
	if err != nil || s == nil {
		t.Fatal(list, err)
	}
	got, err := s.Published(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []ledger.Record{
		// printf '%s' '{"key":{"no":1},"n":1.5}' | sha256sum, and so on
		{Kind: "city", ID: "1", SHA256: "4c44b58f77cd26408723b441feb66b6df41462c30c500ba47815dfaadf3608c4", Fate: ledger.Current},
		{Kind: "city", ID: `"1"`, SHA256: "d368266a33844aa39b9a5d603b4f92dc56ec2756282348bdd811650670c5b96b", Fate: ledger.Withdrawn},
		{Kind: "city", ID: `"b"`, SHA256: "34d2a08e803e09d3f8bc91f63ff23d6d02c693b299df3600a22257101af0ee7b", Fate: ledger.Merged, MergedInto: "1"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}
