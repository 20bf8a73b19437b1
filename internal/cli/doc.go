// Package cli is stemma's command line: one file per command. It is the only
// package that knows cobra, the environment, signals, the clock and the terminal;
// what commands do is in the packages below it, all of which it may import.
//
// What scripts may rely on: the exit statuses (Exit…), that reports alone go to
// the standard output, and the form of the JSON report. What people read, the
// text reports, the log and the help, may be reworded; the scripts in testdata
// hold it word by word, so that it is never reworded by accident.
package cli
