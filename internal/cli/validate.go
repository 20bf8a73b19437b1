package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"stemma/build"
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/validate"
)

func (a *App) validateCommand() *cobra.Command {
	var f reportFlags
	var failOn, texts string
	var jobs number
	c := &cobra.Command{
		Use:   "validate [PATH...]",
		Short: "Check the records of the dataset",
		Long: `Checks every record of the dataset by its schema and against the others. With
PATHs, only findings that concern those files and folders are shown and counted;
the others are still read, since records refer to each other.

With --texts, quotes are looked up in the texts of their sources; the last line
says how many sources and quotes that were.

Reports name files as seen from the folder of dataset.json. Columns count Unicode
characters, from 1. The exit status is 1 if there are errors.`,
		Example: "  stemma validate\n  stemma validate records/claims --format json -o report.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.validate(cmd.Context(), f, failOn, validate.Options{Jobs: int(jobs)}, texts, args)
		},
	}
	addReportFlags(c, &f)
	addChoice(c, &failOn, "fail-on", "the least severity that makes the exit status 1", "error", "warning")
	c.Flags().StringVar(&texts, "texts", "", "look quotes up in the texts of sources in this `FOLDER`, found by the SHA-256 that a source names")
	c.Flags().VarP(&jobs, "jobs", "j", "check this many records at once (0: one for each processor)")
	return c
}

func (a *App) validate(ctx context.Context, f reportFlags, failOn string, opt validate.Options, texts string, args []string) error {
	root, snap, list, err := a.openShown(ctx)
	if err != nil {
		return err
	}
	if err := a.checkOutput(&f, root, snap); err != nil {
		return err
	}
	selected, err := a.selectPaths(root, args)
	if err != nil {
		return err
	}
	if texts != "" {
		if _, err := os.Stat(a.path(texts)); err != nil {
			return usage(missingPath(texts, a.path(texts), err))
		}
		if opt.Texts, err = validate.LoadTexts(a.path(texts)); err != nil {
			return usage(err)
		}
	}
	var history diag.List
	if snap != nil && !list.HasErrors() {
		if snap, history, err = a.withLedger(ctx, root, snap); err != nil {
			return err
		}
	}
	p := a.progress("validate")
	opt.Progress = p.update
	result, err := validate.Run(ctx, snap, list, opt)
	p.end()
	if err != nil {
		return err
	}
	result.Diagnostics = append(result.Diagnostics, history...).Sorted()
	report, hidden, err := selectedReport(root, snap, result, selected)
	if err != nil {
		return err
	}
	if err := a.print(f, report); err != nil {
		return err
	}
	if texts != "" {
		a.printCoverage(f, texts, result.Texts)
	}
	if hidden > 0 {
		fmt.Fprintf(a.Stderr, "not shown: %s in other files\n", count(hidden, "finding"))
	}
	err = verdict(report, snap, failOn == "warning")
	switch {
	case statusOf(err) == ExitUsage:
		fmt.Fprintln(a.Stderr, "the records could not be judged: mend the configuration first")
	case list.HasErrors():
		fmt.Fprintln(a.Stderr, "the records were checked one by one, but not against each other: not all could be read")
	}
	return err
}

// withLedger attaches what the releases in the dataset's own folder say. One that
// is damaged is a warning here: the records can be checked without it.
func (a *App) withLedger(ctx context.Context, root string, snap *dataset.Snapshot) (*dataset.Snapshot, diag.List, error) {
	p := a.progress("history")
	defer p.end()
	history, found, err := build.FindLedger(ctx, snap.Config, filepath.Join(root, distName))
	if err != nil {
		return nil, nil, err
	}
	if found.HasErrors() {
		for i := range found {
			found[i].Severity = diag.Warning
		}
		return snap, found, nil
	}
	attached, found := history.Attach(snap)
	return attached, found, nil
}

// printCoverage says how the texts of a folder were used: at the end of a report
// for people, else in the log, where a program that reads the report has no use
// for it. It is about the whole dataset, whatever part is shown.
func (a *App) printCoverage(f reportFlags, folder string, c *validate.TextCoverage) {
	out := a.Stderr
	if f.format == "text" && f.output == "" {
		out = a.out
	}
	fmt.Fprintln(out, "texts:", coverageText(folder, c))
}

func coverageText(folder string, c *validate.TextCoverage) string {
	if c == nil {
		return "no quote was compared: the dataset is not of stemma's model, or not all of it could be read"
	}
	found := fmt.Sprintf("%d of %s found in %s; %s compared", c.Found, count(c.Sources, "source"), folder, count(c.Quotes, "quote"))
	if c.Found == 0 {
		found = fmt.Sprintf("none of %s found in %s; no quote was compared", count(c.Sources, "source"), folder)
	}
	if unnamed := c.Sources - c.Found - c.Missing; unnamed > 0 {
		found += fmt.Sprintf("; without text_sha256: %d", unnamed)
	}
	if c.Missing > 0 {
		found += fmt.Sprintf("; text not in the folder: %d", c.Missing)
	}
	return found
}

// selectedReport is the report about the selected part of the dataset, and the
// number of findings elsewhere. If dataset.json itself is wrong, no part can be
// judged, and everything is shown.
func selectedReport(root string, snap *dataset.Snapshot, result *validate.Result, s selection) (report *diag.Report, hidden int, err error) {
	files, records, shown := result.Files, result.Records, result.Diagnostics
	if snap != nil && len(s.paths) > 0 {
		if err := s.check(snap, result.Diagnostics); err != nil {
			return nil, 0, err
		}
		files, records = s.size(snap)
		shown = nil
		for _, d := range result.Diagnostics {
			if s.touches(d) {
				shown = append(shown, d)
			}
		}
	}
	return diag.NewReport(files, records, shown, sourceLines(root, snap)), len(result.Diagnostics) - len(shown), nil
}
