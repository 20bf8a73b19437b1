package cli

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"stemma/build"
	"stemma/internal/diag"
)

func (a *App) buildCommand() *cobra.Command {
	f := reportFlags{format: "text", color: "auto"}
	var out string
	c := &cobra.Command{
		Use:   "build",
		Short: "Compile the dataset into a sealed release",
		Long: `Checks the dataset and compiles it into OUT/v<version>. The release appears as a
whole or not at all. A version that is published already is never changed; a
development version (0.2.0-dev) is replaced.`,
		Example: "  stemma build --out dist",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.build(cmd.Context(), f, out)
		},
	}
	c.Flags().StringVar(&out, "out", "", "folder of the releases (default: dist in the dataset)")
	c.Flags().StringVar(&f.color, "color", "auto", "colour: auto, always or never")
	return c
}

func (a *App) build(ctx context.Context, f reportFlags, out string) error {
	if _, err := a.printer(f); err != nil {
		return err
	}
	s := stages{a: a}
	s.begin("read")
	root, snap, list, err := a.load(ctx)
	if err != nil {
		return err
	}
	switch {
	case out == "":
		out = filepath.Join(root, "dist")
	case !filepath.IsAbs(out):
		out = filepath.Join(a.workDir(), out)
	}
	s.begin("validate")
	result, err := a.check(ctx, snap, list, "", 0)
	s.end()
	if err != nil {
		return err
	}
	report := diag.NewReport(result.Files, result.Records, result.Diagnostics, sourceLines(root, snap))
	if result.Checked == nil {
		if err := a.print(f, report); err != nil {
			return err
		}
		return findings()
	}
	if report.Warnings > 0 {
		fmt.Fprintf(a.Stderr, "validate: %s; stemma validate shows them\n", count(report.Warnings, "warning"))
	}
	release, list, err := build.Build(ctx, result.Checked, build.Options{Out: out, Stage: s.begin, Progress: s.update})
	s.end()
	if err != nil {
		return err
	}
	if list.HasErrors() {
		if err := a.print(f, diag.NewReport(result.Files, result.Records, list, nil)); err != nil {
			return err
		}
		return findings()
	}
	s.print()
	fmt.Fprintln(a.Stdout, buildSummary(release))
	return nil
}

func buildSummary(r *build.Release) string {
	var rows int64
	for _, t := range r.Manifest.Tables {
		rows += t.Rows
	}
	what := map[build.Outcome]string{
		build.Created: "created", build.Replaced: "replaced", build.Unchanged: "unchanged: the release is there already, byte for byte",
	}[r.Outcome]
	return fmt.Sprintf("%s: %s in %s (%s)", filepath.ToSlash(r.Dir), count(int(rows), "row"), count(len(r.Manifest.Tables), "table"), what)
}

// count puts a number and a noun into words.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
