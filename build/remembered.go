package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/semver"

	"stemma/internal/diag"
	"stemma/internal/ledger"
	"stemma/internal/strictjson"
	"stemma/validate"
)

// This file holds the releases in a folder against what the lists beside them
// remember. The lists are derived; but before they are derived anew, they are the
// only witness of a release that was lost or put in the place of another.

// maxIndex is the most bytes of an index of unknown origin that are read.
const maxIndex = 64 << 20

// checkStanding looks at what stands already, before any work is done: the
// releases, what lies beside them, and what that remembers of them.
func checkStanding(ctx context.Context, c *validate.Checked, opt Options) (diag.List, error) {
	config := c.Snapshot().Config
	list, err := checkPublished(ctx, opt.Out, "v"+config.Version, config.IsDev())
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code != diag.ReleasesDelta }) {
		return list, nil
	}
	// That a delta does not fit follows from what the lists remember of its releases.
	found, err := checkRemembered(ctx, c, opt)
	if err != nil || len(found) > 0 {
		return found.Sorted(), err
	}
	return list, nil
}

// checkPublished looks at the releases that stand already, before any work is
// done. One that cannot be read keeps a release from being published beside it,
// since the index could not be written; a development release is in no index.
func checkPublished(ctx context.Context, out, name string, dev bool) (diag.List, error) {
	_, _, list, err := readBeside(ctx, out, name)
	if dev {
		list = asWarnings(list)
	}
	return list, err
}

// checkRemembered holds the releases against the lists beside them, and the one
// before this version against its checksums, before any work is done. In builds
// between releases these are warnings.
func checkRemembered(ctx context.Context, c *validate.Checked, opt Options) (diag.List, error) {
	config := c.Snapshot().Config
	list, err := compareRemembered(ctx, opt.Out, c.Ledger())
	if err != nil {
		return nil, err
	}
	// That the version itself is not here yet is no loss, if it is built again as it was.
	list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Message == lost(opt.Out, config.Version).Message })
	if h := opt.History; h != nil && h.folder != "" {
		versions, err := publishedVersions(h.folder)
		if err != nil {
			return nil, err
		}
		if !slices.Equal(versions, h.versions) {
			return nil, fmt.Errorf("another build changed the releases in %s meanwhile; build again", h.folder)
		}
		if h.previous != nil && !config.IsDev() {
			damaged, err := checkBytes(ctx, &standing{dir: h.previous.dir, name: filepath.Base(h.previous.dir)})
			if err != nil {
				return nil, err
			}
			list = append(list, damaged...)
		}
	}
	if config.IsDev() {
		list = asWarnings(list)
	}
	return list, nil
}

// remembered is what index.json says of a release.
type remembered struct{ version, manifestSHA256 string }

// readRemembered reads which releases an index lists, in their order; none if
// there is no index that can be read: it will be made anew.
func readRemembered(out string) (list []remembered) {
	data, err := readPlain(filepath.Join(out, indexName), maxIndex)
	if err != nil {
		return nil
	}
	root, problems := strictjson.Parse(data)
	if problems != nil || root.Get("releases") == nil {
		return nil
	}
	releases := root.Get("releases").Elems
	for i := range releases {
		version := releases[i].Get("version").Str()
		if _, ok := publishedVersion("v" + version); ok {
			list = append(list, remembered{version, releases[i].Get("manifest_sha256").Str()})
		}
	}
	slices.SortFunc(list, func(a, b remembered) int { return semver.Compare("v"+a.version, "v"+b.version) })
	return list
}

// compareRemembered finds releases that are lost or are others than those that were
// listed. The releases from before the first one here may be elsewhere, if the
// ledger of the history names them.
func compareRemembered(ctx context.Context, out string, history *ledger.Ledger) (list diag.List, err error) {
	here, err := publishedVersions(out)
	if err != nil {
		return nil, err
	}
	for _, r := range readRemembered(out) {
		if err := interrupted(ctx); err != nil {
			return nil, err
		}
		name := "v" + r.version
		if !slices.Contains(here, r.version) {
			isElsewhere := len(here) > 0 && semver.Compare(name, "v"+here[0]) < 0 && history.Has(r.version)
			if !isElsewhere {
				list = append(list, lost(out, r.version))
			}
			continue
		}
		manifest, err := readPlain(filepath.Join(out, name, manifestName), maxManifest)
		if err == nil && sha256Hex(manifest) != r.manifestSHA256 {
			list = append(list, otherRelease(out, r, sha256Hex(manifest)))
		} // one that cannot be read is reported with what is wrong with it
	}
	return list, nil
}

func lost(out, version string) diag.Diagnostic {
	return diag.New(diag.ReleasesIndex, diag.Place{File: indexName}, "", fmt.Sprintf("the index lists the release %s, which is not here", version),
		fmt.Sprintf("put the folder v%s back into %s, from version control or from where it is published: without it, its ids would count as new", version, filepath.ToSlash(out)))
}

func otherRelease(out string, r remembered, got string) diag.Diagnostic {
	name := "v" + r.version
	return diag.New(diag.ReleasesIndex, diag.Place{File: name + "/" + manifestName}, "",
		fmt.Sprintf("%s lists the release %s with the SHA-256 %s of this file, and that of the one that is here is %s", indexName, r.version, r.manifestSHA256, got),
		fmt.Sprintf("get the folder %s again from version control or from where it is published; if it is the right one, delete %s, which the next build writes again",
			filepath.ToSlash(filepath.Join(out, name)), indexName), diag.Related{Place: diag.Place{File: indexName}, Message: "the other place"})
}

// sameAsRemembered finds a version that is built again with other content than it
// was listed with, after its folder was lost.
func sameAsRemembered(out, staging, version string) (diag.List, error) {
	if _, err := os.Lstat(filepath.Join(out, "v"+version)); err == nil {
		return nil, nil // it is compared file by file
	}
	manifest, err := os.ReadFile(filepath.Join(staging, manifestName))
	if err != nil {
		return nil, err
	}
	for _, r := range readRemembered(out) {
		if r.version == version && r.manifestSHA256 != sha256Hex(manifest) {
			return diag.List{diag.New(diag.ReleaseExists, diag.Place{File: indexName}, "",
				fmt.Sprintf("the release %s was published with other content: the SHA-256 of its %s is listed as %s, and would be %s now", version, manifestName, r.manifestSHA256, sha256Hex(manifest)),
				"a published version never changes: put its folder back, and give the changed records a new version in dataset.json")}, nil
		}
	}
	return nil, nil
}
