package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"stemma/build"
	"stemma/build/provenance"
	"stemma/internal/diag"
	"stemma/internal/dsse"
)

const testKeys = "../dsse/testdata"

func sha(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// sealed is a folder that looks like a release to those who look at no table,
// with a statement about it, and keys that sign it.
type sealed struct {
	dir      string
	manifest *build.Manifest
	one      *dsse.PrivateKey
	keys     []dsse.PublicKey // of one
}

func newSealed(t *testing.T) *sealed {
	t.Helper()
	s := &sealed{dir: filepath.Join(t.TempDir(), "v0.3.0"), manifest: &build.Manifest{Dataset: "library", Version: "0.3.0", OutputVersion: 3}}
	for name, text := range map[string]string{"manifest.json": "{}", "source.tar.zst": "sources", "tables/books.arrow": "books"} {
		s.put(t, name, text)
	}
	s.manifest.Files = []build.File{{Path: "source.tar.zst", SHA256: sha("sources")}, {Path: "tables/books.arrow", SHA256: sha("books")}}
	s.put(t, statementName, string(s.statement(t, nil)))
	var err error
	if s.one, err = dsse.ParsePrivateKey(readTest(t, "test-only-one")); err != nil {
		t.Fatal(err)
	}
	s.keys = []dsse.PublicKey{s.one.Public()}
	return s
}

func readTest(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(testKeys, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (s *sealed) put(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// statement gives the statement about the folder, changed if that is asked for.
func (s *sealed) statement(t *testing.T, change func(p *provenance.Provenance)) []byte {
	t.Helper()
	p := &provenance.Provenance{
		Dataset: "library", Version: "0.3.0", OutputVersion: 3, Sources: provenance.File{Name: "source.tar.zst", SHA256: sha("sources")},
		Files: []provenance.File{{Name: "manifest.json", SHA256: sha("{}")}, {Name: "source.tar.zst", SHA256: sha("sources")}, {Name: "tables/books.arrow", SHA256: sha("books")}},
	}
	if change != nil {
		change(p)
	}
	data, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (s *sealed) sign(t *testing.T, payloadType string, payload []byte) []byte {
	t.Helper()
	data, err := dsse.Sign(payloadType, payload, s.one)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// open verifies an envelope against the folder.
func (s *sealed) open(t *testing.T, envelope []byte) (*signature, diag.List) {
	t.Helper()
	file := filepath.Join(filepath.Dir(s.dir), "signature.json")
	if err := os.WriteFile(file, envelope, 0o666); err != nil {
		t.Fatal(err)
	}
	got, list, err := new(App).openSignature(s.dir, file, s.keys)
	if err != nil || (got == nil) != list.HasErrors() {
		t.Fatal(got, list, err)
	}
	return got, list
}

// want compares the code of the only finding, and asks for a way out and words
// in the message.
func want(t *testing.T, list diag.List, code diag.Code, words string) {
	t.Helper()
	if len(list) != 1 || list[0].Code != code || list[0].Help == "" || !strings.Contains(list[0].Message, words) {
		t.Errorf("found %+v; want %s about %q, with a way out", list, code, words)
	}
}

func TestOpenSignature(t *testing.T) {
	s := newSealed(t)
	statement := s.statement(t, nil)
	envelope := s.sign(t, provenance.PayloadType, statement)
	if got, list := s.open(t, envelope); list != nil || !bytes.Equal(got.payload, statement) || got.key.ID != s.keys[0].ID {
		t.Fatalf("a good signature: %+v, %v", got, list)
	}
	_, list := s.open(t, s.sign(t, "text/plain", statement))
	want(t, list, diag.SignatureRefused, "payload of type")
	_, list = s.open(t, s.sign(t, provenance.PayloadType, s.statement(t, func(p *provenance.Provenance) { p.Version = "0.2.0" })))
	want(t, list, diag.SignaturePayload, "another statement")
	_, list, err := new(App).openSignature(s.dir, filepath.Join(s.dir, "none.json"), s.keys)
	if want(t, list, diag.SignatureMissing, "missing"); err != nil {
		t.Error(err)
	}
	other, err := dsse.ParsePublicKeys(readTest(t, "test-only-two.pub"))
	if err != nil {
		t.Fatal(err)
	}
	s.keys = other
	_, list = s.open(t, envelope)
	want(t, list, diag.SignatureRefused, "none of those given")
}

// No byte of an envelope or of a statement can be changed.
func TestEveryByteIsSigned(t *testing.T) {
	s := newSealed(t)
	statement := s.statement(t, nil)
	envelope := s.sign(t, provenance.PayloadType, statement)
	for i := range envelope {
		changed := bytes.Clone(envelope)
		changed[i] ^= 1
		if got, _ := s.open(t, changed); got != nil {
			t.Errorf("byte %d of the envelope (%q) can be changed", i, envelope[i])
		}
	}
	for i := range statement {
		changed := bytes.Clone(statement)
		changed[i] ^= 1
		s.put(t, statementName, string(changed))
		_, list := s.open(t, envelope)
		want(t, list, diag.SignaturePayload, "another statement")
	}
}

// A statement that is no JSON at all: as long as the signature is wrong, nobody
// notices, because nobody looks.
func TestNothingIsParsedBeforeTheSignature(t *testing.T) {
	s := newSealed(t)
	s.put(t, statementName, "{")
	s.put(t, manifestName, "{")
	_, list := s.open(t, s.sign(t, "text/plain", []byte("{")))
	want(t, list, diag.SignatureRefused, "payload of type")
	got, _ := s.open(t, s.sign(t, provenance.PayloadType, []byte("{")))
	if got == nil {
		t.Fatal("a good signature is refused for what it signs")
	}
	_, list, err := compareStatement(got.payload, s.dir, s.manifest)
	if want(t, list, diag.SignatureStatement, "no strict JSON"); err != nil {
		t.Error(err)
	}
}

func TestStatementsThatCannotBeRead(t *testing.T) {
	s := newSealed(t)
	path := filepath.Join(s.dir, statementName)
	remove := func() {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	remove()
	_, list, _ := readStatement(s.dir)
	want(t, list, diag.SignatureStatement, "no statement")
	if err := os.Mkdir(path, 0o777); err != nil {
		t.Fatal(err)
	}
	_, list, _ = readStatement(s.dir)
	want(t, list, diag.SignatureStatement, "not a plain file")
	remove()
	if err := os.Symlink("manifest.json", path); err == nil {
		_, list, _ = readStatement(s.dir)
		want(t, list, diag.SignatureStatement, "not a plain file")
		remove()
	}
	s.put(t, statementName, strings.Repeat(" ", dsse.MaxPayload+1))
	_, list, _ = readStatement(s.dir)
	want(t, list, diag.SignatureStatement, "not a plain file")
	if _, _, err := readStatement(path); err == nil {
		t.Error("a file is read as a folder")
	}
}

func TestCompareStatement(t *testing.T) {
	s := newSealed(t)
	compare := func(change func(p *provenance.Provenance)) diag.List {
		t.Helper()
		_, list, err := compareStatement(s.statement(t, change), s.dir, s.manifest)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if p, list, err := compareStatement(s.statement(t, nil), s.dir, s.manifest); list != nil || err != nil || len(p.Files) != 3 {
		t.Errorf("a good statement: %v %v %v", p, list, err)
	}
	want(t, compare(func(p *provenance.Provenance) { p.Files = p.Files[:2] }), diag.SignatureFiles, "tables/books.arrow is in the release, but")
	want(t, compare(func(p *provenance.Provenance) { p.Files = p.Files[1:] }), diag.SignatureFiles, "manifest.json is in the release, but")
	want(t, compare(func(p *provenance.Provenance) { p.Files[2].SHA256 = sha("other") }), diag.SignatureFiles, "in the provenance and")
	want(t, compare(func(p *provenance.Provenance) {
		p.Files = append(p.Files, provenance.File{Name: "more", SHA256: sha("")})
	}), diag.SignatureFiles, "more is named by the provenance")
	want(t, compare(func(p *provenance.Provenance) { p.Version = "0.4.0" }), diag.SignatureStatement, "about library 0.4.0")
	want(t, compare(func(p *provenance.Provenance) { p.Dataset = "other" }), diag.SignatureStatement, "about other 0.3.0")
	s.put(t, manifestName, "{ }")
	want(t, compare(nil), diag.SignatureFiles, "manifest.json has the SHA-256")
}

func TestWriteSignature(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v1.dsse.json")
	for _, step := range []struct {
		envelope string
		force    bool
		outcome  string // empty: refused
		holds    string
	}{
		{"one", false, "written", "one"},
		{"one", false, "there already, byte for byte", "one"},
		{"two", false, "", "one"},
		{"two", true, "replaced", "two"},
		{"two", true, "there already, byte for byte", "two"},
	} {
		outcome, err := writeSignature("v1.dsse.json", path, []byte(step.envelope), step.force)
		if outcome != step.outcome || (err != nil) != (step.outcome == "") {
			t.Errorf("%+v: %q, %v", step, outcome, err)
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != step.holds {
			t.Errorf("%+v: the file holds %q, %v", step, data, err)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestPrivateKeys(t *testing.T) {
	dir := t.TempDir()
	for name, words := range map[string]string{
		"test-only-one": "", "test-only-pem.pem": "",
		"test-only-one.pub": "no private key", "test-only-pem.pub.pem": "public key",
		"test-only-rsa": "no Ed25519 key", "test-only-ec.pem": "Ed25519",
		"test-only-encrypted": "no passphrase is asked for", "test-only-pem-encrypted.pem": "no passphrase is asked for",
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, readTest(t, name), 0o600); err != nil {
			t.Fatal(err)
		}
		var log bytes.Buffer
		a := &App{Stderr: &log}
		_, err := a.privateKey(path)
		if (err == nil) != (words == "") || err != nil && (statusOf(err) != ExitUsage || !strings.Contains(err.Error(), words)) || log.Len() > 0 {
			t.Errorf("%s: %v; %s", name, err, &log)
		}
	}
	for mode, warned := range map[os.FileMode]bool{0o400: false, 0o600: false, 0o640: true, 0o604: true, 0o620: true} {
		if runtime.GOOS == "windows" {
			break
		}
		path := filepath.Join(dir, "test-only-one")
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		var log bytes.Buffer
		if _, err := (&App{Stderr: &log}).privateKey(path); err != nil || strings.Contains(log.String(), "chmod 600") != warned {
			t.Errorf("mode %04o: %v, warned: %q", mode, err, &log)
		}
	}
}

func TestSignatureFile(t *testing.T) {
	work, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir, file := range map[string]string{"dist/v1": "dist/v1.dsse.json", "dist/v1/": "dist/v1.dsse.json", ".": work + ".dsse.json", "..": filepath.Dir(work) + ".dsse.json"} {
		if got := signatureFile(dir); got != filepath.FromSlash(file) {
			t.Errorf("the signature of %s is %s, want %s", dir, got, file)
		}
	}
}
