package diag

import (
	"fmt"
	"strings"
	"testing"
)

func TestReportCountsEachFindingOnce(t *testing.T) {
	warning := New(FileUnknown, Place{File: "b"}, "", "m", "")
	fault := New(JSONSyntax, Place{File: "a"}, "", "m", "")
	r := NewReport(3, 2, List{warning, fault, warning}, nil)
	if want := (Summary{Files: 3, Records: 2, Errors: 1, Warnings: 1}); r.Summary != want {
		t.Errorf("summary %+v, want %+v", r.Summary, want)
	}
	if len(r.Diagnostics) != 2 || r.Diagnostics[0].Code != JSONSyntax {
		t.Errorf("findings %+v", r.Diagnostics)
	}
}

func TestFirstLeavesOutWarningsBeforeErrors(t *testing.T) {
	var list List
	for i, severity := range "WWEWE" {
		d := Diagnostic{Severity: Error, Message: fmt.Sprint(i)}
		if severity == 'W' {
			d.Severity = Warning
		}
		list = append(list, d)
	}
	for limit, want := range []string{"01234", "2", "24", "024", "0124", "01234", "01234"} {
		shown, hidden := list.first(limit)
		var got strings.Builder
		for _, d := range shown {
			got.WriteString(d.Message)
		}
		if got.String() != want || hidden != len(list)-len(want) {
			t.Errorf("first(%d) shows %s and leaves out %d, want %s", limit, got.String(), hidden, want)
		}
	}
}
