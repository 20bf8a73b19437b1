package validate

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/ledger"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// readLedger reads what earlier releases hold; nil if it is not known. The text
// may come from anybody's release, so nothing about it is taken for granted.
func readLedger(snap *dataset.Snapshot) (*ledger.Ledger, diag.List) {
	if snap.Ledger == nil {
		return nil, nil
	}
	l, problems := ledger.Parse(snap.Ledger.Data)
	var list diag.List
	for _, p := range problems {
		list = append(list, snap.Ledger.Diagnose(nil, p))
	}
	if l == nil {
		return nil, list
	}
	for i, r := range l.Releases {
		if semver.Compare("v"+r.Version, "v"+snap.Config.Version) >= 0 {
			list = append(list, diag.New(diag.LedgerInvalid, linePlace(snap.Ledger, i+1), "",
				fmt.Sprintf("the release %s does not come before %s, the version of this dataset", r.Version, snap.Config.Version),
				"the ledger of a version holds the releases before it: raise the version in "+dataset.ConfigName+", or take the ledger that belongs to it"))
		}
	}
	if list != nil {
		return nil, list
	}
	return l, nil
}

// linePlace is the place of a whole line.
func linePlace(f *dataset.File, line int) diag.Place {
	text, _ := f.Text().Line(line)
	return diag.Place{File: f.Path, Span: diag.Span{Start: diag.Position{Line: line, Column: 1}, End: diag.Position{Line: line, Column: len([]rune(text)) + 1}}}
}

// historyCheck holds the records against what earlier releases hold.
type historyCheck struct {
	*resolver
	snap      *dataset.Snapshot
	ledger    *ledger.Ledger
	approvals *Approvals
	kindOf    map[string]int // index of a kind, by name
	places    []diag.Place   // where dataset.json names each kind, and after those the list of all
	list      diag.List
}

// history gives the findings about published ids, approvals and notes. They need
// all records: one that was not read has not vanished.
func (e *engine) history(r *resolver) diag.List {
	approvals := ReadApprovals(e.snap)
	list := slices.Concat(approvals.codes(), approvals.otherVersions(e.snap.Config.CoreVersion()))
	if e.published == nil {
		return list
	}
	c := historyCheck{resolver: r, snap: e.snap, ledger: e.published, approvals: approvals, kindOf: map[string]int{}, places: kindPlaces(e.snap)}
	for i, k := range r.kinds {
		c.kindOf[k.Name] = i
	}
	for i := range c.ledger.Entries {
		c.entry(i)
	}
	list = slices.Concat(list, c.list, unusedNotes(c.snap, c.ledger))
	// A record that cannot be read may be the one that an approval is for.
	if !slices.ContainsFunc(e.parts, func(p *part) bool { return p.unseen }) {
		// The build finds the others, which need the records of the release before.
		list = append(list, approvals.Unused(diag.IDVanished, diag.IDKindChanged, diag.IDReused)...)
	}
	return list
}

// entry checks what became of one published id.
func (c *historyCheck) entry(at int) {
	e := &c.ledger.Entries[at]
	id := publishedID(e)
	i, known := c.kindOf[e.Kind]
	var record *dataset.Record
	if known {
		record = c.ids[i][id]
	}
	switch {
	case record != nil && e.Fate != ledger.Current:
		c.reused(at, record)
	case record != nil || (known && c.unread[i][id]):
	case e.Fate == ledger.Vanished:
		c.otherKind(at, id)
	default:
		c.gone(at, id)
	}
}

// publishedID gives the id of an entry as records have it.
func publishedID(e *ledger.Entry) ID {
	id := ID{}
	if id.Text, id.Numeric = e.Text(); id.Numeric {
		id.Number, _ = strictjson.Int64(id.Text)
	}
	return id
}

// otherKind reports a record of another kind that has an id whose own record is
// gone, unless it was published with it itself.
func (c *historyCheck) otherKind(entry int, id ID) bool {
	e := &c.ledger.Entries[entry]
	for i, k := range c.kinds {
		if r := c.ids[i][id]; r != nil && !id.Numeric && k.Name != e.Kind && c.ledger.Find(k.Name, e.ID) == nil {
			c.find(diag.IDKindChanged, entry, idPlace(r, k.ID), schema.IDPointer(k.ID),
				fmt.Sprintf("%s was published as the id of %s, and is now that of %s", e.ID, withArticle(e.Kind), withArticle(k.Name)),
				fmt.Sprintf(`give the %s another id, and put the record of the %s back, with "withdrawn" (why it is out of use)`, k.Name, e.Kind))
			return true
		}
	}
	return false
}

