package validate

import (
	"cmp"
	"slices"

	"stemma/internal/dataset"
	"stemma/internal/ledger"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// Checked is a dataset without errors. Only Run makes it.
type Checked struct {
	snapshot *dataset.Snapshot
	kinds    []Kind
	ledger   *ledger.Ledger
}

// Kind is one kind of a checked dataset.
type Kind struct {
	dataset.Kind
	Schema *schema.Schema
	Plan   *schema.Plan
	// Records are sorted by id, or by file and position where there are no ids.
	Records []Entry
}

// Entry is one checked record.
type Entry struct {
	*dataset.Record
	ID ID // the zero ID for kinds without ids
}

// ID is the id of a record: a text or a whole number.
type ID struct {
	Text    string // for numbers, their canonical form
	Number  int64
	Numeric bool
}

// JSON gives the canonical JSON text of the id, as a ledger writes it.
func (a ID) JSON() string {
	if a.Numeric {
		return a.Text
	}
	return string(strictjson.AppendCanonical(nil, &strictjson.Value{Kind: strictjson.String, Text: a.Text}))
}

// Compare orders ids: whole numbers by value and before texts, texts by bytes.
func (a ID) Compare(b ID) int {
	switch {
	case a.Numeric && b.Numeric:
		return cmp.Compare(a.Number, b.Number)
	case a.Numeric != b.Numeric:
		if a.Numeric {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.Text, b.Text)
}

// Snapshot gives the bytes that were checked.
func (c *Checked) Snapshot() *dataset.Snapshot { return c.snapshot }

// Ledger says what was published before this version; nil if it is not known.
func (c *Checked) Ledger() *ledger.Ledger { return c.ledger }

// Kinds gives the kinds in the order of dataset.json.
func (c *Checked) Kinds() []Kind { return c.kinds }

func sortEntries(entries []Entry) {
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(a.ID.Compare(b.ID), comparePlace(a.Record, b.Record))
	})
}

func comparePlace(a, b *dataset.Record) int {
	return cmp.Or(cmp.Compare(a.File.Path, b.File.Path), cmp.Compare(a.Index, b.Index))
}
