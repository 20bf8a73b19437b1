package build

// STUB of branch cli, to be deleted when the branch tables is merged: its
// disagree.go has the function.

import (
	"context"

	"stemma/disagreement"
	"stemma/internal/model"
	"stemma/internal/strictjson"
	"stemma/validate"
)

// Disagreement computes the questions of a dataset of stemma's own model.
func Disagreement(ctx context.Context, c *validate.Checked) (*disagreement.Result, error) {
	var in disagreement.Input
	v, _ := strictjson.Parse(c.Snapshot().Policy.Data)
	in.Policy = model.DecodePolicy(v)
	for _, k := range c.Kinds() {
		for _, e := range k.Records {
			v, _ := strictjson.Parse(e.Data)
			switch k.Name {
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
	}
	return disagreement.Compute(ctx, in)
}
