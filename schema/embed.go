package schema

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"
)

// Embedded holds stemma's own schemas: those of its configuration files, which
// are always these, and those of the six kinds, for new datasets.
//
//go:embed *.schema.json
var Embedded embed.FS

// The schemas of the configuration files.
const (
	DatasetSchema   = "dataset.schema.json"
	PolicySchema    = "policy.schema.json"
	ApprovalsSchema = "approvals.schema.json"

	commonSchema = "common.schema.json" // what the policy and the kinds share
)

// Config gives the compiled schema of a configuration file.
func Config(name string) (*Schema, error) {
	c, err := embedded()
	if err != nil {
		return nil, err
	}
	return c.Schema(name), nil
}

var embedded = sync.OnceValues(func() (*Catalog, error) {
	var files []File
	for _, name := range []string{DatasetSchema, PolicySchema, ApprovalsSchema, commonSchema} {
		data, err := fs.ReadFile(Embedded, name)
		if err != nil {
			return nil, err
		}
		files = append(files, File{Path: name, Data: data})
	}
	c, list := Load(files, nil)
	if list.HasErrors() {
		return nil, fmt.Errorf("stemma's own schemas are broken: %v", list[0])
	}
	return c, nil
})
