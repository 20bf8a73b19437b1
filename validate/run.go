package validate

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/ledger"
	"stemma/internal/strictjson"
	"stemma/schema"
)

// Options of a run.
type Options struct {
	Jobs     int                   // records checked at once; 0: one for each processor
	Texts    *Texts                // the texts of sources, or nil
	Progress func(done, total int) // called now and then with numbers of records, from any goroutine; may be nil
}

// Result is what a run found. Checked is nil if there are errors.
type Result struct {
	Checked     *Checked
	Diagnostics diag.List // sorted
	Files       int
	Records     int
	Texts       *TextCoverage // nil if no quotes were looked up: no texts, another model, or not all could be read
}

// Run checks a dataset. Given are the findings of loading it; with errors among
// them the snapshot is not complete: then each record is still checked by its
// schema, but not against others, which may be missing for that reason alone.
// The result is the same for any number of jobs and any order of the files.
func Run(ctx context.Context, snap *dataset.Snapshot, loading diag.List, opt Options) (*Result, error) {
	res := &Result{Diagnostics: loading.Sorted()}
	if snap == nil {
		res.Files = 1
		return res, nil
	}
	res.Files = len(snap.Inputs())
	complete := !loading.HasErrors()
	kinds, list := compile(snap)
	if kinds == nil {
		if complete { // else the fault may lie in what could not be read
			res.Diagnostics = list.Sorted()
		}
		return res, nil
	}
	published, found := readLedger(snap)
	list = append(list, found...)
	e := engine{snap: snap, kinds: kinds, opt: opt, complete: complete, published: published}
	list = append(list, notesMarkup(snap)...)
	policy, found := readPolicy(snap)
	if complete {
		list = append(list, found...)
	}
	if complete && snap.Config.Model == dataset.ModelStemma {
		e.domain = newStemmaRules(snap, policy, opt.Texts)
	}
	if err := e.run(ctx); err != nil {
		return nil, err
	}
	res.Records = e.total
	if e.domain != nil {
		res.Texts = e.domain.coverage()
	}
	res.Diagnostics = slices.Concat(res.Diagnostics, list, e.findings()).Sorted()
	if !res.Diagnostics.HasErrors() {
		res.Checked = &Checked{snapshot: snap, kinds: e.kinds, ledger: published}
	}
	return res, nil
}

// compile loads the schemas and derives the tables. There are no kinds if the
// schemas have errors or are not all there.
func compile(snap *dataset.Snapshot) ([]Kind, diag.List) {
	catalog, list := schema.Load(snap.SchemaFiles(), snap.Config.KindNames())
	if list.HasErrors() {
		return nil, list
	}
	var kinds []Kind
	var plans []*schema.Plan
	for _, k := range snap.Config.Kinds {
		s := catalog.Schema(k.Schema)
		if s == nil {
			return nil, list
		}
		plan, warnings := schema.NewPlan(k.Name, k.Table, k.ID, s)
		list = append(list, warnings...)
		plans = append(plans, plan)
		kinds = append(kinds, Kind{Kind: k, Schema: s, Plan: plan})
	}
	if list = append(list, schema.NameTables(plans)...); list.HasErrors() {
		return nil, list
	}
	return kinds, list
}

// engine reads records in two waves: first the kinds that the domain rules must
// know before the others, then the rest.
type engine struct {
	snap   *dataset.Snapshot
	kinds  []Kind
	opt    Options
	domain domainRules // nil for datasets of other models
	parts  []*part
	total  int
	done   atomic.Int64

	published *ledger.Ledger // what earlier releases hold; nil if it is not known
	complete  bool           // everything could be read, so that records can be held against each other
}

// part is a run of records of one kind that one worker checks, with what is
// kept of them. Parts are in the order of files, so that nothing depends on
// which worker was faster.
type part struct {
	kind    int
	records []dataset.Record
	entries []Entry // of the records whose id could be read
	unread  []ID    // what seem to be the ids of records that are no JSON
	unseen  bool    // the domain rules did not see every record
	refs    []reference
	list    diag.List
}

