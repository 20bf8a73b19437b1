package descriptor

import (
	"bytes"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Document is one file that describes a release.
type Document struct {
	Path string
	Data []byte
}

// Documents writes all documents that are part of a release, sorted by path.
func Documents(d *Description) ([]Document, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	pack, err := DataPackage(d)
	if err != nil {
		return nil, err
	}
	croissant, err := Croissant(d)
	if err != nil {
		return nil, err
	}
	return []Document{
		{"CITATION.cff", Citation(d)},
		{"CODEBOOK.md", Codebook(d)},
		{"LICENSE", LicenceText(d)},
		{"README.md", Readme(d)},
		{"croissant.json", croissant},
		{"datapackage.json", pack},
		{"load.sql", LoadSQL(d, Views)},
	}, nil
}

// encodeJSON writes a value as indented JSON with a final line break. All
// options that shape the bytes are given.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	err := json.MarshalWrite(&b, v, json.Deterministic(true), jsontext.WithIndent("  "), jsontext.EscapeForHTML(false), jsontext.EscapeForJS(false))
	return append(b.Bytes(), '\n'), err
}
