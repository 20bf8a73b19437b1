package dsse

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// The ids are the fingerprints that ssh-keygen prints.
func TestFingerprints(t *testing.T) {
	printed := string(testFile(t, "fingerprints.txt"))
	for _, name := range []string{"test-only-one", "test-only-two"} {
		public := publicKeys(t, name+".pub")
		if len(public) != 1 || !strings.Contains(printed, "256 "+public[0].ID+" "+public[0].Name+" (ED25519)\n") {
			t.Errorf("%s: %+v", name, public)
		}
		if id := privateKey(t, name).Public().ID; id != public[0].ID {
			t.Errorf("%s: the private key has the id %s", name, id)
		}
	}
	if pub := publicKeys(t, "test-only-pem.pub.pem"); pub[0].ID != privateKey(t, "test-only-pem.pem").Public().ID {
		t.Error("the halves of the PEM key have different ids")
	}
}

func TestLinesOfKeys(t *testing.T) {
	one, two := strings.TrimSpace(string(testFile(t, "test-only-one.pub"))), strings.TrimSpace(string(testFile(t, "test-only-two.pub")))
	bare := strings.Join(strings.Fields(one)[:2], " ")
	for text, names := range map[string][]string{
		one:                     {"TEST KEY of stemma, protects nothing"},
		bare:                    {""},
		bare + "\r\n\r\n" + two: {"", "TEST KEY of stemma, protects nothing"},
		"# who may sign\n\nada@example.org " + bare + "\n" + two + "\n": {"ada@example.org", "TEST KEY of stemma, protects nothing"},
		one + "\n" + bare + "\n": {"TEST KEY of stemma, protects nothing"},
	} {
		keys, err := ParsePublicKeys([]byte(text))
		if err != nil || len(keys) != len(names) {
			t.Errorf("%q: %v, %v", text, keys, err)
			continue
		}
		for i, k := range keys {
			if k.Name != names[i] {
				t.Errorf("%q: key %d is called %q", text, i, k.Name)
			}
		}
	}
}

func TestRefusedPublicKeys(t *testing.T) {
	one := strings.TrimSpace(string(testFile(t, "test-only-one.pub")))
	fields := strings.Fields(one)
	spki := string(testFile(t, "test-only-pem.pub.pem"))
	for name, c := range map[string]struct{ text, says string }{
		"nothing":             {"", "holds no key"},
		"only a remark":       {"# " + one, "holds no key"},
		"RSA":                 {string(testFile(t, "test-only-rsa.pub")), "line 1 of the key file: write ssh-ed25519"},
		"second line":         {one + "\nrubbish\n", "line 2 of the key file: write ssh-ed25519"},
		"options":             {`namespaces="file" ` + one, "options"},
		"pattern":             {"*@example.org " + one, "patterns"},
		"authority":           {"cert-authority " + one, "certificates"},
		"no key":              {fields[0], "write ssh-ed25519"},
		"no base64":           {fields[0] + " !", "no base64"},
		"cut":                 {fields[0] + " " + fields[1][:40], "cannot be read"},
		"RSA behind the name": {"ssh-ed25519 " + strings.Fields(string(testFile(t, "test-only-rsa.pub")))[1], "no Ed25519 key"},
		"private OpenSSH":     {string(testFile(t, "test-only-one")), "this is a private key"},
		"private PEM":         {string(testFile(t, "test-only-pem.pem")), "this is a private key"},
		"EC":                  {string(testFile(t, "test-only-ec.pub.pem")), "no Ed25519 key"},
		"two PEM blocks":      {spki + spki, "something follows"},
		"PEM not finished":    {spki[:80], "no complete PEM"},
		"PEM of rubbish":      {"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "cannot be read"},
		"PEM of another type": {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "CERTIFICATE"},
		"too long":            {strings.Repeat("#\n", MaxKeyFile), "at most"},
	} {
		if keys, err := ParsePublicKeys([]byte(c.text)); keys != nil || err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, %v; want an error with %q", name, keys, err, c.says)
		}
	}
}

func TestRefusedPrivateKeys(t *testing.T) {
	one := string(testFile(t, "test-only-one"))
	for name, c := range map[string]struct{ text, says string }{
		"nothing":           {"", "no private key"},
		"public OpenSSH":    {string(testFile(t, "test-only-one.pub")), "no private key"},
		"public PEM":        {string(testFile(t, "test-only-pem.pub.pem")), "this is a public key"},
		"encrypted OpenSSH": {string(testFile(t, "test-only-encrypted")), "is encrypted"},
		"encrypted PEM":     {string(testFile(t, "test-only-pem-encrypted.pem")), "is encrypted"},
		"RSA":               {string(testFile(t, "test-only-rsa")), "no Ed25519 key"},
		"EC":                {string(testFile(t, "test-only-ec.pem")), "no Ed25519 key"},
		"two keys":          {one + one, "something follows"},
		"text before":       {"key:\n" + one, "no private key"},
		"not finished":      {one[:200], "no complete PEM"},
		"rubbish":           {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "cannot be read"},
		"another type":      {"-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----\n", `"DSA PRIVATE KEY" cannot be used`},
		"halves of two":     {halves(t), "do not belong together"},
		"too long":          {strings.Repeat(" ", MaxKeyFile+1), "at most"},
	} {
		if key, err := ParsePrivateKey([]byte(c.text)); key != nil || err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want an error with %q", name, err, c.says)
		}
	}
}

// halves gives a key file whose public half is another key's.
func halves(t *testing.T) string {
	t.Helper()
	mixed := append(bytes.Clone(privateKey(t, "test-only-one").key[:ed25519.SeedSize]), privateKey(t, "test-only-two").key[ed25519.SeedSize:]...)
	block, err := ssh.MarshalPrivateKey(ed25519.PrivateKey(mixed), "")
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(block))
}

// Keys that are made now are read back, with the id that the library computes.
func TestFreshKeys(t *testing.T) {
	for range 20 {
		public, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		block, err := ssh.MarshalPrivateKey(private, "c")
		if err != nil {
			t.Fatal(err)
		}
		key, err := ParsePrivateKey(pem.EncodeToMemory(block))
		if err != nil {
			t.Fatal(err)
		}
		wire, err := ssh.NewPublicKey(public)
		if err != nil {
			t.Fatal(err)
		}
		keys, err := ParsePublicKeys(ssh.MarshalAuthorizedKey(wire))
		if err != nil || len(keys) != 1 || keys[0].ID != ssh.FingerprintSHA256(wire) || keys[0].ID != key.Public().ID {
			t.Errorf("%v, %v", keys, err)
		}
	}
}

func FuzzParseKeys(f *testing.F) {
	for _, name := range []string{"test-only-one", "test-only-one.pub", "test-only-pem.pem", "test-only-pem.pub.pem", "test-only-rsa.pub", "test-only-encrypted"} {
		f.Add(testFile(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if keys, err := ParsePublicKeys(data); (len(keys) == 0) == (err == nil) {
			t.Errorf("%v, %v", keys, err)
		}
		if key, err := ParsePrivateKey(data); err == nil {
			if _, err := Verify(sign(t, helloBody, key), helloType, []PublicKey{key.Public()}); err != nil {
				t.Error(err)
			}
		}
	})
}
