package build

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"stemma/diff"
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/ledger"
	"stemma/internal/strictjson"
)

// ledgerName is the ledger of all releases, beside their folders. It is derived
// from them.
const ledgerName = "ledger.jsonl"

// maxLedger is the most bytes of a ledger that are read.
const maxLedger = 1 << 30

// History is what the releases before a version of a dataset say.
type History struct {
	config   *dataset.Config
	folder   string         // that of the releases; empty: there are none
	versions []string       // published there, in their order
	previous *published     // the highest below the dataset's version; nil: none
	ledger   *ledger.Ledger // up to the previous release; nil: there is none

	laterElsewhere diag.List // a later release before this version lies in another folder
}

// published is a release that stands, as far as the versions after it depend on
// it.
type published struct {
	dir            string
	manifest       *Manifest
	manifestSHA256 string
	snap           *dataset.Snapshot
	changelog      []byte     // nil: it has none
	before         *published // the release before it; nil if it is the first, or until it is asked for

	side *diff.Side // nil until it is asked for
}

// FindHistory looks for the releases before the version of a dataset, in the first
// of the folders that holds a release of another version. Only what is needed is
// opened: a release knows the ledger up to the one before it. Findings are
// releases that cannot be relied on; there is no history then.
func FindHistory(ctx context.Context, config *dataset.Config, folders ...string) (*History, diag.List, error) {
	h, err := findReleases(config, folders)
	if err != nil || h.folder == "" {
		return h, nil, err
	}
	if list := h.laterElsewhere; list != nil {
		return nil, list, nil
	}
	l, list, err := h.read(ctx)
	if err != nil || list.HasErrors() {
		return nil, list, err
	}
	h.ledger = l
	return h, nil, nil
}

// FindLedger gives the same history for those who need nothing but the ledger. The
// ledger beside the releases is taken if it ends with the previous one.
func FindLedger(ctx context.Context, config *dataset.Config, folders ...string) (*History, diag.List, error) {
	h, err := findReleases(config, folders)
	if err != nil || h.folder == "" {
		return h, nil, err
	}
	if version := h.before(config.Version); version != "" {
		data, err := readPlain(filepath.Join(h.folder, ledgerName), maxLedger)
		manifest, err2 := readPlain(filepath.Join(h.folder, "v"+version, manifestName), maxManifest)
		if l, problems := ledger.Parse(data); err == nil && err2 == nil && problems == nil && len(l.Releases) > 0 {
			if last := l.Releases[len(l.Releases)-1]; last.Version == version && last.ManifestSHA256 == sha256Hex(manifest) {
				h.ledger = l
				return h, nil, nil
			}
		}
	}
	return FindHistory(ctx, config, h.folder)
}

// findReleases chooses the folder.
func findReleases(config *dataset.Config, folders []string) (*History, error) {
	h := &History{config: config}
	for _, folder := range folders {
		versions, err := publishedVersions(folder)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(versions, func(v string) bool { return v != config.Version }) {
			if h.folder == "" {
				h.folder, h.versions = folder, versions
			}
			later := History{versions: versions}
			if a, b := h.before(config.Version), later.before(config.Version); semver.Compare("v"+a, "v"+b) < 0 && semver.IsValid("v"+b) {
				h.laterElsewhere = diag.List{diag.New(diag.HistoryDiffers, diag.Place{File: filepath.ToSlash(h.folder)}, "",
					fmt.Sprintf("the release %s is in %s, and not in this folder, whose last release before %s is %s", b, filepath.ToSlash(folder), config.Version, cmp.Or(a, "none")),
					"a build here would not know it: name a folder with all releases, or one without any (--out)")}
			}
		}
	}
	return h, nil
}

// Previous says with which release a version is compared: its folder, empty if
// there is none.
func (h *History) Previous() (dir string) {
	if h.previous != nil {
		return h.previous.dir
	}
	return ""
}

// publishedVersions lists the versions of the releases in a folder, in their
// order; none if there is no such folder.
func publishedVersions(folder string) (out []string, err error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) || (err != nil && !isDir(folder)) {
		return nil, nil // whether releases can be written there is asked later
	}
	for _, e := range entries {
		if version, ok := publishedVersion(e.Name()); ok {
			out = append(out, version)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return semver.Compare("v"+a, "v"+b) })
	return out, err
}

// publishedVersion gives the version of a release by the name of its folder. Only
// full versions name releases: v1 or v1.0 is somebody's own folder.
func publishedVersion(name string) (version string, ok bool) {
	if len(name) < 2 || semver.Canonical(name) != name || semver.Prerelease(name) != "" {
		return "", false
	}
	return name[1:], true
}

// before gives the highest published version below another one; empty: none.
func (h *History) before(version string) (out string) {
	for _, v := range h.versions {
		if semver.Compare("v"+v, "v"+version) < 0 {
			out = v
		}
	}
	return out
}

