package export

import (
	"fmt"
	"strings"

	"stemma/build/descriptor"
)

// DuckDB writes the statements with which DuckDB's program copies all tables of
// a release into the database that it has open, with comments and the flat view
// of the claims. They are to be run in the folder of the release, by a program
// that stops at the first error.
//
// Nothing but the Parquet files of the tables can be read: the rights to open
// other files, to load extensions and to change that are given up first. The
// end is an error if a table has other rows than the description says.
func DuckDB(d *descriptor.Description) []byte {
	var b strings.Builder
	var paths []string
	for i := range d.Tables {
		paths = append(paths, literal(d.Tables[i].Parquet()))
	}
	fmt.Fprintf(&b, "SET allowed_paths = [%s];\n", strings.Join(paths, ", "))
	b.WriteString("SET enable_external_access = false;\nSET autoinstall_known_extensions = false;\nSET autoload_known_extensions = false;\nSET lock_configuration = true;\n\n")
	b.Write(descriptor.LoadSQL(d, descriptor.Tables))
	for i := range d.Tables {
		t := &d.Tables[i]
		fmt.Fprintf(&b, "SELECT error(%s) WHERE (SELECT count(*) FROM %s) <> %d;\n",
			literal(fmt.Sprintf("the table %s has another number of rows than when it was verified; export a copy that nobody writes to", t.Name)),
			`"`+strings.ReplaceAll(t.Name, `"`, `""`)+`"`, t.Rows)
	}
	return []byte(b.String())
}

// literal quotes a text of SQL.
func literal(s string) string { return `'` + strings.ReplaceAll(s, `'`, `''`) + `'` }
