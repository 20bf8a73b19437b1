package build

import (
	"errors"
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"

	"stemma/build/columnar"
	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
	"stemma/schema"
)

func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return r
}

func date(t testing.TB, text string) edtf.Date {
	t.Helper()
	d, err := edtf.Parse(text)
	must(t, err)
	return d
}

// handmade is a result for the dataset modelDataset, with a row of zero values
// and one in which all is set in every table.
func handmade(t testing.TB) *disagreement.Result {
	full := disagreement.Question{
		ID:     "q-0000000000000002",
		Parts:  disagreement.Parts{Measure: "m", Subject: "s", Object: "o", Place: "p", Event: "e", Population: "n", Modality: "actual", Period: "2025"},
		Claims: 1, Current: 2, Superseded: 3, Denying: 4, NoComment: 5, Entailed: 6, Anonymous: 7, AsOfDerived: 8, Origins: 9, Channels: 10, Independent: 11, IndependentStated: 12,
		Claimants: []string{"act-a", "ö, \"b\""}, DenyingActors: []string{}, ValuesAsserted: []string{"nearly 6000"},
		LowerMin: disagreement.Bound{Value: rat("1/3"), Inclusive: true}, LowerMax: disagreement.Bound{Value: rat("-1.25")}, UpperMax: disagreement.Bound{Value: rat("1e400"), Inclusive: true},
		BestMin: rat("0"), BestMedian: rat("0.1"), BestMax: rat("9007199254740993"), SpreadRatio: rat("2"), GapRatio: rat("6600/7"), OverlapShare: rat("-0.5"),
		ValueClass: "conflicting", ValueClassStated: "compatible", Denied: true, AgreementClass: "denied", RenderingConflict: true, PrevID: "q-0000000000000001",
	}
	claim := disagreement.QuestionClaim{
		QuestionID: "q-0000000000000002", Key: "evt-meeting#/accounts/0/status", Derivation: "status", RecordKind: model.KindEvent, RecordID: "evt-meeting", Pointer: "/accounts/0/status",
		Origin: "a + b", Channels: []string{"src-herald"}, Lower: disagreement.Bound{Value: rat("5400"), Inclusive: true}, Stance: "assert", Current: true,
		WhyNotCurrent: "newer", SupersededBy: "clm-state", AsOf: date(t, "2025-08/.."), AsOfFrom: "said_on",
	}
	return &disagreement.Result{
		PolicyVersion: "1",
		Questions:     []disagreement.Question{{ID: "q-0000000000000001"}, full},
		Claims:        []disagreement.QuestionClaim{{QuestionID: "q-0000000000000001", Key: "clm-state", RecordKind: model.KindClaim, RecordID: "clm-state"}, claim},
		Sensitivity:   []disagreement.Sensitivity{{Tolerance: "0.05"}, {Tolerance: "0.1", CorroborationRatio: "1.1", Questions: 1, ByClass: [6]int{1, 2, 3, 4, 5, 6}, Denied: 7}},
		Measures:      []disagreement.MeasureStatistics{{Measure: "m"}, {Measure: "n", AlphaApplies: true, Alpha: rat("0.123456789"), AlphaQuestions: 3, AlphaValues: 8}},
		QuestionOf:    map[string]string{"clm-state": "q-0000000000000001", "clm-words": "q-0000000000000002"},
	}
}

// handmadeContent is the content of the release of modelDataset with the result
// of handmade.
func handmadeContent(t testing.TB, change func(*disagreement.Result)) *content {
	t.Helper()
	checked := check(t, modelDataset)
	content, list, err := planContent(checked)
	if err != nil || len(list) > 0 {
		t.Fatalf("%v, %v", list, err)
	}
	_, d, err := decodeInput(t.Context(), checked, decodeClaim, nil)
	must(t, err)
	d.Result = handmade(t)
	change(d.Result)
	must(t, content.use(d))
	return content
}

// The values of every row of every computed table are called as the properties
// of its schema, in the same order, and each has the type of its column.
func TestRowsFitTheSchemasOfTheirTables(t *testing.T) {
	content := handmadeContent(t, func(*disagreement.Result) {})
	if len(content.computed) != len(schema.ComputedNames()) {
		t.Fatalf("%d tables", len(content.computed))
	}
	for _, table := range content.computed {
		n := 0
		must(t, table.rows(func(cells []disagreement.Cell) error {
			n++
			var got, want []string
			for _, c := range cells {
				got = append(got, c.Name)
			}
			for _, f := range table.Fields {
				want = append(want, f.Name)
			}
			if !slices.Equal(got, want) {
				t.Errorf("the row of %s has\n%q, its schema\n%q", table.Name, got, want)
			}
			return fillRow(table.Computed, cells, make([]schema.Cell, len(table.Columns)))
		}))
		if n != 2 {
			t.Errorf("%s has %d rows", table.Name, n)
		}
	}
}

