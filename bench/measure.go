package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// sample is what one run of a program took.
type sample struct {
	wall time.Duration
	cpu  time.Duration // of all its threads, in user and system mode
	peak int64         // largest resident set, bytes
}

// timed runs a program to its end and measures it. The error of a program that
// fails holds the end of what it said.
//
// The kernel counts memory that a new process shares with its parent until it
// has loaded its program. So this process must stay small: records are
// generated in another one.
func timed(cmd *exec.Cmd) (sample, []byte, error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	start := time.Now()
	err := cmd.Run()
	s := sample{wall: time.Since(start)}
	if cmd.ProcessState != nil {
		s.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			s.peak = maxRSS(usage)
		}
	}
	if err != nil {
		err = fmt.Errorf("%w: %s", err, lastLines(stderr.String()+stdout.String(), 3))
	}
	return s, stdout.Bytes(), err
}

// maxRSS gives bytes: the unit of ru_maxrss is KiB, except on Darwin.
func maxRSS(usage *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" {
		return usage.Maxrss
	}
	return usage.Maxrss * 1024
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], " / ")
}

// median of an odd or even number of durations; for an even one the lower.
func median(list []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[(len(sorted)-1)/2]
}

// contender is one program on one task.
type contender struct {
	name   string // of the program, with version
	task   string // contenders of the same task are compared
	peer   bool   // somebody else's program
	skip   error  // why it cannot be measured; nil: it can
	before func() error
	cmd    func() *exec.Cmd
	after  func(stdout []byte) error // whether it did its work

	samples []sample
}

// once measures one run and checks its result. A contender that fails is not
// measured again.
func (c *contender) once() {
	if c.skip != nil {
		return
	}
	if c.before != nil {
		if c.skip = c.before(); c.skip != nil {
			return
		}
	}
	s, stdout, err := timed(c.cmd())
	if err == nil && c.after != nil {
		err = c.after(stdout)
	}
	if err != nil {
		c.skip, c.samples = err, nil
		return
	}
	c.samples = append(c.samples, s)
}

// summary of the samples: medians of the times, and the largest peak.
func (c *contender) summary() sample {
	var walls, cpus []time.Duration
	var peak int64
	for _, s := range c.samples {
		walls, cpus, peak = append(walls, s.wall), append(cpus, s.cpu), max(peak, s.peak)
	}
	return sample{wall: median(walls), cpu: median(cpus), peak: peak}
}

// rounds runs all contenders one after the other, again and again, so that what
// else the machine does meets all of them alike. It stops before a round that
// would end after the limit, but never before the first, and tells how many
// there were.
func rounds(list []*contender, runs int, limit time.Duration, started time.Time) int {
	for n := range runs {
		begin := time.Now()
		if n > 0 {
			// The next round will take about as long as the last.
			last := time.Duration(0)
			for _, c := range list {
				if len(c.samples) > 0 {
					last += c.samples[len(c.samples)-1].wall
				}
			}
			if begin.Add(last).After(started.Add(limit)) {
				return n
			}
		}
		for _, c := range list {
			c.once()
		}
	}
	return runs
}

// missing tells which program of a list is not installed.
func missing(programs ...string) error {
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			return fmt.Errorf("%s is not installed", p)
		}
	}
	return nil
}

// fileExists is an error if a program did not write what it should have.
func fileExists(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.Size() == 0 {
		err = errors.New(path + " is empty")
	}
	return err
}
