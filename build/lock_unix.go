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
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("another build is writing to %s", dir)
		}
		if errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.ENOLCK) {
			return func() {}, nil // a file system without locks: builds there must not overlap
		}
		return nil, fmt.Errorf("locking %s: %w", dir, err)
	}
	return func() { f.Close() }, nil
}
