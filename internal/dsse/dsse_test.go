package dsse

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	helloType = "http://example.com/HelloWorld"
	helloBody = "hello world"
)

func testFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func privateKey(t testing.TB, name string) *PrivateKey {
	t.Helper()
	key, err := ParsePrivateKey(testFile(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return key
}

func publicKeys(t testing.TB, name string) []PublicKey {
	t.Helper()
	keys, err := ParsePublicKeys(testFile(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return keys
}

func sign(t testing.TB, payload string, key *PrivateKey) []byte {
	t.Helper()
	data, err := Sign(helloType, []byte(payload), key)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The vector of the DSSE specification, and what an empty and a longer text give.
func TestPAE(t *testing.T) {
	for want, in := range map[string][2]string{
		"DSSEv1 29 http://example.com/HelloWorld 11 hello world": {helloType, helloBody},
		"DSSEv1 0  0 ":       {"", ""},
		"DSSEv1 2 ä 3 €":     {"ä", "€"}, // lengths count bytes
		"DSSEv1 1 a 5 5 b c": {"a", "5 b c"},
		"DSSEv1 5 a 5 5 1 b": {"a 5 5", "b"},
	} {
		if got := string(PAE(in[0], []byte(in[1]))); got != want {
			t.Errorf("%q %q: %q, not %q", in[0], in[1], got, want)
		}
	}
}

// RFC 8032, section 7.1, test 3: the library is the one that everybody else has.
func TestEd25519Vector(t *testing.T) {
	seed, _ := hex.DecodeString("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
	want := "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
	if got := hex.EncodeToString(ed25519.Sign(ed25519.NewKeyFromSeed(seed), []byte{0xaf, 0x82})); got != want {
		t.Error(got)
	}
}

// openssl signs the same bytes in the same way.
func TestSignatureOfOpenSSL(t *testing.T) {
	e, err := parseEnvelope(sign(t, helloBody, privateKey(t, "test-only-pem.pem")))
	if err != nil {
		t.Fatal(err)
	}
	if got := base64.StdEncoding.EncodeToString(e.signature); got != string(testFile(t, "openssl-signature.txt")) {
		t.Errorf("the signature is %s", got)
	}
}

func TestSignAndVerify(t *testing.T) {
	for private, public := range map[string]string{"test-only-one": "test-only-one.pub", "test-only-pem.pem": "test-only-pem.pub.pem"} {
		key := privateKey(t, private)
		for _, body := range []string{"", helloBody, "{\"a\":\n1}", "\x00\xff", strings.Repeat("x", 100_000)} {
			data := sign(t, body, key)
			if !bytes.Equal(data, sign(t, body, key)) {
				t.Errorf("%s: two signatures of one payload differ", private)
			}
			v, err := Verify(data, helloType, append(publicKeys(t, "test-only-two.pub"), publicKeys(t, public)...))
			if err != nil || string(v.Payload) != body || v.Key.ID != key.Public().ID {
				t.Errorf("%s, %d bytes: %v, %v", private, len(body), v, err)
			}
		}
	}
	if _, err := Sign("", nil, privateKey(t, "test-only-one")); err == nil {
		t.Error("a payload without a type is signed")
	}
	if _, err := Sign("t", make([]byte, MaxPayload+1), privateKey(t, "test-only-one")); err == nil {
		t.Error("a payload that is too long is signed")
	}
	if data, err := Sign(helloType, make([]byte, MaxPayload), privateKey(t, "test-only-one")); err != nil {
		t.Error(err)
	} else if _, err := Verify(data, helloType, publicKeys(t, "test-only-one.pub")); err != nil {
		t.Errorf("the longest payload: %v", err)
	}
}

// Whatever is wrong with an envelope, there is no payload to parse, and the
// error says what to do.
func TestRefusedEnvelopes(t *testing.T) {
	one, two := publicKeys(t, "test-only-one.pub"), publicKeys(t, "test-only-two.pub")
	good := string(sign(t, helloBody, privateKey(t, "test-only-one")))
	e, err := parseEnvelope([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	payload, signature := base64.StdEncoding.EncodeToString(e.payload), base64.StdEncoding.EncodeToString(e.signature)
	entry := good[strings.Index(good, "    {\n"):strings.LastIndex(good, "\n  ]")]
	replaced := func(old, instead string) string {
		if strings.Count(good, old) != 1 {
			t.Fatalf("%q occurs %d times", old, strings.Count(good, old))
		}
		return strings.Replace(good, old, instead, 1)
	}
	other := *e
	other.signature = ed25519.Sign(privateKey(t, "test-only-one").key, e.payload) // not over the encoding
	for name, c := range map[string]struct {
		data, payloadType string
		keys              []PublicKey
		says              string
	}{
		"no keys":               {good, helloType, nil, "no key was given"},
		"another key":           {good, helloType, two, "none of those given (" + two[0].ID},
		"another key's name":    {replaced(one[0].ID, two[0].ID), helloType, two, "was changed"},
		"type not the expected": {good, "application/vnd.in-toto+json", one, "signs something else"},
		"type changed":          {replaced(helloType, "text/plain"), "text/plain", one, "was changed"},
		"payload changed":       {replaced(payload, base64.StdEncoding.EncodeToString([]byte("hello World"))), helloType, one, "was changed"},
		"over the bare payload": {string(other.encode()), helloType, one, "was changed"},
		"signature cut":         {replaced(signature, signature[:84]), helloType, one, "was changed"},
		"signature empty":       {replaced(signature, ""), helloType, one, "was changed"},
		"payload unpadded":      {replaced(payload, strings.TrimRight(payload, "=")), helloType, one, `"payload" in the envelope is no canonical base64`},
		"spare bits":            {replaced(payload, "aGVsbG8gd29ybGR="), helloType, one, `"payload" in the envelope is no canonical base64`},
		"line break in base64":  {replaced(payload, payload[:4]+`\n`+payload[4:]), helloType, one, `"payload" in the envelope is no canonical base64`},
		"signature not base64":  {replaced(signature, "_"+signature[1:]), helloType, one, `"sig" in the envelope is no canonical base64`},
		"payload no text":       {replaced(`"`+payload+`"`, "{}"), helloType, one, `"payload" in the envelope is no canonical base64`},
		"key id no text":        {replaced(`"`+one[0].ID+`"`, "null"), helloType, one, `"keyid" in the envelope is no text`},
		"key id empty":          {replaced(one[0].ID, ""), helloType, one, `"keyid" in the envelope is no text`},
		"trailing data":         {good + "{}", helloType, one, "no strict JSON"},
		"trailing NUL":          {good + "\x00", helloType, one, "no strict JSON"},
		"name twice":            {replaced(`"payload": `, `"payload": "", "payload": `), helloType, one, "no strict JSON"},
		"name twice, escaped":   {replaced(`"payload": `, `"p\u0061yload": "", "payload": `), helloType, one, "no strict JSON"},
		"no UTF-8":              {replaced(helloType, "\xff"), helloType, one, "no strict JSON"},
		"other member":          {replaced(`"payload": `, `"comment": "", "payload": `), helloType, one, "besides"},
		"other member inside":   {replaced(`"keyid": `, `"cert": "", "keyid": `), helloType, one, "besides"},
		"other case":            {replaced(`"payload": `, `"Payload": `), helloType, one, `no member "payload"`},
		"no key id":             {replaced(`"keyid": "`+one[0].ID+`",`, ""), helloType, one, `no member "keyid"`},
		"no signatures":         {replaced(entry, ""), helloType, one, "has no signature"},
		"two signatures":        {replaced(entry, entry+","+entry), helloType, one, "has 2 signatures"},
		"signatures no list":    {replaced("[\n"+entry+"\n  ]", "{}"), helloType, one, "no list"},
		"signature no object":   {replaced(entry, `""`), helloType, one, "no JSON object"},
		"a list":                {"[" + good + "]", helloType, one, "no JSON object"},
		"nothing":               {"", helloType, one, "no strict JSON"},
	} {
		v, err := Verify([]byte(c.data), c.payloadType, c.keys)
		if v != nil || err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %+v, %v; want an error with %q", name, v, err, c.says)
		}
	}
	if _, err := Verify([]byte(good), helloType, one); err != nil {
		t.Errorf("the good one: %v", err)
	}
}

// No bit of an envelope can be turned without notice.
func TestEveryBitCounts(t *testing.T) {
	keys := publicKeys(t, "test-only-one.pub")
	good := sign(t, helloBody, privateKey(t, "test-only-one"))
	for i := range good {
		for bit := range 8 {
			bad := bytes.Clone(good)
			bad[i] ^= 1 << bit
			if v, err := Verify(bad, helloType, keys); err == nil {
				t.Errorf("bit %d of byte %d (%q → %q): %s", bit, i, good[i], bad[i], v.Payload)
			}
		}
	}
}

func FuzzVerify(f *testing.F) {
	keys, err := ParsePublicKeys(testFile(f, "test-only-one.pub"))
	if err != nil {
		f.Fatal(err)
	}
	good := sign(f, helloBody, privateKey(f, "test-only-one"))
	f.Add(good)
	f.Add([]byte(`{"payloadType":"a","payload":"","signatures":[]}`))
	f.Add(bytes.ReplaceAll(good, []byte(" "), nil))
	f.Add(append(bytes.Clone(good), good...))
	f.Fuzz(func(t *testing.T, data []byte) {
		// Nobody makes a signature of another payload by chance.
		if v, err := Verify(data, helloType, keys); err == nil && string(v.Payload) != helloBody {
			t.Errorf("verified: %q", v.Payload)
		}
		e, err := parseEnvelope(data)
		if err != nil {
			return
		}
		again, err := parseEnvelope(e.encode())
		if err != nil || again.payloadType != e.payloadType || again.keyID != e.keyID || !bytes.Equal(again.payload, e.payload) || !bytes.Equal(again.signature, e.signature) {
			t.Errorf("%+v is read back as %+v, %v", e, again, err)
		}
	})
}
