package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"stemma/internal/diag"
	"stemma/validate"
)

// OutputVersion numbers the bytes that equal inputs become. It is raised when,
// and only when, they change; golden digests notice.
const OutputVersion = 1

// Options of a build.
type Options struct {
	// Out is the folder of the releases, such as "dist". It is made if needed.
	Out string
	// Stage is told what begins; may be nil. Times are measured by the caller,
	// since nothing here reads a clock.
	Stage func(name string)
	// Progress is told how many records of a stage are done; may be nil.
	Progress func(done, total int)
}

func (o Options) stage(name string) {
	if o.Stage != nil {
		o.Stage(name)
	}
}

// Outcome says what a build did.
type Outcome uint8

// The outcomes of a build.
const (
	Refused   Outcome = iota // the version exists with other content; nothing was changed
	Created                  // a new release folder
	Replaced                 // a development release took the place of the one before it
	Unchanged                // the release was there already, byte for byte
)

// Release is a release folder that stands.
type Release struct {
	Outcome  Outcome
	Dir      string
	Manifest *Manifest
}

// Build makes the release of a checked dataset: Out/v<version>. It appears by
// one rename, or not at all. Findings are faults of the data or of what is
// published already; the error is for disks and for faults of stemma itself.
func Build(ctx context.Context, c *validate.Checked, opt Options) (*Release, diag.List, error) {
	config := c.Snapshot().Config
	unlock, err := prepare(opt.Out)
	if err != nil {
		return nil, nil, err
	}
	defer unlock()

	name := "v" + config.Version
	staging := filepath.Join(opt.Out, stagingPrefix+name)
	defer os.RemoveAll(staging)
	manifest, list, err := write(ctx, c, staging, opt)
	if err != nil || list.HasErrors() {
		return nil, list, err
	}

	opt.stage("seal")
	release := &Release{Dir: filepath.Join(opt.Out, name), Manifest: manifest}
	release.Outcome, list, err = seal(ctx, staging, release.Dir, config.IsDev())
	if err != nil || release.Outcome == Refused {
		return release, list, err
	}
	return release, nil, writeIndex(opt.Out)
}

// write makes every file of a release in a new folder, in the order that lets
// each file say the digests of those before it and none its own.
func write(ctx context.Context, c *validate.Checked, dir string, opt Options) (*Manifest, diag.List, error) {
	if err := makeDir(filepath.Join(dir, tablesDir)); err != nil {
		return nil, nil, err
	}
	manifest := newManifest(c)

	opt.stage("compile")
	tables, err := compile(ctx, c, filepath.Join(dir, tablesDir), manifest, opt.Progress)
	if err != nil {
		return nil, nil, err
	}

	opt.stage("second reader")
	if list, err := secondRead(ctx, filepath.Join(dir, tablesDir), tables); err != nil || list.HasErrors() {
		return nil, list, err
	}

	opt.stage("write")
	if err := writeArchive(ctx, filepath.Join(dir, archiveName), c.Snapshot()); err != nil {
		return nil, nil, err
	}
	manifest.Tables = tables
	if err := manifest.addFiles(ctx, dir); err != nil {
		return nil, nil, err
	}
	if err := manifest.write(filepath.Join(dir, manifestName)); err != nil {
		return nil, nil, err
	}
	if err := writeSums(ctx, dir); err != nil {
		return nil, nil, err
	}
	if err := syncTree(dir); err != nil {
		return nil, nil, err
	}
	return manifest, nil, nil
}

// interrupted gives the error of a run that was stopped.
func interrupted(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("stopped before it was finished: %w", err)
	}
	return nil
}
