package build

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"stemma/internal/dataset"
)

// Limits of an archive that is unpacked.
const (
	maxArchiveFiles = 5_000_000
	maxArchiveBytes = 16 << 30
)

// writeArchive packs every byte that the build read. Names are sorted; times,
// owners and modes are the same for all, and the compressor has one thread and
// a fixed level, so that equal inputs give equal archives.
func writeArchive(ctx context.Context, name string, snap *dataset.Snapshot) (err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fileMode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z, err := zstd.NewWriter(f, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(true))
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	for _, in := range snap.Inputs() {
		if err := interrupted(ctx); err != nil {
			return err
		}
		header := &tar.Header{Typeflag: tar.TypeReg, Name: in.Path, Size: int64(len(in.Data)), Mode: fileMode, ModTime: time.Unix(0, 0), Format: tar.FormatPAX}
		if err := t.WriteHeader(header); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if _, err := t.Write(in.Data); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := errors.Join(t.Close(), z.Close()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return f.Chmod(fileMode)
}

// unpackArchive unpacks the sources of a release of unknown origin into a
// folder of our own. Anything but plain files with plain names is refused, and
// so is what would fill the disk.
func unpackArchive(ctx context.Context, name, into string) error {
	root, err := os.OpenRoot(into)
	if err != nil {
		return err
	}
	defer root.Close()
	return readArchive(ctx, name, func(file string, r io.Reader) error {
		if err := root.MkdirAll(path.Dir(file), dirMode); err != nil {
			return err
		}
		f, err := root.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fileMode)
		if err != nil {
			return err
		}
		_, err = io.Copy(f, r)
		return errors.Join(err, f.Close())
	})
}

// readArchive visits the files of an archive.
func readArchive(ctx context.Context, name string, visit func(file string, r io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(64<<20))
	if err != nil {
		return err
	}
	defer z.Close()
	t := tar.NewReader(z)
	var files, bytes int64
	for {
		if err := interrupted(ctx); err != nil {
			return err
		}
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		files++
		bytes += h.Size
		switch {
		case h.Typeflag != tar.TypeReg:
			return fmt.Errorf("%q is not a plain file", h.Name)
		case !plainPath(h.Name):
			return fmt.Errorf("%q is not a plain path", h.Name)
		case files > maxArchiveFiles || h.Size < 0 || bytes > maxArchiveBytes:
			return errors.New("it holds more than is unpacked")
		}
		if err := visit(h.Name, t); err != nil {
			return err
		}
	}
}

// plainPath tells whether a path of unknown origin stays below its folder and
// can be shown and created anywhere.
func plainPath(p string) bool {
	return fs.ValidPath(p) && p != "." && len(p) <= 4096 && utf8.ValidString(p) && filepath.IsLocal(filepath.FromSlash(p)) &&
		!strings.ContainsFunc(p, func(r rune) bool { return r < 0x20 || r == 0x7f || r == '\\' })
}
