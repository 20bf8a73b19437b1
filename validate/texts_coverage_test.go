package validate

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"stemma/internal/dataset"
)

// The base has two sources; six quotes of claims, one of an account and one of a
// participant are of one of them.
func TestTextCoverage(t *testing.T) {
	withdrawn := edit{"src-old", "", newRecord("src-old", `"type": "post", "access": "seen", "withdrawn": "It was a forgery."`)}
	const quotes = 8
	for _, tc := range []struct {
		name  string
		edits []edit
		texts fs.FS
		want  *TextCoverage
	}{
		{"no folder", hasText(printed), nil, nil},
		{"an empty folder", hasText(printed), fstest.MapFS{}, &TextCoverage{Sources: 2, Missing: 1}},
		{"another text", hasText(printed), texts("other"), &TextCoverage{Sources: 2, Missing: 1}},
		{"no source names a text", nil, texts(printed), &TextCoverage{Sources: 2}},
		{"the text", append(hasText(printed), withdrawn), texts(printed), &TextCoverage{Sources: 2, Found: 1, Quotes: quotes}},
		{"the text of another wording", append(hasText(changed), withdrawn), texts(changed), &TextCoverage{Sources: 2, Found: 1, Quotes: quotes}},
	} {
		snap, list, err := dataset.Load(context.Background(), edited(t, tc.edits))
		if err != nil {
			t.Fatal(err)
		}
		var given *Texts
		if tc.texts != nil {
			if given, err = readTexts(tc.texts); err != nil {
				t.Fatal(err)
			}
		}
		result, err := Run(context.Background(), snap, list, Options{Texts: given})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tc.want, result.Texts); diff != "" {
			t.Errorf("%s:\n%s", tc.name, diff)
		}
	}
}
