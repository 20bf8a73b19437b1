// Package dataset finds a dataset on disk and takes a snapshot of every byte
// that a build reads: dataset.json, the policy, the schemas and the records.
// What is checked, what is compiled and what is put into a release's source
// archive are therefore the same bytes, whatever happens to the files meanwhile.
//
// Files are hostile: links, devices, odd names and huge sizes are findings with
// a place, and nothing outside the dataset's root is ever opened.
//
// It may import ledger, schema, strictjson and diag.
package dataset
