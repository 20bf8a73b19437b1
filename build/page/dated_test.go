package page

import (
	"strings"
	"testing"

	"stemma/disagreement"
	"stemma/internal/wording"
)

// Nothing is said to be published on another day than its own: what was copied
// has the date of what it was copied from, and says so.
func TestPublishedIsTheOwnDate(t *testing.T) {
	in := load(t, own)
	b := newBook(&in)
	copies, originals := 0, 0
	for i := range in.Result.Claims {
		c := &in.Result.Claims[i]
		if c.AsOfFrom != disagreement.AsOfPublished {
			continue
		}
		text := b.when(c, "")
		date := "none"
		if s := b.Sources[c.Source]; s.Published != nil {
			date = wording.EDTF(s.Published.EDTF.Value)
		}
		switch of, isPublished := strings.CutPrefix(text, "published "); {
		case isPublished && of != date:
			t.Errorf("%s: %q, but its source has the date %s", c.Key, text, date)
		case isPublished:
			originals++
		case !strings.Contains(text, "by the date of"):
			t.Errorf("%s: %q does not say whose date that is", c.Key, text)
		default:
			copies++
		}
	}
	if copies == 0 || originals == 0 {
		t.Errorf("%d claims with the date of another document, %d with that of their own", copies, originals)
	}
}
