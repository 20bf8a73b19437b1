package page

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// Releases is what the page beside the releases shows.
type Releases struct {
	Files []File // beside the releases, to which the page links
	List  []Listed
}

// Listed is one release, as its manifest and documents describe it. Lists go from
// the oldest version to the newest.
type Listed struct {
	Dataset, Title      string
	Version, ReleasedOn string
	Licence             string // SPDX identifier
	Citation            string // in plain text
	Folder              string // in which its files lie
	ManifestSHA256      string
	OutputVersion       int
	Files               []File // those for reading, from the folder; none that is not there
	Tables              []ListedTable
	Delta               *Delta // to the release before it; nil: there is none
}

// ListedTable is a table of a release.
type ListedTable struct {
	Name, Description string
	Rows              int64
	File              string // its Parquet file, from the folder of the release; empty: not known
}

// Delta counts what changed between two releases.
type Delta struct {
	From   string // version
	Folder string // of the delta
	Files  []File // for reading, from that folder
	Tables []DeltaTable
}

// DeltaTable counts the rows of one table that changed.
type DeltaTable struct {
	Name           string
	Added, Removed int64
	Changed        int64 // in a column that both releases have
	Widened        int64 // changed only because columns came or went
}

// releasesVersion numbers what RenderReleases makes of equal input. The style
// sheet and the template are known by their digest; raise it if the page
// changes otherwise.
const releasesVersion = 1

const releasesGenerator = "stemma releases "

// releasesMark says in the page by which stemma it was written.
var releasesMark = func() string {
	sum := sha256.Sum256([]byte(styleText + "\x00" + releasesStyle + "\x00" + asset("assets/releases.html") + "\x00" + asset("assets/head.html")))
	return fmt.Sprintf("%s%d.%s", releasesGenerator, releasesVersion, hex.EncodeToString(sum[:6]))
}()

var markElement = regexp.MustCompile(`<meta name="generator" content="(` + releasesGenerator + `[0-9a-f.]{1,40})">`)

// IsOtherReleases tells whether a page says that it was made by RenderReleases of
// another stemma, which makes other bytes of the same releases.
func IsOtherReleases(page []byte) bool {
	m := markElement.FindSubmatch(page[:min(len(page), 4096)])
	return m != nil && string(m[1]) != releasesMark
}

// RenderReleases writes the page that lists releases. The same input gives the
// same bytes.
func RenderReleases(w io.Writer, in Releases) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	out := &visible{w: buffered}
	if err := templates.ExecuteTemplate(out, "releases", newReleasesView(in)); err != nil {
		return err
	}
	return errors.Join(out.flush(), buffered.Flush())
}

type releasesView struct {
	Mark          string
	Title, Name   string
	First, Latest string // versions
	Count         int
	Newest        *listedView
	Earlier       []*listedView
	Files         []fileLink
	Command       string // the newest release, as an argument in a shell
	HasDelta      bool
}

type fileLink struct{ URL, Text, About string }

type listedView struct {
	Listed
	Anchor   string
	Links    []fileLink
	Manifest string
	Rows     int
	Holds    []tableView
	Since    *deltaView
}

type tableView struct {
	ListedTable
	URL string
}

type deltaView struct {
	*Delta
	Links                            []fileLink
	Added, Changed, Widened, Removed int
	Touched                          []DeltaTable // those with changes
}

func newReleasesView(in Releases) *releasesView {
	v := &releasesView{Mark: releasesMark, Count: len(in.List), Title: "Releases", Files: fileLinks("", in.Files)}
	for i := len(in.List) - 1; i >= 0; i-- {
		l := newListedView(&in.List[i])
		v.HasDelta = v.HasDelta || l.Since != nil
		if v.Newest == nil {
			v.Newest = l
		} else {
			v.Earlier = append(v.Earlier, l)
		}
	}
	if v.Newest != nil {
		v.Title, v.Name = cmp.Or(v.Newest.Title, v.Newest.Dataset), v.Newest.Dataset
		v.First, v.Latest = in.List[0].Version, v.Newest.Version
		v.Command = v.Newest.Folder
	}
	return v
}

func (l *Listed) rows() int64 {
	var n int64
	for _, t := range l.Tables {
		n += t.Rows
	}
	return n
}

func newListedView(l *Listed) *listedView {
	v := &listedView{Listed: *l, Anchor: anchorOfVersion(l.Version), Rows: int(l.rows()), Links: fileLinks(l.Folder+"/", l.Files)}
	v.Manifest = localLink(l.Folder + "/manifest.json")
	for _, t := range l.Tables {
		h := tableView{ListedTable: t}
		if t.File != "" {
			h.URL = localLink(l.Folder + "/" + t.File)
		}
		v.Holds = append(v.Holds, h)
	}
	if l.Delta == nil {
		return v
	}
	d := &deltaView{Delta: l.Delta, Links: fileLinks(l.Delta.Folder+"/", l.Delta.Files)}
	for _, t := range l.Delta.Tables {
		d.Added += int(t.Added)
		d.Changed += int(t.Changed)
		d.Widened += int(t.Widened)
		d.Removed += int(t.Removed)
		if t.Added+t.Changed+t.Widened+t.Removed > 0 {
			d.Touched = append(d.Touched, t)
		}
	}
	v.Since = d
	return v
}

// anchorOfVersion gives the id of the element of a release: "v1.2.3".
func anchorOfVersion(version string) string {
	if strings.Trim(version, "0123456789.") != "" {
		return anchor("release " + version)
	}
	return "v" + version
}

func fileLinks(folder string, files []File) []fileLink {
	var out []fileLink
	for _, f := range files {
		if url := localLink(folder + f.Path); url != "" {
			text := f.Path
			if text == "index.html" {
				text = "Look at the data" // in a browser, which the name does not say
			}
			out = append(out, fileLink{url, text, f.About})
		}
	}
	return out
}