// gone reports a published id that has no record.
func (c *historyCheck) gone(entry int, id ID) {
	e := &c.ledger.Entries[entry]
	if c.otherKind(entry, id) {
		return
	}
	at, help := c.places[len(c.places)-1], fmt.Sprintf("put the kind %q and its records back", e.Kind)
	if i, known := c.kindOf[e.Kind]; known {
		at = c.places[i]
		help = `put the record back, and give it "withdrawn" (why it is out of use) or "merged_into" (the id of the record that stays)`
		if c.kinds[i].ID == "" {
			help = `name the property that holds the ids of this kind again: "id"`
		}
	}
	c.find(diag.IDVanished, entry, at, "", fmt.Sprintf("the %s %s, published since %s, has no record any more", e.Kind, e.ID, e.FirstVersion), help)
}

// reused reports a record that is in use under the id of one that is not.
func (c *historyCheck) reused(entry int, r *dataset.Record) {
	e := &c.ledger.Entries[entry]
	value, problems := strictjson.Parse(r.Data)
	if fate, _ := ledger.FateOf(value); problems != nil || fate != ledger.Current {
		return
	}
	k := c.kinds[c.kindOf[e.Kind]]
	was, help := "had no record any more", "give a new record an id of its own"
	switch e.Fate {
	case ledger.Withdrawn:
		was, help = "was withdrawn", help+`; the old one keeps its "withdrawn"`
	case ledger.Merged:
		was, help = "was merged into "+e.MergedInto, help+`; the old one keeps its "merged_into"`
	}
	c.find(diag.IDReused, entry, idPlace(r, k.ID), schema.IDPointer(k.ID), fmt.Sprintf("the %s %s %s in %s, and is in use again", e.Kind, e.ID, was, e.ChangedVersion), help)
}

// find reports a finding about an entry unless it is approved.
func (c *historyCheck) find(code diag.Code, entry int, at diag.Place, pointer, message, help string) {
	e := &c.ledger.Entries[entry]
	if c.approvals.Allows(code, e.Kind, e.ID) {
		return
	}
	c.list = append(c.list, diag.New(code, at, pointer, message,
		fmt.Sprintf("%s; if it has to be so, approve it in %s: code %s, kind %s, id %s, and a reason", help, dataset.ApprovalsName, code, e.Kind, e.ID),
		diag.Related{Place: linePlace(c.snap.Ledger, len(c.ledger.Releases)+entry+1),
			Message: fmt.Sprintf("the ledger says: first published in %s, last changed in %s, %s", e.FirstVersion, e.ChangedVersion, e.Fate)}))
}

// kindPlaces gives the places where dataset.json names the kinds, and the place
// of the list of kinds: what is gone has no file, and a finding about it must
// still lead somewhere.
func kindPlaces(snap *dataset.Snapshot) []diag.Place {
	root, _ := strictjson.Parse(snap.Source.Data)
	place := func(v *strictjson.Value) diag.Place {
		return diag.Place{File: snap.Source.Path, Span: snap.Source.Text().Span(int(v.Start), int(v.End))}
	}
	kinds := root.Member("kinds")
	var out []diag.Place
	for i := range kinds.Value.Elems {
		out = append(out, place(kinds.Value.Elems[i].Get("kind")))
	}
	return append(out, place(&strictjson.Value{Start: kinds.NameStart, End: kinds.NameEnd}))
}

// unusedNotes reports notes about versions that there are not.
func unusedNotes(snap *dataset.Snapshot, l *ledger.Ledger) (list diag.List) {
	own := snap.Config.CoreVersion()
	for _, f := range snap.Notes {
		version, _ := dataset.NotesVersion(f.Path)
		if version == own || l.Has(version) {
			continue
		}
		last := "nothing is published yet"
		if n := len(l.Releases); n > 0 {
			last = "the last release is " + l.Releases[n-1].Version
		}
		list = append(list, diag.New(diag.NotesUnused, f.Whole(), "",
			fmt.Sprintf("these are notes about %s, which is no release, nor the version that is being made (%s); %s", version, own, last),
			fmt.Sprintf("rename the file to %s, or delete it", strings.Replace(f.Path, version, own, 1))))
	}
	return list
}
