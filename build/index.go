package build

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/semver"

	"stemma/internal/diag"
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

// readIndex derives the index from the release folders. Findings are releases
// that it cannot be derived from; the one named except is not looked at.
func readIndex(ctx context.Context, out, except string) (*Index, diag.List, error) {
	entries, err := os.ReadDir(out)
	if err != nil {
		return nil, nil, err
	}
	index := &Index{IndexVersion: 1, Releases: []IndexRelease{}}
	var list diag.List
	for _, e := range entries {
		version, ok := publishedVersion(e.Name())
		if !ok || e.Name() == except {
			continue
		}
		if err := interrupted(ctx); err != nil {
			return nil, nil, err
		}
		r, err := indexRelease(ctx, filepath.Join(out, e.Name()), version)
		if err != nil {
			list = append(list, diag.New(diag.ReleaseManifest, diag.Place{File: e.Name()}, "",
				fmt.Sprintf("the release in %s cannot be listed in %s: %v", filepath.ToSlash(filepath.Join(out, e.Name())), indexName, err),
				"restore this folder from version control or from where it is published, or move it out of "+filepath.ToSlash(out)+"; then build again"))
			continue
		}
		index.Releases = append(index.Releases, r)
	}
	slices.SortFunc(index.Releases, func(a, b IndexRelease) int {
		return cmp.Or(semver.Compare("v"+a.Version, "v"+b.Version), cmp.Compare(a.Version, b.Version))
	})
	return index, list, nil
}

// write puts the index in place by one rename. One that is right already is
// left alone.
func (x *Index) write(out string) error {
	data, err := encodeJSON(x)
	if err != nil {
		return err
	}
	path := filepath.Join(out, indexName)
	if old, err := os.ReadFile(path); err == nil && string(old) == string(data) {
		return nil
	}
	staged := filepath.Join(out, stagingPrefix+indexName)
	if err := writeFile(staged, data); err != nil {
		return errors.Join(err, os.Remove(staged))
	}
	if err := os.Rename(staged, path); err != nil {
		return errors.Join(err, os.Remove(staged))
	}
	return syncPath(out)
}

func indexRelease(ctx context.Context, dir, version string) (IndexRelease, error) {
	if info, err := os.Lstat(dir); err != nil {
		return IndexRelease{}, err
	} else if !info.IsDir() {
		return IndexRelease{}, errors.New("it is not a folder")
	}
	f, err := openFolder(ctx, dir)
	if err != nil {
		return IndexRelease{}, err
	}
	defer f.root.Close()
	if f.files[manifestName] == nil {
		return IndexRelease{}, errors.New("it has no " + manifestName)
	}
	data, err := f.read(ctx, manifestName, maxManifest)
	if err != nil {
		return IndexRelease{}, err
	}
	m, err := parseManifest(data)
	if err != nil {
		return IndexRelease{}, fmt.Errorf("%s: %w", manifestName, err)
	}
	if m.Version != version {
		return IndexRelease{}, fmt.Errorf("its %s is that of the version %s", manifestName, m.Version)
	}
	r := IndexRelease{Version: version, ReleasedOn: m.ReleasedOn, Dataset: m.Dataset, DatasetSHA256: m.DatasetSHA256,
		OutputVersion: m.OutputVersion, Path: filepath.Base(dir), ManifestSHA256: sha256Hex(data), Tables: []IndexTable{}}
	for _, t := range m.Tables {
		r.Tables = append(r.Tables, IndexTable{t.Name, t.Rows})
	}
	return r, nil
}
