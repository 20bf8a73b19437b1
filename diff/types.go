package diff

import (
	"stemma/disagreement"
	"stemma/internal/dataset"
)

// Side is one of the two states that are compared.
type Side struct {
	Name     string // as it was asked for: a folder, a revision
	Snapshot *dataset.Snapshot
	Tables   []Table // nil if they are not known
	// Unread says why the snapshot is not complete, in a sentence without a full
	// stop; empty if it is.
	Unread string
	// Disagreement is nil if it was not computed; Unfit then says why, in a
	// sentence without a full stop, unless the dataset's model has none.
	Disagreement *disagreement.Result
	Unfit        string
}

// Table is the part of a table that a reader of it depends on.
type Table struct {
	Name    string
	Columns []Column
}

// Column is a column with the name of its type in Arrow.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// JSON is a JSON text in the canonical form; empty: there is no value. Of two
// numbers that differ in their digits only ("1.5" and "1.50") it has the digits.
type JSON string

// MarshalJSON gives the text itself.
func (j JSON) MarshalJSON() ([]byte, error) { return []byte(j), nil }

// Diff is everything in which two states of a dataset differ.
type Diff struct {
	Old       State      `json:"old"`
	New       State      `json:"new"`
	Version   Verdict    `json:"version"`
	Records   []Record   `json:"records"`   // by kind in the order of dataset.json, then id or place
	Tables    []Change   `json:"tables"`    // by table, then column
	Schemas   []Document `json:"schemas"`   // by path
	Policy    *Document  `json:"policy"`    // nil: the same
	Dataset   *Document  `json:"dataset"`   // dataset.json; nil: the same
	Layout    []string   `json:"layout"`    // files of which only the bytes differ, sorted
	Beside    []string   `json:"beside"`    // approvals and notes about releases that differ, sorted
	Questions []Question `json:"questions"` // sorted by id
	// OtherQuestions counts the questions with claims that changed and the
	// classes that they had.
	OtherQuestions int `json:"other_questions"`
	// NotCompared says in sentences what could not be compared.
	NotCompared []string `json:"not_compared"`
}

// Empty tells whether nothing differs, as far as it could be compared; see
// NotCompared.
func (d *Diff) Empty() bool {
	return len(d.Records)+len(d.Tables)+len(d.Schemas)+len(d.Layout)+len(d.Beside)+len(d.Questions)+d.OtherQuestions == 0 && d.Policy == nil && d.Dataset == nil
}

// State names one side.
type State struct {
	Name    string `json:"name"`
	Dataset string `json:"dataset"`
	Version string `json:"version"`
	SHA256  string `json:"dataset_sha256"` // see dataset.Snapshot.Digest
}

// What happened to something.
const (
	Added      = "added"
	Removed    = "removed"
	Changed    = "changed"
	Vanished   = "vanished"   // a record that is gone without a word
	Withdrawn  = "withdrawn"  // its property "withdrawn" is new
	Merged     = "merged"     // its property "merged_into" is new
	Reinstated = "reinstated" // it was withdrawn or merged
	Moved      = "moved"      // to another file, without another change
	Unreadable = "unreadable" // NEW has text there that is no record
	Repaired   = "repaired"   // OLD had text there that was no record
	Retyped    = "retyped"
	Reordered  = "reordered"
)

// Record is what happened to one record.
type Record struct {
	Kind    string  `json:"kind"`
	ID      string  `json:"id,omitempty"`         // empty: its kind has no ids, or it cannot be read
	Change  string  `json:"change"`               //
	File    string  `json:"file"`                 // in NEW; in OLD if NEW has no such record
	Line    int     `json:"line"`                 // where the record begins in that file, from 1
	OldFile string  `json:"old_file,omitempty"`   // if it is another one
	Now     string  `json:"other_kind,omitempty"` // of vanished: the kind of a record in NEW that has this id
	Into    string  `json:"merged_into,omitempty"`
	Reason  string  `json:"reason,omitempty"` // of withdrawn
	Fields  []Field `json:"fields,omitempty"`
}

// Field is one value that differs.
type Field struct {
	Pointer    string `json:"pointer"`               // JSON Pointer in NEW; of removed values in OLD
	OldPointer string `json:"old_pointer,omitempty"` // in OLD, if it is another one
	Change     string `json:"change"`                // added, removed or changed
	Old        JSON   `json:"old,omitzero"`
	New        JSON   `json:"new,omitzero"`
	Line       int    `json:"line"`             // in the file in NEW, from 1; of removed values that of what they were in
	Effect     string `json:"effect,omitempty"` // in schemas: see the constants

	at       uint32 // offset in NEW
	from, to string // the pointers with what contains the value as it is in OLD, and in NEW
}

// What the change of a schema means for whoever relies on it.
const (
	Tightened = "tightened" // records that were allowed may no longer be
	Loosened  = "loosened"  // records that were not allowed may be now
	Unclear   = "unclear"   // a keyword that stemma does not weigh; taken for tightened
	Shape     = "shape"     // properties came or went: the tables say what follows
	Wording   = "wording"   // descriptions, examples, definitions that nothing uses yet
	Unused    = "unused"    // the schema is that of no kind
)

// Document is a file that holds one JSON value, other than a record.
type Document struct {
	File    string  `json:"file"` // in NEW; in OLD if it was removed
	OldFile string  `json:"old_file,omitempty"`
	Change  string  `json:"change"`
	Effect  string  `json:"effect,omitempty"` // of schemas that were added or removed
	Fields  []Field `json:"fields,omitempty"`
}

// Change is what happened to a table or to one of its columns.
type Change struct {
	Table   string `json:"table"`
	Column  string `json:"column,omitempty"` // empty: the table as a whole
	Change  string `json:"change"`           // added, removed, retyped; of a table also reordered
	OldType string `json:"old_type,omitempty"`
	NewType string `json:"new_type,omitempty"`
}

// Question is a question that is new or gone, or whose classes changed.
type Question struct {
	ID      string  `json:"question_id"`
	Change  string  `json:"change"`
	Parts   []Part  `json:"parts"` // what it asks, in the order of the table disagreement
	Old     Classes `json:"old,omitzero"`
	New     Classes `json:"new,omitzero"`
	Because []Claim `json:"because"` // sorted by key and derivation; empty: only rules and policy can be the cause
}

// Part is one part of a question.
type Part struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Classes of a question.
type Classes struct {
	Value     string `json:"value_class"`
	Agreement string `json:"agreement_class"`
}

// What happened to a claim within a question, beside added, removed, changed.
const (
	NowCurrent = "now_current"
	NotCurrent = "no_longer_current"
)

// Claim is a claim that differs within a question. A cell is a column of the
// table question_claims.
type Claim struct {
	Key        string `json:"claim_key"`
	Derivation string `json:"derivation,omitempty"`
	Change     string `json:"change"`
	Cells      []Cell `json:"cells,omitempty"`
}

// Cell is a cell that differs.
type Cell struct {
	Column string `json:"column"`
	Old    JSON   `json:"old,omitzero"`
	New    JSON   `json:"new,omitzero"`
}
