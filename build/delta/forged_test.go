package delta

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"

	"stemma/build/columnar"
)

// seal makes digests, sizes and texts of a folder agree with one another, as
// somebody would who forges a delta.
func seal(dir string, d *Delta) error {
	for i := range d.Tables {
		for j := range d.Tables[i].Files {
			f := &d.Tables[i].Files[j]
			var err error
			if f.Bytes, f.SHA256, err = digestFile(filepath.Join(dir, filepath.FromSlash(f.Path))); err != nil {
				return err
			}
		}
	}
	data, err := d.Encode()
	if err != nil {
		return err
	}
	readme := d.readme()
	return cmpErr(
		os.WriteFile(filepath.Join(dir, jsonName), data, 0o644),
		os.WriteFile(filepath.Join(dir, readmeName), readme, 0o644),
		os.WriteFile(filepath.Join(dir, sumsName), d.sums(sha256Hex(data), sha256Hex(readme)), 0o644),
	)
}

// forge changes a delta and makes it agree with itself.
func (s *sample) forge(t *testing.T, what string, do func(dir string, d *Delta, things *Table) error) {
	t.Helper()
	problems := s.with(t, what, func(dir string) error {
		data, err := os.ReadFile(filepath.Join(dir, jsonName))
		if err != nil {
			return err
		}
		d, err := Parse(data)
		if err != nil {
			return err
		}
		return cmpErr(do(dir, d, d.Table("things")), seal(dir, d))
	})
	for _, p := range problems {
		if p.File == sumsName || strings.Contains(p.Message, "bytes of this file") {
			t.Errorf("%s: it was found by a digest: %v", what, problems)
		}
	}
}

func TestForgedLists(t *testing.T) {
	t.Parallel() // it mostly waits for the disk
	s := newSample(t)
	for what, do := range map[string]func(d *Delta, t *Table){
		"another dataset":          func(d *Delta, _ *Table) { d.Dataset = "other" },
		"another old version":      func(d *Delta, _ *Table) { d.Old.Version = "0.0.9" },
		"another new version":      func(d *Delta, _ *Table) { d.New.Version = "0.3.0" },
		"another manifest":         func(d *Delta, _ *Table) { d.New.ManifestSHA256 = d.Old.ManifestSHA256 },
		"another format":           func(d *Delta, _ *Table) { d.FormatVersion = 2 },
		"other names of positions": func(d *Delta, _ *Table) { d.Positions = Positions{"_old_row", "_new_row"} },
		"names that are none":      func(d *Delta, _ *Table) { d.Positions = Positions{"x", "y"} },
		"no key":                   func(_ *Delta, t *Table) { t.Key = []string{} },
		"another key":              func(_ *Delta, t *Table) { t.Key = []string{"x"} },
		"one row more":             func(_ *Delta, t *Table) { *t.NewRows++; t.Unchanged++; *t.OldRows++ },
		"rows that do not add up":  func(_ *Delta, t *Table) { t.Unchanged++ },
		"many rows": func(_ *Delta, t *Table) {
			t.Added, *t.NewRows = t.Added+1<<40, *t.NewRows+1<<40
			t.Files[0].Rows = t.Added
		},
		"too many rows":          func(_ *Delta, t *Table) { t.Unchanged, *t.NewRows, *t.OldRows = 1<<62, 1<<62+3, 1<<62+2 },
		"a number below zero":    func(_ *Delta, t *Table) { t.Moved = -1 },
		"fewer changed in both":  func(_ *Delta, t *Table) { t.ChangedInBoth-- },
		"columns that differ":    func(_ *Delta, t *Table) { c := named(text("id", "x")); t.Columns = &ColumnChanges{Old: c, New: c} },
		"a column twice":         func(d *Delta, _ *Table) { c := d.Tables[1].Columns; c.New = append(c.New, c.New[0]) },
		"another type":           func(d *Delta, _ *Table) { d.Tables[1].Columns.New[0].Type = "int64" },
		"a type that is none":    func(d *Delta, _ *Table) { d.Tables[1].Columns.New[0].Type = "decimal" },
		"no columns":             func(d *Delta, _ *Table) { d.Tables[1].Columns = nil },
		"a table less":           func(d *Delta, _ *Table) { d.Tables = d.Tables[:2] },
		"a table twice":          func(d *Delta, _ *Table) { d.Tables = append(d.Tables, d.Tables[2]) },
		"a table out of order":   func(d *Delta, _ *Table) { slices.Reverse(d.Tables) },
		"a table in neither":     func(d *Delta, _ *Table) { d.Tables[0].OldRows = nil },
		"an old table as new":    func(d *Delta, _ *Table) { t := &d.Tables[0]; t.NewRows, t.OldRows = t.OldRows, nil },
		"a file less":            func(_ *Delta, t *Table) { t.Files = t.Files[1:] },
		"a file twice":           func(_ *Delta, t *Table) { t.Files = append(t.Files, t.Files[4]) },
		"a file out of order":    func(_ *Delta, t *Table) { slices.Reverse(t.Files) },
		"the file of a stranger": func(d *Delta, t *Table) { t.Files[0] = d.Tables[0].Files[0] },
		"a file without rows":    func(_ *Delta, t *Table) { t.Files[0].Rows = 0 },
	} {
		s.forge(t, what, func(_ string, d *Delta, things *Table) error { do(d, things); return nil })
	}
	s.with(t, "another README", func(dir string) error {
		if err := change(dir, readmeName, func(data []byte) []byte { return append(data, "Run this.\n"...) }); err != nil {
			return err
		}
		readme, err := os.ReadFile(filepath.Join(dir, readmeName))
		if err != nil {
			return err
		}
		return change(dir, sumsName, func(data []byte) []byte {
			lines := strings.SplitAfter(string(data), "\n")
			lines[0] = sha256Hex(readme) + "  " + readmeName + "\n"
			return []byte(strings.Join(lines, ""))
		})
	})
}

