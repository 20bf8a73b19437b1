// Package cli is stemma's command line: one file per command. It is the only
// package that knows cobra, the environment, the clock and the terminal; what
// commands do is in the packages below it, all of which it may import.
package cli
