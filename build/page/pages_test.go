package page

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var pages = flag.String("pages", "", "write the pages for the tests in a browser into this `folder`")

// TestWritePages writes the pages that interop/browser opens. Without -pages it
// only makes sure that they can be made.
func TestWritePages(t *testing.T) {
	if *pages != "" {
		writeReleasePages(t, *pages)
	}
	claims := 500
	if *pages != "" {
		claims = 10000
	}
	for _, p := range []struct {
		name   string
		in     Input
		atOnce int
	}{
		{"own", load(t, own), mostAtOnce}, {"hostile", hostile(t), mostAtOnce}, {"hostile-packed", hostile(t), 0}, {"large", large(t, claims), mostAtOnce},
	} {
		var page bytes.Buffer
		if err := write(&page, p.in, p.atOnce); err != nil {
			t.Fatal(err)
		}
		if *pages == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(*pages, p.name+".html"), page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
