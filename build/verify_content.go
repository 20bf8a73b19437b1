package build

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stemma/build/columnar"
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/validate"
)

// tables checks what the files of every table hold against the manifest:
// columns, rows, and the logical hash of each column, in both encodings.
func (v *verifier) tables() error {
	m := v.result.Manifest
	for _, f := range m.Files {
		name, ok := strings.CutPrefix(f.Path, tablesDir+"/")
		if !ok {
			continue
		}
		name = strings.TrimSuffix(strings.TrimSuffix(name, columnar.ParquetExtension), columnar.ArrowExtension)
		if !slices.ContainsFunc(m.Tables, func(t Table) bool { return t.Name == name }) {
			v.report(diag.ReleaseTable, f.Path, "the manifest lists this file, but no such table", helpAltered)
		}
	}
	for _, t := range m.Tables {
		for extension, read := range map[string]func(string) (*columnar.TableStats, error){
			columnar.ParquetExtension: columnar.ReadHashesParquet, columnar.ArrowExtension: columnar.ReadHashes,
		} {
			if err := v.ctx.Err(); err != nil {
				return err
			}
			file := tablesDir + "/" + t.Name + extension
			if _, ok := v.sizes[file]; !ok || !plainPath(file) {
				v.report(diag.ReleaseTable, manifestName, fmt.Sprintf("the table %q has no file %s", t.Name, file), helpAltered)
				continue
			}
			stats, err := read(v.path(file))
			if err != nil {
				v.report(diag.ReleaseTable, file, "the table cannot be read: "+err.Error(), helpAltered)
				continue
			}
			v.compareTable(file, t, stats)
		}
	}
	return nil
}

func (v *verifier) compareTable(file string, t Table, stats *columnar.TableStats) {
	differ := func(what string, got, want any) {
		v.report(diag.ReleaseTable, file, fmt.Sprintf("the %s is %v, the manifest says %v", what, got, want), helpAltered)
	}
	if stats.Rows != t.Rows {
		differ("number of rows", stats.Rows, t.Rows)
	}
	if stats.Fingerprint != t.Fingerprint {
		differ("schema fingerprint", stats.Fingerprint, t.Fingerprint)
	}
	if len(stats.Columns) != len(t.Columns) {
		differ("number of columns", len(stats.Columns), len(t.Columns))
		return
	}
	for i, c := range stats.Columns {
		want := t.Columns[i]
		switch {
		case c.Name != want.Name || c.Type != want.Type:
			differ(fmt.Sprintf("column %d", i+1), c.Name+" "+c.Type, want.Name+" "+want.Type)
		case c.LogicalHash != want.LogicalSHA256:
			differ(fmt.Sprintf("logical hash of the column %q", c.Name), c.LogicalHash, want.LogicalSHA256)
		}
	}
}

func (v *verifier) secondReader() error {
	list, err := secondRead(v.ctx, filepath.Join(v.dir, tablesDir), v.result.Manifest.Tables)
	for _, d := range list {
		v.report(diag.SecondReaderDiffs, d.Place.File, d.Message, helpAltered)
	}
	return err
}

// sources checks that the bundled sources are those that the manifest names.
func (v *verifier) sources() error {
	if _, ok := v.sizes[archiveName]; !ok {
		v.report(diag.ReleaseMissing, archiveName, "the release has no sources", helpDownload)
		return nil
	}
	digest := sha256.New()
	last := ""
	err := readArchive(v.ctx, v.path(archiveName), func(file string, r io.Reader) error {
		if file <= last {
			return fmt.Errorf("%q is out of order", file)
		}
		last = file
		h := sha256.New()
		if _, err := io.Copy(h, r); err != nil {
			return err
		}
		fmt.Fprintf(digest, "%s\x00%x\n", file, h.Sum(nil))
		return nil
	})
	if v.ctx.Err() != nil {
		return err
	}
	if err != nil {
		v.report(diag.ReleaseManifest, archiveName, "the sources cannot be read: "+err.Error(), helpAltered)
		return nil
	}
	if got := hex.EncodeToString(digest.Sum(nil)); got != v.result.Manifest.DatasetSHA256 {
		v.report(diag.ReleaseDigests, archiveName, fmt.Sprintf("the sources have the digest %s, the manifest says %s", got, v.result.Manifest.DatasetSHA256), helpAltered)
	}
	return nil
}

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
	if err := os.Mkdir(root, dirMode); err != nil {
		return err
	}
	if err := unpackArchive(v.ctx, v.path(archiveName), root); err != nil {
		return fmt.Errorf("unpacking %s: %w", archiveName, err)
	}
	rebuilt, list, err := rebuildFrom(v.ctx, root, out)
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
	if m := v.result.Manifest; m.OutputVersion != OutputVersion {
		v.compareColumns(rebuilt)
		v.report(diag.ReleaseOutput, manifestName, fmt.Sprintf("this release has the output version %d, this stemma writes %d; only the values of columns that both have were compared", m.OutputVersion, OutputVersion),
			fmt.Sprintf("rebuild it with a stemma that writes output version %d, to compare the bytes", m.OutputVersion))
		return nil
	}
	return v.compareBytes(out)
}

func rebuildFrom(ctx context.Context, root, out string) (*Manifest, diag.List, error) {
	snap, list, err := dataset.Open(ctx, root)
	if err != nil {
		return nil, nil, err
	}
	result, err := validate.Run(ctx, snap, list, validate.Options{})
	if err != nil || result.Checked == nil {
		if err == nil {
			list = result.Diagnostics
		}
		return nil, list, err
	}
	return write(ctx, result.Checked, out, Options{})
}

// compareBytes names each file that differs and, for tables, the first cell.
func (v *verifier) compareBytes(out string) error {
	paths, err := listFiles(out)
	if err != nil {
		return err
	}
	for path := range v.sizes {
		if !slices.Contains(paths, path) {
			v.report(diag.ReleaseRebuild, path, "the rebuilt release does not have this file", helpAltered)
		}
	}
	for _, path := range paths {
		if _, ok := v.sizes[path]; !ok {
			v.report(diag.ReleaseRebuild, path, "only the rebuilt release has this file", helpAltered)
			continue
		}
		same, err := equalFiles(v.path(path), filepath.Join(out, path))
		if err != nil {
			return err
		}
		if same {
			continue
		}
		what := "its bytes differ"
		if strings.HasPrefix(path, tablesDir+"/") {
			if d, err := columnar.FirstDifference(v.path(path), filepath.Join(out, path)); err == nil && d != nil {
				what = d.Error()
			}
		}
		v.report(diag.ReleaseRebuild, path, "this file is not what the bundled sources become: "+what, helpAltered)
	}
	return nil
}

func (v *verifier) compareColumns(rebuilt *Manifest) {
	for _, t := range v.result.Manifest.Tables {
		i := slices.IndexFunc(rebuilt.Tables, func(r Table) bool { return r.Name == t.Name })
		if i < 0 {
			continue
		}
		for _, c := range t.Columns {
			j := slices.IndexFunc(rebuilt.Tables[i].Columns, func(r Column) bool { return r.Name == c.Name && r.Type == c.Type })
			if j >= 0 && rebuilt.Tables[i].Columns[j].LogicalSHA256 != c.LogicalSHA256 {
				v.report(diag.ReleaseRebuild, tablesDir+"/"+t.Name+columnar.ParquetExtension,
					fmt.Sprintf("the column %q holds other values than the bundled sources", c.Name), helpAltered)
			}
		}
	}
}
