package delta

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"stemma/build/columnar"
)

// Problem is something wrong with the folder of a delta.
type Problem struct {
	File    string // its path in the folder, with forward slashes
	Message string
}

// Verify proves that dir is the delta of two releases, and that older release
// and delta together are the newer one, row for row. It lists names and sizes
// before it opens anything, computes digests before it decodes anything, and
// stops at the first step that finds something. Problems are sorted by file.
//
// The folder may be hostile. The two releases are believed: an error is about
// them, or about a folder that cannot be read at all.
func Verify(ctx context.Context, dir, oldDir, newDir string) ([]Problem, error) {
	f, err := openFolder(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer f.root.Close()
	v := &verifier{folder: f, ctx: ctx}
	for _, step := range []func() error{
		v.readLists,
		v.checkFiles,
		func() error { return v.compareReleases(oldDir, newDir) },
	} {
		if err := step(); err != nil {
			return nil, err
		}
		if len(f.problems) > 0 {
			break
		}
	}
	slices.SortStableFunc(f.problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(f.problems), nil
}

type verifier struct {
	*folder
	ctx   context.Context
	json  []byte // of delta.json
	delta *Delta
}

// readLists reads delta.json, if it is the one that the checksums name.
func (v *verifier) readLists() error {
	if len(v.problems) > 0 { // links and special files
		return nil
	}
	sums, err := v.read(sumsName)
	if err != nil {
		return err
	}
	if v.json, err = v.read(jsonName); err != nil || len(v.problems) > 0 {
		return err
	}
	line := sha256Hex(v.json) + "  " + jsonName
	if !slices.Contains(strings.Split(string(sums), "\n"), line) {
		v.report(jsonName, "the bytes of this file are not those of the delta, or %s was changed: it does not have their SHA-256", sumsName)
		return nil
	}
	if v.delta, err = Parse(v.json); err != nil {
		v.report(jsonName, "this file cannot be read: %v", err)
		return nil
	}
	if readme := v.delta.readme(); !bytes.Equal(sums, v.delta.sums(sha256Hex(v.json), sha256Hex(readme))) {
		v.report(sumsName, "these are not the checksums of the files that %s lists", jsonName)
	}
	return nil
}

// checkFiles compares names, sizes and digests with delta.json.
func (v *verifier) checkFiles() error {
	files := v.delta.files()
	expected := map[string]*File{jsonName: nil, readmeName: nil, sumsName: nil}
	for i := range files {
		expected[files[i].Path] = &files[i]
	}
	v.compareNames(expected)
	if _, ok := v.files[readmeName]; ok {
		readme, err := v.read(readmeName)
		if err != nil {
			return err
		}
		if !bytes.Equal(readme, v.delta.readme()) {
			v.report(readmeName, "this is not the text that belongs to %s", jsonName)
		}
	}
	for i := range files {
		if err := v.checkDigest(v.ctx, &files[i]); err != nil {
			return err
		}
	}
	return nil
}

// compareReleases compares the delta with the two releases.
func (v *verifier) compareReleases(oldDir, newDir string) error {
	c, err := openBoth(oldDir, newDir)
	if err != nil {
		return err
	}
	v.compareHeads(c)
	if len(v.problems) > 0 {
		return nil
	}
	for _, name := range c.names {
		m, want, err := c.table(v.ctx, name)
		if err != nil {
			return err
		}
		before := len(v.problems)
		v.compareTable(v.delta.Table(name), want)
		for _, p := range v.delta.parts(name, m) {
			if len(v.problems) == before {
				err = v.comparePart(name, p)
			}
			if err != nil {
				return err
			}
		}
		if len(v.problems) == before && m.after.there {
			err = v.rebuild(name, oldDir, m.after)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// compareHeads compares what delta.json says before its tables, and their names.
func (v *verifier) compareHeads(c *comparison) {
	for _, r := range []struct {
		which     string
		got, want Release
	}{{"older", v.delta.Old, c.old.Release}, {"newer", v.delta.New, c.new.Release}} {
		if r.got != r.want {
			v.report(jsonName, "the %s release is v%s with a manifest of SHA-256 %s, and not v%s with %s as this file says",
				r.which, r.want.Version, r.want.ManifestSHA256, r.got.Version, r.got.ManifestSHA256)
		}
	}
	if v.delta.Dataset != c.head.Dataset {
		v.report(jsonName, "the dataset is %q, not %q", c.head.Dataset, v.delta.Dataset)
	}
	if v.delta.Positions != c.head.Positions {
		v.report(jsonName, "the columns of positions have to be named %s and %s", c.head.Positions.Old, c.head.Positions.New)
	}
	var names []string
	for _, t := range v.delta.Tables {
		names = append(names, t.Name)
	}
	if !slices.Equal(names, c.names) {
		v.report(jsonName, "the releases have the tables %s, and this file lists %s", strings.Join(c.names, ", "), strings.Join(names, ", "))
	}
}

// compareTable compares what delta.json says of a table with what the releases
// hold. Files were compared before.
func (v *verifier) compareTable(got, want *Table) {
	stated := *got
	stated.Files = want.Files
	a, errA := (&Delta{Tables: []Table{stated}}).Encode()
	b, errB := (&Delta{Tables: []Table{*want}}).Encode()
	if errA != nil || errB != nil || bytes.Equal(a, b) {
		return
	}
	is, should := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(is), len(should)) {
		if is[i] != should[i] {
			v.report(jsonName, "the table %q: this file says %s, and the releases say %s", got.Name, strings.TrimSpace(is[i]), strings.TrimSpace(should[i]))
			return
		}
	}
	v.report(jsonName, "the table %q is not described as the releases have it", got.Name)
}

// comparePart compares a file, cell by cell, with the rows that it has to hold.
func (v *verifier) comparePart(table string, p *part) error {
	file := partPath(table, p.name)
	stats, err := columnar.ReadHashesParquet(v.path(file))
	if err != nil {
		v.report(file, "this file cannot be read: %v", err)
		return nil
	}
	if !sameShape(stats, p) {
		v.report(file, "this file has other columns, descriptions or metadata than it should")
		return nil
	}
	got, err := openStream(v.path(file))
	if err != nil {
		v.report(file, "this file cannot be read: %v", err)
		return nil
	}
	defer got.close()
	var from *stream
	if p.from != nil {
		if from, err = openStream(p.from.path); err != nil {
			return err
		}
		defer from.close()
	}
	for i, row := range p.rows {
		if !got.advance(v.ctx) {
			v.report(file, "this file cannot be read to its end, row %d: %v", i, got.err)
			return v.ctx.Err()
		}
		if from != nil {
			if err := from.seek(v.ctx, p.source(row)); err != nil {
				return err
			}
		}
		if wrong := p.firstDifference(got, from, row); wrong != "" {
			v.report(file, "row %d (from 0), column %q: this is not what the releases have there", i, wrong)
			return nil
		}
	}
	if got.advance(v.ctx) {
		v.report(file, "this file has more rows than it should")
	}
	return v.ctx.Err()
}

func sameShape(stats *columnar.TableStats, p *part) bool {
	return stats.Rows == int64(len(p.rows)) && slices.Equal(stats.Metadata, p.metadata) &&
		slices.EqualFunc(stats.Columns, p.columns, func(a columnar.ColumnStats, b columnar.Column) bool {
			return a.Name == b.Name && a.Type == columnar.TypeName(b.Type) && a.Description == b.Description
		})
}

// firstDifference names the first column in which a row of a file is not the one
// that it should be; "" if there is none.
func (p *part) firstDifference(got, from *stream, row pair) string {
	positions := p.positions(row)
	var a, b []byte
	for i, c := range got.columns {
		if i < len(positions) {
			if at, err := got.position(i); err != nil || at != positions[i] {
				return c.Name
			}
			continue
		}
		a, b = got.appendCell(a[:0], i), from.appendCell(b[:0], i-len(positions))
		if !bytes.Equal(a, b) {
			return c.Name
		}
	}
	return ""
}

// rebuild applies the delta and compares the result with the newer table.
func (v *verifier) rebuild(table, oldDir string, want *side) error {
	in, err := openStream(want.path)
	if err != nil {
		return err
	}
	defer in.close()
	begin := func(columns []columnar.Column) error {
		if !slices.Equal(named(columns), named(want.columns)) {
			return fmt.Errorf("the table %q does not get the columns of the newer release", table)
		}
		return nil
	}
	var a, b []byte
	emit := func(r Row) error {
		if !in.advance(v.ctx) {
			return fmt.Errorf("the table %q gets more rows than the newer release has: %w", table, cmp.Or(in.err, errSurplus))
		}
		for i, c := range want.columns {
			if a, b = r.AppendCell(a[:0], i), in.appendCell(b[:0], i); !bytes.Equal(a, b) {
				return fmt.Errorf("row %d (from 0) of the table %q, column %q, is not that of the newer release", in.row, table, c.Name)
			}
		}
		return nil
	}
	err = Apply(v.ctx, v.dir, oldDir, v.delta, table, begin, emit)
	if err == nil && in.advance(v.ctx) {
		err = fmt.Errorf("the table %q lacks row %d (from 0) of the newer release", table, in.row)
	}
	if err := cmp.Or(v.ctx.Err(), in.err); err != nil {
		return err
	}
	if err != nil {
		v.report(jsonName, "the older release and this delta do not make the newer release: %v", err)
	}
	return nil
}
