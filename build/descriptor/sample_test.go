package descriptor

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"stemma/build/columnar"
)

// hostile tries to be markup in every language that the documents are written in.
const hostile = "<script>alert(1)</script> | `x` **b** [l](javascript:alert(1)) &lt; '; DROP TABLE claims; -- \"q\" \\ # $x$ *\n---\n```\n\u202etxt\u202c \x07 --> %}"

// cells are the rows of a sample table: nil, string, int64, float64, bool, day,
// time.Time or a list of one of them.
type (
	day   string
	cells [][]any
)

func sampleDataset() Dataset {
	return Dataset{
		Name: "Sample-Claims", Title: "Who said what: a \"sample\"", Version: "1.2.0", ReleasedOn: "2026-11-23",
		Description: "Made up for tests. " + hostile,
		Licence:     Licence{"CC-BY-4.0", "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"},
		URL:         "https://example.org/sample", Creators: []Creator{{"Ada Example", "https://example.org/ada"}, {"Group: of \"makers\"", ""}},
		Contact: "ada@example.org", Keywords: []string{"claims", "no: yes", "claims"}, Language: "en-GB",
		Claims: true, OutputVersion: 3,
	}
}

// sampleTables gives tables with every type of column, keys of every kind, and
// hostile text wherever a dataset can put any.
func sampleTables() ([]Table, []cells) {
	id := func(pattern string) Column {
		return Column{Name: "id", Type: typeText, Description: "The id.", Required: true, Patterns: []string{pattern}, MaxLength: 80}
	}
	path := Column{Name: "record_path", Type: typeText, Required: true}
	sources := Table{Name: "sources", Kind: "source", Description: "A document.", PrimaryKey: []string{"id"}, Columns: []Column{
		id("^src-[a-z0-9]+(-[a-z0-9]+)*$"),
		{Name: "title", Type: typeText, Description: hostile, MinLength: 1},
		{Name: "published", Type: typeDate, Description: "When."},
		{Name: "seen_at", Type: typeTimestamp, Description: "When it was seen."},
		{Name: "revision_of", Type: typeText, Description: "An earlier one."}, path,
	}, ForeignKeys: []ForeignKey{{[]string{"revision_of"}, "sources", []string{"id"}}}}
	actors := Table{Name: "actors", Kind: "actor", Description: "Who acts.", PrimaryKey: []string{"id"}, Columns: []Column{
		id("^act-[a-z0-9]+(-[a-z0-9]+)*$"),
		{Name: "name", Type: typeText, Description: "The name.", Required: true, MinLength: 1},
		{Name: "aliases", Type: "list<utf8>", Description: "Other names.", MinLength: 1}, path,
	}}
	claims := Table{Name: "claims", Kind: "claim", Description: hostile, PrimaryKey: []string{"id"}, Columns: []Column{
		id("^clm-[a-z0-9]+(-[a-z0-9]+)*$"),
		{Name: "claimant", Type: typeText, Description: "Who says it."},
		{Name: "claimant_name", Type: typeText, Description: "As printed."},
		{Name: "stance", Type: typeText, Enum: []string{"assert", "deny", "it's | `so`"}, Description: "How."},
		{Name: "number", Type: typeFloat, Description: "How many.", Minimum: "0", Maximum: "1e6"},
		{Name: "number_exact", Type: typeText},
		{Name: "year", Type: typeInteger, Minimum: "1900", Enum: []string{"2024", "2025"}},
		{Name: "certain", Type: typeBoolean, Enum: []string{"true", "false"}},
		{Name: "days", Type: "list<date32>"}, {Name: "readings", Type: "list<float64>", Minimum: "0"}, {Name: "flags", Type: "list<bool>"}, {Name: "counts", Type: "list<int64>"},
		{Name: "source", Type: typeText, Required: true, Description: "The document."},
		{Name: hostile[:40], Type: typeText}, path,
	}, ForeignKeys: []ForeignKey{{[]string{"claimant"}, "actors", []string{"id"}}, {[]string{"source"}, "sources", []string{"id"}}}}
	via := Table{Name: "claim_via", Kind: "claim", Description: "Where it came from.", PrimaryKey: []string{"claim_id", "via_ordinal"}, Columns: []Column{
		{Name: "claim_id", Type: typeText, Required: true}, {Name: "via_ordinal", Type: typeInteger, Required: true},
		{Name: "source", Type: typeText}, path,
	}, ForeignKeys: []ForeignKey{{[]string{"claim_id"}, "claims", []string{"id"}}, {[]string{"source"}, "sources", []string{"id"}}}}
	empty := Table{Name: "summary", Description: "Computed, without a row.", Columns: []Column{{Name: "n", Type: typeInteger}, {Name: "when", Type: typeDate}}}
	questions := Table{Name: "disagreement", Description: "Computed: the questions.", PrimaryKey: []string{"question_id"}, Columns: []Column{{Name: "question_id", Type: typeText, Required: true}}}
	for _, name := range questionColumns {
		typ := typeText
		if strings.HasPrefix(name, "n_") {
			typ = typeInteger
		}
		questions.Columns = append(questions.Columns, Column{Name: name, Type: typ})
	}
	at := time.Date(2025, 8, 20, 12, 30, 0, 123456000, time.UTC)
	return []Table{sources, actors, claims, via, empty, questions}, []cells{
		{{"src-a", hostile, day("2025-08-20"), at, nil, "a.json"}, {"src-b", nil, nil, nil, "src-a", "b.json"}},
		{{"act-a", hostile, []any{"A", "", hostile}, "a.json"}, {"act-b", "Ben 'B' \"C\"", nil, "b.json"}},
		{
			{"clm-a", "act-a", "He", "assert", 2000.0, "2000", int64(2025), true, []any{day("2025-08-20"), nil}, []any{1.5}, []any{true, nil}, []any{int64(1)}, "src-a", "x", "a.json"},
			{"clm-b", nil, nil, "deny", nil, nil, nil, nil, nil, nil, nil, nil, "src-b", nil, "b.json"},
			{"clm-c", "act-b", hostile, nil, 0.1, "0.1", int64(2024), false, []any{}, []any{}, []any{}, []any{}, "src-b", hostile, "c.json"},
		},
		{{"clm-a", int64(0), "src-b", "a.json"}, {"clm-a", int64(1), nil, "a.json"}},
		{},
		{
			{"q-1", "msr-a", nil, hostile, "2025", "conflicting", "conflicting", "denied", int64(2), int64(1), int64(1)},
			{"q-2", "msr-a", "act-a", nil, nil, "no_value", "no_value", "no_value", int64(0), int64(0), int64(0)},
		},
	}
}

