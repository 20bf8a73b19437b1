package validate

import (
	"fmt"
	"slices"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/ledger"
	"stemma/internal/strictjson"
)

// What can be approved: findings about one record, and findings about a version
// as a whole. Those that the build makes are here, too, so that there is one list.
var (
	recordApprovals  = []diag.Code{diag.IDVanished, diag.IDKindChanged, diag.IDReused, diag.IDReplaced}
	versionApprovals = []diag.Code{diag.VersionStep}
)

// Approvals are the exceptions that approvals.json names, for one run. They note
// which of them were needed, so that none outlives its reason. Nil has none. They
// are not for use by several goroutines at once.
type Approvals struct {
	file *dataset.File
	root *strictjson.Value
	list []approval
}

type approval struct {
	code          diag.Code
	version       string            // of findings about a version; without a suffix
	kind, id      string            // of findings about a record; the id as a ledger writes it
	codeAt, about *strictjson.Value // the code, and the id or the version
	used          bool
}

// ReadApprovals reads the approvals of a dataset. What its schema refuses was
// reported when the dataset was loaded, and is left out.
func ReadApprovals(snap *dataset.Snapshot) *Approvals {
	if snap.Approvals == nil {
		return nil
	}
	root, problems := strictjson.Parse(snap.Approvals.Data)
	list := root.Get("approvals")
	if problems != nil || list == nil {
		return nil
	}
	a := &Approvals{file: snap.Approvals, root: root}
	for i := range list.Elems {
		v := &list.Elems[i]
		code, version, id := v.Get("code"), v.Get("version"), v.Get("id")
		if code == nil || (version == nil) == (id == nil) {
			continue
		}
		x := approval{code: diag.Code(code.Str()), version: version.Str(), kind: v.Get("kind").Str(), codeAt: code, about: version}
		if id != nil {
			x.id, _ = ledger.ID(id)
			x.about = id
		}
		a.list = append(a.list, x)
	}
	return a
}

// Allows tells whether a finding about a record is approved: about the id, as a
// ledger writes it, of a kind.
func (a *Approvals) Allows(code diag.Code, kind, id string) bool {
	return id != "" && a.allows(func(x *approval) bool { return x.code == code && x.kind == kind && x.id == id })
}

// AllowsVersion tells whether a finding about a version as a whole, which is
// given without a suffix, is approved.
func (a *Approvals) AllowsVersion(code diag.Code, version string) bool {
	return version != "" && a.allows(func(x *approval) bool { return x.code == code && x.version == version })
}

// allows uses up the first approval that fits: a second one for the same
// finding allows nothing.
func (a *Approvals) allows(fits func(*approval) bool) bool {
	if a == nil {
		return false
	}
	for i := range a.list {
		if fits(&a.list[i]) {
			a.list[i].used = true
			return true
		}
	}
	return false
}

// Unused reports the approvals of some codes that were not needed.
func (a *Approvals) Unused(codes ...diag.Code) (list diag.List) {
	if a == nil {
		return nil
	}
	for i := range a.list {
		x := &a.list[i]
		if x.used || !slices.Contains(codes, x.code) || !x.fitsCode() {
			continue
		}
		what := fmt.Sprintf("the %s %s", x.kind, x.id)
		if x.version != "" {
			what = "the version " + x.version
		}
		list = append(list, a.find(x.about, diag.ApprovalUnused, fmt.Sprintf("this approval allows nothing: there is no finding %s about %s", x.code, what),
			"delete it, or correct what it names; an approval goes when its reason is gone, and so does one for a version that is published"))
	}
	return list
}

// otherVersions reports approvals for a version that is not the dataset's own.
func (a *Approvals) otherVersions(own string) (list diag.List) {
	if a == nil {
		return nil
	}
	for i := range a.list {
		if x := &a.list[i]; x.version != "" && x.version != own && x.fitsCode() {
			list = append(list, a.find(x.about, diag.ApprovalUnused, fmt.Sprintf("this approval is for the version %s, and the dataset's own is %s", x.version, own),
				"delete it, or correct the version; an approval for a version goes when the next one is begun"))
		}
	}
	return list
}

// codes reports approvals of what cannot be approved.
func (a *Approvals) codes() (list diag.List) {
	if a == nil {
		return nil
	}
	for i := range a.list {
		x := &a.list[i]
		switch {
		case x.fitsCode():
		case slices.Contains(recordApprovals, x.code):
			list = append(list, a.find(x.codeAt, diag.ApprovalCode, fmt.Sprintf("%s is approved for one record, not for a version", x.code), `write "kind" and "id" in place of "version"`))
		case slices.Contains(versionApprovals, x.code):
			list = append(list, a.find(x.codeAt, diag.ApprovalCode, fmt.Sprintf("%s is approved for a version, not for one record", x.code), `write "version" in place of "kind" and "id"`))
		default:
			list = append(list, a.find(x.codeAt, diag.ApprovalCode, fmt.Sprintf("a finding %q cannot be approved", x.code),
				fmt.Sprintf("put right what it is about, and delete the approval; what can be approved is %s", codeNames(slices.Concat(recordApprovals, versionApprovals)))))
		}
	}
	return list
}

func (x *approval) fitsCode() bool {
	if x.version != "" {
		return slices.Contains(versionApprovals, x.code)
	}
	return slices.Contains(recordApprovals, x.code)
}

func (a *Approvals) find(at *strictjson.Value, code diag.Code, message, help string) diag.Diagnostic {
	return a.file.Diagnose(a.root, strictjson.Problem{Code: code, Start: int(at.Start), End: int(at.End), Message: message, Help: help})
}

// codeNames writes codes as a list in words.
func codeNames(codes []diag.Code) string {
	s := ""
	for i, c := range codes {
		switch {
		case i == len(codes)-1:
			s += " and "
		case i > 0:
			s += ", "
		}
		s += string(c)
	}
	return s
}
