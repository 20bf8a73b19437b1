package diag

// Cell is a piece of text that a terminal shows as one: a user-perceived
// character, or the escape of one that would act on the terminal or look like
// nothing.
type Cell struct {
	Text  string
	Width int // columns of a terminal, at least 1
}

// Cells cuts a text that comes from anybody into what is safe to print of it.
func Cells(s string) []Cell {
	cs := cells(s, `\t`)
	out := make([]Cell, len(cs))
	for i, c := range cs {
		out[i] = Cell{c.text, c.width}
	}
	return out
}

// EscapeJSON writes the hidden characters of a JSON text as \u escapes, so that
// it is the same text for every JSON reader and harmless on a terminal.
func EscapeJSON(text []byte) []byte { return escapeJSON(text) }