// What the tables hold is what was computed, and both readers see it.
func TestComputedCells(t *testing.T) {
	dir := t.TempDir()
	tables, err := compile(t.Context(), handmadeContent(t, func(*disagreement.Result) {}), dir, &Manifest{}, nil)
	must(t, err)
	if list, err := secondRead(t.Context(), dir, tables, nil); err != nil || len(list) > 0 {
		t.Fatalf("%v, %v", list, err)
	}
	const null = "(null)"
	for _, want := range []struct{ table, column, first, second string }{
		{"disagreement", "question_id", "q-0000000000000001", "q-0000000000000002"},
		{"disagreement", "subject", null, "s"},
		{"disagreement", "n_current", "0", "2"},
		{"disagreement", "claimants", "[]", `["act-a","ö, \"b\""]`},
		{"disagreement", "denying_actors", "[]", "[]"},
		{"disagreement", "lower_min", null, "0.3333333333333333"},
		{"disagreement", "lower_min_exact", null, "1/3"},
		{"disagreement", "lower_min_inclusive", null, "true"},
		{"disagreement", "lower_max", null, "-1.25"},
		{"disagreement", "lower_max_inclusive", null, "false"},
		{"disagreement", "upper_min", null, null},
		{"disagreement", "upper_max", null, null}, // no double is near
		{"disagreement", "upper_max_exact", null, "1" + strings.Repeat("0", 400)},
		{"disagreement", "best_min", null, "0"},
		{"disagreement", "best_min_exact", null, "0"},
		{"disagreement", "best_median", null, "0.1"},
		{"disagreement", "best_max", null, "9007199254740992"},
		{"disagreement", "best_max_exact", null, "9007199254740993"},
		{"disagreement", "gap_ratio_exact", null, "6600/7"},
		{"disagreement", "overlap_share_exact", null, "-0.5"},
		{"disagreement", "denied", "false", "true"},
		{"disagreement", "prev_question_id", null, "q-0000000000000001"},
		{"disagreement", "policy_version", "1", "1"},
		{"question_claims", "record_path", "records/claims/a.jsonl", "records/events/evt-meeting.json"},
		{"question_claims", "derivation", null, "status"},
		{"question_claims", "channels", "[]", `["src-herald"]`},
		{"question_claims", "lower", null, "5400"},
		{"question_claims", "upper_inclusive", null, null},
		{"question_claims", "as_of_earliest", null, "2025-08-01"},
		{"question_claims", "as_of_latest", null, null},
		{"sensitivity", "n_compatible", "0", "6"},
		{"measure_statistics", "alpha_exact", null, "0.123456789"},
		{"measure_statistics", "n_alpha_questions", null, "3"},
	} {
		column := readColumn(t, dir, want.table, want.column)
		if len(column) != 2 || column[0] != want.first || column[1] != want.second {
			t.Errorf("%s.%s holds %q, want %q and %q", want.table, want.column, column, want.first, want.second)
		}
	}
	ids, questions := readColumn(t, dir, "claims", "id"), readColumn(t, dir, "claims", "question_id")
	for i, id := range ids {
		want := map[string]string{"clm-state": "q-0000000000000001", "clm-words": "q-0000000000000002"}[id]
		if want == "" {
			want = null
		}
		if questions[i] != want {
			t.Errorf("the claim %s answers %s, want %s", id, questions[i], want)
		}
	}
	if len(ids) != 15 {
		t.Errorf("claims %q", ids)
	}
}

// readColumn gives the cells of a column as texts.
func readColumn(t *testing.T, dir, table, column string) (out []string) {
	t.Helper()
	r, err := ipc.NewFileReader(strings.NewReader(string(readFile(t, filepath.Join(dir, table+columnar.ArrowExtension)))))
	must(t, err)
	defer r.Close()
	fields := r.Schema().FieldIndices(column)
	if len(fields) != 1 {
		t.Fatalf("%s has %d columns %s", table, len(fields), column)
	}
	for i := range r.NumRecords() {
		rec, err := r.Record(i)
		must(t, err)
		values := rec.Column(fields[0])
		for row := range values.Len() {
			out = append(out, cellText(values, row))
		}
	}
	return out
}

func cellText(values any, row int) string {
	a := values.(interface {
		ValueStr(i int) string
		IsNull(i int) bool
	})
	if a.IsNull(row) {
		return "(null)"
	}
	if f, ok := values.(*array.Float64); ok {
		return fmt.Sprintf("%.16g", f.Value(row))
	}
	return a.ValueStr(row)
}

