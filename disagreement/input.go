package disagreement

import "stemma/internal/model"

// Input is a dataset of the six kinds, in any order. The policy is that of the
// dataset. References are taken to be valid and free of cycles, as validate
// makes sure; where they are not, the result is still defined and finite.
type Input struct {
	Policy   *model.Policy
	Sources  []*model.Source
	Actors   []*model.Actor
	Places   []*model.Place
	Measures []*model.Measure
	Events   []*model.Event
	Claims   []*model.Claim
}
