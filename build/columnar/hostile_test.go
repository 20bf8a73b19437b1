package columnar

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
)

// smallTable is a table of a few rows of every type, in a small file.
func smallTable(t testing.TB) (parquetPath, arrowPath string) {
	columns := []Column{{"a", Utf8, "x"}, {"b", ListOf(Int64), ""}, {"c", Bool, ""}, {"d", ListOf(Utf8), ""}}
	parquetPath, arrowPath, _ = write(t, columns, 4, random(3))
	return parquetPath, arrowPath
}

// Every single damaged byte is read with an error or as some table, never with
// a crash. The second reader notices all damage but that in what it has no use
// for, such as statistics.
func TestDamagedFilesDoNotCrash(t *testing.T) {
	parquetPath, arrowPath := smallTable(t)
	for _, c := range []struct {
		path string
		read func(string) (*TableStats, error)
	}{{parquetPath, ReadHashesParquet}, {arrowPath, ReadHashes}} {
		data := readFile(t, c.path)
		damaged := filepath.Join(t.TempDir(), "d"+filepath.Ext(c.path))
		noticed := 0
		for i := range data {
			mask := []byte{0xFF, 0x01, 0x80}[i%3]
			data[i] ^= mask
			if err := os.WriteFile(damaged, data, 0o600); err != nil {
				t.Fatal(err)
			}
			data[i] ^= mask
			_, err := c.read(damaged)
			if err != nil {
				noticed++
			}
			if c.path == parquetPath {
				rows, second := SecondRead(damaged, arrowPath)
				if second == nil && rows != 4 {
					t.Errorf("byte %d damaged: the second reader is content with %d rows", i, rows)
				}
			}
		}
		if noticed == 0 {
			t.Errorf("%s: no damage is noticed", c.path)
		}
		for n := range len(data) / 7 {
			if err := os.WriteFile(damaged, data[:7*n], 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := c.read(damaged); err == nil {
				t.Errorf("%s, cut to %d of %d bytes, is read without an error", c.path, 7*n, len(data))
			}
		}
	}
}

// nullRecord is a batch of one column without values.
func nullRecord(f arrow.Field, rows int) arrow.Record {
	b := array.NewRecordBuilder(memory.NewGoAllocator(), arrow.NewSchema([]arrow.Field{f}, nil))
	defer b.Release()
	for range rows {
		b.Field(0).AppendNull()
	}
	return b.NewRecord()
}

// foreignParquet writes a batch with other options than ours.
func foreignParquet(t *testing.T, rec arrow.Record, options ...parquet.WriterProperty) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.parquet")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := pqarrow.NewFileWriter(rec.Schema(), f, parquet.NewWriterProperties(options...), arrowProperties())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Write(rec), w.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func foreignArrow(t *testing.T, rec arrow.Record, options ...ipc.Option) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.arrow")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := ipc.NewFileWriter(f, append(options, ipc.WithSchema(rec.Schema()))...)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Write(rec), w.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// Files that others could write, and that stemma does not read: each is
// refused with a reason, before it is decoded.
func TestForeignFilesAreRefused(t *testing.T) {
	zstd := parquet.WithCompression(compress.Codecs.Zstd)
	text := arrow.Field{Name: "a", Type: Utf8, Nullable: true}
	dictionary := arrow.Field{Name: "a", Type: &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: Utf8}, Nullable: true}
	nested := arrow.Field{Name: "a", Type: ListOf(ListOf(Utf8)), Nullable: true}
	cases := []struct{ name, path, want string }{
		{"Parquet, brotli", foreignParquet(t, nullRecord(text, 1), parquet.WithCompression(compress.Codecs.Brotli)), "not zstd"},
		{"Parquet, pages V2", foreignParquet(t, nullRecord(text, 1), zstd, parquet.WithDataPageVersion(parquet.DataPageV2)), "DATA_PAGE_V2"},
		{"Parquet, required", foreignParquet(t, nullRecord(arrow.Field{Name: "a", Type: Utf8}, 1), zstd), "neither an optional scalar"},
		{"Parquet, nested lists", foreignParquet(t, nullRecord(nested, 1), zstd), "neither an optional scalar"},
		{"Parquet, int32", foreignParquet(t, nullRecord(arrow.Field{Name: "a", Type: arrow.PrimitiveTypes.Int32, Nullable: true}, 1), zstd), "int32"},
		{"Parquet, long row group", foreignParquet(t, nullRecord(text, BatchRows+1), zstd), "declares 65537 rows"},
		{"Parquet, RLE booleans", foreignParquet(t, nullRecord(arrow.Field{Name: "a", Type: Bool, Nullable: true}, 1), zstd, parquet.WithDictionaryDefault(false), parquet.WithEncodingFor("a", parquet.Encodings.RLE)), "encoding RLE"},
		{"Arrow, compressed", foreignArrow(t, nullRecord(text, 1), ipc.WithZstd()), "compressed"},
		{"Arrow, dictionary", foreignArrow(t, nullRecord(dictionary, 1)), "dictionary"},
		{"Arrow, nested lists", foreignArrow(t, nullRecord(nested, 1)), "nested more deeply"},
		{"Arrow, long batch", foreignArrow(t, nullRecord(text, BatchRows+1)), "declares 65537 rows"},
		{"Arrow, int32", foreignArrow(t, nullRecord(arrow.Field{Name: "a", Type: arrow.PrimitiveTypes.Int32, Nullable: true}, 1)), "int32"},
		{"folder", t.TempDir(), "not a regular file"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			read := ReadHashes
			if strings.HasPrefix(c.name, "Parquet") {
				read = ReadHashesParquet
			}
			if _, err := read(c.path); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.path) {
				t.Errorf("%v, want %q and the path", err, c.want)
			}
		})
	}
}