// Claims name their question right after what their schema declares, in the words of
// the schema of questions.
func TestQuestionOfClaims(t *testing.T) {
	content := handmadeContent(t, func(*disagreement.Result) {})
	for _, k := range content.kinds {
		columns := k.Plan.Tables[0].Columns
		at := slices.IndexFunc(columns, func(c schema.Column) bool { return c.Name == questionColumn })
		if (k.Name == model.KindClaim) != (at >= 0) {
			t.Errorf("the kind %s has the column %d", k.Name, at)
		}
		if at < 0 {
			continue
		}
		if columns[at+1].Name != "first_version" || !strings.Contains(columns[at].Description, "question") || columns[at].Type != (schema.Type{}) {
			t.Errorf("column %+v", columns[at])
		}
	}
}

// A row that is not what the schema says is an internal error and leaves no
// files; no value slips into another column.
func TestRowsThatDoNotFit(t *testing.T) {
	fitting := []disagreement.Cell{}
	q := handmade(t).Questions[1]
	fitting = append(fitting, q.Row("1")...)
	at := func(name string) int {
		return slices.IndexFunc(fitting, func(c disagreement.Cell) bool { return c.Name == name })
	}
	for name, change := range map[string]func(row []disagreement.Cell) []disagreement.Cell{
		"missing": func(row []disagreement.Cell) []disagreement.Cell { return slices.Delete(row, 4, 5) },
		"last":    func(row []disagreement.Cell) []disagreement.Cell { return row[:len(row)-1] },
		"none":    func([]disagreement.Cell) []disagreement.Cell { return nil },
		"more":    func(row []disagreement.Cell) []disagreement.Cell { return append(row, disagreement.Cell{Name: "more"}) },
		"renamed": func(row []disagreement.Cell) []disagreement.Cell { row[2].Name = "Subject"; return row },
		"swapped": func(row []disagreement.Cell) []disagreement.Cell { row[2], row[3] = row[3], row[2]; return row },
		"text":    func(row []disagreement.Cell) []disagreement.Cell { row[at("n_current")].Value = "2"; return row },
		"number":  func(row []disagreement.Cell) []disagreement.Cell { row[at("n_current")].Value = rat("2"); return row },
		"wide":    func(row []disagreement.Cell) []disagreement.Cell { row[at("n_current")].Value = int64(2); return row },
		"boolean": func(row []disagreement.Cell) []disagreement.Cell { row[at("period")].Value = true; return row },
		"list":    func(row []disagreement.Cell) []disagreement.Cell { row[at("claimants")].Value = "x"; return row },
		"no list": func(row []disagreement.Cell) []disagreement.Cell { row[at("period")].Value = []string{"x"}; return row },
		"day":     func(row []disagreement.Cell) []disagreement.Cell { row[at("period")].Value = edtf.Day{}; return row },
		"whole":   func(row []disagreement.Cell) []disagreement.Cell { row[at("best_min")].Value = 1; return row },
		"double":  func(row []disagreement.Cell) []disagreement.Cell { row[at("best_min")].Value = 1.5; return row },
		"no rational": func(row []disagreement.Cell) []disagreement.Cell {
			row[at("period")].Value = (*big.Rat)(nil)
			return row
		},
	} {
		content := handmadeContent(t, func(*disagreement.Result) {})
		content.computed[0].rows = func(emit func([]disagreement.Cell) error) error {
			return errors.Join(emit(slices.Clone(fitting)), emit(change(slices.Clone(fitting))))
		}
		dir := t.TempDir()
		_, err := compileComputed(t.Context(), content.computed[0], dir, &Manifest{}, content.described(content.computed[0].Name))
		if err == nil || !strings.Contains(err.Error(), "internal error: a row of the table disagreement does not fit its schema") {
			t.Errorf("%s: error %v", name, err)
		}
		expectNames(t, dir)
	}
}

// A claim that leads back to no record is an internal error, not an empty cell.
func TestClaimOfNoRecord(t *testing.T) {
	for _, change := range []func(*disagreement.QuestionClaim){
		func(c *disagreement.QuestionClaim) { c.RecordID = "clm-nobody" },
		func(c *disagreement.QuestionClaim) { c.RecordKind = model.KindEvent },
	} {
		content := handmadeContent(t, func(r *disagreement.Result) { change(&r.Claims[0]) })
		_, err := compileComputed(t.Context(), content.computed[1], t.TempDir(), &Manifest{}, content.described(content.computed[1].Name))
		if err == nil || !strings.Contains(err.Error(), "there is no such record") {
			t.Errorf("error %v", err)
		}
	}
}

// The interruption of a build is noticed between rows.
func TestStoppedWhileWritingComputedTables(t *testing.T) {
	content := handmadeContent(t, func(*disagreement.Result) {})
	dir := t.TempDir()
	for _, table := range content.computed {
		if _, err := compileComputed(cancelled(t.Context()), table, dir, &Manifest{}, content.described(table.Name)); err == nil || !strings.Contains(err.Error(), "stopped") {
			t.Errorf("%s: error %v", table.Name, err)
		}
	}
	expectNames(t, dir)
}
