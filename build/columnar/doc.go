// Package columnar writes one table as a pair of files, Parquet and Arrow IPC,
// and reads such pairs back: to prove that a second, independent reader sees
// the same cells, to recompute hashes, and to name the first cell in which two
// files differ.
//
// It knows columns, rows and files; it knows nothing of records, schemas or
// datasets. The same rows give the same bytes on every machine: every writer
// option is pinned in options.go with its reason, and docs/parquet.md says
// which shapes of data are avoided and why.
//
// Every file that it reads may be hostile; see docs/parquet.md.
//
// It may import arrow-go, parquet-go, thrift (which both use) and
// klauspost/compress, and nothing of stemma.
package columnar
