package dsse

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
)

// MaxKeyFile is the most bytes that a file of keys may have.
const MaxKeyFile = 1 << 20

// Types of PEM blocks (RFC 7468; OpenSSH PROTOCOL.key).
const (
	blockOpenSSH   = "OPENSSH PRIVATE KEY"
	blockPKCS8     = "PRIVATE KEY"
	blockEncrypted = "ENCRYPTED PRIVATE KEY"
	blockSPKI      = "PUBLIC KEY"
)

// PrivateKey is an Ed25519 key that signs.
type PrivateKey struct{ key ed25519.PrivateKey }

// PublicKey is an Ed25519 key that verifies.
type PublicKey struct {
	// ID is the key's fingerprint as "ssh-keygen -l" prints it: SHA256: and the
	// base64 without padding of the SHA-256 of the key in the form of RFC 8709.
	ID string
	// Name is the comment or the principal beside the key; nobody vouches for it.
	Name string

	key ed25519.PublicKey
}

// Public gives the public half of the key.
func (k *PrivateKey) Public() PublicKey {
	return newPublicKey(k.key.Public().(ed25519.PublicKey), "") // Public gives no other type
}

func newPublicKey(key ed25519.PublicKey, name string) PublicKey {
	blob := wireString(wireString(nil, []byte(ssh.KeyAlgoED25519)), key)
	sum := sha256.Sum256(blob)
	return PublicKey{"SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:]), name, key}
}

// wireString appends a string of RFC 4251, section 5.
func wireString(dst, s []byte) []byte {
	return append(append(dst, byte(len(s)>>24), byte(len(s)>>16), byte(len(s)>>8), byte(len(s))), s...)
}

// ParsePrivateKey reads an Ed25519 key as ssh-keygen writes it (OpenSSH) or as
// openssl does (PEM, PKCS #8). Encrypted keys are refused: there is nobody to
// ask for a passphrase.
func ParsePrivateKey(data []byte) (*PrivateKey, error) {
	block, err := onlyBlock(data)
	if err != nil {
		return nil, err
	}
	var key any
	switch block.Type {
	case blockOpenSSH:
		key, err = ssh.ParseRawPrivateKey(data)
	case blockPKCS8:
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case blockEncrypted:
		return nil, errEncrypted
	case blockSPKI:
		return nil, errors.New("this is a public key; signing needs the private one, the file without .pub")
	default:
		return nil, fmt.Errorf("a key of type %q cannot be used; make one with: ssh-keygen -t ed25519 -N ''", block.Type)
	}
	var encrypted *ssh.PassphraseMissingError
	if errors.As(err, &encrypted) {
		return nil, errEncrypted
	}
	if err != nil {
		return nil, fmt.Errorf("the private key cannot be read: %w", err)
	}
	if p, ok := key.(*ed25519.PrivateKey); ok { // as OpenSSH's are given
		key = *p
	}
	private, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("the private key is no Ed25519 key; make one with: ssh-keygen -t ed25519 -N ''")
	}
	// A file whose public half is another key's would make signatures from which
	// the private key can be computed.
	if !ed25519.NewKeyFromSeed(private.Seed()).Equal(private) {
		return nil, errors.New("the two halves of the private key do not belong together; the file is damaged")
	}
	return &PrivateKey{private}, nil
}

var errEncrypted = errors.New("the private key is encrypted, and no passphrase is asked for; " +
	"write a copy without one (ssh-keygen -p -N '' -f COPY, openssl pkey -in KEY -out COPY), sign, and delete the copy")

// onlyBlock reads the one PEM block that a file holds.
func onlyBlock(data []byte) (*pem.Block, error) {
	if len(data) > MaxKeyFile {
		return nil, fmt.Errorf("a key file of %d bytes is not read; at most %d are", len(data), MaxKeyFile)
	}
	data = bytes.TrimSpace(data)
	if !bytes.HasPrefix(data, []byte("-----BEGIN ")) {
		return nil, errors.New("this is no private key: give the file that ssh-keygen -t ed25519 wrote (without .pub), or an Ed25519 key as PEM (PKCS #8)")
	}
	block, rest := pem.Decode(data)
	if block == nil || !bytes.HasPrefix(data, []byte("-----BEGIN "+block.Type)) {
		return nil, errors.New("the key file is no complete PEM; copy it again, with its first and last line")
	}
	if len(rest) > 0 {
		return nil, errors.New("something follows the key in its file; leave one key in it")
	}
	return block, nil
}

