package diff

import (
	"cmp"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/strictjson"
)

// compareQuestions compares what was computed: questions by their ids, which say
// what they ask. It counts the questions that have other claims and the same
// classes.
func compareQuestions(old, now *disagreement.Result) (out []Question, others int) {
	out = []Question{}
	before, after := claimsOf(old), claimsOf(now)
	eachPair(old.Questions, now.Questions, func(a, b *disagreement.Question) int { return strings.Compare(a.ID, b.ID) },
		func(a, b *disagreement.Question) {
			q := Question{Change: Changed}
			switch {
			case a == nil:
				q.Change = Added
			case b == nil:
				q.Change = Removed
			}
			one := cmp.Or(b, a)
			q.ID, q.Parts = one.ID, partsOf(one.Parts)
			q.Old, q.New = classesOf(a), classesOf(b)
			q.Because = compareClaims(before[q.ID], after[q.ID])
			switch {
			case q.Old != q.New:
				out = append(out, q)
			case len(q.Because) > 0:
				others++
			}
		})
	return out, others
}

// eachPair walks two sorted lists together; what one of them lacks is nil.
func eachPair[T any](old, now []T, compare func(a, b *T) int, visit func(a, b *T)) {
	for i, j := 0, 0; i < len(old) || j < len(now); {
		order := 0
		switch {
		case i == len(old):
			order = 1
		case j == len(now):
			order = -1
		default:
			order = compare(&old[i], &now[j])
		}
		switch {
		case order < 0:
			visit(&old[i], nil)
			i++
		case order > 0:
			visit(nil, &now[j])
			j++
		default:
			visit(&old[i], &now[j])
			i, j = i+1, j+1
		}
	}
}

func claimsOf(r *disagreement.Result) map[string][]disagreement.QuestionClaim {
	out := map[string][]disagreement.QuestionClaim{}
	for i, c := range r.Claims {
		if first := i == 0 || r.Claims[i-1].QuestionID != c.QuestionID; !first {
			continue
		}
		end := i
		for end < len(r.Claims) && r.Claims[end].QuestionID == c.QuestionID {
			end++
		}
		out[c.QuestionID] = r.Claims[i:end]
	}
	return out
}

func classesOf(q *disagreement.Question) Classes {
	if q == nil {
		return Classes{}
	}
	return Classes{q.ValueClass, q.AgreementClass}
}

func partsOf(p disagreement.Parts) (out []Part) {
	for _, part := range []Part{{"measure", p.Measure}, {"subject", p.Subject}, {"object", p.Object}, {"place", p.Place},
		{"event", p.Event}, {"period", p.Period}, {"population", p.Population}, {"modality", p.Modality}} {
		if part.Value != "" {
			out = append(out, part)
		}
	}
	return out
}

func compareClaims(old, now []disagreement.QuestionClaim) []Claim {
	out := []Claim{}
	order := func(a, b *disagreement.QuestionClaim) int {
		return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.Derivation, b.Derivation))
	}
	eachPair(old, now, order, func(a, b *disagreement.QuestionClaim) {
		one := cmp.Or(b, a)
		c := Claim{Key: one.Key, Derivation: one.Derivation, Change: Changed}
		switch {
		case a == nil:
			c.Change = Added
		case b == nil:
			c.Change = Removed
		default:
			if c.Cells = compareCells(cellsOf(a), cellsOf(b)); len(c.Cells) == 0 {
				return
			}
			if a.Current != b.Current {
				c.Change = NotCurrent
				if b.Current {
					c.Change = NowCurrent
				}
			}
		}
		out = append(out, c)
	})
	return out
}

// cellsOf gives what is computed of a claim: its row, and the value, of which
// the row has only the interval.
func cellsOf(c *disagreement.QuestionClaim) []disagreement.Cell {
	return append(c.Row(""), disagreement.Cell{Name: "value", Value: c.Value}, disagreement.Cell{Name: "claimant", Value: c.Claimant})
}

// compareCells compares two rows of one table.
func compareCells(old, now []disagreement.Cell) (out []Cell) {
	for i := range old {
		if a, b := cellText(old[i].Value), cellText(now[i].Value); a != b {
			out = append(out, Cell{old[i].Name, a, b})
		}
	}
	return out
}

// cellText writes a cell as JSON; numbers beyond whole ones are exact texts.
func cellText(v any) JSON {
	text := func(s string) JSON {
		return canonical(&strictjson.Value{Kind: strictjson.String, Text: s})
	}
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return text(v)
	case int:
		return JSON(strconv.Itoa(v))
	case bool:
		return JSON(strconv.FormatBool(v))
	case []string:
		parts := make([]string, len(v))
		for i, s := range v {
			parts[i] = string(text(s))
		}
		return JSON("[" + strings.Join(parts, ",") + "]")
	case edtf.Day:
		return text(v.String())
	case *big.Rat:
		return text(disagreement.Exact(v))
	}
	return text(fmt.Sprint(v))
}
