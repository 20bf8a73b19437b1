package build

import (
	"fmt"

	"stemma/build/provenance"
	"stemma/internal/diag"
)

// provenance says how the release was made; the manifest's digest is that of its
// bytes.
func (m *Manifest) provenance(builderID, manifestSHA256 string) *provenance.Provenance {
	p := &provenance.Provenance{Dataset: m.Dataset, Version: m.Version, BuilderID: builderID, OutputVersion: m.OutputVersion}
	if m.PolicyVersion != nil {
		p.PolicyVersion = *m.PolicyVersion
	}
	p.Files = append(p.Files, provenance.File{Name: manifestName, SHA256: manifestSHA256})
	for _, f := range m.Files {
		file := provenance.File{Name: f.Path, SHA256: f.SHA256}
		if p.Files = append(p.Files, file); f.Path == archiveName {
			p.Sources = file
		}
	}
	return p
}

// readProvenance reads the provenance, if it is the one that the checksums name,
// and holds it against the manifest.
func (v *verifier) readProvenance() error {
	if v.manifest == nil || !v.manifest.hasProvenance() || v.files[provenanceName] == nil {
		return nil
	}
	data, err := v.limited(provenanceName, maxProvenance)
	if err != nil || data == nil {
		return err
	}
	v.statementSHA256 = sha256Hex(data)
	if !v.vouchedFor(provenanceName, v.statementSHA256) {
		return nil
	}
	statement, err := provenance.Parse(data)
	if err != nil {
		v.report(diag.ReleaseManifest, provenanceName, "the provenance cannot be read: "+err.Error(), helpAltered)
		return nil
	}
	v.compareStatement(statement)
	return nil
}

// vouchedFor tells whether a list has the digest that the checksums say, or
// there are none. If not, both places are named.
func (v *verifier) vouchedFor(file, got string) bool {
	switch want := v.sums[file]; {
	case v.sums == nil || got == want:
		return true
	case want == "":
		v.report(diag.ReleaseDigests, sumsName, "this file does not list "+file, helpAltered)
		return true
	default:
		v.report(diag.ReleaseDigests, file, fmt.Sprintf("the SHA-256 of this file is %s, %s says %s: one of the two was altered", got, sumsName, want), helpAltered,
			diag.Related{Place: diag.Place{File: sumsName}, Message: "the other place"})
		return false
	}
}

// compareStatement reports where the provenance and the manifest differ. Who
// built the release is not in the manifest: only rebuilding shows that.
func (v *verifier) compareStatement(statement *provenance.Provenance) {
	report := func(message string) {
		v.report(diag.ReleaseDigests, provenanceName, message, helpAltered, diag.Related{Place: diag.Place{File: manifestName}, Message: "the other place"})
	}
	want := v.manifest.provenance(statement.BuilderID, v.manifestSHA256)
	for _, d := range statement.Compare(want.Files) {
		report(d.String())
	}
	for _, p := range []struct {
		what      string
		got, want any
	}{
		{"dataset", statement.Dataset, want.Dataset}, {"version", statement.Version, want.Version},
		{"output version", statement.OutputVersion, want.OutputVersion}, {"policy version", statement.PolicyVersion, want.PolicyVersion},
	} {
		if p.got != p.want {
			report(fmt.Sprintf("the %s is %v here, the manifest says %v", p.what, p.got, p.want))
		}
	}
	if statement.Commit == nil && statement.Sources.Name != archiveName {
		report(fmt.Sprintf("the inputs come from %q here, and a release has them in %s", statement.Sources.Name, archiveName))
	}
}
