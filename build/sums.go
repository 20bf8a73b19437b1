package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// sums gives the text of SHA256SUMS for the files of the manifest, the manifest
// itself and the provenance, in the form that `sha256sum -c` reads. Without a
// digest of the provenance there is none, see documentsOutput.
func (m *Manifest) sums(manifestSHA256, provenanceSHA256 string) []byte {
	lines := make([]string, 0, len(m.Files)+2)
	files := append(slices.Clone(m.Files), File{Path: manifestName, SHA256: manifestSHA256})
	if provenanceSHA256 != "" {
		files = append(files, File{Path: provenanceName, SHA256: provenanceSHA256})
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range files {
		lines = append(lines, f.SHA256+"  "+f.Path+"\n")
	}
	return []byte(strings.Join(lines, ""))
}

// parseSums reads checksums of unknown origin.
func parseSums(data []byte) (map[string]string, error) {
	text, ok := strings.CutSuffix(string(data), "\n")
	if !ok {
		return nil, errors.New("the last line does not end")
	}
	sums := map[string]string{}
	for i, line := range strings.Split(text, "\n") {
		sum, path, ok := strings.Cut(line, "  ")
		switch {
		case !ok || !isSHA256(sum) || !plainPath(path) || path == sumsName:
			return nil, fmt.Errorf("line %d is not a SHA-256 in hexadecimal, two spaces and a path", i+1)
		case sums[path] != "":
			return nil, fmt.Errorf("line %d names %s a second time", i+1, path)
		}
		sums[path] = sum
	}
	return sums, nil
}

// isSHA256 tells whether a text is a SHA-256 as stemma writes it: lower case
// hexadecimal.
func isSHA256(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && len(s) == 2*sha256.Size && strings.ToLower(s) == s
}

func sha256Hex(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
