//go:build !unix

package build

// openFlags are none where opening a file never blocks.
const openFlags = 0
