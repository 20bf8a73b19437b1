//go:build unix

package build

import "golang.org/x/sys/unix"

// openFlags keep a pipe that takes the place of a file from blocking the
// reader; what was opened is looked at before it is read.
const openFlags = unix.O_NONBLOCK | unix.O_NOFOLLOW
