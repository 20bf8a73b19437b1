package schema

import (
	"os"
	"testing"

	"stemma/internal/strictjson"
)

func benchmarkClaim(b *testing.B, f func(s *Schema, p *Plan, data []byte, v *strictjson.Value)) {
	b.Helper()
	data, err := os.ReadFile("../records/claims/clm-seed-28-isis-k-strength.json")
	if err != nil {
		b.Fatal(err)
	}
	s := ownSchema(b, "claim")
	p, _ := NewPlan("claim", "claims", "id", s)
	v := mustParse(string(data))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		f(s, p, data, v)
	}
}

func BenchmarkParse(b *testing.B) {
	benchmarkClaim(b, func(_ *Schema, _ *Plan, data []byte, _ *strictjson.Value) { strictjson.Parse(data) })
}

func BenchmarkCheck(b *testing.B) {
	benchmarkClaim(b, func(s *Schema, _ *Plan, _ []byte, v *strictjson.Value) { s.Check(v) })
}

func BenchmarkRows(b *testing.B) {
	emit := func(int, []Cell) error { return nil }
	benchmarkClaim(b, func(_ *Schema, p *Plan, _ []byte, v *strictjson.Value) { _, _ = p.Rows(v, Origin{}, emit) })
}
