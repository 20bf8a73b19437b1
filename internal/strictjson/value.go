package strictjson

import (
	"strconv"
	"strings"
)

// Kind is the type of a JSON value.
type Kind uint8

// The kinds of JSON values.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// String names the kind as JSON Schema does ("null", "boolean", …).
func (k Kind) String() string {
	return [...]string{"null", "boolean", "number", "string", "array", "object"}[k]
}

// Value is a JSON value with its place: the bytes [Start, End) of the text it
// was parsed from.
type Value struct {
	Kind       Kind
	Bool       bool
	Start, End uint32
	Text       string   // String: the decoded text; Number: the literal as written
	Members    []Member // Object: in the order of the text
	Elems      []Value  // Array
}

// Member is one name and value of an object. NameStart and NameEnd are the
// bytes of the quoted name.
type Member struct {
	Name               string
	NameStart, NameEnd uint32
	Value              Value
}

// Get gives the member of an object with that name, or nil. It may be called
// on a nil value and on values that are no objects.
func (v *Value) Get(name string) *Value {
	if m := v.Member(name); m != nil {
		return &m.Value
	}
	return nil
}

// Member is Get for the name and value together.
func (v *Value) Member(name string) *Member {
	if v == nil {
		return nil
	}
	for i := range v.Members {
		if v.Members[i].Name == name {
			return &v.Members[i]
		}
	}
	return nil
}

// IsNull tells whether the value is absent (nil) or null: the two mean the same.
func (v *Value) IsNull() bool { return v == nil || v.Kind == Null }

// Str gives the text of a string and "" for anything else.
func (v *Value) Str() string {
	if v == nil || v.Kind != String {
		return ""
	}
	return v.Text
}

// Lookup follows a JSON Pointer (RFC 6901, "" is the value itself) and gives
// the value it leads to, or nil.
func (v *Value) Lookup(pointer string) *Value {
	at, _ := v.follow(pointer)
	return at
}

// KeySpan gives the bytes of the quoted name of the member that a JSON Pointer
// leads to; ok is false where the pointer leads nowhere or to no member.
func (v *Value) KeySpan(pointer string) (start, end uint32, ok bool) {
	at, m := v.follow(pointer)
	if at == nil || m == nil {
		return 0, 0, false
	}
	return m.NameStart, m.NameEnd, true
}

func (v *Value) follow(pointer string) (*Value, *Member) {
	var member *Member
	for pointer != "" {
		if v == nil || pointer[0] != '/' {
			return nil, nil
		}
		var token string
		token, pointer = CutToken(pointer)
		member = nil
		switch v.Kind {
		case Object:
			member = v.Member(token)
			if member == nil {
				return nil, nil
			}
			v = &member.Value
		case Array:
			i, err := strconv.ParseUint(token, 10, 31)
			if err != nil || int(i) >= len(v.Elems) || (len(token) > 1 && token[0] == '0') {
				return nil, nil
			}
			v = &v.Elems[i]
		default:
			return nil, nil
		}
	}
	return v, member
}

// CutToken cuts the first reference token off a JSON Pointer that is not empty
// and begins with a slash; the token is unescaped.
func CutToken(pointer string) (token, rest string) {
	s := strings.TrimPrefix(pointer, "/")
	token = s
	if i := strings.IndexByte(s, '/'); i >= 0 {
		token, rest = s[:i], s[i:]
	}
	if strings.Contains(token, "~") {
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
	}
	return token, rest
}

// AppendToken appends a reference token to a JSON Pointer, escaped.
func AppendToken(pointer, token string) string {
	if strings.ContainsAny(token, "~/") {
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~", "~0"), "/", "~1")
	}
	return pointer + "/" + token
}

// PointerAt gives the JSON Pointer of the innermost value that begins at or
// before a byte offset and ends after it; a name belongs to its value. It is
// "" where there is none.
func (v *Value) PointerAt(offset uint32) string {
	switch v.Kind {
	case Object:
		for i := range v.Members {
			m := &v.Members[i]
			if offset >= m.NameStart && offset < m.Value.End {
				return AppendToken("", m.Name) + m.Value.PointerAt(offset)
			}
		}
	case Array:
		for i := range v.Elems {
			e := &v.Elems[i]
			if offset >= e.Start && offset < e.End {
				return "/" + strconv.Itoa(i) + e.PointerAt(offset)
			}
		}
	}
	return ""
}