// Opening a pipe would wait for a writer that never comes.
func TestPipesAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.parquet")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, parquetErr := ReadHashesParquet(path)
	_, arrowErr := ReadHashes(path)
	_, differenceErr := FirstDifference(path, path)
	_, secondErr := SecondRead(path, path)
	for _, err := range []error{parquetErr, arrowErr, differenceErr, secondErr} {
		if err == nil || !strings.Contains(err.Error(), "not a regular file") {
			t.Errorf("a pipe: %v", err)
		}
	}
}

// A page that unpacks to more than it declares, and one that declares more
// than any page of stemma has, are refused without unpacking them.
func TestPageSizesAreNotBelieved(t *testing.T) {
	parquetPath, _, _ := write(t, []Column{{"a", Utf8, ""}}, 100, func(w *Writer, _ int) {
		w.Field(0).(*array.StringBuilder).Append(strings.Repeat("zero", 1000))
	})
	data := readFile(t, parquetPath)
	// The dictionary's head begins after "PAR1": field 1, type (15 04 =
	// dictionary page), field 2, uncompressed size as a zigzag varint.
	if !bytes.HasPrefix(data[4:], []byte{0x15, 0x04, 0x15}) {
		t.Fatalf("the dictionary page begins otherwise: % x", data[4:16])
	}
	at := 4 + 3
	size, n := binary.Varint(data[at:])
	if size != 4004 || n != 2 {
		t.Fatalf("the dictionary page has %d bytes, in %d", size, n)
	}
	path := filepath.Join(t.TempDir(), "t.parquet")
	for _, c := range []struct {
		declared int64
		want     string
	}{{1000, "declares 1000 bytes uncompressed and has 4004"}, {4050, "declares 4050 bytes uncompressed and has 4004"}, {8000, "8000 uncompressed; the column has"}} {
		changed := bytes.Clone(data)
		binary.PutVarint(changed[at:], c.declared)
		if err := os.WriteFile(path, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadHashesParquet(path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// fuzz reads mutated files: whatever they hold, reading ends without a panic,
// and what is read twice is the same.
func fuzz(f *testing.F, extension string, read func(string) (*TableStats, error)) {
	parquetPath, arrowPath := smallTable(f)
	empty, emptyArrow, _ := write(f, []Column{{"a", ListOf(Date32), ""}}, 0, nil)
	for _, path := range []string{parquetPath, arrowPath, empty, emptyArrow} {
		if filepath.Ext(path) == extension {
			f.Add(readFile(f, path))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "t"+extension)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		first, err := read(path)
		second, again := read(path)
		if (err == nil) != (again == nil) || !reflect.DeepEqual(first, second) {
			t.Errorf("read twice: %+v, %v; %+v, %v", first, err, second, again)
		}
		if d, err := FirstDifference(path, path); d != nil {
			t.Errorf("a file differs from itself: %v, %v", d, err)
		}
	})
}

func FuzzReadHashesParquet(f *testing.F) { fuzz(f, ParquetExtension, ReadHashesParquet) }

func FuzzReadHashes(f *testing.F) { fuzz(f, ArrowExtension, ReadHashes) }
