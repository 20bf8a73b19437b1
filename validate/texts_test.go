package validate

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestLoadTexts(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "outside.txt")
	write := func(path, text string) string {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
	}
	top, nested := write(filepath.Join(dir, "a.txt"), "one"), write(filepath.Join(dir, "b/c.txt"), "two")
	hidden, linked := write(filepath.Join(dir, ".git/d.txt"), "three"), write(outside, "four")
	if err := os.Symlink(outside, filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	texts, err := LoadTexts(dir)
	if err != nil {
		t.Fatal(err)
	}
	for sum, want := range map[string]bool{top: true, nested: true, hidden: false, linked: false, "": false} {
		if _, ok := texts.find(sum); ok != want {
			t.Errorf("%s is found: %v, want %v", sum, ok, want)
		}
	}
	if _, err := LoadTexts(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that does not exist is no error")
	}
}

func TestLoadTextsRefusesHugeFiles(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "huge.txt"))
	if err == nil {
		err = f.Truncate(maxText + 1) // sparse: takes no space
	}
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := LoadTexts(dir); err == nil || !strings.Contains(err.Error(), "huge.txt") {
		t.Errorf("the error is %v", err)
	}
}

// Quotes may differ from the text in white space and in the form of quotation
// marks and apostrophes, and in nothing else.
func TestTextContains(t *testing.T) {
	text := &sourceText{raw: "He said:\r\n “It’s   »here«”\u00A0now.\n\nAbout\u202f6,000 men – ‹not› 6.000 – came\u2028to Kābul, e\u0301tc."}
	for quote, want := range map[string]bool{
		`said: "It's "here""`: true, " It’s\n»here« ": true, "“here”": true, "„It‘s": true, "now. About": true, "About 6,000\tmen": true,
		"'not' 6.000": true, "came to": true, "": true,
		"it’s": false, "He says": false, "here now": false, "here”now": false, "Hesaid": false, "said “It’s": false, "said; “It’s": false,
		"about 6,000": false, "About 6000 men": false, "6,000 men - ": false, "6,000 men — ": false, "\"not\" 6.000": false, "to Kabul": false,
		"étc.": false, "came\u200bto": false, "came to Kābul,e\u0301tc": false, "It′s": false, "About [6,000] men": false, "said: … now": false,
	} {
		if got := text.contains(quote); got != want {
			t.Errorf("%q: %v, want %v", quote, got, want)
		}
	}
}

// FuzzFindLoosely: what is found is part of the text, whole characters, and
// equal to the words when both are loosened.
func FuzzFindLoosely(f *testing.F) {
	f.Add("the “TTP”, around  6,000", "\"ttp\", around 6,000")
	f.Add("Ⱥİ ſ K", "ⱥ")
	f.Add("\xff x", "X")
	f.Fuzz(func(t *testing.T, text, words string) {
		found, ok := findLoosely(text, words)
		if !ok {
			return
		}
		if !strings.Contains(text, found) || utf8.ValidString(text) && !utf8.ValidString(found) {
			t.Fatalf("%q is no part of %q", found, text)
		}
		a, _ := loosen(found, unicode.ToLower)
		b, _ := loosen(words, unicode.ToLower)
		if strings.TrimSpace(a) != strings.TrimSpace(b) {
			t.Fatalf("found %q for %q", a, b)
		}
	})
}

// FuzzInvisible: the search ends, and what it finds is where it says.
func FuzzInvisible(f *testing.F) {
	for _, seed := range []string{"", "Ka\u200Bbul", "می\u200Cخواهد", "👩\u200D🚀", "\u200D", "\xff\u2028", "a\uFE0F"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		at, r, ok := findInvisible(s)
		if !ok {
			return
		}
		if got, _ := utf8.DecodeRuneInString(s[at:]); got != r || !isInvisible(r) {
			t.Fatalf("%U at %d of %q is %U", r, at, s, got)
		}
	})
}
