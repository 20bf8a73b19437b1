// Package strictjson reads JSON text (RFC 8259) without forgiving anything:
// numbers stay as they were written, an object names each key once, text is
// valid UTF-8 with paired surrogates, and size, depth and numbers have limits,
// so that hostile input ends in an error with a place and never in a crash.
//
// Every value keeps its byte offsets, so that any JSON Pointer (RFC 6901) leads
// to the place of a value or of its key. The package also writes the canonical
// form that record digests are taken over.
//
// It may import diag, and of other people's packages the JSON tokenizer.
package strictjson
