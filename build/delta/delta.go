package delta

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/mod/semver"

	"stemma/build/columnar"
	"stemma/internal/strictjson"
)

// FormatVersion numbers the format of a delta.
const FormatVersion = 1

// Names in the folder of a delta.
const (
	jsonName   = "delta.json"
	readmeName = "README.md"
	sumsName   = "SHA256SUMS"
	tablesDir  = "tables"
)

// Delta says what differs between the tables of two releases. It is delta.json;
// docs/releases.md describes it.
type Delta struct {
	FormatVersion int       `json:"delta_version"`
	Dataset       string    `json:"dataset"` // as the newer release names it
	Old           Release   `json:"old"`
	New           Release   `json:"new"`
	Positions     Positions `json:"positions"`
	Tables        []Table   `json:"tables"` // of both releases, sorted by name
}

// Release names a release.
type Release struct {
	Version        string `json:"version"`
	ManifestSHA256 string `json:"manifest_sha256"`
}

// Positions are the names of the columns that say where a row stands in the
// older and in the newer table, from 0.
type Positions struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// Table says what differs between the two states of a table.
type Table struct {
	Name    string   `json:"name"`
	Key     []string `json:"key"`      // what rows are matched by; empty: by equality
	OldRows *int64   `json:"old_rows"` // nil: the older release has no such table
	NewRows *int64   `json:"new_rows"` // nil: the newer release has no such table

	Added     int64 `json:"added"`
	Changed   int64 `json:"changed"`
	Removed   int64 `json:"removed"`
	Unchanged int64 `json:"unchanged"`
	// Moved counts those of the unchanged rows that stand elsewhere among them.
	Moved int64 `json:"moved"`
	// ChangedInBoth counts the changed rows that differ in a column that both
	// tables have, with one type.
	ChangedInBoth int64 `json:"changed_in_both"`

	Columns *ColumnChanges `json:"columns"` // nil: they are the same
	Files   []File         `json:"files"`   // in the order of partNames
}

// ColumnChanges says how the columns of a table differ.
type ColumnChanges struct {
	Added     []string `json:"added"`
	Removed   []string `json:"removed"`
	Retyped   []string `json:"retyped"`
	Reordered bool     `json:"reordered"` // those in both have another order
	Old       []Column `json:"old"`
	New       []Column `json:"new"`
}

// Column is a column and its type, see columnar.TypeName.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// File is a file of a table's rows.
type File struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows"`
}

// Name gives the name of the folder of a delta.
func Name(oldVersion, newVersion string) string { return "v" + oldVersion + "..v" + newVersion }

// Table finds a table by its name, nil if there is none.
func (d *Delta) Table(name string) *Table {
	for i := range d.Tables {
		if d.Tables[i].Name == name {
			return &d.Tables[i]
		}
	}
	return nil
}

// Encode writes the delta as indented JSON with a final line break.
func (d *Delta) Encode() ([]byte, error) {
	var b bytes.Buffer
	// The options that shape the bytes are all given: no default may change them.
	err := json.MarshalWrite(&b, d, json.Deterministic(true), jsontext.WithIndent("  "), jsontext.EscapeForHTML(false), jsontext.EscapeForJS(false))
	return append(b.Bytes(), '\n'), err
}

// formatError says that a delta has a format that this stemma cannot read.
type formatError string

func (e formatError) Error() string {
	return fmt.Sprintf("its format is number %s, this stemma reads number %d", string(e), FormatVersion)
}

