package columnar

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// outputFile is what a sink needs of *os.File; tests put failing ones in.
type outputFile interface {
	io.Writer
	Sync() error
	Close() error
	Name() string
}

// sink writes one file from front to back. It remembers the first error and
// gives it again on every later call, because the libraries above it drop
// some; Writer asks it before it believes that a file is complete.
type sink struct {
	file outputFile
	buf  *bufio.Writer
	pos  int64
	err  error
	// aside takes what is written while it is not nil, see closeParquet.
	aside *bytes.Buffer
}

func newSink(f outputFile) *sink {
	return &sink{file: f, buf: bufio.NewWriterSize(f, 256<<10)}
}

// createFile makes a new file for reading by everybody and writing by its
// owner, whatever the umask, and never overwrites one.
func createFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	if err := f.Chmod(0o644); err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(path))
	}
	return f, nil
}

func (s *sink) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	if s.aside != nil {
		return s.aside.Write(p)
	}
	n, err := s.buf.Write(p)
	s.pos += int64(n)
	return n, s.fail(err)
}

// Seek only tells the position: the Arrow writer asks for a seeker but never
// moves it.
func (s *sink) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekCurrent {
		return 0, s.fail(errors.New("the writer tried to move back in a file that is written from front to back"))
	}
	return s.pos, nil
}

// fail keeps the first error, with the file's name.
func (s *sink) fail(err error) error {
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("writing %s: %w", s.file.Name(), err)
	}
	return s.err
}

// finish brings everything to the disk and closes the file.
func (s *sink) finish() error {
	if s.err == nil {
		s.fail(s.buf.Flush())
	}
	if s.err == nil {
		s.fail(s.file.Sync())
	}
	s.fail(s.file.Close())
	return s.err
}
