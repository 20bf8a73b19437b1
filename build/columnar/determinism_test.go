package columnar

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"
)

var update = flag.Bool("update", false, "write golden files instead of comparing with them")

// Small tables are equal by luck: only a column that would overflow arrow-go's
// default dictionary shows whether the bytes depend on the order of a map.
func TestSameBytesEveryTime(t *testing.T) {
	columns := []Column{{"text", Utf8, "long and all different"}, {"n", Int64, ""}, {"tags", ListOf(Utf8), ""}}
	const rows = 300_000
	digests := func() string {
		parquetPath, arrowPath, _ := write(t, columns, rows, func(w *Writer, row int) {
			sum := sha256.Sum256(binary.LittleEndian.AppendUint64(nil, uint64(row)))
			text := hex.EncodeToString(sum[:])
			w.Field(0).(*array.StringBuilder).Append(text)
			w.Field(1).(*array.Int64Builder).Append(int64(row % 1000))
			tags := w.Field(2).(*array.ListBuilder)
			tags.Append(true)
			for i := range row % 3 {
				tags.ValueBuilder().(*array.StringBuilder).Append(text[i : i+12])
			}
		})
		digest := ""
		for _, path := range []string{parquetPath, arrowPath} {
			digest += fmt.Sprintf("%x\n", sha256.Sum256(readFile(t, path)))
			os.Remove(path)
		}
		return digest
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	want := ""
	for _, procs := range []int{1, 2, 4, 1} {
		runtime.GOMAXPROCS(procs)
		got := digests()
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatalf("GOMAXPROCS %d: digests\n%swant\n%s", procs, got, want)
		}
	}
}

// The bytes of a small table are those of the golden file, on every machine.
// When this fails, the bytes of releases have changed: raise the output
// version, then update the golden file.
func TestGoldenDigests(t *testing.T) {
	parquetPath, arrowPath, stats := write(t, allColumns(), 3000, random(7))
	var got strings.Builder
	fmt.Fprintf(&got, "parquet %x\narrow %x\nfingerprint %s\n", sha256.Sum256(readFile(t, parquetPath)), sha256.Sum256(readFile(t, arrowPath)), stats.Fingerprint)
	for _, c := range stats.Columns {
		fmt.Fprintf(&got, "column %q %s %s\n", c.Name, c.Type, c.LogicalHash)
	}
	golden(t, "digests.txt", got.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(readFile(t, path)); got != want {
		t.Errorf("%s has changed; got\n%swant\n%s", path, got, want)
	}
}
