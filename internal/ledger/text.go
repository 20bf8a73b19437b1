package ledger

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/semver"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// Encode gives the text of the ledger.
func (l *Ledger) Encode() []byte {
	if l == nil {
		return nil
	}
	var out []byte
	for _, r := range l.Releases {
		out = r.append(out)
	}
	for i := range l.Entries {
		out = l.Entries[i].append(out)
	}
	return out
}

func (r Release) append(out []byte) []byte {
	out = appendText(out, '{', "release", r.Version)
	out = appendText(out, ',', "released_on", r.ReleasedOn)
	out = appendText(out, ',', "manifest_sha256", r.ManifestSHA256)
	return append(out, "}\n"...)
}

func (e *Entry) append(out []byte) []byte {
	out = appendText(out, '{', "kind", e.Kind)
	out = append(append(out, `,"id":`...), e.ID...)
	out = appendText(out, ',', "record_sha256", e.RecordSHA256)
	out = appendText(out, ',', "first_version", e.FirstVersion)
	out = appendText(out, ',', "changed_version", e.ChangedVersion)
	out = appendText(out, ',', "fate", string(e.Fate))
	if e.Fate == Merged {
		out = appendText(out, ',', "merged_into", e.MergedInto)
	}
	return append(out, "}\n"...)
}

// appendText appends a member whose name needs no escape.
func appendText(out []byte, before byte, name, value string) []byte {
	out = append(append(append(out, before, '"'), name...), `":`...)
	return strictjson.AppendCanonical(out, &strictjson.Value{Kind: strictjson.String, Text: value})
}

// maxProblems is where reading ends: a ledger is never written by hand, so that
// one with many faults has a single one that matters.
const maxProblems = 10

// Parse reads the text of a ledger. The problems, of the code ledger-invalid or
// those of JSON text, have byte offsets in the text; with any of them there is
// no ledger. Text that Parse takes is what Encode gives back, byte for byte.
func Parse(data []byte) (*Ledger, []strictjson.Problem) {
	p := parser{ledger: &Ledger{}, order: map[string]int{}}
	for base := 0; base < len(data) && len(p.problems) < maxProblems; {
		end := len(data)
		if i := bytes.IndexByte(data[base:], '\n'); i >= 0 {
			end = base + i + 1
		}
		p.base, p.text = base, data[base:end]
		p.line()
		base = end
	}
	if p.problems != nil {
		return nil, p.problems
	}
	return p.ledger, nil
}

// parser reads one line after the other.
type parser struct {
	ledger   *Ledger
	order    map[string]int // of releases, by version
	problems []strictjson.Problem
	base     int    // where the line begins
	text     []byte // the line
}

const rewrite = "the ledger is derived from the releases: take it from the last release, or delete it in a working copy"

// report says that something is wrong with a value, or, without one, with the line.
func (p *parser) report(v *strictjson.Value, format string, args ...any) {
	problem := strictjson.Problem{Code: diag.LedgerInvalid, Start: p.base, End: p.base + len(bytes.TrimRight(p.text, "\r\n")),
		Message: fmt.Sprintf(format, args...), Help: rewrite}
	if v != nil {
		problem.Start, problem.End = p.base+int(v.Start), p.base+int(v.End)
	}
	p.problems = append(p.problems, problem)
}

func (p *parser) line() {
	value, problems := strictjson.Parse(bytes.TrimSuffix(p.text, []byte("\n")))
	for _, problem := range problems {
		problem.Start += p.base
		problem.End += p.base
		for i := range problem.Related {
			problem.Related[i].Start += p.base
			problem.Related[i].End += p.base
		}
		p.problems = append(p.problems, problem)
	}
	if problems != nil {
		return
	}
	before := len(p.problems)
	var canonical []byte
	if value.Get("release") != nil {
		r := p.release(value)
		canonical = r.append(nil)
	} else {
		e := p.entry(value)
		canonical = e.append(nil)
	}
	if len(p.problems) == before && !bytes.Equal(canonical, p.text) {
		p.report(nil, "this line is not as a ledger writes it: %s", bytes.TrimSuffix(canonical, []byte("\n")))
	}
}

