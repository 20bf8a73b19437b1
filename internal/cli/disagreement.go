package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"stemma/build"
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/show"
	"stemma/internal/strictjson"
	"stemma/internal/suggest"
	"stemma/validate"
)

// disagreementFlags say which questions are shown, and how.
type disagreementFlags struct {
	reportFlags
	classes classList
	width   number
}

func (a *App) disagreementCommand() *cobra.Command {
	var f disagreementFlags
	c := &cobra.Command{
		Use:   "disagreement [ID]",
		Short: "Show who says what, and whether it can all be true",
		Long: `Without ID, lists the questions of the dataset by class, the disagreements first.
With the ID of a question, or its beginning, draws who says what: the intervals
to scale, one line per claim, grouped by origin. With the ID of an actor, an
event, a measure, a place, a source or a claim, draws all its questions.

Classes: conflicting, denied, denied_only, corroborated, compatible,
not_comparable, uncontested, no_value. A question has the class of what is
asserted (value_class), and one that takes denials into account
(agreement_class); --class looks at both.

The dataset is validated first. Nothing is judged to be true.`,
		Example: `  stemma disagreement
  stemma disagreement --class conflicting,denied
  stemma disagreement act-ttp
  stemma disagreement q-1a2b --format json`,
		Args: oneID,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.disagreement(cmd.Context(), f, strings.Join(args, ""))
		},
	}
	c.Flags().Var(&f.classes, "class", "show only questions of these classes, with commas between")
	addChoice(c, &f.format, "format", "format of the output", "text", "json")
	c.Flags().StringVarP(&f.output, "output", "o", "", "write into `FILE`")
	addColorFlag(c, &f.reportFlags)
	c.Flags().Var(&f.width, "width", "columns of the text, at least 60 (default: those of the terminal, else 100)")
	if err := c.RegisterFlagCompletionFunc("class", cobra.FixedCompletions(show.Classes(), cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag was added above
	}
	return c
}

// oneID is for commands that take at most one id.
func oneID(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return fmt.Errorf("%s takes one ID, but there is also %q\n%s", cmd.CommandPath(), args[1], tryHelp(cmd))
	}
	if len(args) == 1 && args[0] == "" {
		return fmt.Errorf("the ID is empty\n%s", tryHelp(cmd))
	}
	return nil
}

// classList is a flag that takes classes, any number of times.
type classList []string

func (c *classList) String() string { return strings.Join(*c, ",") }

// Type is what the help shows in place of the value.
func (c *classList) Type() string { return "CLASS,..." }

func (c *classList) Set(s string) error {
	known := show.Classes()
	for name := range strings.SplitSeq(s, ",") {
		one := choice{new(string), known}
		if err := one.Set(strings.TrimSpace(name)); err != nil {
			if name != s {
				return fmt.Errorf("has %q, which %w", name, err)
			}
			return err
		}
		*c = append(*c, *one.value)
	}
	return nil
}

const (
	leastWidth = 60
	mostWidth  = 1000
	usualWidth = 100
)

// textWidth gives the columns of a text: those that are asked for, else those of
// the terminal, else of the environment.
func (a *App) textWidth(f disagreementFlags) (int, error) {
	if f.width != 0 {
		if f.width < leastWidth || f.width > mostWidth {
			return 0, usagef("--width %d is not from %d to %d", f.width, leastWidth, mostWidth)
		}
		return int(f.width), nil
	}
	width := usualWidth
	if n, err := strconv.Atoi(a.Getenv("COLUMNS")); err == nil && n > 0 {
		width = n
	}
	if file, ok := a.Stdout.(*os.File); ok && f.output == "" {
		if n, _, err := term.GetSize(int(file.Fd())); err == nil && n > 0 {
			width = n
		}
	}
	return min(max(width, leastWidth), mostWidth), nil
}

