package build

// indexName is the list of releases beside their folders.
const indexName = "index.json"

// Index lists what is in a folder of releases: them, oldest version first, the
// deltas between each and the next, and the ledger. It is derived from the
// releases; development releases are not in it.
type Index struct {
	IndexVersion int            `json:"index_version"`
	Releases     []IndexRelease `json:"releases"`
	Deltas       []IndexDelta   `json:"deltas"`
	Ledger       IndexFile      `json:"ledger"`
}

// indexVersion numbers the format of index.json. The first had the releases only.
const indexVersion = 2

// IndexRelease is one release of an index.
type IndexRelease struct {
	Version        string       `json:"version"`
	ReleasedOn     *string      `json:"released_on"`
	Dataset        string       `json:"dataset"`
	DatasetSHA256  string       `json:"dataset_sha256"`
	OutputVersion  int          `json:"output_version"`
	Path           string       `json:"path"`
	ManifestSHA256 string       `json:"manifest_sha256"`
	Tables         []IndexTable `json:"tables"`
}

// IndexTable is one table of a release in an index.
type IndexTable struct {
	Name string `json:"name"`
	Rows int64  `json:"rows"`
}

// IndexDelta is one delta between two releases of an index.
type IndexDelta struct {
	From       string `json:"from"` // versions
	To         string `json:"to"`
	Path       string `json:"path"`
	SumsSHA256 string `json:"sums_sha256"` // of its SHA256SUMS, which names all its other files
}

// IndexFile is a file beside the releases.
type IndexFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

func newIndex(releases []*standing, deltas []*standingDelta, ledger []byte) *Index {
	index := &Index{IndexVersion: indexVersion, Releases: []IndexRelease{}, Deltas: []IndexDelta{}, Ledger: IndexFile{ledgerName, sha256Hex(ledger)}}
	for _, s := range releases {
		m := s.manifest
		r := IndexRelease{Version: m.Version, ReleasedOn: m.ReleasedOn, Dataset: m.Dataset, DatasetSHA256: m.DatasetSHA256,
			OutputVersion: m.OutputVersion, Path: s.name, ManifestSHA256: s.manifestSHA256, Tables: []IndexTable{}}
		for _, t := range m.Tables {
			r.Tables = append(r.Tables, IndexTable{t.Name, t.Rows})
		}
		index.Releases = append(index.Releases, r)
	}
	for _, d := range deltas {
		index.Deltas = append(index.Deltas, IndexDelta{From: d.Old.Version, To: d.New.Version, Path: d.path(), SumsSHA256: d.sumsSHA256})
	}
	return index
}
