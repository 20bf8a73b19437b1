// Command stemma turns records of who says what into releases that can be
// trusted. This file wires arguments, streams, signals and the exit status
// together; everything else is in internal/cli.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"stemma/internal/cli"
)

// commit is the source's commit, set by the linker where it is known.
var commit string

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := cli.Main(ctx, commit)
	stop()
	os.Exit(status)
}
