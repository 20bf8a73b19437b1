package validate

import "stemma/internal/diag"

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

// Reason gives the reason of an approval of a finding about a version; empty if
// there is none.
func (a *Approvals) Reason(code diag.Code, version string) string {
	if a == nil {
		return ""
	}
	list := a.root.Get("approvals").Elems
	for i := range list {
		if v := &list[i]; v.Get("code").Str() == string(code) && v.Get("version").Str() == version {
			return v.Get("reason").Str()
		}
	}
	return ""
}
