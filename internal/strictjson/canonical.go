package strictjson

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// AppendCanonical appends the canonical form of a value: RFC 8785 (JSON
// Canonicalization Scheme), except that a number is its exact, normalised
// decimal and not the nearest double, so that two different numbers never have
// one digest. Where the two agree, the bytes are those of the RFC.
func AppendCanonical(dst []byte, v *Value) []byte {
	switch v.Kind {
	case Null:
		return append(dst, "null"...)
	case Bool:
		return strconv.AppendBool(dst, v.Bool)
	case Number:
		return appendNumber(dst, v.Text)
	case String:
		return appendString(dst, v.Text)
	case Array:
		dst = append(dst, '[')
		for i := range v.Elems {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = AppendCanonical(dst, &v.Elems[i])
		}
		return append(dst, ']')
	default:
		dst = append(dst, '{')
		for i, m := range sortedMembers(v.Members) {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendString(dst, m.Name), ':')
			dst = AppendCanonical(dst, &m.Value)
		}
		return append(dst, '}')
	}
}

// Digest is the SHA-256 of a value's canonical form, in hexadecimal.
func Digest(v *Value) string {
	sum := sha256.Sum256(AppendCanonical(nil, v))
	return hex.EncodeToString(sum[:])
}

func sortedMembers(members []Member) []*Member {
	out := make([]*Member, len(members))
	for i := range members {
		out[i] = &members[i]
	}
	slices.SortFunc(out, func(a, b *Member) int { return compareUTF16(a.Name, b.Name) })
	return out
}

// compareUTF16 orders strings by their UTF-16 code units (RFC 8785, 3.2.3).
// This differs from the order of code points only between U+E000–U+FFFF and
// the supplementary planes, whose surrogates lie below.
func compareUTF16(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(a) || i == len(b) {
		return len(a) - len(b)
	}
	for i > 0 && !utf8.RuneStart(a[i]) {
		i--
	}
	ra, _ := utf8.DecodeRuneInString(a[i:])
	rb, _ := utf8.DecodeRuneInString(b[i:])
	return utf16Rank(ra) - utf16Rank(rb)
}

func utf16Rank(r rune) int {
	if r >= 0xE000 && r <= 0xFFFF {
		return int(r) + 0x110000
	}
	return int(r)
}

const hexDigits = "0123456789abcdef"

// appendString writes a string with the escapes of RFC 8785, 3.2.2.2.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, s[from:i]...)
		from = i + 1
		if j := strings.IndexByte("\"\\\b\t\n\f\r", c); j >= 0 {
			dst = append(dst, '\\', `"\btnfr`[j])
		} else {
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return append(append(dst, s[from:]...), '"')
}

// decimal is (-1)^neg × 0.digits × 10^point, without leading or trailing zeros
// in digits; zero has no digits.
type decimal struct {
	neg    bool
	digits string
	point  int
}

func parseDecimal(literal string) decimal {
	var d decimal
	if strings.HasPrefix(literal, "-") {
		d.neg, literal = true, literal[1:]
	}
	if i := strings.IndexAny(literal, "eE"); i >= 0 {
		// The exponent is within limits, so this cannot fail for parsed numbers.
		d.point, _ = strconv.Atoi(literal[i+1:])
		literal = literal[:i]
	}
	whole, fraction, _ := strings.Cut(literal, ".")
	d.point += len(whole)
	d.digits = whole + fraction
	trimmed := strings.TrimLeft(d.digits, "0")
	d.point -= len(d.digits) - len(trimmed)
	d.digits = strings.TrimRight(trimmed, "0")
	if d.digits == "" {
		return decimal{}
	}
	return d
}

// appendNumber lays out a decimal as ECMAScript's Number::toString lays out
// the digits of a double (ECMA-262, 6.1.6.1.20; RFC 8785, 3.2.2.3).
func appendNumber(dst []byte, literal string) []byte {
	d := parseDecimal(literal)
	n, k := d.point, len(d.digits)
	if k == 0 {
		return append(dst, '0')
	}
	if d.neg {
		dst = append(dst, '-')
	}
	switch {
	case k <= n && n <= 21:
		return append(append(dst, d.digits...), strings.Repeat("0", n-k)...)
	case 0 < n && n <= 21:
		return append(append(append(dst, d.digits[:n]...), '.'), d.digits[n:]...)
	case -6 < n && n <= 0:
		return append(append(append(dst, "0."...), strings.Repeat("0", -n)...), d.digits...)
	}
	dst = append(dst, d.digits[0])
	if k > 1 {
		dst = append(append(dst, '.'), d.digits[1:]...)
	}
	dst = append(dst, 'e')
	if n-1 > 0 {
		dst = append(dst, '+')
	}
	return strconv.AppendInt(dst, int64(n-1), 10)
}

// CanonicalNumber gives the canonical form of a number literal.
func CanonicalNumber(literal string) string { return string(appendNumber(nil, literal)) }

// Rat gives the exact value of a number literal that was parsed.
func Rat(literal string) *big.Rat {
	r, ok := new(big.Rat).SetString(literal)
	if !ok {
		return new(big.Rat)
	}
	return r
}

// IsInteger tells whether a number literal has an integral value (2.0 and 2e1 have).
func IsInteger(literal string) bool {
	d := parseDecimal(literal)
	return len(d.digits) <= d.point || d.digits == ""
}

// Int64 gives the value of a number literal as an integer; ok is false if it is
// not integral or does not fit.
func Int64(literal string) (n int64, ok bool) {
	if n, err := strconv.ParseInt(literal, 10, 64); err == nil {
		return n, true
	}
	d := parseDecimal(literal)
	if d.digits == "" {
		return 0, true
	}
	if len(d.digits) > d.point || d.point > 19 {
		return 0, false
	}
	s := d.digits + strings.Repeat("0", d.point-len(d.digits))
	if d.neg {
		s = "-" + s
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
