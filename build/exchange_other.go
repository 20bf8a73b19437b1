//go:build !linux

package build

// exchange would swap two folders in one step; this system cannot do it.
func exchange(_, _ string) (ok bool, err error) { return false, nil }
