package disagreement

import (
	"context"
	"slices"
)

// Compute gives the rows of every computed table. The only error is that of the
// context.
func Compute(ctx context.Context, in Input) (*Result, error) {
	p := newPolicy(in.Policy)
	w, claims, qs := prepare(in, p)
	verdicts, err := qs.judge(ctx, p)
	if err != nil {
		return nil, err
	}
	out := &Result{PolicyVersion: p.version, QuestionOf: map[string]string{}}
	for _, c := range claims {
		if c.derivation == "" {
			out.QuestionOf[c.key] = qs.byParts[c.parts].id
		}
	}
	previous := qs.previous()
	out.Questions = make([]Question, 0, len(qs.list))
	out.Claims = make([]QuestionClaim, 0, len(claims))
	for i, q := range qs.list {
		out.Questions = append(out.Questions, q.row(&verdicts[i], p, previous[q]))
		for _, c := range q.claims {
			out.Claims = append(out.Claims, q.claimRow(c))
		}
	}
	out.Measures = statistics(w, qs, verdicts)
	out.Sensitivity, err = qs.sensitivity(ctx, in, w, verdicts)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// prepare puts all claims to their questions and finds out who stands behind
// each, and which are current. Of the policy only what the hedges say about
// zero matters here, because numbers above it entail other claims.
func prepare(in Input, p *policy) (*world, []*claim, *questions) {
	w := newWorld(in, p)
	claims := w.claims(in)
	w.origins(claims)
	qs := newQuestions(claims)
	for _, c := range w.entailed(qs) {
		qs.add(c)
	}
	qs.sort()
	supersession := newSupersession(w, claims)
	supersession.apply(qs, all)
	supersession.apply(qs, stated)
	return w, claims, qs
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
		out[i] = q.judge(q.read(), p.ratio)
	}
	return out, nil
}
