// Package dsse signs and verifies documents with Dead Simple Signing Envelopes
// (DSSE v1, https://github.com/secure-systems-lab/dsse) and Ed25519 keys
// (RFC 8032), the keys that ssh-keygen and openssl make.
//
// Nothing of a payload is given to a caller, and nothing in it is looked at,
// before its signature is verified: an envelope that this package did not write
// in this form, byte order of its members aside, is refused.
//
// It may import strictjson, which reads the envelope, and of other people's
// packages the reader of OpenSSH keys.
package dsse
