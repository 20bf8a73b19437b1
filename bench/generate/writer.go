package generate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
)

// writer puts records into files. Its first error stops it; close returns it.
type writer struct {
	folder  string
	layout  Layout
	records int
	err     error

	file *os.File // of the kind being written, in the layout Lines
	buf  *bufio.Writer
	text bytes.Buffer
}

func newWriter(dir string, layout Layout) *writer {
	w := &writer{folder: filepath.Join(dir, "records"), layout: layout}
	w.err = os.Mkdir(w.folder, 0o755)
	return w
}

// table begins the records of a table; all of them follow before the next one's.
func (w *writer) table(name string) {
	w.endFile()
	if w.err != nil {
		return
	}
	folder := filepath.Join(w.folder, name)
	if w.err = os.Mkdir(folder, 0o755); w.err != nil || w.layout == Files {
		return
	}
	if w.file, w.err = os.Create(filepath.Join(folder, name+".jsonl")); w.err == nil {
		w.buf = bufio.NewWriterSize(w.file, 1<<16)
	}
}

// put writes one record, in the canonical layout of its kind of file. One file
// at a time: several writers in one folder wait for its lock, and take longer.
func (w *writer) put(table, id string, record any) {
	if w.err != nil {
		return
	}
	w.records++
	w.text.Reset()
	enc := json.NewEncoder(&w.text) // ends the record with a line feed
	enc.SetEscapeHTML(false)
	if w.layout == Files {
		enc.SetIndent("", "  ")
	}
	if w.err = enc.Encode(record); w.err != nil {
		return
	}
	if w.layout == Files {
		w.err = os.WriteFile(filepath.Join(w.folder, table, id+".json"), w.text.Bytes(), 0o644)
		return
	}
	_, w.err = w.buf.Write(w.text.Bytes())
}

func (w *writer) endFile() {
	if w.file == nil {
		return
	}
	w.err = errors.Join(w.err, w.buf.Flush(), w.file.Close())
	w.file = nil
}

func (w *writer) close() error {
	w.endFile()
	return w.err
}
