package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stemma/build/columnar"
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/validate"
)

// rebuild builds the release once more from its own sources, in a private
// folder, and compares every byte. A release of another output version has
// other bytes for the same data, so there the columns are compared.
func (v *verifier) rebuild() (err error) {
	private, err := os.MkdirTemp("", "stemma-rebuild-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(private)) }()
	root, out := filepath.Join(private, "source"), filepath.Join(private, "release")
	if err := errors.Join(os.Chmod(private, 0o700), makeDir(root)); err != nil {
		return err
	}
	if ok, err := v.unpack(root); err != nil || !ok {
		return err
	}
	rebuilt, list, err := rebuildFrom(v.ctx, root, out, v.outputVersion)
	if err != nil {
		return err
	}
	if rebuilt == nil {
		for _, d := range list {
			if d.Severity == diag.Error {
				v.report(diag.ReleaseRebuild, archiveName, fmt.Sprintf("the bundled sources do not build: %s: %s", d.Place.File, d.Message), helpAltered)
			}
		}
		return nil
	}
	if m := v.manifest; m.OutputVersion != v.outputVersion {
		v.compareColumns(rebuilt, out)
		if v.byColumn {
			return nil
		}
		v.report(diag.ReleaseOutput, manifestName, fmt.Sprintf("this release has the output version %d, this stemma writes %d; only the values of the columns that both have were compared", m.OutputVersion, v.outputVersion),
			fmt.Sprintf("to compare the bytes, verify it with a stemma that writes output version %d", m.OutputVersion))
		return nil
	}
	return v.compareBytes(out)
}

func (v *verifier) unpack(into string) (ok bool, err error) {
	archive, err := v.open(archiveName)
	if err != nil {
		return false, err
	}
	defer archive.Close()
	err = unpackArchive(v.ctx, archive, sourceLimits, into)
	if fault := new(archiveError); errors.As(err, &fault) {
		v.report(diag.ReleaseManifest, archiveName, "the sources cannot be unpacked: "+fault.Error(), helpAltered)
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("unpacking %s: %w", archiveName, err)
	}
	return true, nil
}

func rebuildFrom(ctx context.Context, root, out string, outputVersion int) (*Manifest, diag.List, error) {
	snap, list, err := dataset.Open(ctx, root)
	if err != nil {
		return nil, nil, err
	}
	result, err := validate.Run(ctx, snap, list, validate.Options{})
	if err != nil {
		return nil, nil, err
	}
	if result.Checked == nil {
		return nil, result.Diagnostics, nil
	}
	checked := result.Checked
	if snap := checked.Snapshot(); snap.Changelog == nil { // as in releases from before there were changelogs
		checked = checked.WithChangelog(firstChangelog(snap, about(snap)))
	}
	computed, err := disagreeIfModel(ctx, checked, Options{})
	if err != nil {
		return nil, nil, err
	}
	return write(ctx, checked, computed, out, Options{outputVersion: outputVersion})
}

// compareBytes names each file that differs and, for tables, the first cell.
func (v *verifier) compareBytes(out string) error {
	built, err := openFolder(v.ctx, out)
	if err != nil {
		return err
	}
	defer built.root.Close()
	for _, file := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(v.paths(), built.paths())))) {
		switch {
		case built.files[file] == nil:
			v.report(diag.ReleaseRebuild, file, "the rebuilt release does not have this file", helpAltered)
		case v.files[file] == nil:
			v.report(diag.ReleaseRebuild, file, "only the rebuilt release has this file", helpAltered)
		default:
			same, err := equalInFolders(v.ctx, v.folder, built, file)
			if err != nil {
				return err
			}
			if !same {
				v.report(diag.ReleaseRebuild, file, "this file is not what the bundled sources become: "+v.firstDifference(file, out), helpAltered)
			}
		}
	}
	return nil
}

// firstDifference puts into words how a file differs from the rebuilt one.
func (v *verifier) firstDifference(file, out string) string {
	if !strings.HasPrefix(file, tablesDir+"/") {
		return "its bytes differ"
	}
	d, err := v.differenceOf(file, out)
	switch {
	case err != nil:
		return fmt.Sprintf("its bytes differ, and its cells cannot be compared: %v", err)
	case d == nil:
		return "its bytes differ, although its cells are the same"
	}
	return d.Error()
}

func (v *verifier) differenceOf(file, out string) (*columnar.Difference, error) {
	return interruptible(v.ctx, func() (*columnar.Difference, error) {
		return columnar.FirstDifference(v.path(file), filepath.Join(out, filepath.FromSlash(file)))
	})
}

// compareColumns compares the values of the columns that both output versions
// have; the encoding of the files does not matter for that.
func (v *verifier) compareColumns(rebuilt *Manifest, out string) {
	for _, t := range v.manifest.Tables {
		i := slices.IndexFunc(rebuilt.Tables, func(r Table) bool { return r.Name == t.Name })
		if i < 0 {
			continue
		}
		file := tablesDir + "/" + t.Name + columnar.ParquetExtension
		if r := rebuilt.Tables[i]; r.Rows != t.Rows {
			v.report(diag.ReleaseRebuild, file, fmt.Sprintf("the table %q has %d rows, the bundled sources become %d", t.Name, t.Rows, r.Rows), helpAltered)
			continue
		}
		for _, c := range t.Columns {
			j := slices.IndexFunc(rebuilt.Tables[i].Columns, func(r Column) bool { return r.Name == c.Name && r.Type == c.Type })
			if j < 0 || rebuilt.Tables[i].Columns[j].LogicalSHA256 == c.LogicalSHA256 {
				continue
			}
			what := fmt.Sprintf("the column %q holds other values than the bundled sources", c.Name)
			if d, err := v.differenceOf(file, out); err == nil && d != nil && d.Column == c.Name && d.Row >= 0 {
				what += ": " + d.Error()
			}
			v.report(diag.ReleaseRebuild, file, what, helpAltered)
		}
	}
}
