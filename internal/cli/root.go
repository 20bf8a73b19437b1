package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"unicode"

	"github.com/spf13/cobra"

	"stemma/internal/dataset"
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
	out       *stdout // Stdout, with its first error kept
}

// stdout is the standard output. A report that could not be written must not
// end with the status of one that was, so the first error is kept for the end.
type stdout struct {
	io.Writer
	err error
}

func (r *stdout) Write(p []byte) (int, error) {
	n, err := r.Writer.Write(p)
	if err != nil && r.err == nil {
		r.err = err
	}
	return n, err
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

// statusOf gives the exit status that an error stands for. What no command gave
// a status is about files, or a fault of stemma.
func statusOf(err error) int {
	var se *statusError
	switch {
	case err == nil:
		return ExitClean
	case errors.As(err, &se):
		return se.status
	}
	return ExitFailure
}

func usage(err error) error { return &statusError{ExitUsage, err} }

func usagef(format string, args ...any) error { return usage(fmt.Errorf(format, args...)) }

func findings() error { return &statusError{ExitFindings, nil} }

// Main runs the program and gives its exit status. The first interruption ends
// the command in good order, a second one at once.
func Main(commit string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	a := &App{Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Commit: commit}
	return a.Run(ctx, os.Args[1:])
}

// Run executes a command line without the program's name and gives the exit
// status.
func (a *App) Run(ctx context.Context, args []string) int {
	a.out = &stdout{Writer: a.Stdout}
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	status := statusOf(err)
	switch {
	case a.out.err != nil:
		status, err = ExitFailure, fmt.Errorf("the report could not be written: %w", a.out.err)
	case status == ExitFailure && errors.Is(err, context.Canceled) && !errors.As(err, new(*stands)):
		err = errors.New("interrupted; every file is as it was before, or complete")
	}
	if err != nil && err.Error() != "" {
		fmt.Fprintf(a.Stderr, "stemma: %s\n", harmless(err.Error()))
	}
	return status
}

// harmless escapes what a terminal would obey or hide: names of files and what
// a downloaded release says of itself come from anybody.
func harmless(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\n' || unicode.IsPrint(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u{%x}`, r)
		}
	}
	return b.String()
}

func (a *App) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "stemma",
		Short: "Turn records of who says what into releases that can be trusted",
		Long: `stemma checks hand-curated JSON records by their schemas and compiles them into
versioned, byte-reproducible Parquet and Arrow releases that keep every source's
version side by side. The dataset is found by its dataset.json, in this folder or
above it; reports name files as seen from there.

Exit status:
  0  clean
  1  findings; of diff, a difference
  2  wrong usage, such as a path that does not exist; errors in dataset.json, the
     policy or a schema, without which records cannot be judged
  3  a file could not be read or written, an interruption, a fault of stemma

Environment:
  STEMMA_FORMAT=json and so on   stands for --format json where the flag is not given
  NO_COLOR                       no colour, unless --color asks for it
  CI                             no progress bars
  TERM=dumb                      neither`,
		Version:           Version,
		SilenceUsage:      true,
		SilenceErrors:     true,
		Args:              a.knownCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.prepare(cmd) },
	}
	root.SetOut(a.out)
	root.SetErr(a.Stderr)
	root.SetVersionTemplate(a.versionText())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usage(flagWords(cmd, err)) })
	root.PersistentFlags().StringVarP(&a.directory, "directory", "C", "", "work as if started in this `FOLDER`")
	root.AddCommand(a.validateCommand(), a.buildCommand(), a.verifyCommand(), a.signCommand(), a.exportCommand(), a.fmtCommand(), a.diffCommand(), a.disagreementCommand())
	root.SetHelpCommand(a.helpCommand())
	root.InitDefaultCompletionCmd(root.Name())
	wrapArgs(root)
	return root
}

// prepare does what every command does first.
func (a *App) prepare(cmd *cobra.Command) error {
	if err := a.fromEnvironment(cmd); err != nil {
		return err
	}
	if a.directory == "" {
		return nil
	}
	if info, err := os.Stat(a.directory); err != nil || !info.IsDir() {
		return usagef("there is no folder %s (-C)", a.directory)
	}
	return nil
}

func (a *App) versionText() string {
	commit, modified := a.Commit, ""
	if info, ok := debug.ReadBuildInfo(); ok && commit == "" {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				commit = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				modified = " with changes"
			}
		}
	}
	if commit == "" {
		return fmt.Sprintf("stemma %s (%s)\n", Version, runtime.Version())
	}
	return fmt.Sprintf("stemma %s (commit %s%s, %s)\n", Version, commit, modified, runtime.Version())
}

// findRoot finds the dataset that a command works on.
func (a *App) findRoot() (string, error) {
	root, err := dataset.FindRoot(a.path("."))
	if errors.Is(err, dataset.ErrNoDataset) {
		return "", usagef("%w\nstart stemma inside a dataset, or name its folder with -C", err)
	}
	return root, err
}

// path gives a path of the command line as seen from where stemma was started.
func (a *App) path(p string) string {
	if a.directory == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(a.directory, p)
}