// ParsePublicKeys reads the keys that may have signed: one PEM block (SPKI), or
// lines as in a .pub file of OpenSSH, each with one ssh-ed25519 key. A name may
// follow the key, or stand before it as in a file of allowed signers; options
// may not, because they would not be heeded. Empty lines and those that begin
// with # are skipped.
func ParsePublicKeys(data []byte) ([]PublicKey, error) {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("-----BEGIN ")) {
		return parseSPKI(data)
	}
	if len(data) > MaxKeyFile {
		return nil, fmt.Errorf("a key file of %d bytes is not read; at most %d are", len(data), MaxKeyFile)
	}
	var keys []PublicKey
	for i, line := range strings.Split(string(data), "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		key, err := parseLine(fields)
		if err != nil {
			return nil, fmt.Errorf("line %d of the key file: %w", i+1, err)
		}
		if !slices.ContainsFunc(keys, func(k PublicKey) bool { return k.ID == key.ID }) {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("the key file holds no key; give a .pub file of ssh-keygen -t ed25519, a list of such lines, or an Ed25519 public key as PEM")
	}
	return keys, nil
}

// parseLine reads "ssh-ed25519 KEY [NAME…]" or "PRINCIPAL ssh-ed25519 KEY [NAME…]".
func parseLine(fields []string) (PublicKey, error) {
	var principal string
	if fields[0] != ssh.KeyAlgoED25519 && len(fields) > 1 && fields[1] == ssh.KeyAlgoED25519 {
		principal, fields = fields[0], fields[1:]
	}
	if fields[0] != ssh.KeyAlgoED25519 || len(fields) < 2 || strings.ContainsAny(principal, `="*?!`) || principal == "cert-authority" {
		return PublicKey{}, errors.New("write ssh-ed25519, the key and a name if you like; options, patterns, certificates and other kinds of key are not supported")
	}
	blob, err := base64.StdEncoding.Strict().DecodeString(fields[1])
	if err != nil {
		return PublicKey{}, errors.New("the key is no base64; copy the whole line")
	}
	parsed, err := ssh.ParsePublicKey(blob)
	if err != nil {
		return PublicKey{}, fmt.Errorf("the key cannot be read: %w; copy the whole line", err)
	}
	wrapped, ok := parsed.(ssh.CryptoPublicKey)
	if !ok {
		return PublicKey{}, errors.New("this is no Ed25519 key, though the line says so")
	}
	key, ok := wrapped.CryptoPublicKey().(ed25519.PublicKey)
	if !ok {
		return PublicKey{}, errors.New("this is no Ed25519 key, though the line says so")
	}
	name := principal
	if name == "" {
		name = strings.Join(fields[2:], " ")
	}
	return newPublicKey(key, name), nil
}

func parseSPKI(data []byte) ([]PublicKey, error) {
	block, err := onlyBlock(data)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(block.Type, blockPKCS8) {
		return nil, errors.New("this is a private key; verifying needs the public one, and the private one should never be given away")
	}
	if block.Type != blockSPKI {
		return nil, fmt.Errorf("a PEM block of type %q is no public key that can be used; write one with: openssl pkey -in KEY -pubout", block.Type)
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("the public key cannot be read: %w", err)
	}
	key, ok := parsed.(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("the public key is no Ed25519 key")
	}
	return []PublicKey{newPublicKey(key, "")}, nil
}

func ids(keys []PublicKey) string {
	const most = 5
	var out []string
	for _, k := range keys[:min(len(keys), most)] {
		out = append(out, k.ID)
	}
	if len(keys) > most {
		out = append(out, fmt.Sprintf("and %d more", len(keys)-most))
	}
	return strings.Join(out, ", ")
}
