package strictjson

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"stemma/internal/diag"
)

// Limits of what is read. They are far above any honest record, and low enough
// that no input can exhaust memory or run exact arithmetic for ever.
const (
	MaxDepth    = 128      // levels of arrays and objects
	MaxBytes    = 10 << 20 // bytes of one record
	MaxDigits   = 1000     // digits of one number
	MaxExponent = 400      // absolute value of a number's exponent
)

// Problem is something wrong with JSON text, at the bytes [Start, End).
type Problem struct {
	Code          diag.Code
	Start, End    int
	Message, Help string
	Related       []Related
}

// Related is a second place that belongs to a problem.
type Related struct {
	Start, End int
	Message    string
}

// Parse reads one JSON text. Problems that leave the structure clear (keys
// named twice, numbers beyond the limits) are all reported; at any other
// reading stops and the value is nil. The value is complete, and fit to be
// used, only if there are no problems.
func Parse(data []byte) (*Value, []Problem) {
	if p := checkBytes(data); p != nil {
		return nil, []Problem{*p}
	}
	p := parser{data: data, dec: jsontext.NewDecoder(bytes.NewBuffer(data), jsontext.AllowDuplicateNames(true))}
	root, err := p.value(0)
	if err == nil {
		err = p.end()
	}
	if err != nil {
		return nil, append(p.problems, p.explain(err))
	}
	return &root, p.problems
}

// checkBytes finds what makes a text unfit for a tokenizer: its size, its
// encoding, or that there is nothing in it.
func checkBytes(data []byte) *Problem {
	switch {
	case len(data) > MaxBytes:
		return &Problem{Code: diag.JSONSize, Message: fmt.Sprintf("the record has %d bytes, more than %d", len(data), MaxBytes),
			Help: "split the record, or keep what is not data out of it"}
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return &Problem{Code: diag.JSONByteOrder, End: 3, Message: "the text begins with a byte order mark (U+FEFF)",
			Help: "save it as UTF-8 without a byte order mark"}
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return &Problem{Code: diag.JSONEncoding, End: 2, Message: "the text is UTF-16", Help: "save it as UTF-8"}
	case len(bytes.TrimLeft(data, " \t\r\n")) == 0:
		return &Problem{Code: diag.JSONEmpty, Message: "there is nothing in it, not even a value", Help: "write a record, or delete the empty file or line"}
	}
	if at := invalidUTF8(data); at >= 0 {
		return &Problem{Code: diag.JSONEncoding, Start: at, End: at + 1,
			Message: fmt.Sprintf("byte 0x%02X is not valid UTF-8 here", data[at]),
			Help:    "save the file as UTF-8; a text copied from elsewhere may be in another encoding"}
	}
	return nil
}

func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// parser builds values from tokens. The tokenizer says where a token ends;
// where it begins follows from the white space before it.
type parser struct {
	data     []byte
	dec      *jsontext.Decoder
	problems []Problem
	trailing int   // where the text after the value begins
	last     int   // where the last token begins that was read
	opened   []int // where the arrays and objects begin that are not closed yet
}

var errDepth = errors.New("too deep")

// start gives the offset of the token that the decoder reads next.
func (p *parser) start() int {
	i := int(p.dec.InputOffset())
	for i < len(p.data) {
		switch p.data[i] {
		case ' ', '\t', '\r', '\n', ',', ':':
			i++
			continue
		}
		break
	}
	return i
}

