package strictjson

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"stemma/internal/diag"
)

// explain puts the tokenizer's failure into words. It looks at the text around
// the offset and not at the tokenizer's message, which may change.
func (p *parser) explain(err error) Problem {
	at := p.start()
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, errDepth):
		at = max(int(p.dec.InputOffset())-1, 0)
		return Problem{Code: diag.JSONDepth, Start: at, End: at + 1,
			Message: fmt.Sprintf("values nest more than %d deep here", MaxDepth), Help: "flatten the record"}
	case errors.Is(err, errTrailing):
		at = p.trailing
		pr := p.describe(at)
		if pr.Code != diag.JSONComment {
			pr = Problem{Code: diag.JSONTrailing, Start: at, End: p.tokenEnd(at), Message: "text follows after the end of the record",
				Help: "a .json file holds one record; put several into a .jsonl file, one per line"}
		}
		return pr
	case errors.As(err, &syntax):
		if at >= len(p.data) || p.data[at] != '-' { // a number's sign is part of what is wrong
			at = max(at, int(syntax.ByteOffset))
		}
	}
	return p.describe(min(at, len(p.data)))
}

// describe says what is wrong with the text at an offset at which the
// tokenizer gave up.
func (p *parser) describe(at int) Problem {
	rest := p.data[at:]
	pr := Problem{Code: diag.JSONSyntax, Start: at, End: p.tokenEnd(at)}
	if str := p.openString(at); str >= 0 {
		return p.describeString(str, at)
	}
	switch before := p.before(at); {
	case len(bytes.TrimLeft(rest, " \t\r\n")) == 0:
		pr.Message, pr.Help = "the text ends in the middle of a value", "close what is still open: a brace, a bracket or a quotation mark"
	case hasAnyPrefix(rest, "//", "/*", "#"):
		pr.Code, pr.Message, pr.Help = diag.JSONComment, "comments are not part of JSON", "delete it, or put it into coding.note"
	case hasAnyPrefix(rest, "NaN", "Infinity", "-Infinity", "nan", "inf", "-inf", "+Infinity"):
		pr.Code, pr.Message, pr.Help = diag.JSONNotANumber, fmt.Sprintf("%s is not a JSON value", p.data[at:pr.End]), "write null if the number is not known"
	case before == ',' && (rest[0] == ']' || rest[0] == '}'):
		pr.Message, pr.Help = fmt.Sprintf("a comma stands before the closing %q", string(rest[0])), "delete the comma"
	case rest[0] == '\'' || hasAnyPrefix(rest, "‘", "’", "“", "”", "«"):
		pr.Message, pr.Help = "text stands in straight double quotation marks", `write "…"`
	case hasAnyPrefix(rest, "True", "False", "None", "TRUE", "FALSE", "NULL", "Null", "undefined"):
		pr.Message, pr.Help = fmt.Sprintf("%s is not a JSON value", p.data[at:pr.End]), "write true, false or null"
	case rest[0] == '.' || rest[0] == '+' || (rest[0] >= '0' && rest[0] <= '9') || rest[0] == '-':
		pr.Message, pr.Help = "this is not a number as JSON writes it", "write digits with at most one leading zero before a decimal point: 0.5, -3, 12e3"
	case isValueEnd(before) && isValueStart(rest[0]):
		pr.Message, pr.Help = "a comma is missing before this", "put a comma after the value before it"
	default:
		r, _ := utf8.DecodeRune(rest)
		pr.Message, pr.Help = fmt.Sprintf("%q does not belong here", string(r)), "JSON expects a value, a key in double quotes, a comma, a colon or a closing bracket"
	}
	return pr
}

// describeString says what is wrong inside a string that begins at str.
func (p *parser) describeString(str, at int) Problem {
	pr := Problem{Code: diag.JSONSyntax, Start: at, End: min(at+1, len(p.data))}
	rest := p.data[at:]
	switch {
	case at >= len(p.data) || rest[0] == '\n' || rest[0] == '\r':
		pr.Start, pr.End = str, at
		pr.Message, pr.Help = "this text has no closing quotation mark on its line", `close it with "; write a line break inside a text as \n`
	case rest[0] < 0x20:
		pr.Message, pr.Help = fmt.Sprintf("the control character U+%04X stands in a text", rest[0]), fmt.Sprintf(`delete it, or write it as \u%04x`, rest[0])
	case surrogateEscape(rest):
		pr.Code, pr.End = diag.JSONSurrogate, at+6
		pr.Message, pr.Help = fmt.Sprintf("%s is half of a surrogate pair", rest[:6]), "write the character itself, or both halves"
	case rest[0] == '\\':
		pr.End = min(at+2, len(p.data))
		pr.Message = fmt.Sprintf("%s is not an escape that JSON knows", p.data[at:pr.End])
		pr.Help = `JSON knows \" \\ \/ \b \f \n \r \t and \u with four hexadecimal digits`
	default:
		pr.Message, pr.Help = "this text cannot be read", "check its quotation marks and escapes"
	}
	return pr
}

// openString gives the offset of the quotation mark that opens the string in
// which an offset lies, or -1. It starts where the last good token ended.
func (p *parser) openString(at int) int {
	i := p.start()
	if i >= at || i >= len(p.data) || p.data[i] != '"' {
		return -1
	}
	for j := i + 1; j < at; j++ {
		switch p.data[j] {
		case '\\':
			j++
		case '"':
			return -1
		}
	}
	return i
}

func (p *parser) before(at int) byte {
	if t := bytes.TrimRight(p.data[:at], " \t\r\n"); len(t) > 0 {
		return t[len(t)-1]
	}
	return 0
}

// tokenEnd gives the end of the word, or of the one character, at an offset.
func (p *parser) tokenEnd(at int) int {
	i := at
	for i < len(p.data) && (isWord(p.data[i]) || (i == at && (p.data[i] == '-' || p.data[i] == '+'))) {
		i++
	}
	if i == at && at < len(p.data) {
		_, n := utf8.DecodeRune(p.data[at:])
		i += n
	}
	return i
}

func isWord(c byte) bool {
	return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c|0x20 >= 'a' && c|0x20 <= 'z')
}

func isValueEnd(c byte) bool { return c == '"' || c == ']' || c == '}' || isWord(c) }

func isValueStart(c byte) bool { return c == '"' || c == '[' || c == '{' || c == '-' || isWord(c) }

func hasAnyPrefix(s []byte, prefixes ...string) bool {
	for _, p := range prefixes {
		if bytes.HasPrefix(s, []byte(p)) {
			return true
		}
	}
	return false
}

func surrogateEscape(s []byte) bool {
	return len(s) >= 6 && s[0] == '\\' && s[1] == 'u' && s[2]|0x20 == 'd' && bytes.IndexByte([]byte("89abcdefABCDEF"), s[3]) >= 0
}
