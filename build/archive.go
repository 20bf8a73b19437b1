package build

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"stemma/internal/dataset"
)

// archiveLimits bound what an archive holds.
type archiveLimits struct{ files, bytes int64 }

// sourceLimits are those of releases. A build keeps to them, so that whatever it
// writes can be verified.
var sourceLimits = archiveLimits{files: 5_000_000, bytes: 16 << 30}

// archiveWindow is how far back the compressor looks, and so the memory that a
// reader needs.
const archiveWindow = 4 << 20

// writeArchive packs every byte that the build read. Names are sorted; times,
// owners and modes are the same for all, and the compressor has one thread and
// fixed parameters, so that equal inputs give equal archives.
func writeArchive(ctx context.Context, name string, inputs []*dataset.File, limit archiveLimits, progress func(done, total int)) (err error) {
	total := int64(0)
	for _, in := range inputs {
		total += int64(len(in.Data))
	}
	if int64(len(inputs)) > limit.files || total > limit.bytes {
		return fmt.Errorf("the dataset has %d files and %d bytes; a release bundles at most %d files and %d bytes", len(inputs), total, limit.files, limit.bytes)
	}
	f, err := createFile(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := pack(ctx, f, inputs, newMeter(total, progress)); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

func pack(ctx context.Context, to io.Writer, inputs []*dataset.File, m *meter) error {
	z, err := zstd.NewWriter(to, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(archiveWindow), zstd.WithEncoderCRC(true))
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	for _, in := range inputs {
		if !plainPath(in.Path) {
			return fmt.Errorf("internal error: %q cannot be the path of a file in an archive", in.Path)
		}
		// Long names and names beyond ASCII become PAX records, whose text
		// depends on the name alone.
		header := &tar.Header{Typeflag: tar.TypeReg, Name: in.Path, Size: int64(len(in.Data)), Mode: fileMode, ModTime: time.Unix(0, 0), Format: tar.FormatPAX}
		if err := t.WriteHeader(header); err != nil {
			return err
		}
		if _, err := io.Copy(t, &contextReader{ctx: ctx, r: bytes.NewReader(in.Data), told: m.add}); err != nil {
			return err
		}
	}
	return errors.Join(t.Close(), z.Close())
}

// archiveError says what is wrong with an archive of unknown origin, as opposed
// to a disk that fails.
type archiveError struct{ reason string }

func (e *archiveError) Error() string { return e.reason }

func badArchive(format string, args ...any) error {
	return &archiveError{fmt.Sprintf(format, args...)}
}

// unpackArchive unpacks the sources of a release of unknown origin into a
// folder of our own.
func unpackArchive(ctx context.Context, archive io.Reader, limit archiveLimits, into string) error {
	root, err := os.OpenRoot(into)
	if err != nil {
		return err
	}
	defer root.Close()
	return readArchive(ctx, archive, limit, func(file string, r io.Reader) error {
		if err := root.MkdirAll(path.Dir(file), dirMode); err != nil {
			return conflict(file, err)
		}
		f, err := root.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fileMode)
		if err != nil {
			return conflict(file, err)
		}
		_, err = io.Copy(f, r)
		return errors.Join(err, f.Close())
	})
}

// conflict tells names that do not go together, such as a file a and a file
// a/b, from a disk that fails.
func conflict(file string, err error) error {
	for _, fault := range []error{syscall.ENOTDIR, syscall.EISDIR, syscall.ENAMETOOLONG, fs.ErrExist} {
		if errors.Is(err, fault) {
			return badArchive("%q cannot be unpacked beside the other files: %v", file, err)
		}
	}
	return err
}

// readArchive visits the files of an archive of unknown origin. Only what
// writeArchive writes is accepted: plain files with plain names in the order of
// their paths, each once, and nothing after them. Faults of the archive are an
// *archiveError.
func readArchive(ctx context.Context, archive io.Reader, limit archiveLimits, visit func(file string, r io.Reader) error) error {
	in := &contextReader{ctx: ctx, r: archive}
	z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(archiveWindow), zstd.WithDecoderLowmem(true))
	if err != nil {
		return err
	}
	defer z.Close()
	// The context is asked on both sides of the decompressor: a bomb gives much
	// and takes little.
	out := &contextReader{ctx: ctx, r: z}
	t := tar.NewReader(out)
	var files, bytes int64
	last := ""
	for {
		h, err := t.Next()
		if err == io.EOF {
			return archiveEnd(ctx, out)
		}
		if err != nil {
			return decodingFault(ctx, err)
		}
		files++
		bytes += h.Size
		if files > limit.files || h.Size < 0 || bytes > limit.bytes {
			return badArchive("it holds more than %d files or %d bytes, and a release bundles no more", limit.files, limit.bytes)
		}
		if err := checkHeader(h, last); err != nil {
			return err
		}
		last = h.Name
		content := &faultReader{r: t}
		if err := visit(h.Name, content); err != nil {
			if content.err != nil {
				return decodingFault(ctx, content.err)
			}
			return err
		}
	}
}

// checkHeader refuses what could lead out of a folder, and what readers of tar
// files understand in different ways.
func checkHeader(h *tar.Header, last string) error {
	switch {
	case h.Typeflag != tar.TypeReg:
		return badArchive("%q is not a plain file", h.Name)
	case !plainPath(h.Name):
		return badArchive("%q is not a plain path", h.Name)
	case h.Name <= last:
		return badArchive("%q comes twice, or out of order", h.Name)
	case h.Mode != fileMode || h.Uid != 0 || h.Gid != 0 || h.Uname != "" || h.Gname != "" || h.Linkname != "" || h.ModTime.Unix() != 0:
		return badArchive("%q has an owner, a mode, a link or a time that stemma does not write", h.Name)
	}
	for key := range h.PAXRecords {
		if key != "path" {
			return badArchive("%q has extended attributes, which stemma does not write", h.Name)
		}
	}
	return nil
}

// archiveEnd makes sure that nothing is hidden behind the last file.
func archiveEnd(ctx context.Context, rest io.Reader) error {
	n, err := io.ReadFull(rest, make([]byte, 1))
	if n > 0 {
		return badArchive("there is something behind its last file")
	}
	if err != io.EOF {
		return decodingFault(ctx, err)
	}
	return nil
}

// decodingFault tells a damaged archive from a run that was stopped and from a
// disk that fails.
func decodingFault(ctx context.Context, err error) error {
	var disk *fs.PathError
	if ctx.Err() != nil {
		return interrupted(ctx)
	}
	if errors.As(err, &disk) {
		return err
	}
	return badArchive("it is damaged: %v", err)
}

// faultReader keeps the error of reading apart from those of whoever reads.
type faultReader struct {
	r   io.Reader
	err error
}

func (f *faultReader) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// plainPath tells whether a path of unknown origin stays below its folder and
// can be shown and created anywhere.
func plainPath(p string) bool {
	return fs.ValidPath(p) && p != "." && len(p) <= 4096 && utf8.ValidString(p) && filepath.IsLocal(filepath.FromSlash(p)) &&
		!strings.ContainsFunc(p, func(r rune) bool { return r < 0x20 || r == 0x7f || r == '\\' })
}
