package dsse

import (
	"crypto/ed25519"
	"fmt"
)

// MaxPayload is the most bytes that a payload may have: its envelope must be
// within the limits of what is read.
const MaxPayload = 6 << 20

// Sign puts a payload into an envelope with one signature. Ed25519 signatures
// are deterministic, so the same payload, type and key give the same bytes.
func Sign(payloadType string, payload []byte, key *PrivateKey) ([]byte, error) {
	if payloadType == "" {
		return nil, fmt.Errorf("a payload without a type cannot be signed; name its media type")
	}
	if len(payload) > MaxPayload {
		return nil, fmt.Errorf("a payload of %d bytes cannot be signed; at most %d can", len(payload), MaxPayload)
	}
	e := &envelope{payloadType: payloadType, payload: payload, keyID: key.Public().ID}
	e.signature = ed25519.Sign(key.key, PAE(payloadType, payload))
	return e.encode(), nil
}

// Verified is a payload with the key whose signature it has.
type Verified struct {
	Payload []byte
	Key     PublicKey
}

// Verify gives the payload of an envelope if it has the type given and is
// signed by one of the keys given. The key id in the envelope only names the
// key: the signature decides. Without an error, and only then, the payload may
// be parsed.
func Verify(data []byte, payloadType string, keys []PublicKey) (*Verified, error) {
	if len(keys) == 0 {
		return nil, fmt.Errorf("no key was given to verify with; give the public key of the one who signs, from a source that you trust")
	}
	e, err := parseEnvelope(data)
	if err != nil {
		return nil, err
	}
	if e.payloadType != payloadType {
		return nil, fmt.Errorf("the envelope holds a payload of type %q and not %q; it signs something else", e.payloadType, payloadType)
	}
	signed := PAE(payloadType, e.payload)
	for _, key := range keys {
		// Length is checked first: ed25519.Verify takes any signature, but panics at a key of another length.
		if key.ID != e.keyID || len(key.key) != ed25519.PublicKeySize {
			continue
		}
		if !ed25519.Verify(key.key, signed, e.signature) {
			return nil, fmt.Errorf("the signature is not one by the key %s over this payload: the envelope or its payload was changed, or the signature is forged; do not use the release", key.ID)
		}
		return &Verified{e.payload, key}, nil
	}
	return nil, fmt.Errorf("the envelope names the key %q, which is none of those given (%s); give the public key of the one who signed, from a source that you trust", e.keyID, ids(keys))
}
