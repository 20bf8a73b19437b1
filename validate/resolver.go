package validate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/strictjson"
	"stemma/internal/suggest"
	"stemma/schema"
)

// resolver finds references that lead nowhere.
type resolver struct {
	kinds  []Kind
	ids    []map[ID]*dataset.Record // of each kind
	unread []map[ID]bool            // ids of records that are there but could not be read
	broken []reference

	helps       map[helpKey]string
	comparisons int
}

func (r *resolver) check(ref reference) {
	if !r.leads(ref.target.Value(), ref.shape.Refs) {
		r.broken = append(r.broken, ref)
	}
}

func (r *resolver) leads(id ID, kinds []string) bool {
	return slices.ContainsFunc(kinds, func(name string) bool {
		i := slices.IndexFunc(r.kinds, func(k Kind) bool { return k.Name == name })
		return i >= 0 && (r.ids[i][id] != nil || r.unread[i][id])
	})
}

// report gives the findings about broken references, in the order of files.
func (r *resolver) report() diag.List {
	slices.SortFunc(r.broken, func(a, b reference) int {
		return cmp.Or(comparePlace(a.record, b.record), cmp.Compare(a.start, b.start))
	})
	r.helps = map[helpKey]string{}
	var list diag.List
	var root *strictjson.Value
	for i, ref := range r.broken {
		if i == 0 || r.broken[i-1].record != ref.record { // one record may have thousands
			root, _ = strictjson.Parse(ref.record.Data)
		}
		code, message, help, related := r.explain(ref.target.Value(), ref.shape)
		list = append(list, diag.New(code, ref.record.Place(ref.start, ref.end), root.PointerAt(ref.start), message, help, related...))
	}
	return list
}

// explain says why an id leads nowhere: because a record of another kind has
// it, or none at all. Numbers are no names: that another kind uses the same one
// means nothing.
func (r *resolver) explain(id ID, shape *schema.Shape) (code diag.Code, message, help string, related []diag.Related) {
	wanted := strings.Join(shape.Refs, " or ")
	var others []string
	for i, kind := range r.kinds {
		if at := r.ids[i][id]; at != nil && !id.Numeric {
			others = append(others, withArticle(kind.Name))
			related = append(related, diag.Related{Place: idPlace(at, kind.ID), Message: "the " + kind.Name + " is here"})
		}
	}
	if len(others) > 0 {
		return diag.RefKind, fmt.Sprintf("%s is %s, but this must be %s", id.quoted(), strings.Join(others, " and "), withArticle(wanted)),
			fmt.Sprintf("write the id of %s", withArticle(wanted)), related
	}
	return diag.RefUnresolved, fmt.Sprintf("no %s has the id %s", wanted, id.quoted()), r.help(id, shape), nil
}

// helpKey tells apart what gets a help of its own.
type helpKey struct {
	id    ID
	shape *schema.Shape
}

// help finds the id that was meant, once for all places that make one mistake.
func (r *resolver) help(id ID, shape *schema.Shape) string {
	key := helpKey{id, shape}
	text, ok := r.helps[key]
	if !ok {
		text = r.findHelp(id, shape.Refs)
		r.helps[key] = text
	}
	return text
}

// maxComparisons bounds how often ids are compared to find what was meant. With
// more broken references than it is good for, the fault is no slip of the
// finger, and the time goes to nobody's use.
const maxComparisons = 1_000_000

func (r *resolver) findHelp(id ID, kinds []string) string {
	wanted := strings.Join(kinds, " or ")
	var near []string
	nobody := true
	for i, k := range r.kinds {
		if !slices.Contains(kinds, k.Name) {
			continue
		}
		if k.ID == "" {
			return fmt.Sprintf("the records of the kind %q have no ids: name their property in dataset.json", k.Name)
		}
		nobody = nobody && len(k.Records) == 0
		if other := id.otherType(); r.ids[i][other] != nil {
			if other.Numeric {
				return "the id is a number: write " + other.quoted() + " without quotation marks"
			}
			return "the id is a text: write " + other.quoted() + " in quotation marks"
		}
		if !id.Numeric && r.comparisons+len(k.Records) <= maxComparisons {
			r.comparisons += len(k.Records)
			near = appendSimilarLength(near, k.Records, id.Text)
		}
	}
	if best, ok := suggest.Nearest(id.Text, near); ok {
		return fmt.Sprintf("did you mean %q?", best)
	}
	if nobody {
		return fmt.Sprintf("there is no %s yet: add its record", wanted)
	}
	return "check the id, or add a record for the " + wanted
}

// otherType is the id that looks the same, as a number or as a text.
func (a ID) otherType() ID {
	if a.Numeric {
		return ID{Text: a.Text}
	}
	if n, err := strconv.ParseInt(a.Text, 10, 64); err == nil && strconv.FormatInt(n, 10) == a.Text {
		return ID{Text: a.Text, Number: n, Numeric: true}
	}
	return ID{}
}

// appendSimilarLength appends the ids that are near enough in length to be
// meant. The records are sorted, so that of equally near ids always the same
// one is found.
func appendSimilarLength(near []string, records []Entry, id string) []string {
	most := max(1, len(id)/3)
	for _, entry := range records {
		if d := len(entry.ID.Text) - len(id); d >= -most && d <= most {
			near = append(near, entry.ID.Text)
		}
	}
	return near
}

// withArticle gives a kind's name "a" or "an".
func withArticle(name string) string {
	if name != "" && strings.ContainsRune("aeioAEIO", rune(name[0])) {
		return "an " + name
	}
	return "a " + name
}
