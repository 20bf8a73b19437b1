// Package golden compares what a test made with a file in testdata. It is for
// tests only, and imports nothing of stemma.
//
// `go test ./internal/… -update` writes the files anew; the flag exists only in
// the tests of packages that use this one, so name those. Read the difference
// before committing it.
package golden
