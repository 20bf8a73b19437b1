// Package export writes the tables of a release in forms that people ask for
// and that a release does not hold: comma-separated values.
//
// What it reads was verified; it trusts it no further than the readers of
// columnar do. The same table gives the same bytes.
//
// It may import columnar, strictjson, and the arrays of Arrow.
package export
