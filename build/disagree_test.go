package build

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/model"
	"stemma/internal/strictjson"
	"stemma/validate"
)

func TestDisagreement(t *testing.T) {
	result, err := Disagreement(t.Context(), check(t, modelDataset))
	if err != nil || result == nil {
		t.Fatalf("%v, %v", result, err)
	}
	if _, err := Disagreement(t.Context(), check(t, smallDataset)); err == nil || !strings.Contains(err.Error(), `"model": "stemma"`) {
		t.Errorf("a dataset of no model: %v", err)
	}
	if _, err := Disagreement(cancelled(t.Context()), check(t, modelDataset)); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped run: %v", err)
	}
}

// All records of the six kinds are decoded, each as what it is, in their order;
// other kinds are left alone.
func TestDecodedInput(t *testing.T) {
	dir := editedCopy(t, modelDataset, "dataset.json", `"kinds": [`, `"kinds": [{"kind":"note","schema":"schema/note.json","folder":"notes","table":"notes","id":"id"},`)
	must(t, writeFile(filepath.Join(dir, "schema", "note.json"), []byte(`{"type":"object"}`)), makeDir(filepath.Join(dir, "notes")))
	must(t, writeFile(filepath.Join(dir, "notes", "a.json"), []byte(`{"id":"clm-state"}`)))
	c := check(t, dir)
	var told []string
	in, d, err := decodeInput(t.Context(), c, decodeClaim, func(done, total int) { told = append(told, fmt.Sprint(done, "/", total)) })
	must(t, err)
	got := map[string][]string{}
	for _, m := range in.Sources {
		got[model.KindSource] = append(got[model.KindSource], m.ID.Value)
	}
	for _, m := range in.Actors {
		got[model.KindActor] = append(got[model.KindActor], m.ID.Value)
	}
	for _, m := range in.Places {
		got[model.KindPlace] = append(got[model.KindPlace], m.ID.Value)
	}
	for _, m := range in.Measures {
		got[model.KindMeasure] = append(got[model.KindMeasure], m.ID.Value)
	}
	for _, m := range in.Events {
		got[model.KindEvent] = append(got[model.KindEvent], m.ID.Value)
	}
	for _, m := range in.Claims {
		got[model.KindClaim] = append(got[model.KindClaim], m.ID.Value)
	}
	total := 0
	for _, k := range c.Kinds() {
		var want []string
		for _, r := range k.Records {
			want = append(want, r.ID.Text)
		}
		if k.Name != "note" && (!slices.Equal(got[k.Name], want) || len(want) == 0) {
			t.Errorf("the kind %s: %q, want %q", k.Name, got[k.Name], want)
		}
		total += len(k.Records)
	}
	if in.Policy.Version.Value != "1" || !slices.Equal(d.claims, got[model.KindClaim]) {
		t.Errorf("policy %q, claims %q", in.Policy.Version.Value, d.claims)
	}
	if last := fmt.Sprint(total, "/", total); len(told) == 0 || told[len(told)-1] != last {
		t.Errorf("told %q, the last should be %s", told, last)
	}
	for key, want := range map[recordKey]string{{model.KindClaim, "clm-state"}: "records/claims/a.jsonl", {model.KindEvent, "evt-meeting"}: "records/events/evt-meeting.json"} {
		if got := d.paths[key]; got != want {
			t.Errorf("%v lies in %q, want %q", key, got, want)
		}
	}
}

// Nothing that a question could depend on is left out of a claim.
func TestWhatIsLeftOutOfClaims(t *testing.T) {
	for _, k := range check(t, modelDataset).Kinds() {
		if k.Name != model.KindClaim {
			continue
		}
		for _, r := range k.Records {
			value, _ := strictjson.Parse(r.Data)
			got, want := decodeClaim(value), model.DecodeClaim(value)
			want.Refs, want.Quote, want.Locator = nil, model.Text{}, model.Text{}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v", r.ID.Text, got)
			}
		}
	}
}

