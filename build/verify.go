package build

import (
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

// Limits of what verify reads of a folder of unknown origin.
const (
	maxManifest     = 10 << 20
	maxSums         = 64 << 20
	maxReleaseFiles = 100_000
)

// VerifyOptions of a verification.
type VerifyOptions struct {
	Rebuild bool              // rebuild from the bundled sources and compare the bytes
	Stage   func(name string) // told what begins; may be nil
}

// Verified says what was proved about a release that has no findings.
type Verified struct {
	Manifest *Manifest // nil if it could not be read
	Files    int
	Rebuilt  bool
}

// Verify checks the release in a folder, wherever it lies and wherever it comes
// from. It trusts nothing: names and sizes before contents, digests before
// anything is decoded, and a step only if the one before it found nothing.
func Verify(ctx context.Context, dir string, opt VerifyOptions) (*Verified, diag.List, error) {
	v := verifier{ctx: ctx, dir: dir, result: &Verified{}}
	stage := func(name string) {
		if opt.Stage != nil {
			opt.Stage(name)
		}
	}
	steps := []struct {
		name string
		run  func() error
	}{
		{"names and sizes", v.inventory},
		{"digests", v.digests},
		{"tables", v.tables},
		{"second reader", v.secondReader},
		{"sources", v.sources},
	}
	if opt.Rebuild {
		steps = append(steps, struct {
			name string
			run  func() error
		}{"rebuild", v.rebuild})
	}
	for _, step := range steps {
		stage(step.name)
		if err := step.run(); err != nil {
			return nil, nil, err
		}
		if v.list.HasErrors() {
			break
		}
	}
	v.result.Rebuilt = opt.Rebuild && !v.list.HasErrors()
	return v.result, v.list.Sorted(), nil
}

// verifier carries a verification from step to step.
type verifier struct {
	ctx    context.Context
	dir    string
	sizes  map[string]int64  // of the files found, by path
	sums   map[string]string // what SHA256SUMS says
	list   diag.List
	result *Verified
}

func (v *verifier) report(code diag.Code, file, message, help string) {
	v.list = append(v.list, diag.New(code, diag.Place{File: file}, "", message, help))
}

func (v *verifier) path(file string) string { return filepath.Join(v.dir, filepath.FromSlash(file)) }

const (
	helpDownload = "get the release again from where it is published"
	helpAltered  = "the release was altered, or damaged on the way; get it again"
)

// inventory lists the files without opening any but the two lists, and compares
// names and sizes.
func (v *verifier) inventory() error {
	if err := v.scan(); err != nil || v.list.HasErrors() {
		return err
	}
	if err := v.readLists(); err != nil || v.list.HasErrors() {
		return err
	}
	m := v.result.Manifest
	known := map[string]File{}
	for _, f := range m.Files {
		known[f.Path] = f
		if sum, ok := v.sums[f.Path]; !ok {
			v.report(diag.ReleaseDigests, sumsName, fmt.Sprintf("the manifest lists %s, the checksums do not", f.Path), helpAltered)
		} else if sum != f.SHA256 {
			v.report(diag.ReleaseDigests, f.Path, fmt.Sprintf("%s and %s name different digests of this file", manifestName, sumsName), helpAltered)
		}
	}
	for path := range v.sums {
		if _, ok := known[path]; !ok && path != manifestName {
			v.report(diag.ReleaseDigests, manifestName, fmt.Sprintf("the checksums list %s, the manifest does not", path), helpAltered)
		}
	}
	if _, ok := v.sums[manifestName]; !ok {
		v.report(diag.ReleaseDigests, sumsName, "the checksums do not list "+manifestName, helpAltered)
	}
	return v.compareNames(known)
}

// scan finds the files of the folder. Anything but plain files and folders ends
// the verification: nothing of it may be opened.
func (v *verifier) scan() error {
	info, err := os.Stat(v.dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", v.dir)
	}
	v.sizes = map[string]int64{}
	err = filepath.WalkDir(v.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == v.dir {
			return err
		}
		rel, err := filepath.Rel(v.dir, path)
		if err != nil {
			return err
		}
		file := filepath.ToSlash(rel)
		switch {
		case !plainPath(file):
			v.report(diag.ReleaseName, strings.ToValidUTF8(file, "\uFFFD"), "this name has characters that no release uses", "delete the file: it is not part of a release")
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			v.report(diag.ReleaseName, file, "this is a link or a special file, not a plain file", helpDownload)
		default:
			info, err := d.Info()
			if err != nil {
				return err
			}
			v.sizes[file] = info.Size()
		}
		if len(v.sizes) > maxReleaseFiles {
			return fmt.Errorf("%s holds more than %d files: it is no release", v.dir, maxReleaseFiles)
		}
		return v.ctx.Err()
	})
	v.result.Files = len(v.sizes)
	return err
}

