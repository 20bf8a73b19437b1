package strictjson

import (
	"bytes"
	"errors"
	"fmt"
	"unicode"
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
		// A number's sign, and the beginning of a word, are part of what is wrong.
		if at >= len(p.data) || (p.data[at] != '-' && !isLetter(p.data[at])) {
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
		pr.Related = p.notClosed()
	case hasAnyPrefix(rest, "//", "/*", "#"):
		pr.Code, pr.Message, pr.Help = diag.JSONComment, "comments are not part of JSON", "delete it; a note needs a property of its own"
	case hasAnyPrefix(rest, "NaN", "Infinity", "-Infinity", "nan", "inf", "-inf", "+Infinity"):
		pr.Code, pr.Message, pr.Help = diag.JSONNotANumber, fmt.Sprintf("%s is not a JSON value", p.data[at:pr.End]), "write null if the number is not known"
	case before == ',' && (rest[0] == ']' || rest[0] == '}'):
		pr.Message, pr.Help = fmt.Sprintf("a comma stands before the closing %q", string(rest[0])), "delete the comma"
	case rest[0] == '\'' || hasAnyPrefix(rest, "‘", "’", "“", "”", "«"):
		pr.Message, pr.Help = "text stands in straight double quotation marks", `write "…"`
	case p.strayColon(at):
		pr.Start, pr.End = p.last, int(p.dec.InputOffset())
		pr.Message, pr.Help = "this was read as a value, but a colon follows", "a { is missing before it, or the value of the key before it and a comma"
	case rest[0] >= '0' && rest[0] <= '9' && at > 0 && p.data[at-1] == '0':
		pr.Start = p.last
		pr.Message, pr.Help = "a number does not begin with a zero", "leave the zero out; a code with a zero is a text, in quotation marks"
	case rest[0] == '.' || rest[0] == '+' || (rest[0] >= '0' && rest[0] <= '9' && !isValueEnd(before)) || rest[0] == '-':
		pr.Message, pr.Help = "this is not a number as JSON writes it", "write digits with at most one leading zero before a decimal point: 0.5, -3, 12e3"
	default:
		p.describeStructure(&pr, before, rest)
	}
	return pr
}

// describeStructure says what is wrong between values: with colons, commas,
// brackets and words without quotation marks.
func (p *parser) describeStructure(pr *Problem, before byte, rest []byte) {
	container, tokens := p.dec.StackIndex(p.dec.StackDepth())
	object, afterKey := container == '{', container == '{' && tokens%2 == 1
	end := len(bytes.TrimRight(p.data[:pr.Start], " \t\r\n"))
	r, _ := utf8.DecodeRune(rest)
	switch word := p.data[pr.Start:pr.End]; {
	case r != utf8.RuneError && (unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)):
		pr.Message, pr.Help = fmt.Sprintf("an unusual space or invisible character (U+%04X) stands here", r), "put an ordinary space, or delete it"
	case object && !afterKey && (before == ',' || before == '{') && (isLetter(rest[0]) || rest[0] == '_'):
		pr.Message, pr.Help = "keys stand in double quotation marks", fmt.Sprintf(`write "%s"`, bytes.TrimSuffix(word, []byte("_")))
	case afterKey && before == '"' && rest[0] != ':':
		pr.Related = []Related{{pr.Start, pr.End, "this comes next"}}
		pr.Start, pr.End = end, end
		pr.Message, pr.Help = "a colon is missing after the key", "put a colon between the key and its value"
	case (before == ':' || before == ',' || before == '[' || before == 0) && isLetter(rest[0]):
		pr.Message, pr.Help = fmt.Sprintf("%s is not a JSON value", word), "write true, false or null, or put a text in double quotation marks"
	case (rest[0] == '}' || rest[0] == ']') && len(p.opened) > 0 && (rest[0] == '}') != object:
		pr.Message = fmt.Sprintf("%q does not close what is open here", string(rest[0]))
		pr.Help = "close the " + map[bool]string{true: "object with a brace }", false: "list with a bracket ]"}[object] + " first"
		at := p.opened[len(p.opened)-1]
		pr.Related = []Related{{at, at + 1, "it was opened here"}}
	case isValueEnd(before) && isValueStart(rest[0]):
		pr.Related = []Related{{pr.Start, pr.End, "this comes next"}}
		pr.Start, pr.End = end, end
		pr.Message, pr.Help = "a comma is missing here", "put a comma after the value"
	default:
		pr.Message, pr.Help = fmt.Sprintf("%q does not belong here", string(r)), "JSON expects a value, a key in double quotes, a comma, a colon or a closing bracket"
	}
}

// strayColon tells whether a colon stands where the value before it has ended.
func (p *parser) strayColon(at int) bool {
	container, tokens := p.dec.StackIndex(p.dec.StackDepth())
	between := bytes.TrimLeft(p.data[min(int(p.dec.InputOffset()), at):min(at+1, len(p.data))], " \t\r\n")
	return container == '{' && tokens > 0 && tokens%2 == 0 && bytes.HasPrefix(between, []byte(":"))
}

// notClosed names the bracket that was probably forgotten to be closed: the one
// whose closing bracket stands under another one's line, or else the innermost
// that is still open.
func (p *parser) notClosed() []Related {
	if len(p.opened) == 0 {
		return nil
	}
	at := p.opened[len(p.opened)-1]
	if suspect := misindented(p.data); suspect >= 0 {
		at = suspect
	}
	return []Related{{at, at + 1, "this is probably what is not closed"}}
}

// misindented finds the first bracket whose partner begins a line that is
// indented less than the bracket's own: it was closed by a bracket meant for
// another. It is -1 where there is none.
func misindented(data []byte) int {
	type opening struct{ at, indent int }
	var stack []opening
	indent, blank, inText := 0, true, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inText:
			if c == '\\' {
				i++
			}
			inText = c != '"'
		case c == '\n':
			indent, blank = 0, true
		case c == ' ' || c == '\t':
			if blank {
				indent++
			}
		case c == '{' || c == '[':
			stack, blank = append(stack, opening{i, indent}), false
		case (c == '}' || c == ']') && len(stack) > 0:
			top := stack[len(stack)-1]
			if blank && indent < top.indent {
				return top.at
			}
			stack, blank = stack[:len(stack)-1], false
		default:
			inText, blank = c == '"', false
		}
	}
	return -1
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

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
