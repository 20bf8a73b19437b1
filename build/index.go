package build

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/semver"
)

// indexName is the list of releases beside their folders.
const indexName = "index.json"

// Index lists the releases in a folder, oldest version first. It is derived
// from them; development releases are not in it.
type Index struct {
	IndexVersion int            `json:"index_version"`
	Releases     []IndexRelease `json:"releases"`
}

// IndexRelease is one release of an index.
type IndexRelease struct {
	Version        string       `json:"version"`
	ReleasedOn     *string      `json:"released_on"`
	Dataset        string       `json:"dataset"`
	DatasetSHA256  string       `json:"dataset_sha256"`
	OutputVersion  int          `json:"output_version"`
	Path           string       `json:"path"`
	ManifestSHA256 string       `json:"manifest_sha256"`
	Tables         []IndexTable `json:"tables"`
}

// IndexTable is one table of a release in an index.
type IndexTable struct {
	Name string `json:"name"`
	Rows int64  `json:"rows"`
}

// writeIndex derives the index from the release folders and puts it in place by
// one rename. An index that is right already is left alone.
func writeIndex(out string) error {
	entries, err := os.ReadDir(out)
	if err != nil {
		return err
	}
	index := Index{IndexVersion: 1, Releases: []IndexRelease{}}
	for _, e := range entries {
		version, ok := strings.CutPrefix(e.Name(), "v")
		if !ok || !e.IsDir() || !semver.IsValid(e.Name()) || semver.Prerelease(e.Name()) != "" {
			continue
		}
		r, err := indexRelease(filepath.Join(out, e.Name()), version)
		if err != nil {
			return err
		}
		index.Releases = append(index.Releases, r)
	}
	slices.SortFunc(index.Releases, func(a, b IndexRelease) int { return semver.Compare("v"+a.Version, "v"+b.Version) })
	data, err := encodeJSON(index)
	if err != nil {
		return err
	}
	path := filepath.Join(out, indexName)
	if old, err := os.ReadFile(path); err == nil && string(old) == string(data) {
		return nil
	}
	staged := filepath.Join(out, stagingPrefix+indexName)
	if err := writeFile(staged, data); err != nil {
		return err
	}
	if err := os.Rename(staged, path); err != nil {
		return err
	}
	return syncPath(out)
}

func indexRelease(dir, version string) (IndexRelease, error) {
	data, err := readLimited(filepath.Join(dir, manifestName), maxManifest)
	if err != nil {
		return IndexRelease{}, err
	}
	m, err := parseManifest(data)
	if err != nil {
		return IndexRelease{}, fmt.Errorf("%s: %w", filepath.Join(dir, manifestName), err)
	}
	if m.Version != version {
		return IndexRelease{}, fmt.Errorf("%s holds the version %s", dir, m.Version)
	}
	sum := sha256.Sum256(data)
	r := IndexRelease{Version: version, ReleasedOn: m.ReleasedOn, Dataset: m.Dataset, DatasetSHA256: m.DatasetSHA256,
		OutputVersion: m.OutputVersion, Path: filepath.Base(dir), ManifestSHA256: hex.EncodeToString(sum[:])}
	for _, t := range m.Tables {
		r.Tables = append(r.Tables, IndexTable{t.Name, t.Rows})
	}
	return r, nil
}
