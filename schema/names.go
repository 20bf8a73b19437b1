package schema

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/cases"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// longestTableName is the longest name of a table in bytes. Tables are files,
// and names of files end at 255 bytes, with a suffix.
const longestTableName = 100

// uniqueNames numbers names that are equal after case folding, which many
// databases and the second reader would take for one, and replaces names that
// no reader can spell.
func (b *planner) uniqueNames(t *Table, origins []string) {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	for i, name := range Unique(names) {
		if old := t.Columns[i].Name; name != old {
			t.Columns[i].Name = name
			b.list = append(b.list, b.schema.renamed(origins[i], fmt.Sprintf("the column %q of the table %q is called %q", old, t.Name, name)))
		}
	}
}

// renamed is the warning about a name that could not be kept. Origin is the
// location of the schema that declares it, or "".
func (s *Schema) renamed(origin, message string) diag.Diagnostic {
	const help = "give the property a name that differs from the others by more than case and has no control characters"
	address, _, _ := strings.Cut(origin, "#")
	source, node := s.catalog.byURL[address], s.catalog.node(origin)
	if source == nil || node == nil {
		return diag.New(diag.SchemaColumnName, diag.Place{File: s.Path}, "", message, help)
	}
	end := node.End
	if node.Kind == strictjson.Object {
		end = node.Start + 1
	}
	return source.diagnose(strictjson.Problem{Code: diag.SchemaColumnName, Start: int(node.Start), End: int(end), Message: message, Help: help})
}

// Unique gives names that differ after Unicode case folding: the second of two
// equal ones gets the suffix _2, and so on. An empty name becomes "_", and
// control characters become "_".
func Unique(names []string) []string {
	clean := make([]string, len(names))
	for i, name := range names {
		clean[i] = strings.Map(func(r rune) rune {
			if r < 0x20 || r == 0x7f {
				return '_'
			}
			return r
		}, name)
		if clean[i] == "" {
			clean[i] = "_"
		}
	}
	return unique(clean, func(name, suffix string) string { return name + suffix })
}

// unique numbers names that are equal after case folding to an earlier one.
func unique(names []string, number func(name, suffix string) string) []string {
	fold := cases.Fold()
	used, last := map[string]bool{}, map[string]int{}
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = name
		key := fold.String(name)
		for n := max(2, last[key]+1); used[fold.String(out[i])]; n++ {
			out[i] = number(name, "_"+strconv.Itoa(n))
			last[key] = n
		}
		used[fold.String(out[i])] = true
	}
	return out
}

// NameTables gives every table of a dataset a name that can be the name of a
// file on any system: ASCII letters, digits, underscores and hyphens, at most
// 100, different from the others by more than case. The names of first tables
// stand in dataset.json and stay; those of child tables are changed where
// needed, which is reported as a warning.
func NameTables(plans []*Plan) diag.List {
	var names []string
	for _, p := range plans {
		names = append(names, fileName(p.Tables[0].Name))
	}
	for _, p := range plans {
		for _, t := range p.Tables[1:] {
			names = append(names, fileName(t.Name))
		}
	}
	names = unique(names, func(name, suffix string) string {
		return name[:min(len(name), longestTableName-len(suffix))] + suffix
	})
	var list diag.List
	rename := func(p *Plan, t *Table, name string) {
		if t.Name != name {
			list = append(list, diag.New(diag.SchemaColumnName, diag.Place{File: p.schema.Path}, "",
				fmt.Sprintf("the table %q is called %q", t.Name, name),
				"tables are files: give the list a short name of letters, digits, underscores and hyphens that no other table has"))
			t.Name = name
		}
	}
	next := len(plans)
	for i, p := range plans {
		rename(p, p.Tables[0], names[i])
		for _, t := range p.Tables[1:] {
			rename(p, t, names[next])
			next++
		}
	}
	return list.Sorted()
}

// fileName replaces what names of files should not have. A hyphen at the
// beginning would look like an option of a command.
func fileName(name string) string {
	safe := strings.Map(func(r rune) rune {
		if r < 0x80 && (r == '_' || r == '-' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z') {
			return r
		}
		return '_'
	}, name)
	if safe == "" || safe[0] == '-' {
		safe = "_" + safe
	}
	return safe[:min(len(safe), longestTableName)]
}
