package disagreement

import (
	"math/big"

	"stemma/internal/edtf"
)

// Cell is one named value of a row. Value is nil, a string, an int, a bool, a
// []string, an edtf.Day or a *big.Rat. The names are the properties of the
// table's schema, in its order.
type Cell struct {
	Name  string
	Value any
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func number(r *big.Rat) any {
	if r == nil {
		return nil
	}
	return r
}

func (b Bound) cells(name string) []Cell {
	if b.Value == nil {
		return []Cell{{name, nil}, {name + "_inclusive", nil}}
	}
	return []Cell{{name, b.Value}, {name + "_inclusive", b.Inclusive}}
}

// Row gives the row of the table disagreement.
func (q *Question) Row(policyVersion string) []Cell {
	row := []Cell{
		{"question_id", q.ID},
		{"measure", q.Measure}, {"subject", text(q.Subject)}, {"object", text(q.Object)}, {"place", text(q.Place)},
		{"event", text(q.Event)}, {"population", text(q.Population)}, {"modality", q.Modality}, {"period", text(q.Period)},
		{"n_claims", q.Claims}, {"n_current", q.Current}, {"n_superseded", q.Superseded}, {"n_denying", q.Denying},
		{"n_no_comment", q.NoComment}, {"n_entailed", q.Entailed}, {"n_anonymous", q.Anonymous}, {"n_asof_inferred", q.AsOfDerived},
		{"n_origins", q.Origins}, {"n_channels", q.Channels}, {"n_independent", q.Independent}, {"n_independent_stated", q.IndependentStated},
		{"claimants", q.Claimants}, {"denying_actors", q.DenyingActors}, {"values_asserted", q.ValuesAsserted},
	}
	row = append(row, q.LowerMin.cells("lower_min")...)
	row = append(row, q.LowerMax.cells("lower_max")...)
	row = append(row, q.UpperMin.cells("upper_min")...)
	row = append(row, q.UpperMax.cells("upper_max")...)
	return append(row,
		Cell{"best_min", number(q.BestMin)}, Cell{"best_median", number(q.BestMedian)}, Cell{"best_max", number(q.BestMax)},
		Cell{"spread_ratio", number(q.SpreadRatio)}, Cell{"gap_ratio", number(q.GapRatio)}, Cell{"overlap_share", number(q.OverlapShare)},
		Cell{"value_class", q.ValueClass}, Cell{"value_class_stated", q.ValueClassStated}, Cell{"denied", q.Denied},
		Cell{"agreement_class", q.AgreementClass}, Cell{"rendering_conflict", q.RenderingConflict},
		Cell{"prev_question_id", text(q.PrevID)}, Cell{"policy_version", policyVersion},
	)
}

// Row gives the row of the table question_claims; recordPath is the file of the
// record that the claim leads back to.
func (c *QuestionClaim) Row(recordPath string) []Cell {
	row := []Cell{
		{"question_id", c.QuestionID}, {"claim_key", c.Key}, {"derivation", text(c.Derivation)},
		{"record_path", recordPath}, {"pointer", c.Pointer}, {"origin", c.Origin}, {"channels", c.Channels},
	}
	row = append(row, c.Lower.cells("lower")...)
	row = append(row, c.Upper.cells("upper")...)
	return append(row,
		Cell{"stance", c.Stance}, Cell{"current", c.Current}, Cell{"why_not_current", text(c.WhyNotCurrent)},
		Cell{"superseded_by", text(c.SupersededBy)},
		Cell{"as_of_earliest", day(c.AsOf.Earliest())}, Cell{"as_of_latest", day(c.AsOf.Latest())}, Cell{"as_of_from", text(c.AsOfFrom)},
	)
}

func day(d edtf.Day, known bool) any {
	if !known {
		return nil
	}
	return d
}

// Row gives the row of the table sensitivity.
func (s *Sensitivity) Row(policyVersion string) []Cell {
	row := []Cell{
		{"tolerance", s.Tolerance}, {"corroboration_ratio", s.CorroborationRatio}, {"n_questions", s.Questions},
		{"n_value_class_changed", s.ValueClassChanged}, {"n_agreement_class_changed", s.AgreementClassChanged},
		{"n_value_class_stated_changed", s.StatedClassChanged},
	}
	row = append(row, byClass(s.ByClass)...)
	return append(row, Cell{"n_denied", s.Denied}, Cell{"policy_version", policyVersion})
}

// Row gives the row of the table measure_statistics.
func (m *MeasureStatistics) Row(policyVersion string) []Cell {
	row := []Cell{
		{"measure", m.Measure}, {"value_type", m.ValueType}, {"n_questions", m.Questions}, {"n_claims", m.Claims},
	}
	row = append(row, byClass(m.ByClass)...)
	row = append(row, Cell{"n_denied", m.Denied}, Cell{"n_denied_only", m.DeniedOnly}, Cell{"alpha", number(m.Alpha)})
	if !m.AlphaApplies {
		return append(row, Cell{"n_alpha_questions", nil}, Cell{"n_alpha_values", nil}, Cell{"policy_version", policyVersion})
	}
	return append(row, Cell{"n_alpha_questions", m.AlphaQuestions}, Cell{"n_alpha_values", m.AlphaValues}, Cell{"policy_version", policyVersion})
}

func byClass(counts [len(ValueClasses)]int) []Cell {
	var row []Cell
	for i, class := range ValueClasses {
		row = append(row, Cell{"n_" + class, counts[i]})
	}
	return row
}
