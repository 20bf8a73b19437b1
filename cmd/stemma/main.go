// Command stemma turns records of who says what into releases that can be
// trusted. This file only passes the exit status on; everything else is in
// internal/cli.
package main

import (
	"os"

	"stemma/internal/cli"
)

// commit is the source's commit, set by the linker where it is known.
var commit string

func main() { os.Exit(cli.Main(commit)) }
