package provenance

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"stemma/internal/strictjson"
)

// The JSON of the statement, in the order in which it is written.
type (
	statement struct {
		Type          string     `json:"_type"`
		Subject       []resource `json:"subject"`
		PredicateType string     `json:"predicateType"`
		Predicate     predicate  `json:"predicate"`
	}
	resource struct {
		Name   string `json:"name,omitzero"`
		URI    string `json:"uri,omitzero"`
		Digest digest `json:"digest"`
	}
	digest struct {
		SHA256    string `json:"sha256,omitzero"`
		GitCommit string `json:"gitCommit,omitzero"`
	}
	predicate struct {
		BuildDefinition buildDefinition `json:"buildDefinition"`
		RunDetails      runDetails      `json:"runDetails"`
	}
	buildDefinition struct {
		BuildType          string             `json:"buildType"`
		ExternalParameters externalParameters `json:"externalParameters"`
		InternalParameters internalParameters `json:"internalParameters"`
		Dependencies       []resource         `json:"resolvedDependencies"`
	}
	externalParameters struct {
		Dataset string `json:"dataset"`
		Version string `json:"version"`
	}
	internalParameters struct {
		OutputVersion int    `json:"output_version"`
		PolicyVersion string `json:"policy_version,omitzero"`
	}
	runDetails struct {
		Builder builder `json:"builder"`
	}
	builder struct {
		ID      string            `json:"id"`
		Version map[string]string `json:"version"`
	}
)

// outputComponent names the output version among the versions of the builder's
// components.
const outputComponent = "stemma-output"

const gitScheme = "git+"

// Encode writes the statement as indented JSON with a final line break. Files
// are sorted by name; equal provenance has equal bytes.
func (p *Provenance) Encode() ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	s := statement{Type: StatementType, PredicateType: PredicateType, Subject: []resource{}}
	files := slices.Clone(p.Files)
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range files {
		s.Subject = append(s.Subject, resource{Name: f.Name, Digest: digest{SHA256: f.SHA256}})
	}
	from := resource{URI: p.Sources.Name, Digest: digest{SHA256: p.Sources.SHA256}}
	if c := p.Commit; c != nil {
		from = resource{URI: gitScheme + c.Repository, Digest: digest{GitCommit: c.SHA1}}
	}
	s.Predicate.BuildDefinition = buildDefinition{
		BuildType:          BuildType,
		ExternalParameters: externalParameters{p.Dataset, p.Version},
		InternalParameters: internalParameters{p.OutputVersion, p.PolicyVersion},
		Dependencies:       []resource{from},
	}
	id := p.BuilderID
	if id == "" {
		id = LocalBuilder
	}
	s.Predicate.RunDetails.Builder = builder{id, map[string]string{outputComponent: strconv.Itoa(p.OutputVersion)}}
	var b bytes.Buffer
	// The options that shape the bytes are all given: no default may change them.
	err := json.MarshalWrite(&b, s, json.Deterministic(true), jsontext.WithIndent("  "), jsontext.EscapeForHTML(false), jsontext.EscapeForJS(false))
	return append(b.Bytes(), '\n'), err
}

// Parse reads a statement of unknown origin. It takes only what Encode writes,
// white space and the order of members aside: what a statement says beyond that
// would be believed without having been checked. The names of files are unique.
func Parse(data []byte) (*Provenance, error) {
	if _, problems := strictjson.Parse(data); len(problems) > 0 {
		at := strictjson.NewText(data).Position(problems[0].Start)
		return nil, fmt.Errorf("the provenance is no strict JSON: line %d, column %d: %s", at.Line, at.Column, problems[0].Message)
	}
	var s statement
	if err := json.Unmarshal(data, &s, json.RejectUnknownMembers(true)); err != nil {
		var se *json.SemanticError
		if errors.As(err, &se) {
			return nil, fmt.Errorf("the provenance has a value at %q that stemma does not write there", se.JSONPointer)
		}
		return nil, fmt.Errorf("the provenance cannot be read: %w", err)
	}
	for _, c := range []struct{ what, is, want string }{
		{"_type", s.Type, StatementType},
		{"predicateType", s.PredicateType, PredicateType},
		{"buildType", s.Predicate.BuildDefinition.BuildType, BuildType},
	} {
		if c.is != c.want {
			return nil, fmt.Errorf("the provenance has the %s %q, and only %q is understood", c.what, c.is, c.want)
		}
	}
	return s.provenance()
}

func (s *statement) provenance() (*Provenance, error) {
	definition := s.Predicate.BuildDefinition
	p := &Provenance{
		Dataset: definition.ExternalParameters.Dataset, Version: definition.ExternalParameters.Version,
		OutputVersion: definition.InternalParameters.OutputVersion, PolicyVersion: definition.InternalParameters.PolicyVersion,
	}
	for _, r := range s.Subject {
		if r.URI != "" || r.Digest.GitCommit != "" {
			return nil, fmt.Errorf("the provenance gives %q more than a name and a SHA-256", r.Name)
		}
		p.Files = append(p.Files, File{r.Name, r.Digest.SHA256})
	}
	if len(definition.Dependencies) != 1 || definition.Dependencies[0].Name != "" {
		return nil, errors.New("the provenance does not name exactly one origin of the inputs, by its URI")
	}
	from := definition.Dependencies[0]
	if from.Digest.GitCommit != "" {
		repository, ok := strings.CutPrefix(from.URI, gitScheme)
		if !ok || from.Digest.SHA256 != "" {
			return nil, fmt.Errorf("the provenance names a git commit of %q, which is no repository, or a second digest of it", from.URI)
		}
		p.Commit = &Commit{repository, from.Digest.GitCommit}
	} else {
		p.Sources = File{from.URI, from.Digest.SHA256}
	}
	b := s.Predicate.RunDetails.Builder
	if b.ID == "" || len(b.Version) != 1 || b.Version[outputComponent] != strconv.Itoa(p.OutputVersion) {
		return nil, errors.New("the provenance names no builder, or another output version of it than the build's")
	}
	if p.BuilderID = b.ID; b.ID == LocalBuilder {
		p.BuilderID = ""
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("the provenance is wrong: %w", err)
	}
	return p, nil
}
