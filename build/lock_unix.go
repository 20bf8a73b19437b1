//go:build unix

package build

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// lockDir keeps other builds out of a folder for as long as this process runs
// or until unlock. The lock is on the folder itself, so that nothing stays
// behind, and the system releases it if the process is killed.
func lockDir(dir string) (unlock func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	switch {
	case err == nil:
		return func() { f.Close() }, nil
	case errors.Is(err, unix.EWOULDBLOCK):
		f.Close()
		return nil, fmt.Errorf("another build is writing to %s: wait until it has finished", dir)
	case errors.Is(err, unix.ENOTSUP), errors.Is(err, unix.ENOLCK), errors.Is(err, unix.EBADF), errors.Is(err, unix.ENOSYS):
		// A file system without such locks (EBADF: a network one that wants the
		// folder open for writing): builds there must not overlap.
		f.Close()
		return func() {}, nil
	}
	f.Close()
	return nil, fmt.Errorf("locking %s: %w", dir, err)
}
