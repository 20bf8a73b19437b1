package cli

import (
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/diag"
)

// What is wrong with the configuration keeps the records from being judged; a
// finding that only lies there, because what it is about has no file, does not.
func TestVerdict(t *testing.T) {
	snap := &dataset.Snapshot{Config: &dataset.Config{Policy: "policy.json", SchemaFolder: "schema"}}
	for _, c := range []struct {
		code diag.Code
		file string
		want int
	}{
		{diag.DatasetVersion, "dataset.json", ExitUsage},
		{diag.SchemaInvalid, "schema/a.json", ExitUsage},
		{diag.IDVanished, "dataset.json", ExitFindings},
		{diag.VersionStep, "dataset.json", ExitFindings},
		{diag.VersionOrder, "dataset.json", ExitFindings},
		{diag.FormatLayout, "policy.json", ExitFindings},
		{diag.ApprovalUnused, "approvals.json", ExitFindings},
		{diag.IDReused, "records/a.json", ExitFindings},
	} {
		d := diag.New(c.code, diag.Place{File: c.file}, "", "m", "h")
		d.Severity = diag.Error
		report := diag.NewReport(1, 1, diag.List{d}, func(string, int) (string, bool) { return "", false })
		if got := statusOf(verdict(report, snap, false)); got != c.want {
			t.Errorf("%s in %s: status %d, want %d", c.code, c.file, got, c.want)
		}
	}
}
