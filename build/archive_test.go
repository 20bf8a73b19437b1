package build

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"stemma/internal/dataset"
)

// packed gives the bytes of an archive of files with the given paths, each
// holding its path.
func packed(t testing.TB, paths ...string) []byte {
	t.Helper()
	var inputs []*dataset.File
	for _, p := range paths {
		inputs = append(inputs, &dataset.File{Path: p, Data: []byte(p)})
	}
	var b bytes.Buffer
	must(t, pack(t.Context(), &b, inputs, newMeter(0, nil)))
	return b.Bytes()
}

func TestArchiveKeepsNamesAndBytes(t *testing.T) {
	paths := []string{
		"a", "b/" + strings.Repeat("long", 60) + ".json", "c/" + strings.Repeat("d/", 200) + "deep", "größe/本/😀.json", "with space/=\"%'",
		"z/" + strings.Repeat("ö", 120),
	}
	first := packed(t, paths...)
	if !bytes.Equal(first, packed(t, paths...)) {
		t.Error("two archives of the same files differ")
	}
	var got []string
	must(t, readArchive(t.Context(), bytes.NewReader(first), sourceLimits, func(file string, r io.Reader) error {
		data, err := io.ReadAll(r)
		if string(data) != file {
			t.Errorf("%q holds %q", file, data)
		}
		got = append(got, file)
		return err
	}))
	if !slices.Equal(got, paths) {
		t.Errorf("files %q, want %q", got, paths)
	}
	into := t.TempDir()
	must(t, unpackArchive(t.Context(), bytes.NewReader(first), sourceLimits, into))
	for _, p := range paths {
		if got := readFile(t, filepath.Join(into, p)); string(got) != p {
			t.Errorf("%q was unpacked as %q", p, got)
		}
	}
}

func TestArchiveIsWhatTarReads(t *testing.T) {
	z, err := zstd.NewReader(bytes.NewReader(packed(t, "a", "ö")))
	must(t, err)
	defer z.Close()
	r := tar.NewReader(z)
	for _, name := range []string{"a", "ö"} {
		h, err := r.Next()
		must(t, err)
		if h.Name != name || h.Mode != fileMode || h.Uid != 0 || h.Gid != 0 || h.Uname != "" || h.ModTime != time.Unix(0, 0) || h.Size != int64(len(name)) {
			t.Errorf("header %+v", h)
		}
	}
}

// hostile makes an archive of headers as they are given; a file holds its size
// in zeros.
func hostile(t testing.TB, headers ...tar.Header) []byte {
	t.Helper()
	return compressed(t, tarOf(t, headers...))
}

func tarOf(t testing.TB, headers ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		if h.Typeflag == 0 {
			h.Typeflag = tar.TypeReg
		}
		if h.Mode == 0 {
			h.Mode = fileMode
		}
		if h.ModTime.IsZero() {
			h.ModTime = time.Unix(0, 0)
		}
		must(t, w.WriteHeader(&h))
		_, err := w.Write(make([]byte, h.Size))
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

func compressed(t testing.TB, data []byte) []byte {
	t.Helper()
	z, err := zstd.NewWriter(nil)
	must(t, err)
	return z.EncodeAll(data, nil)
}

func hostileArchives(t testing.TB) map[string]struct {
	data []byte
	says string
} {
	type H = tar.Header
	long := strings.Repeat("d/", 2100) + "x"
	sparse := H{Name: "a", PAXRecords: map[string]string{"STEMMA.x": "1"}, Format: tar.FormatPAX}
	good := hostile(t, H{Name: "a", Size: 5})
	damaged := slices.Clone(good)
	damaged[len(damaged)/2] ^= 4
	return map[string]struct {
		data []byte
		says string
	}{
		"link":               {hostile(t, H{Name: "a", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}), "not a plain file"},
		"hard link":          {hostile(t, H{Name: "a", Typeflag: tar.TypeLink, Linkname: "../x"}), "not a plain file"},
		"folder":             {hostile(t, H{Name: "a/", Typeflag: tar.TypeDir}), "not a plain file"},
		"pipe":               {hostile(t, H{Name: "a", Typeflag: tar.TypeFifo}), "not a plain file"},
		"device":             {hostile(t, H{Name: "a", Typeflag: tar.TypeChar}), "not a plain file"},
		"absolute":           {hostile(t, H{Name: "/tmp/x"}), "not a plain path"},
		"out of the folder":  {hostile(t, H{Name: "../x"}), "not a plain path"},
		"out, later":         {hostile(t, H{Name: "a/../../x"}), "not a plain path"},
		"dot":                {hostile(t, H{Name: "./a"}), "not a plain path"},
		"backslash":          {hostile(t, H{Name: `a\b`}), "not a plain path"},
		"terminal escape":    {hostile(t, H{Name: "a\x1b[2J"}), "not a plain path"},
		"not UTF-8":          {hostile(t, H{Name: "a\xff", Format: tar.FormatGNU}), "not a plain path"},
		"too long":           {hostile(t, H{Name: long}), "not a plain path"},
		"twice":              {hostile(t, H{Name: "a"}, H{Name: "a"}), "twice, or out of order"},
		"out of order":       {hostile(t, H{Name: "b"}, H{Name: "a"}), "twice, or out of order"},
		"executable":         {hostile(t, H{Name: "a", Mode: 0o755}), "does not write"},
		"setuid":             {hostile(t, H{Name: "a", Mode: 0o4644}), "does not write"},
		"owner":              {hostile(t, H{Name: "a", Uid: 1}), "does not write"},
		"time":               {hostile(t, H{Name: "a", ModTime: time.Unix(1, 0)}), "does not write"},
		"attributes":         {hostile(t, sparse), "extended attributes"},
		"damaged":            {damaged, "damaged"},
		"cut off":            {good[:len(good)/2], "damaged"},
		"not zstd":           {[]byte("PK\x03\x04 and so on"), "damaged"},
		"cut off inside":     {compressed(t, tarOf(t, H{Name: "a", Size: 2000})[:1024]), "damaged"},
		"a file behind it":   {append(slices.Clone(good), good...), "behind its last file"},
		"text behind it":     {compressed(t, append(tarOf(t, H{Name: "a"}), "hidden"...)), "behind its last file"},
		"large window":       {largeWindow(t), "damaged"},
		"file and folder":    {hostile(t, H{Name: "a"}, H{Name: "a/b"}), "beside the other files"},
		"more than fits one": {hostile(t, H{Name: "a", Size: 2 << 20}), "holds more than"},
		"more than fits all": {hostile(t, H{Name: "a", Size: 1 << 19}, H{Name: "b", Size: 1 << 19}, H{Name: "c", Size: 1}), "holds more than"},
		"too many":           {hostile(t, H{Name: "a"}, H{Name: "b"}, H{Name: "c"}, H{Name: "d"}), "holds more than"},
	}
}

// largeWindow needs more memory to be read than any archive of stemma.
func largeWindow(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b, zstd.WithWindowSize(64<<20), zstd.WithSingleSegment(false))
	must(t, err)
	_, err = z.Write(make([]byte, 1<<20))
	must(t, err, z.Flush())
	_, err = z.Write(make([]byte, 1<<20))
	must(t, err, z.Close())
	return b.Bytes()
}

