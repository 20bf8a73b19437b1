package build

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/semver"

	"stemma/build/delta"
	"stemma/build/page"
	"stemma/internal/diag"
)

// deltas proves that there is a delta between each release and the next, that each
// makes the one into the other, and that there are no others.
func (v *releasesVerifier) deltas() error {
	if !v.result.Chained {
		return nil
	}
	wanted := map[string]bool{}
	before := v.list.Count(diag.Error)
	for i := 1; i < len(v.standing); i++ {
		from, to := v.standing[i-1], v.standing[i]
		wanted[delta.Name(from.version(), to.version())] = true
		if err := v.delta(from, to); err != nil {
			return err
		}
		v.progress(i, len(v.standing)-1)
	}
	if err := v.otherDeltas(wanted); err != nil {
		return err
	}
	if v.list.Count(diag.Error) > before {
		return nil
	}
	var list diag.List
	var err error
	v.between, list, err = readDeltas(v.ctx, v.dir, v.standing)
	v.list = append(v.list, list...)
	return err
}

func (v *releasesVerifier) progress(done, total int) {
	if v.opt.Progress != nil {
		v.opt.Progress(done, total)
	}
}

func (v *releasesVerifier) delta(from, to *standing) error {
	file := deltaPath(from.version(), to.version())
	dir := filepath.Join(v.dir, filepath.FromSlash(file))
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.report(diag.ReleasesDelta, file, fmt.Sprintf("the delta from %s to %s is missing", from.version(), to.version()), "the next build makes it")
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		v.report(diag.ReleasesDelta, file, "this is not a folder, but it has the name of a delta", helpDelta)
		return nil
	}
	problems, err := delta.Verify(v.ctx, dir, from.dir, to.dir)
	if v.ctx.Err() != nil {
		return interrupted(v.ctx)
	}
	if err != nil {
		return err
	}
	for _, p := range problems {
		v.report(diag.ReleasesDelta, file+"/"+p.File, p.Message, "delete the folder "+file+": the next build makes it again from the two releases")
	}
	if len(problems) == 0 {
		v.result.Deltas++
	}
	return nil
}

// otherDeltas reports what is in the folder of the deltas and should not be.
func (v *releasesVerifier) otherDeltas(wanted map[string]bool) error {
	entries, err := os.ReadDir(filepath.Join(v.dir, deltasDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil && !isDir(filepath.Join(v.dir, deltasDir)) {
		v.report(diag.ReleasesDelta, deltasDir, "this is not a folder, but it has the name of that of the deltas", "remove it: the next build makes the deltas again")
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if old, now, ok := strings.Cut(e.Name(), ".."); ok && semver.IsValid(old) && semver.Compare(old, v.standing[0].name) < 0 && semver.IsValid(now) && e.IsDir() {
			v.result.OtherDeltas = append(v.result.OtherDeltas, e.Name())
			continue // of releases that are elsewhere
		}
		if !wanted[e.Name()] {
			v.report(diag.ReleasesDelta, deltasDir+"/"+shownName(e.Name()), "this is not the delta between a release and the next one here", "delete it, or put the releases back that it is about")
		}
	}
	return nil
}

// lists compares the files beside the releases with those that follow from them.
func (v *releasesVerifier) lists() error {
	if !v.result.Chained {
		return nil
	}
	deltas := v.between
	isComplete := len(deltas) == max(0, len(v.standing)-1)
	if !isComplete {
		deltas = nil
	}
	wanted := []derived{{ledgerName, v.ledger}}
	if isComplete { // the index and the page say what is in the deltas
		var err error
		if wanted, err = derivedFiles(v.standing, deltas, v.ledger); err != nil {
			return err
		}
	}
	for _, d := range wanted {
		if err := interrupted(v.ctx); err != nil {
			return err
		}
		if err := v.compareDerived(d); err != nil {
			return err
		}
	}
	return nil
}

var derivedCodes = map[string]diag.Code{indexName: diag.ReleasesIndex, pageName: diag.ReleasesPage, ledgerName: diag.ReleasesLedger}

const helpDerived = "it is derived from the releases: the next build writes it again"

func (v *releasesVerifier) compareDerived(want derived) error {
	code := derivedCodes[want.name]
	got, err := readPlain(filepath.Join(v.dir, want.name), int64(len(want.data))+1<<20)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.report(code, want.name, "this file is missing", helpDerived)
		return nil
	case errors.Is(err, errNotPlain):
		v.report(code, want.name, err.Error(), "remove it: the next build writes the file again")
		return nil
	case err != nil:
		return err
	case bytes.Equal(got, want.data):
		return nil
	case want.name == pageName && page.IsOtherReleases(got):
		v.report(diag.ReleasesOtherPage, want.name, "this page was altered, or written by another stemma, so that it cannot be compared", "the next build writes it again")
		return nil
	}
	number, is, should := firstLine(got, want.data)
	at := diag.Position{Line: number, Column: 1}
	v.list = append(v.list, diag.New(code, diag.Place{File: want.name, Span: diag.Span{Start: at, End: at}}, "",
		fmt.Sprintf("this line is %s, and from the releases follows %s", is, should), helpDerived))
	return nil
}

var errNotPlain = errors.New("this is a link, a folder or a special file, not a plain file")

// readPlain reads at most limit bytes of a plain file.
func readPlain(path string, limit int64) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotPlain
	}
	f, err := os.OpenFile(path, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}
