package build

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func smallManifest(t testing.TB) []byte {
	t.Helper()
	return readFile(t, filepath.Join(smallRelease(t), manifestName))
}

func TestManifestRoundTrip(t *testing.T) {
	data := smallManifest(t)
	m, err := parseManifest(data)
	must(t, err)
	again, err := encodeJSON(m)
	must(t, err)
	if string(again) != string(data) {
		t.Error("a manifest that is read and written changes")
	}
	if m.Dataset != "small" || m.Version != "1.2.3" || *m.ReleasedOn != "2026-01-31" || m.Licence != "CC0-1.0" || m.OutputVersion != OutputVersion || m.PolicyVersion != nil {
		t.Errorf("the manifest says %+v", m)
	}
}

func TestHostileManifests(t *testing.T) {
	data := string(smallManifest(t))
	first := strings.Index(data, `"tables/book_copies.arrow"`)
	sha := data[strings.Index(data, `"dataset_sha256": "`)+len(`"dataset_sha256": "`):][:64]
	tests := map[string]struct{ old, new, says string }{
		"not JSON":              {`"dataset": "small",`, `"dataset": "small";`, "line 3"},
		"duplicate member":      {`"dataset": "small",`, `"dataset": "small", "dataset": "other",`, "line 3"},
		"member in other case":  {`"dataset": "small",`, `"dataset": "small", "DATASET": "other",`, "form of a manifest|/DATASET"},
		"unknown member":        {`"dataset": "small",`, `"dataset": "small", "more": 1,`, "form of a manifest|/more"},
		"type":                  {`"output_version": 3`, `"output_version": "1"`, "/output_version"},
		"fraction":              {`"output_version": 3`, `"output_version": 1.5`, "/output_version"},
		"huge number":           {`"output_version": 3`, `"output_version": 99999999999999999999`, "/output_version"},
		"no format":             {`"manifest_version": 1,`, ``, "number of its format"},
		"format is a text":      {`"manifest_version": 1,`, `"manifest_version": "1",`, "number of its format"},
		"output version":        {`"output_version": 3`, `"output_version": 0`, "output version"},
		"name of the dataset":   {`"dataset": "small"`, `"dataset": "\u001b[2J"`, "name of a dataset"},
		"version":               {`"version": "1.2.3"`, `"version": "../x"`, "not a version"},
		"digest of the dataset": {sha, strings.ToUpper(sha), "dataset_sha256"},
		"path leads out":        {`"tables/book_copies.arrow"`, `"../../etc/passwd"`, "not the path of a file"},
		"absolute path":         {`"tables/book_copies.arrow"`, `"/etc/passwd"`, "not the path of a file"},
		"path of a list":        {`"source.tar.zst"`, `"SHA256SUMS"`, "not the path of a file"},
		"path twice":            {`"tables/book_copies.arrow"`, `"source.tar.zst"`, "listed twice"},
		"paths out of order":    {`"tables/book_copies.arrow"`, `"a"`, "order of paths"},
		"paths differ in case":  {`"tables/book_copies.arrow"`, `"tables/BOOK_COPIES.parquet"`, "differ only in case"},
		"no sources":            {`"source.tar.zst"`, `"source.tar"`, "source.tar.zst"},
		"no document":           {`"README.md"`, `"README.txt"`, "does not list README.md"},
		"another document":      {`"path": "load.sql",`, `"path": "extra", "bytes": 1, "sha256": "` + sha + `"}, {"path": "load.sql",`, "no release of output version 3 has such a file"},
		"a page too many":       {`"path": "load.sql",`, `"path": "index.html", "bytes": 1, "sha256": "` + sha + `"}, {"path": "load.sql",`, "no release of output version 3 has such a file"},
		"negative size":         {data[first:][strings.Index(data[first:], `"bytes": `):][:11], `"bytes": -1`, "size"},
		"table leads out":       {`"name": "shelves"`, `"name": "../shelves"`, "not the name of a table"},
		"table is hidden":       {`"name": "shelves"`, `"name": ".shelves"`, "not the name of a table"},
		"table twice":           {`"name": "shelves"`, `"name": "loans"`, "listed twice"},
		"table without file":    {`"name": "shelves"`, `"name": "shelf"`, "has no file"},
		"file without table":    {`"tables/book_copies.arrow"`, `"tables/book.arrow"`, "no such table|has no file"},
		"rows of a file":        {`"rows": 42`, `"rows": 43`, "rows of its table"},
		"rows of no table":      {`"path": "source.tar.zst",`, `"path": "source.tar.zst", "rows": 3,`, "is no table"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(data, test.old) {
				t.Fatalf("the manifest does not hold %q", test.old)
			}
			_, err := parseManifest([]byte(strings.Replace(data, test.old, test.new, 1)))
			if err == nil {
				t.Fatal("no error")
			}
			for _, says := range strings.Split(test.says, "|") {
				if strings.Contains(err.Error(), says) {
					return
				}
			}
			t.Errorf("error %q, want one that says %q", err, test.says)
		})
	}
}

func TestManifestOfAnotherFormat(t *testing.T) {
	_, err := parseManifest([]byte(`{"manifest_version": 2, "brand_new": {"x": [1]}}`))
	if other := formatError(0); !errors.As(err, &other) || other != 2 {
		t.Errorf("error %v", err)
	}
}

func TestHostileSums(t *testing.T) {
	const sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	for name, text := range map[string]string{
		"empty": "", "no end": sum + "  a", "one space": sum + " a\n", "binary": sum + " *a\n", "short": sum[1:] + "  a\n",
		"upper case": strings.ToUpper(sum) + "  a\n", "leads out": sum + "  ../a\n", "absolute": sum + "  /a\n", "no path": sum + "  \n",
		"twice": sum + "  a\n" + sum + "  a\n", "itself": sum + "  SHA256SUMS\n", "blank line": sum + "  a\n\n", "carriage return": sum + "  a\r\n",
		"escaped": `\` + sum + "  a\n", "not hexadecimal": strings.Replace(sum, "e", "g", 1) + "  a\n",
	} {
		if sums, err := parseSums([]byte(text)); err == nil {
			t.Errorf("%s: %v", name, sums)
		}
	}
	got, err := parseSums([]byte(sum + "  a b\n" + sum + "  tables/ö\n"))
	if want := map[string]string{"a b": sum, "tables/ö": sum}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("sums %v, %v", got, err)
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add(smallManifest(f))
	f.Add([]byte(`{"manifest_version": 2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseManifest(data)
		if err != nil {
			return
		}
		// What was accepted can be written, and read again as the same.
		again, err := encodeJSON(m)
		must(t, err)
		back, err := parseManifest(again)
		if err != nil || !reflect.DeepEqual(m, back) {
			t.Errorf("%v: %+v became %+v", err, m, back)
		}
		if _, err := parseSums(m.sums(m.DatasetSHA256, m.DatasetSHA256)); err != nil {
			t.Errorf("its checksums cannot be read: %v", err)
		}
	})
}
