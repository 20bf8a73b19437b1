package build

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"

	"stemma/internal/diag"
)

// listLimits are the most bytes of the files whose size no list says.
var listLimits = map[string]int64{manifestName: maxManifest, sumsName: maxSums, provenanceName: maxProvenance}

// inventory compares the names and sizes of the files with the lists. No other
// file is opened, except to recognise one under another name.
func (v *verifier) inventory() error {
	if v.list.HasErrors() { // of the scan: links and special files
		return nil
	}
	if err := v.readLists(); err != nil {
		return err
	}
	v.expect()
	missing, extra := v.compareSizes()
	if err := v.compareNames(missing, extra); err != nil {
		return err
	}
	v.compareFoldersListed()
	return nil
}

// readLists reads the checksums, then the manifest and the provenance if they
// are those that they name.
func (v *verifier) readLists() error {
	if v.files[sumsName] != nil {
		data, err := v.limited(sumsName, maxSums)
		if err != nil || data == nil {
			return err
		}
		if v.sums, err = parseSums(data); err != nil {
			v.report(diag.ReleaseManifest, sumsName, "the checksums cannot be read: "+err.Error(), helpAltered)
		}
	}
	if v.files[manifestName] == nil {
		return nil
	}
	data, err := v.limited(manifestName, maxManifest)
	if err != nil || data == nil {
		return err
	}
	got := sha256Hex(data)
	if !v.vouchedFor(manifestName, got) {
		return nil
	}
	manifest, err := parseManifest(data)
	if other := formatError(0); errors.As(err, &other) {
		v.report(diag.ReleaseManifest, manifestName, "this manifest cannot be read: "+err.Error(),
			"verify it with a stemma that reads this format; sha256sum -c "+sumsName+" checks the bytes without one")
	} else if err != nil {
		v.report(diag.ReleaseManifest, manifestName, "the manifest cannot be read: "+err.Error(), helpAltered)
	}
	v.manifest, v.manifestSHA256 = manifest, got
	return v.readProvenance()
}

// limited reads one of the lists; nil if it is too large, which is reported.
func (v *verifier) limited(file string, limit int64) ([]byte, error) {
	if size := v.files[file].Size(); size > limit {
		v.report(diag.ReleaseManifest, file, fmt.Sprintf("this file has %d bytes; no release has one with more than %d", size, limit), helpAltered)
		return nil, nil
	}
	return v.read(v.ctx, file, limit)
}

// expect gathers what the lists say. The manifest is believed where it and the
// checksums disagree, because the checksums vouch for it and not the reverse.
func (v *verifier) expect() {
	v.expected = map[string]expectation{sumsName: {bytes: -1}, manifestName: {bytes: -1, sha256: v.sums[manifestName]}}
	if v.manifest == nil {
		for file, sum := range v.sums {
			v.expected[file] = expectation{-1, sum}
		}
		return
	}
	listed := map[string]bool{manifestName: true}
	if v.manifest.hasProvenance() {
		v.expected[provenanceName] = expectation{-1, v.sums[provenanceName]}
		listed[provenanceName] = true
	}
	for _, f := range v.manifest.Files {
		v.expected[f.Path] = expectation{f.Bytes, f.SHA256}
		listed[f.Path] = true
		if v.sums == nil {
			continue
		}
		if sum := v.sums[f.Path]; sum == "" {
			v.report(diag.ReleaseDigests, sumsName, fmt.Sprintf("%s lists the file %s, this file does not", manifestName, f.Path), helpAltered,
				diag.Related{Place: diag.Place{File: f.Path}, Message: "the file"})
		} else if sum != f.SHA256 {
			v.report(diag.ReleaseDigests, sumsName, fmt.Sprintf("the SHA-256 of %s is %s here and %s in %s", f.Path, sum, f.SHA256, manifestName), helpAltered,
				diag.Related{Place: diag.Place{File: manifestName}, Message: "the other place"})
		}
	}
	for _, file := range slices.Sorted(maps.Keys(v.sums)) {
		if !listed[file] {
			v.report(diag.ReleaseDigests, sumsName, fmt.Sprintf("this file lists %s, %s does not", file, manifestName), helpAltered)
		}
	}
	statement := ""
	if v.manifest.hasProvenance() {
		statement = cmp.Or(v.statementSHA256, v.sums[provenanceName])
	}
	v.expected[sumsName] = expectation{-1, sha256Hex(v.manifest.sums(v.manifestSHA256, statement))}
}

