package descriptor

import (
	"fmt"
	"strings"
)

// exampleLength is the most characters of an example that are shown.
const exampleLength = 60

// Codebook writes CODEBOOK.md: every table and column with its type, meaning,
// allowed values, nulls and examples from the data.
func Codebook(d *Description) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Codebook\n\n%s, version %s. Each section is one table, `tables/<name>.parquet` and `tables/<name>.arrow`.\n\n", markdown(d.Dataset.title()), d.Dataset.Version)
	b.WriteString("“Nulls” is the share of rows without a value in this release. *Required* columns have one in every row of any release; where it says 0%, every row happens to have one, and a later release may have rows without. Patterns are regular expressions (RE2). Examples are values that occur.\n\n" +
		"The meanings come from the schemas of the records, so some of them also address those who write records (“leave it out when …”). To readers these say when a value is missing.\n\n")
	for i := range d.Tables {
		t := &d.Tables[i]
		fmt.Fprintf(&b, "- %s (%s)\n", code(t.Name), rows(t.Rows))
	}
	if d.flat() != nil {
		fmt.Fprintf(&b, "- %s (a view, no file)\n", code(FlatView))
	}
	for i := range d.Tables {
		d.Tables[i].section(&b)
	}
	if v := d.flat(); v != nil {
		v.section(&b)
	}
	return []byte(b.String())
}

func (t *Table) section(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n\n", markdown(t.Name))
	if t.Description != "" {
		fmt.Fprintf(b, "%s\n\n", markdown(t.Description))
	}
	fmt.Fprintf(b, "%s.", strings.ToUpper(rows(t.Rows)[:1])+rows(t.Rows)[1:])
	if t.Kind != "" {
		fmt.Fprintf(b, " From records of the kind %s.", code(t.Kind))
	} else {
		b.WriteString(" Computed from other tables.")
	}
	if len(t.PrimaryKey) > 0 {
		fmt.Fprintf(b, " One row for each %s.", codes(t.PrimaryKey))
	}
	for _, key := range t.ForeignKeys {
		fmt.Fprintf(b, " %s leads to %s of %s.", codes(key.Columns), codes(key.References), code(key.Table))
	}
	b.WriteString("\n\n| column | type | nulls | meaning | allowed | examples |\n|---|---|---|---|---|---|\n")
	for i := range t.Columns {
		c := &t.Columns[i]
		var examples []string
		for _, e := range c.Examples {
			examples = append(examples, code(short(e, exampleLength)))
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", code(c.Name), code(c.Type), c.nulls(t.Rows), markdown(c.Description), c.allowed(), strings.Join(examples, ", "))
	}
}

// section describes the view by what it has beside the columns of claims.
func (v *flatView) section(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n\n%s `load.sql` makes this view in DuckDB; there is no file of it. It has all columns of `claims`, each with the meaning that it has there, and behind an id the name that goes with it, or null where there is no id:\n\n", markdown(FlatView), flatMeaning)
	for _, c := range v.columns {
		if c.of != "" {
			fmt.Fprintf(b, "- %s, behind %s: %s\n", code(c.name), code(c.of), markdown(c.description))
		}
	}
}

func rows(n int64) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

func codes(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, code(n))
	}
	return strings.Join(out, ", ")
}

// nulls is the share of nulls in tenths of a percent, rounded down, so that
// 100% means all and 0% none; exact arithmetic, whatever the machine.
func (c *Column) nulls(rows int64) string {
	switch {
	case c.Required:
		return "*required*"
	case rows == 0:
		return ""
	case c.Nulls == 0:
		return "0%"
	}
	tenths := c.Nulls * 1000 / rows
	if tenths == 0 {
		return "<0.1%"
	}
	if tenths%10 == 0 {
		return fmt.Sprintf("%d%%", tenths/10)
	}
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}

// allowed says which values may occur.
func (c *Column) allowed() string {
	var out []string
	if c.Enum != nil {
		return codes(c.Enum)
	}
	for _, p := range c.Patterns {
		out = append(out, "pattern "+code(p))
	}
	if c.Minimum != "" {
		out = append(out, "at least "+c.Minimum)
	}
	if c.Maximum != "" {
		out = append(out, "at most "+c.Maximum)
	}
	if c.MinLength > 1 {
		out = append(out, fmt.Sprintf("at least %d characters", c.MinLength))
	}
	if c.MinLength == 1 {
		out = append(out, "not empty")
	}
	if c.MaxLength > 0 {
		out = append(out, fmt.Sprintf("at most %d characters", c.MaxLength))
	}
	return strings.Join(out, "; ")
}