// writeSample writes the tables of the sample as files, and gives its description.
func writeSample(t testing.TB, dir string) *Description {
	t.Helper()
	tables, all := sampleTables()
	return writeTables(t, dir, sampleDataset(), tables, all)
}

// writePlain does so for a dataset that says no more than it must.
func writePlain(t testing.TB, dir string) *Description {
	t.Helper()
	things := Table{Name: "größen-2", Kind: "thing", Columns: []Column{{Name: "Größe", Type: typeText}, {Name: "ⅷ$'\"", Type: typeText}, {Name: "a b", Type: typeText}, {Name: "a_b", Type: typeText}}}
	return writeTables(t, dir, Dataset{Name: "plain", Version: "0.1.0-dev"}, []Table{things}, []cells{{{"x", nil, "1", "2"}}})
}

func writeTables(t testing.TB, dir string, set Dataset, tables []Table, all []cells) *Description {
	t.Helper()
	d := &Description{Dataset: set}
	if err := os.MkdirAll(filepath.Join(dir, "tables"), 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range tables {
		table := &tables[i]
		table.Rows = int64(len(all[i]))
		writeTable(t, dir, table, all[i])
		for _, path := range []string{table.Parquet(), table.ipc()} {
			data, err := os.ReadFile(filepath.Join(dir, path))
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256(data)
			d.Files = append(d.Files, File{path, hex.EncodeToString(sum[:]), int64(len(data))})
		}
		d.Tables = append(d.Tables, *table)
	}
	return d
}

func writeTable(t testing.TB, dir string, table *Table, rows cells) {
	t.Helper()
	var columns []columnar.Column
	for i := range table.Columns {
		c := &table.Columns[i]
		scalar, list := c.item()
		typ := map[string]arrow.DataType{typeText: columnar.Utf8, typeInteger: columnar.Int64, typeFloat: columnar.Float64,
			typeBoolean: columnar.Bool, typeDate: columnar.Date32, typeTimestamp: columnar.Timestamp}[scalar]
		if list {
			typ = columnar.ListOf(typ)
		}
		columns = append(columns, columnar.Column{Name: c.Name, Type: typ, Description: c.Description})
		for _, row := range rows {
			c.Note(fmt.Sprint(row[i]), row[i] == nil)
		}
	}
	w, err := columnar.Create(filepath.Join(dir, "tables"), table.Name, columns, []columnar.KeyValue{{Key: "stemma:table", Value: table.Name}})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for i, cell := range row {
			appendCell(w.Field(i), cell)
		}
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func appendCell(b array.Builder, cell any) {
	switch v := cell.(type) {
	case nil:
		b.AppendNull()
	case string:
		b.(*array.StringBuilder).Append(v)
	case int64:
		b.(*array.Int64Builder).Append(v)
	case float64:
		b.(*array.Float64Builder).Append(v)
	case bool:
		b.(*array.BooleanBuilder).Append(v)
	case time.Time:
		b.(*array.TimestampBuilder).Append(arrow.Timestamp(v.UnixMicro()))
	case day:
		at, err := time.Parse(time.DateOnly, string(v))
		if err != nil {
			panic(err)
		}
		b.(*array.Date32Builder).Append(arrow.Date32FromTime(at))
	case []any:
		list := b.(*array.ListBuilder)
		list.Append(true)
		for _, item := range v {
			appendCell(list.ValueBuilder(), item)
		}
	}
}

var releaseDir = flag.String("release", "", "write the sample releases, with their documents, into this folder")

// The samples as releases in folders: for the validators that other languages
// have, see interop/standards.
func TestWriteRelease(t *testing.T) {
	parent := *releaseDir
	if parent == "" {
		parent = t.TempDir()
	}
	for name, write := range map[string]func(t testing.TB, dir string) *Description{"sample": writeSample, "plain": writePlain} {
		dir := filepath.Join(parent, name)
		d := write(t, dir)
		documents, err := Documents(d)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, Document{"dataset-card.md", DatasetCard(d)}, Document{"tables.sql", LoadSQL(d, Tables)})
		for _, doc := range documents {
			if err := os.WriteFile(filepath.Join(dir, doc.Path), doc.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
