package build

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"stemma/internal/diag"
	"stemma/validate"
)

// OutputVersion numbers the bytes that equal inputs become. It is raised when,
// and only when, they change; golden digests notice.
const OutputVersion = 3

// Options of a build.
type Options struct {
	// Out is the folder of the releases, such as "dist". It is made if needed.
	Out string
	// History is what the releases before this version say, with which the dataset
	// was checked; nil: it is looked for in Out.
	History *History
	// Stage is told what begins; may be nil. Times are measured by the caller,
	// since nothing here reads a clock.
	Stage func(name string)
	// Progress is told how much of a stage is done: records while they are
	// decoded for the disagreements and while compiling,
	// tables for the second reader, MiB of sources while writing; may be nil.
	Progress func(done, total int)

	outputVersion int // 0: OutputVersion; tests play an older stemma
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
// published already; with errors among them nothing was changed. The error is
// for disks, interruption and faults of stemma itself; if there is a release
// all the same, it stands, and only what lies beside it could not be written.
func Build(ctx context.Context, c *validate.Checked, opt Options) (release *Release, list diag.List, err error) {
	config := c.Snapshot().Config
	unlock, err := prepare(opt.Out)
	if err != nil {
		return nil, nil, err
	}
	defer unlock()

	name := "v" + config.Version
	list, err = checkStanding(ctx, c, opt)
	if err != nil || list.HasErrors() {
		return nil, list, err
	}

	computed, err := disagreeIfModel(ctx, c, opt)
	if err != nil {
		return nil, nil, err
	}
	judged, err := passGate(ctx, c, computed, opt)
	if list = append(list, judged.list...); err != nil || list.HasErrors() {
		return nil, list.Sorted(), err
	}
	c = judged.checked

	staging := filepath.Join(opt.Out, stagingPrefix+name)
	defer func() { err = errors.Join(err, os.RemoveAll(staging)) }()
	manifest, failed, err := write(ctx, c, computed, staging, opt)
	if err != nil || failed.HasErrors() {
		return nil, failed, err
	}

	list = append(list, failed...)

	if failed, err = sameAsRemembered(opt.Out, staging, config.Version); err != nil || failed.HasErrors() {
		return nil, failed, err
	}

	opt.stage("seal")
	release = &Release{Dir: filepath.Join(opt.Out, name), Manifest: manifest}
	release.Outcome, failed, err = seal(ctx, staging, release.Dir, config.IsDev())
	if err != nil {
		return nil, nil, err
	}
	if release.Outcome == Refused {
		return release, failed, nil
	}
	opt.stage("derive")
	beside, err := derive(ctx, opt.Out)
	if err != nil {
		return release, list, fmt.Errorf("the release stands in %s, but not all that lies beside it was written; the next build does it: %w", release.Dir, err)
	}
	return release, append(list, asWarnings(beside)...).Sorted(), nil
}

// disagreeIfModel computes what the rows of claims and the changelog need; nil for
// datasets of other models.
func disagreeIfModel(ctx context.Context, c *validate.Checked, opt Options) (*disagreed, error) {
	if !hasModel(c) {
		return nil, nil
	}
	opt.stage("disagree")
	return disagree(ctx, c, opt.Progress)
}

// passGate holds the dataset against the releases before it. What they say must
// be what it was checked with.
func passGate(ctx context.Context, c *validate.Checked, computed *disagreed, opt Options) (judged, error) {
	h := opt.History
	if h == nil {
		found, list, err := FindHistory(ctx, c.Snapshot().Config, opt.Out)
		if err != nil || list.HasErrors() {
			return judged{list: list}, err
		}
		h = found
	}
	if h.ledger != nil && (h.previous == nil || !bytes.Equal(h.ledger.Encode(), c.Ledger().Encode())) {
		return judged{}, errors.New("internal error: the dataset was checked without the history of its releases")
	}
	if h.previous != nil {
		opt.stage("changes")
	}
	return h.judge(ctx, c, computed)
}

// asWarnings is for findings about other releases than the one that is built.
func asWarnings(list diag.List) diag.List {
	for i := range list {
		list[i].Severity = diag.Warning
	}
	return list
}

// write makes every file of a release in a new folder, in the order that lets
// each file say the digests of those before it and none its own.
func write(ctx context.Context, c *validate.Checked, computed *disagreed, dir string, opt Options) (*Manifest, diag.List, error) {
	manifest := newManifest(c, cmp.Or(opt.outputVersion, OutputVersion))
	content, list, err := planContent(c)
	if err != nil || list.HasErrors() {
		return nil, list, err
	}
	tablesPath := filepath.Join(dir, tablesDir)
	if err := makeDir(tablesPath); err != nil {
		return nil, nil, err
	}

	if computed != nil {
		if err := content.use(computed); err != nil {
			return nil, nil, err
		}
	}

	opt.stage("compile")
	tables, err := compile(ctx, content, tablesPath, manifest, opt.Progress)
	if err != nil {
		return nil, nil, err
	}

	opt.stage("second reader")
	if list, err := secondRead(ctx, tablesPath, tables, opt.Progress); err != nil || list.HasErrors() {
		return nil, list, err
	}

	manifest.Tables = append(manifest.Tables, tables...)
	if manifest.hasPage() {
		opt.stage("page")
		if err := writePage(ctx, dir, c, content, opt.Progress); err != nil {
			return nil, nil, err
		}
	}

	opt.stage("write")
	if err := writeArchive(ctx, filepath.Join(dir, archiveName), c.Snapshot().Inputs(), sourceLimits, opt.Progress); err != nil {
		return nil, nil, err
	}
	if policy := c.Snapshot().Policy; policy != nil { // by which the rows were computed, for readers without an archiver
		if err := writeFile(filepath.Join(dir, policyName), policy.Data); err != nil {
			return nil, nil, err
		}
	}
	if changelog := c.Snapshot().Changelog; changelog != nil {
		if err := writeFile(filepath.Join(dir, changelogName), changelog.Data); err != nil {
			return nil, nil, err
		}
	}
	if err := manifest.addFiles(ctx, dir); err != nil {
		return nil, nil, err
	}
	if err := manifest.addDocuments(dir, c.Snapshot().Config, content.tables); err != nil {
		return nil, nil, err
	}
	if err := manifest.writeLists(dir, c.Snapshot().Config.BuilderID); err != nil {
		return nil, nil, err
	}
	return manifest, list, syncTree(dir)
}
