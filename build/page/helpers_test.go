package page

import (
	"bytes"
	"context"
	"testing"

	"stemma/disagreement"
	"stemma/internal/dataset"
	"stemma/internal/model"
	"stemma/internal/strictjson"
	"stemma/validate"
)

// own is the dataset of this repository.
const own = "../.."

// load reads a dataset the way build does, and computes.
func load(t testing.TB, dir string) Input {
	t.Helper()
	snap, list, err := dataset.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	result, err := validate.Run(t.Context(), snap, list, validate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if result.Checked == nil {
		t.Fatalf("the dataset has findings: %v", result.Diagnostics)
	}
	var records disagreement.Input
	policy, _ := strictjson.Parse(snap.Policy.Data)
	records.Policy = model.DecodePolicy(policy)
	for _, k := range result.Checked.Kinds() {
		for _, e := range k.Records {
			v, _ := strictjson.Parse(e.Data)
			add(&records, k.Name, v)
		}
	}
	c := snap.Config
	d := Dataset{
		Name: c.Name, Title: c.Title, Description: c.Description, Version: c.Version, ReleasedOn: c.ReleasedOn,
		Licence: Licence(c.Licence), URL: c.URL, Citation: c.Citation, Keywords: c.Keywords, Language: c.Language,
	}
	for _, creator := range c.Creators {
		d.Creators = append(d.Creators, Creator(creator))
	}
	return input(t, records, d)
}

func input(t testing.TB, records disagreement.Input, d Dataset) Input {
	t.Helper()
	result, err := disagreement.Compute(context.Background(), records)
	if err != nil {
		t.Fatal(err)
	}
	return Input{Dataset: d, Result: result, Records: records, Files: []File{
		{"README.md", "what is here, and how to read it"}, {"CODEBOOK.md", "every table and column"}, {"tables/claims.parquet", "the claims as a table"},
	}}
}

func add(in *disagreement.Input, kind string, v *strictjson.Value) {
	switch kind {
	case model.KindSource:
		in.Sources = append(in.Sources, model.DecodeSource(v))
	case model.KindActor:
		in.Actors = append(in.Actors, model.DecodeActor(v))
	case model.KindPlace:
		in.Places = append(in.Places, model.DecodePlace(v))
	case model.KindMeasure:
		in.Measures = append(in.Measures, model.DecodeMeasure(v))
	case model.KindEvent:
		in.Events = append(in.Events, model.DecodeEvent(v))
	case model.KindClaim:
		in.Claims = append(in.Claims, model.DecodeClaim(v))
	}
}

// render gives the page, and fails the test where it cannot be made.
func render(t testing.TB, in Input) string {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
