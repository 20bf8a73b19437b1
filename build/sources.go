package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/schema"
	"stemma/validate"
)

// ErrNoRelease says that a folder does not hold a release whose manifest and
// sources can be read.
var ErrNoRelease = errors.New("this is not a release that can be read; stemma verify says what is wrong with it")

// Sources opens the sources that are bundled with the release in a folder of
// unknown origin. They are unpacked into a private folder, which is gone when
// Sources returns. The manifest is held against the checksums, and the sources
// against the digest in it; nothing else of the release is checked, which is
// what Verify is for. Faults of the release are ErrNoRelease; findings about
// the bundled dataset are in the list.
func Sources(ctx context.Context, dir string) (snap *dataset.Snapshot, list diag.List, m *Manifest, err error) {
	p, list, err := openPublished(ctx, dir)
	if err != nil {
		return nil, nil, nil, err
	}
	return p.snap, list, p.manifest, nil
}

// openPublished reads the lists, the sources and the changelog of a release in a
// folder of unknown origin; see Sources.
func openPublished(ctx context.Context, dir string) (p *published, list diag.List, err error) {
	release, err := openFolder(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, release.root.Close()) }()
	v := verifier{ctx: ctx, folder: release, progress: func(int, int) {}, outputVersion: OutputVersion}
	if err := v.readLists(); err != nil {
		return nil, nil, err
	}
	if v.manifest == nil || v.files[archiveName] == nil || v.list.HasErrors() {
		return nil, nil, v.noRelease()
	}
	p = &published{dir: dir, manifest: v.manifest, manifestSHA256: v.manifestSHA256}
	if p.changelog, err = v.readChangelog(); err != nil {
		return nil, nil, err
	}
	private, err := os.MkdirTemp("", "stemma-sources-")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(private)) }()
	root := filepath.Join(private, "source")
	if err := errors.Join(os.Chmod(private, 0o700), makeDir(root)); err != nil {
		return nil, nil, err
	}
	if ok, err := v.unpack(root); err != nil || !ok {
		return nil, nil, errors.Join(err, v.noRelease())
	}
	if p.snap, list, err = dataset.Open(ctx, root); err != nil {
		return nil, nil, err
	}
	if p.snap != nil && !list.HasErrors() && p.snap.Digest() != v.manifest.DatasetSHA256 {
		return nil, nil, fmt.Errorf("%s holds other files than %s says: %w", archiveName, manifestName, ErrNoRelease)
	}
	return p, list, nil
}

// readChangelog reads the changelog of a release that has one, if it is the one
// that the manifest lists.
func (v *verifier) readChangelog() ([]byte, error) {
	listed := v.manifest.file(changelogName)
	if listed == nil {
		return nil, nil
	}
	if v.files[changelogName] == nil {
		return nil, fmt.Errorf("there is no %s: %w", changelogName, ErrNoRelease)
	}
	data, err := v.read(v.ctx, changelogName, maxChangelog)
	if err != nil {
		return nil, err
	}
	if sha256Hex(data) != listed.SHA256 {
		return nil, fmt.Errorf("%s is not the one that %s lists: %w", changelogName, manifestName, ErrNoRelease)
	}
	return data, nil
}

// noRelease gives the first finding about a release as an error.
func (v *verifier) noRelease() error {
	for _, d := range v.list.Sorted() {
		if d.Severity == diag.Error {
			return fmt.Errorf("%s: %s: %w", d.Place.File, d.Message, ErrNoRelease)
		}
	}
	for _, name := range []string{manifestName, archiveName} {
		if v.files[name] == nil {
			return fmt.Errorf("there is no %s: %w", name, ErrNoRelease)
		}
	}
	return nil
}

// PlannedTables lists the tables that a dataset would become, with their names,
// kinds and columns, whether or not its records are valid. There are none if
// the schemas have errors.
func PlannedTables(snap *dataset.Snapshot) ([]Table, error) {
	catalog, list := schema.Load(snap.SchemaFiles(), snap.Config.KindNames())
	if list.HasErrors() {
		return nil, nil
	}
	var kinds []validate.Kind
	var plans []*schema.Plan
	for _, k := range snap.Config.Kinds {
		s := catalog.Schema(k.Schema)
		if s == nil {
			return nil, nil
		}
		plan, found := schema.NewPlan(k.Name, k.Table, k.ID, s)
		if found.HasErrors() {
			return nil, nil
		}
		plans = append(plans, plan)
		kinds = append(kinds, validate.Kind{Kind: k, Schema: s, Plan: plan})
	}
	schema.NameTables(plans)
	c, _, err := planKinds(kinds, snap.Config.Model == dataset.ModelStemma)
	if err != nil {
		return nil, err
	}
	var out []Table
	for _, k := range c.kinds {
		for _, t := range k.Plan.Tables {
			out = append(out, plannedTable(k.Name, t))
		}
	}
	for _, t := range c.computed {
		out = append(out, plannedTable(dataset.KindComputed, t.Table))
	}
	return out, nil
}

func plannedTable(kind string, t *schema.Table) Table {
	out := Table{Name: t.Name, Kind: kind, Description: t.Description}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, Column{Name: c.Name, Type: c.Type.String()})
	}
	return out
}