// partSize is the number of records in a part: enough to make handing it out
// cheap, few enough to keep all workers busy to the end.
const partSize = 256

func (e *engine) run(ctx context.Context) error {
	for _, f := range e.snap.Records {
		records := f.Records()
		e.total += len(records)
		for len(records) > 0 {
			n := min(partSize, len(records))
			if last := len(e.parts) - 1; last >= 0 && e.parts[last].kind == f.Kind && len(e.parts[last].records)+n <= partSize {
				e.parts[last].records = append(e.parts[last].records, records[:n]...)
			} else {
				e.parts = append(e.parts, &part{kind: f.Kind, records: records[:n:n]})
			}
			records = records[n:]
		}
	}
	for _, first := range []bool{true, false} {
		if err := e.wave(ctx, first); err != nil {
			return err
		}
	}
	return nil
}

func (e *engine) wave(ctx context.Context, first bool) error {
	jobs := e.opt.Jobs
	if jobs < 1 {
		jobs = runtime.GOMAXPROCS(0)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(jobs)
	for _, p := range e.parts {
		if isFirst := e.domain != nil && e.domain.first(e.kinds[p.kind].Name); isFirst == first {
			g.Go(func() error { return e.part(ctx, p) })
		}
	}
	return g.Wait()
}

func (e *engine) part(ctx context.Context, p *part) (err error) {
	at := 0
	defer func() {
		if r := recover(); r != nil {
			rec := p.records[at]
			err = fmt.Errorf("internal error while checking %s (record %d): %v", rec.File.Path, rec.Index, r)
		}
	}()
	for i := range p.records {
		if err := ctx.Err(); err != nil {
			return err
		}
		at = i
		e.record(p, &p.records[i])
	}
	done := e.done.Add(int64(len(p.records)))
	if e.opt.Progress != nil {
		e.opt.Progress(int(done), e.total)
	}
	p.records = nil
	return nil
}

// record checks one record: as JSON, by its schema, against its columns, and by
// the domain rules. Each step needs the one before it; only references are
// collected from any JSON, so that one typo does not hide another. This is the
// place to replace if records must be read faster.
func (e *engine) record(p *part, r *dataset.Record) {
	kind := &e.kinds[p.kind]
	value, problems := strictjson.Parse(r.Data)
	report := func(problems []strictjson.Problem) bool {
		for _, problem := range problems {
			p.list = append(p.list, r.Diagnose(value, problem))
		}
		return len(problems) > 0
	}
	if report(problems) {
		p.unseen = true
		p.unread = appendIDs(p.unread, kind.ID, r.Data)
		return
	}
	faults := kind.Schema.Check(value)
	valid := !report(faults)
	p.refs = collectReferences(p.refs, kind.Schema.Shape(), value, r, faults)
	id, problem := readID(kind, value)
	switch {
	case problem == nil && isFaulty(value.Lookup(schema.IDPointer(kind.ID)), faults):
		p.unread = append(p.unread, id) // it must not be suggested to those who meant the right one
	case problem == nil:
		p.entries = append(p.entries, Entry{r, id})
	case valid: // else the schema says already what is wrong with the record
		report([]strictjson.Problem{*problem})
	}
	if !valid || problem != nil {
		p.unseen = true
		return
	}
	problems, err := kind.Plan.Rows(value, schema.Origin{}, nil)
	if err != nil {
		panic(err) // the plan has a gap: the schema's fault is not the contributor's
	}
	report(problems)
	if e.domain != nil {
		p.list = append(p.list, e.domain.record(record{r, kind.Name, id.Text, value})...)
	}
}

// isFaulty tells whether one of the problems is about a value itself.
func isFaulty(v *strictjson.Value, problems []strictjson.Problem) bool {
	return v != nil && slices.ContainsFunc(problems, func(p strictjson.Problem) bool {
		return p.Start >= int(v.Start) && p.Start < int(v.End)
	})
}
