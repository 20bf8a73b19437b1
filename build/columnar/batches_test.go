package columnar

import (
	"errors"
	"os"
	"reflect"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
)

// What ReadBatches hands on is what ReadHashes sees, from either file.
func TestReadBatches(t *testing.T) {
	parquetPath, arrowPath, stats := write(t, allColumns(), 200, random(7))
	for _, path := range []string{parquetPath, arrowPath} {
		var names []string
		hashes := newColumnHashes(len(stats.Columns))
		rows := int64(0)
		err := ReadBatches(path, func(columns []Column) error {
			for _, c := range columns {
				names = append(names, c.Name)
			}
			return nil
		}, func(rec arrow.Record) error {
			rows += rec.NumRows()
			return hashBatch(hashes, rec)
		})
		if err != nil || rows != stats.Rows || !reflect.DeepEqual(names, oddNames) {
			t.Errorf("%s: %d rows, columns %q, %v", path, rows, names, err)
		}
		for i, c := range stats.Columns {
			if got := hashes[i].hex(); got != c.LogicalHash {
				t.Errorf("%s: the column %q has the hash %s, written was %s", path, c.Name, got, c.LogicalHash)
			}
		}
	}
}

func TestReadBatchesFails(t *testing.T) {
	_, path, _ := write(t, allColumns(), 3, random(1))
	stop := errors.New("enough")
	fine := func([]Column) error { return nil }
	never := func(arrow.Record) error { t.Error("a batch after an error"); return nil }
	if err := ReadBatches(path, func([]Column) error { return stop }, never); !errors.Is(err, stop) {
		t.Errorf("begin: %v", err)
	}
	if err := ReadBatches(path, fine, func(arrow.Record) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("batch: %v", err)
	}
	var panicked *PanicError
	if err := ReadBatches(path, fine, func(arrow.Record) error { panic("out of range") }); !errors.As(err, &panicked) {
		t.Errorf("panic: %v", err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := ReadBatches(writeBytes(t, data[:len(data)-1]), fine, never); err == nil {
		t.Error("a file without its end is read")
	}
	if err := ReadBatches(t.TempDir(), fine, never); err == nil {
		t.Error("a folder is read")
	}
}
