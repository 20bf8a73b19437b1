package validate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
)

// maxText is the largest text of a source that is read: some 20,000 pages.
const maxText = 64 << 20

// Texts are the texts of sources, found by their SHA-256. They are never part
// of a dataset: most of them belong to somebody else.
type Texts struct {
	bySHA256 map[string]*sourceText
}

// LoadTexts reads every plain file below a folder. Links are not followed, and
// names that begin with a dot are left out. A file over 64 MiB is an error.
func LoadTexts(dir string) (*Texts, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return readTexts(root.FS())
}

func readTexts(fsys fs.FS) (*Texts, error) {
	t := &Texts{bySHA256: map[string]*sourceText{}}
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular():
			return nil
		}
		f, err := fsys.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		data, err := io.ReadAll(io.LimitReader(f, maxText+1))
		if err != nil {
			return err
		}
		if len(data) > maxText {
			return fmt.Errorf("%s is larger than a text may be (%d bytes)", path, maxText)
		}
		sum := sha256.Sum256(data)
		t.bySHA256[hex.EncodeToString(sum[:])] = &sourceText{raw: string(data)}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

func (t *Texts) find(sha256 string) (*sourceText, bool) {
	text, ok := t.bySHA256[sha256]
	return text, ok
}

// sourceText is one text. What is compared is made at the first use.
type sourceText struct {
	raw   string
	once  sync.Once
	loose string
}

// contains tells whether a quote stands in the text, whatever the white space
// and the form of quotation marks.
func (t *sourceText) contains(quote string) bool {
	t.once.Do(func() { t.loose, _ = loosen(t.raw, asWritten) })
	key, _ := loosen(strings.TrimSpace(quote), asWritten)
	return strings.Contains(t.loose, key)
}
