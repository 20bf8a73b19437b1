// Package build turns a checked dataset into a sealed release, and verifies
// releases. Its flow, from top to bottom, is in build.go: compute who disagrees
// (for datasets of stemma's own model), hold the dataset against the release
// before it (gate.go) and write what changed (changelog.go), compile records and questions into
// tables, have a second reader read them, draw the page, archive the sources,
// write the documents, the manifest, the provenance and the checksums, and give
// the finished folder its name.
//
// What the releases before a version say is found by history.go, before the
// dataset is checked: it is an input like any other.
//
// The bytes of a release depend on its inputs and on OutputVersion alone:
// nothing here reads a clock, the environment, the host or version control.
//
// It may import diff, disagreement, validate, model, edtf, dataset, ledger, schema,
// strictjson, diag and its own subpackages: columnar, which knows Parquet and Arrow,
// descriptor and page, which write documents, and provenance.
package build
