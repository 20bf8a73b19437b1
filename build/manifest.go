package build

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"stemma/build/columnar"
	"stemma/internal/strictjson"
	"stemma/schema"
	"stemma/validate"
)

// Names inside a release folder.
const (
	tablesDir    = "tables"
	archiveName  = "source.tar.zst"
	manifestName = "manifest.json"
	sumsName     = "SHA256SUMS"
)

// manifestVersion numbers the format of manifest.json.
const manifestVersion = 1

// Manifest says what a release holds; docs/releases.md describes its format.
type Manifest struct {
	ManifestVersion int     `json:"manifest_version"`
	Dataset         string  `json:"dataset"`
	Title           string  `json:"title"`
	Version         string  `json:"version"`
	ReleasedOn      *string `json:"released_on"` // YYYY-MM-DD; null between releases
	Licence         string  `json:"licence"`     // SPDX identifier
	OutputVersion   int     `json:"output_version"`
	PolicyVersion   *string `json:"policy_version"`
	DatasetSHA256   string  `json:"dataset_sha256"` // see dataset.Snapshot.Digest
	Files           []File  `json:"files"`          // every file but the manifest and SHA256SUMS, sorted by path
	Tables          []Table `json:"tables"`
}

// File is one file of a release.
type File struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Rows   *int64 `json:"rows,omitempty"` // of tables
}

// Table is one table of a release, whatever the encoding of its files.
type Table struct {
	Name        string   `json:"name"`
	Kind        string   `json:"kind"`
	Description string   `json:"description"`
	Rows        int64    `json:"rows"`
	Fingerprint string   `json:"schema_fingerprint"` // see columnar.Fingerprint
	Columns     []Column `json:"columns"`
}

// Column is one column of a table. LogicalSHA256 is over its cells and does not
// depend on the writer; docs/releases.md says how it is computed.
type Column struct {
	Name          string `json:"name"`
	Type          string `json:"type"`
	LogicalSHA256 string `json:"logical_sha256"`
}

func newManifest(c *validate.Checked) *Manifest {
	snap := c.Snapshot()
	config := snap.Config
	m := &Manifest{
		ManifestVersion: manifestVersion, Dataset: config.Name, Title: config.Title, Version: config.Version,
		Licence: config.Licence.Name, OutputVersion: OutputVersion, DatasetSHA256: snap.Digest(),
	}
	if config.ReleasedOn != "" {
		m.ReleasedOn = &config.ReleasedOn
	}
	if snap.Policy != nil {
		if v, problems := strictjson.Parse(snap.Policy.Data); problems == nil {
			version := v.Get("version").Str()
			m.PolicyVersion = &version
		}
	}
	return m
}

func describeTable(k validate.Kind, t *schema.Table, stats *columnar.TableStats) Table {
	out := Table{Name: t.Name, Kind: k.Name, Description: t.Description, Rows: stats.Rows, Fingerprint: stats.Fingerprint}
	for _, c := range stats.Columns {
		out.Columns = append(out.Columns, Column{c.Name, c.Type, c.LogicalHash})
	}
	return out
}

// addFiles lists the files that are in the folder so far.
func (m *Manifest) addFiles(ctx context.Context, dir string) error {
	paths, err := listFiles(dir)
	if err != nil {
		return err
	}
	for _, path := range paths {
		f := File{Path: path}
		if f.Bytes, f.SHA256, err = digestFile(ctx, filepath.Join(dir, path)); err != nil {
			return err
		}
		if name, ok := strings.CutPrefix(path, tablesDir+"/"); ok {
			name = strings.TrimSuffix(strings.TrimSuffix(name, columnar.ParquetExtension), columnar.ArrowExtension)
			if i := slices.IndexFunc(m.Tables, func(t Table) bool { return t.Name == name }); i >= 0 {
				f.Rows = &m.Tables[i].Rows
			}
		}
		m.Files = append(m.Files, f)
	}
	return nil
}

func (m *Manifest) write(path string) error { return writeJSON(path, m) }

// writeJSON writes a value as indented JSON with a final line break.
func writeJSON(path string, v any) error {
	data, err := encodeJSON(v)
	if err != nil {
		return err
	}
	return writeFile(path, data)
}

func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// parseManifest reads a manifest of unknown origin.
func parseManifest(data []byte) (*Manifest, error) {
	m := new(Manifest)
	if err := decodeStrict(data, m); err != nil {
		return nil, err
	}
	if m.ManifestVersion != manifestVersion {
		return nil, fmt.Errorf("its format is number %d, this stemma reads number %d", m.ManifestVersion, manifestVersion)
	}
	return m, nil
}

// decodeStrict refuses JSON that readers could understand in different ways
// before the lenient decoder of the standard library sees it.
func decodeStrict(data []byte, into any) error {
	if _, problems := strictjson.Parse(data); problems != nil {
		at := strictjson.NewText(data).Position(problems[0].Start)
		return fmt.Errorf("line %d, column %d: %s", at.Line, at.Column, problems[0].Message)
	}
	return json.Unmarshal(data, into)
}
