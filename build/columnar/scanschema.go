package columnar

import "fmt"

// maxColumns is the most columns of a table that is read.
const maxColumns = 10_000

// schemaScan checks the flatbuffer of an Arrow schema before arrow-go follows
// it: arrow-go goes into the children of fields recursively, and a stack that
// is exhausted is caught by no recover; it allocates lists as long as they
// declare to be; and a flatbuffer may refer to one long text many times.
type schemaScan struct {
	buf  []byte
	left int // bytes of text that may still be referred to
}

// scanArrowSchema accepts scalars and lists of scalars.
func scanArrowSchema(schema flatTable) error {
	s := &schemaScan{buf: schema.buf, left: maxFooterBytes}
	// Schema: endianness, fields, custom_metadata, features.
	at, n, err := schema.vector(1, 4)
	if err != nil || n > maxColumns {
		return orElse(err, fmt.Sprintf("the schema has %d columns; the limit is %d", n, maxColumns))
	}
	for i := range n {
		if err := s.field(at+4*i, 1); err != nil {
			return fmt.Errorf("column %d: %w", i, err)
		}
	}
	return s.metadata(schema, 2)
}

// field checks the field that the offset at the given place leads to; children
// is how many it may have.
func (s *schemaScan) field(at, children int) error {
	offset, err := flatTable{buf: s.buf}.uint32(at)
	if err != nil {
		return err
	}
	field := flatTable{buf: s.buf, at: at + offset}
	// Field: name, nullable, type_type, type, dictionary, children, custom_metadata.
	if err := s.text(field, 0); err != nil {
		return err
	}
	if dictionary, err := field.field(4); err != nil || dictionary != 0 {
		return orElse(err, "it is dictionary-encoded, which columns of stemma are not")
	}
	at, n, err := field.vector(5, 4)
	if err != nil || n > children {
		return orElse(err, "it is nested more deeply than a list of scalars")
	}
	for i := range n {
		if err := s.field(at+4*i, 0); err != nil {
			return err
		}
	}
	// Of the types that are not refused later, only timestamps hold a text.
	if kind, err := field.byteAt(2); err != nil || kind == flatTimestamp {
		timestamp, tableErr := field.table(3)
		if err := firstError(err, tableErr, s.text(timestamp, 1)); err != nil { // unit, timezone
			return err
		}
	}
	return s.metadata(field, 6)
}

// flatTimestamp is Timestamp in the union Type of Schema.fbs.
const flatTimestamp = 10

// metadata checks a list of key/value pairs.
func (s *schemaScan) metadata(t flatTable, n int) error {
	at, count, err := t.vector(n, 4)
	if err != nil {
		return err
	}
	for i := range count {
		offset, err := t.uint32(at + 4*i)
		if err != nil {
			return err
		}
		pair := flatTable{buf: s.buf, at: at + 4*i + offset}
		for part := range 2 { // KeyValue: key, value
			if err := s.text(pair, part); err != nil {
				return err
			}
		}
		s.left -= 32 // so that many empty pairs count too
	}
	return nil
}

// text takes the length of a text field from what is left.
func (s *schemaScan) text(t flatTable, n int) error {
	_, length, err := t.vector(n, 1)
	if err != nil {
		return err
	}
	if s.left -= length; s.left < 0 {
		return fmt.Errorf("names and metadata take more than %d bytes", maxFooterBytes)
	}
	return nil
}
