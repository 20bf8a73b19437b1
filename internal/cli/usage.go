package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stemma/internal/suggest"
)

// This file puts wrong command lines into words, and finds what was meant.

// choice is a flag that takes one of a few words.
type choice struct {
	value   *string
	allowed []string
}

func (c *choice) String() string { return *c.value }

// Type is what the help shows in place of the value.
func (c *choice) Type() string { return strings.Join(c.allowed, "|") }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		hint := "it is " + suggest.List(c.allowed, 8)
		if near, ok := suggest.Nearest(s, c.allowed); ok {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return errors.New("is not known; " + hint)
	}
	*c.value = s
	return nil
}

// addChoice adds a flag that takes one of a few words, the first by default.
func addChoice(c *cobra.Command, p *string, name, help string, allowed ...string) {
	*p = allowed[0]
	c.Flags().Var(&choice{p, allowed}, name, help)
	if err := c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(allowed, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag was added in the line before
	}
}

// number is a flag that takes a whole number that is not negative.
type number int

func (n *number) String() string { return strconv.Itoa(int(*n)) }

// Type is what the help shows in place of the value.
func (n *number) Type() string { return "N" }

func (n *number) Set(s string) error {
	v, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return errors.New("is not a whole number of at least 0")
	}
	*n = number(v)
	return nil
}

// flagWords says what is wrong with a flag.
func flagWords(cmd *cobra.Command, err error) error {
	var value *pflag.InvalidValueError
	var required *pflag.ValueRequiredError
	var unknown *pflag.NotExistError
	switch {
	case errors.As(err, &value):
		return fmt.Errorf("--%s %s", value.GetFlag().Name, valueWords(value.GetValue(), value.Unwrap()))
	case errors.As(err, &required):
		return fmt.Errorf("--%s needs a value\n%s", required.GetFlag().Name, tryHelp(cmd))
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		name := unknown.GetSpecifiedName()
		if near, ok := suggest.Nearest(name, flagNames(cmd)); ok {
			return fmt.Errorf("there is no flag --%s; did you mean --%s?", name, near)
		}
		return fmt.Errorf("there is no flag --%s\n%s", name, tryHelp(cmd))
	case errors.As(err, &unknown):
		return fmt.Errorf("there is no flag -%s\n%s", unknown.GetSpecifiedName(), tryHelp(cmd))
	}
	return fmt.Errorf("%w\n%s", err, tryHelp(cmd))
}

// valueWords says what is wrong with the value of a flag. The library's own
// words for numbers and booleans name Go functions.
func valueWords(value string, err error) string {
	if errors.Is(err, strconv.ErrSyntax) || errors.Is(err, strconv.ErrRange) {
		err = errors.New("is not true or false")
	}
	return fmt.Sprintf("%q %v", value, err)
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	add := func(f *pflag.Flag) { names = append(names, f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return names
}

func tryHelp(cmd *cobra.Command) string { return "try: " + cmd.CommandPath() + " --help" }

// knownCommand refuses the name of a command that there is not.
func (a *App) knownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	// What other tools call these commands.
	meant := map[string]string{"check": "validate", "lint": "validate", "format": "fmt", "compile": "build", "release": "build"}
	near, ok := meant[args[0]]
	if !ok {
		var names []string
		for _, c := range root.Commands() {
			names = append(names, c.Name())
		}
		near, ok = suggest.Nearest(args[0], names)
	}
	if ok {
		return fmt.Errorf("there is no command %q; did you mean %q?", args[0], near)
	}
	return fmt.Errorf("there is no command %q\n%s", args[0], tryHelp(root))
}

// helpCommand is cobra's, but for a command that there is not, which is a fault
// of usage.
func (a *App) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Say what a command does and which flags it has",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil {
				return usage(err)
			}
			if len(rest) > 0 {
				return usage(a.knownCommand(cmd.Root(), rest))
			}
			found.InitDefaultHelpFlag()
			found.InitDefaultVersionFlag()
			return found.Help()
		},
	}
}

// wrapArgs makes wrong arguments of a command, and of those below it, a fault
// of usage.
func wrapArgs(c *cobra.Command) {
	check := c.Args
	if check == nil && c.HasSubCommands() {
		check = cobra.NoArgs
	}
	c.Args = func(cmd *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		if err := check(cmd, args); err != nil {
			return usage(err)
		}
		return nil
	}
	for _, sub := range c.Commands() {
		wrapArgs(sub)
	}
}

// noArgs is for commands that take flags only.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no argument, but there is %q\n%s", cmd.CommandPath(), args[0], tryHelp(cmd))
	}
	return nil
}

// fromEnvironment sets flags that were not given from STEMMA_<FLAG>.
func (a *App) fromEnvironment(cmd *cobra.Command) error {
	var failed error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		name := "STEMMA_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value := a.Getenv(name)
		if value == "" || f.Changed || f.Name == "help" || f.Name == "version" || failed != nil {
			return
		}
		if err := cmd.Flags().Set(f.Name, value); err != nil {
			reason := err
			var invalid *pflag.InvalidValueError
			if errors.As(err, &invalid) {
				reason = invalid.Unwrap()
			}
			failed = usagef("%s in the environment: %s", name, valueWords(value, reason))
		}
	})
	return failed
}
