package diag

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// randomDiagnostic draws from so few values that equal fields, and equal
// diagnostics, are common.
func randomDiagnostic(r *rand.Rand) Diagnostic {
	word := func() string { return []string{"", "a", "b"}[r.IntN(3)] }
	place := func() Place {
		at := func() Position { return Position{r.IntN(2), r.IntN(2)} }
		return Place{word(), Span{at(), at()}}
	}
	d := Diagnostic{
		Code: Code(word()), Severity: Severity(r.IntN(2)), Place: place(),
		Pointer: word(), Message: word(), Help: word(),
	}
	for range r.IntN(3) {
		d.Related = append(d.Related, Related{place(), word()})
	}
	return d
}

func TestCompareIsATotalOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		// b and c are close to a, so that late fields decide as well.
		a := randomDiagnostic(r)
		b, c := mutated(r, a), mutated(r, a)
		if Compare(a, b) != -Compare(b, a) {
			t.Fatalf("not antisymmetric:\n%+v\n%+v", a, b)
		}
		if Compare(a, b) <= 0 && Compare(b, c) <= 0 && Compare(a, c) > 0 {
			t.Fatalf("not transitive:\n%+v\n%+v\n%+v", a, b, c)
		}
		if equal := reflect.DeepEqual(a, b); equal != (Compare(a, b) == 0) {
			t.Fatalf("equal is %t, Compare gives %d:\n%+v\n%+v", equal, Compare(a, b), a, b)
		}
	}
}

// mutated gives the diagnostic with one field, chosen at random, drawn anew.
// Fields are found by reflection: one that is added to Diagnostic and forgotten
// in Compare fails the test.
func mutated(r *rand.Rand, d Diagnostic) Diagnostic {
	d.Related = slices.Clone(d.Related)
	other := randomDiagnostic(r)
	field := r.IntN(reflect.TypeFor[Diagnostic]().NumField())
	reflect.ValueOf(&d).Elem().Field(field).Set(reflect.ValueOf(other).Field(field))
	return d
}

func TestSortedDoesNotDependOnTheOrderOfFinding(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var list List
		for range 1 + r.IntN(30) {
			list = append(list, randomDiagnostic(r))
		}
		list = append(list, list[r.IntN(len(list))]) // at least one twice
		before := slices.Clone(list)
		want := list.Sorted()
		if !reflect.DeepEqual(list, before) {
			t.Fatal("sorting changed its input")
		}
		if !slices.IsSortedFunc(want, Compare) {
			t.Fatal("not sorted")
		}
		for i := 1; i < len(want); i++ {
			if Compare(want[i-1], want[i]) == 0 {
				t.Fatalf("listed twice: %+v", want[i])
			}
		}
		for _, d := range list {
			if _, found := slices.BinarySearchFunc(want, d, Compare); !found {
				t.Fatalf("lost: %+v", d)
			}
		}
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if got := list.Sorted(); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order gives\n%+v\nnot\n%+v", got, want)
		}
	}
}

func TestListCounts(t *testing.T) {
	none, warning := List{}, List{{Severity: Warning}}
	both := List{{Severity: Warning}, {Severity: Error}, {Severity: Warning}}
	if none.HasErrors() || warning.HasErrors() || !both.HasErrors() {
		t.Error("HasErrors")
	}
	if both.Count(Error) != 1 || both.Count(Warning) != 2 {
		t.Error("Count")
	}
}
