package descriptor

import (
	"slices"

	"stemma/schema"
)

// FromPlans describes the tables of the kinds, in the order of the plans, with
// their keys. Rows, nulls and examples are still to be counted. A foreign key
// leads from a row of a list to the row that it belongs to, and from a column
// that refers to records of one kind (x-ref) to the table of that kind.
func FromPlans(plans []*schema.Plan) []Table {
	var out []Table
	for _, p := range plans {
		for i, t := range p.Tables {
			table := Table{Name: t.Name, Kind: p.Kind, Description: t.Description, Columns: columnsOf(t.Columns), PrimaryKey: p.PrimaryKey(i)}
			if t.Parent >= 0 {
				// A parent's key begins the child's: the id or the place of the record, then the ordinals above.
				to := p.PrimaryKey(t.Parent)
				if len(to) > 0 && len(to) < len(table.PrimaryKey) {
					table.ForeignKeys = append(table.ForeignKeys, ForeignKey{table.PrimaryKey[:len(to)], p.Tables[t.Parent].Name, to})
				}
			}
			table.ForeignKeys = append(table.ForeignKeys, references(plans, t.Columns)...)
			out = append(out, table)
		}
	}
	return out
}

// FromComputed describes a computed table. Its key, and keys that lead to
// computed tables, are for the caller to add: no schema says them.
func FromComputed(t *schema.Computed, plans []*schema.Plan) Table {
	return Table{Name: t.Name, Description: t.Description, Columns: columnsOf(t.Columns), ForeignKeys: references(plans, t.Columns)}
}

func columnsOf(planned []schema.Column) []Column {
	var out []Column
	for _, c := range planned {
		column := Column{Name: c.Name, Type: c.Type.String(), Description: c.Description}
		if k := c.Constraints; k != nil {
			column.Required, column.Enum, column.Patterns = k.Required, k.Enum, k.Patterns
			column.Minimum, column.Maximum, column.MinLength, column.MaxLength = k.Minimum, k.Maximum, k.MinLength, k.MaxLength
		}
		out = append(out, column)
	}
	return out
}

func references(plans []*schema.Plan, planned []schema.Column) []ForeignKey {
	var out []ForeignKey
	for _, c := range planned {
		if c.Constraints == nil || len(c.Constraints.Refs) != 1 || c.Type.List {
			continue
		}
		i := slices.IndexFunc(plans, func(p *schema.Plan) bool { return p.Kind == c.Constraints.Refs[0] })
		if i < 0 || plans[i].ID == "" {
			continue
		}
		to := plans[i]
		key := to.PrimaryKey(0)
		at := slices.IndexFunc(to.Tables[0].Columns, func(o schema.Column) bool { return slices.Equal(key, []string{o.Name}) && o.Type == c.Type })
		if at >= 0 {
			out = append(out, ForeignKey{[]string{c.Name}, to.Tables[0].Name, key})
		}
	}
	return out
}
