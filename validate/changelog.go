package validate

// WithChangelog gives the same checked dataset with a changelog, which no rule
// looks at: it is written from what was checked.
func (c *Checked) WithChangelog(text []byte) *Checked {
	var ledger []byte
	if f := c.snapshot.Ledger; f != nil {
		ledger = f.Data
	}
	out := *c
	out.snapshot = c.snapshot.WithHistory(ledger, text)
	return &out
}
