package build

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// asNobody runs a function on a thread that may not write where root may: tests
// often run as root, for whom no folder is read-only.
func asNobody(t *testing.T, run func()) {
	t.Helper()
	const nobody = 65534
	if os.Geteuid() != 0 {
		run()
		return
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		// Never unlocked: the thread ends with the goroutine.
		runtime.LockOSThread()
		if _, _, errno := unix.RawSyscall(unix.SYS_SETFSUID, nobody, 0, 0); errno != 0 {
			return
		}
		run()
	}()
	<-done
}

func TestReadOnlyOut(t *testing.T) {
	c := check(t, smallDataset)
	base := t.TempDir()
	for dir := base; dir != filepath.Dir(os.TempDir()) && dir != "/"; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o005 == 0 {
			must(t, os.Chmod(dir, 0o755))
		}
	}
	out := filepath.Join(base, "dist")
	must(t, os.Mkdir(out, 0o555))
	defer os.Chmod(out, 0o755)
	for path, says := range map[string]string{out: out, filepath.Join(out, "new"): filepath.Join(out, "new")} {
		asNobody(t, func() {
			_, _, err := Build(t.Context(), c, Options{Out: path})
			if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), says) {
				t.Errorf("%s: error %v", path, err)
			}
		})
	}
	expectNames(t, out)
}
