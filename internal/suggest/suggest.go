// Package suggest finds the name that a mistyped one was meant to be.
//
// It imports nothing of stemma.
package suggest

import (
	"strconv"
	"strings"

	"github.com/agext/levenshtein"
)

// Nearest gives the candidate with the smallest edit distance to a name, if
// that is small enough to be a slip: at most one edit in three letters. Of
// several with one distance it gives the first.
func Nearest(name string, candidates []string) (string, bool) {
	const longest = 100 // a slip is made in a short name; distances cost the product of the lengths
	if len(name) > longest || name == "" {
		return "", false
	}
	folded := strings.ToLower(name)
	best, bestDistance := "", max(1, len(name)/3)+1
	for _, c := range candidates {
		if len(c) > longest || c == name {
			continue
		}
		d := levenshtein.Distance(folded, strings.ToLower(c), nil)
		if d == 2 && swapped(folded, strings.ToLower(c)) {
			d = 1
		}
		if d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best, best != ""
}

// swapped tells whether two texts differ by two neighbouring letters that
// changed places: the commonest slip, and two edits for Levenshtein.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	i := 0
	for i < len(a)-1 && a[i] == b[i] {
		i++
	}
	return i < len(a)-1 && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// List puts names into words, quoted: `"a", "b" or "c"`. Of more than limit
// names it gives the first and the number of the others.
func List(names []string, limit int) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = `"` + n + `"`
	}
	if len(quoted) > limit {
		rest := len(quoted) - limit
		return strings.Join(quoted[:limit], ", ") + " and " + plural(rest, "other")
	}
	if n := len(quoted); n > 1 {
		return strings.Join(quoted[:n-1], ", ") + " or " + quoted[n-1]
	}
	return strings.Join(quoted, "")
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
