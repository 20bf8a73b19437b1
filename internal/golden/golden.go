package golden

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew instead of comparing with them")

// Check compares got with the file at path, byte for byte, and reports the
// difference as an error of the test. With -update it writes the file, and its
// folder, instead.
func Check[T string | []byte](t testing.TB, path string, got T) {
	t.Helper()
	if err := check(path, string(got), *update); err != nil {
		t.Error(err)
	}
}

func check(path, got string, update bool) error {
	if update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return os.WriteFile(path, []byte(got), 0o644)
	}
	want, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New(path + " does not exist; make it with -update, and read it")
	}
	if err != nil {
		return err
	}
	if string(want) != got {
		return errors.New(path + " differs (-want +got; if the change is meant, run with -update):\n" +
			cmp.Diff(string(want), got))
	}
	return nil
}
