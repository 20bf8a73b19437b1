package export

import (
	"bytes"

	"stemma/build/descriptor"
)

// DatasetCard writes the card of a Hugging Face dataset: what the pages there
// read, and then the text for people, which is the readme of the release. From
// before releases had one it is a shorter text.
func DatasetCard(d *descriptor.Description, readme []byte) []byte {
	if readme == nil {
		readme = descriptor.Overview(d)
	}
	return bytes.Join([][]byte{descriptor.DatasetCard(d), readme}, []byte("\n"))
}
