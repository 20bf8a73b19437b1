package cli

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"stemma/build"
	"stemma/internal/diag"
)

// This file is stemma verify for a folder of releases.

// verifyReleases verifies every release in a folder, and that they belong together.
func (a *App) verifyReleases(ctx context.Context, f verifyFlags, dir string) error {
	if f.signature != "" {
		return usagef("%s holds releases, and each has its signature beside it; name one of them to say where its signature is (--signature)", dir)
	}
	if f.output != "" {
		if _, inside := below(absolute(a.path(dir)), absolute(a.path(f.output))); inside {
			return usagef("a folder of releases holds nothing but them and what follows from them: write the report elsewhere (-o)")
		}
	}
	s := stages{a: a}
	defer s.end()
	keys := map[string]*signature{}
	unsigned := map[string]diag.List{} // what is wrong with those that a later release may vouch for
	result, list, err := build.VerifyReleases(ctx, a.path(dir), build.ReleasesOptions{
		Rebuild: f.rebuild, Stage: s.begin, Progress: s.update,
		Release: func(name string, opt build.VerifyOptions) (*build.Verified, diag.List, error) {
			signed, list, err := a.signed(f, func(string) {}, filepath.Join(dir, name))
			list = beside(list, dir, name)
			if isUnsigned(list) {
				unsigned[name], list = list, nil
			}
			if err != nil || list.HasErrors() {
				return nil, list, err
			}
			keys[name] = signed
			verified, list, err := a.verifySigned(ctx, signed, a.path(filepath.Join(dir, name)), opt)
			return verified, list.Below(name), err
		},
	})
	s.end()
	if err != nil {
		return err
	}
	list = append(list, notVouchedFor(result, keys, unsigned)...).Sorted()
	isText := f.format == "text" && f.output == ""
	if isText {
		fmt.Fprint(a.out, harmless(releaseLines(result, keys)))
	}
	if !isText || len(list) > 0 {
		if err := a.print(f.reportFlags, diag.NewReport(result.Files(), 0, list, nil)); err != nil {
			return err
		}
	}
	if list.HasErrors() {
		if isText && !result.Chained {
			fmt.Fprintln(a.Stderr, "not checked: whether the releases belong together, and what lies beside them")
		}
		return findings()
	}
	s.print()
	if isText {
		fmt.Fprint(a.out, harmless(releasesText(dir, result, f, keys)))
	}
	return nil
}

// beside gives findings about the signature of a release with files as seen from
// the folder of the releases: the signature lies in it, all else in the release.
func beside(list diag.List, dir, name string) diag.List {
	signatureFile := filepath.ToSlash(signatureFile(filepath.Join(dir, name)))
	for i := range list {
		if list[i].Place.File == signatureFile {
			list[i].Place.File = name + signatureEnding
		} else {
			list[i].Place.File = path.Join(name, list[i].Place.File)
		}
	}
	return list
}

// isUnsigned tells whether a release has no signature, rather than a wrong one.
func isUnsigned(list diag.List) bool {
	return len(list) == 1 && (list[0].Code == diag.SignatureMissing || list[0].Code == diag.SignatureStatement && list[0].Help == helpUnsigned)
}

// notVouchedFor gives the findings about releases without a signature, unless a
// later release that is signed names their manifests. That it names them as they
// are was compared before.
func notVouchedFor(v *build.VerifiedReleases, keys map[string]*signature, unsigned map[string]diag.List) (list diag.List) {
	isVouchedFor := false
	for _, r := range slices.Backward(v.Releases) {
		if !isVouchedFor {
			list = append(list, unsigned[r.Name]...)
		}
		if r.Verified != nil && r.Manifest != nil && keys[r.Name] != nil && slices.Contains(v.Histories, r.Manifest.Version) {
			isVouchedFor = true
		}
	}
	return list
}

// releaseLines says of each release how it fared.
func releaseLines(v *build.VerifiedReleases, keys map[string]*signature) string {
	var b strings.Builder
	for _, r := range v.Releases {
		switch {
		case r.Errors > 0:
			fmt.Fprintf(&b, "%s: %s\n", r.Name, count(r.Errors, "error"))
			continue
		case r.Verified == nil || r.Manifest == nil:
			continue
		}
		m := r.Manifest
		fmt.Fprintf(&b, "%s: ok: %s %s", r.Name, m.Dataset, m.Version)
		if m.ReleasedOn != nil {
			fmt.Fprintf(&b, " of %s", *m.ReleasedOn)
		}
		fmt.Fprintf(&b, ", %s, %s with %s", count(r.Verified.Files, "file"), count(len(m.Tables), "table"), count(rows(m), "row"))
		switch {
		case r.Rebuilt:
			b.WriteString("; rebuilt, every byte is the same")
		case r.ByColumn:
			fmt.Fprintf(&b, "; rebuilt, every value is the same (its bytes are those of output version %d, this stemma writes %d)", m.OutputVersion, build.OutputVersion)
		}
		if signed := keys[r.Name]; signed != nil {
			fmt.Fprintf(&b, "; signed with %s", signed.key.ID)
		} else if len(keys) > 0 && isSigned(keys) {
			b.WriteString("; not signed itself")
		}
		b.WriteByte('\n')
	}
	for _, name := range v.Skipped {
		fmt.Fprintf(&b, "%s: skipped: a version between releases\n", name)
	}
	return b.String()
}

