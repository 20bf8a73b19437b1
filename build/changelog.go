package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"stemma/diff"
	"stemma/internal/dataset"
	"stemma/internal/diag"
)

// maxChangelog is the most bytes of a changelog that is read.
const maxChangelog = 64 << 20

// changelogHead begins every changelog. Sections follow, the newest first; each
// begins with a heading of the second level, and no other line does.
const changelogHead = `# Changelog

The versions of this dataset, newest first. What stands under Notes was written by hand, all else is computed from the difference to the version before.
`

const sectionMark = "\n## "

// joinChangelog puts the section of a version in front of those in a changelog,
// which may be nil.
func joinChangelog(section string, earlier []byte) []byte {
	out := changelogHead + "\n" + section
	if i := bytes.Index(earlier, []byte(sectionMark)); i >= 0 {
		out += string(earlier[i:])
	}
	return []byte(out)
}

// changelogVersion gives the version of the newest section; empty: there is none.
func changelogVersion(text []byte) string {
	_, rest, _ := strings.Cut(string(text), sectionMark)
	version, _, _ := strings.Cut(rest, " ")
	return version
}

// about gives what a changelog says of a version beside what changed.
func about(snap *dataset.Snapshot) diff.Published {
	return diff.Published{Version: snap.Config.Version, ReleasedOn: snap.Config.ReleasedOn, Notes: notesOf(snap, snap.Config.CoreVersion())}
}

// notesOf gives the notes about a version; empty: there are none.
func notesOf(snap *dataset.Snapshot, version string) string {
	for _, f := range snap.Notes {
		if v, ok := dataset.NotesVersion(f.Path); ok && v == version {
			return string(f.Data)
		}
	}
	return ""
}

// firstChangelog is that of a first release.
func firstChangelog(snap *dataset.Snapshot, p diff.Published) []byte {
	return joinChangelog(diff.FirstSection(p, recordCounts(snap)), nil)
}

func recordCounts(snap *dataset.Snapshot) []diff.Count {
	out := make([]diff.Count, len(snap.Config.Kinds))
	for i, k := range snap.Config.Kinds {
		out[i].Kind = k.Name
	}
	for _, f := range snap.Records {
		out[f.Kind].N += len(f.Records())
	}
	return out
}

// changelogOf gives the changelog of a published release: its own, or, of those
// from before there were changelogs, the one that follows from it and from those
// before it. Notes about these may have been written since, in the dataset as it
// is now.
func (h *History) changelogOf(ctx context.Context, p *published, now *dataset.Snapshot) ([]byte, diag.List, error) {
	if p.changelog != nil {
		if changelogVersion(p.changelog) != p.manifest.Version {
			return nil, h.damaged(p.manifest.Version, changelogName+" does not begin with its version"), nil
		}
		return p.changelog, nil, nil
	}
	what := about(p.snap)
	if what.Notes == "" {
		what.Notes = notesOf(now, p.manifest.Version)
	}
	before, list, err := h.earlier(ctx, p)
	if err != nil || list.HasErrors() {
		return nil, list, err
	}
	if before == nil {
		return firstChangelog(p.snap, what), nil, nil
	}
	d, err := h.compare(ctx, before, p)
	if err != nil {
		return nil, nil, err
	}
	earlier, list, err := h.changelogOf(ctx, before, now)
	if err != nil || list.HasErrors() {
		return nil, list, err
	}
	return joinChangelog(d.Section(what), earlier), nil, nil
}

func (h *History) compare(ctx context.Context, old, now *published) (*diff.Diff, error) {
	a, err := old.sideOf(ctx)
	if err != nil {
		return nil, err
	}
	b, err := now.sideOf(ctx)
	if err != nil {
		return nil, err
	}
	return compareSides(ctx, a, b)
}

func compareSides(ctx context.Context, a, b *diff.Side) (*diff.Diff, error) {
	d, err := diff.Compare(ctx, *a, *b)
	if ctx.Err() != nil {
		return nil, interrupted(ctx)
	}
	return d, err
}

// sideOf makes the side of a comparison once.
func (p *published) sideOf(ctx context.Context) (*diff.Side, error) {
	if p.side == nil {
		s, err := Side(ctx, p.manifest.Version, p.snap, nil, p.manifest, nil)
		if err != nil {
			return nil, errors.Join(interrupted(ctx), fmt.Errorf("reading the release %s: %w", p.manifest.Version, err))
		}
		p.side = &s
	}
	return p.side, nil
}
