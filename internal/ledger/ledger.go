package ledger

import (
	"cmp"
	"slices"
	"strings"

	"stemma/internal/strictjson"
)

// Ledger is what has been published. Releases are in the order of versions,
// entries in that of Entry.Compare, each once. Nil is the ledger before the
// first release.
type Ledger struct {
	Releases []Release
	Entries  []Entry
}

// Release is one published version.
type Release struct {
	Version        string // SemVer without a "v" and without a suffix
	ReleasedOn     string // YYYY-MM-DD
	ManifestSHA256 string // of its manifest.json, in hexadecimal
}

// Entry is one published id.
type Entry struct {
	Kind           string // the name of its kind
	ID             string // the canonical JSON text of the id: "act-ana" in quotation marks, or a whole number
	RecordSHA256   string // as in the column record_sha256; of a vanished id that of its last record
	FirstVersion   string // the first release that had it
	ChangedVersion string // the last release that changed its content or its fate
	Fate           Fate
	MergedInto     string // the id of the record that stays, if the fate is Merged
}

// Fate is what became of a published id.
type Fate string

// The fates of ids.
const (
	Current   Fate = "current"   // it has a record that is in use
	Withdrawn Fate = "withdrawn" // it has a record with the property "withdrawn"
	Merged    Fate = "merged"    // it has a record with the property "merged_into"
	Vanished  Fate = "vanished"  // it has no record any more
)

// Record is what a ledger knows of a record in a release.
type Record struct {
	Kind, ID, SHA256 string // as in Entry
	Fate             Fate   // anything but Vanished
	MergedInto       string
}

// The properties that take a record out of use, whatever its model.
const (
	withdrawnProperty  = "withdrawn"
	mergedIntoProperty = "merged_into"
)

// NewRecord gives the record of a kind whose id was read by ID.
func NewRecord(kind, id string, value *strictjson.Value) Record {
	r := Record{Kind: kind, ID: id, SHA256: strictjson.Digest(value)}
	r.Fate, r.MergedInto = FateOf(value)
	return r
}

// FateOf reads from a record whether it is in use, and what it was merged into.
func FateOf(record *strictjson.Value) (fate Fate, mergedInto string) {
	switch into := record.Get(mergedIntoProperty).Str(); {
	case into != "":
		return Merged, into
	case record.Get(withdrawnProperty).Str() != "":
		return Withdrawn, ""
	}
	return Current, ""
}

// ID gives the canonical text of an id: a text that is not empty, or a whole
// number of 64 bits. Anything else is none.
func ID(v *strictjson.Value) (id string, ok bool) {
	switch {
	case v == nil:
	case v.Kind == strictjson.String && v.Text != "":
		return string(strictjson.AppendCanonical(nil, v)), true
	case v.Kind == strictjson.Number:
		if _, ok := strictjson.Int64(v.Text); ok {
			return strictjson.CanonicalNumber(v.Text), true
		}
	}
	return "", false
}

// Find gives the entry of an id, given by its canonical text, or nil.
func (l *Ledger) Find(kind, id string) *Entry {
	if l == nil {
		return nil
	}
	i, ok := l.search(kind, id)
	if !ok {
		return nil
	}
	return &l.Entries[i]
}

func (l *Ledger) search(kind, id string) (i int, ok bool) {
	return slices.BinarySearchFunc(l.Entries, Entry{Kind: kind, ID: id}, Entry.Compare)
}

// Has tells whether a version was published.
func (l *Ledger) Has(version string) bool {
	return l != nil && slices.ContainsFunc(l.Releases, func(r Release) bool { return r.Version == version })
}

// Versions gives the columns first_version and changed_version of a record in
// the release that comes next, or in one that is being worked on.
func (l *Ledger) Versions(version string, r Record) (first, changed string) {
	return l.Find(r.Kind, r.ID).versions(version, r)
}

func (e *Entry) versions(version string, r Record) (first, changed string) {
	switch {
	case e == nil:
		return version, version
	case e.RecordSHA256 == r.SHA256 && e.Fate == r.Fate:
		return e.FirstVersion, e.ChangedVersion
	}
	return e.FirstVersion, version
}

// Next gives the ledger after one more release, the version of which is above
// all others, with its records in any order; no two have one kind and id.
// The ledger itself stays as it is.
func (l *Ledger) Next(r Release, records []Record) *Ledger {
	if l == nil {
		l = &Ledger{}
	}
	next := &Ledger{
		Releases: append(slices.Clip(slices.Clone(l.Releases)), r),
		Entries:  make([]Entry, 0, max(len(records), len(l.Entries))),
	}
	seen := make([]bool, len(l.Entries))
	for _, rec := range records {
		e := Entry{Kind: rec.Kind, ID: rec.ID, RecordSHA256: rec.SHA256, Fate: rec.Fate, MergedInto: rec.MergedInto}
		i, ok := l.search(rec.Kind, rec.ID)
		var before *Entry
		if ok {
			before, seen[i] = &l.Entries[i], true
		}
		e.FirstVersion, e.ChangedVersion = before.versions(r.Version, rec)
		next.Entries = append(next.Entries, e)
	}
	for i, e := range l.Entries {
		if seen[i] {
			continue
		}
		if e.Fate != Vanished {
			e.Fate, e.MergedInto, e.ChangedVersion = Vanished, "", r.Version
		}
		next.Entries = append(next.Entries, e)
	}
	slices.SortFunc(next.Entries, Entry.Compare)
	return next
}

// Text gives the text of the id, or the digits of one that is a number.
func (e *Entry) Text() (text string, numeric bool) {
	if isNumeric(e.ID) {
		return e.ID, true
	}
	return decode(e.ID), false
}

// Compare orders entries by the name of their kind and then by id: whole
// numbers by value and before texts, texts by bytes, as tables order their rows.
func (e Entry) Compare(other Entry) int {
	return cmp.Or(strings.Compare(e.Kind, other.Kind), compareIDs(e.ID, other.ID))
}

func compareIDs(a, b string) int {
	if a == b {
		return 0
	}
	switch aNumeric, bNumeric := isNumeric(a), isNumeric(b); {
	case aNumeric && bNumeric:
		m, _ := strictjson.Int64(a)
		n, _ := strictjson.Int64(b)
		return cmp.Compare(m, n)
	case aNumeric:
		return -1
	case bNumeric:
		return 1
	}
	return strings.Compare(decode(a), decode(b))
}

func isNumeric(id string) bool { return !strings.HasPrefix(id, `"`) }

// decode gives the text that an id stands for. Few ids have an escape in them.
func decode(id string) string {
	if strings.IndexByte(id, '\\') < 0 {
		return strings.Trim(id, `"`)
	}
	value, _ := strictjson.Parse([]byte(id))
	return value.Str()
}
