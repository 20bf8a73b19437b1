package build

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"golang.org/x/mod/semver"

	"stemma/diff"
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/validate"
)

// gateApprovals are the codes of findings that only the gate makes.
var gateApprovals = []diag.Code{diag.VersionStep, diag.IDReplaced}

// judged is what the releases before a version have to say to it.
type judged struct {
	checked *validate.Checked // with the changelog
	list    diag.List
}

// judge holds a checked dataset against its history, and writes its changelog.
// The result of the disagreements is nil if it was not computed yet. A dataset
// that brings its changelog is one whose release is built again: what only the
// previous release knows was judged when it was made.
func (h *History) judge(ctx context.Context, c *validate.Checked, d *disagreed) (j judged, err error) {
	snap := c.Snapshot()
	j.list = h.order(snap)
	if h.previous == nil {
		j.checked = c
		if snap.Changelog == nil {
			j.checked = c.WithChangelog(firstChangelog(snap, about(snap)))
		}
		return j, nil
	}
	old, err := h.previous.sideOf(ctx)
	if err != nil {
		return j, err
	}
	now := &diff.Side{Name: snap.Config.Version, Snapshot: snap}
	if now.Tables, err = sideTables(snap, nil); err != nil {
		return j, err
	}
	if d != nil {
		now.Disagreement = d.Result
	}
	change, err := compareSides(ctx, old, now)
	if err != nil {
		return j, err
	}
	approvals := validate.ReadApprovals(snap)
	what := about(snap)
	j.list = append(j.list, h.step(snap, change, approvals)...)
	if !change.Version.Enough {
		what.Approved = approvals.Reason(diag.VersionStep, snap.Config.CoreVersion())
	}
	replaced, err := h.replaced(ctx, snap, change, approvals)
	if err != nil {
		return j, err
	}
	j.list = append(append(j.list, replaced...), approvals.Unused(gateApprovals...)...)
	earlier, list, err := h.changelogOf(ctx, h.previous, snap)
	if j.list = append(j.list, list...); err != nil || list.HasErrors() {
		return j, err
	}
	text := joinChangelog(change.Section(what), earlier)
	if own := snap.Changelog; own != nil && string(own.Data) != string(text) {
		j.list = append(j.list, diag.New(diag.HistoryDiffers, own.Whole(), "",
			fmt.Sprintf("this is not the changelog that follows from the releases in %s", filepath.ToSlash(h.folder)),
			"remove the folder history: it is derived from the releases before each build"))
	}
	j.checked = c.WithChangelog(text)
	return j, nil
}

// order finds a new version that does not come after those that are published.
func (h *History) order(snap *dataset.Snapshot) diag.List {
	if len(h.versions) == 0 {
		return nil
	}
	version, highest := snap.Config.Version, h.versions[len(h.versions)-1]
	core := snap.Config.CoreVersion()
	for _, v := range h.versions {
		if v == version { // it is there already, and stays what it is
			return nil
		}
	}
	order := semver.Compare("v"+core, "v"+highest)
	if order > 0 {
		return nil
	}
	message := fmt.Sprintf("the version %s comes before %s, which is published in %s", version, highest, filepath.ToSlash(h.folder))
	if order == 0 {
		message = fmt.Sprintf("the version %s leads to %s, which is published in %s", version, highest, filepath.ToSlash(h.folder))
	}
	d := diag.New(diag.VersionOrder, versionPlace(snap), "/version", message,
		fmt.Sprintf("give the dataset a version above %s", highest))
	return diag.List{asDevelopment(d, snap.Config)}
}

// step finds a version that is smaller than the changes call for.
func (h *History) step(snap *dataset.Snapshot, d *diff.Diff, approvals *validate.Approvals) diag.List {
	v := d.Version
	if v.Enough || approvals.AllowsVersion(diag.VersionStep, snap.Config.CoreVersion()) {
		return nil
	}
	const most = 3
	var reasons []string
	for i, r := range v.Reasons {
		if i == most {
			reasons = append(reasons, fmt.Sprintf("and %d more", len(v.Reasons)-most))
			break
		}
		reasons = append(reasons, fmt.Sprintf("%s (%s)", r.Text, r.Change))
	}
	below := ""
	if v.Step != v.Change {
		below = fmt.Sprintf("; the largest is %s, which below 1.0.0 is a %s step", v.Change, v.Step)
	}
	old := d.Old.Version
	finding := diag.New(diag.VersionStep, versionPlace(snap), "/version",
		fmt.Sprintf("the changes since %s call for version %s or later, this is %s: %s%s", old, v.Least, snap.Config.Version, strings.Join(reasons, ", "), below),
		fmt.Sprintf(`write %s here (stemma diff %s . lists the changes), or allow it in %s: {"code": %q, "version": %q, "reason": "…", "approved_on": "YYYY-MM-DD"}`,
			suffixed(v.Least, snap.Config), filepath.ToSlash(h.previous.dir), dataset.ApprovalsName, diag.VersionStep, snap.Config.CoreVersion()))
	return diag.List{asDevelopment(finding, snap.Config)}
}

// replaced finds ids that go on with records which have nothing in common with
// those that were published.
func (h *History) replaced(ctx context.Context, snap *dataset.Snapshot, d *diff.Diff, approvals *validate.Approvals) (list diag.List, err error) {
	records, err := diff.Replaced(ctx, d, h.previous.snap, snap)
	if err != nil {
		return nil, interrupted(ctx)
	}
	for _, r := range records {
		id := h.publishedID(r.Kind, r.ID)
		if approvals.Allows(diag.IDReplaced, r.Kind, id) {
			continue
		}
		place := diag.Place{File: r.File, Span: diag.Span{Start: diag.Position{Line: r.Line, Column: 1}, End: diag.Position{Line: r.Line, Column: 1}}}
		list = append(list, diag.New(diag.IDReplaced, place, "",
			fmt.Sprintf("the %s %s has nothing in common with the record of this id in %s", r.Kind, id, d.Old.Version),
			fmt.Sprintf(`give what is new an id of its own, and put the old record back; or allow it in %s: {"code": %q, "kind": %q, "id": %s, "reason": "…", "approved_on": "YYYY-MM-DD"}`,
				dataset.ApprovalsName, diag.IDReplaced, r.Kind, id)))
	}
	return list, nil
}

// publishedID gives an id as the ledger writes it.
func (h *History) publishedID(kind, id string) string {
	text := string(strictjson.AppendCanonical(nil, &strictjson.Value{Kind: strictjson.String, Text: id}))
	if h.ledger.Find(kind, text) == nil && h.ledger.Find(kind, id) != nil {
		return id // a number
	}
	return text
}

// asDevelopment makes a finding a warning between releases.
func asDevelopment(d diag.Diagnostic, c *dataset.Config) diag.Diagnostic {
	if c.IsDev() {
		d.Severity = diag.Warning
	}
	return d
}

// suffixed gives a version the suffix of the dataset's own.
func suffixed(version string, c *dataset.Config) string {
	return version + strings.TrimPrefix(c.Version, c.CoreVersion())
}

// versionPlace is where dataset.json says the version.
func versionPlace(snap *dataset.Snapshot) diag.Place {
	root, problems := strictjson.Parse(snap.Source.Data)
	v := root.Get("version")
	if problems != nil || v == nil {
		return snap.Source.Whole()
	}
	return diag.Place{File: snap.Source.Path, Span: snap.Source.Text().Span(int(v.Start), int(v.End))}
}
