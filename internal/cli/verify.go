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

func (a *App) verifyCommand() *cobra.Command {
	var f reportFlags
	var rebuild bool
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check that a release is what it says it is",
		Long: `Checks the release in DIR: names and sizes, digests, tables, and the same values
through a second, independent reader. With --rebuild the release is built once
more from its own bundled sources, and every byte is compared. Neither the
network nor version control is used. Reports name files as seen from DIR.`,
		Example: "  stemma verify dist/v0.1.0 --rebuild",
		Args:    oneRelease,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.verify(cmd.Context(), f, args[0], rebuild)
		},
	}
	addReportFlags(c, &f)
	c.Flags().BoolVar(&rebuild, "rebuild", false, "also rebuild from the bundled sources and compare every byte")
	return c
}

func (a *App) verify(ctx context.Context, f reportFlags, dir string, rebuild bool) error {
	if err := a.checkOutput(&f, "", nil); err != nil {
		return err
	}
	path := a.path(dir)
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
	verified, list, err := build.Verify(ctx, path, build.VerifyOptions{Rebuild: rebuild, Stage: s.begin, Progress: s.update})
	s.end()
	if err != nil {
		return err
	}
	if f.format != "text" || len(list) > 0 || f.output != "" {
		if err := a.print(f, diag.NewReport(verified.Files, 0, list, nil)); err != nil {
			return err
		}
	}
	if list.HasErrors() {
		return findings()
	}
	s.print()
	if f.format == "text" && f.output == "" {
		fmt.Fprint(a.out, harmless(verifiedText(dir, verified)))
	}
	return nil
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
func verifiedText(dir string, v *build.Verified) string {
	m := v.Manifest
	text := fmt.Sprintf("ok: %s is %s %s as its manifest describes it: %s, %s with %s\n", filepath.ToSlash(dir), m.Dataset, m.Version,
		count(v.Files, "file"), count(len(m.Tables), "table"), count(rows(m), "row"))
	text += "proved: nothing is missing, added or changed since it was sealed; two independent readers see the same values\n"
	if v.Rebuilt {
		text += "proved: the bundled sources become exactly these bytes\n"
	} else {
		text += "not checked: whether the bundled sources become these bytes (--rebuild)\n"
	}
	return text + "not proved: who made it; compare the SHA-256 of manifest.json with a copy that you trust\n"
}
