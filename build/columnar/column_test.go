package columnar

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
)

func TestTypeName(t *testing.T) {
	cases := map[string]arrow.DataType{
		"utf8": Utf8, "int64": Int64, "float64": Float64, "bool": Bool, "date32": Date32,
		"timestamp[us, UTC]": Timestamp, "list<utf8>": ListOf(Utf8), "list<timestamp[us, UTC]>": ListOf(Timestamp),
	}
	for want, typ := range cases {
		if got := TypeName(typ); got != want {
			t.Errorf("TypeName(%v) = %q, want %q", typ, got, want)
		}
	}
	for _, typ := range []arrow.DataType{
		nil, arrow.PrimitiveTypes.Int32, arrow.BinaryTypes.Binary, arrow.BinaryTypes.LargeString, ListOf(ListOf(Utf8)),
		arrow.ListOfNonNullable(Utf8), arrow.FixedWidthTypes.Timestamp_ns, &arrow.TimestampType{Unit: arrow.Microsecond},
		&arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "Europe/Berlin"}, arrow.StructOf(), arrow.FixedWidthTypes.Date64,
	} {
		if got := TypeName(typ); got != "" {
			t.Errorf("TypeName(%v) = %q, want none", typ, got)
		}
	}
}

func TestFingerprintIsTheHashOfCanonicalJSON(t *testing.T) {
	columns := []Column{{"id", Utf8, "not part of it"}, {"größe\"\\\n\x1f\u2028", ListOf(Float64), ""}}
	text := `[{"name":"id","type":"utf8"},{"name":"größe\"\\\n\u001f` + "\u2028" + `","type":"list<float64>"}]`
	if !json.Valid([]byte(text)) {
		t.Fatal("the expected text is no JSON")
	}
	sum := sha256.Sum256([]byte(text))
	if got, want := Fingerprint(columns), hex.EncodeToString(sum[:]); got != want {
		t.Errorf("Fingerprint = %s, want %s", got, want)
	}
}

func TestColumnsThatAreRefused(t *testing.T) {
	cases := []struct {
		columns []Column
		want    string
	}{
		{nil, "at least one column"},
		{[]Column{{"", Utf8, ""}}, "no column name"},
		{[]Column{{"a\xff", Utf8, ""}}, "no column name"},
		{[]Column{{"a\x00", Utf8, ""}}, "no column name"},
		{[]Column{{"a", Utf8, ""}, {"a", Int64, ""}}, "used twice"},
		{[]Column{{"a", arrow.PrimitiveTypes.Int32, ""}}, "type int32"},
		{[]Column{{"a", nil, ""}}, "not one that stemma writes"},
		{[]Column{{"a", Utf8, "\xff"}}, "not valid UTF-8"},
	}
	for _, c := range cases {
		if _, err := Schema(c.columns, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Schema(%v): %v, want %q", c.columns, err, c.want)
		}
	}
	for _, kv := range []KeyValue{{"", ""}, {"ARROW:schema", ""}, {"a", "\xff"}} {
		if _, err := Schema([]Column{{"a", Utf8, ""}}, []KeyValue{kv}); err == nil {
			t.Errorf("metadata %q is accepted", kv)
		}
	}
}
