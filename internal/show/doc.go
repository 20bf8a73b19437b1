// Package show puts what package disagreement computed before people: titles and
// reasons in plain words, lists, drawings of who says what, and JSON for
// programs.
//
// It computes nothing that a table holds. It may import internal/model,
// internal/edtf, internal/strictjson, internal/diag, internal/suggest, internal/draw,
// internal/wording and disagreement.
package show
