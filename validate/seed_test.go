package validate_test

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/validate"
)

// seedFacts says, for each of the 56 facts of the seed article, in records of
// which kinds it must be found: event, claim, actor or source.
const seedFacts = `
1 e; 2 e; 3 e; 4 e; 5 c; 6 e; 7 e; 8 e; 9 c; 10 e; 11 c; 12 e; 13 a; 14 c; 15 a; 16 e; 17 c; 18 c; 19 c; 20 c;
21 c; 22 c; 23 c; 24 c; 25 e c; 26 a; 27 c; 28 c; 29 e; 30 c; 31 c; 32 c; 33 c; 34 c; 35 c; 36 c; 37 c; 38 c s;
39 e; 40 e; 41 c; 42 a; 43 e; 44 e; 45 e; 46 e; 47 c; 48 a; 49 e; 50 a; 51 e; 52 c; 53 c; 54 e c; 55 *; 56 s`

func TestSeedFactsAreCovered(t *testing.T) {
	covered := factsInRecords(t)
	facts := strings.Split(seedFacts, ";")
	if len(facts) != 56 {
		t.Fatalf("the list has %d facts", len(facts))
	}
	for _, line := range facts {
		fields := strings.Fields(line)
		n, err := strconv.Atoi(fields[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range fields[1:] {
			if kind == "*" && len(covered[n]) > 0 {
				continue
			}
			if !slices.ContainsFunc(covered[n], func(k string) bool { return strings.HasPrefix(k, kind) }) {
				t.Errorf("seed fact %d: no record of kind %s… carries it; there are %v", n, kind, covered[n])
			}
		}
		delete(covered, n)
	}
	for n := range covered {
		t.Errorf("seed fact %d: the article has no such fact", n)
	}
}

var factNote = regexp.MustCompile(`seed fact ([0-9]+)`)

// factsInRecords lists the kinds of records whose notes name each fact.
func factsInRecords(t *testing.T) map[int][]string {
	t.Helper()
	snap, list, err := dataset.Open(context.Background(), "..")
	if err != nil || list.HasErrors() {
		t.Fatal(err, list)
	}
	covered := map[int][]string{}
	for _, f := range snap.Records {
		for _, r := range f.Records() {
			v, problems := strictjson.Parse(r.Data)
			if problems != nil {
				t.Fatalf("%s: %v", f.Path, problems)
			}
			for _, m := range factNote.FindAllStringSubmatch(v.Get("coding").Get("note").Str(), -1) {
				n, err := strconv.Atoi(m[1])
				if err != nil {
					t.Fatal(err)
				}
				covered[n] = append(covered[n], snap.Config.Kinds[f.Kind].Name)
			}
		}
	}
	return covered
}

// The records of this repository have no errors, whatever else they warn about.
func TestOwnRecordsAreValid(t *testing.T) {
	snap, list, err := dataset.Open(context.Background(), "..")
	if err != nil {
		t.Fatal(err)
	}
	result, err := validate.Run(context.Background(), snap, list, validate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if result.Checked == nil || result.Records == 0 {
		t.Errorf("%d records, which do not pass", result.Records)
	}
	for _, d := range result.Diagnostics {
		if d.Severity == diag.Error {
			t.Errorf("%s:%d: %s: %s", d.Place.File, d.Place.Span.Start.Line, d.Code, d.Message)
		}
	}
}
