package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/suggest"
)

// selection is the part of a dataset that path arguments name. Without them it
// is all of it.
type selection struct {
	paths []string // relative to the root, with forward slashes
	args  []string // as they were written
}

// selectPaths turns path arguments into a selection. A path that does not
// exist, or lies outside, is a fault of usage.
func (a *App) selectPaths(root string, args []string) (selection, error) {
	s := selection{args: args}
	for _, arg := range args {
		abs, err := filepath.Abs(a.path(arg))
		if err != nil {
			return s, err
		}
		if _, err := os.Lstat(abs); err != nil {
			return s, usage(missingPath(arg, abs, err))
		}
		rel, ok := below(root, abs)
		if !ok {
			return s, usagef("%s is not part of the dataset in %s", arg, root)
		}
		s.paths = append(s.paths, filepath.ToSlash(rel))
	}
	return s, nil
}

func missingPath(arg, abs string, err error) error {
	var pe *fs.PathError
	if !errors.Is(err, fs.ErrNotExist) && errors.As(err, &pe) {
		return fmt.Errorf("%s: %w", arg, pe.Err)
	}
	var names []string
	if entries, err := os.ReadDir(filepath.Dir(abs)); err == nil {
		for _, e := range entries {
			names = append(names, e.Name())
		}
	}
	if near, ok := suggest.Nearest(filepath.Base(abs), names); ok {
		return fmt.Errorf("%s does not exist; did you mean %s?", arg, filepath.Join(filepath.Dir(arg), near))
	}
	return fmt.Errorf("%s does not exist", arg)
}

// below gives the path of a file relative to a folder that it lies in. The two
// may be written with different links; a link that is the file itself is not
// followed, because it is what a finding is about.
func below(root, file string) (string, bool) {
	rel, err := filepath.Rel(root, file)
	if err == nil && filepath.IsLocal(rel) {
		return rel, true
	}
	realRoot, err1 := filepath.EvalSymlinks(root)
	folder, err2 := filepath.EvalSymlinks(filepath.Dir(file))
	if err1 != nil || err2 != nil {
		return "", false
	}
	rel, err = filepath.Rel(realRoot, filepath.Join(folder, filepath.Base(file)))
	return rel, err == nil && filepath.IsLocal(rel)
}

// has tells whether a file belongs to the selection.
func (s selection) has(file string) bool {
	return len(s.paths) == 0 || slices.ContainsFunc(s.paths, func(p string) bool { return within(file, p) })
}

func within(file, folder string) bool {
	return folder == "." || file == folder || strings.HasPrefix(file, folder+"/")
}

// readFolder gives the folder of records or schemas in which a file lies, or "".
// Whatever is put there is read as a part of the dataset the next time.
func readFolder(root string, snap *dataset.Snapshot, file string) string {
	abs, err := filepath.Abs(file)
	if err != nil || snap == nil {
		return ""
	}
	rel, ok := below(root, abs)
	if !ok {
		return ""
	}
	folders := []string{snap.Config.SchemaFolder}
	for _, k := range snap.Config.Kinds {
		folders = append(folders, k.Folder)
	}
	for _, f := range folders {
		if within(filepath.ToSlash(rel), f) {
			return f
		}
	}
	return ""
}

// touches tells whether a finding is about a file of the selection, in first or
// second place.
func (s selection) touches(d diag.Diagnostic) bool {
	return s.has(d.Place.File) || slices.ContainsFunc(d.Related, func(r diag.Related) bool { return s.has(r.Place.File) })
}

// check finds path arguments that name nothing that is read: whoever wrote them
// would take silence for a good report.
func (s selection) check(snap *dataset.Snapshot, list diag.List) error {
	for i, p := range s.paths {
		one := selection{paths: []string{p}}
		found := slices.ContainsFunc(snap.Inputs(), func(f *dataset.File) bool { return one.has(f.Path) }) ||
			slices.ContainsFunc(list, one.touches) ||
			slices.ContainsFunc(snap.Config.Kinds, func(k dataset.Kind) bool { return within(k.Folder, p) })
		switch {
		case found:
		case strings.HasPrefix(filepath.Base(p), "."):
			return usagef("%s is not read: names that begin with a dot are left to editors and version control", s.args[i])
		default:
			return usagef("%s is not read: %s does not name its folder as one of records or schemas", s.args[i], dataset.ConfigName)
		}
	}
	return nil
}

// size counts the files of the selection, and the records in them.
func (s selection) size(snap *dataset.Snapshot) (files, records int) {
	for _, f := range snap.Inputs() {
		if s.has(f.Path) {
			files++
		}
	}
	for _, f := range snap.Records {
		if s.has(f.Path) {
			records += len(f.Records())
		}
	}
	return files, records
}
