// Package diag holds what stemma has to say about its input: diagnostics with
// a code, a severity and a place, in sorted lists; the catalogue of codes; and
// the printers that put a report into words for a terminal or into JSON for a
// machine.
//
// It is the leaf of the import graph: it imports nothing of stemma.
package diag
