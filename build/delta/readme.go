package delta

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// readme gives the text of README.md. Everything in it that comes from a
// release has a form that check allows: none of it is markup or code.
func (d *Delta) readme() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# What changed from v%s to v%s\n\n", d.Old.Version, d.New.Version)
	b.WriteString(d.summary() + "\n\n")
	fmt.Fprintf(&b, "The rows of the tables of two releases of `%s` that differ. With the tables of v%s they give those of v%s, row for row and in order.\n",
		strings.ReplaceAll(d.Dataset, "`", "'"), d.Old.Version, d.New.Version)
	b.WriteString(readmeCounts)
	for _, t := range d.Tables {
		if t.Added+t.Changed+t.Removed+t.Moved == 0 && t.Columns == nil {
			continue
		}
		fmt.Fprintf(&b, "| `%s` | %d | %d | %d | %d | %d | %s |\n", t.Name, t.Added, t.Changed, t.ChangedInBoth, t.Removed, t.Unchanged, t.columnsInWords())
	}
	fmt.Fprintf(&b, readmeFiles, d.Positions.Old, d.Positions.New)
	d.readmeChanged(&b)
	d.readmeRebuild(&b)
	b.WriteString(readmeCheck)
	return []byte(b.String())
}

// summary says in a paragraph what changed.
func (d *Delta) summary() string {
	var tables, gone, columns []string
	var added, changed, widened, removed, moved int64
	for i := range d.Tables {
		t := &d.Tables[i]
		name := "`" + t.Name + "`"
		switch {
		case t.OldRows == nil:
			tables = append(tables, name)
			continue
		case t.NewRows == nil:
			gone = append(gone, name)
			continue
		}
		if t.Columns != nil {
			columns = append(columns, name+" ("+t.columnsInWords()+")")
		}
		added, removed, moved = added+t.Added, removed+t.Removed, moved+t.Moved
		changed, widened = changed+t.ChangedInBoth, widened+t.Changed-t.ChangedInBoth
	}
	var out []string
	if changed+added+removed == 0 {
		out = append(out, "In the tables of both releases no value changed, and no row came or went.")
	} else {
		out = append(out, fmt.Sprintf("In the tables of both releases %s added, %d removed, and %d changed in a value.", number(added, "row", "was", "were"), removed, changed))
	}
	if widened > 0 {
		out = append(out, number(widened, "row", "differs", "differ")+" only because columns came or went.")
	}
	if moved > 0 {
		out = append(out, number(moved, "unchanged row", "stands", "stand")+" elsewhere.")
	}
	for _, part := range []struct {
		what  string
		names []string
	}{{"Columns changed in", columns}, {"New tables:", tables}, {"Tables that are gone:", gone}} {
		if len(part.names) > 0 {
			out = append(out, part.what+" "+strings.Join(part.names, ", ")+".")
		}
	}
	return strings.Join(out, " ")
}

// number says how many there are of what has a plural in s, and the verb to it.
func number(n int64, noun, one, more string) string {
	if n == 1 {
		return "1 " + noun + " " + one
	}
	return fmt.Sprintf("%d %ss %s", n, noun, more)
}

const readmeCounts = `
## Tables

Rows are matched by their key, which ` + "`delta.json`" + ` names for each table, or where there is none by equality. A matched row is changed if any of its cells differs; a column that a table does not have counts as null in it. "In both" counts the changed rows that differ in a column that both releases have, with one type: the others are changed only because of columns that came or went. Tables without a difference are not listed.

| table | added | changed | in both | removed | unchanged | columns |
|---|---|---|---|---|---|---|
`

func (t *Table) columnsInWords() string {
	switch c := t.Columns; {
	case c == nil:
		return "the same"
	case t.OldRows == nil:
		return "new table"
	case t.NewRows == nil:
		return "table is gone"
	default:
		var parts []string
		for _, p := range []struct {
			n    int
			what string
		}{{len(c.Added), "added"}, {len(c.Removed), "removed"}, {len(c.Retyped), "of another type"}} {
			if p.n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
			}
		}
		if c.Reordered {
			parts = append(parts, "another order")
		}
		return strings.Join(parts, ", ")
	}
}

const readmeFiles = `
## Files

| file | rows |
|---|---|
| ` + "`delta.json`" + ` | the numbers above, the columns that differ, sizes and checksums |
| ` + "`tables/<table>.added.parquet`" + ` | that are new, as they are in the new release |
| ` + "`tables/<table>.changed.parquet`" + ` | that changed, as they are in the new release |
| ` + "`tables/<table>.changed_old.parquet`" + ` | the same rows as they are in the old release |
| ` + "`tables/<table>.removed.parquet`" + ` | that are gone, as they are in the old release |
| ` + "`tables/<table>.moved.parquet`" + ` | positions of unchanged rows that stand elsewhere among the unchanged ones |

There is no file without rows. The first columns, ` + "`%s` and `%s`" + `, are the positions of a row in the table of the old and of the new release, counted from 0; rows that are only in one of them have one.
`

