package page

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"
)

var plainID = regexp.MustCompile(`^(src|act|plc|msr|evt|clm|q)-[a-z0-9]+(-[a-z0-9]+)*$`)

// anchor gives the id of an element for a record or question: the id itself, so
// that links can be written by hand. An id that is no such id (validate lets
// none through) gets one that can neither break a link nor take the name of an
// element of the page.
func anchor(id string) string {
	if id == "" || plainID.MatchString(id) {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return "x-" + hex.EncodeToString(sum[:8])
}

// webLink gives an address to which the page may link: absolute, over http or
// https. Everything else is shown as text and gives "".
func webLink(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return address
}

// webHost gives the host of an address to which the page may link, without www.
func webHost(address string) string {
	u, err := url.Parse(webLink(address))
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// localLink gives the path of a file of the release, as seen from the page; ""
// for a path that would lead out of it.
func localLink(path string) string {
	if !filepath.IsLocal(path) || strings.ContainsAny(path, `:\`) {
		return ""
	}
	return "./" + path
}

// visible replaces what would be invisible or change the order of the letters
// around it: control characters, embeddings, overrides and isolates of
// directions (Unicode UAX #9), and bytes that are no UTF-8. It works on the
// whole page, so that no way of printing a text is forgotten.
type visible struct {
	w    io.Writer
	rest []byte // the beginning of a character that the last Write ended in
}

// Write always takes all of p.
func (v *visible) Write(p []byte) (int, error) {
	n := len(p)
	if len(v.rest) > 0 {
		p = append(v.rest, p...)
		v.rest = nil
	}
	from := 0
	for i := 0; i < len(p); {
		if c := p[i]; c >= ' ' && c < 0x7f || c == '\n' || c == '\t' {
			i++
			continue
		}
		if !utf8.FullRune(p[i:]) {
			v.rest = append([]byte(nil), p[i:]...)
			_, err := v.w.Write(p[from:i])
			return n, err
		}
		r, size := utf8.DecodeRune(p[i:])
		if isHarmful(r, size) {
			if _, err := v.w.Write(p[from:i]); err != nil {
				return n, err
			}
			if _, err := io.WriteString(v.w, "\uFFFD"); err != nil {
				return n, err
			}
			from = i + size
		}
		i += size
	}
	_, err := v.w.Write(p[from:])
	return n, err
}

// flush writes what is left of a character that never ended.
func (v *visible) flush() error {
	if len(v.rest) == 0 {
		return nil
	}
	v.rest = nil
	_, err := io.WriteString(v.w, "\uFFFD")
	return err
}

func isHarmful(r rune, size int) bool {
	switch {
	case r == utf8.RuneError:
		return size == 1
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
		return true
	}
	return r == 0x2028 || r == 0x2029
}
