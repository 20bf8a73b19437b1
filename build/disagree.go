package build

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"stemma/disagreement"
	"stemma/internal/model"
	"stemma/internal/strictjson"
	"stemma/schema"
	"stemma/validate"
)

// Disagreement computes the questions of a dataset of stemma's own model, who
// answers them, and whether the answers can all be true. A dataset of another
// model is an error, and so is the end of the context.
func Disagreement(ctx context.Context, c *validate.Checked) (*disagreement.Result, error) {
	if !hasModel(c) {
		return nil, errors.New(`this dataset is of no model in which records can disagree: dataset.json does not say "model": "stemma"`)
	}
	d, err := disagree(ctx, c, nil)
	if err != nil {
		return nil, err
	}
	return d.Result, nil
}

// disagreed is the result with what leads its rows back to records.
type disagreed struct {
	*disagreement.Result
	claims []string             // the ids of the claims, in the order of the records
	paths  map[recordKey]string // the files of claims and events
}

type recordKey struct{ kind, id string }

// disagree decodes the records once more and computes. What was checked is what
// is decoded: both come from the same snapshot.
func disagree(ctx context.Context, c *validate.Checked, progress func(done, total int)) (*disagreed, error) {
	in, d, err := decodeInput(ctx, c, decodeClaim, progress)
	if err != nil {
		return nil, err
	}
	d.Result, err = disagreement.Compute(ctx, in)
	if ctx.Err() != nil {
		return nil, interrupted(ctx)
	}
	return d, err
}

// decodeInput gives the records of the six kinds, in the order of the records.
// Claim decodes claims.
func decodeInput(ctx context.Context, c *validate.Checked, claim func(*strictjson.Value) *model.Claim, progress func(done, total int)) (in disagreement.Input, d *disagreed, err error) {
	d = &disagreed{paths: map[recordKey]string{}}
	if in.Policy, err = decodePolicy(c); err != nil {
		return in, nil, err
	}
	count := &counter{tell: progress}
	for _, k := range c.Kinds() {
		count.total += len(k.Records)
	}
	for _, k := range c.Kinds() {
		switch k.Name {
		case model.KindSource:
			in.Sources, err = decodeRecords(ctx, k, count, model.DecodeSource)
		case model.KindActor:
			in.Actors, err = decodeRecords(ctx, k, count, model.DecodeActor)
		case model.KindPlace:
			in.Places, err = decodeRecords(ctx, k, count, model.DecodePlace)
		case model.KindMeasure:
			in.Measures, err = decodeRecords(ctx, k, count, model.DecodeMeasure)
		case model.KindEvent:
			in.Events, err = decodeRecords(ctx, k, count, model.DecodeEvent)
			for i, e := range in.Events {
				d.paths[recordKey{model.KindEvent, e.ID.Value}] = k.Records[i].File.Path
			}
		case model.KindClaim:
			in.Claims, err = decodeRecords(ctx, k, count, claim)
			for i, c := range in.Claims {
				d.claims = append(d.claims, c.ID.Value)
				d.paths[recordKey{model.KindClaim, c.ID.Value}] = k.Records[i].File.Path
			}
		default: // somebody's own kind
			count.add(len(k.Records))
		}
		if err != nil {
			return in, nil, err
		}
	}
	return in, d, nil
}

func decodePolicy(c *validate.Checked) (*model.Policy, error) {
	policy := c.Snapshot().Policy
	if policy == nil {
		return nil, errors.New("internal error: a dataset of the model stemma was checked, but has no policy")
	}
	value, problems := strictjson.Parse(policy.Data)
	if problems != nil {
		return nil, fmt.Errorf("internal error: %s was checked, but cannot be read: %s", policy.Path, problems[0].Message)
	}
	return model.DecodePolicy(value), nil
}

// decodeClaim leaves out what no question depends on. Claims are most of a
// dataset, and all of them are in memory at once.
func decodeClaim(v *strictjson.Value) *model.Claim {
	c := model.DecodeClaim(v)
	c.Refs, c.Quote, c.Locator = nil, model.Text{}, model.Text{}
	return c
}

// decodeRecords decodes the records of a kind. Several workers do it; each
// record has its place in the result.
func decodeRecords[T any](ctx context.Context, k validate.Kind, count *counter, decode func(*strictjson.Value) T) ([]T, error) {
	const chunk = 256 // records that a worker decodes at a time
	out := make([]T, len(k.Records))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < len(out); from += chunk {
		to := min(from+chunk, len(out))
		g.Go(func() error {
			if err := interrupted(ctx); err != nil {
				return err
			}
			for i := from; i < to; i++ {
				var err error
				if out[i], err = decodeRecord(k.Records[i], decode); err != nil {
					return err
				}
			}
			count.add(to - from)
			return nil
		})
	}
	return out, g.Wait()
}

func decodeRecord[T any](entry validate.Entry, decode func(*strictjson.Value) T) (out T, err error) {
	// This runs beside the build, which could not clean up after a panic here.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error: %s (record %d) was checked, but cannot be decoded: %v", entry.File.Path, entry.Index, r)
		}
	}()
	value, problems := strictjson.Parse(entry.Data)
	if problems != nil {
		return out, fmt.Errorf("internal error: %s (record %d) was checked, but cannot be read: %s", entry.File.Path, entry.Index, problems[0].Message)
	}
	return decode(value), nil
}

// counter counts what several workers have done.
type counter struct {
	mu          sync.Mutex
	done, total int
	tell        func(done, total int) // may be nil
}

func (c *counter) add(n int) {
	if c.tell == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done += n
	c.tell(c.done, c.total)
}

// questionOf gives the cell of the question that a claim answers; null if it
// answers none.
func (d *disagreed) questionOf(record int) schema.Cell {
	id, ok := d.QuestionOf[d.claims[record]]
	return schema.Cell{Valid: ok, Str: id}
}

// rows gives the rows of a computed table; nil if there is no such table.
func (d *disagreed) rows(table string) func(emit func([]disagreement.Cell) error) error {
	switch table {
	case "disagreement":
		return eachRow(d.Questions, func(q *disagreement.Question) []disagreement.Cell { return q.Row(d.PolicyVersion) })
	case questionTable:
		return d.questionClaims
	case "sensitivity":
		return eachRow(d.Sensitivity, func(s *disagreement.Sensitivity) []disagreement.Cell { return s.Row(d.PolicyVersion) })
	case "measure_statistics":
		return eachRow(d.Measures, func(m *disagreement.MeasureStatistics) []disagreement.Cell { return m.Row(d.PolicyVersion) })
	}
	return nil
}

func eachRow[T any](list []T, row func(*T) []disagreement.Cell) func(emit func([]disagreement.Cell) error) error {
	return func(emit func([]disagreement.Cell) error) error {
		for i := range list {
			if err := emit(row(&list[i])); err != nil {
				return err
			}
		}
		return nil
	}
}

func (d *disagreed) questionClaims(emit func([]disagreement.Cell) error) error {
	for i := range d.Claims {
		c := &d.Claims[i]
		path, ok := d.paths[recordKey{c.RecordKind, c.RecordID}]
		if !ok {
			return fmt.Errorf("internal error: the claim %s of the question %s leads back to the %s %q, and there is no such record", c.Key, c.QuestionID, c.RecordKind, c.RecordID)
		}
		if err := emit(c.Row(path)); err != nil {
			return err
		}
	}
	return nil
}
