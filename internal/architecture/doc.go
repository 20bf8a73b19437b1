// Package architecture holds the tests that keep the structure of this module
// as docs/architecture.md draws it: which package may import which, which may
// know a library, and where the clock may be read. It has no code of its own.
package architecture
