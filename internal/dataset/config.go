package dataset

import (
	"fmt"
	"path"
	"strings"

	"golang.org/x/mod/semver"

	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// ConfigName is the file that marks the root of a dataset.
const ConfigName = "dataset.json"

// Config is what dataset.json says. Optional texts are empty where it says
// nothing.
type Config struct {
	Name, Title, Description string
	Version                  string // SemVer without a "v"
	ReleasedOn               string // YYYY-MM-DD, empty between releases
	Licence                  Licence
	URL                      string
	Creators                 []Creator
	Contact                  string
	Keywords                 []string
	Language                 string
	Citation                 string
	BuilderID                string
	Model                    string // "stemma" switches the rules of the six kinds on
	Policy                   string // path of the policy
	SchemaFolder             string
	Kinds                    []Kind
}

// Licence of the data; Name is an SPDX identifier.
type Licence struct{ Name, Title, URL string }

// Creator of the dataset.
type Creator struct{ Name, URL string }

// Kind is one kind of record: its schema, its folder, its table, and the
// property that holds the id: its name or a JSON Pointer (empty: the records
// have none).
type Kind struct{ Name, Schema, Folder, Table, ID string }

// ModelStemma is the name of stemma's own six kinds.
const ModelStemma = "stemma"

// KindComputed is what stands for the kind of the tables that are computed for
// datasets of the model stemma; no kind of such a dataset has this name.
const KindComputed = "disagreement"

// IsDev tells whether the version is one between releases.
func (c *Config) IsDev() bool { return semver.Prerelease("v"+c.Version) != "" }

// CoreVersion is the version without its suffix: the release that the dataset is,
// or becomes.
func (c *Config) CoreVersion() string { return release(c.Version) }

// KindNames lists the kinds in the order of dataset.json.
func (c *Config) KindNames() []string {
	out := make([]string, len(c.Kinds))
	for i, k := range c.Kinds {
		out[i] = k.Name
	}
	return out
}

// parseConfig reads dataset.json and checks it by its schema and beyond.
func parseConfig(f *File) (*Config, diag.List, error) {
	own, err := schema.Config(schema.DatasetSchema)
	if err != nil {
		return nil, nil, err
	}
	root, list := f.checkAgainst(own)
	if list.HasErrors() {
		return nil, list, nil
	}
	c := decodeConfig(root)
	for _, p := range configProblems(root, c) {
		list = append(list, f.Diagnose(root, p))
	}
	return c, list, nil
}

func decodeConfig(v *strictjson.Value) *Config {
	text := func(name string) string { return v.Get(name).Str() }
	licence := v.Get("licence")
	c := &Config{
		Name: text("name"), Title: text("title"), Description: text("description"),
		Version: text("version"), ReleasedOn: text("released_on"),
		Licence: Licence{licence.Get("name").Str(), licence.Get("title").Str(), licence.Get("url").Str()},
		URL:     text("url"), Contact: text("contact"), Language: text("language"), Citation: text("citation"),
		BuilderID: text("builder_id"), Model: text("model"), Policy: text("policy"), SchemaFolder: text("schema_folder"),
	}
	if c.SchemaFolder == "" {
		c.SchemaFolder = "schema"
	}
	if list := v.Get("creators"); list != nil {
		for i := range list.Elems {
			c.Creators = append(c.Creators, Creator{list.Elems[i].Get("name").Str(), list.Elems[i].Get("url").Str()})
		}
	}
	if list := v.Get("keywords"); list != nil {
		for i := range list.Elems {
			c.Keywords = append(c.Keywords, list.Elems[i].Str())
		}
	}
	for i := range v.Get("kinds").Elems {
		k := &v.Get("kinds").Elems[i]
		c.Kinds = append(c.Kinds, Kind{k.Get("kind").Str(), k.Get("schema").Str(), k.Get("folder").Str(), k.Get("table").Str(), k.Get("id").Str()})
	}
	return c
}

// configProblems finds what the schema of dataset.json cannot say.
func configProblems(root *strictjson.Value, c *Config) []strictjson.Problem {
	var out []strictjson.Problem
	report := func(pointer string, code diag.Code, message, help string) {
		v := root.Lookup(pointer)
		if v == nil {
			v = &strictjson.Value{End: 1}
		}
		out = append(out, strictjson.Problem{Code: code, Start: int(v.Start), End: int(v.End), Message: message, Help: help})
	}
	switch dev := c.IsDev(); {
	case dev && c.ReleasedOn != "":
		report("/released_on", diag.DatasetVersion, "a version between releases has no release date", "write null, or take the suffix off the version to release it")
	case !dev && c.ReleasedOn == "":
		report("/version", diag.DatasetVersion, fmt.Sprintf("the release %s has no date", c.Version),
			`add "released_on": "YYYY-MM-DD", or write `+c.Version+"-dev while it is being prepared")
	}
	paths := []struct{ pointer, path string }{{"/schema_folder", c.SchemaFolder}, {"/policy", c.Policy}}
	for i, k := range c.Kinds {
		at := fmt.Sprintf("/kinds/%d", i)
		paths = append(paths, struct{ pointer, path string }{at + "/folder", k.Folder}, struct{ pointer, path string }{at + "/schema", k.Schema})
		if !within(k.Schema, c.SchemaFolder) {
			report(at+"/schema", diag.DatasetKind, fmt.Sprintf("the schema lies outside the schema folder %q", c.SchemaFolder), "move it there, or name its folder in schema_folder")
		}
		for _, taken := range []string{historyFolder, NotesFolder} {
			if within(k.Folder, taken) || within(taken, k.Folder) {
				report(at+"/folder", diag.DatasetKind, fmt.Sprintf("the folder %q is for what stemma keeps beside the records", taken), "give the kind another folder")
			}
		}
		for _, other := range c.Kinds[:i] {
			switch {
			case other.Name == k.Name:
				report(at+"/kind", diag.DatasetKind, fmt.Sprintf("there are two kinds %q", k.Name), "give each a name of its own")
			case strings.EqualFold(other.Table, k.Table):
				report(at+"/table", diag.DatasetKind, fmt.Sprintf("the kind %q has the table %q already", other.Name, other.Table), "give each kind a table of its own")
			}
			if within(other.Folder, k.Folder) || within(k.Folder, other.Folder) {
				report(at+"/folder", diag.DatasetKind, fmt.Sprintf("the kind %q has its records there already", other.Name), "give each kind a folder of its own; one must not lie in the other")
			}
		}
	}
	if c.Model == ModelStemma {
		modelProblems(c, report)
	}
	for _, p := range paths {
		if p.path != "" && !localPath(p.path) {
			report(p.pointer, diag.DatasetFolder, fmt.Sprintf("%q is not a path below the dataset's folder", p.path), "write it with forward slashes and without . and .., such as records/claims")
		}
	}
	return out
}

// modelProblems finds what the model stemma asks of its datasets: a policy,
// without which no hedge has a meaning, and the names of what is computed.
func modelProblems(c *Config, report func(pointer string, code diag.Code, message, help string)) {
	if c.Policy == "" {
		report("/model", diag.PropMissing, "the model stemma needs a policy", `add "policy": "policy.json", a file with hedges, thresholds and units`)
	}
	for i, k := range c.Kinds {
		if k.Name == KindComputed {
			report(fmt.Sprintf("/kinds/%d/kind", i), diag.DatasetKind, fmt.Sprintf("%q stands for the tables that stemma computes", k.Name), "give the kind another name")
		}
		for _, name := range schema.ComputedNames() {
			if strings.EqualFold(k.Table, name) {
				report(fmt.Sprintf("/kinds/%d/table", i), diag.DatasetKind, fmt.Sprintf("stemma computes the table %q itself", name), "give the kind's table another name")
			}
		}
	}
}

// localPath tells whether a path is clean, relative and below the root.
func localPath(p string) bool {
	return p != "." && p == path.Clean(p) && !path.IsAbs(p) && p != ".." && !strings.HasPrefix(p, "../") && !strings.Contains(p, `\`)
}

func within(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }
