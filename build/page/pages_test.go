package page

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var pages = flag.String("pages", "", "write the pages for the tests in a browser into this `folder`")

// TestWritePages writes the pages that interop/browser opens. Without -pages it
// only makes sure that they can be made.
func TestWritePages(t *testing.T) {
	claims := 500
	if *pages != "" {
		claims = 10000
	}
	for name, in := range map[string]Input{"own": load(t, own), "hostile": hostile(t), "large": large(t, claims)} {
		page := render(t, in)
		if *pages != "" {
			if err := os.WriteFile(filepath.Join(*pages, name+".html"), []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
