package validate

import (
	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// record is one record that its schema accepts. Its value is gone after the
// call that it is given to: memory must not grow with the parsed form of all
// records.
type record struct {
	*dataset.Record
	kind  string
	id    string
	value *strictjson.Value
}

// domainRules are the rules of a model, on top of what schemas say. Their
// findings must not depend on the order of calls.
type domainRules interface {
	// first tells which kinds must all be seen before the others.
	first(kind string) bool
	// record checks one record; it is called concurrently.
	record(r record) diag.List
	// finish reports what only all records together show.
	finish() diag.List
}
