package numerals

import (
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// separator is a class of characters that stand between the digits of a number.
type separator uint8

const (
	noSeparator separator = iota
	comma
	dot
	apostrophe
	space           // a plain space, which may also part two numbers
	groupSpace      // a no-break or narrow space
	arabicThousands // ٬
	arabicDecimal   // ٫, in practice also printed between thousands
	slashOrColon    // of a fraction, date or time: not read
)

func separatorOf(r rune) separator {
	switch r {
	case ',', '،', '，':
		return comma
	case '.', '．', '·':
		return dot
	case '\'', '’', '‘', 'ʼ', '´':
		return apostrophe
	case ' ':
		return space
	case '\u00a0', '\u202f', '\u2009', '\u2007', '\u2008', '\u200a':
		return groupSpace
	case '٬':
		return arabicThousands
	case '٫':
		return arabicDecimal
	case '/', ':':
		return slashOrColon
	}
	return noSeparator
}

// digit is the value of a Unicode decimal digit and the zero of its row: the
// digits of a script are ten code points in a row, and rows that touch are
// whole rows.
func digit(r rune) (value byte, zero rune) {
	first := r
	for unicode.Is(unicode.Nd, first-1) {
		first--
	}
	value = byte((r - first) % 10)
	return value, r - rune(value)
}

// literal is a number printed in digits, as groups of ASCII digits.
type literal struct {
	groups     []string
	separators []separator // between the groups
	end        int         // byte offset after it
	mixed      bool        // digits of different scripts
}

// scanLiteral reads the longest number in digits at offset start of the phrase.
func scanLiteral(phrase string, start int) literal {
	var l literal
	zero := rune(-1)
	group := func(at int) (string, int) {
		var digits strings.Builder
		for at < len(phrase) {
			r, size := utf8.DecodeRuneInString(phrase[at:])
			if !unicode.Is(unicode.Nd, r) {
				break
			}
			value, rowZero := digit(r)
			l.mixed = l.mixed || zero >= 0 && zero != rowZero
			zero = rowZero
			digits.WriteByte('0' + value)
			at += size
		}
		return digits.String(), at
	}
	first, end := group(start)
	l.groups, l.end = []string{first}, end
	for {
		r, size := utf8.DecodeRuneInString(phrase[l.end:])
		class := separatorOf(r)
		if class == noSeparator {
			return l
		}
		wasMixed, wasZero := l.mixed, zero
		next, end := group(l.end + size)
		if next == "" || !l.continues(class, next) {
			l.mixed, zero = wasMixed, wasZero
			return l
		}
		l.groups, l.separators, l.end = append(l.groups, next), append(l.separators, class), end
	}
}

// continues tells whether the separator and the digits after it belong to the
// number at all. Spaces and apostrophes mean other things too, and count only
// between what can be thousands.
func (l *literal) continues(class separator, next string) bool {
	switch class {
	case noSeparator:
		return false
	case space, groupSpace, apostrophe:
		for _, earlier := range l.separators {
			if earlier != class && !(isSpace(earlier) && isSpace(class)) {
				return false
			}
		}
		return len(next) == 3 && len(l.groups[0]) <= 3 && l.groups[0][0] != '0'
	}
	return true
}

func isSpace(s separator) bool { return s == space || s == groupSpace }

// read lists what the digits can mean, the likeliest first; a problem if nothing.
func (l *literal) read() (readings []*big.Rat, problem string) {
	last := len(l.separators) - 1
	switch {
	case l.mixed:
		return nil, "digits of different scripts in one number"
	case last < 0:
		return []*big.Rat{decimal(l.groups[0], "")}, ""
	}
	for _, class := range l.separators {
		if class == slashOrColon {
			return nil, "a fraction, date or time, which is not read"
		}
	}
	whole, tail := strings.Join(l.groups, ""), l.groups[last+1]
	if !l.uniform(last + 1) {
		if l.uniform(last) && l.grouped(last) && isDecimal(l.separators[last]) {
			return []*big.Rat{decimal(strings.Join(l.groups[:last+1], ""), tail)}, ""
		}
		return nil, "separators that fit no way of writing numbers"
	}
	class, single := l.separators[0], last == 0
	if l.grouped(last + 1) {
		readings = append(readings, decimal(whole, ""))
		if single && (class == dot || class == arabicDecimal) {
			readings = append(readings, decimal(l.groups[0], tail))
		}
		return append(readings, l.apart()...), ""
	}
	if single && isDecimal(class) && (class != comma || len(tail) <= 3) {
		return []*big.Rat{decimal(l.groups[0], tail)}, ""
	}
	return nil, "digits grouped in no known way"
}

// doubt says why the digits are read in more than one way.
func (l *literal) doubt() Doubt {
	readings, _ := l.read()
	switch {
	case len(readings) < 2:
		return NoDoubt
	case l.separators[0] == space:
		return Spaces
	case strings.Trim(l.groups[1], "0") == "":
		return Zeros
	}
	return Marks
}

// thousands is the power of ten that the separators of a whole number stand
// for: 1000 in 3,000; nil if there are none.
func (l *literal) thousands() *big.Rat {
	n := len(l.separators)
	if n == 0 || !l.uniform(n) || !l.grouped(n) {
		return nil
	}
	return decimal("1"+strings.Repeat("0", len(strings.Join(l.groups[1:], ""))), "")
}

// apart lists the groups as numbers of their own, where plain spaces may part
// numbers; a group that begins with 0 continues a number.
func (l *literal) apart() []*big.Rat {
	var parts []*big.Rat
	for i, group := range l.groups {
		if i > 0 && (l.separators[i-1] != space || group[0] == '0') {
			return nil
		}
		parts = append(parts, decimal(group, ""))
	}
	return parts
}

// uniform tells whether the first n separators are of one class.
func (l *literal) uniform(n int) bool {
	for _, class := range l.separators[:n] {
		if class != l.separators[0] && !(isSpace(class) && isSpace(l.separators[0])) {
			return false
		}
	}
	return true
}

// grouped tells whether the first n separators part thousands (1,000,000) or,
// in the Indian way, hundreds above the first thousand (10,00,000).
func (l *literal) grouped(n int) bool {
	first, rest := l.groups[0], l.groups[1:n+1]
	if n == 0 || len(first) > 3 || first[0] == '0' || len(rest[n-1]) != 3 {
		return false
	}
	thousands, indian := true, len(first) <= 2 && n > 1 && (l.separators[0] == comma || l.separators[0] == arabicThousands)
	for _, group := range rest[:n-1] {
		thousands = thousands && len(group) == 3
		indian = indian && len(group) == 2
	}
	return thousands || indian
}

func isDecimal(s separator) bool { return s == comma || s == dot || s == arabicDecimal }

// decimal is the exact value of ASCII digits before and after the point.
func decimal(whole, fraction string) *big.Rat {
	value, ok := new(big.Int).SetString(whole+fraction, 10)
	if !ok {
		panic("numerals: not digits: " + whole + fraction)
	}
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(fraction))), nil)
	return new(big.Rat).SetFrac(value, power)
}