func (a *App) disagreement(ctx context.Context, f disagreementFlags, id string) error {
	width, err := a.textWidth(f)
	if err != nil {
		return err
	}
	root, snap, list, err := a.openShown(ctx)
	if err != nil {
		return err
	}
	if err := a.checkOutput(&f.reportFlags, root, snap); err != nil {
		return err
	}
	if snap != nil && snap.Config.Model != dataset.ModelStemma {
		return usagef(`there are no claims to compare: %s does not say "model": %q`, dataset.ConfigName, dataset.ModelStemma)
	}
	p := a.progress("validate")
	defer p.end()
	checked, err := validate.Run(ctx, snap, list, validate.Options{Progress: p.update})
	p.end()
	if err != nil {
		return err
	}
	if checked.Checked == nil {
		return a.unfit(f.reportFlags, root, snap, checked)
	}
	p = a.progress("compare")
	defer p.end()
	set, err := a.questions(ctx, f, checked.Checked, id)
	p.end()
	if err != nil {
		return err
	}
	if set.Len() == 0 {
		fmt.Fprintln(a.Stderr, harmless(noQuestion(f, id)))
	}
	return a.write(f, func(w io.Writer) error { return a.showQuestions(w, set, f, checked.Checked, id, width) })
}

// unfit reports why the records cannot be compared.
func (a *App) unfit(f reportFlags, root string, snap *dataset.Snapshot, result *validate.Result) error {
	f.output = "" // what is in the file may be good
	report := diag.NewReport(result.Files, result.Records, result.Diagnostics, sourceLines(root, snap))
	if err := a.print(f, report); err != nil {
		return err
	}
	fmt.Fprintln(a.Stderr, "nothing was compared: the dataset has errors; mend them, and check with stemma validate")
	return verdict(report, snap, false)
}

// questions computes the questions and chooses those that were asked for.
func (a *App) questions(ctx context.Context, f disagreementFlags, checked *validate.Checked, id string) (*show.Set, error) {
	result, err := build.Disagreement(ctx, checked)
	if err != nil {
		return nil, err
	}
	book := &show.Book{}
	if f.format == "text" || id != "" {
		fillBook(book, checked)
	}
	set := show.New(result, book)
	if id != "" {
		if set, err = set.Find(id); err != nil {
			return nil, usage(err)
		}
	}
	return set.OfClasses(f.classes), nil
}

// fillBook gets the names of everything.
func fillBook(book *show.Book, checked *validate.Checked) {
	for _, k := range checked.Kinds() {
		for _, e := range k.Records {
			if v, problems := strictjson.Parse(e.Data); problems == nil {
				book.Add(k.Name, v)
			}
		}
	}
}

func (a *App) showQuestions(w io.Writer, set *show.Set, f disagreementFlags, checked *validate.Checked, id string, width int) error {
	switch {
	case f.format == "json":
		return set.JSON(w, recordPaths(checked))
	case set.Len() == 0:
		return nil
	case id != "":
		return set.Draw(w, width, a.useColor(f.reportFlags))
	}
	return set.List(w, width, a.useColor(f.reportFlags))
}

// recordPaths finds the files of records.
func recordPaths(checked *validate.Checked) func(kind, id string) string {
	type key struct{ kind, id string }
	paths := map[key]string{}
	for _, k := range checked.Kinds() {
		for _, e := range k.Records {
			paths[key{k.Name, e.ID.Text}] = e.File.Path
		}
	}
	return func(kind, id string) string { return paths[key{kind, id}] }
}

func noQuestion(f disagreementFlags, id string) string {
	text := "there is no question"
	if id != "" {
		text += " about " + id
	}
	if len(f.classes) > 0 {
		quoted := suggest.List(slices.Compact(slices.Sorted(slices.Values(f.classes))), len(show.Classes()))
		text += " of the class " + quoted
	}
	return text
}

// write gives what is shown to the standard output, or to the file that was
// asked for, which is there as a whole or not at all.
func (a *App) write(f disagreementFlags, content func(io.Writer) error) error {
	if f.output == "" {
		return content(a.out)
	}
	var b bytes.Buffer
	if err := content(&b); err != nil {
		return err
	}
	if err := writeReport(a.path(f.output), b.Bytes()); err != nil {
		return errors.Join(fmt.Errorf("nothing could be written to %s", f.output), err)
	}
	return nil
}
