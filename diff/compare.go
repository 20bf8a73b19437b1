package diff

import (
	"context"
	"fmt"
	"slices"

	"stemma/internal/dataset"
)

// Compare compares two sides. The only error is that of the context.
func Compare(ctx context.Context, old, now Side) (*Diff, error) {
	a, b := old.Snapshot, now.Snapshot
	d := &Diff{
		Old: state(old), New: state(now),
		Tables: []Change{}, Questions: []Question{}, NotCompared: []string{}, Layout: []string{},
		Beside: compareBeside(a, b), Schemas: compareSchemas(a, b), Policy: compareOptional(a.Policy, b.Policy), Dataset: compareDocuments(a.Source, b.Source),
	}
	var err error
	if d.Records, err = compareRecords(ctx, a, b); err != nil {
		return nil, err
	}
	for _, s := range []struct{ name, why string }{{"OLD", old.Unread}, {"NEW", now.Unread}} {
		if s.why != "" {
			d.NotCompared = append(d.NotCompared, fmt.Sprintf("%s as a whole: not all of it could be read; %s", s.name, s.why))
		}
	}
	if old.Tables != nil && now.Tables != nil {
		d.Tables = compareTables(old.Tables, now.Tables)
	} else {
		d.NotCompared = append(d.NotCompared, "the tables: a schema has errors")
	}
	switch {
	case old.Disagreement != nil && now.Disagreement != nil:
		d.Questions, d.OtherQuestions = compareQuestions(old.Disagreement, now.Disagreement)
	default:
		d.NotCompared = append(d.NotCompared, unfit(old, now)...)
	}
	d.Layout = layout(withoutBeside(a), withoutBeside(b), d)
	d.Version = judge(d, a, b)
	return d, nil
}

func state(s Side) State {
	c := s.Snapshot.Config
	return State{Name: s.Name, Dataset: c.Name, Version: c.Version, SHA256: s.Snapshot.Digest()}
}

// unfit says why disagreement was not compared. Two datasets without it have
// nothing to compare.
func unfit(old, now Side) (out []string) {
	for _, s := range []struct {
		name string
		Side
	}{{"OLD", old}, {"NEW", now}} {
		switch {
		case s.Disagreement != nil:
		case s.Unfit != "":
			out = append(out, fmt.Sprintf("disagreement: %s: %s", s.name, s.Unfit))
		case old.Snapshot.Config.Model != now.Snapshot.Config.Model:
			out = append(out, fmt.Sprintf("disagreement: %s: the dataset is of another model", s.name))
		}
	}
	return out
}

// compareBeside lists the approvals and notes that differ.
func compareBeside(old, now *dataset.Snapshot) []string {
	files := func(s *dataset.Snapshot) map[string]*dataset.File {
		out := map[string]*dataset.File{}
		for _, f := range append(slices.Clone(s.Notes), s.Approvals) {
			if f != nil {
				out[f.Path] = f
			}
		}
		return out
	}
	before, after := files(old), files(now)
	out := []string{}
	for path, f := range after {
		if other := before[path]; other == nil || other.SHA256 != f.SHA256 {
			out = append(out, path)
		}
	}
	for path := range before {
		if after[path] == nil {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

// withoutBeside leaves out what is compared as such, and the history: it is
// derived from the releases, so that it differs between any two of them.
func withoutBeside(s *dataset.Snapshot) *dataset.Snapshot {
	out := s.WithHistory(nil, nil)
	out.Notes, out.Approvals = nil, nil
	return out
}

// layout lists the files that differ although nothing in them does, and those
// without content that only one side has.
func layout(old, now *dataset.Snapshot, d *Diff) []string {
	told := map[string]bool{}
	for _, r := range d.Records {
		told[r.File], told[r.OldFile] = true, true
	}
	for _, doc := range d.Schemas {
		told[doc.File], told[doc.OldFile] = true, true
	}
	for _, doc := range []*Document{d.Policy, d.Dataset} {
		if doc != nil {
			told[doc.File], told[doc.OldFile] = true, true
		}
	}
	before := map[string]*dataset.File{}
	for _, f := range old.Inputs() {
		before[f.Path] = f
	}
	out := []string{}
	for _, f := range now.Inputs() {
		if other := before[f.Path]; (other == nil || other.SHA256 != f.SHA256) && !told[f.Path] {
			out = append(out, f.Path)
		}
		delete(before, f.Path)
	}
	for file := range before {
		if !told[file] {
			out = append(out, file)
		}
	}
	slices.Sort(out)
	return out
}
