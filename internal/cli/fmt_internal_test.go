package cli

import (
	"os"
	"path/filepath"
	"testing"

	"stemma/internal/dataset"
)

// TestRewriteChangedFile is about a file that an editor saves while stemma fmt
// is at work: what was saved stays.
func TestRewriteChangedFile(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "a.json")
	if err := os.WriteFile(path, []byte("saved meanwhile"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := rewrite(root, &dataset.File{Path: "a.json", Data: []byte("as it was read")}, []byte("the layout"))
	want := "a.json changed while it was being read; it was left alone: run stemma fmt again"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "saved meanwhile" {
		t.Errorf("the file holds %q, %v", got, err)
	}
	if err := rewrite(root, &dataset.File{Path: "a.json", Data: []byte("saved meanwhile")}, []byte("the layout")); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(root)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v; want one file", entries, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v, want 0600", info.Mode())
	}
}
