package descriptor

import (
	"fmt"
	"strings"
	"unicode"
)

// quoteYAML writes a text as a double-quoted scalar of YAML 1.2. All that is
// neither printable nor plain is escaped: YAML allows few of those characters,
// and readers disagree about the rest.
func quoteYAML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r > 0xffff && !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\U%08x`, r)
		case !unicode.IsPrint(r) || r == 0xfffd:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + `"`
}

// yaml writes lines of YAML whose values are quoted texts.
type yaml struct{ strings.Builder }

// pair writes a name with a text, unless that is empty.
func (y *yaml) pair(name, value string) {
	if value != "" {
		fmt.Fprintf(y, "%s: %s\n", name, quoteYAML(value))
	}
}

// list writes a name with a list of texts, unless that is empty. Texts that
// are there already are left out: formats want them to be unique.
func (y *yaml) list(name string, values []string) {
	if len(values) == 0 {
		return
	}
	fmt.Fprintf(y, "%s:\n", name)
	seen := map[string]bool{}
	for _, v := range values {
		if !seen[v] {
			fmt.Fprintf(y, "  - %s\n", quoteYAML(v))
		}
		seen[v] = true
	}
}
