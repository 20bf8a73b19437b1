package cli

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far a stage is: on a terminal, once it takes so long that
// somebody may wonder, a bar, or its name while nothing can be counted. Elsewhere
// it shows nothing.
type progress struct {
	name  string
	w     io.Writer // nil: nothing is shown
	timer *time.Timer

	mu      sync.Mutex
	visible bool
	bar     *progressbar.ProgressBar
}

const (
	progressDelay = 400 * time.Millisecond
	eraseLine     = "\r\x1b[K"
)

func (a *App) progress(name string) *progress {
	p := &progress{name: name}
	if isTerminal(a.Stderr) && a.Getenv("CI") == "" && a.Getenv("TERM") != "dumb" {
		p.w = a.Stderr
		p.timer = time.AfterFunc(progressDelay, p.show)
	}
	return p
}

func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w != nil {
		p.visible = true
		fmt.Fprintf(p.w, "%s …", p.name)
	}
}

// update may be called from any goroutine.
func (p *progress) update(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.visible {
		return
	}
	if p.bar == nil {
		fmt.Fprint(p.w, eraseLine)
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription(p.name),
			progressbar.OptionShowCount(), progressbar.OptionUseANSICodes(true), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetPredictTime(false), progressbar.OptionSetWidth(30))
	}
	if int64(done) > p.bar.State().CurrentNum {
		_ = p.bar.Set(done) // a bar that cannot be drawn is no reason to stop
	}
}

// end takes away what is shown. It may be called again.
func (p *progress) end() {
	if p.timer != nil {
		p.timer.Stop()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.visible {
		fmt.Fprint(p.w, eraseLine)
	}
	p.visible, p.w = false, nil
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