func TestHostileArchives(t *testing.T) {
	limit := archiveLimits{files: 3, bytes: 1 << 20}
	for name, test := range hostileArchives(t) {
		t.Run(name, func(t *testing.T) {
			outside := t.TempDir()
			into := filepath.Join(outside, "into")
			must(t, os.Mkdir(into, 0o755))
			err := unpackArchive(t.Context(), bytes.NewReader(test.data), limit, into)
			if fault := new(archiveError); !errors.As(err, &fault) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v, want an archiveError that says %q", err, test.says)
			}
			expectNames(t, outside, "into")
		})
	}
}

// A bomb is a few bytes that become many: nothing of it is written, and a run
// that reads one can be stopped.
func TestArchiveBomb(t *testing.T) {
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b, zstd.WithWindowSize(archiveWindow))
	must(t, err)
	w := tar.NewWriter(z)
	const size = 64 << 20
	must(t, w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: "a", Size: size, Mode: fileMode, ModTime: time.Unix(0, 0)}))
	_, err = io.CopyN(w, zeros{}, size)
	must(t, err, w.Close(), z.Close())
	if b.Len() > size/1000 {
		t.Fatalf("%d bytes are no bomb", b.Len())
	}
	into := t.TempDir()
	if err := unpackArchive(t.Context(), bytes.NewReader(b.Bytes()), archiveLimits{10, size - 1}, into); err == nil || !strings.Contains(err.Error(), "holds more than") {
		t.Errorf("error %v", err)
	}
	expectNames(t, into)

	ctx, cancel := context.WithCancel(t.Context())
	read := int64(0)
	err = readArchive(ctx, bytes.NewReader(b.Bytes()), sourceLimits, func(_ string, r io.Reader) error {
		cancel()
		n, err := io.Copy(io.Discard, r)
		read += n
		return err
	})
	if !errors.Is(err, context.Canceled) || read > size/2 {
		t.Errorf("a stopped run read %d bytes and gives %v", read, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// The errors of a disk are not taken for faults of the archive.
func TestUnpackingOntoAFailingDisk(t *testing.T) {
	broken := errors.New("no space left")
	err := readArchive(t.Context(), bytes.NewReader(packed(t, "a")), sourceLimits, func(string, io.Reader) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if err := pack(t.Context(), failing{}, []*dataset.File{{Path: "a", Data: make([]byte, 100)}}, newMeter(0, nil)); !errors.Is(err, errFull) {
		t.Errorf("packing: %v", err)
	}
}

var errFull = errors.New("the disk is full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestDatasetTooLargeToBundle(t *testing.T) {
	dir := t.TempDir()
	for i, inputs := range [][]*dataset.File{{{Path: "a", Data: make([]byte, 101)}}, {{Path: "a"}, {Path: "b"}, {Path: "c"}}} {
		if err := writeArchive(t.Context(), filepath.Join(dir, fmt.Sprint(i)), inputs, archiveLimits{2, 100}, nil); err == nil || !strings.Contains(err.Error(), "at most 2 files and 100 bytes") {
			t.Errorf("error %v", err)
		}
	}
}

func FuzzReadArchive(f *testing.F) {
	f.Add(packed(f, "a", "b/ö"))
	for _, h := range hostileArchives(f) {
		f.Add(h.data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		last := ""
		err := readArchive(t.Context(), bytes.NewReader(data), archiveLimits{1000, 1 << 20}, func(file string, r io.Reader) error {
			if !plainPath(file) || file <= last {
				t.Errorf("%q after %q was let through", file, last)
			}
			last = file
			_, err := io.Copy(io.Discard, r)
			return err
		})
		if fault := new(archiveError); err != nil && !errors.As(err, &fault) {
			t.Errorf("error %v is no archiveError", err)
		}
	})
}
