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
	"path/filepath"
	"slices"
	"strings"
)

// Modes of what a release consists of, set whatever the umask says.
const (
	fileMode = 0o644
	dirMode  = 0o755
)

// makeDir makes a folder and those above it.
func makeDir(dir string) error {
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	return os.Chmod(dir, dirMode)
}

// writeFile writes a new file.
func writeFile(path string, data []byte) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, fileMode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Chmod(fileMode); err != nil {
		return err
	}
	return f.Sync()
}

// listFiles lists the files below a folder with forward slashes, sorted.
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

// digestFile gives the size and the SHA-256 of a file, in hexadecimal.
func digestFile(ctx context.Context, path string) (int64, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, &contextReader{ctx, f})
	return n, hex.EncodeToString(h.Sum(nil)), err
}

// contextReader stops reading when its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := interrupted(c.ctx); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// writeSums writes the checksums of all files but itself, as sha256sum does.
func writeSums(ctx context.Context, dir string) error {
	paths, err := listFiles(dir)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, path := range paths {
		_, sum, err := digestFile(ctx, filepath.Join(dir, path))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s  %s\n", sum, path)
	}
	return writeFile(filepath.Join(dir, sumsName), []byte(b.String()))
}

// parseSums reads checksums of unknown origin.
func parseSums(data []byte) (map[string]string, error) {
	sums := map[string]string{}
	for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		sum, path, ok := strings.Cut(line, "  ")
		if _, err := hex.DecodeString(sum); !ok || err != nil || len(sum) != 2*sha256.Size || strings.ToLower(sum) != sum || !plainPath(path) {
			return nil, fmt.Errorf("line %d is not a SHA-256 in hexadecimal, two spaces and a path", i+1)
		}
		if _, twice := sums[path]; twice {
			return nil, fmt.Errorf("line %d names %s a second time", i+1, path)
		}
		sums[path] = sum
	}
	return sums, nil
}

// syncTree brings a folder and everything in it to the disk.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncPath(path)
	})
}

func syncPath(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Sync()
}
