package dataset

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"stemma/internal/diag"
	"stemma/schema"
)

// Snapshot is every byte of a dataset that a build reads.
type Snapshot struct {
	Config  *Config
	Source  *File         // dataset.json
	Policy  *File         // nil if there is none
	Schemas []*File       // sorted by path
	Records []*RecordFile // sorted by path

	Approvals *File   // approvals.json; nil if there is none
	Notes     []*File // about releases, sorted by path
	Ledger    *File   // of the releases before this one; nil if it is not known
	Changelog *File   // up to this one; nil if it is not known
}

// ErrNoDataset says that there is no dataset.json in a folder or above it.
var ErrNoDataset = errors.New("no " + ConfigName + " in this folder or any above it")

// FindRoot walks up from a folder to the one that holds dataset.json.
func FindRoot(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		// Whatever it is: that it is no plain file is reported when it is read.
		if info, err := os.Lstat(filepath.Join(dir, ConfigName)); err == nil && !info.IsDir() {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", ErrNoDataset
		}
		dir = up
	}
}

// Open takes a snapshot of the dataset in a folder. It never leaves the folder,
// whatever links it holds.
func Open(ctx context.Context, root string) (*Snapshot, diag.List, error) {
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	return Load(ctx, r.FS())
}

// Load takes a snapshot of the dataset in a file system. The findings are about
// the files and the configuration; with errors among them the snapshot is
// incomplete, or nil if dataset.json cannot be used. The error is for interruption
// and faults of stemma itself.
func Load(ctx context.Context, fsys fs.FS) (*Snapshot, diag.List, error) {
	rd := reader{ctx: ctx, fsys: fsys}
	source := rd.file(ConfigName)
	if source == nil {
		return nil, rd.list, nil
	}
	config, list, err := parseConfig(source)
	rd.list = append(rd.list, list...)
	if err != nil || rd.list.HasErrors() {
		return nil, rd.list.Sorted(), err
	}
	s := &Snapshot{Config: config, Source: source}
	if config.Policy != "" {
		if err := rd.policy(s); err != nil {
			return nil, rd.list.Sorted(), err
		}
	}
	if err := rd.beside(s); err != nil {
		return nil, nil, err
	}
	rd.schemas(s)
	for i := range config.Kinds {
		rd.records(s, i)
	}
	rd.readRecords(s)
	slices.SortFunc(s.Records, func(a, b *RecordFile) int { return cmp.Compare(a.Path, b.Path) })
	return s, rd.list.Sorted(), ctx.Err()
}

// Inputs lists every file of the snapshot once, sorted by path.
func (s *Snapshot) Inputs() []*File {
	files := slices.Concat([]*File{s.Source}, s.Schemas, s.Notes)
	for _, f := range []*File{s.Policy, s.Approvals, s.Ledger, s.Changelog} {
		if f != nil {
			files = append(files, f)
		}
	}
	for _, r := range s.Records {
		files = append(files, r.File)
	}
	slices.SortFunc(files, func(a, b *File) int { return cmp.Compare(a.Path, b.Path) })
	return slices.CompactFunc(files, func(a, b *File) bool { return a.Path == b.Path })
}

// Digest is the SHA-256, in hexadecimal, over the inputs: for each in the order
// of paths the path, a NUL, its SHA-256 in hexadecimal and a line feed.
func (s *Snapshot) Digest() string {
	h := sha256.New()
	for _, f := range s.Inputs() {
		fmt.Fprintf(h, "%s\x00%x\n", f.Path, f.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// File finds an input by its path.
func (s *Snapshot) File(path string) *File {
	for _, f := range s.Inputs() {
		if f.Path == path {
			return f
		}
	}
	return nil
}

// SchemaFiles gives the schemas as the schema package takes them.
func (s *Snapshot) SchemaFiles() []schema.File {
	out := make([]schema.File, len(s.Schemas))
	for i, f := range s.Schemas {
		out[i] = schema.File{Path: f.Path, Data: f.Data}
	}
	return out
}

// policy reads the policy and checks it by its schema.
func (rd *reader) policy(s *Snapshot) error {
	own, err := schema.Config(schema.PolicySchema)
	if err != nil {
		return err
	}
	if s.Policy = rd.file(s.Config.Policy); s.Policy != nil {
		_, list := s.Policy.checkAgainst(own)
		rd.list = append(rd.list, list...)
	}
	return nil
}

// readAll reads a regular file of at most limit bytes.
func readAll(fsys fs.FS, path string, limit int64) ([]byte, error) {
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	case info.Size() > limit:
		return nil, errTooLarge
	}
	// Room for the file and the read that finds its end, so that nothing grows.
	data := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead))
	_, err = data.ReadFrom(io.LimitReader(f, limit+1))
	if err == nil && int64(data.Len()) > limit {
		err = errTooLarge
	}
	return data.Bytes(), err
}

var (
	errNotRegular = errors.New("not a plain file")
	errTooLarge   = errors.New("too large")
)
