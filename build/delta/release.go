package delta

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"stemma/build/columnar"
	"stemma/internal/strictjson"
)

// release is what a delta needs to know of a release folder.
type release struct {
	Release
	dir     string
	dataset string
	tables  []*manifestTable
	keys    map[string][]string // primary keys by table, of releases that state them
}

type manifestTable struct {
	name, kind string
	columns    []Column
}

// openRelease reads the manifest of a release, and its primary keys.
func openRelease(dir string) (*release, error) {
	path := filepath.Join(dir, "manifest.json")
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	root, problems := strictjson.Parse(data)
	if len(problems) > 0 {
		return nil, fmt.Errorf("%s: %s", path, problems[0].Message)
	}
	sum := sha256.Sum256(data)
	r := &release{dir: dir, dataset: root.Get("dataset").Str(), keys: map[string][]string{}}
	r.Release = Release{root.Get("version").Str(), hex.EncodeToString(sum[:])}
	tables := root.Get("tables")
	if r.Version == "" || tables == nil {
		return nil, fmt.Errorf("%s is not the manifest of a release: it names no version or no tables", path)
	}
	for i := range tables.Elems {
		t := &tables.Elems[i]
		table := &manifestTable{name: t.Get("name").Str(), kind: t.Get("kind").Str()}
		if !plainNames.MatchString(table.name) {
			return nil, fmt.Errorf("%s: %q is not the name of a table", path, table.name)
		}
		for _, c := range elements(t.Get("columns")) {
			table.columns = append(table.columns, Column{c.Get("name").Str(), c.Get("type").Str()})
		}
		r.tables = append(r.tables, table)
	}
	return r, r.readKeys()
}

// readKeys reads the primary keys of datapackage.json, which releases of output
// version 3 and later have. A text of another form states none.
func (r *release) readKeys() error {
	data, err := os.ReadFile(filepath.Join(r.dir, "datapackage.json"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	root, _ := strictjson.Parse(data)
	for _, resource := range elements(root.Get("resources")) {
		var key []string
		for _, name := range elements(resource.Get("schema").Get("primaryKey")) {
			key = append(key, name.Str())
		}
		r.keys[resource.Get("name").Str()] = key
	}
	return nil
}

func elements(v *strictjson.Value) []strictjson.Value {
	if v == nil {
		return nil
	}
	return v.Elems
}

func (r *release) table(name string) *manifestTable {
	for _, t := range r.tables {
		if t.name == name {
			return t
		}
	}
	return nil
}

// side is a table in one of the two releases.
type side struct {
	there   bool
	path    string // of its Arrow file, which is read faster than its Parquet file
	kind    string
	columns []columnar.Column
}

// open finds a table; the side is empty if the release has none of that name.
func (r *release) open(name string) (*side, error) {
	t := r.table(name)
	if t == nil {
		return new(side), nil
	}
	s := &side{there: true, kind: t.kind, path: filepath.Join(r.dir, tablesDir, name+columnar.ArrowExtension)}
	in, err := openStream(s.path)
	if err != nil {
		return nil, err
	}
	defer in.close()
	s.columns = in.columns
	if !slices.Equal(named(s.columns), t.columns) {
		return nil, fmt.Errorf("%s does not have the columns of the manifest: verify the release", s.path)
	}
	return s, nil
}

// named gives the columns as delta.json lists them.
func named(columns []columnar.Column) []Column {
	out := make([]Column, len(columns))
	for i, c := range columns {
		out[i] = Column{c.Name, columnar.TypeName(c.Type)}
	}
	return out
}

// column finds a column by its name and type, -1 if there is none.
func (s *side) column(c Column) int { return slices.Index(named(s.columns), c) }
