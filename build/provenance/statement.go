package provenance

import (
	"fmt"
	"slices"
	"strings"
)

// The types that the statement names. PayloadType is that of a signed statement.
const (
	PayloadType   = "application/vnd.in-toto+json"
	StatementType = "https://in-toto.io/Statement/v1"
	PredicateType = "https://slsa.dev/provenance/v1"
	// BuildType names how external and internal parameters are to be read;
	// docs/releases.md describes it.
	BuildType = "urn:stemma:release:1"
	// LocalBuilder is the builder of releases whose dataset names none: whoever
	// ran the build, wherever.
	LocalBuilder = "urn:stemma:local-build"
)

// File is a file with the SHA-256 of its bytes, in hexadecimal.
type File struct {
	Name   string // relative to the release folder, with slashes
	SHA256 string
}

// Commit is a state of a repository.
type Commit struct {
	Repository string // address of the repository, such as https://example.org/data.git
	SHA1       string // of the commit, in hexadecimal
}

// Provenance says how a release was made.
type Provenance struct {
	Files         []File // what was made: every file of the release but the statement and the checksums
	Dataset       string
	Version       string // of the dataset
	BuilderID     string // a URI; empty: LocalBuilder
	OutputVersion int    // which bytes equal inputs become
	PolicyVersion string // empty: the dataset has no policy
	// Sources is the archive of all inputs, one of Files.
	Sources File
	// Commit, if it is known and recorded, is where the inputs came from; the
	// statement then names it instead of the archive.
	Commit *Commit
}

// hosted begin the ids of builders that only their services may claim.
var hosted = []string{
	"https://github.com/actions/", "https://github.com/slsa-framework/", "https://github.com/attestations/",
	"https://gitlab.com/", "https://cloudbuild.googleapis.com/", "https://tekton.dev/",
}

// CheckBuilder says why an id cannot be that of the builder; the empty one can.
func CheckBuilder(id string) error {
	if slices.ContainsFunc(hosted, func(prefix string) bool { return strings.HasPrefix(id, prefix) }) {
		return fmt.Errorf("builder_id %q is that of a hosted service, which this build cannot claim to be", id)
	}
	if scheme, rest, ok := strings.Cut(id, ":"); id != "" && (!ok || scheme == "" || rest == "") {
		return fmt.Errorf("builder_id %q is no URI", id)
	}
	return nil
}

// check says what makes a statement false or unreadable.
func (p *Provenance) check() error {
	if p.Dataset == "" || p.Version == "" || p.OutputVersion < 1 {
		return fmt.Errorf("provenance needs the dataset's name and version and an output version from 1 on, and has %q, %q and %d", p.Dataset, p.Version, p.OutputVersion)
	}
	if err := CheckBuilder(p.BuilderID); err != nil {
		return fmt.Errorf("%w; leave it out of dataset.json, or name an address of your own", err)
	}
	seen := map[string]bool{}
	for _, f := range p.Files {
		switch {
		case f.Name == "" || !isHex(f.SHA256, 64):
			return fmt.Errorf("the file %q has no name, or %q is no SHA-256", f.Name, f.SHA256)
		case seen[f.Name]:
			return fmt.Errorf("the file %q is listed twice", f.Name)
		}
		seen[f.Name] = true
	}
	if c := p.Commit; c != nil {
		if !isHex(c.SHA1, 40) {
			return fmt.Errorf("the git commit %q has no 40 hexadecimal digits", c.SHA1)
		}
		if c.Repository == "" {
			return fmt.Errorf("the git commit is of no repository; give the repository's address")
		}
		return nil
	}
	if !slices.Contains(p.Files, p.Sources) {
		return fmt.Errorf("the archive of the sources, %q with SHA-256 %q, is none of the files", p.Sources.Name, p.Sources.SHA256)
	}
	return nil
}

func isHex(s string, length int) bool {
	return len(s) == length && strings.Trim(s, "0123456789abcdef") == ""
}

// Difference is a file about which a statement and a release differ.
type Difference struct {
	Name      string
	Statement string // its SHA-256 in the statement; empty: not named there
	Release   string // its SHA-256 in the release; empty: not there
}

// String says what differs, and where.
func (d Difference) String() string {
	switch {
	case d.Statement == "":
		return fmt.Sprintf("%s is in the release, but the provenance does not name it", d.Name)
	case d.Release == "":
		return fmt.Sprintf("%s is named by the provenance, but is not in the release", d.Name)
	}
	return fmt.Sprintf("%s has the SHA-256 %s in the provenance and %s in the release", d.Name, d.Statement, d.Release)
}

// Compare holds the files that the statement names against those of a release,
// which must be all but the statement itself and the checksums. The differences
// are sorted by name; none means that the two are the same set.
func (p *Provenance) Compare(release []File) []Difference {
	there := map[string]string{}
	for _, f := range release {
		there[f.Name] = f.SHA256
	}
	var out []Difference
	for _, f := range p.Files {
		if sum := there[f.Name]; sum != f.SHA256 {
			out = append(out, Difference{f.Name, f.SHA256, sum})
		}
		delete(there, f.Name)
	}
	for name, sum := range there {
		out = append(out, Difference{Name: name, Release: sum})
	}
	slices.SortFunc(out, func(a, b Difference) int { return strings.Compare(a.Name, b.Name) })
	return out
}
