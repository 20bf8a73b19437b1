package diff

import (
	"path"
	"slices"
	"strings"

	"stemma/internal/dataset"
	"stemma/internal/strictjson"
)

// compareSchemas compares the texts of the schemas. A file is compared with that
// of the same path, or, if there is none, with that of the same kind.
func compareSchemas(old, now *dataset.Snapshot) []Document {
	out := []Document{}
	used := usedSchemas(old)
	for file := range usedSchemas(now) {
		used[file] = true
	}
	effect := func(file string) string {
		if used[file] {
			return Shape
		}
		return Unused
	}
	names := schemaPairs(old, now)
	gone := map[string]bool{}
	for _, f := range old.Schemas {
		gone[f.Path] = true
	}
	for _, f := range now.Schemas {
		before := fileOf(old.Schemas, names[f.Path])
		if before == nil {
			out = append(out, Document{File: f.Path, Change: Added, Effect: effect(f.Path)})
			continue
		}
		delete(gone, before.Path)
		d := compareDocuments(before, f)
		if d == nil {
			continue
		}
		a, _ := strictjson.Parse(before.Data)
		b, _ := strictjson.Parse(f.Data)
		for i := range d.Fields {
			d.Fields[i].Effect = Unused
			if used[f.Path] {
				d.Fields[i].Effect = weigh(a, b, &d.Fields[i])
			}
		}
		out = append(out, *d)
	}
	for file := range gone {
		out = append(out, Document{File: file, Change: Removed, Effect: effect(file)})
	}
	slices.SortFunc(out, func(a, b Document) int { return strings.Compare(a.File, b.File) })
	return out
}

func fileOf(files []*dataset.File, name string) *dataset.File {
	if i := slices.IndexFunc(files, func(f *dataset.File) bool { return f.Path == name }); i >= 0 {
		return files[i]
	}
	return nil
}

// schemaPairs gives the file in OLD for files in NEW.
func schemaPairs(old, now *dataset.Snapshot) map[string]string {
	out := map[string]string{}
	for _, f := range now.Schemas {
		if fileOf(old.Schemas, f.Path) != nil {
			out[f.Path] = f.Path
		}
	}
	for _, k := range now.Config.Kinds {
		for _, was := range old.Config.Kinds {
			if was.Name == k.Name && out[k.Schema] == "" && fileOf(now.Schemas, was.Schema) == nil {
				out[k.Schema] = was.Schema
			}
		}
	}
	return out
}

// usedSchemas gives the schemas of kinds, and those that references in them may
// lead to: it goes by the last part of an address, so it may find too many, but
// not too few.
func usedSchemas(s *dataset.Snapshot) map[string]bool {
	used := map[string]bool{}
	var queue []string
	use := func(file string) {
		if !used[file] {
			used[file] = true
			queue = append(queue, file)
		}
	}
	for _, k := range s.Config.Kinds {
		use(k.Schema)
	}
	for len(queue) > 0 {
		f := fileOf(s.Schemas, queue[0])
		queue = queue[1:]
		if f == nil {
			continue
		}
		root, _ := strictjson.Parse(f.Data)
		for _, address := range references(root, nil) {
			for _, other := range s.Schemas {
				if path.Base(address) == path.Base(other.Path) || address == idOf(other) {
					use(other.Path)
				}
			}
		}
	}
	return used
}

func idOf(f *dataset.File) string {
	root, _ := strictjson.Parse(f.Data)
	id, _, _ := strings.Cut(root.Get("$id").Str(), "#")
	return id
}

// references lists the addresses that a schema names, without fragments.
func references(v *strictjson.Value, list []string) []string {
	if v == nil {
		return list
	}
	for i := range v.Elems {
		list = references(&v.Elems[i], list)
	}
	for i := range v.Members {
		m := &v.Members[i]
		if m.Name == "$ref" || m.Name == "$dynamicRef" {
			if address, _, _ := strings.Cut(m.Value.Str(), "#"); address != "" {
				list = append(list, address)
			}
		}
		list = references(&m.Value, list)
	}
	return list
}

// compareDocuments compares two files that hold one value each; nil if only
// their layout differs.
func compareDocuments(old, now *dataset.File) *Document {
	d := &Document{File: now.Path, Change: Changed}
	if old.Path != now.Path {
		d.OldFile = old.Path
	}
	a, bad := strictjson.Parse(old.Data)
	b, worse := strictjson.Parse(now.Data)
	if bad != nil || worse != nil {
		if old.SHA256 == now.SHA256 && d.OldFile == "" {
			return nil
		}
		d.Change = Unreadable
		return d
	}
	d.Fields = compareValues(a, b)
	for i := range d.Fields {
		at := int(d.Fields[i].at)
		d.Fields[i].Line = now.Text().Position(at).Line
	}
	if len(d.Fields) == 0 && d.OldFile == "" {
		return nil
	}
	if len(d.Fields) == 0 {
		d.Change = Moved
	}
	return d
}

// compareOptional compares files of which either side may have none.
func compareOptional(old, now *dataset.File) *Document {
	switch {
	case old == nil && now == nil:
		return nil
	case old == nil:
		return &Document{File: now.Path, Change: Added}
	case now == nil:
		return &Document{File: old.Path, Change: Removed}
	}
	return compareDocuments(old, now)
}
