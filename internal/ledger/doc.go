// Package ledger remembers what a dataset has published: which releases there
// were, and for each id the first release that had it, the last one that
// changed it, and what became of it. It is how an id that vanishes, or comes
// back as something else, is noticed without all earlier releases at hand.
//
// The text form is JSON Lines, as docs/releases.md says: first a line for each
// release in the order of versions, then a line for each id, sorted by the name
// of its kind and then by the id. One ledger has one text: Parse takes nothing
// else, so that ledgers can be compared by their bytes.
//
// The ledger after a release is Next of the one before it and of the records of
// the release; nothing else goes in. The package is pure: it knows no files and
// no releases as folders.
//
// It may import strictjson and diag, and of other people's packages semver.
package ledger
