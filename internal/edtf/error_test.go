package edtf

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var invalid = []string{
	"", " ", "..", "../..", "/", "//", "2025-08-20/", "/2025-08-20", "open/2025", "2025/unknown",
	"25/08/2025", "5/8/2025", "2025-8-20", "Aug 2025", "2025/08/20", "2025/08", "20250820", "August 20, 2025",
	"20th Aug. 2025", "20.08.2025", "08-2025", "c. 2025", "circa Aug 2025?", "2025-08-20 to 2025-08-25",
	"2025-08-20–2025-08-25", "20–08–2025", "2025-08-20..2025-08-25", "2025-8/2025-9", "2025-08-20/25/08/2025",
	"2025-08-uu", "202x", " 2025-08-20", "2025-08-20 ", "2025\t", "2025-08-20?~", "2025~?%", "۲۰۲۵-۰۸-۲۰", "2025−08",
	"2025-02-30", "1900-02-29", "2025-04-31?", "2025-13", "2025-00", "2025-00-10", "2025-08-32", "2025-08-00", "2025-XX-32",
	"2025-99", "2025-09-26/2025-08-25", "2026/2025-XX", "2025-12-31?/2025-12-30", "2025-02-30/2025-03", "2025-02/2025-02-30",
	"2025-08-20T10:00:00Z", "2025-08-20T10", "2025-08-20Z", "2025-08T10", "2025-21", "2025-41", "Y20250", "Y-17000", "-0044",
	"1985E3", "1950S2", "1XXX", "XXXX", "2X25", "202X-08", "XXXX-08-20", "2025-1X", "2025-X1", "2025-08-2X", "2025-08?-20",
	"2025?-08", "?2025", "2025-~08", "{2025,2026}", "[2025-08-20..2025-08-25", "[]", "[..]", "[2025,]", "[,2025]", "[2025..2024]",
	"[2025-08..2025-09-05]", "[2025,..2026]", "[2025..,2026]", "[2025?]", "[202X]", "[2025-XX..]", "[2025]?", "[2025]/2026", "[2025]x",
	"[2025, 2026]", "[2025-02-30]", "[2025..2026..2027]", "2025,2026", "2025]", "12025", "202", "2025-", "2025-08-", "2025-08-20-01", "2025--08",
	"summer 2025", "not known", "n.d.", "20-25", "2025-August", "20 Jan 2025/25 Jan 2025", "2025-08-20/present", "31/31/2025",
	"2025-08-20\x00", "\xff\xfe", "2025\u202e", strings.Repeat("X", 40), "[" + strings.Repeat("2025,", 300) + "2025]",
}

func TestParseInvalid(t *testing.T) {
	var b strings.Builder
	for _, text := range invalid {
		shown := text
		if len(shown) > 60 {
			shown = shown[:60] + "…"
		}
		_, err := Parse(text)
		if err == nil {
			t.Errorf("Parse(%q) succeeded", shown)
			continue
		}
		e, ok := err.(*Error)
		if !ok {
			t.Fatalf("Parse(%q): the error is a %T", shown, err)
		}
		fmt.Fprintf(&b, "%+q\n  at %d: %s\n  help: %s\n", shown, e.Offset, e.Message, e.Help)
	}
	path := filepath.Join("testdata", "invalid.golden")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(b.String(), "\n")
	for i, line := range strings.Split(string(want), "\n") {
		if i >= len(got) || got[i] != line {
			t.Fatalf("%s:%d: want %s\ngot %s", path, i+1, line, got[min(i, len(got)-1)])
		}
	}
	if b.String() != string(want) {
		t.Fatalf("%s is shorter than what was got", path)
	}
}

var suggested = regexp.MustCompile("`([^`]+)`")

// checkError holds for the error of every text: a place inside it, a message, a
// way out, and suggestions that parse.
func checkError(t *testing.T, text string, err error) {
	t.Helper()
	e, ok := err.(*Error)
	if !ok {
		t.Fatalf("%q: the error is a %T", text, err)
	}
	if e.Offset < 0 || e.Offset > len(text) || e.Message == "" || e.Help == "" {
		t.Fatalf("%q: offset %d, message %q, help %q", text, e.Offset, e.Message, e.Help)
	}
	if !strings.HasPrefix(e.Help, "did you mean") && !strings.HasPrefix(e.Help, "write the") {
		return
	}
	for _, found := range suggested.FindAllStringSubmatch(e.Help, -1) {
		if _, err := Parse(found[1]); err != nil {
			t.Fatalf("%q: suggests %q: %v", text, found[1], err)
		}
	}
}

func TestSuggestionsParse(t *testing.T) {
	for _, text := range invalid {
		_, err := Parse(text)
		checkError(t, text, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, test := range valid {
		f.Add(test.text)
	}
	for _, text := range invalid {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse(text)
		if err != nil {
			checkError(t, text, err)
			return
		}
		if d.String() != text {
			t.Fatalf("%q comes back as %q", text, d.String())
		}
		earliest, hasStart := d.Earliest()
		latest, hasEnd := d.Latest()
		if hasStart == d.HasOpenStart() || hasEnd == d.HasOpenEnd() || d.Kind() == InvalidKind {
			t.Fatalf("%q: %s", text, show(d))
		}
		if hasStart && hasEnd && earliest.Compare(latest) > 0 {
			t.Fatalf("%q: %s", text, show(d))
		}
		for _, member := range d.Members() {
			if !member.OpenStart && !member.OpenEnd && member.Start.Compare(member.End) > 0 {
				t.Fatalf("%q: member %s", text, showSpan(member))
			}
		}
		if len(d.Extents(d.DefaultReading())) == 0 {
			t.Fatalf("%q admits nothing", text)
		}
	})
}
