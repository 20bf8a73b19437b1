package disagreement

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stemma/internal/model"
)

// Every property is tried on so many datasets.
const rounds = 120

// each calls a test with random datasets.
func each(t *testing.T, test func(t *testing.T, r *random, lines []string)) {
	for seed := range uint64(rounds) {
		r := newRandom(seed)
		lines := r.dataset(10 + r.IntN(40))
		test(t, r, lines)
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, strings.Join(lines, "\n"))
		}
	}
}

// classes gives the classes of every question by its id.
func classes(r *Result) map[string]string {
	out := map[string]string{}
	for _, q := range r.Questions {
		out[q.ID] = fmt.Sprint(q.ValueClass, " / ", q.ValueClassStated, " / ", q.AgreementClass, " / ", q.Denied, " ", q.Parts)
	}
	return out
}

func sameClasses(t *testing.T, what string, before, after *Result) {
	t.Helper()
	a, b := classes(before), classes(after)
	for id, class := range b {
		if a[id] != class {
			t.Errorf("%s: %s, was %s", what, class, a[id])
		}
	}
	if len(a) != len(b) {
		t.Errorf("%s: %d questions, were %d", what, len(b), len(a))
	}
}

func TestAnyOrderGivesTheSameRows(t *testing.T) {
	each(t, func(t *testing.T, r *random, lines []string) {
		in := dataset(lines...)
		want := describe(compute(t, in))
		for range 3 {
			if got := describe(compute(t, shuffled(in, r.Rand))); got != want {
				t.Errorf("other rows:\n%s\n---\n%s", got, want)
			}
		}
	})
}

// What holds between the columns, whatever the data; origins, channels and
// bounds are found once more from the rows of question_claims.
func TestInvariants(t *testing.T) {
	seen := map[string]int{}
	each(t, func(t *testing.T, _ *random, lines []string) {
		r := compute(t, dataset(lines...))
		rows := map[string][]*QuestionClaim{}
		for i := range r.Claims {
			rows[r.Claims[i].QuestionID] = append(rows[r.Claims[i].QuestionID], &r.Claims[i])
			seen[r.Claims[i].WhyNotCurrent]++
			seen[r.Claims[i].Derivation]++
		}
		for i := range r.Questions {
			q := &r.Questions[i]
			seen[q.ValueClass]++
			seen[q.AgreementClass]++
			for _, problem := range invariants(q, rows[q.ID]) {
				t.Errorf("%s %v: %s", q.ID, q.Parts, problem)
			}
		}
		if !slices.IsSortedFunc(r.Questions, func(a, b Question) int { return strings.Compare(a.ID, b.ID) }) {
			t.Error("questions are not in the order of their ids")
		}
		for i := 1; i < len(r.Claims); i++ {
			a, b := &r.Claims[i-1], &r.Claims[i]
			if strings.Compare(a.QuestionID+" "+a.Key+" "+a.Derivation, b.QuestionID+" "+b.Key+" "+b.Derivation) >= 0 {
				t.Errorf("rows of question_claims: %+v, then %+v", a, b)
			}
		}
	})
	for _, what := range []string{ClassNoValue, ClassUncontested, ClassNotComparable, ClassConflicting, ClassCorroborated, ClassCompatible, ClassDenied, ClassDeniedOnly,
		NotCurrentRevised, NotCurrentRetracted, NotCurrentNewer, NotCurrentRescheduled, NotCurrentBase,
		DerivedParticipation, DerivedStatus, DerivedWhen, DerivedPlace, DerivedNoComment, DerivedEntailment} {
		if seen[what] < 5 {
			t.Errorf("the random datasets have %q only %d times: they do not try it", what, seen[what])
		}
	}
}

