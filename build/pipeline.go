package build

import (
	"context"
	"iter"
	"runtime"

	"stemma/schema"
	"stemma/validate"
)

// rowsOf gives the rows of a kind's records in the order of the records, with
// those cells that are computed. The
// records are read by several workers; their order is kept by a queue of
// promises, which also bounds how far the workers run ahead of the writer.
func rowsOf(ctx context.Context, k validate.Kind, computed []filled) iter.Seq[recordRows] {
	const chunk = 128 // records that a worker reads at a time
	workers := runtime.GOMAXPROCS(0)
	return func(yield func(recordRows) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		queue := make(chan chan []recordRows, 2*workers)
		slots := make(chan struct{}, workers)
		go func() {
			defer close(queue)
			for from := 0; from < len(k.Records); from += chunk {
				to := min(from+chunk, len(k.Records))
				promise := make(chan []recordRows, 1)
				select {
				case slots <- struct{}{}:
				case <-ctx.Done():
					return
				}
				go func() {
					defer func() { <-slots }()
					out := make([]recordRows, 0, to-from)
					var arena []schema.Cell
					for i := from; i < to; i++ {
						out = append(out, rowsOfRecord(k, computed, i, &arena))
					}
					promise <- out
				}()
				select {
				case queue <- promise:
				case <-ctx.Done():
					return
				}
			}
		}()
		for promise := range queue {
			for _, rows := range <-promise {
				if !yield(rows) {
					return
				}
			}
		}
	}
}
