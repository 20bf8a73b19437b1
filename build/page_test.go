package build

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stemma/internal/dataset"
	"stemma/internal/model"
)

// The page shows what the computation does without: quotes and places in the
// document. It links to files that are there.
func TestPageOfARelease(t *testing.T) {
	dir := modelRelease(t)
	files := tree(t, dir)
	text := files[pageName]
	checked := check(t, modelDataset)
	in, _, err := decodeInput(t.Context(), checked, decodeClaim, nil)
	must(t, err)
	if in.Claims[0].Quote.IsSet() {
		t.Fatal("this claim has its quote, so the test proves nothing")
	}
	for _, says := range []string{"A small dataset of stemma", "nearly 5,000 fighters", "clm-state"} {
		if !strings.Contains(text, says) {
			t.Errorf("the page does not say %q", says)
		}
	}
	links := 0
	for _, part := range strings.Split(text, `href="./`)[1:] {
		file, _, _ := strings.Cut(part, `"`)
		links++
		if _, ok := files[file]; !ok {
			t.Errorf("the page links to %q, which is not there", file)
		}
	}
	if links < len(documentNames) {
		t.Errorf("%d links to files", links)
	}
}

// A build that is stopped while it draws the page leaves nothing.
func TestBuildStoppedAtThePage(t *testing.T) {
	out := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	var stages []string
	_, _, err := Build(ctx, check(t, modelDataset), Options{Out: out, Stage: func(name string) {
		if stages = append(stages, name); name == "page" {
			cancel()
		}
	}})
	if want := []string{"disagree", "compile", "second reader", "page"}; !errors.Is(err, context.Canceled) || !slices.Equal(stages, want) {
		t.Errorf("stages %q, error %v", stages, err)
	}
	expectNames(t, out)
}

func TestStoppedPage(t *testing.T) {
	checked := check(t, modelDataset)
	content, _, err := planContent(checked)
	must(t, err)
	must(t, content.fill(t.Context(), checked, nil))
	if err := writePage(cancelled(t.Context()), t.TempDir(), checked, content, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped while decoding: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err = writePage(ctx, t.TempDir(), checked, content, func(done, total int) {
		if done == total { // all is decoded
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped while writing: %v", err)
	}
	if err := writePage(t.Context(), filepath.Join(t.TempDir(), "nowhere"), checked, content, nil); err == nil {
		t.Error("no error without a folder")
	}
}

// Only datasets of the model stemma have a page, up to a number of claims, and a
// manifest must list just what belongs there.
func TestWhoHasAPage(t *testing.T) {
	m, err := parseManifest(readFile(t, filepath.Join(modelRelease(t), manifestName)))
	must(t, err)
	claims := slices.IndexFunc(m.Tables, func(t Table) bool { return t.Name == "claims" })
	for rows, want := range map[int64]bool{0: true, maxPageClaims: true, maxPageClaims + 1: false} {
		m.Tables[claims].Rows = rows
		if m.hasPage() != want {
			t.Errorf("%d claims: %v", rows, !want)
		}
	}
	m.Tables[claims].Rows = maxPageClaims + 1
	if err := m.checkNames(); err == nil || !strings.Contains(err.Error(), `lists "index.html"`) {
		t.Errorf("a page of too many claims: %v", err)
	}
	kind := Table{Name: "disagreement", Kind: dataset.KindComputed}
	if foreign := (&Manifest{Tables: []Table{kind, {Name: "claims", Kind: model.KindClaim}}}); foreign.hasPage() {
		t.Error("a dataset of no model, with a kind of that name, has a page")
	}
	if small, err := parseManifest(smallManifest(t)); err != nil || small.hasPage() {
		t.Errorf("a dataset of no model: %v", err)
	}
}