// rewrite writes a file of rows anew: edit gets the cells of each row.
func rewrite(dir, name, part string, metadata []columnar.KeyValue, columns func([]columnar.Column), edit func(row int64, column int, b array.Builder) bool) error {
	path := filepath.Join(dir, filepath.FromSlash(partPath(name, part)))
	in, err := openStream(path)
	if err != nil {
		return err
	}
	defer in.close()
	if columns != nil {
		columns(in.columns)
	}
	w, err := columnar.Create(dir, "rewritten", in.columns, metadata)
	if err != nil {
		return err
	}
	for in.advance(context.Background()) {
		for i := range in.columns {
			if edit != nil && edit(in.row, i, w.Field(i)) {
				continue
			}
			if err := columnar.AppendCell(w.Field(i), in.batch.record.Column(i), in.at); err != nil {
				return err
			}
		}
		if err := w.EndRow(); err != nil {
			return err
		}
	}
	_, err = w.Close()
	written := filepath.Join(dir, "rewritten")
	return cmpErr(err, os.Remove(written+columnar.ArrowExtension), os.Rename(written+columnar.ParquetExtension, path))
}

func TestForgedRows(t *testing.T) {
	t.Parallel() // it mostly waits for the disk
	s := newSample(t)
	for _, part := range partNames {
		metadata := func(d *Delta) []columnar.KeyValue { return d.metadataOf("things", part) }
		for column := range map[string]int{partAdded: 3, partChanged: 4, partChangedOld: 4, partMoved: 2, partRemoved: 3}[part] {
			s.forge(t, fmt.Sprintf("%s, another cell in column %d", part, column), func(dir string, d *Delta, _ *Table) error {
				return rewrite(dir, "things", part, metadata(d), nil, func(row int64, at int, b array.Builder) bool {
					if row != 0 || at != column {
						return false
					}
					if text, ok := b.(*array.StringBuilder); ok {
						text.Append("forged")
					} else {
						b.(*array.Int64Builder).Append(99)
					}
					return true
				})
			})
			s.forge(t, fmt.Sprintf("%s, a null in column %d", part, column), func(dir string, d *Delta, _ *Table) error {
				return rewrite(dir, "things", part, metadata(d), nil, func(row int64, at int, b array.Builder) bool {
					if row != 0 || at != column {
						return false
					}
					b.AppendNull()
					return true
				})
			})
		}
		s.forge(t, part+", another name of a column", func(dir string, d *Delta, _ *Table) error {
			return rewrite(dir, "things", part, metadata(d), func(c []columnar.Column) { c[0].Name = "forged" }, nil)
		})
		s.forge(t, part+", another description", func(dir string, d *Delta, _ *Table) error {
			return rewrite(dir, "things", part, metadata(d), func(c []columnar.Column) { c[len(c)-1].Description = "forged" }, nil)
		})
		s.forge(t, part+", other metadata", func(dir string, d *Delta, _ *Table) error {
			return rewrite(dir, "things", part, metadata(d)[1:], nil, nil)
		})
		s.forge(t, part+", cut off", func(dir string, _ *Delta, _ *Table) error {
			return change(dir, partPath("things", part), func(data []byte) []byte { return data[:len(data)/2] })
		})
		s.forge(t, part+", the file of another table", func(dir string, _ *Delta, _ *Table) error {
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(partPath("new", partAdded))))
			return cmpErr(err, change(dir, partPath("things", part), func([]byte) []byte { return data }))
		})
		s.flipUnderRightDigests(t, part)
	}
}

