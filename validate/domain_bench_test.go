package validate

import (
	"context"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/strictjson"
)

// BenchmarkClaim is the cost of all rules for one claim; there may be a million.
func BenchmarkClaim(b *testing.B) {
	snap, _, err := dataset.Load(context.Background(), edited(b, nil))
	if err != nil {
		b.Fatal(err)
	}
	policy, _ := readPolicy(snap)
	rules := newStemmaRules(snap, policy, nil)
	var claim record
	for _, f := range snap.Records {
		for _, r := range f.Records() {
			root, _ := strictjson.Parse(r.Data)
			rec := record{&r, snap.Config.Kinds[f.Kind].Name, root.Get("id").Str(), root}
			if rules.first(rec.kind) {
				rules.record(rec)
			}
			if rec.id == "clm-number" {
				claim = rec
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if list := rules.record(claim); len(list) > 0 {
			b.Fatal(render(list))
		}
	}
}
