package build

import (
	"errors"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step, so that a name is never without a
// folder, not even if the machine stops. ok is false where the file system
// cannot do it.
func exchange(a, b string) (ok bool, err error) {
	err = unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.ENOTSUP) {
		return false, nil
	}
	return err == nil, err
}
