package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stemma/internal/dataset"
	"stemma/internal/suggest"
)

// Exit statuses. They are part of the interface: scripts depend on them.
const (
	ExitClean    = 0 // nothing to report
	ExitFindings = 1 // findings that fail the run
	ExitUsage    = 2 // wrong usage or configuration
	ExitFailure  = 3 // I/O, interruption, or a fault of stemma itself
)

// Version is the tool's version. What a release records is the output version.
const Version = "0.1.0"

// App is what a command may use of the world outside.
type App struct {
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Commit         string // of the source, if the build knows it

	directory string
}

// statusError ends a command with an exit status. Its error may be nil: the
// report has said it all.
type statusError struct {
	status int
	err    error
}

func (e *statusError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *statusError) Unwrap() error { return e.err }

func usage(err error) error { return &statusError{ExitUsage, err} }

func findings() error { return &statusError{ExitFindings, nil} }

// Run executes a command line without the program's name and gives the exit
// status.
func (a *App) Run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return ExitClean
	}
	status := ExitFailure
	var se *statusError
	switch {
	case errors.As(err, &se):
		status = se.status
	case ctx.Err() != nil:
		err = errors.New("interrupted; nothing was left half done")
	}
	if err.Error() != "" {
		fmt.Fprintf(a.Stderr, "stemma: %v\n", err)
	}
	return status
}

func (a *App) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "stemma",
		Short: "Turn records of who says what into releases that can be trusted",
		Long: `stemma checks hand-curated JSON records by their schemas and compiles them into
versioned, byte-reproducible Parquet and Arrow releases that keep every source's
version side by side.

Exit status: 0 clean, 1 findings, 2 wrong usage or configuration, 3 I/O or internal.
A flag that is not given is taken from the environment: STEMMA_FORMAT for --format.`,
		Version:           Version,
		SilenceUsage:      true,
		SilenceErrors:     true,
		Args:              cobra.NoArgs,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.fromEnvironment(cmd) },
	}
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	root.SetVersionTemplate(a.versionText())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usage(flagHint(cmd, err)) })
	root.PersistentFlags().StringVarP(&a.directory, "directory", "C", "", "work as if started in this folder")
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(a.validateCommand(), a.buildCommand(), a.verifyCommand(), a.fmtCommand())
	for _, c := range root.Commands() {
		wrapArgs(c)
	}
	wrapArgs(root)
	return root
}

// wrapArgs makes wrong arguments a fault of usage.
func wrapArgs(c *cobra.Command) {
	check := c.Args
	c.Args = func(cmd *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		if err := check(cmd, args); err != nil {
			return usage(fmt.Errorf("%w\ntry: %s --help", err, cmd.CommandPath()))
		}
		return nil
	}
}

func (a *App) versionText() string {
	commit := a.Commit
	if info, ok := debug.ReadBuildInfo(); ok && commit == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	if commit == "" {
		commit = "unknown"
	}
	return fmt.Sprintf("stemma %s (commit %s, %s)\n", Version, commit, runtime.Version())
}

// flagHint adds the flag that was probably meant.
func flagHint(cmd *cobra.Command, err error) error {
	name, ok := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !ok {
		return fmt.Errorf("%w\ntry: %s --help", err, cmd.CommandPath())
	}
	var names []string
	add := func(f *pflag.Flag) { names = append(names, f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	if near, ok := suggest.Nearest(name, names); ok {
		return fmt.Errorf("unknown flag --%s; did you mean --%s?", name, near)
	}
	return fmt.Errorf("unknown flag --%s\ntry: %s --help", name, cmd.CommandPath())
}

// fromEnvironment sets flags that were not given from STEMMA_<FLAG>.
func (a *App) fromEnvironment(cmd *cobra.Command) error {
	var failed error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		name := "STEMMA_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value := a.Getenv(name); value != "" && !f.Changed && f.Name != "help" && f.Name != "version" {
			if err := cmd.Flags().Set(f.Name, value); err != nil && failed == nil {
				failed = usage(fmt.Errorf("%s: %w", name, err))
			}
		}
	})
	return failed
}

// findRoot finds the dataset that a command works on.
func (a *App) findRoot() (string, error) {
	root, err := dataset.FindRoot(a.workDir())
	if errors.Is(err, dataset.ErrNoDataset) {
		return "", usage(fmt.Errorf("%w\nstart stemma inside a dataset, or name its folder with -C", err))
	}
	return root, err
}

func (a *App) workDir() string {
	if a.directory != "" {
		return a.directory
	}
	return "."
}

// Main runs the program and gives its exit status.
func Main(ctx context.Context, commit string) int {
	a := &App{Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Commit: commit}
	return a.Run(ctx, os.Args[1:])
}
