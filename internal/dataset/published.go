package dataset

import (
	"context"

	"stemma/internal/ledger"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// Published gives the records of a release as the ledger knows them, in the
// order of files. The dataset need not be valid by the rules of today, as old
// releases may not be: what cannot be read or has no id is left out. The only
// error is that of the context.
func (s *Snapshot) Published(ctx context.Context) ([]ledger.Record, error) {
	var out []ledger.Record
	for _, f := range s.Records {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		kind := s.Config.Kinds[f.Kind]
		if kind.ID == "" {
			continue
		}
		for _, r := range f.Records() {
			value, problems := strictjson.Parse(r.Data)
			if problems != nil {
				continue
			}
			if id, ok := ledger.ID(value.Lookup(schema.IDPointer(kind.ID))); ok {
				out = append(out, ledger.NewRecord(kind.Name, id, value))
			}
		}
	}
	return out, nil
}
