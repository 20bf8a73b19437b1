package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"stemma/build"
	"stemma/internal/diag"
)

// verifyFlags are the flags of stemma verify.
type verifyFlags struct {
	reportFlags
	rebuild        bool
	key, signature string // empty: none
}

func (a *App) verifyCommand() *cobra.Command {
	var f verifyFlags
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check that releases are what they say they are",
		Long: `Checks the release in DIR: names and sizes, digests, tables, and the same values
through a second, independent reader. With --rebuild the release is built once
more from its own bundled sources, and every byte is compared. Neither the
network nor version control is used. Reports name files as seen from DIR.

If DIR is a folder of releases, such as dist, each of them is checked, and then
that each knows those before it as they are, that the deltas lead from each to
the next, and that the lists beside them are those that follow. Releases of
other output versions are rebuilt and compared column by column.

With --key the signature that stemma sign wrote is verified first, with public
keys that you trust: a .pub file of ssh-keygen, a list of such lines, or a public
key as PEM. Nothing of the release is parsed before that.`,
		Example: "  stemma verify dist/v0.1.0 --rebuild\n  stemma verify dist/v0.1.0 --key release-key.pub",
		Args:    oneRelease,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.verify(cmd.Context(), f, args[0])
		},
	}
	addReportFlags(c, &f.reportFlags)
	c.Flags().BoolVar(&f.rebuild, "rebuild", false, "also rebuild from the bundled sources and compare every byte")
	c.Flags().StringVar(&f.key, "key", "", "verify the signature with the public keys in this `FILE`")
	c.Flags().StringVar(&f.signature, "signature", "", "`FILE` of the signature (default: DIR.dsse.json)")
	return c
}

func (a *App) verify(ctx context.Context, f verifyFlags, dir string) error {
	if err := a.checkOutput(&f.reportFlags, "", nil); err != nil {
		return err
	}
	path := a.path(dir)
	if build.HoldsReleases(path) {
		return a.verifyReleases(ctx, f, dir)
	}
	if err := releaseFolder(dir, path); err != nil {
		return err
	}
	if f.output != "" {
		if _, inside := below(absolute(path), absolute(a.path(f.output))); inside {
			return usagef("a release holds nothing but what was sealed: write the report elsewhere (-o)")
		}
	}
	s := stages{a: a}
	defer s.end()
	signed, list, err := a.signed(f, s.begin, dir)
	s.end()
	if err != nil {
		return err
	}
	if list.HasErrors() {
		return a.refuse(f.reportFlags, list, 1, "nothing else in "+dir+" was looked at")
	}
	verified, list, err := a.verifySigned(ctx, signed, path, build.VerifyOptions{Rebuild: f.rebuild, Stage: s.begin, Progress: s.update})
	s.end()
	if err != nil {
		return err
	}
	if f.format != "text" || len(list) > 0 || f.output != "" {
		if err := a.print(f.reportFlags, diag.NewReport(verified.Files, 0, list, nil)); err != nil {
			return err
		}
	}
	if list.HasErrors() {
		return findings()
	}
	s.print()
	if f.format == "text" && f.output == "" {
		fmt.Fprint(a.out, harmless(verifiedText(dir, verified, signed)))
	}
	return nil
}

// signed verifies the signature of a release if there are keys to verify it with.
func (a *App) signed(f verifyFlags, stage func(string), dir string) (*signature, diag.List, error) {
	if f.key == "" {
		if f.signature != "" {
			return nil, nil, usagef("a signature is verified with a key that you trust; name it too (--key)")
		}
		return nil, nil, nil
	}
	keys, err := a.publicKeys(f.key)
	if err != nil {
		return nil, nil, err
	}
	if f.signature == "" {
		f.signature = signatureFile(dir)
	}
	stage("signature")
	return a.openSignature(a.path(dir), f.signature, keys)
}

// verifySigned verifies a release, and that its signature, if there is one, is
// about it.
func (a *App) verifySigned(ctx context.Context, signed *signature, path string, opt build.VerifyOptions) (*build.Verified, diag.List, error) {
	verified, list, err := build.Verify(ctx, path, opt)
	if err != nil || signed == nil || list.HasErrors() {
		return verified, list, err
	}
	_, differences, err := compareStatement(signed.payload, path, verified.Manifest)
	return verified, append(list, differences...).Sorted(), err
}

// oneRelease is for commands that take the folder of a release.
func oneRelease(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return fmt.Errorf("name the folder of one release, such as: %s dist/v0.1.0", cmd.CommandPath())
}

// releaseFolder refuses what cannot be meant: no folder, or the one that holds
// the releases.
func releaseFolder(arg, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return usage(missingPath(arg, path, err))
	}
	if !info.IsDir() {
		return usagef("%s is a file, not the folder of a release", arg)
	}
	releases, err := fs.Glob(os.DirFS(path), "v*/manifest.json")
	if _, own := os.Lstat(filepath.Join(path, "manifest.json")); own != nil && err == nil && len(releases) > 0 {
		return usagef("%s holds releases; name one of them, such as %s", arg, filepath.Join(arg, filepath.Dir(releases[0])))
	}
	return nil
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// verifiedText says what was proved, and what was not.
func verifiedText(dir string, v *build.Verified, signed *signature) string {
	m := v.Manifest
	text := fmt.Sprintf("ok: %s is %s %s as its manifest describes it: %s, %s with %s\n", filepath.ToSlash(dir), m.Dataset, m.Version,
		count(v.Files, "file"), count(len(m.Tables), "table"), count(rows(m), "row"))
	text += "proved: nothing is missing, added or changed since it was sealed; two independent readers see the same values\n"
	if v.Rebuilt {
		text += "proved: the bundled sources become exactly these bytes\n"
	} else {
		text += "not checked: whether the bundled sources become these bytes (--rebuild)\n"
	}
	if signed == nil {
		return text + "not proved: who made it; compare the SHA-256 of manifest.json with a copy that you trust\n"
	}
	name := "" // which is whatever somebody wrote beside the key
	if signed.key.Name != "" {
		name = fmt.Sprintf(", called %q beside it,", signed.key.Name)
	}
	return text + fmt.Sprintf("proved: who holds the private half of the key %s%s signed this release, every file of it\n", signed.key.ID, name) +
		"not proved: whose key that is, and when it signed; compare the key with one from a source that you trust\n"
}
