package build

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"golang.org/x/mod/semver"

	"stemma/internal/diag"
	"stemma/internal/ledger"
	"stemma/validate"
)

// history proves that each release knows those before it as they are. The ledger
// in its sources names them with the digests of their manifests: one that was
// changed afterwards, or put in the place of another, has another digest.
func (v *releasesVerifier) history() error {
	if ok, err := v.intact(); err != nil || !ok {
		return err
	}
	isChained := true
	var before *ledger.Ledger // that follows from the releases so far
	for i, s := range v.standing {
		p, list, err := openStanding(v.ctx, s)
		if err != nil {
			return err
		}
		if v.list = append(v.list, list...); list.HasErrors() {
			return nil
		}
		own, list := p.ownLedger()
		if v.list = append(v.list, list...); list.HasErrors() {
			return nil
		}
		if own != nil {
			found := v.compareHistory(i, own, before)
			v.list = append(v.list, found...)
			isFounded := before != nil && !v.beginsEarlier(own, before) || len(own.Releases) == 0
			if before == nil || v.beginsEarlier(own, before) {
				before = own
			}
			switch {
			case len(found) > 0:
				isChained = false
			case isFounded:
				v.result.Histories = append(v.result.Histories, s.version())
			default:
				v.result.Unfounded = append(v.result.Unfounded, s.version())
			}
		}
		if before, err = p.next(v.ctx, before); err != nil {
			return err
		}
		if !isChained {
			continue // what else differs follows from that
		}
		if err := v.changelog(s, p); err != nil {
			return err
		}
	}
	if v.result.Chained = isChained; !isChained {
		return nil
	}
	v.ledger = before.Encode()
	if before != nil {
		v.result.IDs = len(before.Entries)
	}
	return nil
}

// beginsEarlier tells whether a ledger names releases from before the first one
// here. Nothing here can say what its entries should be.
func (v *releasesVerifier) beginsEarlier(own, before *ledger.Ledger) bool {
	return slices.ContainsFunc(own.Releases, func(r ledger.Release) bool { return v.isElsewhere(r.Version) && !before.Has(r.Version) })
}

func (v *releasesVerifier) isElsewhere(version string) bool {
	return semver.Compare("v"+version, v.standing[0].name) < 0
}

// compareHistory holds the ledger in the sources of a release against the releases
// before it and the ledger that follows from them.
func (v *releasesVerifier) compareHistory(i int, own, before *ledger.Ledger) (list diag.List) {
	file := v.standing[i].name + "/" + archiveName
	report := func(message, help string, related ...diag.Related) {
		list = append(list, diag.New(diag.ReleasesHistory, diag.Place{File: file}, "", message, help, related...))
	}
	here := map[string]*standing{}
	for _, s := range v.standing[:i] {
		here[s.version()] = s
		if !own.Has(s.version()) {
			report(fmt.Sprintf("the ledger in these sources does not know the release %s, which is here", s.version()),
				"it was put here afterwards, or this release was made elsewhere: get both again from where they are published")
		}
	}
	for _, r := range own.Releases {
		switch s := here[r.Version]; {
		case s != nil && s.manifestSHA256 != r.ManifestSHA256:
			report(fmt.Sprintf("the ledger in these sources says that %s of the release %s has the SHA-256 %s, and the one that is here has %s", manifestName, r.Version, r.ManifestSHA256, s.manifestSHA256),
				"one of the two releases is not the one that was published; get both again",
				diag.Related{Place: diag.Place{File: s.name + "/" + manifestName}, Message: "the other place"})
		case s == nil && v.isElsewhere(r.Version):
			if !slices.Contains(v.result.Elsewhere, r.Version) {
				v.result.Elsewhere = append(v.result.Elsewhere, r.Version)
			}
		case s == nil:
			report(fmt.Sprintf("the ledger in these sources names the release %s, which is not here", r.Version),
				fmt.Sprintf("put the folder v%s back, from version control or from where it is published", r.Version))
		}
	}
	if len(list) > 0 || before == nil || v.beginsEarlier(own, before) {
		return list
	}
	if got, want := own.Encode(), before.Encode(); !bytes.Equal(got, want) {
		line, is, should := firstLine(got, want)
		report(fmt.Sprintf("line %d of the ledger in these sources is %s, and from the releases before it follows %s", line, is, should), helpAltered)
	}
	return list
}

// firstLine gives the number of the first line in which two texts differ, and the
// line in each, shortened.
func firstLine(got, want []byte) (number int, is, should string) {
	a, b := bytes.SplitAfter(got, []byte("\n")), bytes.SplitAfter(want, []byte("\n"))
	for number < len(a) && number < len(b) && bytes.Equal(a[number], b[number]) {
		number++
	}
	show := func(lines [][]byte) string {
		if number >= len(lines) || len(lines[number]) == 0 {
			return "missing"
		}
		return shortened(string(bytes.TrimRight(lines[number], "\n")))
	}
	return number + 1, show(a), show(b)
}

func shortened(text string) string {
	const most = 200
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return text
}

// changelog proves that the changelog of a release is the one that follows from the
// releases before it. Another output version may compute another one.
func (v *releasesVerifier) changelog(s *standing, p *published) error {
	if p.changelog == nil || s.manifest.OutputVersion != cmp.Or(v.opt.outputVersion, OutputVersion) {
		return nil
	}
	file := s.name + "/" + changelogName
	h, list, err := FindHistory(v.ctx, p.snap.Config, v.dir)
	if err != nil || list.HasErrors() {
		v.list = append(v.list, list...)
		return err
	}
	if h.previous == nil && len(v.result.Elsewhere) > 0 {
		return nil // the releases before it are not here
	}
	result, err := validate.Run(v.ctx, p.snap, nil, validate.Options{})
	if err != nil {
		return err
	}
	if result.Checked == nil {
		v.report(diag.ReleasesChangelog, file, "it cannot be computed again: the sources of the release have errors, such as "+FirstError(result.Diagnostics), helpAltered)
		return nil
	}
	computed, err := disagreeIfModel(v.ctx, result.Checked, Options{})
	if err != nil {
		return err
	}
	// The changelog in the sources is what is to be proved.
	judged, err := h.judge(v.ctx, result.Checked.WithChangelog(nil), computed)
	if err != nil {
		return err
	}
	if judged.checked == nil {
		v.report(diag.ReleasesChangelog, file, "it cannot be computed again: "+FirstError(judged.list), helpAltered)
		return nil
	}
	want := judged.checked.Snapshot().Changelog.Data
	if !bytes.Equal(p.changelog, want) {
		number, is, should := firstLine(p.changelog, want)
		at := diag.Position{Line: number, Column: 1}
		v.list = append(v.list, diag.New(diag.ReleasesChangelog, diag.Place{File: file, Span: diag.Span{Start: at, End: at}}, "",
			fmt.Sprintf("this line is “%s”, and from the releases follows “%s”", is, should), helpAltered))
		return nil
	}
	v.result.Changelogs = append(v.result.Changelogs, s.version())
	return nil
}
