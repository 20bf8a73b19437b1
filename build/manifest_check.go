package build

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"golang.org/x/mod/semver"
	"golang.org/x/text/cases"

	"stemma/build/columnar"
	"stemma/internal/strictjson"
)

// formatError says that a manifest has a format that this stemma cannot read.
type formatError int

func (e formatError) Error() string {
	return fmt.Sprintf("its format is number %d, this stemma reads number %d", int(e), manifestVersion)
}

// parseManifest reads a manifest of unknown origin. What it gives back can be
// relied on: names are plain, unique and below the folder, tables and files
// belong together. A format of another number is a formatError.
func parseManifest(data []byte) (*Manifest, error) {
	root, problems := strictjson.Parse(data)
	if problems != nil {
		at := strictjson.NewText(data).Position(problems[0].Start)
		return nil, fmt.Errorf("line %d, column %d: %s", at.Line, at.Column, problems[0].Message)
	}
	// Another format may have members that this one does not know, so its
	// number comes first.
	var head struct {
		ManifestVersion int `json:"manifest_version"`
	}
	if err := json.Unmarshal(data, &head); err != nil || root.Get("manifest_version") == nil {
		return nil, errors.New("it does not say the number of its format")
	}
	if head.ManifestVersion != manifestVersion {
		return nil, formatError(head.ManifestVersion)
	}
	// This decoder, unlike the standard library's, does not take "FILES" for
	// "files": every reader of a manifest must read the same.
	m := new(Manifest)
	if err := json.Unmarshal(data, m, json.RejectUnknownMembers(true)); err != nil {
		return nil, decodingError(err)
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return m, nil
}

// decodingError says which value cannot be read, without the Go types that the
// decoder's own text names.
func decodingError(err error) error {
	var se *json.SemanticError
	if errors.As(err, &se) && se.JSONPointer != "" {
		return fmt.Errorf("the value at %s is not what a manifest has there", se.JSONPointer)
	}
	return errors.New("it does not have the form of a manifest")
}

// check finds what a manifest that a build wrote never says.
func (m *Manifest) check() error {
	switch {
	case !plainName(m.Dataset):
		return fmt.Errorf("%q is not the name of a dataset", m.Dataset)
	case !semver.IsValid("v" + m.Version):
		return fmt.Errorf("%q is not a version", m.Version)
	case m.OutputVersion < 1:
		return fmt.Errorf("%d is not an output version", m.OutputVersion)
	case !isSHA256(m.DatasetSHA256):
		return errors.New("dataset_sha256 is not a SHA-256 in hexadecimal")
	}
	if err := m.checkFiles(); err != nil {
		return err
	}
	return m.checkTables()
}

func (m *Manifest) checkFiles() error {
	if len(m.Files) > maxReleaseFiles {
		return fmt.Errorf("it lists more than %d files", maxReleaseFiles)
	}
	last := ""
	folded := map[string]string{}
	for _, f := range m.Files {
		key := cases.Fold().String(f.Path)
		switch {
		case !plainPath(f.Path) || f.Path == manifestName || f.Path == sumsName:
			return fmt.Errorf("%q is not the path of a file in a release", f.Path)
		case f.Path <= last:
			return fmt.Errorf("the file %q is listed twice, or not in the order of paths", f.Path)
		case folded[key] != "":
			return fmt.Errorf("the files %q and %q differ only in case", folded[key], f.Path)
		case f.Bytes < 0 || !isSHA256(f.SHA256):
			return fmt.Errorf("size or SHA-256 of the file %q is none", f.Path)
		}
		last, folded[key] = f.Path, f.Path
	}
	if m.file(archiveName) == nil {
		return fmt.Errorf("it does not list %s", archiveName)
	}
	if m.OutputVersion >= policyOutput && (m.PolicyVersion != nil) != (m.file(policyName) != nil) {
		return fmt.Errorf("a policy version and the file %s go together, and it has only one of the two", policyName)
	}
	return m.checkNames()
}

// checkNames finds files that a release of its output version lacks, or does not
// have. Which a newer stemma adds is not known here.
func (m *Manifest) checkNames() error {
	if m.OutputVersion < documentsOutput {
		return nil
	}
	names := append([]string{archiveName}, documentNames...)
	if m.hasPage() {
		names = append(names, pageName)
	}
	for _, name := range names {
		if m.file(name) == nil {
			return fmt.Errorf("it does not list %s", name)
		}
	}
	if m.OutputVersion > OutputVersion {
		return nil
	}
	names = append(names, policyName)
	for _, f := range m.Files {
		if !strings.HasPrefix(f.Path, tablesDir+"/") && !slices.Contains(names, f.Path) {
			return fmt.Errorf("it lists %q, and no release of output version %d has such a file", f.Path, m.OutputVersion)
		}
	}
	return nil
}

func (m *Manifest) checkTables() error {
	rows := map[string]int64{}
	for _, t := range m.Tables {
		switch {
		case !plainName(t.Name):
			return fmt.Errorf("%q is not the name of a table", t.Name)
		case t.Rows < 0 || len(t.Columns) == 0 || !isSHA256(t.Fingerprint):
			return fmt.Errorf("rows, columns or schema fingerprint of the table %q are none", t.Name)
		}
		for _, c := range t.Columns {
			if c.Name == "" || !isSHA256(c.LogicalSHA256) {
				return fmt.Errorf("the table %q: the column %q has no name, or its logical hash is none", t.Name, c.Name)
			}
		}
		for _, extension := range tableExtensions {
			path := tablesDir + "/" + t.Name + extension
			if _, twice := rows[path]; twice {
				return fmt.Errorf("the table %q is listed twice", t.Name)
			}
			if m.file(path) == nil {
				return fmt.Errorf("the table %q has no file %s", t.Name, path)
			}
			rows[path] = t.Rows
		}
	}
	for _, f := range m.Files {
		n, isTable := rows[f.Path]
		switch {
		case strings.HasPrefix(f.Path, tablesDir+"/") && !isTable:
			return fmt.Errorf("it lists the file %q, but no such table", f.Path)
		case isTable && (f.Rows == nil || *f.Rows != n):
			return fmt.Errorf("the file %q does not have the %d rows of its table", f.Path, n)
		case !isTable && f.Rows != nil:
			return fmt.Errorf("the file %q is no table, but has rows", f.Path)
		}
	}
	return nil
}

// policyOutput is the first output version whose releases hold the policy as a
// file of its own.
const policyOutput = 2

// documentsOutput is the first output version whose releases hold documents that
// describe them, and their provenance.
const documentsOutput = 3

// hasProvenance tells whether there is a statement of how the release was made.
func (m *Manifest) hasProvenance() bool { return m.OutputVersion >= documentsOutput }

// tableExtensions are the encodings of a table.
var tableExtensions = [...]string{columnar.ArrowExtension, columnar.ParquetExtension}

// file finds a file by its path, nil if it is not listed.
func (m *Manifest) file(path string) *File {
	i, ok := slices.BinarySearchFunc(m.Files, path, func(f File, path string) int { return strings.Compare(f.Path, path) })
	if !ok {
		return nil
	}
	return &m.Files[i]
}

// plainName tells whether a name can be shown, and be that of a file.
func plainName(s string) bool {
	return plainPath(s) && !strings.Contains(s, "/") && !strings.HasPrefix(s, ".")
}
