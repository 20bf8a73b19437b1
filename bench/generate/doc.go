// Package generate writes datasets of invented records for measuring stemma.
// The records obey every rule of the model and draw no warning; their sizes,
// value types and links are like those of hand-coded ones. The same options
// give the same bytes on every machine: all choices come from one seeded
// generator, and no clock is read.
//
// Nobody and nothing in these records exists; names are built from syllables.
//
// It imports nothing of stemma: what it writes must not depend on what is
// measured.
package generate
