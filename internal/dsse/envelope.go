package dsse

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"

	"stemma/internal/strictjson"
)

// Names of the members of an envelope (DSSE v1, "envelope").
const (
	memberPayloadType = "payloadType"
	memberPayload     = "payload"
	memberSignatures  = "signatures"
	memberKeyID       = "keyid"
	memberSignature   = "sig"
)

// envelope is what an envelope says before anything of it is believed.
type envelope struct {
	payloadType string
	payload     []byte
	keyID       string
	signature   []byte
}

// PAE is the pre-authentication encoding, over which signatures are taken: it
// binds the type of the payload and says where each part ends.
func PAE(payloadType string, payload []byte) []byte {
	out := append([]byte("DSSEv1 "), strconv.Itoa(len(payloadType))...)
	out = append(append(out, ' '), payloadType...)
	out = append(strconv.AppendInt(append(out, ' '), int64(len(payload)), 10), ' ')
	return append(out, payload...)
}

// encode writes the envelope as JSON. Equal envelopes have equal bytes.
func (e *envelope) encode() []byte {
	out := []byte("{\n  ")
	member := func(name, value, after string) {
		out = strictjson.AppendCanonical(out, &strictjson.Value{Kind: strictjson.String, Text: name})
		out = strictjson.AppendCanonical(append(out, ": "...), &strictjson.Value{Kind: strictjson.String, Text: value})
		out = append(out, after...)
	}
	member(memberPayloadType, e.payloadType, ",\n  ")
	member(memberPayload, base64.StdEncoding.EncodeToString(e.payload), ",\n  ")
	out = append(out, `"`+memberSignatures+"\": [\n    {\n      "...)
	member(memberKeyID, e.keyID, ",\n      ")
	member(memberSignature, base64.StdEncoding.EncodeToString(e.signature), "\n    }\n  ]\n}\n")
	return out
}

// parseEnvelope reads an envelope strictly. The payload is decoded from base64
// and not looked at.
func parseEnvelope(data []byte) (*envelope, error) {
	root, problems := strictjson.Parse(data)
	if len(problems) > 0 {
		p := problems[0]
		return nil, fmt.Errorf("the envelope is no strict JSON: %s (byte %d); get the signature file again", p.Message, p.Start)
	}
	if err := members(root, "the envelope", memberPayloadType, memberPayload, memberSignatures); err != nil {
		return nil, err
	}
	list := root.Get(memberSignatures)
	switch {
	case list.Kind != strictjson.Array:
		return nil, errors.New("the envelope's signatures are no list; get the signature file again")
	case len(list.Elems) == 0:
		return nil, errors.New("the envelope has no signature, so it proves nothing; sign it, or get the signature file again")
	case len(list.Elems) > 1:
		return nil, fmt.Errorf("the envelope has %d signatures; one is allowed, so that it is plain which one was checked: sign into a file for each key", len(list.Elems))
	}
	first := &list.Elems[0]
	if err := members(first, "the signature", memberKeyID, memberSignature); err != nil {
		return nil, err
	}
	e := &envelope{}
	for _, m := range []struct {
		in   *strictjson.Value
		name string
		into *string
	}{{root, memberPayloadType, &e.payloadType}, {first, memberKeyID, &e.keyID}} {
		if *m.into = m.in.Get(m.name).Str(); *m.into == "" {
			return nil, fmt.Errorf("%q in the envelope is no text, or empty; get the signature file again", m.name)
		}
	}
	var err error
	if e.payload, err = decode(root, memberPayload); err != nil {
		return nil, err
	}
	e.signature, err = decode(first, memberSignature)
	return e, err
}

// members holds the members of an object against those that it must have.
func members(v *strictjson.Value, what string, names ...string) error {
	if v.Kind != strictjson.Object {
		return fmt.Errorf("%s is no JSON object; give a file that stemma sign wrote", what)
	}
	for _, name := range names {
		if v.Get(name) == nil {
			return fmt.Errorf("%s has no member %q; give a file that stemma sign wrote", what, name)
		}
	}
	if len(v.Members) > len(names) { // names are unique: the reader refuses others
		return fmt.Errorf("%s has members besides %q, which no signature covers; give a file that stemma sign wrote", what, names)
	}
	return nil
}

// decode reads standard base64 with padding and without line breaks, in its
// only spelling: otherwise one payload would have many envelopes.
func decode(in *strictjson.Value, name string) ([]byte, error) {
	v := in.Get(name)
	out, err := base64.StdEncoding.Strict().DecodeString(v.Str())
	if v.Kind != strictjson.String || err != nil || base64.StdEncoding.EncodeToString(out) != v.Str() {
		return nil, fmt.Errorf("%q in the envelope is no canonical base64 (RFC 4648, section 4); get the signature file again", name)
	}
	return out, nil
}
