package dataset

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// Limits of files. A record has a limit of its own.
const (
	maxConfig = strictjson.MaxBytes // dataset.json, the policy, a schema
	maxFile   = 1 << 30             // a file of records
	maxDepth  = 64                  // folders in folders
	maxPath   = 1024                // bytes of a path, which every system and archive can carry
)

// reader walks a dataset and collects findings.
type reader struct {
	ctx  context.Context
	fsys fs.FS
	list diag.List
}

func (rd *reader) report(code diag.Code, file, message, help string) {
	rd.list = append(rd.list, diag.New(code, diag.Place{File: strings.ToValidUTF8(file, "\uFFFD")}, "", message, help))
}

// file reads a configuration file; nil if it cannot be used, which is reported.
func (rd *reader) file(name string) *File { return rd.limited(name, maxConfig) }

func (rd *reader) limited(name string, limit int64) *File {
	if !rd.plain(name, nil) {
		return nil
	}
	data, err := readAll(rd.fsys, name, limit)
	if err != nil {
		rd.unreadable(name, err)
		return nil
	}
	return newFile(name, data)
}

// plain tells whether a path leads through real folders to a real file or
// folder; a link on the way is reported. What is not there is reported too, by
// missing if that is given.
func (rd *reader) plain(name string, missing func()) bool {
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		info, err := fs.Lstat(rd.fsys, name[:i])
		switch {
		case missing != nil && errors.Is(err, fs.ErrNotExist):
			missing()
			return false
		case err != nil:
			rd.unreadable(name, err)
			return false
		case !info.IsDir() && !info.Mode().IsRegular():
			rd.notRegular(name[:i], info.Mode().Type())
			return false
		}
	}
	return true
}

func (rd *reader) notRegular(name string, mode fs.FileMode) {
	what := "a special file"
	switch {
	case mode&fs.ModeSymlink != 0:
		what = "a symbolic link"
	case mode&fs.ModeDevice != 0:
		what = "a device"
	case mode&fs.ModeNamedPipe != 0:
		what = "a named pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	}
	rd.report(diag.FileNotRegular, name, "this is "+what+", not a plain file", "put the file itself here")
}

// unreadable reports a file that cannot be read.
func (rd *reader) unreadable(name string, err error) {
	var pe *fs.PathError
	reason := err
	if errors.As(err, &pe) {
		reason = pe.Err
	}
	switch {
	case errors.Is(err, errTooLarge):
		rd.report(diag.FileSize, name, "the file is larger than what is read", "split it")
	case errors.Is(err, errNotRegular):
		rd.notRegular(name, 0)
	default:
		rd.report(diag.FileUnreadable, name, fmt.Sprintf("this cannot be read: %v", reason), "check that it exists and may be read")
	}
}

// schemas reads every .json file of the schema folder.
func (rd *reader) schemas(s *Snapshot) {
	folder := s.Config.SchemaFolder
	if !rd.plain(folder, nil) {
		return
	}
	rd.walk(folder, 0, func(name string) {
		if path.Ext(name) != ".json" {
			return
		}
		if f := rd.file(name); f != nil {
			s.Schemas = append(s.Schemas, f)
		}
	})
	slices.SortFunc(s.Schemas, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	for _, k := range s.Config.Kinds {
		if !slices.ContainsFunc(s.Schemas, func(f *File) bool { return f.Path == k.Schema }) && !rd.list.HasErrors() {
			rd.report(diag.DatasetKind, ConfigName, fmt.Sprintf("the schema %q of the kind %q does not exist", k.Schema, k.Name), "check its name, and that it ends in .json")
		}
	}
}

// records lists the record files of a kind.
func (rd *reader) records(s *Snapshot, kind int) {
	folder := s.Config.Kinds[kind].Folder
	if !rd.plain(folder, func() { rd.missingFolder(s, kind) }) {
		return
	}
	rd.walk(folder, 0, func(name string) {
		ext := path.Ext(name)
		if ext != ".json" && ext != ".jsonl" {
			rd.report(diag.FileUnknown, name, "this file is not read: its name ends neither in .json nor in .jsonl", "rename it, or move it out of the record folders")
			return
		}
		s.Records = append(s.Records, &RecordFile{File: &File{Path: name}, Kind: kind, Lines: ext == ".jsonl"})
	})
}

// readRecords reads the record files that were listed. Several are read at a
// time: with many small files, most of the time goes into waiting for the system.
func (rd *reader) readRecords(s *Snapshot) {
	failed := make([]error, len(s.Records))
	var g errgroup.Group
	g.SetLimit(2 * runtime.GOMAXPROCS(0))
	for i, r := range s.Records {
		g.Go(func() error {
			limit := int64(maxFile)
			if !r.Lines {
				limit = strictjson.MaxBytes
			}
			var data []byte
			if failed[i] = rd.ctx.Err(); failed[i] == nil {
				data, failed[i] = readAll(rd.fsys, r.Path, limit)
			}
			r.File = newFile(r.Path, data)
			return nil
		})
	}
	_ = g.Wait() // each failure is reported with its file
	read := s.Records[:0]
	for i, r := range s.Records {
		if failed[i] != nil {
			rd.unreadable(r.Path, failed[i])
		} else {
			read = append(read, r)
		}
	}
	s.Records = read
}

// missingFolder reports a kind whose folder does not exist, where dataset.json
// names it: a mistyped name would otherwise become an empty table.
func (rd *reader) missingFolder(s *Snapshot, kind int) {
	root, _ := strictjson.Parse(s.Source.Data)
	p := strictjson.Problem{Code: diag.DatasetFolder, Message: fmt.Sprintf("the folder %q does not exist", s.Config.Kinds[kind].Folder),
		Help: "correct its name, or make the folder; if it has no records yet, put an empty file .gitkeep into it, since git keeps no empty folders"}
	if v := root.Lookup(fmt.Sprintf("/kinds/%d/folder", kind)); v != nil {
		p.Start, p.End = int(v.Start), int(v.End)
	}
	rd.list = append(rd.list, s.Source.Diagnose(root, p))
}

// walk visits the plain files below a folder in the order of their names. Names
// that begin with a dot are left to editors and version control.
func (rd *reader) walk(folder string, depth int, visit func(name string)) {
	if rd.ctx.Err() != nil {
		return
	}
	if depth > maxDepth {
		rd.report(diag.FileName, folder, fmt.Sprintf("folders nest more than %d deep here", maxDepth), "put the files higher up")
		return
	}
	entries, err := fs.ReadDir(rd.fsys, folder)
	if err != nil {
		rd.unreadable(folder, err)
		return
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case len(name) > maxPath:
			rd.report(diag.FileName, name[:maxPath], fmt.Sprintf("this path has more than %d bytes", maxPath), "give the file or its folders shorter names")
		case !goodName(e.Name()):
			rd.report(diag.FileName, name, "the name of this file is not plain text: it has control characters, invalid UTF-8, a backslash or invisible characters", "rename it")
		case e.IsDir():
			rd.walk(name, depth+1, visit)
		case !e.Type().IsRegular():
			rd.notRegular(name, e.Type())
		default:
			visit(name)
		}
	}
}

// goodName tells whether other systems, archives and reports can carry a name.
func goodName(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool {
		return r == '\\' || unicode.Is(unicode.C, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
	})
}