// Thousands of records make the workers take turns; each record keeps its place,
// and a fault that only shows while decoding names the record, a panic too.
func TestDecodedRecordsTakeTurns(t *testing.T) {
	const n = 5000
	file := &dataset.RecordFile{File: &dataset.File{Path: "r.jsonl"}}
	k := validate.Kind{}
	for i := range n {
		k.Records = append(k.Records, validate.Entry{Record: &dataset.Record{File: file, Index: int64(i), Data: fmt.Appendf(nil, "%d", i)}})
	}
	text := func(v *strictjson.Value) string { return v.Text }
	got, err := decodeRecords(t.Context(), k, &counter{}, text)
	must(t, err)
	for i, s := range got {
		if s != fmt.Sprint(i) {
			t.Fatalf("record %d is %s", i, s)
		}
	}
	if _, err := decodeRecords(cancelled(t.Context()), k, &counter{}, text); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped run: %v", err)
	}
	_, err = decodeRecords(t.Context(), k, &counter{}, func(v *strictjson.Value) string {
		if v.Text == "4321" {
			panic("on purpose")
		}
		return ""
	})
	if err == nil || !strings.Contains(err.Error(), "r.jsonl (record 4321)") || !strings.Contains(err.Error(), "on purpose") {
		t.Errorf("a panic: %v", err)
	}
	k.Records[77].Data = []byte("{")
	if _, err := decodeRecords(t.Context(), k, &counter{}, text); err == nil || !strings.Contains(err.Error(), "r.jsonl (record 77)") {
		t.Errorf("a record that cannot be read: %v", err)
	}
}

// Names that stemma needs for what it computes are findings at the schema that
// uses them; nothing is built.
func TestNamesOfWhatIsComputed(t *testing.T) {
	const claim, measure = "schema/claim.schema.json", "schema/measure.schema.json"
	firstProperty := func(properties string) []string {
		return []string{`"properties": {` + "\n    \"$schema\"", `"properties": {` + properties + `, "$schema"`}
	}
	for name, test := range map[string]struct{ file, properties, want, says string }{
		"property":    {claim, `"question_id": {"type": "string"}`, "schema-column-name " + claim, `column "question_id" of the table "claims"`},
		"case":        {claim, `"Question_Id": {"type": "string"}`, "schema-column-name " + claim, `column "Question_Id" of the table "claims"`},
		"child table": {measure, `"statistics": {"type": "array", "items": {"type": "object", "properties": {"x": {"type": "string"}}}}`, "dataset-kind " + measure, `the table "measure_statistics"`},
		"other kind":  {measure, `"question_id": {"type": "string"}`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			edit := firstProperty(test.properties)
			c := check(t, editedCopy(t, modelDataset, test.file, edit[0], edit[1]))
			out := t.TempDir()
			release, list, err := Build(t.Context(), c, Options{Out: out})
			must(t, err)
			if test.want == "" {
				if release == nil || len(list) > 0 {
					t.Errorf("findings %v", list)
				}
				return
			}
			if release != nil || !slices.Equal(short(list), []string{test.want}) || !list.HasErrors() || !strings.Contains(messages(list), test.says) {
				t.Errorf("%v, %s", release, messages(list))
			}
			expectNames(t, out)
		})
	}
}

