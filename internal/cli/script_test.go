package cli_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"stemma/internal/cli"
	_ "stemma/internal/golden" // for the flag -update
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"stemma": func() { os.Exit(cli.Main("0123456789ab")) },
		"duckdb": func() { os.Exit(playDuckDB(os.Args[1:])) },
	})
}

// playDuckDB takes the place of DuckDB's program, which interop/standards runs. It
// keeps what it is told beside its database, and goes wrong as $PLAY says.
func playDuckDB(args []string) int {
	const head = "checksumDUCK"
	statements, err := io.ReadAll(os.Stdin)
	if err != nil || len(args) != 5 || args[0] != "-init" || args[1] != os.DevNull || args[2] != "-batch" || args[3] != "-bail" {
		fmt.Fprintf(os.Stderr, "unknown arguments: %q, %v\n", args, err)
		return 2
	}
	database, play := args[4], os.Getenv("PLAY")
	// The place says what it was, without what is new each time.
	files, err := filepath.Glob("tables/*.parquet")
	told := fmt.Sprintf("%s, where there are %d tables\n%s", filepath.Base(database), len(files), statements)
	err = errors.Join(err, os.WriteFile(os.Getenv("TOLD"), []byte(told), 0o666))
	switch play {
	case "failing":
		err = errors.Join(errors.New("Out of Memory Error: \x1b[31mall\nis gone"), err, os.WriteFile(database, []byte(head), 0o666))
	case "nothing":
	case "junk":
		err = errors.Join(err, os.WriteFile(database, []byte("this is no database"), 0o666))
	case "unclosed":
		err = errors.Join(err, os.WriteFile(database+".wal", nil, 0o666))
		fallthrough
	default:
		err = errors.Join(err, os.WriteFile(database, []byte(head), 0o600))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestScripts runs the scripts in testdata/script. Each finds the dataset of
// testdata/dataset in the folder library, and that of testdata/claims, which is of
// stemma's own model, in the folder claims, except for the files that it brings
// itself. The folder keys holds the test keys of internal/dsse, and RELEASES is the
// folder of the repository's own releases. Beside the usual
// commands there are
//
//	status N command...   run a command that must end with exit status N
//	normalise FILE        cut times and the addresses of temporary folders out of a file
//	pty FILE command...   run a command in a terminal, and keep what it shows in FILE
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       flag.Lookup("update").Value.String() == "true",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			releases, err := filepath.Abs(filepath.Join("..", "..", "dist"))
			env.Setenv("RELEASES", releases)
			return errors.Join(err, copyDataset(filepath.Join(env.WorkDir, "library")), copyClaims(filepath.Join(env.WorkDir, "claims")),
				copyFolder(filepath.Join("..", "dsse", "testdata"), filepath.Join(env.WorkDir, "keys")))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "normalise": normalise, "pty": pty,
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "superuser": // may write anywhere
				return os.Geteuid() == 0, nil
			case "devfull":
				_, err := os.Stat("/dev/full")
				return err == nil, nil
			case "terminal":
				return hasScript(), nil
			}
			return false, errors.New("no such condition")
		},
	})
}

func copyDataset(to string) error { return copyFolder(filepath.Join("testdata", "dataset"), to) }

// copyClaims brings together the records of testdata/claims and the schemas and
// policy of the repository.
func copyClaims(to string) error {
	root := filepath.Join("..", "..")
	if err := errors.Join(copyFolder(filepath.Join("testdata", "claims"), to), os.MkdirAll(filepath.Join(to, "schema"), 0o777)); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(root, "schema", "*.schema.json"))
	if err != nil {
		return err
	}
	for _, file := range append(files, filepath.Join(root, "policy.json")) {
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		if err := copyFile(file, filepath.Join(to, rel)); err != nil {
			return err
		}
	}
	return nil
}

func copyFolder(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o777)
		}
		return copyFile(path, target)
	})
}

func copyFile(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return nil // the script brings its own
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o666)
}

func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// normalise makes a file of the script comparable: the script's own folder
// becomes $WORK.
func normalise(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: normalise FILE")
	}
	text := strings.ReplaceAll(ts.ReadFile(args[0]), ts.Getenv("WORK"), "$WORK")
	name := args[0]
	if name == "stdout" || name == "stderr" {
		name += ".txt"
	}
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o666))
}

func hasScript() bool {
	path, err := exec.LookPath("script")
	if err != nil {
		return false
	}
	return exec.CommandContext(context.Background(), path, "-qec", "true", os.DevNull).Run() == nil
}

// pty runs a command in a pseudo terminal. What it shows is neither stdout nor
// stderr, but both.
func pty(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: pty FILE command...")
	}
	if err := ts.Exec("script", "-qec", strings.Join(args[1:], " "), os.DevNull); err != nil {
		ts.Logf("%v", err) // the status is that of the command
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(ts.ReadFile("stdout"), "\r\n", "\n")), 0o666))
}