// Parse reads a delta.json of unknown origin. It takes only what Encode writes,
// byte for byte. What it gives back agrees with itself: names are plain, and the
// numbers of rows add up.
func Parse(data []byte) (*Delta, error) {
	root, problems := strictjson.Parse(data)
	if len(problems) > 0 {
		at := strictjson.NewText(data).Position(problems[0].Start)
		return nil, fmt.Errorf("line %d, column %d: %s", at.Line, at.Column, problems[0].Message)
	}
	number := root.Get("delta_version")
	if number == nil || number.Kind != strictjson.Number {
		return nil, errors.New("it does not say the number of its format")
	}
	if number.Text != fmt.Sprint(FormatVersion) {
		return nil, formatError(number.Text)
	}
	d := new(Delta)
	if err := json.Unmarshal(data, d, json.RejectUnknownMembers(true)); err != nil {
		var se *json.SemanticError
		if errors.As(err, &se) && se.JSONPointer != "" {
			return nil, fmt.Errorf("the value at %s is not what a delta has there", se.JSONPointer)
		}
		return nil, errors.New("it does not have the form of a delta")
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	if written, err := d.Encode(); err != nil || !bytes.Equal(written, data) {
		return nil, errors.New("it says what a delta says, but not in the bytes that stemma writes")
	}
	return d, nil
}

// plainNames is what tables, and so their files, are named.
var plainNames = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_-]*$`)

var sha256Form = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (d *Delta) check() error {
	if d.Dataset == "" || len(d.Dataset) > 4096 || strings.ContainsFunc(d.Dataset, func(r rune) bool { return r < 0x20 || r == 0x7f }) {
		return fmt.Errorf("%q is not the name of a dataset", d.Dataset)
	}
	for _, r := range []Release{d.Old, d.New} {
		if !semver.IsValid("v"+r.Version) || !sha256Form.MatchString(r.ManifestSHA256) {
			return fmt.Errorf("%q is not a version, or the SHA-256 of its manifest is none", r.Version)
		}
	}
	if oldPrefix, ok := strings.CutSuffix(d.Positions.Old, oldRow); !ok || strings.Trim(oldPrefix, "_") != "" || d.Positions.New != oldPrefix+newRow {
		return fmt.Errorf("%q and %q are not names of columns of positions", d.Positions.Old, d.Positions.New)
	}
	last := ""
	for i := range d.Tables {
		t := &d.Tables[i]
		if !plainNames.MatchString(t.Name) || t.Name <= last {
			return fmt.Errorf("the table %q is no plain name, or not in the order of names", t.Name)
		}
		if err := t.check(); err != nil {
			return fmt.Errorf("the table %q: %w", t.Name, err)
		}
		last = t.Name
	}
	return nil
}

// maxRows keeps sums of numbers of rows within 64 bits.
const maxRows = 1 << 48

func (t *Table) check() error {
	for _, n := range []int64{rows(t.OldRows), rows(t.NewRows), t.Added, t.Changed, t.Removed, t.Unchanged, t.Moved, t.ChangedInBoth} {
		if n < 0 || n > maxRows {
			return fmt.Errorf("%d is no number of rows", n)
		}
	}
	switch {
	case t.OldRows == nil && t.NewRows == nil:
		return errors.New("it is in neither release")
	case (t.OldRows == nil || t.NewRows == nil) && t.Columns == nil:
		return errors.New("it is in one release only, but its columns are not listed")
	case rows(t.OldRows) != t.Removed+t.Changed+t.Unchanged || rows(t.NewRows) != t.Added+t.Changed+t.Unchanged:
		return errors.New("the numbers of its rows do not add up")
	case t.Moved > t.Unchanged || t.ChangedInBoth > t.Changed:
		return errors.New("a part of its rows is more than all of them")
	}
	if t.Columns != nil {
		if err := errors.Join(checkColumns(t.Columns.Old, t.OldRows), checkColumns(t.Columns.New, t.NewRows)); err != nil {
			return err
		}
	}
	return t.checkFiles()
}

func checkColumns(columns []Column, in *int64) error {
	if (in == nil) != (len(columns) == 0) {
		return errors.New("it has rows without columns, or columns without being there")
	}
	seen := map[string]bool{}
	for _, c := range columns {
		if c.Name == "" || seen[c.Name] || columnar.TypeNamed(c.Type) == nil {
			return fmt.Errorf("the column %q has no name, one that is taken, or a type that stemma does not write", c.Name)
		}
		seen[c.Name] = true
	}
	return nil
}

// checkFiles compares the files with those that the numbers call for.
func (t *Table) checkFiles() error {
	i := 0
	for _, part := range partNames {
		n := t.count(part)
		if n == 0 {
			continue
		}
		if i == len(t.Files) || t.Files[i].Path != partPath(t.Name, part) || t.Files[i].Rows != n {
			return fmt.Errorf("it does not list %s with %d rows at its place", partPath(t.Name, part), n)
		}
		if f := t.Files[i]; f.Bytes < 0 || !sha256Form.MatchString(f.SHA256) {
			return fmt.Errorf("size or SHA-256 of %s is none", f.Path)
		}
		i++
	}
	if i < len(t.Files) {
		return fmt.Errorf("it lists %q, for which it has no rows", t.Files[i].Path)
	}
	return nil
}

func rows(n *int64) int64 {
	return *cmp.Or(n, new(int64))
}
