package cli

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far a stage is: a bar on a terminal, nothing elsewhere.
type progress struct {
	mu   sync.Mutex
	bar  *progressbar.ProgressBar
	w    io.Writer
	name string
}

func (a *App) progress(name string) *progress {
	p := &progress{name: name}
	if isTerminal(a.Stderr) && a.Getenv("CI") == "" && a.Getenv("TERM") != "dumb" {
		p.w = a.Stderr
	}
	return p
}

// update may be called from any goroutine.
func (p *progress) update(done, total int) {
	if p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription(p.name),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetPredictTime(false))
	}
	if int64(done) > p.bar.State().CurrentNum {
		_ = p.bar.Set(done) // a bar that cannot be drawn is no reason to stop
	}
}

func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// stages measures the stages of a long command and shows the one that runs.
type stages struct {
	a     *App
	names []string
	times []time.Duration
	start time.Time
	bar   *progress
}

func (s *stages) begin(name string) {
	s.end()
	s.names, s.start = append(s.names, name), time.Now()
	s.bar = s.a.progress(name)
}

func (s *stages) end() {
	if s.bar != nil {
		s.bar.end()
		s.times = append(s.times, time.Since(s.start))
		s.bar = nil
	}
}

func (s *stages) update(done, total int) {
	if s.bar != nil {
		s.bar.update(done, total)
	}
}

// print says how long each stage took. It goes to the log, never to a report:
// reports are the same on every machine.
func (s *stages) print() {
	s.end()
	for i, name := range s.names {
		fmt.Fprintf(s.a.Stderr, "%-15s %6.2fs\n", name, s.times[i].Seconds())
	}
}
