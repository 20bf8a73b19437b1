package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Names of what a build leaves behind if it is killed. The next build removes
// them; they begin with a dot, so nothing takes them for a release.
const (
	stagingPrefix = ".building-"
	trashPrefix   = ".replaced-"
)

// prepare makes the folder of the releases, keeps other builds out of it and
// removes what an interrupted one left there.
func prepare(out string) (unlock func(), err error) {
	if _, err := os.Lstat(out); err == nil && !isDir(out) {
		return nil, fmt.Errorf("%s is not a folder, so releases cannot be written into it: remove it, or name another folder", out)
	}
	if err := makeDir(out); err != nil {
		return nil, fmt.Errorf("the folder of the releases cannot be made: %w", err)
	}
	unlock, err = lockDir(out)
	if err != nil {
		return nil, err
	}
	if err := tidy(out); err != nil {
		unlock()
		return nil, fmt.Errorf("what an interrupted build left behind cannot be removed: %w", err)
	}
	return unlock, nil
}

// tidy removes what an interrupted build left. A release that was moved away
// for one that never came gets its name back first.
func tidy(out string) error {
	entries, err := os.ReadDir(out)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(out, e.Name())
		if name, ok := strings.CutPrefix(e.Name(), trashPrefix); ok && name != "" {
			if _, err := os.Lstat(filepath.Join(out, name)); errors.Is(err, fs.ErrNotExist) {
				if err := os.Rename(path, filepath.Join(out, name)); err != nil {
					return err
				}
				continue
			}
		} else if !strings.HasPrefix(e.Name(), stagingPrefix) {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}