// readmeChanged shows the old and the new cells of changed rows, of the table
// that has most of them in columns of both releases. Columns that came or went
// would drown what changed, so they are left out. Names of columns, which may be anything, stay out of it.
func (d *Delta) readmeChanged(b *strings.Builder) {
	if len(d.Tables) == 0 {
		return
	}
	t := slices.MaxFunc(d.Tables, func(x, y Table) int { return cmp.Compare(x.ChangedInBoth, y.ChangedInBoth) })
	if t.ChangedInBoth == 0 {
		return
	}
	fmt.Fprintf(b, `
## Each cell that changed

With Python (%[1]spip install pyarrow%[1]s), in this folder:

%[1]s%[1]s%[1]spython
import json

import pyarrow.parquet as pq

table = "%[2]s"
with open("delta.json", encoding="utf-8") as file:
    key = next(t for t in json.load(file)["tables"] if t["name"] == table)["key"]
old, new = (
    pq.read_table(f"tables/{table}.{part}.parquet").sort_by("%[4]s").to_pylist()
    for part in ("changed_old", "changed")
)
for before, after in zip(old, new):
    changes = {
        column: f"{before[column]} -> {after[column]}"
        for column in after
        if column in before and before[column] != after[column]
    }
    if changes:
        print(*(after[column] for column in key))
    for column, change in changes.items():
        print("   ", column + ":", change)
%[1]s%[1]s%[1]s
`, "`", t.Name, d.Positions.Old, d.Positions.New)
	if t.Columns != nil {
		b.WriteString("\nColumns that only one of the releases has are left out.\n")
	}
}

// readmeRebuild shows how a table of the newer release is made.
func (d *Delta) readmeRebuild(b *strings.Builder) {
	i := slices.IndexFunc(d.Tables, func(t Table) bool { return t.NewRows != nil && t.Name == "claims" })
	if i < 0 {
		i = slices.IndexFunc(d.Tables, func(t Table) bool { return t.NewRows != nil })
	}
	if i < 0 {
		return
	}
	fmt.Fprintf(b, `
## Make the new table from the old one

With pandas (%[1]spip install pandas pyarrow%[1]s), in this folder, with the old release at %[1]s../../v%[2]s%[1]s:

%[1]s%[1]s%[1]spython
`+rebuildCode+`


print(rebuild("%[3]s", "../../v%[2]s").to_pandas(types_mapper=pd.ArrowDtype))
%[1]s%[1]s%[1]s

Rows of the new table that no file of the delta places are those of the old table that no file names, in their order.
`, "`", d.Old.Version, d.Tables[i].Name, d.Positions.Old, d.Positions.New)
}

// rebuildCode is the same for all tables: those that are new, that have other
// columns, and that have no rows.
const rebuildCode = `import json
import os

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

types = {
    "utf8": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_(),
    "date32": pa.date32(), "timestamp[us, UTC]": pa.timestamp("us", tz="UTC"),
}
types |= {f"list<{name}>": pa.list_(type) for name, type in types.items()}


def rebuild(table, old_release, delta="."):
    """Make a table of the new release from the old release and a delta."""
    with open(f"{delta}/delta.json", encoding="utf-8") as file:
        entry = next(t for t in json.load(file)["tables"] if t["name"] == table)
    old = None
    if entry["old_rows"] is not None:
        old = pq.read_table(f"{old_release}/tables/{table}.parquet")
    parts = {}
    for name in ("added", "changed", "moved", "removed"):
        path = f"{delta}/tables/{table}.{name}.parquet"
        if os.path.exists(path):
            parts[name] = pq.read_table(path)
    if entry["columns"] is None:
        schema = pa.schema([(field.name, field.type) for field in old.schema])
    else:
        schema = pa.schema([(c["name"], types[c["type"]]) for c in entry["columns"]["new"]])

    # All rows that may be needed: those of the old table with the new columns, then
    # those of the delta. Columns that the old table does not have are null.
    rows = [schema.empty_table()]
    if old is not None:
        kept = [
            old[f.name] if f.name in old.column_names and old[f.name].type == f.type
            else pa.nulls(len(old), f.type)
            for f in schema
        ]
        rows.append(pa.table(kept, schema=schema))
    places, start = {}, 0 if old is None else len(old)
    for name in ("added", "changed"):
        if name in parts:
            rows.append(parts[name].select(schema.names).cast(schema))
            new_rows = parts[name]["%[5]s"].to_pylist()
            places |= {new: start + i for i, new in enumerate(new_rows)}
            start += len(new_rows)
    if "moved" in parts:
        moved = parts["moved"]
        places |= dict(zip(moved["%[5]s"].to_pylist(), moved["%[4]s"].to_pylist()))
    gone = set()
    for name in ("changed", "moved", "removed"):
        if name in parts:
            gone |= set(parts[name]["%[4]s"].to_pylist())
    stays = (i for i in range(entry["old_rows"] or 0) if i not in gone)
    order = [places[i] if i in places else next(stays) for i in range(entry["new_rows"])]
    return pa.concat_tables(rows).take(pa.array(order, pa.int64()))`

const readmeCheck = `
## Check

No listed file was damaged since ` + "`SHA256SUMS`" + ` was written if this prints nothing:

` + "```sh\nsha256sum --check --quiet SHA256SUMS\n```" + `

Files that are not listed it does not see, and whoever alters a file can write ` + "`SHA256SUMS`" + ` anew. ` + "`stemma verify`" + ` on the folder of all releases also rebuilds each table from the old release and compares every cell with the new one.
`
