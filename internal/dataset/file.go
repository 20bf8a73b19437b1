package dataset

import (
	"bytes"
	"crypto/sha256"
	"sync"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// File is one file of a snapshot.
type File struct {
	Path   string // relative to the root, with forward slashes
	Data   []byte
	SHA256 [sha256.Size]byte

	once sync.Once
	text *strictjson.Text
}

func newFile(path string, data []byte) *File {
	return &File{Path: path, Data: data, SHA256: sha256.Sum256(data)}
}

// Text gives the file's lines. It is made at the first use: most files are
// never reported about.
func (f *File) Text() *strictjson.Text {
	f.once.Do(func() { f.text = strictjson.NewText(f.Data) })
	return f.text
}

// Diagnose gives a problem in a file that holds one value its place.
func (f *File) Diagnose(root *strictjson.Value, p strictjson.Problem) diag.Diagnostic {
	return schema.Diagnose(f.Path, f.Text(), 0, root, p)
}

// Whole is the place of the file as a whole.
func (f *File) Whole() diag.Place { return diag.Place{File: f.Path} }

func (f *File) checkAgainst(s *schema.Schema) (*strictjson.Value, diag.List) {
	root, problems := strictjson.Parse(f.Data)
	if problems == nil {
		problems = s.Check(root)
	}
	var list diag.List
	for _, p := range problems {
		list = append(list, f.Diagnose(root, p))
	}
	return root, list
}

// RecordFile is a file with records of one kind.
type RecordFile struct {
	*File
	Kind  int  // index into Config.Kinds
	Lines bool // one record per line
}

// Record is the text of one record, not yet parsed.
type Record struct {
	File  *RecordFile
	Data  []byte
	Base  int   // offset of Data in the file
	Index int64 // position among the records of the file, from 0
}

// Diagnose gives a problem in the record its place.
func (r Record) Diagnose(root *strictjson.Value, p strictjson.Problem) diag.Diagnostic {
	return schema.Diagnose(r.File.Path, r.File.Text(), r.Base, root, p)
}

// Place gives the place of the bytes [start, end) of the record.
func (r Record) Place(start, end uint32) diag.Place {
	return diag.Place{File: r.File.Path, Span: r.File.Text().Span(r.Base+int(start), r.Base+int(end))}
}

// Records lists the records of a file. A blank last line of a .jsonl file is no
// record; any other blank line is one that cannot be parsed, so that it is
// reported.
func (f *RecordFile) Records() []Record {
	if !f.Lines {
		return []Record{{File: f, Data: f.Data}}
	}
	out := make([]Record, 0, bytes.Count(f.Data, []byte{'\n'})+1)
	for base := 0; base < len(f.Data); {
		end := len(f.Data)
		if i := bytes.IndexByte(f.Data[base:], '\n'); i >= 0 {
			end = base + i
		}
		out = append(out, Record{File: f, Data: f.Data[base:end], Base: base, Index: int64(len(out))})
		base = end + 1
	}
	return out
}
