package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"stemma/build/columnar"
	"stemma/internal/diag"
)

// tables checks what the files of every table hold against the manifest:
// columns, rows, the logical hash of each column, and where the table says that
// it comes from, in both encodings.
func (v *verifier) tables() error {
	tables := v.manifest.Tables
	for i, t := range tables {
		for _, extension := range tableExtensions {
			read := columnar.ReadHashes
			if extension == columnar.ParquetExtension {
				read = columnar.ReadHashesParquet
			}
			file := tablesDir + "/" + t.Name + extension
			stats, err := interruptible(v.ctx, func() (*columnar.TableStats, error) { return read(v.path(file)) })
			if v.ctx.Err() != nil {
				return interrupted(v.ctx)
			}
			if err != nil {
				v.report(diag.ReleaseTable, file, "the table cannot be read: "+strings.ReplaceAll(err.Error(), v.path(file)+": ", ""), helpAltered)
				continue
			}
			v.compareTable(file, t, stats)
		}
		v.progress(i+1, len(tables))
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
	v.compareMetadata(file, t, stats.Metadata)
	if len(stats.Columns) != len(t.Columns) {
		differ("number of columns", len(stats.Columns), len(t.Columns))
		return
	}
	renamed := false
	for i, c := range stats.Columns {
		want := t.Columns[i]
		switch {
		case c.Name != want.Name || c.Type != want.Type:
			renamed = true
			differ(fmt.Sprintf("column %d", i+1), fmt.Sprintf("%q of type %s", c.Name, c.Type), fmt.Sprintf("%q of type %s", want.Name, want.Type))
		case c.LogicalHash != want.LogicalSHA256:
			differ(fmt.Sprintf("logical hash of the column %q", c.Name), c.LogicalHash, want.LogicalSHA256)
		}
	}
	if !renamed && stats.Fingerprint != t.Fingerprint {
		differ("schema fingerprint", stats.Fingerprint, t.Fingerprint)
	}
}

// compareMetadata holds what a table says about its origin against the
// manifest: a table of another release does not pass for one of this.
func (v *verifier) compareMetadata(file string, t Table, got []columnar.KeyValue) {
	want := v.manifest.tableMetadata(t.Name, t.Description)
	if len(got) != len(want) {
		v.report(diag.ReleaseTable, file, fmt.Sprintf("the metadata of the table have %d entries, a table of this release has %d", len(got), len(want)), helpAltered)
		return
	}
	for i, pair := range got {
		if pair != want[i] {
			v.report(diag.ReleaseTable, file, fmt.Sprintf("the metadata of the table say %s = %q, the manifest says %s = %q", pair.Key, pair.Value, want[i].Key, want[i].Value), helpAltered)
		}
	}
}

func (v *verifier) secondReader() error {
	list, err := secondRead(v.ctx, filepath.Join(v.dir, tablesDir), v.manifest.Tables, v.progress)
	for _, d := range list {
		v.report(diag.SecondReaderDiffs, d.Place.File, d.Message, helpAltered)
	}
	return err
}

// sources checks that the bundled sources are those that the manifest names.
func (v *verifier) sources() error {
	archive, err := v.open(archiveName)
	if err != nil {
		return err
	}
	defer archive.Close()
	digest := sha256.New()
	err = readArchive(v.ctx, archive, sourceLimits, func(file string, r io.Reader) error {
		h := sha256.New()
		if _, err := io.Copy(h, r); err != nil {
			return err
		}
		fmt.Fprintf(digest, "%s\x00%x\n", file, h.Sum(nil))
		return nil
	})
	if fault := new(archiveError); errors.As(err, &fault) {
		v.report(diag.ReleaseManifest, archiveName, "the sources cannot be read: "+fault.Error(), helpAltered)
		return nil
	}
	if err != nil {
		return err
	}
	if got := hex.EncodeToString(digest.Sum(nil)); got != v.manifest.DatasetSHA256 {
		v.report(diag.ReleaseDigests, archiveName, fmt.Sprintf("the sources have the digest %s, the manifest says %s", got, v.manifest.DatasetSHA256), helpAltered,
			diag.Related{Place: diag.Place{File: manifestName}, Message: "the other place"})
	}
	return nil
}
