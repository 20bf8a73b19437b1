package validate

import (
	"stemma/internal/dataset"
	"stemma/internal/diag"
)

type stubRules struct{}

func (stubRules) first(string) bool                        { return false }
func (stubRules) record(record) diag.List                  { return nil }
func (stubRules) finish() diag.List                        { return nil }
func newStemmaRules(*dataset.Snapshot, *Texts) domainRules { return stubRules{} }

func LoadTexts(string) (*Texts, error) { return &Texts{}, nil }