func (p *parser) value(depth int) (Value, error) {
	start := p.start()
	tok, err := p.dec.ReadToken()
	if err != nil {
		return Value{}, err
	}
	v := Value{Start: uint32(start)}
	p.last = start
	switch tok.Kind() {
	case 'n':
		v.Kind = Null
	case 't', 'f':
		v.Kind, v.Bool = Bool, tok.Kind() == 't'
	case '"':
		v.Kind, v.Text = String, tok.String()
	case '0':
		v.Kind, v.Text = Number, string(p.data[start:p.dec.InputOffset()])
		p.checkNumber(v.Text, start)
	case '[':
		v.Kind = Array
		p.opened = append(p.opened, start)
		err = p.array(&v, depth+1)
	case '{':
		v.Kind = Object
		p.opened = append(p.opened, start)
		err = p.object(&v, depth+1)
	}
	if err == nil && (v.Kind == Array || v.Kind == Object) {
		p.opened = p.opened[:len(p.opened)-1]
	}
	v.End = uint32(p.dec.InputOffset())
	return v, err
}

func (p *parser) array(v *Value, depth int) error {
	if depth > MaxDepth {
		return errDepth
	}
	for p.dec.PeekKind() != ']' {
		e, err := p.value(depth)
		if err != nil {
			return err
		}
		v.Elems = append(v.Elems, e)
	}
	_, err := p.dec.ReadToken()
	return err
}

func (p *parser) object(v *Value, depth int) error {
	if depth > MaxDepth {
		return errDepth
	}
	names := nameSet{members: &v.Members}
	for p.dec.PeekKind() != '}' {
		start := p.start()
		tok, err := p.dec.ReadToken()
		if err != nil {
			return err
		}
		p.last = start
		m := Member{Name: tok.String(), NameStart: uint32(start), NameEnd: uint32(p.dec.InputOffset())}
		if m.Value, err = p.value(depth); err != nil {
			return err
		}
		if first := names.add(m); first != nil {
			p.problems = append(p.problems, duplicate(m, *first))
		}
	}
	_, err := p.dec.ReadToken()
	return err
}

func duplicate(m, first Member) Problem {
	return Problem{
		Code: diag.JSONDuplicateKey, Start: int(m.NameStart), End: int(m.NameEnd),
		Message: fmt.Sprintf("the key %q stands in this object a second time", m.Name),
		Help:    "keep one of the two",
		Related: []Related{{int(first.NameStart), int(first.NameEnd), "the first is here"}},
	}
}

// nameSet finds names that an object has already: by search while it is small,
// by an index once a search would make reading quadratic.
type nameSet struct {
	members *[]Member
	index   map[string]int
}

func (s *nameSet) add(m Member) (first *Member) {
	const small = 24
	list := *s.members
	if len(list) < small {
		for i := range list {
			if list[i].Name == m.Name {
				first = &list[i]
				break
			}
		}
	} else {
		if s.index == nil {
			s.index = make(map[string]int, 2*small)
			for i := range list {
				s.index[list[i].Name] = i
			}
		}
		if i, ok := s.index[m.Name]; ok {
			first = &list[i]
		} else {
			s.index[m.Name] = len(list)
		}
	}
	*s.members = append(list, m)
	return first
}

// checkNumber holds a number against the limits. Its grammar is known to be right.
func (p *parser) checkNumber(literal string, start int) {
	digits, exponent := 0, ""
	for i := range len(literal) {
		c := literal[i]
		if c == 'e' || c == 'E' {
			exponent = literal[i+1:]
			break
		}
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	message := ""
	if digits > MaxDigits {
		message = fmt.Sprintf("the number has %d digits, more than %d", digits, MaxDigits)
	} else if exponent != "" {
		if e, err := strconv.Atoi(exponent); err != nil || e > MaxExponent || e < -MaxExponent {
			message = fmt.Sprintf("the exponent of the number lies outside -%d to %d", MaxExponent, MaxExponent)
		}
	}
	if message != "" {
		p.problems = append(p.problems, Problem{Code: diag.JSONNumberLimit, Start: start, End: start + len(literal),
			Message: message, Help: "write the number as a string if it is really meant"})
	}
}

// end checks that nothing follows the value.
func (p *parser) end() error {
	p.trailing = p.start()
	if _, err := p.dec.ReadToken(); err == io.EOF {
		return nil
	}
	return errTrailing
}

var errTrailing = errors.New("trailing data")
