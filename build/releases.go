package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/semver"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// standing is a release that stands in a folder of releases: its manifest, and
// what the lists beside it say of it.
type standing struct {
	name           string // of its folder: "v1.2.3"
	dir            string
	manifest       *Manifest
	manifestSHA256 string
	citation       string // as its documents give it; empty: it has none
}

func (s *standing) version() string { return s.manifest.Version }

// readReleases reads the manifests of the releases in a folder, oldest version
// first. Findings are releases that cannot be listed; the one named except is not
// looked at. Development releases are none.
func readReleases(ctx context.Context, out, except string) ([]*standing, diag.List, error) {
	entries, err := os.ReadDir(out)
	if err != nil {
		return nil, nil, err
	}
	var releases []*standing
	var list diag.List
	for _, e := range entries {
		version, ok := publishedVersion(e.Name())
		if !ok || e.Name() == except {
			continue
		}
		if err := interrupted(ctx); err != nil {
			return nil, nil, err
		}
		r, err := readStanding(ctx, filepath.Join(out, e.Name()), version)
		if ctx.Err() != nil {
			return nil, nil, interrupted(ctx)
		}
		if err != nil {
			list = append(list, diag.New(diag.ReleaseManifest, diag.Place{File: e.Name()}, "",
				fmt.Sprintf("the release in %s cannot be listed in %s: %v", filepath.ToSlash(filepath.Join(out, e.Name())), indexName, err),
				"restore this folder from version control or from where it is published, or move it out of "+filepath.ToSlash(out)+"; then build again"))
			continue
		}
		releases = append(releases, r)
	}
	slices.SortFunc(releases, func(a, b *standing) int { return semver.Compare(a.name, b.name) })
	return releases, list, nil
}

func readStanding(ctx context.Context, dir, version string) (*standing, error) {
	if info, err := os.Lstat(dir); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, errors.New("it is not a folder")
	}
	f, err := openFolder(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer f.root.Close()
	if f.files[manifestName] == nil {
		return nil, errors.New("it has no " + manifestName)
	}
	data, err := f.read(ctx, manifestName, maxManifest)
	if err != nil {
		return nil, err
	}
	m, err := parseManifest(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", manifestName, err)
	}
	if m.Version != version {
		return nil, fmt.Errorf("its %s is that of the version %s", manifestName, m.Version)
	}
	s := &standing{name: filepath.Base(dir), dir: dir, manifest: m, manifestSHA256: sha256Hex(data)}
	s.citation, err = citationOf(ctx, f, m)
	return s, err
}

// citing is the document of a release that says how to cite it, as one text.
const citing = "croissant.json"

// citationOf reads how to cite a release; releases from before there were
// documents do not say.
func citationOf(ctx context.Context, f *folder, m *Manifest) (string, error) {
	listed := m.file(citing)
	if listed == nil || !m.hasProvenance() {
		return "", nil
	}
	if f.files[citing] == nil {
		return "", errors.New("it has no " + citing)
	}
	data, err := f.read(ctx, citing, listed.Bytes)
	if err != nil {
		return "", err
	}
	if sha256Hex(data) != listed.SHA256 {
		return "", fmt.Errorf("%s is not the one that its %s names", citing, manifestName)
	}
	root, _ := strictjson.Parse(data)
	return root.Get("citeAs").Str(), nil
}
