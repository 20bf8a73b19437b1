package build

import (
	"cmp"
	"context"

	"stemma/internal/diag"
)

// Limits of what verify reads of a folder of unknown origin.
const (
	maxManifest = 10 << 20
	maxSums     = 16 << 20

	maxProvenance = 16 << 20
)

// VerifyOptions of a verification.
type VerifyOptions struct {
	Rebuild bool // rebuild from the bundled sources and compare the bytes
	// ByColumn takes it that a release of another output version can only be compared
	// column by column: Verified says so then, and it is no finding.
	ByColumn bool
	Stage    func(name string) // told what begins; may be nil
	// Progress is told how much of a stage is done: MiB of the files for the
	// digests, tables afterwards; may be nil.
	Progress func(done, total int)

	outputVersion int // 0: OutputVersion; tests play another stemma
}

// Verified says what was proved about a release that has no findings.
type Verified struct {
	Manifest *Manifest // nil if it could not be read
	Files    int
	Rebuilt  bool // from its sources, to the same bytes
	ByColumn bool // from its sources, to the same values in the columns that this stemma writes too
}

// Verify checks the release in a folder, wherever it lies and wherever it comes
// from. It trusts nothing: names and sizes before contents, digests before
// anything is decoded, and nothing is decoded if there are findings.
// The error is for a folder that cannot be read, for interruption and, when
// rebuilding, for the disk; all else is a finding.
func Verify(ctx context.Context, dir string, opt VerifyOptions) (*Verified, diag.List, error) {
	release, err := openFolder(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	defer release.root.Close()
	v := verifier{ctx: ctx, folder: release, progress: opt.Progress, outputVersion: cmp.Or(opt.outputVersion, OutputVersion), byColumn: opt.ByColumn}
	if v.progress == nil {
		v.progress = func(int, int) {}
	}
	type step struct {
		name    string
		run     func() error
		despite bool // of earlier findings: all that is damaged is named
	}
	steps := []step{
		{"names and sizes", v.inventory, false},
		{"digests", v.digests, true},
		{"tables", v.tables, false},
		{"second reader", v.secondReader, false},
		{"sources", v.sources, false},
	}
	if opt.Rebuild {
		steps = append(steps, step{"rebuild", v.rebuild, false})
	}
	for _, s := range steps {
		if v.list.HasErrors() && !s.despite {
			break
		}
		if err := interrupted(ctx); err != nil {
			return nil, nil, err
		}
		if opt.Stage != nil {
			opt.Stage(s.name)
		}
		if v.reportAltered() {
			break
		}
		err := s.run()
		if v.reportAltered() {
			break // whatever else the step says, it may be about other bytes
		}
		if err != nil {
			return nil, nil, err
		}
	}
	result := &Verified{Manifest: v.manifest, Files: len(v.files)}
	if opt.Rebuild && !v.list.HasErrors() {
		result.ByColumn = v.manifest.OutputVersion != v.outputVersion
		result.Rebuilt = !result.ByColumn
	}
	return result, v.list.Sorted(), nil
}

// reportAltered reports files that somebody changed since they were listed. The
// decoders open files by their names, so this is asked before and after every
// step: what they read is what was digested.
func (v *verifier) reportAltered() bool {
	altered := v.altered()
	for _, file := range altered {
		v.report(diag.ReleaseChanged, file, "this file was changed while it was being verified", "verify a copy that nobody writes to")
	}
	return len(altered) > 0
}

// verifier carries a verification from step to step.
type verifier struct {
	*folder
	ctx           context.Context
	progress      func(done, total int)
	outputVersion int
	byColumn      bool

	manifest        *Manifest // nil until it was read
	manifestSHA256  string
	statementSHA256 string            // of the provenance; empty until it was read
	sums            map[string]string // what SHA256SUMS says; nil until it was read
	expected        map[string]expectation
}

// expectation is what is known of a file before it is opened.
type expectation struct {
	bytes  int64  // -1: unknown
	sha256 string // empty: unknown
}

const (
	helpDownload = "get the release again from where it is published"
	helpAltered  = "the release was altered, or damaged on the way; get it again"
)