// read opens the previous release, and those before it that its ledger needs.
func (h *History) read(ctx context.Context) (l *ledger.Ledger, list diag.List, err error) {
	version := h.before(h.config.Version)
	if version == "" {
		return nil, nil, nil
	}
	if h.previous, list, err = h.open(ctx, version); err != nil || list.HasErrors() {
		return nil, list, err
	}
	return h.after(ctx, h.previous)
}

// open opens a published release. One that cannot be relied on is a finding.
func (h *History) open(ctx context.Context, version string) (*published, diag.List, error) {
	dir := filepath.Join(h.folder, "v"+version)
	if info, err := os.Lstat(dir); err == nil && !info.IsDir() {
		return nil, h.damaged(version, "it is not a folder"), nil
	}
	p, loading, err := openPublished(ctx, dir)
	switch {
	case errors.Is(err, ErrNoRelease):
		return nil, h.damaged(version, strings.TrimSuffix(err.Error(), ": "+ErrNoRelease.Error())), nil
	case err != nil:
		return nil, nil, err
	case p.manifest.Version != version:
		return nil, h.damaged(version, fmt.Sprintf("its %s is that of the version %s", manifestName, p.manifest.Version)), nil
	case loading.HasErrors():
		return nil, h.damaged(version, "its sources cannot be read: "+FirstError(loading)), nil
	}
	return p, nil, nil
}

func (h *History) damaged(version, what string) diag.List {
	name := "v" + version
	return diag.List{diag.New(diag.ReleaseManifest, diag.Place{File: name}, "",
		fmt.Sprintf("version %s is compared with this release, and it cannot be relied on: %s", h.config.Version, what),
		"restore the folder "+filepath.ToSlash(filepath.Join(h.folder, name))+" from version control or from where it is published; stemma verify says what is wrong with it")}
}

// earlier opens the release before a published one; nil if there is none.
func (h *History) earlier(ctx context.Context, p *published) (*published, diag.List, error) {
	version := h.before(p.manifest.Version)
	if p.before != nil || version == "" {
		return p.before, nil, nil
	}
	before, list, err := h.open(ctx, version)
	p.before = before
	return before, list, err
}

// after gives the ledger after a published release: the one before it is in its
// sources. Releases from before there were ledgers have none; there it comes from
// the release before.
func (h *History) after(ctx context.Context, p *published) (l *ledger.Ledger, list diag.List, err error) {
	if file := p.snap.Ledger; file != nil {
		var problems []strictjson.Problem
		if l, problems = ledger.Parse(file.Data); problems != nil {
			return nil, h.damaged(p.manifest.Version, fmt.Sprintf("%s in its sources: %s", file.Path, problems[0].Message)), nil
		}
	} else {
		before, list, err := h.earlier(ctx, p)
		if err != nil || list.HasErrors() {
			return nil, list, err
		}
		if before != nil {
			if l, list, err = h.after(ctx, before); err != nil || list.HasErrors() {
				return nil, list, err
			}
		}
	}
	records, err := p.snap.Published(ctx)
	if err != nil {
		return nil, nil, interrupted(ctx)
	}
	release := ledger.Release{Version: p.manifest.Version, ReleasedOn: p.snap.Config.ReleasedOn, ManifestSHA256: p.manifestSHA256}
	return l.Next(release, records), nil, nil
}

// Attach gives the snapshot with the ledger of its history, so that it can be
// validated. A dataset that brings a history of its own must agree with the
// releases, where there are any: that of a release which is built again does.
func (h *History) Attach(snap *dataset.Snapshot) (*dataset.Snapshot, diag.List) {
	const way = "remove the folder history: it is derived from the releases before each build"
	differs := func(name, message, help string) (*dataset.Snapshot, diag.List) {
		return snap, diag.List{diag.New(diag.HistoryDiffers, diag.Place{File: name}, "", message, help)}
	}
	own, changelog, text := snap.Ledger, snap.Changelog, h.ledger.Encode()
	switch {
	case h.ledger != nil && own != nil && !bytes.Equal(own.Data, text):
		return differs(own.Path, fmt.Sprintf("this is not the ledger that follows from the releases in %s", filepath.ToSlash(h.folder)),
			way+"; to build the sources of a release once more, name a folder without the releases after it (--out)")
	case h.ledger != nil:
		var kept []byte
		if changelog != nil {
			kept = changelog.Data
		}
		return snap.WithHistory(text, kept), nil
	case changelog != nil && changelogVersion(changelog.Data) != snap.Config.Version:
		return differs(changelog.Path, fmt.Sprintf("this is the history of another version than %s, and the releases are not there", snap.Config.Version),
			fmt.Sprintf("put the release v%s into %s, and remove the folder history", changelogVersion(changelog.Data), "dist"))
	case own != nil && changelog == nil:
		return differs(own.Path, fmt.Sprintf("this ledger is here without %s, and the releases are not there", dataset.ChangelogName),
			way+", which it needs")
	}
	return snap, nil
}