// flipUnderRightDigests flips single bytes of a file and makes the digests
// right. Some of these bytes say nothing (statistics), so not all are found; what
// counts is that a file that passes holds the right rows, and that none brings
// a reader down.
func (s *sample) flipUnderRightDigests(t *testing.T, part string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(dir, os.DirFS(s.dir)); err != nil {
		t.Fatal(err)
	}
	file := partPath("things", part)
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(filepath.Join(dir, jsonName))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for at := range 24 {
		flipped := slices.Clone(data)
		flipped[(len(data)-1)*at/23] ^= 1
		d, err := Parse(list)
		if err := cmpErr(err, os.WriteFile(filepath.Join(dir, filepath.FromSlash(file)), flipped, 0o644), seal(dir, d)); err != nil {
			t.Fatal(err)
		}
		if problems := verify(t, dir, s.old, s.now); len(problems) > 0 {
			found++
			continue
		}
		if err := firstDifference(filepath.Join(dir, filepath.FromSlash(file)), filepath.Join(s.dir, filepath.FromSlash(file))); err != nil {
			t.Errorf("%s, byte %d of 24: it passed, but %v", part, at, err)
		}
	}
	if found < 6 {
		t.Errorf("%s: of 24 flipped bytes, %d were found", part, found)
	}
}

// firstDifference is columnar's, with one error.
func firstDifference(a, b string) error {
	d, err := columnar.FirstDifference(a, b)
	if d != nil {
		err = d
	}
	return err
}

// Apply alone, without Verify before it, ends in an error where files do not fit
// one another, and never in a panic or without end.
func TestApplyForged(t *testing.T) {
	s := newSample(t)
	apply := func(d *Delta, dir string) error {
		begin := func([]columnar.Column) error { return nil }
		return Apply(context.Background(), dir, s.old, d, "things", begin, func(Row) error { return nil })
	}
	data, err := os.ReadFile(filepath.Join(s.dir, jsonName))
	if err != nil {
		t.Fatal(err)
	}
	parse := func() *Delta {
		d, err := Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if err := apply(parse(), s.dir); err != nil {
		t.Fatal(err)
	}
	for what, do := range map[string]func(t *Table){
		"more rows":       func(t *Table) { *t.NewRows = 1 << 40 },
		"fewer rows":      func(t *Table) { *t.NewRows = 2 },
		"no old table":    func(t *Table) { t.OldRows = nil },
		"other columns":   func(t *Table) { t.Columns = &ColumnChanges{New: []Column{{"id", "utf8"}}} },
		"nothing added":   func(t *Table) { t.Added = 0 },
		"nothing gone":    func(t *Table) { t.Removed = 0 },
		"nothing differs": func(t *Table) { t.Added, t.Changed, t.Removed, t.Moved = 0, 0, 0, 0 },
	} {
		d := parse()
		do(d.Table("things"))
		if err := apply(d, s.dir); err == nil {
			t.Errorf("%s: there is no error", what)
		}
	}
	for _, part := range []string{partAdded, partChanged, partMoved, partRemoved} {
		for _, value := range []int64{-1, 99, 1 << 62} {
			dir := filepath.Join(t.TempDir(), "copy")
			err := cmpErr(os.CopyFS(dir, os.DirFS(s.dir)), rewrite(dir, "things", part, nil, nil, func(_ int64, at int, b array.Builder) bool {
				if at == 0 {
					b.(*array.Int64Builder).Append(value)
				}
				return at == 0
			}))
			if err != nil {
				t.Fatal(err)
			}
			if err := apply(parse(), dir); err == nil {
				t.Errorf("%s at %d: there is no error", part, value)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"testdata/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatal(files, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Add([]byte(`{"delta_version": 1, "tables": [null]}`))
	f.Add([]byte(`{"delta_version": 2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse(data)
		if err != nil {
			return
		}
		written, err := d.Encode()
		if err != nil || string(written) != string(data) {
			t.Errorf("%q is written as %q, %v", data, written, err)
		}
		d.readme()
		d.sums("", "")
	})
}
