package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stemma/build"
	"stemma/build/export"
)

// duckdbProgram finds DuckDB's program. What is named with a separator is a
// file, as seen from where stemma was started; other names are looked for on
// the PATH.
func (a *App) duckdbProgram(name, release string) (string, error) {
	named := name
	if strings.ContainsRune(name, filepath.Separator) {
		named = absolute(a.path(name))
	}
	path, err := exec.LookPath(named)
	if err != nil {
		without := ""
		if _, err := os.Stat(filepath.Join(a.path(release), "load.sql")); err == nil {
			without = "\nany other DuckDB reads the release in its folder with load.sql, which makes views of its files"
		}
		return "", usagef("there is no program %s, which makes the database file\ninstall DuckDB's program, for instance with: pip install duckdb-cli, or name it with --duckdb-program%s", name, without)
	}
	return path, nil
}

// exportDuckDB has DuckDB's program make a database in a private folder beside
// the file that is asked for, which then gets its name.
func (a *App) exportDuckDB(ctx context.Context, name, release, out string) (err error) {
	program, err := a.duckdbProgram(name, release)
	if err != nil {
		return err
	}
	d, err := build.Describe(ctx, release)
	if err != nil {
		return err
	}
	staging, err := os.MkdirTemp(filepath.Dir(out), ".stemma-export-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(staging)) }()
	// DuckDB takes the name in its own catalog from the file's, so it has it from the start.
	database := filepath.Join(staging, filepath.Base(out))
	if err := runDuckDB(ctx, program, release, database, export.DuckDB(d)); err != nil {
		return err
	}
	if err := checkDatabase(staging, database); err != nil {
		return fmt.Errorf("%s: %w", program, err)
	}
	if _, err := os.Lstat(out); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(errors.New("somebody else has written it meanwhile"), err)
	}
	return os.Rename(database, out)
}

// runDuckDB runs statements in the folder of a release. The user's own start
// file is not read.
func runDuckDB(ctx context.Context, program, release, database string, statements []byte) error {
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, program, "-init", os.DevNull, "-batch", "-bail", database)
	cmd.Dir, cmd.Stdin, cmd.Stderr = release, bytes.NewReader(statements), &limited{&said}
	cmd.WaitDelay = 5 * time.Second // for what the program may have started
	err := cmd.Run()
	if ctx.Err() != nil {
		return context.Canceled
	}
	// A program that does not read its input makes an error of its own, which says more.
	if err == nil {
		return nil
	}
	lines := strings.Split(strings.TrimSpace(said.String()), "\n")
	return fmt.Errorf("%s: %w: %s\nstemma needs DuckDB 1.2 or newer", program, err, strings.Join(lines[:min(len(lines), 5)], "\n"))
}

// limited keeps the beginning of what a program says.
type limited struct{ *bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	const most = 4 << 10
	l.Buffer.Write(p[:max(0, min(len(p), most-l.Len()))])
	return len(p), nil
}

// checkDatabase holds what a program left behind against what a database that
// was closed looks like, and makes it last.
func checkDatabase(staging, database string) error {
	entries, err := os.ReadDir(staging)
	if err != nil {
		return err
	}
	info, err := os.Lstat(database)
	if err != nil || !info.Mode().IsRegular() || len(entries) != 1 {
		return errors.New("it ended well but left no database, or one that is not closed; is it DuckDB?")
	}
	f, err := os.OpenFile(database, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	// DuckDB's files have a checksum, and then these four letters.
	head := make([]byte, 12)
	if _, err := f.ReadAt(head, 0); err != nil || string(head[8:]) != "DUCK" {
		return errors.Join(errors.New("it ended well, but what it left is no database of DuckDB"), f.Close())
	}
	return errors.Join(f.Chmod(0o644), f.Sync(), f.Close())
}

// exportCard writes the dataset card of a release, with its readme if it has one.
func exportCard(ctx context.Context, release, out string, m *build.Manifest) error {
	d, err := build.Describe(ctx, release)
	if err != nil {
		return err
	}
	var readme []byte
	const name = "README.md"
	if i := slices.IndexFunc(m.Files, func(f build.File) bool { return f.Path == name }); i >= 0 {
		if readme, err = os.ReadFile(filepath.Join(release, name)); err != nil {
			return err
		}
		if fmt.Sprintf("%x", sha256.Sum256(readme)) != m.Files[i].SHA256 {
			return fmt.Errorf("%s was changed since it was verified; export a copy that nobody writes to", name)
		}
	}
	return replaceFile(out, export.DatasetCard(d, readme), 0o644)
}
