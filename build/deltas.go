package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"stemma/build/delta"
	"stemma/internal/diag"
)

// deltasDir is the folder of the deltas, beside the releases.
const deltasDir = "deltas"

// deltaName is the description of a delta in its folder.
const deltaName = "delta.json"

// maxDelta is the most bytes that a description of a delta, or its checksums, are
// read of.
const maxDelta = 16 << 20

// standingDelta is the delta between a release and the one before it.
type standingDelta struct {
	*delta.Delta
	sumsSHA256 string
}

// path gives the place of a delta in the folder of the releases.
func (d *standingDelta) path() string { return deltaPath(d.Old.Version, d.New.Version) }

func deltaPath(from, to string) string { return deltasDir + "/" + delta.Name(from, to) }

const helpDelta = "delete this folder: the next build makes it again from the two releases"

// readDeltas reads the deltas between the releases of a folder, each and the next;
// nil stands for one that is not there. Findings are deltas that cannot be relied
// on.
func readDeltas(ctx context.Context, out string, releases []*standing) ([]*standingDelta, diag.List, error) {
	var deltas []*standingDelta
	var list diag.List
	for i := 1; i < len(releases); i++ {
		if err := interrupted(ctx); err != nil {
			return nil, nil, err
		}
		from, to := releases[i-1], releases[i]
		file := deltaPath(from.version(), to.version())
		d, err := readDelta(ctx, filepath.Join(out, filepath.FromSlash(file)), from, to)
		if errors.Is(err, fs.ErrNotExist) {
			d, err = nil, nil
		}
		if ctx.Err() != nil {
			return nil, nil, interrupted(ctx)
		}
		if err != nil {
			list = append(list, diag.New(diag.ReleasesDelta, diag.Place{File: file}, "", "this delta cannot be listed: "+err.Error(), helpDelta))
		}
		deltas = append(deltas, d)
	}
	return deltas, list, nil
}

// readDelta reads what a delta says of itself.
func readDelta(ctx context.Context, dir string, from, to *standing) (*standingDelta, error) {
	if info, err := os.Lstat(dir); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, errors.New("it is not a folder")
	}
	f, err := openFolder(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("it cannot be opened: %v", err)
	}
	defer f.root.Close()
	var texts [2][]byte
	for i, name := range []string{deltaName, sumsName} {
		if f.files[name] == nil {
			return nil, errors.New("it has no " + name)
		}
		if texts[i], err = f.read(ctx, name, maxDelta); err != nil {
			return nil, err
		}
	}
	d, err := delta.Parse(texts[0])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", deltaName, err)
	}
	for _, end := range []struct {
		says delta.Release
		is   *standing
	}{{d.Old, from}, {d.New, to}} {
		if end.says != (delta.Release{Version: end.is.version(), ManifestSHA256: end.is.manifestSHA256}) {
			return nil, fmt.Errorf("it was made of a release %s whose %s has the SHA-256 %s, which is not the one that is here", end.says.Version, manifestName, end.says.ManifestSHA256)
		}
	}
	return &standingDelta{d, sha256Hex(texts[1])}, nil
}

// makeDeltas makes the deltas that are not there. Each appears by one rename; one
// that is there is never written again. Findings are releases that no delta can
// be made of, because their files are not those of their lists.
func makeDeltas(ctx context.Context, out string, releases []*standing, deltas []*standingDelta) (diag.List, error) {
	for i, d := range deltas {
		if d != nil {
			continue
		}
		from, to := releases[i], releases[i+1]
		for _, s := range []*standing{from, to} {
			if list, err := checkBytes(ctx, s); err != nil || list.HasErrors() {
				return list, err
			}
		}
		file := deltaPath(from.version(), to.version())
		staging := filepath.Join(out, stagingPrefix+delta.Name(from.version(), to.version()))
		final := filepath.Join(out, filepath.FromSlash(file))
		if err := writeDelta(ctx, from, to, staging, final); err != nil {
			return nil, errors.Join(fmt.Errorf("the delta %s was not made: %w", file, err), os.RemoveAll(staging))
		}
		var err error
		if deltas[i], err = readDelta(ctx, final, from, to); err != nil && ctx.Err() != nil {
			return nil, interrupted(ctx)
		} else if err != nil {
			return nil, fmt.Errorf("internal error: the delta %s that was made cannot be read: %w", file, err)
		}
	}
	return nil, nil
}

func writeDelta(ctx context.Context, from, to *standing, staging, final string) error {
	if _, err := delta.Write(ctx, from.dir, to.dir, staging); err != nil {
		return err
	}
	if err := syncTree(staging); err != nil {
		return err
	}
	folder := filepath.Dir(final)
	if err := makeDir(folder); err != nil {
		return err
	}
	if err := os.Rename(staging, final); err != nil {
		return err
	}
	return syncPath(folder)
}

// checkBytes finds out whether the files of a release are those of its lists,
// without looking into tables.
func checkBytes(ctx context.Context, s *standing) (diag.List, error) {
	f, err := openFolder(ctx, s.dir)
	if err != nil {
		return nil, err
	}
	defer f.root.Close()
	v := verifier{ctx: ctx, folder: f, progress: func(int, int) {}, outputVersion: OutputVersion}
	if err := errors.Join(v.inventory(), v.digests()); err != nil {
		return nil, err
	}
	return v.list.Sorted().Below(s.name), nil
}
