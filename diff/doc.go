// Package diff compares two states of a dataset: records field by field, the
// tables and what the schemas demand, the configuration, and who disagrees. It
// names the step of the version that the difference calls for, by the Version
// recipe of the Data Package standard.
//
// It is pure: two snapshots, their tables and what was computed from them go
// in, a Diff comes out, sorted and the same on every machine. Records need not be
// valid; what cannot be read is said, not guessed. compare.go is the main flow;
// text.go, markdown.go, json.go and changelog.go print. A Diff of equal snapshots
// with equal tables and results is empty, and only such a Diff is; the history of
// a snapshot, which is derived from releases, is not compared.
//
// It may import disagreement, schema, dataset, strictjson and edtf.
package diff
