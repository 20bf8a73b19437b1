package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"stemma/build/provenance"
	"stemma/internal/dsse"
)

const nothingSigned = "nothing was signed"

// signFlags are the flags of stemma sign.
type signFlags struct {
	reportFlags
	key   string
	force bool
}

func (a *App) signCommand() *cobra.Command {
	f := signFlags{reportFlags: reportFlags{format: "text"}}
	c := &cobra.Command{
		Use:   "sign DIR",
		Short: "Sign a release",
		Long: `Verifies the release in DIR, then signs its provenance.intoto.json, which names
every file of the release by its SHA-256. The signature is a DSSE envelope in a
file beside DIR: DIR.dsse.json. The release itself is not changed.

The key is an Ed25519 key without a passphrase, as ssh-keygen (OpenSSH) or
openssl (PEM, PKCS #8) writes it. The same release and key give the same bytes.
Publish the public key where readers can trust it; they verify with
stemma verify DIR --key FILE.`,
		Example: "  ssh-keygen -t ed25519 -N '' -f release-key\n  stemma sign dist/v0.1.0 --key release-key",
		Args:    oneRelease,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.sign(cmd.Context(), f, args[0])
		},
	}
	c.Flags().StringVar(&f.key, "key", "", "`FILE` of the private key")
	c.Flags().StringVarP(&f.output, "output", "o", "", "write the signature into `FILE` (default: DIR.dsse.json)")
	c.Flags().BoolVar(&f.force, "force", false, "replace another signature that is there")
	addColorFlag(c, &f.reportFlags)
	return c
}

func (a *App) sign(ctx context.Context, f signFlags, dir string) error {
	if f.key == "" {
		return usagef("name the private key: stemma sign %s --key FILE", dir)
	}
	path, out := a.path(dir), f.output
	f.output = "" // findings are shown
	if err := releaseFolder(dir, path); err != nil {
		return err
	}
	if out == "" {
		out = signatureFile(dir)
	}
	if err := signaturePlace(out, a.path(out)); err != nil {
		return err
	}
	key, err := a.privateKey(f.key)
	if err != nil {
		return err
	}
	statement, p, err := a.statementToSign(ctx, f.reportFlags, path)
	if err != nil {
		return err
	}
	envelope, err := dsse.Sign(provenance.PayloadType, statement, key)
	if err != nil {
		return err
	}
	outcome, err := writeSignature(out, a.path(out), envelope, f.force)
	if err != nil {
		return err
	}
	fmt.Fprint(a.out, harmless(fmt.Sprintf("signed: %s of %s %s, SHA-256 %x: it names %s of the release\nkey: %s\n%s: %s\n",
		filepath.ToSlash(filepath.Join(dir, statementName)), p.Dataset, p.Version, sha256.Sum256(statement),
		count(len(p.Files), "file"), key.Public().ID, outcome, filepath.ToSlash(out))))
	return nil
}

// statementToSign gives the statement of a release that is as the statement says.
func (a *App) statementToSign(ctx context.Context, f reportFlags, path string) ([]byte, *provenance.Provenance, error) {
	s := stages{a: a}
	defer s.end()
	// What cannot be signed is said before the minutes that verifying may take.
	statement, list, err := readStatement(path)
	if err != nil {
		return nil, nil, err
	}
	if list != nil {
		return nil, nil, a.refuse(f, list, 1, nothingSigned)
	}
	verified, err := a.sound(ctx, f, &s, path, nothingSigned)
	if err != nil {
		return nil, nil, err
	}
	p, list, err := compareStatement(statement, path, verified.Manifest)
	if err != nil {
		return nil, nil, err
	}
	if list.HasErrors() {
		return nil, nil, a.refuse(f, list, verified.Files, nothingSigned)
	}
	s.print()
	return statement, p, nil
}

// privateKey reads the key that signs. Others who can read it can sign as well,
// so they are warned about.
func (a *App) privateKey(file string) (*dsse.PrivateKey, error) {
	data, err := a.keyFile(file)
	if err != nil {
		return nil, err
	}
	key, err := dsse.ParsePrivateKey(data)
	if err != nil {
		return nil, usagef("%s (--key): %w", file, err)
	}
	const others = 0o077
	// Windows has no such modes.
	if info, err := os.Stat(a.path(file)); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&others != 0 && runtime.GOOS != "windows" {
		fmt.Fprintf(a.Stderr, "warning: other users may read or change %s (mode %04o); run: chmod 600 %[1]s, and use a new key if somebody did\n", harmless(file), info.Mode().Perm())
	}
	return key, nil
}

// signaturePlace refuses places where a signature would break something.
func signaturePlace(arg, path string) error {
	if info, err := os.Stat(filepath.Dir(absolute(path))); err != nil || !info.IsDir() {
		return usagef("there is no folder %s for the signature (-o)", filepath.Dir(arg))
	}
	if release := insideRelease(absolute(path)); release != "" {
		return usagef("a release holds nothing but what was sealed: write the signature elsewhere (-o)")
	}
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		return usagef("%s is there already and is no plain file; name another place for the signature (-o)", arg)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// writeSignature writes an envelope, as a whole or not at all, and says what
// became of its place. Another file that is there already stays, unless it is
// to be replaced.
func writeSignature(arg, path string, envelope []byte, force bool) (outcome string, err error) {
	there, err := readLimited(path, maxEnvelope)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		outcome = "written"
	case err == nil && bytes.Equal(there, envelope):
		return "there already, byte for byte", nil
	case !force:
		return "", usagef("%s is there already and is another file or signature; name another place (-o), or replace it (--force)", arg)
	default:
		outcome = "replaced"
	}
	if err := replaceFile(path, envelope, 0o644); err != nil {
		return "", fmt.Errorf("the signature could not be written: %w", err)
	}
	return outcome, nil
}