func TestStoppedDisagreement(t *testing.T) {
	c := check(t, modelDataset)
	var stages []string
	out := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	_, _, err := Build(ctx, c, Options{Out: out, Stage: func(name string) {
		if stages = append(stages, name); name == "disagree" {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || !slices.Equal(stages, []string{"disagree"}) {
		t.Errorf("stages %q, error %v", stages, err)
	}
	expectNames(t, out)
	mustBuild(t, c, out)
}

// The policy lies in the release as it was read, whatever its name was.
func TestPolicyTravels(t *testing.T) {
	dir := modelRelease(t)
	policy := readFile(t, filepath.Join(modelDataset, "rules", "policy.json"))
	if got := readFile(t, filepath.Join(dir, policyName)); string(got) != string(policy) {
		t.Error("the policy has other bytes than in the dataset")
	}
	m, err := parseManifest(readFile(t, filepath.Join(dir, manifestName)))
	if err != nil || m.file(policyName) == nil || *m.PolicyVersion != "1" {
		t.Fatalf("%+v, %v", m, err)
	}
	if got := verifyFindings(t, dir, VerifyOptions{Rebuild: true}); len(got) > 0 {
		t.Errorf("findings %q", got)
	}
	edit(t, filepath.Join(dir, policyName), `"tolerance": "0.1"`, `"tolerance": "0.2"`)
	if got := verifyFindings(t, dir, VerifyOptions{}); !slices.Equal(got, []string{"release-changed-file policy.json"}) {
		t.Errorf("changed: %q", got)
	}
	forge(t, dir, func(*Manifest) {})
	want := []string{"release-rebuild SHA256SUMS", "release-rebuild manifest.json", "release-rebuild policy.json", "release-rebuild provenance.intoto.json"}
	if got := verifyFindings(t, dir, VerifyOptions{Rebuild: true}); !slices.Equal(got, want) {
		t.Errorf("forged: %q, want %q", got, want)
	}
}

// A policy version and the file go together, but not yet in output version 1.
func TestManifestWithoutPolicy(t *testing.T) {
	text := string(readFile(t, filepath.Join(modelRelease(t), manifestName)))
	for name, test := range map[string]struct {
		change func(string) string
		good   bool
	}{
		"no file":    {func(s string) string { return strings.Replace(s, `"policy.json"`, `"policy.txt"`, 1) }, false},
		"no version": {func(s string) string { return strings.Replace(s, `"policy_version": "1"`, `"policy_version": null`, 1) }, false},
		"no file, version 1": {func(s string) string {
			s = strings.Replace(s, `"policy.json"`, `"policy.txt"`, 1)
			return strings.Replace(s, `"output_version": 3`, `"output_version": 1`, 1)
		}, true},
	} {
		changed := test.change(text)
		if changed == text {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := parseManifest([]byte(changed)); (err == nil) != test.good || err != nil && !strings.Contains(err.Error(), policyName) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// In a release, each authored claim names the question under which question_claims
// lists it, and both tables know the same questions.
func TestQuestionsOfARelease(t *testing.T) {
	tables := filepath.Join(modelRelease(t), tablesDir)
	questions := readColumn(t, tables, "question_claims", "question_id")
	keys, derivations := readColumn(t, tables, "question_claims", "claim_key"), readColumn(t, tables, "question_claims", "derivation")
	authored := map[string]string{}
	for i, key := range keys {
		if derivations[i] == "(null)" {
			authored[key] = questions[i]
		}
	}
	ids, named := readColumn(t, tables, "claims", "id"), readColumn(t, tables, "claims", "question_id")
	for i, id := range ids {
		want, ok := authored[id]
		if retired := id == "clm-withdrawn" || id == "clm-duplicate"; retired == ok || !ok && named[i] != "(null)" || ok && named[i] != want {
			t.Errorf("the claim %s names the question %s, question_claims lists it under %q", id, named[i], want)
		}
	}
	rows := readColumn(t, tables, "disagreement", "question_id")
	if got := slices.Compact(questions); !slices.Equal(got, rows) || !slices.IsSorted(rows) || len(rows) < 10 || len(authored) != 13 {
		t.Errorf("%d authored claims; questions\n%q\nquestion_claims lists\n%q", len(authored), rows, got)
	}
	classes := readColumn(t, tables, "disagreement", "agreement_class")
	for _, class := range []string{"conflicting", "uncontested", "denied", "denied_only"} {
		if !slices.Contains(classes, class) {
			t.Errorf("no question is %s: %q", class, classes)
		}
	}
}
