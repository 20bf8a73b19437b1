// Package export writes the tables of a release in forms that people ask for
// and that a release does not hold: comma-separated values, statements that make
// a DuckDB database, the card of a Hugging Face dataset.
//
// What it reads was verified; it trusts it no further than the readers of
// columnar do. The same release gives the same bytes.
//
// It may import columnar, descriptor, strictjson, and the arrays of Arrow.
package export
