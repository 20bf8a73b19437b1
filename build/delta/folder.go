package delta

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of what is read of a folder of unknown origin.
const (
	maxEntries = 100_000
	maxList    = 16 << 20 // bytes of delta.json, README.md and SHA256SUMS
)

// folder is the folder of a delta of unknown origin. Nothing in it is opened but
// plain files, and nothing outside it.
type folder struct {
	dir      string
	root     *os.Root
	files    map[string]int64 // sizes by path with forward slashes
	dirs     []string
	problems []Problem
}

// openFolder lists a folder. It is closed by closing root.
func openFolder(ctx context.Context, dir string) (*folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir, root: root, files: map[string]int64{}}
	if err := f.scan(ctx, "."); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return f, nil
}

func (f *folder) report(file, format string, args ...any) {
	f.problems = append(f.problems, Problem{File: strings.ToValidUTF8(file, "\uFFFD"), Message: fmt.Sprintf(format, args...)})
}

// scan lists a folder in pieces, so that one with millions of entries is noticed
// before it fills the memory. A delta has no folders in folders.
func (f *folder) scan(ctx context.Context, dir string) error {
	d, err := f.root.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	for {
		entries, err := d.ReadDir(1024)
		for _, e := range entries {
			if err := errors.Join(ctx.Err(), f.entry(ctx, path.Join(dir, e.Name()))); err != nil {
				return err
			}
			if len(f.files)+len(f.dirs)+len(f.problems) > maxEntries {
				f.problems = []Problem{{File: ".", Message: fmt.Sprintf("this folder holds more than %d files: it is no delta", maxEntries)}}
				return nil
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (f *folder) entry(ctx context.Context, file string) error {
	info, err := f.root.Lstat(file)
	if err != nil {
		return err
	}
	switch {
	case !utf8.ValidString(file):
		f.report(file, "this name is no text, and no delta uses it")
	case info.IsDir() && strings.Contains(file, "/"):
		f.report(file, "a delta has no folders in its folders")
	case info.IsDir():
		f.dirs = append(f.dirs, file)
		return f.scan(ctx, file)
	case !info.Mode().IsRegular():
		f.report(file, "this is a link or a special file, not a plain file")
	default:
		f.files[file] = info.Size()
	}
	return nil
}

// compareNames reports files that are missing and that should not be there.
func (f *folder) compareNames(expected map[string]*File) {
	needed := map[string]bool{}
	for _, file := range slices.Sorted(maps.Keys(expected)) {
		needed[path.Dir(file)] = true
		if _, ok := f.files[file]; !ok {
			f.report(file, "this file is missing")
		}
	}
	for _, file := range slices.Sorted(maps.Keys(f.files)) {
		needed[path.Dir(file)] = true
		if _, ok := expected[file]; !ok {
			f.report(file, "this file is not part of the delta")
		}
	}
	for _, dir := range f.dirs {
		if !needed[dir] {
			f.report(dir, "this empty folder is not part of the delta")
		}
	}
}

// read reads a list; nil if it is not there or too large, which is reported.
func (f *folder) read(file string) ([]byte, error) {
	size, ok := f.files[file]
	if !ok {
		f.report(file, "this file is missing")
		return nil, nil
	}
	if size > maxList {
		f.report(file, "this file has %d bytes; no delta has one with more than %d", size, maxList)
		return nil, nil
	}
	in, err := f.open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(io.LimitReader(in, maxList))
}

// open opens a file that the scan found. What has become something else since,
// such as a pipe that would wait for a writer, is not opened.
func (f *folder) open(file string) (*os.File, error) {
	if info, err := f.root.Lstat(file); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: f.path(file), Err: errors.New("it was changed while it was being read")}
	}
	return f.root.Open(file)
}

// checkDigest compares size and SHA-256 of a file with those of delta.json.
func (f *folder) checkDigest(ctx context.Context, want *File) error {
	size, ok := f.files[want.Path]
	if !ok {
		return nil // reported as missing
	}
	if size != want.Bytes {
		f.report(want.Path, "this file has %d bytes, the delta's has %d", size, want.Bytes)
		return nil
	}
	in, err := f.open(want.Path)
	if err != nil {
		return err
	}
	defer in.Close()
	h := sha256.New()
	// A file that grows while it is read is not read for ever.
	if _, err := io.Copy(h, io.LimitReader(in, size+1)); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != want.SHA256 {
		f.report(want.Path, "the bytes of this file are not those of the delta: its SHA-256 is not the one in %s", jsonName)
	}
	return ctx.Err()
}

func (f *folder) path(file string) string { return filepath.Join(f.dir, filepath.FromSlash(file)) }
