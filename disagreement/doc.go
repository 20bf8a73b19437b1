// Package disagreement computes who really disagrees: which claims answer the
// same question, what each admits, who stands behind it, through which document
// it came, and whether the versions can all be true.
//
// It is pure: records in, rows out, exact arithmetic (math/big.Rat), no files,
// no Arrow, no clock, and no result depends on the order of the claims. The
// rules are those of docs/computation.md; compute.go is the main flow.
//
// It may import internal/model, internal/edtf and internal/strictjson.
package disagreement