func invariants(q *Question, claims []*QuestionClaim) (problems []string) {
	must := func(holds bool, what string, args ...any) {
		if !holds {
			problems = append(problems, fmt.Sprintf(what, args...))
		}
	}
	origins, channels, values := map[string]bool{}, map[string]bool{}, map[string]bool{}
	current, denying := 0, 0
	for _, c := range claims {
		must(c.Current == (c.WhyNotCurrent == "") && (c.WhyNotCurrent == "") == (c.SupersededBy == ""), "%s: why %q by %q", c.Key, c.WhyNotCurrent, c.SupersededBy)
		must(c.SupersededBy != c.Key || c.Derivation == DerivedEntailment, "%s supersedes itself", c.Key)
		must(len(c.Channels) > 0 && c.Origin != "", "%s has no origin or channel", c.Key)
		if !c.Current {
			continue
		}
		current++
		if c.Value == "" {
			continue
		}
		if c.Stance == model.Deny {
			denying++
		} else if c.Stance == model.Assert {
			origins[c.Origin], values[c.Value] = true, true
			for _, channel := range c.Channels {
				channels[channel] = true
			}
		}
	}
	must(q.Claims == len(claims) && q.Current == current && q.Superseded == q.Claims-current, "%d claims, %d current, %d superseded", q.Claims, q.Current, q.Superseded)
	must(q.Denying == denying, "%d denying, but %d rows", q.Denying, denying)
	must(q.Origins == len(origins) && q.Channels == len(channels) && len(q.ValuesAsserted) == len(values), "%d origins, %d channels, values %v", q.Origins, q.Channels, q.ValuesAsserted)
	must(q.Independent <= min(q.Origins, q.Channels) && (q.Independent > 0) == (q.Origins > 0), "%d independent of %d and %d", q.Independent, q.Origins, q.Channels)
	must((q.ValueClass == ClassNoValue) == (q.Origins == 0), "%s with no origin", q.ValueClass)
	must((q.ValueClass == ClassUncontested) == (q.Origins == 1), "%s with %d origins", q.ValueClass, q.Origins)
	must(q.ValueClass != ClassCorroborated || q.Independent >= 2, "corroborated by %d", q.Independent)
	must((q.AgreementClass == ClassDeniedOnly) == (q.Origins == 0 && denying > 0), "%s with %d denials", q.AgreementClass, denying)
	must((q.AgreementClass == ClassDenied) == q.Denied && (!q.Denied || q.Origins > 0 && denying > 0), "%s, but denied is %v", q.AgreementClass, q.Denied)
	must(q.Denied || q.AgreementClass == ClassDeniedOnly || q.AgreementClass == q.ValueClass, "%s and %s", q.AgreementClass, q.ValueClass)
	if q.LowerMin.Value != nil {
		must(q.LowerMin.Value.Cmp(q.LowerMax.Value) <= 0, "lower_min above lower_max")
	}
	if q.UpperMax.Value != nil {
		must(q.UpperMin.Value.Cmp(q.UpperMax.Value) <= 0, "upper_min above upper_max")
	}
	must(q.GapRatio == nil || q.ValueClass == ClassConflicting, "a gap without a conflict")
	if q.BestMin != nil {
		must(q.BestMin.Cmp(q.BestMedian) <= 0 && q.BestMedian.Cmp(q.BestMax) <= 0, "best numbers out of order")
	}
	return problems
}

// A copy whose lineage is coded changes no class and asks nothing new, however
// much later it was printed; one of an undated document has no date either. It
// is the copy of a claim that nobody has revised by name (the copy would not be
// named).
func TestCopiesChangeNothing(t *testing.T) {
	each(t, func(t *testing.T, r *random, lines []string) {
		in := dataset(lines...)
		before := compute(t, in)
		revised := map[string]bool{}
		for _, c := range in.Claims {
			revised[c.Revises.Value] = true
		}
		for i := range 5 {
			c := in.Claims[r.IntN(len(in.Claims))]
			if c.Retired() || revised[c.ID.Value] {
				continue
			}
			addCopy(&in, fmt.Sprint("copy-", i), &c.Report)
			c2 := *c
			c2.ID.Value, c2.Source.Value, c2.Revises = fmt.Sprint("clm-copy-", i), fmt.Sprint("src-copy-", i), model.Text{}
			in.Claims = append(in.Claims, &c2)
		}
		for i, e := range in.Events {
			if len(e.Accounts) == 0 {
				continue
			}
			a := e.Accounts[r.IntN(len(e.Accounts))]
			addCopy(&in, fmt.Sprint("account-", i), &a.Report)
			a.Source.Value = fmt.Sprint("src-account-", i)
			e2 := *e
			e2.Accounts = append(slices.Clone(e.Accounts), a)
			in.Events[i] = &e2
		}
		sameClasses(t, "with copies", before, compute(t, in))
	})
}

