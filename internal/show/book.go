package show

import (
	"strings"

	"stemma/internal/model"
	"stemma/internal/strictjson"
	"stemma/internal/wording"
)

// Book finds records by their ids, for their names. Its zero value is empty.
type Book struct{ wording.Book }

// Add decodes a record and keeps it. Kinds that are not stemma's are left out.
func (b *Book) Add(kind string, v *strictjson.Value) {
	switch kind {
	case model.KindActor:
		b.AddActor(model.DecodeActor(v))
	case model.KindPlace:
		b.AddPlace(model.DecodePlace(v))
	case model.KindMeasure:
		b.AddMeasure(model.DecodeMeasure(v))
	case model.KindSource:
		b.AddSource(model.DecodeSource(v))
	case model.KindEvent:
		b.AddEvent(model.DecodeEvent(v))
	case model.KindClaim:
		b.AddClaim(model.DecodeClaim(v))
	}
}

// document names a source by its publisher and the beginning of its title, with
// the id by which its file is found.
func (b *Book) document(id string) string {
	s := b.Sources[id]
	if s == nil {
		return id
	}
	var about []string
	if s.Publisher.IsSet() {
		about = append(about, b.Name(s.Publisher.Value))
	}
	if s.Title.IsSet() {
		about = append(about, "“"+wording.Shortened(s.Title.Value, 40)+"”")
	}
	if len(about) == 0 {
		return id
	}
	return strings.Join(about, ", ") + " [" + id + "]"
}
