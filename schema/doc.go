// Package schema turns JSON Schema (2020-12 and earlier drafts) into what
// stemma does with records: it checks them, names what they refer to, lays
// their keys out, and derives the tables of a release from the schema's own
// text. The *.schema.json files beside it are those of stemma's own kinds and
// of its two configuration files.
//
// The package knows nothing of the six kinds: any schema will do.
//
// It may import strictjson, diag, edtf and suggest. It is the only package that
// knows the JSON Schema library.
package schema