func (p *parser) release(v *strictjson.Value) Release {
	r := Release{Version: p.str(v, "release"), ReleasedOn: p.str(v, "released_on"), ManifestSHA256: p.digest(v, "manifest_sha256")}
	at := v.Get("release")
	switch last := len(p.ledger.Releases) - 1; {
	case r.Version == "": // reported
	case !isVersion(r.Version):
		p.report(at, "%q is not the version of a release", r.Version)
	case len(p.ledger.Entries) > 0:
		p.report(nil, "a release stands after an id: all releases come first")
	case last >= 0 && semver.Compare("v"+p.ledger.Releases[last].Version, "v"+r.Version) >= 0:
		p.report(at, "the release %s stands after the release %s", r.Version, p.ledger.Releases[last].Version)
	}
	if d := v.Get("released_on"); d != nil && d.Kind == strictjson.String && !isDay(r.ReleasedOn) {
		p.report(d, "%q is not a day", r.ReleasedOn)
	}
	p.order[r.Version] = len(p.ledger.Releases)
	p.ledger.Releases = append(p.ledger.Releases, r)
	return r
}

func (p *parser) entry(v *strictjson.Value) Entry {
	e := Entry{
		Kind: p.str(v, "kind"), RecordSHA256: p.digest(v, "record_sha256"),
		FirstVersion: p.version(v, "first_version"), ChangedVersion: p.version(v, "changed_version"),
		Fate: Fate(p.str(v, "fate")), MergedInto: v.Get("merged_into").Str(),
	}
	id, ok := ID(v.Get("id"))
	if e.ID = id; !ok {
		p.report(v.Get("id"), "this line has no id: a text that is not empty, or a whole number")
	}
	if first, changed := p.order[e.FirstVersion], p.order[e.ChangedVersion]; first > changed {
		p.report(v.Get("changed_version"), "the id was changed in %s, before it was there (%s)", e.ChangedVersion, e.FirstVersion)
	}
	if e.Fate != "" && !slices.Contains([]Fate{Current, Withdrawn, Merged, Vanished}, e.Fate) {
		p.report(v.Get("fate"), "%q is no fate of an id", e.Fate)
	}
	if into := v.Get("merged_into"); (into != nil || e.Fate == Merged) && (e.Fate != Merged || e.MergedInto == "") {
		p.report(cmp.Or(into, v.Get("fate")), `merged_into is there, with an id, exactly if the fate is "merged"`)
	}
	if n := len(p.ledger.Entries); n > 0 && ok {
		switch c := p.ledger.Entries[n-1].Compare(e); {
		case c == 0:
			p.report(v.Get("id"), "the %s %s is listed twice", e.Kind, e.ID)
		case c > 0:
			p.report(v.Get("id"), "the %s %s stands after the %s %s", e.Kind, e.ID, p.ledger.Entries[n-1].Kind, p.ledger.Entries[n-1].ID)
		}
	}
	if ok {
		p.ledger.Entries = append(p.ledger.Entries, e)
	}
	return e
}

// str gives a member that must be a text with something in it.
func (p *parser) str(v *strictjson.Value, name string) string {
	s := v.Get(name).Str()
	if s == "" {
		p.report(v.Get(name), "this line has no text %q", name)
	}
	return s
}

// version gives a member that must be the version of a release listed before.
func (p *parser) version(v *strictjson.Value, name string) string {
	s := p.str(v, name)
	if _, known := p.order[s]; s != "" && !known {
		p.report(v.Get(name), "the release %q is not listed above", s)
	}
	return s
}

// digest gives a member that must be a SHA-256 in hexadecimal.
func (p *parser) digest(v *strictjson.Value, name string) string {
	s := p.str(v, name)
	if s != "" && (len(s) != 64 || strings.Trim(s, "0123456789abcdef") != "") {
		p.report(v.Get(name), "this is not a SHA-256 in hexadecimal")
	}
	return s
}

// isVersion tells whether a version can be that of a release.
func isVersion(s string) bool {
	v := "v" + s
	return semver.IsValid(v) && semver.Canonical(v) == v && semver.Prerelease(v) == ""
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
