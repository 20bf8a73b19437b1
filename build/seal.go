package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"stemma/internal/diag"
)

// seal gives a finished folder its name. A release that is there already is
// compared; a development release is replaced. What is replaced stays where the
// finished folder was, for the caller to remove.
func seal(ctx context.Context, staging, final string, dev bool) (Outcome, diag.List, error) {
	if err := interrupted(ctx); err != nil {
		return Refused, nil, err
	}
	info, err := os.Lstat(final)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.Rename(staging, final); err != nil {
			return Refused, nil, err
		}
		return Created, nil, syncPath(filepath.Dir(final))
	case err != nil:
		return Refused, nil, err
	case !info.IsDir():
		return Refused, diag.List{diag.New(diag.ReleaseExists, diag.Place{File: filepath.Base(final)}, "",
			"this is not a folder, but it has the name of the release", "move it away, then build again; nothing was changed")}, nil
	}
	list, err := compareFolders(ctx, staging, final)
	if err != nil {
		return Refused, nil, err
	}
	if len(list) == 0 {
		return Unchanged, nil, nil
	}
	if !dev {
		return Refused, list, nil
	}
	// The comparison takes a while: look once more before anything is changed.
	if err := interrupted(ctx); err != nil {
		return Refused, nil, err
	}
	return Replaced, nil, replace(staging, final)
}

// replace puts a finished folder in the place of another. Where the system
// cannot do that in one step, there is a moment without either; a build that is
// killed in it is mended by the next one, see tidy.
func replace(staging, final string) error {
	out := filepath.Dir(final)
	if swapped, err := exchange(staging, final); err != nil {
		return err
	} else if swapped {
		return syncPath(out)
	}
	return replaceInSteps(staging, final)
}

func replaceInSteps(staging, final string) error {
	out := filepath.Dir(final)
	trash := filepath.Join(out, trashPrefix+filepath.Base(final))
	if err := os.Rename(final, trash); err != nil {
		return err
	}
	if err := os.Rename(staging, final); err != nil {
		return errors.Join(err, os.Rename(trash, final))
	}
	return errors.Join(syncPath(out), os.RemoveAll(trash))
}

// compareFolders reports each file of a published release that differs from
// what was built now. What is published may have been tampered with, so it is
// read like a release of unknown origin.
func compareFolders(ctx context.Context, built, published string) (diag.List, error) {
	a, err := openFolder(ctx, built)
	if err != nil {
		return nil, err
	}
	defer a.root.Close()
	b, err := openFolder(ctx, published)
	if err != nil {
		return nil, err
	}
	defer b.root.Close()
	var list diag.List
	report := func(file, what string) {
		list = append(list, diag.New(diag.ReleaseExists, diag.Place{File: filepath.Base(published) + "/" + file}, "", what,
			"a published version never changes: give the changed records a new version in dataset.json, or restore the file as it was published"))
	}
	for _, d := range b.list {
		report(d.Place.File, d.Message)
	}
	for _, file := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(a.paths(), b.paths())))) {
		switch {
		case a.files[file] == nil:
			report(file, "the published release has this file, the build does not")
		case b.files[file] == nil:
			report(file, "the build has this file, the published release does not")
		default:
			same, err := equalInFolders(ctx, a, b, file)
			if err != nil {
				return nil, err
			}
			if !same {
				report(file, "this file is published with other content")
			}
		}
	}
	return list.Sorted(), nil
}

func equalInFolders(ctx context.Context, a, b *folder, file string) (same bool, err error) {
	if a.files[file].Size() != b.files[file].Size() {
		return false, nil
	}
	left, err := a.open(file)
	if err != nil {
		return false, err
	}
	defer left.Close()
	right, err := b.open(file)
	if err != nil {
		return false, err
	}
	defer right.Close()
	same, err = equalFiles(ctx, left, right)
	if err != nil {
		return false, fmt.Errorf("comparing %s: %w", b.path(file), err)
	}
	return same, nil
}
