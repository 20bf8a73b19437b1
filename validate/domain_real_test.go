package validate

import (
	"os"
	"testing"

	"stemma/internal/diag"
)

// TestDomainRecords: the repository's own records keep the rules. Warnings are
// for people to judge.
func TestDomainRecords(t *testing.T) {
	for _, d := range checkDomain(t, os.DirFS(".."), nil) {
		if d.Severity == diag.Error {
			t.Error(render(diag.List{d}))
		}
	}
}
