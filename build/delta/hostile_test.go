package delta

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sample is a delta that has every part, a new table and one that is gone.
type sample struct{ old, now, dir string }

func newSample(t *testing.T) *sample {
	t.Helper()
	rows := func(cells ...string) (out [][]any) {
		for _, c := range cells {
			id, x, _ := strings.Cut(c, " ")
			out = append(out, []any{id, x})
		}
		return out
	}
	s := &sample{
		old: writeRelease(t, "0.1.0",
			table{name: "gone", columns: text("id", "x"), rows: rows("1 a")},
			table{name: "things", columns: text("id", "x"), rows: rows("1 a", "2 b", "3 c", "4 d", "5 e", "6 f")}),
		now: writeRelease(t, "0.2.0",
			table{name: "new", columns: text("id", "x"), rows: rows("1 a")},
			table{name: "things", columns: text("id", "x"), rows: rows("6 f", "1 a", "2 changed", "4 d", "7 g", "5 e", "8 h")}),
	}
	var d *Delta
	d, s.dir = write(t, s.old, s.now)
	if problems := verify(t, s.dir, s.old, s.now); len(problems) > 0 || len(d.Tables[2].Files) != len(partNames) {
		t.Fatalf("%v, %+v", problems, d.Tables)
	}
	return s
}

// with verifies a copy of the folder to which something was done.
func (s *sample) with(t *testing.T, what string, do func(dir string) error) []Problem {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(dir, os.DirFS(s.dir)); err != nil {
		t.Fatal(err)
	}
	if err := do(dir); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	problems := verify(t, dir, s.old, s.now)
	if len(problems) == 0 {
		t.Errorf("%s: nothing was found", what)
	}
	return problems
}

func (s *sample) files(t *testing.T) []string {
	t.Helper()
	f, err := openFolder(context.Background(), s.dir)
	if err != nil {
		t.Fatal(err)
	}
	f.root.Close()
	return slices.Sorted(maps.Keys(f.files))
}

// change edits a file.
func change(dir, file string, edit func([]byte) []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(file))
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, edit(data), 0o644)
}

func TestDamage(t *testing.T) {
	t.Parallel() // it mostly waits for the disk
	s := newSample(t)
	files := s.files(t)
	if len(files) != 3+len(partNames)+2 {
		t.Fatal(files)
	}
	for _, file := range files {
		info, err := os.Stat(filepath.Join(s.dir, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		for i := range int64(8) {
			at := info.Size() * i / 8
			problems := s.with(t, fmt.Sprintf("%s, byte %d", file, at), func(dir string) error {
				return change(dir, file, func(data []byte) []byte { data[at] ^= 4; return data })
			})
			if !names(problems, file) {
				t.Errorf("%s, byte %d: %v", file, at, problems)
			}
		}
		path := func(dir string) string { return filepath.Join(dir, filepath.FromSlash(file)) }
		for what, do := range map[string]func(dir string) error{
			"missing":   func(dir string) error { return os.Remove(path(dir)) },
			"renamed":   func(dir string) error { return os.Rename(path(dir), path(dir)+"2") },
			"cut off":   func(dir string) error { return os.Truncate(path(dir), info.Size()/2) },
			"empty":     func(dir string) error { return os.Truncate(path(dir), 0) },
			"longer":    func(dir string) error { return os.Truncate(path(dir), info.Size()+1) },
			"very long": func(dir string) error { return os.Truncate(path(dir), 1<<40) },
			"a folder":  func(dir string) error { return replace(path(dir), func() error { return os.Mkdir(path(dir), 0o755) }) },
			"a link": func(dir string) error {
				return replace(path(dir), func() error { return os.Symlink(path(s.dir), path(dir)) })
			},
			"a dead link": func(dir string) error {
				return replace(path(dir), func() error { return os.Symlink("nowhere", path(dir)) })
			},
		} {
			if problems := s.with(t, file+": "+what, do); !names(problems, file) {
				t.Errorf("%s: %s: %v", file, what, problems)
			}
		}
	}
	for _, extra := range []string{"extra", "tables/extra.parquet", "tables/things.added.arrow", "folder/extra", "tables/folder/extra", "bad\xff", "\x1b[31m"} {
		s.with(t, extra, func(dir string) error {
			path := filepath.Join(dir, extra)
			return cmpErr(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, nil, 0o644))
		})
	}
	s.with(t, "an empty folder", func(dir string) error { return os.Mkdir(filepath.Join(dir, "empty"), 0o755) })
}

// names tells whether problems lead to a file.
func names(problems []Problem, file string) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return p.File == file || file == sumsName && strings.Contains(p.Message, file) })
}

func replace(path string, by func() error) error { return cmpErr(os.Remove(path), by()) }

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
