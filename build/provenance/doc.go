// Package provenance writes and reads the statement of how a release was made:
// an in-toto Statement v1 whose predicate is SLSA provenance v1
// (https://slsa.dev/spec/v1.0/provenance).
//
// The statement follows from the release alone. It says no time and no
// invocation, which would differ between two builds of the same bytes, and a
// build that anybody can repeat claims no hosted builder.
//
// It may import strictjson, and of other people's packages a JSON codec.
package provenance
