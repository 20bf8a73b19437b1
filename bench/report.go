package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// report prints the figures as Markdown, so that they can be copied into
// docs/benchmarks.md as they are.
func (b *bench) report(out io.Writer, rounds int) {
	fmt.Fprintf(out, "%d claims in %d records, seed %d, median of %d; %s.\n\n", b.n, b.records, b.seed, rounds, machine())
	writeTable(out, figures(b.contenders, b.n))
	fmt.Fprintln(out)
	if lines := ratios(b.contenders); len(lines) > 0 {
		writeTable(out, append([][]string{{"stemma / peer", "task", "speed", "peak memory"}}, lines...))
		fmt.Fprintln(out)
	}
	for _, c := range b.contenders {
		if c.skip != nil {
			fmt.Fprintf(out, "Not measured: %s (%s): %v\n", c.name, c.task, c.skip)
		}
	}
}

// figures gives the table of what was measured. Claims are what all programs
// have in common; the few other records that stemma reads besides are not
// counted in its favour.
func figures(list []*contender, claims int) [][]string {
	rows := [][]string{{"program", "task", "claims/s", "wall s", "CPU s", "peak MiB"}}
	for _, c := range list {
		if c.skip != nil {
			continue
		}
		s := c.summary()
		rows = append(rows, []string{c.name, c.task, fmt.Sprintf("%.0f", float64(claims)/s.wall.Seconds()),
			fmt.Sprintf("%.2f", s.wall.Seconds()), fmt.Sprintf("%.2f", s.cpu.Seconds()), fmt.Sprintf("%.0f", float64(s.peak)/(1<<20))})
	}
	return rows
}

// ratios compares stemma with the peers of the same task: above 1 in speed is
// faster than the peer, above 1 in memory needs more.
func ratios(list []*contender) [][]string {
	var rows [][]string
	for _, own := range list {
		for _, peer := range list {
			if own.peer || !peer.peer || own.task != peer.task || own.skip != nil || peer.skip != nil {
				continue
			}
			a, b := own.summary(), peer.summary()
			rows = append(rows, []string{own.name + " / " + peer.name, own.task,
				fmt.Sprintf("%.2f", b.wall.Seconds()/a.wall.Seconds()), fmt.Sprintf("%.2f", float64(a.peak)/float64(b.peak))})
		}
	}
	return rows
}

// writeTable prints rows, the first of which is the heading, as a Markdown
// table with aligned columns; figures stand at the right.
func writeTable(out io.Writer, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for n, row := range rows {
		var line, rule strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			dashes := strings.Repeat("-", widths[i])
			if i < 2 {
				line.WriteString("| " + cell + pad + " ")
				rule.WriteString("| " + dashes + " ")
			} else {
				line.WriteString("| " + pad + cell + " ")
				rule.WriteString("| " + dashes[1:] + ": ")
			}
		}
		fmt.Fprintln(out, line.String()+"|")
		if n == 0 {
			fmt.Fprintln(out, rule.String()+"|")
		}
	}
}
