package page

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stemma/internal/golden"
)

func renderReleases(t testing.TB, in Releases) string {
	t.Helper()
	var b bytes.Buffer
	if err := RenderReleases(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// threeReleases has an old release without documents, one with a delta, and one
// that changed nothing.
func threeReleases(title string) Releases {
	tables := func(n int64) []ListedTable {
		return []ListedTable{{"books", "A book & its author", n, "tables/books.parquet"}, {"loans", "", 2 * n, ""}}
	}
	listed := func(version string, n int64) Listed {
		return Listed{Dataset: "lending-library", Title: title, Version: version, ReleasedOn: "2026-01-31", Licence: "CC0-1.0", Folder: "v" + version,
			Citation: title + ". Version " + version + " [dataset].", ManifestSHA256: strings.Repeat("0f", 32), OutputVersion: 3, Tables: tables(n)}
	}
	in := Releases{Files: []File{{"index.json", "the same list"}, {"../outside", "never linked"}}, List: []Listed{listed("0.9.0", 7), listed("0.10.0", 1234), listed("0.10.1", 1234)}}
	in.List[1].Files = []File{{"index.html", "questions"}, {"README.md", "how to load"}, {"javascript:alert(1)", ""}}
	in.List[1].Delta = &Delta{From: "0.9.0", Folder: "deltas/v0.9.0..v0.10.0", Files: []File{{"README.md", ""}, {"delta.json", ""}}, Tables: []DeltaTable{{"books", 1228, 1, 2, 3}, {"loans", 0, 0, 0, 0}}}
	in.List[2].Delta = &Delta{From: "0.10.0", Folder: "deltas/v0.10.0..v0.10.1", Tables: []DeltaTable{{"books", 0, 0, 0, 0}}}
	return in
}

func TestReleasesPage(t *testing.T) {
	page := renderReleases(t, threeReleases("Books that were lent"))
	page = styleElement.ReplaceAllString(page, "<style></style>")
	page = policyElement.ReplaceAllString(page, "")
	golden.Check(t, "testdata/releases.html", strings.Replace(page, releasesMark, "(mark)", 1))
}

func TestReleasesPageWithoutReleases(t *testing.T) {
	if page := renderReleases(t, Releases{}); !strings.Contains(page, "Nothing has been released so far") || strings.Contains(page, "<article") {
		t.Error("the page of no release is not what it should be")
	}
}

func TestReleasesPolicyMatchesThePage(t *testing.T) {
	page := renderReleases(t, threeReleases("x"))
	style := styleElement.FindStringSubmatch(page)
	policy := policyElement.FindStringSubmatch(page)
	if style == nil || policy == nil || !strings.Contains(html.UnescapeString(policy[1]), "style-src '"+digest(style[1])+"';") {
		t.Errorf("the policy %q is not that of the style", policy)
	}
	if strings.Contains(page, "<script") || strings.Contains(policy[1], "script-src") {
		t.Error("the page has a script, or lets one through")
	}
}

func TestHostileReleases(t *testing.T) {
	const evil = `</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>` + "\u202e"
	in := threeReleases(evil)
	for i := range in.List {
		l := &in.List[i]
		l.Dataset, l.Licence, l.Citation, l.ReleasedOn = evil, evil, evil, evil
		l.Tables[0] = ListedTable{evil, evil, 1, evil}
	}
	in.List[2].Version, in.List[2].Folder, in.List[2].ManifestSHA256 = evil, "../"+evil, evil
	in.List[1].Delta.Tables[0].Name, in.List[1].Delta.Folder = evil, "https://example.org/"+evil
	page := renderReleases(t, in)
	for _, bad := range []string{"<script", "<img", "\u202e", `="'><`, "https://example.org/<", "javascript:", "href=\"../"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if strings.Count(page, "<title>") != 1 || !strings.Contains(page, "&lt;script&gt;") {
		t.Error("the title is not what it was")
	}
}

// manyReleases is a dataset that grew for years.
func manyReleases(n int) Releases {
	var in Releases
	for i := range n {
		one := threeReleases("A dataset that grew")
		l := one.List[1]
		l.Version = fmt.Sprintf("0.%d.0", i+1)
		l.Folder = "v" + l.Version
		for j := range 20 {
			l.Tables = append(l.Tables, ListedTable{fmt.Sprintf("table_%d", j), "A row for each thing of this kind", int64(i * j), ""})
		}
		if l.Delta = nil; i > 0 {
			from := fmt.Sprintf("0.%d.0", i)
			l.Delta = &Delta{From: from, Folder: "deltas/v" + from + "..v" + l.Version, Tables: []DeltaTable{{"books", int64(i), 0, 2, 0}, {"loans", 0, 3, 1, 4}}}
		}
		in.List = append(in.List, l)
	}
	return in
}

func TestManyReleases(t *testing.T) {
	page := renderReleases(t, manyReleases(200))
	if n := strings.Count(page, "<article"); n != 200 {
		t.Errorf("%d releases", n)
	}
	if len(page) > 2<<20 {
		t.Errorf("the page has %d bytes", len(page))
	}
	first, last := strings.Index(page, `id="v0.200.0"`), strings.Index(page, `id="v0.1.0"`)
	if first < 0 || last < first {
		t.Error("the newest release is not the first")
	}
}

func TestIsOtherReleases(t *testing.T) {
	own := renderReleases(t, threeReleases("x"))
	for _, test := range []struct {
		page string
		want bool
	}{
		{own, false},
		{strings.Replace(own, releasesMark, releasesGenerator+"0.abcdef", 1), true},
		{strings.Replace(own, releasesMark, "another program", 1), false},
		{"", false},
		{strings.Repeat(" ", 5000) + strings.Replace(own, releasesMark, releasesGenerator+"0.abcdef", 1), false},
	} {
		if got := IsOtherReleases([]byte(test.page)); got != test.want {
			t.Errorf("%.80q: %t", test.page, got)
		}
	}
}

func writeReleasePages(t *testing.T, folder string) {
	t.Helper()
	for name, in := range map[string]Releases{"releases": threeReleases("Books that were lent"), "releases-many": manyReleases(200)} {
		if err := os.WriteFile(filepath.Join(folder, name+".html"), []byte(renderReleases(t, in)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