// addCopy adds a copy of the source of a claim or account.
func addCopy(in *Input, name string, r *model.Report) {
	source := r.Source.Value
	on := "none"
	for _, s := range in.Sources {
		target := source
		if source == "src-dup" {
			target = "src-3"
		}
		if s.ID.Value == target && s.Published != nil {
			on = "2099-12-31"
		}
	}
	add(in, fmt.Sprintf("src-%s of=%s:quoted on=%s pub=act-5", name, source, on))
}

// The order in which a class is worse than another: versions that cannot all be
// true; nothing said; one voice; several that agree; several that confirm each
// other. not_comparable has no place in it: no number changes that.
var betterness = []string{ClassConflicting, ClassNoValue, ClassUncontested, ClassCompatible, ClassCorroborated}

// Another independent answer inside what all admit never makes a class worse.
func TestAgreeingNeverMakesWorse(t *testing.T) {
	tried := 0
	each(t, func(t *testing.T, random *random, lines []string) {
		r := compute(t, dataset(lines...))
		for i := range r.Questions {
			q := &r.Questions[i]
			if !random.chance(40) {
				continue
			}
			inside, ok := insideAll(q)
			asOf := dateIn(q.Period)
			if !ok || asOf == Undated || q.Modality == model.Planned { // a newer plan takes the place of older ones
				continue
			}
			tried++
			line := "clm-new src-new act-new " + inside + " msr=" + q.Measure + " " + q.Modality + " asof=" + asOf
			for key, id := range map[string]string{"sub": q.Subject, "obj": q.Object, "plc": q.Place, "evt": q.Event, "pop": q.Population} {
				if id != "" {
					line += " " + key + "=" + id
				}
			}
			after := compute(t, dataset(append(slices.Clone(lines), "src-new", line)...))
			id := after.QuestionOf["clm-new"]
			if id != q.ID {
				t.Fatalf("%s is put to another question than %v", line, q.Parts)
			}
			for _, q2 := range after.Questions {
				if q2.ID != id || q.ValueClass == ClassNotComparable {
					continue
				}
				if slices.Index(betterness, q2.ValueClass) < slices.Index(betterness, q.ValueClass) || q2.ValueClass == ClassNotComparable {
					t.Errorf("%s: %s, was %s", line, q2.ValueClass, q.ValueClass)
				}
			}
		}
	})
	if tried < 100 {
		t.Errorf("tried only %d questions", tried)
	}
}

// insideAll gives a number that all origins admit.
func insideAll(q *Question) (value string, ok bool) {
	if q.LowerMin.Value == nil && q.LowerMax.Value == nil && q.UpperMin.Value == nil || q.ValueClass == ClassConflicting || q.ValueClass == ClassNotComparable {
		return "", false
	}
	x := interval{q.LowerMax, q.UpperMin}
	middle := ratOf("1")
	switch lower, upper := x.lower.Value, x.upper.Value; {
	case lower != nil && upper != nil:
		middle.Add(lower, upper).Mul(middle, ratOf("1/2"))
	case lower != nil:
		middle.Add(lower, middle)
	case upper != nil:
		middle.Sub(upper, middle)
	}
	text := Exact(middle)
	return "exact:" + text, !x.isEmpty() && !strings.Contains(text, "/")
}

// dateIn gives a day in a period.
func dateIn(period string) string {
	if period == "" {
		return "2025-06-01"
	}
	_, last, ok := strings.Cut(period, "/")
	if ok {
		return last
	}
	return period
}
