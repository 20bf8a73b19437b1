// Package validate checks a dataset: every record by its schema, ids and
// references between records, all of them against what earlier releases hold,
// and, for datasets of stemma's own model, the rules of the six kinds. Only Run can make the Checked value that a build
// takes, so nothing unchecked is ever released.
//
// Records are read in parallel, each only for as long as it is being checked:
// what stays in memory is an id, a place and the references of each.
//
// It may import model, schema, dataset, ledger, strictjson, edtf, numerals,
// suggest and diag, and of other people's packages semver. It knows neither
// tables on disk nor the command line.
package validate
