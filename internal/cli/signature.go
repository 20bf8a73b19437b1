package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"stemma/build"
	"stemma/build/provenance"
	"stemma/internal/diag"
	"stemma/internal/dsse"
)

// This file reads and judges signatures of releases: what stemma sign and
// stemma verify --key have in common.

// Files inside a release that a signature is about.
const (
	statementName = "provenance.intoto.json"
	manifestName  = "manifest.json"
)

// signatureEnding is what the name of a signature has after that of its release.
const signatureEnding = ".dsse.json"

// maxEnvelope is the most bytes that a signature file is read of: the largest
// payload in base64, and more than enough for the rest.
const maxEnvelope = 2 * dsse.MaxPayload

// Ways out of findings.
const (
	helpSigned   = "do not rely on the release; get it and its signature again from where they are published"
	helpUnsigned = "releases have one since output version 3; if this is an older one, only its checksums can be verified (without --key), " +
		"and to sign its data, build them with this stemma under a new version"
)

// signature is a signature that was verified, over a statement that was not
// parsed yet.
type signature struct {
	payload []byte
	key     dsse.PublicKey
	file    string // of the envelope, as the command line has it
}

// signatureFile gives the place of a release's signature if none is named:
// beside its folder, where no checksum covers it.
func signatureFile(dir string) string {
	dir = filepath.Clean(dir)
	if base := filepath.Base(dir); base == "." || base == ".." {
		dir = absolute(dir)
	}
	return dir + signatureEnding
}

func signatureFinding(code diag.Code, file, message, help string) diag.List {
	return diag.List{diag.New(code, diag.Place{File: filepath.ToSlash(file)}, "", message, help)}
}

// openSignature verifies the signature of a release. Nothing in the release is
// parsed: its statement is compared byte by byte with the one that was signed.
// The error is for files that cannot be read; all else is a finding.
func (a *App) openSignature(release, file string, keys []dsse.PublicKey) (*signature, diag.List, error) {
	statement, list, err := readStatement(release)
	if err != nil || list != nil {
		return nil, list, err
	}
	if info, err := os.Stat(a.path(file)); err == nil && !info.Mode().IsRegular() { // opening a named pipe would wait for ever
		return nil, signatureFinding(diag.SignatureRefused, file, "this is not a plain file, as a signature is", helpSigned), nil
	}
	data, err := readLimited(a.path(file), maxEnvelope)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, signatureFinding(diag.SignatureMissing, file, "this file is missing: the release has no signature here",
			"get it from where the release is published and name it with --signature; without --key the release is verified as far as that goes"), nil
	}
	if err != nil {
		return nil, nil, err
	}
	verified, err := dsse.Verify(data, provenance.PayloadType, keys)
	if err != nil {
		return nil, signatureFinding(diag.SignatureRefused, file, err.Error(), helpSigned), nil
	}
	if !bytes.Equal(verified.Payload, statement) {
		return nil, signatureFinding(diag.SignaturePayload, file,
			fmt.Sprintf("this is a signature by %s, but over another statement than %s of the release", verified.Key.ID, statementName), helpSigned), nil
	}
	return &signature{verified.Payload, verified.Key, file}, nil, nil
}

// readStatement reads the statement of a release and does not look at it.
func readStatement(release string) ([]byte, diag.List, error) {
	root, err := os.OpenRoot(release)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	info, err := root.Lstat(statementName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, signatureFinding(diag.SignatureStatement, statementName, "this release has no statement of provenance, so that it cannot be signed", helpUnsigned), nil
	case err != nil:
		return nil, nil, err
	case !info.Mode().IsRegular() || info.Size() > dsse.MaxPayload:
		return nil, signatureFinding(diag.SignatureStatement, statementName,
			fmt.Sprintf("this is not a plain file of at most %d bytes, as the statement of a release is", dsse.MaxPayload), helpSigned), nil
	}
	data, err := root.ReadFile(statementName)
	return data, nil, err
}

// compareStatement holds a statement against the release that it was found in,
// which was verified. Without findings, the statement names every file of the
// release, itself and the checksums aside.
func compareStatement(data []byte, release string, m *build.Manifest) (*provenance.Provenance, diag.List, error) {
	p, err := provenance.Parse(data)
	if err != nil {
		return nil, signatureFinding(diag.SignatureStatement, statementName, err.Error(), helpSigned), nil
	}
	if p.Dataset != m.Dataset || p.Version != m.Version || p.OutputVersion != m.OutputVersion {
		return nil, signatureFinding(diag.SignatureStatement, statementName, fmt.Sprintf("the statement is about %s %s (output version %d), the release is %s %s (output version %d)",
			p.Dataset, p.Version, p.OutputVersion, m.Dataset, m.Version, m.OutputVersion), helpSigned), nil
	}
	manifest, err := os.ReadFile(filepath.Join(release, manifestName))
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(manifest)
	files := []provenance.File{{Name: manifestName, SHA256: hex.EncodeToString(sum[:])}}
	for _, f := range m.Files {
		if f.Path != statementName { // which cannot name itself
			files = append(files, provenance.File{Name: f.Path, SHA256: f.SHA256})
		}
	}
	var list diag.List
	for _, d := range p.Compare(files) {
		list = append(list, signatureFinding(diag.SignatureFiles, statementName, d.String(), helpSigned)...)
	}
	return p, list, nil
}

// publicKeys reads the keys that may have signed.
func (a *App) publicKeys(file string) ([]dsse.PublicKey, error) {
	data, err := a.keyFile(file)
	if err != nil {
		return nil, err
	}
	keys, err := dsse.ParsePublicKeys(data)
	if err != nil {
		return nil, usagef("%s (--key): %w", file, err)
	}
	return keys, nil
}

func (a *App) keyFile(file string) ([]byte, error) {
	path := a.path(file)
	data, err := readLimited(path, dsse.MaxKeyFile)
	if err != nil {
		return nil, usagef("the key (--key): %w", missingPath(file, path, err))
	}
	return data, nil
}

// readLimited reads a file that has at most limit bytes.
func readLimited(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = &fs.PathError{Op: "read", Path: path, Err: fmt.Errorf("it has more than %d bytes, and no such file does", limit)}
	}
	return data, err
}

// refuse prints the findings because of which a command ends, and says on the
// log what was therefore not done.
func (a *App) refuse(f reportFlags, list diag.List, files int, undone string) error {
	if err := a.print(f, diag.NewReport(files, 0, list, nil)); err != nil {
		return err
	}
	fmt.Fprintln(a.Stderr, harmless(undone))
	return findings()
}
