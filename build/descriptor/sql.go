package descriptor

import (
	"fmt"
	"slices"
	"strings"
)

// Relations says what the tables become in DuckDB.
type Relations uint8

const (
	// Views read the Parquet files each time they are asked; load.sql makes them.
	Views Relations = iota
	// Tables are copies, for a database file that is used without the release.
	Tables
)

// FlatView is the view of claims with names beside the ids.
const FlatView = "claims_flat"

// labelColumns hold, in this order of preference, what a record is called.
var labelColumns = []string{"name", "label", "title"}

// LoadSQL writes the statements that make all tables of the release known to
// DuckDB, with comments from the descriptions. They are to be run in the release
// folder, and may be run again.
func LoadSQL(d *Description, as Relations) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "-- %s, version %s\n", oneLine(d.Dataset.title()), d.Dataset.Version)
	b.WriteString("-- Run this with DuckDB in the folder that holds it: duckdb -init load.sql\n\n")
	word := [...]string{"VIEW", "TABLE"}[as]
	for i := range d.Tables {
		t := &d.Tables[i]
		fmt.Fprintf(&b, "CREATE OR REPLACE %s %s AS SELECT * FROM read_parquet(%s);\n", word, identifier(t.Name), literal(t.Parquet()))
		comment(&b, word, t.Name, t.Description)
		for _, c := range t.Columns {
			comment(&b, "COLUMN", t.Name+"\x00"+c.Name, c.Description)
		}
		b.WriteByte('\n')
	}
	if v := d.flat(); v != nil {
		v.write(&b)
	}
	return []byte(b.String())
}

// comment writes a comment on a relation, or on a column: its path is then
// separated by NUL, which no name contains.
func comment(b *strings.Builder, what, path, text string) {
	if text == "" {
		return
	}
	var parts []string
	for _, p := range strings.Split(path, "\x00") {
		parts = append(parts, identifier(p))
	}
	fmt.Fprintf(b, "COMMENT ON %s %s IS %s;\n", what, strings.Join(parts, "."), literal(oneLine(text)))
}

// identifier quotes a name, and literal a text. NUL, which SQL texts cannot
// hold, is shown.
func identifier(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func literal(s string) string {
	return `'` + strings.ReplaceAll(strings.ReplaceAll(s, "\x00", `\u{0}`), `'`, `''`) + `'`
}

// oneLine makes a text fit for a comment, and for whoever reads the statements.
func oneLine(s string) string { return visible(strings.Join(strings.Fields(s), " ")) }

// label finds the column that says what a record of a table is called.
func (t *Table) label() string {
	for _, name := range labelColumns {
		if c := t.column(name); c != nil && c.Type == typeText {
			return name
		}
	}
	return ""
}

// flatView is the view of the claims with names beside ids.
type flatView struct {
	selected, joined []string     // clauses of the statement
	columns          []flatColumn // all, in order
}

// flatColumn is a column of the view; of is the column of claims whose name it
// gives, or empty if it is a column of claims itself.
type flatColumn struct{ name, of, description string }

const flatMeaning = "The claims with names beside the ids: one row for each claim."

// flat plans the view of the claims with names beside ids, where there is a
// table of claims with ids that lead to tables with names; else nil.
func (d *Description) flat() *flatView {
	claims := d.table("claims")
	if claims == nil || claims.Kind != "claim" || d.table(FlatView) != nil {
		return nil
	}
	used := map[string]bool{}
	for _, c := range claims.Columns {
		used[strings.ToLower(c.Name)] = true
	}
	v := new(flatView)
	for _, c := range claims.Columns {
		v.selected = append(v.selected, "  c."+identifier(c.Name))
		v.columns = append(v.columns, flatColumn{c.Name, "", c.Description})
		key := claims.foreignKey(c.Name)
		if key == nil {
			continue
		}
		label := d.table(key.Table).label()
		if label == "" || !slices.Equal(d.table(key.Table).PrimaryKey, key.References) { // another key could double rows
			continue
		}
		name := unusedName(used, c.Name+"_"+label)
		alias := fmt.Sprintf("t%d", len(v.joined)+1)
		v.selected = append(v.selected, "  "+alias+"."+identifier(label)+" AS "+identifier(name))
		v.joined = append(v.joined, fmt.Sprintf("LEFT JOIN %s AS %s ON %s.%s = c.%s", identifier(key.Table), alias, alias, identifier(key.References[0]), identifier(c.Name)))
		v.columns = append(v.columns, flatColumn{name, c.Name, fmt.Sprintf("The %s of the record in %q that %q names.", label, key.Table, c.Name)})
	}
	if len(v.joined) == 0 {
		return nil
	}
	return v
}

// write writes the statement that makes the view, with comments.
func (v *flatView) write(b *strings.Builder) {
	fmt.Fprintf(b, "CREATE OR REPLACE VIEW %s AS SELECT\n%s\nFROM %s AS c\n%s;\n", identifier(FlatView), strings.Join(v.selected, ",\n"), identifier("claims"), strings.Join(v.joined, "\n"))
	comment(b, "VIEW", FlatView, flatMeaning)
	for _, c := range v.columns {
		comment(b, "COLUMN", FlatView+"\x00"+c.name, c.description)
	}
}

// unusedName gives a name that no column has, after case folding, and takes it.
func unusedName(used map[string]bool, name string) string {
	free := name
	for n := 2; used[strings.ToLower(free)]; n++ {
		free = fmt.Sprintf("%s_%d", name, n)
	}
	used[strings.ToLower(free)] = true
	return free
}
