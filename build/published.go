package build

import (
	"context"

	"golang.org/x/mod/semver"

	"stemma/internal/dataset"
	"stemma/internal/diag"
)

const ledgerName = "ledger.jsonl"

type published struct {
	dir            string
	manifest       *Manifest
	manifestSHA256 string
	snap           *dataset.Snapshot
	changelog      []byte
}

func publishedVersion(name string) (version string, ok bool) {
	if len(name) < 2 || semver.Canonical(name) != name || semver.Prerelease(name) != "" {
		return "", false
	}
	return name[1:], true
}

func openPublished(ctx context.Context, dir string) (*published, diag.List, error) {
	snap, list, m, err := Sources(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	s, err := readStanding(ctx, dir, m.Version)
	if err != nil {
		return nil, nil, err
	}
	return &published{dir: dir, manifest: m, manifestSHA256: s.manifestSHA256, snap: snap}, list, nil
}
