package disagreement

import (
	"context"
	"slices"
)

// Compute gives the rows of every computed table. The only error is that of the
// context.
func Compute(ctx context.Context, in Input) (*Result, error) {
	w := newWorld(in)
	claims := w.claims(in)
	questionOf := map[string]string{}
	for _, c := range claims {
		if c.derivation == "" {
			questionOf[c.key] = c.parts.id()
		}
	}
	w.origins(claims)

	qs := newQuestions(claims)
	for _, c := range w.entailed(qs) {
		qs.add(c)
	}
	qs.sort()

	supersession := newSupersession(w, claims)
	supersession.apply(qs, all)
	supersession.apply(qs, stated)

	verdicts, err := qs.judge(ctx, w.policy)
	if err != nil {
		return nil, err
	}
	out := &Result{PolicyVersion: w.policy.version, QuestionOf: questionOf}
	previous := qs.previous()
	for i, q := range qs.list {
		out.Questions = append(out.Questions, q.row(&verdicts[i], w.policy, previous[q]))
		for _, c := range q.claims {
			out.Claims = append(out.Claims, q.claimRow(c))
		}
	}
	out.Measures = statistics(w, qs, verdicts)
	out.Sensitivity, err = qs.sensitivity(ctx, w.policy, verdicts)
	return out, err
}

// claims gives the authored and derived claims of a dataset, sorted.
func (w *world) claims(in Input) []*claim {
	var out []*claim
	for _, r := range in.Claims {
		if r.Retired() {
			continue
		}
		c := w.authored(r)
		out = append(out, c)
		if derived := w.noComment(c); derived != nil {
			out = append(out, derived)
		}
	}
	for _, e := range in.Events {
		if !e.Retired() {
			out = append(out, w.accounts(e)...)
		}
	}
	slices.SortFunc(out, func(a, b *claim) int { return compare(a.key, b.key) })
	return out
}

// judge gives the verdict on every question under a policy. Afterwards the sets
// of the claims are those of that policy.
func (qs *questions) judge(ctx context.Context, p *policy) ([]verdict, error) {
	out := make([]verdict, len(qs.list))
	for i, q := range qs.list {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		q.setClaims(p)
		out[i] = q.judge(p)
	}
	return out, nil
}
