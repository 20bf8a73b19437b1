// Package schema turns JSON Schema (drafts 4 to 2020-12) into what stemma does
// with records: it checks them, names what they refer to, lays their keys out,
// and derives the tables of a release from the schema's own text. The
// *.schema.json files beside it are those of stemma's own kinds and of its two
// configuration files.
//
// The package knows nothing of the six kinds: any schema will do. Loading
// (catalog.go, index.go, schematext.go, form.go) finds the faults of schemas and
// resolves references among the files given, and only among them. Checking
// (check.go, variants.go, explain.go, words.go) puts the failures of a record
// into words. Planning (declare.go, possible.go, planner.go, names.go) reads what
// a schema declares and what it enforces, and says which columns follow;
// rows.go fills them.
//
// It may import strictjson, diag, edtf and suggest. It is the only package that
// knows the JSON Schema library.
package schema
