package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"stemma/internal/diag"
	"stemma/internal/ledger"
)

// This file makes everything that lies beside the release folders. All of it
// follows from them: what is missing or wrong is made again by the next build.

// derived is a file beside the releases.
type derived struct {
	name string
	data []byte
}

// derive puts everything beside the releases in order: deltas that are missing,
// then the lists, each by one rename. While a release or a delta is damaged,
// nothing is made: leaving it out would be a lie. That is a finding.
func derive(ctx context.Context, out string) (diag.List, error) {
	releases, deltas, list, err := readBeside(ctx, out, "")
	if err != nil || list.HasErrors() {
		return list, err
	}
	if list, err = makeDeltas(ctx, out, releases, deltas); err != nil || list.HasErrors() {
		return list, err
	}
	text, list, err := lastLedger(ctx, releases)
	if err != nil || list.HasErrors() {
		return list, err
	}
	files, err := derivedFiles(releases, deltas, text)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := interrupted(ctx); err != nil {
			return nil, err
		}
		if err := f.write(out); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// readBeside reads the releases in a folder and the deltas between them, of which
// those that are missing are nil.
func readBeside(ctx context.Context, out, except string) ([]*standing, []*standingDelta, diag.List, error) {
	releases, list, err := readReleases(ctx, out, except)
	if err != nil || list.HasErrors() {
		return nil, nil, list, err
	}
	deltas, list, err := readDeltas(ctx, out, releases)
	return releases, deltas, list, err
}

// derivedFiles gives the lists beside releases, in the order in which they are
// written: later ones say what is in earlier ones.
func derivedFiles(releases []*standing, deltas []*standingDelta, ledger []byte) ([]derived, error) {
	index, err := encodeJSON(newIndex(releases, deltas, ledger))
	if err != nil {
		return nil, err
	}
	page, err := releasesPage(releases, deltas)
	if err != nil {
		return nil, err
	}
	return []derived{{ledgerName, ledger}, {indexName, index}, {pageName, page}}, nil
}

// write puts a file in place by one rename. One that is right already is left
// alone.
func (d derived) write(out string) error {
	path := filepath.Join(out, d.name)
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Size() == int64(len(d.data)) {
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, d.data) {
			return nil
		}
	}
	staged := filepath.Join(out, stagingPrefix+d.name)
	err := writeFile(staged, d.data)
	if err == nil {
		err = os.Rename(staged, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(staged))
	}
	return syncPath(out)
}

// lastLedger gives the ledger after the last of the releases. Its own sources hold
// the one before it; those from before there were ledgers do not, and there it
// comes from the releases before them.
func lastLedger(ctx context.Context, releases []*standing) ([]byte, diag.List, error) {
	var after []*published // the last one first
	for i := len(releases) - 1; i >= 0; i-- {
		p, list, err := openStanding(ctx, releases[i])
		if err != nil || list.HasErrors() {
			return nil, list, err
		}
		if after = append(after, p); p.snap.Ledger != nil {
			break
		}
	}
	var l *ledger.Ledger
	for i := len(after) - 1; i >= 0; i-- {
		own, list := after[i].ownLedger()
		if list.HasErrors() {
			return nil, list, nil
		}
		if own != nil {
			l = own
		}
		var err error
		if l, err = after[i].next(ctx, l); err != nil {
			return nil, nil, err
		}
	}
	return l.Encode(), nil, nil
}

// openStanding reads the sources of a release in a folder of releases.
func openStanding(ctx context.Context, s *standing) (*published, diag.List, error) {
	p, list, err := openPublished(ctx, s.dir)
	if ctx.Err() != nil {
		return nil, nil, interrupted(ctx)
	}
	if errors.Is(err, ErrNoRelease) || err == nil && list.HasErrors() {
		what := FirstError(list)
		if err != nil {
			what = err.Error()
		}
		return nil, diag.List{diag.New(diag.ReleaseManifest, diag.Place{File: s.name}, "", "the sources of this release cannot be read: "+what,
			"stemma verify says what is wrong with it; restore the folder from version control or from where it is published")}, nil
	}
	return p, nil, err
}

// ownLedger gives the ledger in the sources of a release, which is the one before
// it; nil if there is none.
func (p *published) ownLedger() (*ledger.Ledger, diag.List) {
	file := p.snap.Ledger
	if file == nil {
		return nil, nil
	}
	l, problems := ledger.Parse(file.Data)
	if problems != nil {
		return nil, diag.List{diag.New(diag.ReleasesHistory, diag.Place{File: filepath.Base(p.dir) + "/" + archiveName}, "",
			fmt.Sprintf("%s in these sources cannot be read: line %d: %s", file.Path, file.Text().Position(problems[0].Start).Line, problems[0].Message), helpAltered)}
	}
	return l, nil
}

// next gives the ledger after a release from the one before it.
func (p *published) next(ctx context.Context, before *ledger.Ledger) (*ledger.Ledger, error) {
	records, err := p.snap.Published(ctx)
	if err != nil {
		return nil, interrupted(ctx)
	}
	return before.Next(ledger.Release{Version: p.manifest.Version, ReleasedOn: p.snap.Config.ReleasedOn, ManifestSHA256: p.manifestSHA256}, records), nil
}
