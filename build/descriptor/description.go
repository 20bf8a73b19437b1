package descriptor

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Description is all that the documents say.
type Description struct {
	Dataset Dataset
	Tables  []Table // in the order in which they are listed
	// Files are those of the release so far: at least the Parquet file of every table.
	Files []File
}

// Dataset is what dataset.json says. Everything but Name and Version may be empty.
type Dataset struct {
	Name        string // letters, digits, hyphens, dots, underscores
	Title       string
	Description string
	Version     string // SemVer
	ReleasedOn  string // YYYY-MM-DD; empty between releases
	Licence     Licence
	URL         string
	Creators    []Creator
	Contact     string // an e-mail address or a URL
	Keywords    []string
	Language    string // BCP 47
	Citation    string // how to cite, in plain text

	Claims        bool // of the model stemma: who says what, and the tables computed of it
	OutputVersion int  // of the stemma that makes the release
}

// Licence is the licence of the data.
type Licence struct {
	Name  string // SPDX identifier
	Title string
	URL   string
}

// Creator is a person or a group.
type Creator struct{ Name, URL string }

// Table is one table of the release.
type Table struct {
	Name        string
	Kind        string // of its records; empty for computed tables
	Description string
	Rows        int64
	Columns     []Column
	PrimaryKey  []string // names of columns; empty: none
	ForeignKeys []ForeignKey
}

// ForeignKey says that columns hold a key of a table, or null.
type ForeignKey struct {
	Columns    []string
	Table      string // may be the table itself
	References []string
}

// Column is one column of a table. What constrains its values holds for every
// row; in a list it holds for the items.
type Column struct {
	Name        string
	Type        string // utf8, int64, float64, bool, date32, timestamp[us, UTC], or list<…> of one of them
	Description string
	Required    bool     // never null
	Enum        []string // all values that are allowed; nil: any
	Patterns    []string // regular expressions (RE2) that all find something in every value
	Minimum     string   // a JSON number; empty: none
	Maximum     string
	MinLength   int // of texts, in code points
	MaxLength   int // 0: any

	Nulls    int64    // rows without a value
	Examples []string // some values that occur, as text
}

// File is one file of the release.
type File struct {
	Path   string
	SHA256 string // hexadecimal
	Bytes  int64
}

// maxExamples is the number of values of a column that are shown.
const maxExamples = 3

// Note counts a cell of the column, in the order of rows: text is its value as a
// reader would print it. The first few different values become examples.
func (c *Column) Note(text string, null bool) {
	switch {
	case null:
		c.Nulls++
	case !c.Full() && !slices.Contains(c.Examples, text):
		c.Examples = append(c.Examples, text)
	}
}

// Full tells whether there are as many examples as are shown, so that the text
// of further values does not matter.
func (c *Column) Full() bool { return len(c.Examples) >= maxExamples }

// The types of columns.
const (
	typeText      = "utf8"
	typeInteger   = "int64"
	typeFloat     = "float64"
	typeBoolean   = "bool"
	typeDate      = "date32"
	typeTimestamp = "timestamp[us, UTC]"
)

func (c *Column) item() (scalar string, list bool) {
	if inner, ok := strings.CutPrefix(c.Type, "list<"); ok {
		return strings.TrimSuffix(inner, ">"), true
	}
	return c.Type, false
}

func (t *Table) column(name string) *Column {
	if i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name }); i >= 0 {
		return &t.Columns[i]
	}
	return nil
}

// foreignKey gives the first key of one column that is over this one, or nil.
func (t *Table) foreignKey(column string) *ForeignKey {
	if i := slices.IndexFunc(t.ForeignKeys, func(k ForeignKey) bool { return len(k.Columns) == 1 && k.Columns[0] == column }); i >= 0 {
		return &t.ForeignKeys[i]
	}
	return nil
}

func (d *Description) table(name string) *Table {
	if i := slices.IndexFunc(d.Tables, func(t Table) bool { return t.Name == name }); i >= 0 {
		return &d.Tables[i]
	}
	return nil
}

func (d *Description) file(path string) *File {
	if i := slices.IndexFunc(d.Files, func(f File) bool { return f.Path == path }); i >= 0 {
		return &d.Files[i]
	}
	return nil
}

// Parquet is the path of a table's Parquet file in the release.
func (t *Table) Parquet() string { return "tables/" + t.Name + ".parquet" }

func (t *Table) ipc() string { return "tables/" + t.Name + ".arrow" }

// title is the title, or the name.
func (d *Dataset) title() string {
	if d.Title != "" {
		return d.Title
	}
	return d.Name
}

// creators are those who are named, or that they are not.
func (d *Dataset) creators() []Creator {
	if len(d.Creators) > 0 {
		return d.Creators
	}
	return []Creator{{Name: "The makers of " + d.title()}}
}

// Check finds what would make a document refer to nothing. Callers derive
// descriptions from a plan, so what it finds is an error in the program.
func (d *Description) Check() error {
	if d.Dataset.Name == "" || d.Dataset.Version == "" {
		return fmt.Errorf("a description needs the dataset's name and version")
	}
	seen := map[string]bool{}
	for i := range d.Tables {
		t := &d.Tables[i]
		if seen[t.Name] || len(t.Columns) == 0 || !plainName(t.Name) {
			return fmt.Errorf("the table %q is there twice, has no columns, or has a name that is no plain file name", t.Name)
		}
		seen[t.Name] = true
		if f := d.file(t.Parquet()); f == nil || len(f.SHA256) != 64 {
			return fmt.Errorf("the table %q has no file %s with a SHA-256", t.Name, t.Parquet())
		}
		if err := d.checkKeys(t); err != nil {
			return err
		}
	}
	return nil
}

// plainName tells whether a name means itself in paths, code and Markdown.
func plainName(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
	}) < 0
}

func (d *Description) checkKeys(t *Table) error {
	for _, c := range t.Columns {
		if scalar, _ := c.item(); fieldTypes[scalar] == "" {
			return fmt.Errorf("the column %s.%s has the type %q, which is none", t.Name, c.Name, c.Type)
		}
	}
	all := append([]ForeignKey{{t.PrimaryKey, t.Name, t.PrimaryKey}}, t.ForeignKeys...)
	for _, key := range all {
		to := d.table(key.Table)
		if to == nil || len(key.Columns) != len(key.References) {
			return fmt.Errorf("a key of the table %q leads to %q, which is no table with as many columns", t.Name, key.Table)
		}
		for i := range key.Columns {
			if t.column(key.Columns[i]) == nil || to.column(key.References[i]) == nil {
				return fmt.Errorf("a key of the table %q is over %q and %s.%q, which are no columns", t.Name, key.Columns[i], to.Name, key.References[i])
			}
		}
	}
	return nil
}
