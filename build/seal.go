package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stemma/internal/diag"
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
	if err := os.MkdirAll(out, dirMode); err != nil {
		return nil, err
	}
	unlock, err = lockDir(out)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(out)
	if err != nil {
		unlock()
		return nil, err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), stagingPrefix) || strings.HasPrefix(e.Name(), trashPrefix) {
			if err := os.RemoveAll(filepath.Join(out, e.Name())); err != nil {
				unlock()
				return nil, err
			}
		}
	}
	return unlock, nil
}

// seal gives a finished folder its name. A release that is there already is
// compared; a development release is replaced.
func seal(ctx context.Context, staging, final string, dev bool) (Outcome, diag.List, error) {
	if err := interrupted(ctx); err != nil {
		return Refused, nil, err
	}
	outcome := Created
	switch _, err := os.Lstat(final); {
	case err == nil:
		list, err := compareFolders(staging, final)
		if err != nil {
			return Refused, nil, err
		}
		if len(list) == 0 {
			return Unchanged, nil, nil
		}
		if !dev {
			return Refused, list, nil
		}
		trash := filepath.Join(filepath.Dir(final), trashPrefix+filepath.Base(final))
		if err := os.Rename(final, trash); err != nil {
			return Refused, nil, err
		}
		defer os.RemoveAll(trash)
		outcome = Replaced
	case !errors.Is(err, fs.ErrNotExist):
		return Refused, nil, err
	}
	if err := os.Rename(staging, final); err != nil {
		return Refused, nil, err
	}
	return outcome, nil, syncPath(filepath.Dir(final))
}

// compareFolders reports each file of a published release that differs from
// what was built now.
func compareFolders(built, published string) (diag.List, error) {
	a, err := listFiles(built)
	if err != nil {
		return nil, err
	}
	b, err := listFiles(published)
	if err != nil {
		return nil, err
	}
	var list diag.List
	report := func(path, what string) {
		file := filepath.ToSlash(filepath.Join(filepath.Base(published), path))
		list = append(list, diag.New(diag.ReleaseExists, diag.Place{File: file}, "", what,
			"a published version never changes: give the changed records a new version in dataset.json"))
	}
	for _, path := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b)))) {
		_, inA := slices.BinarySearch(a, path)
		_, inB := slices.BinarySearch(b, path)
		switch {
		case !inA:
			report(path, "the published release has this file, the build does not")
		case !inB:
			report(path, "the build has this file, the published release does not")
		default:
			same, err := equalFiles(filepath.Join(built, path), filepath.Join(published, path))
			if err != nil {
				return nil, err
			}
			if !same {
				report(path, "this file is published with other content")
			}
		}
	}
	return list, nil
}

// equalFiles tells whether two files hold the same bytes.
func equalFiles(a, b string) (bool, error) {
	fa, err := os.Open(a)
	if err != nil {
		return false, err
	}
	defer fa.Close()
	fb, err := os.Open(b)
	if err != nil {
		return false, err
	}
	defer fb.Close()
	bufA, bufB := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, errA := io.ReadFull(fa, bufA)
		m, errB := io.ReadFull(fb, bufB)
		if !bytes.Equal(bufA[:n], bufB[:m]) {
			return false, nil
		}
		if ended(errA) || ended(errB) {
			return ended(errA) && ended(errB), nil
		}
		if err := errors.Join(errA, errB); err != nil {
			return false, fmt.Errorf("comparing %s: %w", b, err)
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
