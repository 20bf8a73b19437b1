package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/validate"
)

func (a *App) validateCommand() *cobra.Command {
	var f reportFlags
	var failOn, texts string
	var jobs int
	c := &cobra.Command{
		Use:   "validate [PATH...]",
		Short: "Check the records of the dataset",
		Long: `Checks every record of the dataset by its schema and against the others. With
PATHs, only findings about those files and folders are shown; the others are
still read, since records refer to each other.`,
		Example: "  stemma validate\n  stemma validate records/claims --format json -o report.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if failOn != "error" && failOn != "warning" {
				return usage(badChoice("--fail-on", failOn, []string{"error", "warning"}))
			}
			if f.max < 0 || jobs < 0 {
				return usage(fmt.Errorf("--max-errors and -j are not negative"))
			}
			return a.validate(cmd.Context(), f, failOn, texts, jobs, args)
		},
	}
	flags := c.Flags()
	addReportFlags(c, &f)
	flags.StringVar(&failOn, "fail-on", "error", "the least severity that gives exit status 1: error or warning")
	flags.StringVar(&texts, "texts", "", "folder with the texts of sources; quotes are looked up in those whose SHA-256 a source names")
	flags.IntVarP(&jobs, "jobs", "j", 0, "records checked at once (0: one for each processor)")
	return c
}

func addReportFlags(c *cobra.Command, f *reportFlags) {
	flags := c.Flags()
	flags.StringVar(&f.format, "format", "text", "format of the report: text or json")
	flags.StringVarP(&f.output, "output", "o", "", "write the report into this file")
	flags.StringVar(&f.color, "color", "auto", "colour in text reports: auto, always or never")
	flags.IntVar(&f.max, "max-errors", 0, "show at most this many findings in text reports (0: all)")
}

func (a *App) validate(ctx context.Context, f reportFlags, failOn, texts string, jobs int, args []string) error {
	if _, err := a.printer(f); err != nil {
		return err
	}
	root, snap, list, err := a.load(ctx)
	if err != nil {
		return err
	}
	selected, err := a.selection(root, args)
	if err != nil {
		return err
	}
	result, err := a.check(ctx, snap, list, texts, jobs)
	if err != nil {
		return err
	}
	var shown diag.List
	for _, d := range result.Diagnostics {
		if selected(d.Place.File) || touches(d, selected) {
			shown = append(shown, d)
		}
	}
	report := diag.NewReport(result.Files, result.Records, shown, sourceLines(root, snap))
	if err := a.print(f, report); err != nil {
		return err
	}
	if report.Errors > 0 || (failOn == "warning" && report.Warnings > 0) {
		return findings()
	}
	return nil
}

// touches tells whether a finding concerns a selected file in second place.
func touches(d diag.Diagnostic, selected func(string) bool) bool {
	for _, r := range d.Related {
		if selected(r.Place.File) {
			return true
		}
	}
	return false
}

// check runs the validation with progress.
func (a *App) check(ctx context.Context, snap *dataset.Snapshot, list diag.List, texts string, jobs int) (*validate.Result, error) {
	opt := validate.Options{Jobs: jobs}
	if texts != "" {
		var err error
		if opt.Texts, err = validate.LoadTexts(texts); err != nil {
			return nil, usage(err)
		}
	}
	p := a.progress("validate")
	defer p.end()
	opt.Progress = p.update
	return validate.Run(ctx, snap, list, opt)
}
