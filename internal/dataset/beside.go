package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"stemma/internal/diag"
	"stemma/schema"
)

// What a dataset may have beside the files that dataset.json names.
const (
	// ApprovalsName is the file of exceptions that somebody allowed.
	ApprovalsName = "approvals.json"
	// NotesFolder holds what people write about releases: <version>.md, for the
	// version without a suffix.
	NotesFolder = "release-notes"
	// LedgerName and ChangelogName are what earlier releases say. They lie in the
	// sources of a release; in a dataset that is being worked on, they are derived
	// from the releases before each build.
	LedgerName    = historyFolder + "/ledger.jsonl"
	ChangelogName = historyFolder + "/CHANGELOG.md"

	historyFolder = "history"
	notesEnding   = ".md"
)

// beside reads what lies beside the files that dataset.json names.
func (rd *reader) beside(s *Snapshot) error {
	if rd.exists(ApprovalsName) {
		own, err := schema.Config(schema.ApprovalsSchema)
		if err != nil {
			return err
		}
		if s.Approvals = rd.file(ApprovalsName); s.Approvals != nil {
			_, list := s.Approvals.checkAgainst(own)
			rd.list = append(rd.list, list...)
		}
	}
	rd.notes(s)
	if rd.exists(LedgerName) {
		s.Ledger = rd.limited(LedgerName, maxFile)
	}
	if rd.exists(ChangelogName) {
		s.Changelog = rd.limited(ChangelogName, maxFile)
	}
	return nil
}

func (rd *reader) exists(name string) bool {
	_, err := fs.Lstat(rd.fsys, name)
	return !errors.Is(err, fs.ErrNotExist)
}

// notes reads the notes about releases.
func (rd *reader) notes(s *Snapshot) {
	if !rd.exists(NotesFolder) || !rd.plain(NotesFolder, nil) {
		return
	}
	rd.walk(NotesFolder, 0, func(name string) {
		version, ok := NotesVersion(name)
		if !ok {
			rd.report(diag.FileUnknown, name, "this file is not read: notes are named by the version that they are about, without a suffix",
				fmt.Sprintf("name it like %s/%s%s", NotesFolder, cmp.Or(version, release(s.Config.Version)), notesEnding))
			return
		}
		if f := rd.file(name); f != nil {
			s.Notes = append(s.Notes, f)
		}
	})
	slices.SortFunc(s.Notes, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
}

// NotesVersion gives the version that notes are about, by the path of their file.
func NotesVersion(name string) (version string, ok bool) {
	version, ok = strings.CutSuffix(path.Base(name), notesEnding)
	v := "v" + version
	return version, ok && path.Dir(name) == NotesFolder && semver.Canonical(v) == v && semver.Prerelease(v) == ""
}

// release is a version without its suffix.
func release(version string) string {
	version, _, _ = strings.Cut(version, "+")
	version, _, _ = strings.Cut(version, "-")
	return version
}

// WithHistory gives the same snapshot with what earlier releases say: the texts
// of LedgerName and ChangelogName, either of which may be nil.
func (s *Snapshot) WithHistory(ledger, changelog []byte) *Snapshot {
	out := *s
	out.Ledger, out.Changelog = nil, nil
	if ledger != nil {
		out.Ledger = newFile(LedgerName, ledger)
	}
	if changelog != nil {
		out.Changelog = newFile(ChangelogName, changelog)
	}
	return &out
}
