package golden

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "folder", "a.golden")
	if err := check(path, "a\n", false); err == nil || !strings.Contains(err.Error(), "-update") {
		t.Errorf("a missing file gives %v", err)
	}
	if err := check(path, "a\n", true); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "a\n" {
		t.Errorf("-update wrote %q, %v", got, err)
	}
	if err := check(path, "a\n", false); err != nil {
		t.Errorf("equal text gives %v", err)
	}
	for _, other := range []string{"b\n", "a", "a\r\n", ""} {
		if err := check(path, other, false); err == nil || !strings.Contains(err.Error(), "-want +got") {
			t.Errorf("%q instead of %q gives %v", other, "a\n", err)
		}
	}
}
