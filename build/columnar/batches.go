package columnar

import (
	"fmt"
	"io"

	"github.com/apache/arrow/go/v17/arrow"
)

// ReadBatches reads a file of a table, of either encoding, front to back. It
// gives the columns to begin, and then each batch of rows to batch, for which
// a batch is valid until it returns. The file may be hostile, as for
// ReadHashes; a panic in batch, which reads what the file holds, is an error.
// An error of begin or batch ends the reading and is returned.
func ReadBatches(path string, begin func(columns []Column) error, batch func(rec arrow.Record) error) error {
	t, err := openTable(path)
	if err != nil {
		return err
	}
	defer t.close()
	columns, err := columnsOf(t.schema)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := begin(columns); err != nil {
		return err
	}
	rows := int64(0)
	for {
		rec, err := t.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		rows += rec.NumRows()
		if err := handBatch(batch, rec); err != nil {
			return err
		}
	}
	if rows != t.rows {
		return fmt.Errorf("%s: the footer says %d rows, the file holds %d", path, t.rows, rows)
	}
	return nil
}

func handBatch(batch func(rec arrow.Record) error, rec arrow.Record) (err error) {
	defer recovered(&err, "reading a batch")
	return batch(rec)
}
