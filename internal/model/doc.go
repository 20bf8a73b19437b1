// Package model gives the records of stemma's six kinds, and the policy, as
// typed Go values. A value is decoded once from JSON that its schema accepted;
// every leaf keeps its place in the record, so that a finding can point at it,
// and nothing is filled in: what a record leaves out is unset, and the defaults
// of the data model are given by methods (Claim.Stance, Coding.Status…), so that
// both "what is written" and "what is meant" can be asked for.
//
// Numbers stay the literals that were written; Number.Rat gives their exact
// value. Absent and null are the same.
//
// The schemas are the single source of truth. A test holds every property that
// the decoders read, its type and the kind it refers to, against them.
//
// It may import strictjson and edtf.
package model