// compareSizes reports files of another size, and lists those that are not
// there and those that should not be.
func (v *verifier) compareSizes() (missing, extra []string) {
	for _, file := range slices.Sorted(maps.Keys(v.expected)) {
		switch want, info := v.expected[file], v.files[file]; {
		case info == nil:
			missing = append(missing, file)
		case want.bytes >= 0 && want.bytes != info.Size():
			v.report(diag.ReleaseChanged, file, fmt.Sprintf("this file has %d bytes, the release's has %d", info.Size(), want.bytes), helpAltered)
		}
	}
	if v.sums == nil && v.manifest == nil {
		return missing, nil // nothing says what belongs here
	}
	for _, file := range v.paths() {
		if _, ok := v.expected[file]; !ok {
			extra = append(extra, file)
		}
	}
	return missing, extra
}

// compareNames reports files that are missing or should not be there. One under
// another name is recognised by its digest.
func (v *verifier) compareNames(missing, extra []string) error {
	renamed := map[string]bool{}
	for _, file := range extra {
		from, err := v.renamedFrom(file, missing, renamed)
		if err != nil {
			return err
		}
		if from == "" {
			v.report(diag.ReleaseExtra, file, "this file is not part of the release", "delete it, or keep it elsewhere: nothing vouches for it")
			continue
		}
		renamed[from] = true
		v.report(diag.ReleaseRenamed, file, fmt.Sprintf("this is the file %s under another name", from), "rename it back")
	}
	for _, file := range missing {
		if renamed[file] {
			continue
		}
		help := helpDownload
		if file == sumsName || file == manifestName {
			help += "; is this the folder of a release?"
		}
		v.report(diag.ReleaseMissing, file, "this file is missing", help)
	}
	return nil
}

func (v *verifier) renamedFrom(file string, missing []string, taken map[string]bool) (string, error) {
	sum := ""
	for _, from := range missing {
		want, size := v.expected[from], v.files[file].Size()
		// Without a known size, only the lists are looked for, and they are small.
		fits := size == want.bytes || want.bytes < 0 && size <= listLimits[from]
		if taken[from] || want.sha256 == "" || !fits {
			continue
		}
		if sum == "" {
			var err error
			if sum, err = v.digest(v.ctx, file, nil); err != nil {
				return "", err
			}
		}
		if sum == want.sha256 {
			return from, nil
		}
	}
	return "", nil
}

// compareFoldersListed reports folders that no file of the release is in. Those
// with files in them that should not be there are known by these already.
func (v *verifier) compareFoldersListed() {
	needed := map[string]bool{}
	for _, files := range [][]string{slices.Collect(maps.Keys(v.expected)), v.paths()} {
		for _, file := range files {
			for dir := path.Dir(file); dir != "." && !needed[dir]; dir = path.Dir(dir) {
				needed[dir] = true
			}
		}
	}
	for _, dir := range v.dirs {
		if !needed[dir] {
			v.report(diag.ReleaseExtra, dir, "this empty folder is not part of the release", "delete it")
		}
	}
}

// digests recomputes the digest of every file whose size is known and right,
// even if other files have findings already: all that is damaged is named.
func (v *verifier) digests() error {
	var files []string
	total := int64(0)
	for _, file := range slices.Sorted(maps.Keys(v.expected)) {
		if info := v.files[file]; info != nil && v.expected[file].bytes == info.Size() {
			files = append(files, file)
			total += info.Size()
		}
	}
	m := newMeter(total, v.progress)
	for _, file := range files {
		got, err := v.digest(v.ctx, file, m.add)
		if err != nil {
			return err
		}
		if got != v.expected[file].sha256 {
			v.report(diag.ReleaseChanged, file, "the bytes of this file are not those of the release: its SHA-256 is "+got, helpAltered)
		}
	}
	return nil
}
