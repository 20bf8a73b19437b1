package diff

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/semver"

	"stemma/internal/dataset"
)

// Step is a step from one version to the next.
type Step uint8

// The steps, from none to the largest.
const (
	None Step = iota
	Patch
	Minor
	Major
)

var stepNames = [...]string{"none", "patch", "minor", "major"}

func (s Step) String() string { return stepNames[s] }

// MarshalText gives the name.
func (s Step) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Below gives the step that a change of this size calls for after a version.
// Below 1.0.0 a major change calls for a minor step, anything else for a patch
// step.
func (s Step) Below(version string) Step {
	switch {
	case s == None || semver.Major("v"+version) != "v0":
		return s
	case s == Major:
		return Minor
	}
	return Patch
}

// After gives the version that is this step after another one, without a
// suffix. A version with a suffix stands before the one without it, so that
// no step is needed from there; for what is no version it gives "".
func (s Step) After(version string) string {
	numbers := strings.SplitN(core(version), ".", 3)
	if len(numbers) != 3 {
		return ""
	}
	if semver.Prerelease("v"+version) != "" || s == None {
		return core(version)
	}
	at := int(Major - s)
	n, err := strconv.ParseUint(numbers[at], 10, 63)
	if err != nil {
		return ""
	}
	numbers[at] = strconv.FormatUint(n+1, 10)
	for i := at + 1; i < 3; i++ {
		numbers[i] = "0"
	}
	return strings.Join(numbers, ".")
}

func core(version string) string {
	if !semver.IsValid("v" + version) {
		return ""
	}
	v, _, _ := strings.Cut(version, "+")
	v, _, _ = strings.Cut(v, "-")
	return v
}

// Enough tells whether a version is at least the least one that is called for;
// a suffix such as -dev does not make it smaller.
func Enough(version, least string) bool {
	return semver.Compare("v"+core(version), "v"+least) >= 0
}

// Verdict says which step a difference calls for.
type Verdict struct {
	Change  Step     `json:"change"`  // its size by the Version recipe of Data Package
	Step    Step     `json:"step"`    // after the version of OLD; smaller below 1.0.0
	Least   string   `json:"least"`   // the least version that is enough; empty if OLD has no version of a release
	Enough  bool     `json:"enough"`  // the version of NEW is; true if Least is empty
	Reasons []Reason `json:"reasons"` // the largest steps first
}

// Reason is one reason for a step.
type Reason struct {
	Change Step   `json:"change"`
	Text   string `json:"text"` // words of stemma alone
}

// judge applies the Version recipe: major for fields that are added, removed,
// retyped or reordered, for constraints that are tightened and for what is gone;
// minor for data that is added or not in use any more and for rules that give
// other results; patch for corrections.
func judge(d *Diff, old, now *dataset.Snapshot) Verdict {
	j := &judgement{}
	j.records(d.Records)
	j.tables(d.Tables)
	j.schemas(d.Schemas)
	if old.Config.Name != now.Config.Name {
		j.add(Major, 1, "the dataset has another name")
	}
	if d.Dataset != nil {
		j.add(Patch, len(ofDataset(d.Dataset.Fields)), "%d value%s of dataset.json changed")
	}
	if d.Policy != nil {
		j.add(Minor, 1, "the policy changed, by which disagreement is computed")
	}
	own := dataset.NotesFolder + "/" + now.Config.CoreVersion() + ".md" // says what the version is, and calls for none
	j.add(Patch, len(slices.DeleteFunc(slices.Clone(d.Beside), func(file string) bool { return file == own })), "%d other file%s changed: approvals and notes")
	j.add(Patch, len(d.Layout), "%d file%s written in another layout")
	if len(j.reasons) == 0 && len(d.Questions)+d.OtherQuestions > 0 {
		j.add(Patch, len(d.Questions)+d.OtherQuestions, "%d question%s computed anew")
	}
	slices.SortStableFunc(j.reasons, func(a, b Reason) int { return int(b.Change) - int(a.Change) })
	v := Verdict{Enough: true, Reasons: append([]Reason{}, j.reasons...)}
	if len(j.reasons) > 0 {
		v.Change = j.reasons[0].Change
	}
	v.Step = v.Change.Below(old.Config.Version)
	if !old.Config.IsDev() {
		v.Least = v.Step.After(old.Config.Version)
		v.Enough = v.Least == "" || Enough(now.Config.Version, v.Least)
	}
	return v
}

// ofDataset leaves out what differs between any two versions.
func ofDataset(fields []Field) []Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f Field) bool { return f.Pointer == "/version" || f.Pointer == "/released_on" })
}

type judgement struct{ reasons []Reason }

// add notes a reason that holds n times; the text may have a verb for n and one
// for the s of a plural.
func (j *judgement) add(step Step, n int, text string) {
	if n == 0 {
		return
	}
	if strings.HasPrefix(text, "%d") {
		s := "s"
		if n == 1 {
			s = ""
		}
		text = fmt.Sprintf(text, n, s)
	}
	j.reasons = append(j.reasons, Reason{step, text})
}

func (j *judgement) records(list []Record) {
	n := map[string]int{}
	more := 0
	for _, r := range list {
		if r.Change == Changed && slices.ContainsFunc(r.Fields, addsData) {
			more++
		} else {
			n[r.Change]++
		}
	}
	j.add(Major, n[Vanished], "%d record%s vanished")
	j.add(Minor, n[Added], "%d record%s added")
	j.add(Minor, more, "%d record%s with values added")
	j.add(Minor, n[Withdrawn], "%d record%s withdrawn")
	j.add(Minor, n[Merged], "%d record%s merged into others")
	j.add(Minor, n[Reinstated], "%d record%s in use again")
	j.add(Patch, n[Changed], "%d record%s corrected")
	j.add(Patch, n[Moved], "%d record%s moved to another file")
	j.add(Patch, n[Unreadable], "%d record%s that cannot be read")
	j.add(Patch, n[Repaired], "%d record%s that can be read again")
}

// addsData tells a value that was not there before, such as one more row of a
// list, from a corrected one.
func addsData(f Field) bool { return f.Change == Added && f.New != "null" }

func (j *judgement) tables(list []Change) {
	columns, tables := map[string]int{}, map[string]int{}
	for _, c := range list {
		if c.Column == "" {
			tables[c.Change]++
		} else {
			columns[c.Change]++
		}
	}
	j.add(Major, tables[Removed], "%d table%s removed")
	j.add(Major, tables[Reordered], "%d table%s with columns in another order")
	for _, change := range []string{Added, Removed, Retyped} {
		j.add(Major, columns[change], "%d column%s "+change)
	}
	j.add(Minor, tables[Added], "%d table%s added")
}

func (j *judgement) schemas(list []Document) {
	n := map[string]int{}
	for _, doc := range list {
		if doc.Change != Changed {
			n[Wording]++
		}
		for _, f := range doc.Fields {
			n[f.Effect]++
		}
	}
	j.add(Major, n[Tightened], "%d constraint%s tightened")
	j.add(Major, n[Unclear], "%d constraint%s changed in a way that may be tighter")
	j.add(Minor, n[Loosened], "%d constraint%s loosened")
	j.add(Patch, n[Shape], "%d declaration%s of properties changed")
	j.add(Patch, n[Wording]+n[Unused], "%d other change%s of schemas")
}
