package validate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stemma/internal/diag"
)

func TestIDsAndReferences(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"ids of both sorts, and references to them",
			map[string]string{"cities/a.json": `{"id":"a"}`, "owners/o.jsonl": `{"no":1,"of":"a"}` + "\n" + `{"no":"1"}`, "visits/v.jsonl": `{"by":1}` + "\n" + `{"by":"1"}` + "\n" + `{"by":1.0}` + "\n" + `{"by":"a"}`}, nil},
		{"one id in two files of two sorts",
			map[string]string{"cities/a.json": `{"id":"x"}`, "cities/b.jsonl": `{"name":"n","id":"x"}` + "\n" + `{"id":"x"}`},
			[]string{
				`cities/b.jsonl:1:18 id-duplicate /id: the id "x" is taken already; give one of the two records another id (cities/a.json:1:7 the first record with this id is here)`,
				`cities/b.jsonl:2:7 id-duplicate /id: the id "x" is taken already; give one of the two records another id (cities/a.json:1:7 the first record with this id is here)`,
			}},
		{"one number written in two ways",
			map[string]string{"owners/a.json": `{"no":1e2}`, "owners/b.json": `{"no": 100.0}`},
			[]string{`owners/b.json:1:8 id-duplicate /no: the id 100 is taken already; give one of the two records another id (owners/a.json:1:7 the first record with this id is here)`}},
		{"no id, and no possible one",
			map[string]string{"cities/a.json": `{}`, "cities/b.json": `{"id":""}`, "cities/c.json": `{"id":1.5}`, "cities/d.json": `{"id":null}`, "cities/e.json": `{"id":["x"]}`},
			[]string{
				`cities/a.json:1:1 id-missing : this record has no id; add "id", a text or a whole number that no other record of its kind has`,
				`cities/b.json:1:7 id-missing /id: this is no id; write a text or a whole number that no other record of its kind has`,
				`cities/c.json:1:7 id-missing /id: this is no id; write a text or a whole number that no other record of its kind has`,
				`cities/d.json:1:7 id-missing /id: this is no id; write a text or a whole number that no other record of its kind has`,
				`cities/e.json:1:7 id-missing /id: this is no id; write a text or a whole number that no other record of its kind has`,
			}},
		{"what the schema says of an id is not said twice",
			map[string]string{"owners/a.json": `{}`, "owners/b.json": `{"no":null}`},
			[]string{
				`owners/a.json:1:1 property-missing`,
				`owners/b.json:1:7 value-type`,
			}},
		{"slips, other kinds and other types",
			map[string]string{"cities/a.json": `{"id":"kabul"}`, "cities/b.json": `{"id":"herat","near":["kabul","kabol","herat"]}`, "owners/a.jsonl": `{"no":7}` + "\n" + `{"no":"seven","of":"nowhere-at-all"}`,
				"visits/v.jsonl": `{"to":"seven"}` + "\n" + `{"by":"7"}` + "\n" + `{"by":8}` + "\n" + `{"by":null,"to":7}`},
			[]string{
				`cities/b.json:1:31 ref-unresolved /near/1: no city has the id "kabol"; did you mean "kabul"?`,
				`owners/a.jsonl:2:20 ref-unresolved /of: no city has the id "nowhere-at-all"; check the id, or add a record for the city`,
				`visits/v.jsonl:1:7 ref-kind /to: "seven" is an owner, but this must be a city; write the id of a city (owners/a.jsonl:2:7 the owner is here)`,
				`visits/v.jsonl:2:7 ref-unresolved /by: no owner or city has the id "7"; the id is a number: write 7 without quotation marks`,
				`visits/v.jsonl:3:7 ref-unresolved /by: no owner or city has the id 8; check the id, or add a record for the owner or city`,
				`visits/v.jsonl:4:17 value-type`,
			}},
		{"a kind without records yet",
			map[string]string{"visits/v.json": `{"to":"kabul"}`},
			[]string{`visits/v.json:1:7 ref-unresolved /to: no city has the id "kabul"; there is no city yet: add its record`}},
		{"a wrong value beside a reference that leads nowhere",
			map[string]string{"cities/a.json": `{"id":"kabul"}`, "visits/v.json": `{"to":"kabu","size":["x"]}`},
			[]string{
				`visits/v.json:1:7 ref-unresolved /to: no city has the id "kabu"; did you mean "kabul"?`,
				`visits/v.json:1:22 value-type`,
			}},
		{"a record that is no JSON is missed by nobody",
			map[string]string{"cities/a.json": "{\n\"id\": \"kabul\"\n\"name\": \"Kabul\"}", "cities/b.jsonl": "{\"id\": \"herat,\n{\"name\":\"x\" \"id\" :\"bal\\u006bh\"}\n", "owners/o.json": `{"no": 12 "of": "a"}`,
				"visits/v.jsonl": `{"to":"kabul"}` + "\n" + `{"to":"herat"}` + "\n" + `{"to":"balkh"}` + "\n" + `{"by":12}` + "\n" + `{"by":13}`},
			[]string{
				`cities/a.json:2:14 json-syntax (cities/a.json:3:1 this comes next)`,
				`cities/b.jsonl:1:8 json-syntax`,
				`cities/b.jsonl:2:12 json-syntax (cities/b.jsonl:2:13 this comes next)`,
				`owners/o.json:1:10 json-syntax (owners/o.json:1:11 this comes next)`,
				`visits/v.jsonl:5:7 ref-unresolved /by: no owner or city has the id 13; there is no owner or city yet: add its record`,
			}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			res := engineRun(t, test.files)
			if diff := cmp.Diff(test.want, engineLines(res.Diagnostics)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if (res.Checked != nil) != (len(test.want) == 0) {
				t.Errorf("checked: %v, with %d findings", res.Checked != nil, len(res.Diagnostics))
			}
		})
	}
}

// TestManyBrokenReferences is about a dataset in which a folder was renamed, or
// forgotten: every reference is reported, the first slips are helped, and it ends
// soon. (Comparing all would take a hundred times as long as everything else.)
func TestManyBrokenReferences(t *testing.T) {
	const broken = 5000
	var cities, visits, near strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&cities, `{"id":"city-%05d"}`+"\n", i)
	}
	for i := range broken {
		fmt.Fprintf(&visits, `{"to":"town-%05d-%05d"}`+"\n", i, i*7)
		fmt.Fprintf(&near, `"village-%d",`, i)
	}
	visits.WriteString(`{"to":"ctiy-00017"}` + "\n")
	res := engineRun(t, map[string]string{
		"cities/all.jsonl": cities.String(), "visits/all.jsonl": visits.String(),
		"cities/one.json": `{"id":"one","near":[` + strings.TrimSuffix(near.String(), ",") + `]}`,
		"cities/0.json":   `{"id":"zero","near":["city-00O17"]}`,
	})
	found, helped := 0, 0
	for _, d := range res.Diagnostics {
		if d.Code == diag.RefUnresolved {
			found++
		}
		if strings.HasPrefix(d.Help, "did you mean") {
			helped++
		}
	}
	if want := 2*broken + 2; found != want {
		t.Errorf("%d broken references were found, want %d", found, want)
	}
	if helped == 0 {
		t.Error("no slip was helped")
	}
}