// readLists reads the manifest and the checksums.
func (v *verifier) readLists() error {
	for _, name := range []string{manifestName, sumsName} {
		if _, ok := v.sizes[name]; !ok {
			v.report(diag.ReleaseMissing, name, "this file is missing", helpDownload+"; is this the folder of a release?")
		}
	}
	if v.list.HasErrors() {
		return nil
	}
	if data, err := readLimited(v.path(manifestName), maxManifest); err != nil {
		return err
	} else if v.result.Manifest, err = parseManifest(data); err != nil {
		v.report(diag.ReleaseManifest, manifestName, "the manifest cannot be read: "+err.Error(), helpAltered)
	}
	if data, err := readLimited(v.path(sumsName), maxSums); err != nil {
		return err
	} else if v.sums, err = parseSums(data); err != nil {
		v.report(diag.ReleaseManifest, sumsName, "the checksums cannot be read: "+err.Error(), helpAltered)
	}
	return nil
}

// compareNames holds the files that are there against those that should be. A
// file under another name is recognised by its digest.
func (v *verifier) compareNames(known map[string]File) error {
	var missing, extra []string
	for path := range v.sums {
		if _, ok := v.sizes[path]; !ok {
			missing = append(missing, path)
		}
	}
	for path, size := range v.sizes {
		f, ok := known[path]
		switch {
		case path == sumsName || path == manifestName:
		case !ok:
			extra = append(extra, path)
		case size != f.Bytes:
			v.report(diag.ReleaseChanged, path, fmt.Sprintf("this file has %d bytes, the release's has %d", size, f.Bytes), helpAltered)
		}
	}
	slices.Sort(missing)
	slices.Sort(extra)
	renamed := map[string]bool{}
	for _, path := range extra {
		from, err := v.renamedFrom(path, missing, known, renamed)
		if err != nil {
			return err
		}
		if from != "" {
			renamed[from] = true
			v.report(diag.ReleaseRenamed, path, fmt.Sprintf("this is the file %s under another name", from), "rename it back")
		} else {
			v.report(diag.ReleaseExtra, path, "this file is not part of the release", "delete it, or keep it elsewhere: nothing vouches for it")
		}
	}
	for _, path := range missing {
		if !renamed[path] {
			v.report(diag.ReleaseMissing, path, "this file is missing", helpDownload)
		}
	}
	return nil
}

func (v *verifier) renamedFrom(path string, missing []string, known map[string]File, taken map[string]bool) (string, error) {
	for _, from := range missing {
		if taken[from] || known[from].Bytes != v.sizes[path] {
			continue
		}
		_, sum, err := digestFile(v.ctx, v.path(path))
		if err != nil {
			return "", err
		}
		if sum == v.sums[from] {
			return from, nil
		}
	}
	return "", nil
}

// digests recomputes every digest.
func (v *verifier) digests() error {
	for path, want := range v.sums {
		_, got, err := digestFile(v.ctx, v.path(path))
		if err != nil {
			return err
		}
		if got != want {
			v.report(diag.ReleaseChanged, path, "the bytes of this file are not those of the release: its SHA-256 is "+got, helpAltered)
		}
	}
	return nil
}

// readLimited reads a file that must not be larger than limit bytes.
func readLimited(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errors.New(path + " is larger than any such file")
	}
	return data, err
}
