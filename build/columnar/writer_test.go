package columnar

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"
)

// fullDisk is a file on a disk with room for so many bytes.
type fullDisk struct {
	name            string
	room            int
	syncErr, closed error
	short           bool // drops the rest without an error, as broken systems do
}

func (f *fullDisk) Name() string { return f.name }
func (f *fullDisk) Sync() error  { return f.syncErr }
func (f *fullDisk) Close() error { return f.closed }
func (f *fullDisk) Write(p []byte) (int, error) {
	n := min(len(p), f.room)
	f.room -= n
	if n < len(p) && !f.short {
		return n, syscall.ENOSPC
	}
	return n, nil
}

const plenty = 1 << 40

func TestDiskErrorsNameTheFile(t *testing.T) {
	cases := []struct {
		name           string
		parquet, arrow fullDisk
		want           error
		file           string
	}{
		{"Parquet, at once", fullDisk{}, fullDisk{room: plenty}, syscall.ENOSPC, "p"},
		{"Parquet, later", fullDisk{room: 10 << 10}, fullDisk{room: plenty}, syscall.ENOSPC, "p"},
		{"Arrow, at once", fullDisk{room: plenty}, fullDisk{}, syscall.ENOSPC, "a"},
		{"Arrow, later", fullDisk{room: plenty}, fullDisk{room: 3 << 20}, syscall.ENOSPC, "a"},
		{"short write", fullDisk{room: 10 << 10, short: true}, fullDisk{room: plenty}, io.ErrShortWrite, "p"},
		{"sync", fullDisk{room: plenty}, fullDisk{room: plenty, syncErr: syscall.EIO}, syscall.EIO, "a"},
		{"close", fullDisk{room: plenty, closed: syscall.EDQUOT}, fullDisk{room: plenty}, syscall.EDQUOT, "p"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.parquet.name, c.arrow.name = "p", "a"
			schema, err := Schema([]Column{{"v", Utf8, ""}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			w, err := newWriter("t", schema, &c.parquet, &c.arrow)
			if err != nil {
				t.Fatal(err)
			}
			for row := 0; row < 2*BatchRows && err == nil; row++ {
				w.Field(0).(*array.StringBuilder).Append(strings.Repeat("x", row%100) + string(rune('a'+row%26)))
				err = w.EndRow()
			}
			_, closeErr := w.Close()
			if closeErr == nil || err != nil && closeErr.Error() != err.Error() {
				t.Errorf("Close gives %v after %v", closeErr, err)
			}
			if !errors.Is(closeErr, c.want) || !strings.HasPrefix(closeErr.Error(), "writing "+c.file+": ") {
				t.Errorf("%v, want %v in file %s", closeErr, c.want, c.file)
			}
		})
	}
}

// The footer is the last that is written; a disk that fills up there must not
// pass. Whatever the room, a table is either complete or an error.
func TestEveryCutOfTheDiskIsAnError(t *testing.T) {
	schema, err := Schema([]Column{{"v", Int64, "x"}}, testMetadata)
	if err != nil {
		t.Fatal(err)
	}
	run := func(room int) (left int, err error) {
		p, a := &fullDisk{name: "p", room: room}, &fullDisk{name: "a", room: room}
		w, err := newWriter("t", schema, p, a)
		if err != nil {
			return 0, err
		}
		w.Field(0).AppendNull()
		if err := w.EndRow(); err != nil {
			return 0, err
		}
		_, err = w.Close()
		return min(p.room, a.room), err
	}
	left, err := run(plenty)
	if err != nil {
		t.Fatal(err)
	}
	size := plenty - left
	for room := range size {
		if _, err := run(room); !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("room for %d of %d bytes: %v", room, size, err)
		}
	}
}

func TestRowsMustBeComplete(t *testing.T) {
	for name, fill := range map[string]func(w *Writer){
		`"b" did not get`: func(w *Writer) { w.Field(0).AppendNull() },
		`"a" did not get`: func(w *Writer) { w.Field(0).AppendNull(); w.Field(0).AppendNull(); w.Field(1).AppendNull() },
		"a row may hold": func(w *Writer) {
			w.Field(0).(*array.StringBuilder).Append(strings.Repeat("x", MaxRowBytes))
			w.Field(1).AppendNull()
		},
	} {
		w, err := Create(t.TempDir(), "t", []Column{{"a", Utf8, ""}, {"b", ListOf(Int64), ""}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		fill(w)
		err = w.EndRow()
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("EndRow: %v, want %q", err, name)
		}
		if _, again := w.Close(); again == nil || again.Error() != err.Error() {
			t.Errorf("Close: %v after %v", again, err)
		}
	}
}

func TestCreateNeverOverwritesAndAbortRemoves(t *testing.T) {
	dir := t.TempDir()
	columns := []Column{{"a", Utf8, ""}}
	taken := filepath.Join(dir, "t.arrow")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(dir, "t", columns, nil); !errors.Is(err, os.ErrExist) {
		t.Errorf("Create over a file: %v", err)
	}
	if string(readFile(t, taken)) != "mine" {
		t.Error("the file was overwritten")
	}
	if _, err := os.Stat(filepath.Join(dir, "t.parquet")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the other file was left behind: %v", err)
	}
	for _, name := range []string{"", "../t", ".t", `a\b`} {
		if _, err := Create(dir, name, columns, nil); err == nil {
			t.Errorf("a table named %q is accepted", name)
		}
	}
	w, err := Create(dir, "u", columns, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Abort(); err != nil {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("after Abort: %v", entries)
	}
}

func TestFilesHaveTheSameModeWhateverTheUmask(t *testing.T) {
	old := syscall.Umask(0o077)
	defer syscall.Umask(old)
	parquetPath, arrowPath, _ := write(t, []Column{{"a", Utf8, ""}}, 0, nil)
	for _, path := range []string{parquetPath, arrowPath} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != 0o644 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
	}
}
