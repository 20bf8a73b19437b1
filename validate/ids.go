package validate

import (
	"bytes"
	"fmt"
	"strings"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// readID reads a record's id. There is a problem if its kind has ids and the
// record none.
func readID(kind *Kind, value *strictjson.Value) (ID, *strictjson.Problem) {
	if kind.ID == "" {
		return ID{}, nil
	}
	v := value.Lookup(schema.IDPointer(kind.ID))
	if id, ok := idOf(v); ok {
		return id, nil
	}
	p := strictjson.Problem{Code: diag.IDMissing, Start: int(value.Start), End: int(value.Start) + 1,
		Message: "this record has no id", Help: fmt.Sprintf("add %q, a text or a whole number that no other record of its kind has", kind.ID)}
	if v != nil {
		p.Start, p.End = int(v.Start), int(v.End)
		p.Message, p.Help = "this is no id", "write a text or a whole number that no other record of its kind has"
	}
	return ID{}, &p
}

// idOf reads the value of an id, or of a reference to one. The number 1 and the
// text "1" are different ids: their columns could not be joined.
func idOf(v *strictjson.Value) (id ID, ok bool) {
	switch {
	case v == nil:
	case v.Kind == strictjson.String:
		return ID{Text: v.Text}, v.Text != ""
	case v.Kind == strictjson.Number:
		if n, ok := strictjson.Int64(v.Text); ok {
			return ID{Text: strictjson.CanonicalNumber(v.Text), Number: n, Numeric: true}, true
		}
	}
	return ID{}, false
}

// quoted shows an id as JSON writes it.
func (a ID) quoted() string {
	if a.Numeric {
		return a.Text
	}
	return fmt.Sprintf("%q", a.Text)
}

// appendIDs appends what looks like the id of a record that is no JSON. One
// missing comma must not be reported once more by everything that refers to the
// record, so it is better to find too many ids here than too few.
func appendIDs(ids []ID, property string, data []byte) []ID {
	const most = 100 // a broken record is no reason to read it for ever
	if property == "" {
		return ids
	}
	last := property[strings.LastIndexByte(property, '/')+1:]
	name := strictjson.AppendCanonical(nil, &strictjson.Value{Kind: strictjson.String, Text: last})
	for range most {
		i := bytes.Index(data, name)
		if i < 0 {
			break
		}
		data = data[i+len(name):]
		text, ok := bytes.CutPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte(":"))
		if !ok {
			continue
		}
		line, _, _ := bytes.Cut(bytes.TrimLeft(text, " \t\r\n"), []byte("\n"))
		if value, problems := strictjson.Parse(scalar(line)); problems == nil {
			if id, ok := idOf(value); ok {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// scalar cuts the text or number with which a line begins; of a text without an
// end the rest of the line counts.
func scalar(line []byte) []byte {
	if len(line) == 0 || line[0] != '"' {
		if i := bytes.IndexAny(line, ", \t\r}]"); i >= 0 {
			return line[:i]
		}
		return line
	}
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			return line[:i+1]
		}
	}
	return append(bytes.TrimRight(bytes.Clone(line), " \t\r,"), '"')
}
