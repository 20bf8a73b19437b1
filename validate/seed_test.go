package validate_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/strictjson"
	"stemma/validate"
)

const seedFactCount = 56

// Every fact of the seed article is in the records: as the part that
// testdata/seed-facts.txt asks for, and by its number in the note of a record
// that it asks for.
func TestSeedFactsAreCovered(t *testing.T) {
	records := ownRecords(t)
	text, err := os.ReadFile("testdata/seed-facts.txt")
	if err != nil {
		t.Fatal(err)
	}
	covered, noted := map[int]bool{}, map[int]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.SplitN(line, " ", 3)
		fact, err := strconv.Atoi(fields[0])
		want, problems := strictjson.Parse([]byte(fields[2]))
		if err != nil || problems != nil {
			t.Fatalf("%s: %v %v", line, err, problems)
		}
		record := records[fields[1]]
		if record == nil {
			t.Errorf("seed fact %d: there is no record %s", fact, fields[1])
			continue
		}
		if !holds(record, want) {
			t.Errorf("seed fact %d: %s does not hold %s", fact, fields[1], fields[2])
			continue
		}
		covered[fact] = true
		noted[fact] = noted[fact] || slices.Contains(notes(record), fact)
	}
	n := 0
	for fact := 1; fact <= seedFactCount; fact++ {
		if covered[fact] && noted[fact] {
			n++
			continue
		}
		t.Errorf("seed fact %d: covered %v, named in the note of a record that covers it %v", fact, covered[fact], noted[fact])
	}
	if got := fmt.Sprintf("%d of %d", n, seedFactCount); got != "56 of 56" {
		t.Errorf("facts covered: %s", got)
	}
}

// holds tells whether a value has what is wanted of it: of an object the
// members that are given, of a list an entry for each that is given.
func holds(v, want *strictjson.Value) bool {
	if v == nil || want.Kind == strictjson.Null {
		return v.IsNull() && want.Kind == strictjson.Null
	}
	switch want.Kind {
	case strictjson.Object:
		return !slices.ContainsFunc(want.Members, func(m strictjson.Member) bool { return !holds(v.Get(m.Name), &m.Value) })
	case strictjson.Array:
		return !slices.ContainsFunc(want.Elems, func(w strictjson.Value) bool {
			return !slices.ContainsFunc(v.Elems, func(e strictjson.Value) bool { return holds(&e, &w) })
		})
	}
	return string(strictjson.AppendCanonical(nil, v)) == string(strictjson.AppendCanonical(nil, want))
}

var factNote = regexp.MustCompile(`seed fact ([0-9]+)`)

func notes(record *strictjson.Value) []int {
	var out []int
	for _, m := range factNote.FindAllStringSubmatch(record.Get("coding").Get("note").Str(), -1) {
		n, err := strconv.Atoi(m[1])
		if err == nil {
			out = append(out, n)
		}
	}
	return out
}

// No note names a fact that the article does not have.
func TestNotesNameFactsOfTheArticle(t *testing.T) {
	for id, record := range ownRecords(t) {
		for _, fact := range notes(record) {
			if fact < 1 || fact > seedFactCount {
				t.Errorf("%s: there is no seed fact %d", id, fact)
			}
		}
	}
}

func ownRecords(t *testing.T) map[string]*strictjson.Value {
	t.Helper()
	snap, list, err := dataset.Open(context.Background(), "..")
	if err != nil || list.HasErrors() {
		t.Fatal(err, list)
	}
	records := map[string]*strictjson.Value{}
	for _, f := range snap.Records {
		for _, r := range f.Records() {
			v, problems := strictjson.Parse(r.Data)
			if problems != nil {
				t.Fatalf("%s: %v", f.Path, problems)
			}
			records[v.Get("id").Str()] = v
		}
	}
	return records
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
		t.Errorf("%d records, %v", result.Records, result.Diagnostics)
	}
}
