package build

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stemma/build/provenance"
	"stemma/internal/diag"
)

// state gives a release another provenance, which the checksums vouch for.
func state(t testing.TB, dir string, change func(p *provenance.Provenance)) {
	t.Helper()
	p, err := provenance.Parse(readFile(t, filepath.Join(dir, provenanceName)))
	must(t, err)
	change(p)
	data, err := p.Encode()
	must(t, err)
	replaceStatement(t, dir, data)
}

func replaceStatement(t testing.TB, dir string, data []byte) {
	t.Helper()
	before := readFile(t, filepath.Join(dir, provenanceName))
	edit(t, filepath.Join(dir, sumsName), sha256Hex(before), sha256Hex(data))
	replaceFile(t, filepath.Join(dir, provenanceName), data)
}

// What the provenance says is held against the manifest, also where the
// checksums vouch for it. Findings name both digests.
func TestStatementsThatDisagree(t *testing.T) {
	other := strings.Repeat("0", 64)
	for name, test := range map[string]struct {
		change func(p *provenance.Provenance)
		says   []string // by finding
	}{
		"nothing":      {func(*provenance.Provenance) {}, nil},
		"a digest":     {func(p *provenance.Provenance) { p.Files[0].SHA256 = other }, []string{"CHANGELOG.md has the SHA-256 " + other + " in the provenance and "}},
		"a file less":  {func(p *provenance.Provenance) { p.Files = p.Files[1:] }, []string{"CHANGELOG.md is in the release"}},
		"a file more":  {func(p *provenance.Provenance) { p.Files = append(p.Files, provenance.File{Name: "x", SHA256: other}) }, []string{"x is named by the provenance"}},
		"the manifest": {func(p *provenance.Provenance) { p.Files[fileAt(p, manifestName)].SHA256 = other }, []string{"manifest.json has the SHA-256 " + other}},
		"dataset":      {func(p *provenance.Provenance) { p.Dataset = "other" }, []string{"the dataset is other here, the manifest says small"}},
		"version":      {func(p *provenance.Provenance) { p.Version = "9.9.9" }, []string{"the version is 9.9.9 here, the manifest says 1.2.3"}},
		"output":       {func(p *provenance.Provenance) { p.OutputVersion = 9 }, []string{"the output version is 9 here"}},
		"policy":       {func(p *provenance.Provenance) { p.PolicyVersion = "7" }, []string{"the policy version is 7 here"}},
		"sources":      {func(p *provenance.Provenance) { p.Sources = p.Files[0] }, []string{`the inputs come from "CHANGELOG.md" here`}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallRelease(t)
			state(t, dir, test.change)
			_, list, err := Verify(t.Context(), dir, VerifyOptions{})
			if err != nil || len(list) != len(test.says) {
				t.Fatalf("%v, %s", err, messages(list))
			}
			for i, d := range list {
				if d.Code != diag.ReleaseDigests || d.Place.File != provenanceName || d.Related[0].Place.File != manifestName || !strings.Contains(d.Message, test.says[i]) {
					t.Errorf("%+v", d)
				}
			}
		})
	}
}

func fileAt(p *provenance.Provenance, name string) int {
	return slices.IndexFunc(p.Files, func(f provenance.File) bool { return f.Name == name })
}

func TestStatementsThatAreMissingOrUnreadable(t *testing.T) {
	path := func(dir string) string { return filepath.Join(dir, provenanceName) }
	for name, test := range map[string]struct {
		do   func(dir string)
		want []string
	}{
		"missing":    {func(dir string) { must(t, os.Remove(path(dir))) }, []string{"release-missing-file provenance.intoto.json"}},
		"renamed":    {func(dir string) { must(t, os.Rename(path(dir), path(dir)+".txt")) }, []string{"release-renamed-file provenance.intoto.json.txt"}},
		"huge":       {func(dir string) { must(t, os.Truncate(path(dir), 1<<40)) }, []string{"release-manifest provenance.intoto.json"}},
		"unreadable": {func(dir string) { replaceStatement(t, dir, []byte("{}\n")) }, []string{"release-manifest provenance.intoto.json"}},
		"changed":    {func(dir string) { edit(t, path(dir), `"version": "1.2.3"`, `"version": "1.2.4"`) }, []string{"release-digests provenance.intoto.json"}},
		"not in the checksums": {func(dir string) {
			sum := sha256Hex(readFile(t, path(dir)))
			edit(t, filepath.Join(dir, sumsName), sum+"  "+provenanceName+"\n", "")
		}, []string{"release-digests SHA256SUMS"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallRelease(t)
			test.do(dir)
			if got := verifyFindings(t, dir, VerifyOptions{}); !slices.Equal(got, test.want) {
				t.Errorf("findings %q, want %q", got, test.want)
			}
		})
	}
}

// Releases from before there was a provenance have none.
func TestNoStatementInOldReleases(t *testing.T) {
	dir := smallRelease(t)
	forge(t, dir, func(m *Manifest) { m.OutputVersion = documentsOutput - 1 })
	got := verifyFindings(t, dir, VerifyOptions{})
	if !slices.Contains(got, "release-extra-file provenance.intoto.json") || !slices.Contains(got, "release-digests SHA256SUMS") {
		t.Errorf("findings %q", got)
	}
}
