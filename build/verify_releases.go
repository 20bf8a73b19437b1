package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"stemma/internal/diag"
)

// ReleasesOptions of verifying a folder of releases.
type ReleasesOptions struct {
	Rebuild bool              // rebuild each release from its own sources
	Stage   func(name string) // told what begins; may be nil
	// Progress is told how much of a stage is done, see VerifyOptions; may be nil.
	Progress func(done, total int)
	// Release verifies the release in a folder, by its name. Its findings name files
	// as seen from the folder of the releases. Nil is Verify.
	Release func(name string, opt VerifyOptions) (*Verified, diag.List, error)

	outputVersion int // 0: OutputVersion; tests play another stemma
}

// VerifiedReleases says what was proved about a folder of releases.
type VerifiedReleases struct {
	Releases  []VerifiedRelease // in the order of versions
	Skipped   []string          // folders of development versions
	Elsewhere []string          // versions from before the first one here, which releases here name
	Unfounded []string          // versions whose ledger cannot be checked, since what it begins with is elsewhere
	// OtherDeltas are the names of those of releases that are elsewhere.
	OtherDeltas []string

	// Chained tells whether what connects the releases was looked at: not if one of
	// them has errors. All below it is empty then.
	Chained    bool
	Histories  []string // versions whose own ledger is the one that follows from the releases before them
	Changelogs []string // versions whose changelog is the one that follows from the releases before them
	Deltas     int      // that make a release into the next
	IDs        int      // in the ledger
}

// VerifiedRelease is one release of a folder.
type VerifiedRelease struct {
	Name string // of its folder
	*Verified
	Errors, Warnings int
}

// Files counts the files of all releases.
func (v *VerifiedReleases) Files() int {
	n := 0
	for _, r := range v.Releases {
		if r.Verified != nil {
			n += r.Verified.Files
		}
	}
	return n
}

// HoldsReleases tells whether a folder holds releases and is none itself, by the
// names in it.
func HoldsReleases(dir string) bool {
	for _, own := range []string{manifestName, sumsName} {
		if _, err := os.Lstat(filepath.Join(dir, own)); err == nil {
			return false
		}
	}
	entries, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		_, ok := publishedVersion(e.Name())
		return ok || e.Name() == indexName
	})
}

// VerifyReleases verifies each release in a folder, and then that they belong
// together: each knows those before it as they are, the deltas lead from each to
// the next, and the lists beside them are those that follow. The error is as for
// Verify.
func VerifyReleases(ctx context.Context, dir string, opt ReleasesOptions) (*VerifiedReleases, diag.List, error) {
	v := &releasesVerifier{ctx: ctx, dir: dir, opt: opt, result: new(VerifiedReleases)}
	for _, step := range []struct {
		name    string
		run     func() error
		despite bool // of errors
	}{
		{"names", v.names, true},
		{"", v.each, true}, // which has stages of its own
		{"history", v.history, false},
		{"deltas", v.deltas, true},
		{"lists", v.lists, true},
	} {
		if v.list.HasErrors() && !step.despite {
			break
		}
		if err := interrupted(ctx); err != nil {
			return nil, nil, err
		}
		if opt.Stage != nil && step.name != "" {
			opt.Stage(step.name)
		}
		if err := step.run(); err != nil {
			return nil, nil, err
		}
	}
	return v.result, v.list.Sorted(), nil
}

type releasesVerifier struct {
	ctx    context.Context
	dir    string
	opt    ReleasesOptions
	result *VerifiedReleases
	list   diag.List

	versions []string // of the releases, in their order
	standing []*standing
	between  []*standingDelta // nil once one of them has errors
	ledger   []byte           // after the last release
}

func (v *releasesVerifier) report(code diag.Code, file, message, help string, related ...diag.Related) {
	v.list = append(v.list, diag.New(code, diag.Place{File: file}, "", message, help, related...))
}

// names sorts out what is in the folder.
func (v *releasesVerifier) names() error {
	entries, err := os.ReadDir(v.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		version, isRelease := publishedVersion(name)
		switch {
		case isRelease:
			v.versions = append(v.versions, version)
		case semver.Canonical(name) == name && semver.Prerelease(name) != "" && e.IsDir():
			v.result.Skipped = append(v.result.Skipped, name)
		case strings.HasPrefix(name, "."), strings.HasSuffix(name, ".dsse.json"):
		case name == indexName, name == pageName, name == ledgerName, name == deltasDir:
		default:
			v.report(diag.ReleasesExtra, shownName(name), "this is neither a release nor derived from one", "keep it elsewhere: nothing vouches for it")
		}
	}
	slices.SortFunc(v.versions, func(a, b string) int { return semver.Compare("v"+a, "v"+b) })
	// A release that was lost is told here, before all that follows from it.
	for _, r := range readRemembered(v.dir) {
		if !slices.Contains(v.versions, r.version) {
			v.report(diag.ReleasesIndex, indexName, fmt.Sprintf("the index lists the release %s, which is not here", r.version),
				fmt.Sprintf("put the folder v%s back, from version control or from where it is published", r.version))
			continue
		}
		manifest, err := readPlain(filepath.Join(v.dir, "v"+r.version, manifestName), maxManifest)
		if err == nil && sha256Hex(manifest) != r.manifestSHA256 {
			v.list = append(v.list, otherRelease(v.dir, r, sha256Hex(manifest)))
		}
	}
	return nil
}

// each verifies the releases one after the other.
func (v *releasesVerifier) each() error {
	for _, version := range v.versions {
		name := "v" + version
		if v.opt.Stage != nil {
			v.opt.Stage(name)
		}
		opt := VerifyOptions{Rebuild: v.opt.Rebuild, ByColumn: true, Progress: v.opt.Progress, outputVersion: v.opt.outputVersion}
		verify := v.opt.Release
		if verify == nil {
			verify = v.verifyOne
		}
		verified, list, err := verify(name, opt)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if verified != nil && verified.Manifest != nil && verified.Manifest.Version != version {
			list = append(list, diag.New(diag.ReleaseManifest, diag.Place{File: name + "/" + manifestName}, "",
				fmt.Sprintf("this is the release %s in the folder of %s", verified.Manifest.Version, version), helpAltered))
		}
		v.list = append(v.list, list...)
		v.result.Releases = append(v.result.Releases, VerifiedRelease{name, verified, list.Count(diag.Error), list.Count(diag.Warning)})
	}
	return nil
}

func (v *releasesVerifier) verifyOne(name string, opt VerifyOptions) (*Verified, diag.List, error) {
	verified, list, err := Verify(v.ctx, filepath.Join(v.dir, name), opt)
	return verified, list.Below(name), err
}

// intact reads the releases once all of them were verified; false if that is not
// possible.
func (v *releasesVerifier) intact() (bool, error) {
	var list diag.List
	var err error
	v.standing, list, err = readReleases(v.ctx, v.dir, "")
	v.list = append(v.list, list...)
	return !list.HasErrors(), err
}

// shownName is a name of unknown origin that can be shown.
func shownName(name string) string { return strings.ToValidUTF8(name, "\uFFFD") }
