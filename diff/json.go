package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// JSONSchemaVersion is the version of the JSON form. It changes when a reader of
// the old form would misread the new one; new keys do not change it.
const JSONSchemaVersion = 1

// JSON writes the difference as one JSON object: its keys are those of Diff and,
// before them, schema_version and different, which is false if it is empty.
// Characters that a terminal would obey or hide are escaped.
func (d *Diff) JSON(w io.Writer) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(struct {
		SchemaVersion int  `json:"schema_version"`
		Different     bool `json:"different"`
		*Diff
	}{JSONSchemaVersion, !d.Empty(), d}); err != nil {
		return err
	}
	_, err := w.Write(escapeJSON(b.Bytes()))
	return err
}

// escapeJSON escapes what is no printable character. Outside of texts JSON has
// none but line feeds.
func escapeJSON(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == '\n' || unicode.IsPrint(r):
			out = append(out, data[:n]...)
		case r > 0xffff:
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		data = data[n:]
	}
	return out
}
