package build

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"stemma/build/columnar"
	"stemma/build/provenance"
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
	policyName   = "policy.json"
	pageName     = "index.html"

	changelogName = "CHANGELOG.md"

	provenanceName = "provenance.intoto.json"
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
	Files           []File  `json:"files"`          // every file but the manifest, the provenance and SHA256SUMS, sorted by path
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
	Kind        string   `json:"kind"` // of the records; dataset.KindComputed for computed tables
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

func newManifest(c *validate.Checked, outputVersion int) *Manifest {
	snap := c.Snapshot()
	config := snap.Config
	m := &Manifest{
		ManifestVersion: manifestVersion, Dataset: config.Name, Title: config.Title, Version: config.Version,
		Licence: config.Licence.Name, OutputVersion: outputVersion, DatasetSHA256: snap.Digest(),
		Files: []File{}, Tables: []Table{},
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

func describeTable(kind string, t *schema.Table, stats *columnar.TableStats) Table {
	out := Table{Name: t.Name, Kind: kind, Description: t.Description, Rows: stats.Rows, Fingerprint: stats.Fingerprint}
	for _, c := range stats.Columns {
		out.Columns = append(out.Columns, Column{c.Name, c.Type, c.LogicalHash})
	}
	return out
}

// addFiles lists the files that are in the folder so far.
func (m *Manifest) addFiles(ctx context.Context, dir string) error {
	f, err := openFolder(ctx, dir)
	if err != nil {
		return err
	}
	defer f.root.Close()
	rows := map[string]*int64{}
	for i := range m.Tables {
		for _, extension := range tableExtensions {
			rows[tablesDir+"/"+m.Tables[i].Name+extension] = &m.Tables[i].Rows
		}
	}
	for _, path := range f.paths() {
		sum, err := f.digest(ctx, path, nil)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, File{Path: path, Bytes: f.files[path].Size(), SHA256: sum, Rows: rows[path]})
	}
	return nil
}

// writeLists writes the manifest, the provenance and the checksums, after all
// other files. They are read back first: what verify would refuse is not
// released.
func (m *Manifest) writeLists(dir, builderID string) error {
	data, err := encodeJSON(m)
	if err != nil {
		return err
	}
	if len(data) > maxManifest {
		return fmt.Errorf("%s would have %d bytes, and %d are the most: use fewer kinds or properties", manifestName, len(data), maxManifest)
	}
	if _, err := parseManifest(data); err != nil {
		return fmt.Errorf("internal error: the manifest that was made cannot be read: %w", err)
	}
	if err := writeFile(filepath.Join(dir, manifestName), data); err != nil {
		return err
	}
	statement, err := m.provenance(builderID, sha256Hex(data)).Encode()
	if err != nil {
		return err
	}
	if _, err := provenance.Parse(statement); err != nil || len(statement) > maxProvenance {
		return fmt.Errorf("internal error: the provenance that was made has %d bytes and cannot be read: %w", len(statement), err)
	}
	if err := writeFile(filepath.Join(dir, provenanceName), statement); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, sumsName), m.sums(sha256Hex(data), sha256Hex(statement)))
}

// encodeJSON writes a value as indented JSON with a final line break.
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
