package build

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"stemma/internal/diag"
)

// Limits of a release folder. Releases have two levels and dozens of files.
const (
	maxReleaseFiles = 100_000 // files and folders
	maxReleaseDepth = 16      // folders in folders
)

// folder is a release folder of unknown origin. Nothing outside it is ever
// opened, and nothing in it but plain files.
type folder struct {
	dir   string
	root  *os.Root
	files map[string]fs.FileInfo // the plain files, by path with forward slashes
	dirs  []string
	list  diag.List // of what is neither, and of names that no release uses
	seen  int
}

// openFolder lists a folder without opening any file in it. It is closed by
// closing root.
func openFolder(ctx context.Context, dir string) (*folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir, root: root, files: map[string]fs.FileInfo{}}
	if err := f.scan(ctx, ".", 1); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return f, nil
}

func (f *folder) report(code diag.Code, file, message, help string, related ...diag.Related) {
	f.list = append(f.list, diag.New(code, diag.Place{File: file}, "", message, help, related...))
}

// scan lists a folder in pieces, so that one with millions of entries is
// noticed before it fills the memory.
func (f *folder) scan(ctx context.Context, dir string, depth int) error {
	d, err := f.root.OpenFile(dir, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return err
	}
	defer d.Close()
	for {
		entries, err := d.ReadDir(1024)
		slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
		for _, e := range entries {
			if err := interrupted(ctx); err != nil {
				return err
			}
			if err := f.entry(ctx, path.Join(dir, e.Name()), depth); err != nil {
				return err
			}
			if f.seen > maxReleaseFiles {
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

func (f *folder) entry(ctx context.Context, file string, depth int) error {
	if f.seen++; f.seen > maxReleaseFiles {
		f.list = nil // of what holds so much, the parts say nothing
		f.report(diag.ReleaseName, ".", fmt.Sprintf("this folder holds more than %d files: it is no release", maxReleaseFiles), "name the folder of a release, such as dist/v0.1.0")
		return nil
	}
	if !plainPath(file) {
		f.report(diag.ReleaseName, strings.ToValidUTF8(file, "\uFFFD"), "this name has characters that no release uses", "delete it: it is not part of a release")
		return nil
	}
	info, err := f.root.Lstat(file)
	if err != nil {
		return err
	}
	switch {
	case info.IsDir() && depth > maxReleaseDepth:
		f.report(diag.ReleaseName, file, fmt.Sprintf("folders nest more than %d deep here", maxReleaseDepth), "delete it: it is not part of a release")
	case info.IsDir():
		f.dirs = append(f.dirs, file)
		return f.scan(ctx, file, depth+1)
	case !info.Mode().IsRegular():
		f.report(diag.ReleaseName, file, "this is a link or a special file, not a plain file", "put the plain file there, or get the release again from where it is published")
	default:
		f.files[file] = info
	}
	return nil
}

// errAltered says that somebody changes a folder while it is being read.
var errAltered = errors.New("it was changed while it was being read")

// open opens a file that the scan found, if it is still the same.
func (f *folder) open(file string) (*os.File, error) {
	in, err := f.root.OpenFile(file, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, err
	}
	info, err := in.Stat()
	if err == nil && !sameFile(info, f.files[file]) {
		err = &fs.PathError{Op: "read", Path: f.path(file), Err: errAltered}
	}
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return in, nil
}

// sameFile tells whether nobody replaced or wrote to a file.
func sameFile(a, b fs.FileInfo) bool {
	return b != nil && a.Mode().IsRegular() && os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// read reads a whole file of at most limit bytes.
func (f *folder) read(ctx context.Context, file string, limit int64) ([]byte, error) {
	in, err := f.open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(&contextReader{ctx: ctx, r: in}, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("%s has more than %d bytes: no such file is as large", f.path(file), limit)
	}
	return data, err
}

// digest gives the SHA-256 of a file, in hexadecimal. A file that grows while
// it is read is not read for ever.
func (f *folder) digest(ctx context.Context, file string, told func(n int)) (string, error) {
	in, err := f.open(file)
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(&contextReader{ctx: ctx, r: in, told: told}, f.files[file].Size()+1))
	if err == nil && n != f.files[file].Size() {
		err = &fs.PathError{Op: "read", Path: f.path(file), Err: errAltered}
	}
	return hex.EncodeToString(h.Sum(nil)), err
}

// altered lists the files that are not any more what the scan found.
func (f *folder) altered() []string {
	var out []string
	for file, before := range f.files {
		if now, err := f.root.Lstat(file); err != nil || !sameFile(now, before) {
			out = append(out, file)
		}
	}
	slices.Sort(out)
	return out
}

func (f *folder) path(file string) string { return filepath.Join(f.dir, filepath.FromSlash(file)) }

// paths lists the files, sorted.
func (f *folder) paths() []string {
	out := make([]string, 0, len(f.files))
	for file := range f.files {
		out = append(out, file)
	}
	slices.Sort(out)
	return out
}
