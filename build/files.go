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
)

// Modes of what a release consists of, set whatever the umask says.
const (
	fileMode = 0o644
	dirMode  = 0o755
)

// makeDir makes a folder and those above it that are missing. They get their
// mode one by one: under a strict umask the next could not be made otherwise.
func makeDir(dir string) error {
	if isDir(dir) {
		return nil
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := makeDir(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, dirMode); err != nil {
		if errors.Is(err, fs.ErrExist) && isDir(dir) {
			return nil // another process was faster
		}
		return err
	}
	if err := os.Chmod(dir, dirMode); err != nil {
		return err
	}
	if err := syncPath(parent); err != nil && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// writeFile writes a new file and brings it to the disk.
func writeFile(path string, data []byte) (err error) {
	f, err := createFile(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}

// createFile makes a new file and never follows or overwrites what is there.
func createFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fileMode)
	if err != nil {
		return nil, err
	}
	if err := f.Chmod(fileMode); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// listFiles lists the files below a folder of our own with forward slashes,
// sorted.
func listFiles(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		out = append(out, filepath.ToSlash(rel))
		return err
	})
	slices.Sort(out)
	return out, err
}

// contextReader stops reading when its context ends, and tells how much was
// read.
type contextReader struct {
	ctx  context.Context
	r    io.Reader
	told func(n int) // may be nil
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := interrupted(c.ctx); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	if c.told != nil {
		c.told(n)
	}
	return n, err
}

// equalFiles tells whether two readers give the same bytes.
func equalFiles(ctx context.Context, a, b io.Reader) (bool, error) {
	a, b = &contextReader{ctx: ctx, r: a}, &contextReader{ctx: ctx, r: b}
	bufA, bufB := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, errA := io.ReadFull(a, bufA)
		m, errB := io.ReadFull(b, bufB)
		for _, err := range []error{errA, errB} {
			if err != nil && !ended(err) {
				return false, err
			}
		}
		if !bytes.Equal(bufA[:n], bufB[:m]) {
			return false, nil
		}
		if ended(errA) || ended(errB) {
			return ended(errA) && ended(errB), nil
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// syncTree brings a folder and everything in it to the disk, the folders after
// what they list.
func syncTree(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.IsDir() {
			err = syncTree(path)
		} else {
			err = syncPath(path)
		}
		if err != nil {
			return err
		}
	}
	return syncPath(dir)
}

func syncPath(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Sync()
}

// interrupted gives the error of a run that was stopped.
func interrupted(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("stopped before it was finished: %w", err)
	}
	return nil
}

// interruptible runs a step that cannot be stopped itself. If the context ends
// first, the step is left behind: it only reads, and its result is not used.
func interruptible[T any](ctx context.Context, step func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := step()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, interrupted(ctx)
	}
}

// meter counts bytes and tells of them in MiB, rounded up.
type meter struct {
	tell        func(done, total int) // may be nil
	done, total int64
	told        int
}

const mebibyte = 1 << 20

func newMeter(total int64, tell func(done, total int)) *meter {
	return &meter{tell: tell, total: total, told: -1}
}

func (m *meter) add(n int) {
	m.done += int64(n)
	if done := int((m.done + mebibyte - 1) / mebibyte); m.tell != nil && done != m.told {
		m.told = done
		m.tell(done, max(done, int((m.total+mebibyte-1)/mebibyte)))
	}
}
