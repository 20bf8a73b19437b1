package delta

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

	"github.com/apache/arrow/go/v17/arrow/array"

	"stemma/build/columnar"
)

// Write compares the tables of two releases and writes their delta to a new
// folder. Equal releases give equal bytes. Both must have been verified: what is
// read of them is believed. After an error the folder is gone.
func Write(ctx context.Context, oldDir, newDir, to string) (d *Delta, err error) {
	c, err := openBoth(oldDir, newDir)
	if err != nil {
		return nil, err
	}
	if err := os.Mkdir(to, 0o755); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			d, err = nil, errors.Join(err, os.RemoveAll(to))
		}
	}()
	d = &c.head
	for _, name := range c.names {
		m, t, err := c.table(ctx, name)
		if err != nil {
			return nil, err
		}
		for _, p := range d.parts(name, m) {
			file, err := p.write(ctx, to, name)
			if err != nil {
				return nil, fmt.Errorf("writing %s: %w", partPath(name, p.name), err)
			}
			t.Files = append(t.Files, *file)
		}
		d.Tables = append(d.Tables, *t)
	}
	data, err := d.Encode()
	if err != nil {
		return nil, err
	}
	// What Verify would refuse is not written.
	if _, err := Parse(data); err != nil {
		return nil, fmt.Errorf("the delta of these releases cannot be described: %w", err)
	}
	readme := d.readme()
	return d, errors.Join(
		writeFile(filepath.Join(to, jsonName), data),
		writeFile(filepath.Join(to, readmeName), readme),
		writeFile(filepath.Join(to, sumsName), d.sums(sha256Hex(data), sha256Hex(readme))),
	)
}

// write writes the file of a part.
func (p *part) write(ctx context.Context, to, table string) (*File, error) {
	folder := filepath.Join(to, tablesDir)
	if err := os.Mkdir(folder, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	w, err := columnar.Create(folder, partFile(table, p.name), p.columns, p.metadata)
	if err != nil {
		return nil, err
	}
	if err := p.copyRows(ctx, w); err != nil {
		return nil, errors.Join(err, w.Abort())
	}
	if _, err := w.Close(); err != nil {
		return nil, err
	}
	// A delta is read rarely, and whole: one encoding is enough.
	if err := os.Remove(filepath.Join(folder, partFile(table, p.name)+columnar.ArrowExtension)); err != nil {
		return nil, err
	}
	path := partPath(table, p.name)
	size, sum, err := digestFile(filepath.Join(to, filepath.FromSlash(path)))
	return &File{Path: path, Bytes: size, SHA256: sum, Rows: int64(len(p.rows))}, err
}

func (p *part) copyRows(ctx context.Context, w *columnar.Writer) error {
	var in *stream
	if p.from != nil {
		var err error
		if in, err = openStream(p.from.path); err != nil {
			return err
		}
		defer in.close()
	}
	for _, row := range p.rows {
		positions := p.positions(row)
		for i, at := range positions {
			w.Field(i).(*array.Int64Builder).Append(at)
		}
		if in != nil {
			if err := in.seek(ctx, p.source(row)); err != nil {
				return err
			}
			for i, column := range in.batch.record.Columns() {
				if err := columnar.AppendCell(w.Field(len(positions)+i), column, in.at); err != nil {
					return err
				}
			}
		}
		if err := w.EndRow(); err != nil {
			return err
		}
	}
	return nil
}

// files lists the files of all tables.
func (d *Delta) files() []File {
	var out []File
	for _, t := range d.Tables {
		out = append(out, t.Files...)
	}
	return out
}

// sums gives the text of SHA256SUMS, in the form that `sha256sum -c` reads.
func (d *Delta) sums(jsonSHA256, readmeSHA256 string) []byte {
	files := append(d.files(), File{Path: jsonName, SHA256: jsonSHA256}, File{Path: readmeName, SHA256: readmeSHA256})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	var b strings.Builder
	for _, f := range files {
		b.WriteString(f.SHA256 + "  " + f.Path + "\n")
	}
	return []byte(b.String())
}

func sha256Hex(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// digestFile gives the size and the SHA-256 of a file.
func digestFile(path string) (int64, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return n, hex.EncodeToString(h.Sum(nil)), err
}

// writeFile writes a new file and brings it to the disk. It is readable by
// everybody, whatever the umask.
func writeFile(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
}
