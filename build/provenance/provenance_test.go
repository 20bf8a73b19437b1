package provenance

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	slsa "github.com/in-toto/attestation/go/predicates/provenance/v1"
	intoto "github.com/in-toto/attestation/go/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"stemma/internal/golden"
)

func sum(c string) string { return strings.Repeat(c, 64) }

func sample() *Provenance {
	return &Provenance{
		Files: []File{
			{"tables/claims.parquet", sum("a")}, {"source.tar.zst", sum("b")}, {"README.md", sum("c")}, {"a <b>&\u2028.md", sum("d")},
		},
		Dataset: "sample", Version: "1.2.3", OutputVersion: 4, PolicyVersion: "2", Sources: File{"source.tar.zst", sum("b")},
	}
}

func withCommit() *Provenance {
	p := sample()
	p.PolicyVersion, p.BuilderID, p.Sources = "", "https://example.org/builder", File{}
	p.Commit = &Commit{"https://example.org/data.git", strings.Repeat("0123456789", 4)}
	return p
}

func encode(t testing.TB, p *Provenance) []byte {
	t.Helper()
	data, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestGolden(t *testing.T) {
	golden.Check(t, "testdata/archive.json", encode(t, sample()))
	golden.Check(t, "testdata/commit.json", encode(t, withCommit()))
}

// The types and validators of in-toto and SLSA read the statement, and read in
// it what was meant.
func TestValidatorsOfInToto(t *testing.T) {
	for _, p := range []*Provenance{sample(), withCommit()} {
		var s intoto.Statement
		if err := protojson.Unmarshal(encode(t, p), &s); err != nil { // refuses unknown members
			t.Fatal(err)
		}
		if err := s.Validate(); err != nil {
			t.Error(err)
		}
		if s.GetType() != intoto.StatementTypeUri || s.GetPredicateType() != "https://slsa.dev/provenance/v1" {
			t.Errorf("types %q, %q", s.GetType(), s.GetPredicateType())
		}
		for _, f := range p.Files {
			if !slices.ContainsFunc(s.GetSubject(), func(r *intoto.ResourceDescriptor) bool {
				return r.GetName() == f.Name && len(r.GetDigest()) == 1 && r.GetDigest()["sha256"] == f.SHA256
			}) {
				t.Errorf("no subject %v", f)
			}
		}
		if len(s.GetSubject()) != len(p.Files) {
			t.Errorf("%d subjects", len(s.GetSubject()))
		}
		inner, err := protojson.Marshal(s.GetPredicate())
		if err != nil {
			t.Fatal(err)
		}
		var predicate slsa.Provenance
		if err := protojson.Unmarshal(inner, &predicate); err != nil {
			t.Fatal(err)
		}
		if err := predicate.Validate(); err != nil {
			t.Error(err)
		}
		if predicate.GetRunDetails().GetMetadata() != nil {
			t.Error("the statement has times or an invocation")
		}
		from := predicate.GetBuildDefinition().GetResolvedDependencies()
		if p.Commit != nil && (len(from) != 1 || from[0].GetDigest()["gitCommit"] != p.Commit.SHA1) {
			t.Errorf("made from %v", from)
		}
		if p.Commit == nil && (len(from) != 1 || from[0].GetDigest()["sha256"] != p.Sources.SHA256 || from[0].GetUri() != "source.tar.zst") {
			t.Errorf("made from %v", from)
		}
	}
}

// The validator is one that can fail.
func TestValidatorOfInTotoRefuses(t *testing.T) {
	for _, c := range [][2]string{{"Statement/v1", "Statement/v9"}, {sum("c"), "xyz"}} {
		var s intoto.Statement
		data := strings.Replace(string(encode(t, sample())), c[0], c[1], 1)
		if err := protojson.Unmarshal([]byte(data), &s); err != nil || s.Validate() == nil {
			t.Errorf("%v: %v, or no finding", c, err)
		}
	}
}

func TestReadBack(t *testing.T) {
	for _, p := range []*Provenance{sample(), withCommit()} {
		data := encode(t, p)
		got, err := Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		shuffled := *p
		shuffled.Files = slices.Clone(p.Files)
		slices.Reverse(shuffled.Files)
		if !bytes.Equal(encode(t, got), data) || !bytes.Equal(encode(t, &shuffled), data) {
			t.Error("equal provenance has different bytes")
		}
		want := *p
		want.Files = slices.Clone(p.Files)
		slices.SortFunc(want.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
		if !reflect.DeepEqual(got, &want) {
			t.Errorf("%+v is read back as %+v", want, got)
		}
	}
}

func TestRefusedProvenance(t *testing.T) {
	for name, c := range map[string]struct {
		change func(p *Provenance)
		says   string
	}{
		"no dataset":        {func(p *Provenance) { p.Dataset = "" }, "needs the dataset's name"},
		"no version":        {func(p *Provenance) { p.Version = "" }, "needs the dataset's name"},
		"no output version": {func(p *Provenance) { p.OutputVersion = 0 }, "output version"},
		"hosted builder":    {func(p *Provenance) { p.BuilderID = "https://github.com/actions/runner/github-hosted" }, "hosted service"},
		"builder no URI":    {func(p *Provenance) { p.BuilderID = "me" }, "no URI"},
		"twice":             {func(p *Provenance) { p.Files = append(p.Files, p.Files[0]) }, "listed twice"},
		"no name":           {func(p *Provenance) { p.Files[2].Name = "" }, "no name"},
		"capital digits":    {func(p *Provenance) { p.Files[2].SHA256 = sum("A") }, "no SHA-256"},
		"other archive":     {func(p *Provenance) { p.Sources.SHA256 = sum("a") }, "none of the files"},
		"short commit":      {func(p *Provenance) { p.Commit = &Commit{"r", "abc"} }, "40 hexadecimal"},
		"no repository":     {func(p *Provenance) { p.Commit = &Commit{"", strings.Repeat("a", 40)} }, "no repository"},
	} {
		p := sample()
		c.change(p)
		if data, err := p.Encode(); data != nil || err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want an error with %q", name, err, c.says)
		}
	}
}

func TestRefusedStatements(t *testing.T) {
	good := string(encode(t, sample()))
	for name, c := range map[string]struct{ old, new, says string }{
		"another statement":   {"Statement/v1", "Statement/v0.1", "only"},
		"another predicate":   {"provenance/v1", "provenance/v0.2", "only"},
		"another build type":  {BuildType, "urn:x", "only"},
		"name twice":          {`"_type"`, `"_type": "x", "_type"`, "strict JSON"},
		"trailing data":       {good, good + "x", "strict JSON"},
		"unknown member":      {`"runDetails": {`, `"runDetails": {"metadata": {},`, "/predicate/runDetails"},
		"case of a member":    {`"subject"`, `"Subject"`, "/Subject"},
		"wrong type":          {`"output_version": 4`, `"output_version": "4"`, "output_version"},
		"a fraction":          {`"output_version": 4`, `"output_version": 4.5`, "output_version"},
		"subject twice":       {"README.md", "source.tar.zst", "listed twice"},
		"another algorithm":   {`"sha256": "` + sum("c"), `"sha512": "` + sum("c"), "digest"},
		"git for a subject":   {`"sha256": "` + sum("c"), `"gitCommit": "` + sum("c"), "more than a name"},
		"two output versions": {`"stemma-output": "4"`, `"stemma-output": "5"`, "another output version"},
		"other versions":      {`"stemma-output": "4"`, `"stemma-output": "4", "go": "1"`, "another output version"},
		"no builder":          {LocalBuilder, "", "no builder"},
		"hosted builder":      {LocalBuilder, "https://gitlab.com/x", "hosted service"},
		"other archive":       {`"uri": "source.tar.zst"`, `"uri": "README.md"`, "none of the files"},
		"two origins":         {`"resolvedDependencies": [`, `"resolvedDependencies": [{"uri":"x","digest":{}},`, "exactly one"},
		"git and archive": {`"uri": "source.tar.zst",
          "digest": {`, `"uri": "git+x",
          "digest": {"gitCommit": "` + strings.Repeat("a", 40) + `",`, "second digest"},
		"no repository": {`"uri": "source.tar.zst",
          "digest": {
            "sha256": "` + sum("b") + `"`, `"uri": "x",
          "digest": {"gitCommit": "` + strings.Repeat("a", 40) + `"`, "no repository"},
	} {
		data := strings.Replace(good, c.old, c.new, 1)
		if data == good {
			t.Errorf("%s: nothing to change", name)
		}
		if p, err := Parse([]byte(data)); p != nil || err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want an error with %q", name, err, c.says)
		}
	}
}

func TestCompare(t *testing.T) {
	p := sample()
	if got := p.Compare(p.Files); got != nil {
		t.Errorf("with itself: %v", got)
	}
	got := p.Compare([]File{p.Files[0], {"README.md", sum("e")}, {"new", sum("f")}, p.Files[3]})
	want := []string{
		"README.md has the SHA-256 " + sum("c") + " in the provenance and " + sum("e") + " in the release",
		"new is in the release, but the provenance does not name it",
		"source.tar.zst is named by the provenance, but is not in the release",
	}
	var texts []string
	for _, d := range got {
		texts = append(texts, d.String())
	}
	if !slices.Equal(texts, want) {
		t.Errorf("%q", texts)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(encode(f, sample()))
	f.Add(encode(f, withCommit()))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse(data)
		if err != nil {
			return
		}
		again, err := Parse(encode(t, p))
		if err != nil || len(again.Files) != len(p.Files) || again.Compare(p.Files) != nil {
			t.Errorf("%+v is read back as %+v, %v", p, again, err)
		}
	})
}