// releasesText says what was proved of a folder of releases, and what was not.
func releasesText(dir string, v *build.VerifiedReleases, f verifyFlags, keys map[string]*signature) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if len(v.Releases) == 0 {
		say("ok: %s holds no release", filepath.ToSlash(dir))
		return b.String()
	}
	last := v.Releases[len(v.Releases)-1]
	say("ok: %s holds %s, and what follows from %s", filepath.ToSlash(dir), span(v.Releases), them(len(v.Releases)))
	say("proved: in each release nothing is missing, added or changed since it was sealed; two independent readers see the same values")
	sayHistory(say, v)
	if v.Deltas > 0 {
		say("proved: each release and its delta to the next make the next, row for row (%s)", count(v.Deltas, "delta"))
	}
	say("proved: index.json, index.html and ledger.jsonl (%s) follow from the releases", count(v.IDs, "id"))
	sayRebuilt(say, v, f.rebuild)
	if f.key == "" {
		say("not proved: who made them; compare the SHA-256 of %s/manifest.json with a copy that you trust%s", last.Name, vouches(v))
		return b.String()
	}
	var ids []string
	for _, signed := range keys {
		if signed != nil && !slices.Contains(ids, signed.key.ID) {
			ids = append(ids, signed.key.ID)
		}
	}
	slices.Sort(ids)
	of := "these releases, every file of them"
	if slices.ContainsFunc(v.Releases, func(r build.VerifiedRelease) bool { return keys[r.Name] == nil }) {
		of = "the releases that have a signature, every file of them; they name the manifests of the others"
	}
	say("proved: who holds the private half of %s signed %s", strings.Join(ids, " or "), of)
	say("not proved: whose key that is, and when it signed; compare the key with one from a source that you trust")
	return b.String()
}

// vouches says that the last release vouches for those before it, if it does.
func vouches(v *build.VerifiedReleases) string {
	last := v.Releases[len(v.Releases)-1].Manifest.Version
	if len(v.Releases) > 1 && slices.Contains(v.Histories, last) {
		return ": it vouches for the others too"
	}
	return ", and those of the others"
}

func sayHistory(say func(string, ...any), v *build.VerifiedReleases) {
	if len(v.Elsewhere) > 0 {
		say("not checked: the releases %s, which are named here but not in this folder", several(v.Elsewhere))
	}
	var without []string
	for i, r := range v.Releases {
		if i > 0 && !slices.Contains(v.Histories, r.Manifest.Version) && !slices.Contains(v.Unfounded, r.Manifest.Version) {
			without = append(without, r.Manifest.Version)
		}
	}
	if len(v.Unfounded) > 0 {
		say("not proved: what %s %s of the releases before, where these are not here", several(v.Unfounded), agree(len(v.Unfounded), "says", "say"))
	}
	if len(v.OtherDeltas) > 0 {
		say("not checked: the deltas %s, of releases that are not here", several(v.OtherDeltas))
	}
	if len(v.Histories) > 0 {
		say("proved: %s %s the releases before by the SHA-256 of their manifests, and the ids that they published", several(v.Histories), agree(len(v.Histories), "knows", "know"))
	}
	if len(v.Changelogs) > 0 {
		say("proved: the changelog of %s is the one that follows from the releases", several(v.Changelogs))
	}
	if len(without) > 0 {
		say("not proved: which releases there were before %s, which %s from before releases knew that", several(without), agree(len(without), "is", "are"))
	}
}

func sayRebuilt(say func(string, ...any), v *build.VerifiedReleases, rebuild bool) {
	if !rebuild {
		say("not checked: whether the bundled sources become these bytes (--rebuild)")
		return
	}
	var same, values []string
	for _, r := range v.Releases {
		if r.Rebuilt {
			same = append(same, r.Manifest.Version)
		} else {
			values = append(values, r.Manifest.Version)
		}
	}
	if len(same) > 0 {
		say("proved: the bundled sources of %s become exactly these bytes", several(same))
	}
	if len(values) > 0 {
		say("proved: the bundled sources of %s become the same values, in the columns that this stemma writes too", several(values))
		say("not checked: whether they become the same bytes; that takes a stemma of their output version")
	}
}

// isSigned tells whether any release is.
func isSigned(keys map[string]*signature) bool {
	for _, signed := range keys {
		if signed != nil {
			return true
		}
	}
	return false
}

func span(releases []build.VerifiedRelease) string {
	first, last := releases[0].Manifest.Version, releases[len(releases)-1].Manifest.Version
	if len(releases) == 1 {
		return "1 release, " + first
	}
	return fmt.Sprintf("%d releases, %s to %s", len(releases), first, last)
}

// several names versions, of many the first and the last.
func several(versions []string) string {
	const most = 6
	if len(versions) <= most {
		return strings.Join(versions, ", ")
	}
	return fmt.Sprintf("%s … %s (%d)", versions[0], versions[len(versions)-1], len(versions))
}

func them(n int) string { return agree(n, "it", "them") }

func agree(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
