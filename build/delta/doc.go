// Package delta writes what differs between the tables of two releases as a
// folder of its own, reads such folders, and rebuilds the tables of the newer
// release from those of the older one.
//
// docs/releases.md gives the format. The choice of keys (keys.go), what counts
// as changed (match.go) and the text of the README (readme.go) belong to it:
// Verify computes all of them again, so whoever changes one of them gives the
// format a new number and keeps reading the old one.
//
// A folder may be hostile; the two releases are believed, so verify them first.
//
// It may import columnar and strictjson, and of other people's packages Arrow
// and a JSON codec.
package delta
