package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/strictjson"
)

// Limits of what is read of a revision, those of the sources of a release.
const (
	maxRevisionFiles = 5_000_000
	maxRevisionBytes = 16 << 30
)

// revision opens the dataset as it is in a revision of the repository in which
// the dataset lies. Only git's objects are read: neither the index nor the
// working tree, no attributes, filters or hooks.
func (a *App) revision(ctx context.Context, name string) (snap *dataset.Snapshot, list diag.List, err error) {
	if strings.HasPrefix(name, "-") || !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return nil, nil, usagef("%q can be neither a folder nor a revision", name)
	}
	root, err := a.findRoot()
	if err != nil {
		return nil, nil, err
	}
	g := &git{ctx: ctx, dir: root}
	if _, err := exec.LookPath("git"); err != nil {
		return nil, nil, usagef("%s is no folder, and revisions cannot be read: there is no git on the PATH", name)
	}
	prefix, err := g.output("rev-parse", "--show-prefix")
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if err != nil {
		return nil, nil, usagef("%s is no folder, and revisions cannot be read: %w", name, err)
	}
	commit, err := g.output("rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil {
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		return nil, nil, usagef("%s is neither a folder nor a revision that git knows here", name)
	}
	private, err := os.MkdirTemp("", "stemma-revision-")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(private)) }()
	if err := g.extract(strings.TrimSpace(commit), strings.TrimSuffix(prefix, "\n"), private); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err() // git was stopped, whatever that looked like
		}
		return nil, nil, fmt.Errorf("reading the revision %s: %w", name, err)
	}
	if !exists(private, dataset.ConfigName) {
		return nil, nil, usagef("the revision %s has no %s where the dataset is now", name, dataset.ConfigName)
	}
	return dataset.Open(ctx, private)
}

// git runs git in a folder, without the network, prompts or replaced objects.
type git struct {
	ctx context.Context
	dir string
}

func (g *git) command(args ...string) *exec.Cmd {
	c := exec.CommandContext(g.ctx, "git", append([]string{"--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false"}, args...)...)
	c.Dir = g.dir
	c.Env = append(os.Environ(), "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	return c
}

// output runs a command; what it complains of is the error.
func (g *git) output(args ...string) (string, error) {
	var stderr bytes.Buffer
	c := g.command(args...)
	c.Stderr = &stderr
	out, err := c.Output()
	if message, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n"); err != nil && message != "" {
		err = errors.New(strings.TrimPrefix(message, "fatal: "))
	}
	return string(out), err
}

// blob is a file of a revision.
type blob struct {
	name string // below the dataset's folder
	hash string
	link bool
}

// extract writes the files of the dataset into a private folder.
func (g *git) extract(commit, prefix, into string) error {
	blobs, err := g.files(commit, prefix)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(into)
	if err != nil {
		return err
	}
	defer root.Close()
	if blobs, err = g.ofDataset(blobs, root); err != nil {
		return err
	}
	return g.write(blobs, root)
}

// files lists the files below the dataset's folder.
func (g *git) files(commit, prefix string) (out []blob, err error) {
	text, err := g.output("ls-tree", "-r", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	for entry := range strings.SplitSeq(strings.TrimSuffix(text, "\x00"), "\x00") {
		about, name, _ := strings.Cut(entry, "\t")
		name, below := strings.CutPrefix(name, prefix)
		words := strings.Fields(about)
		if !below || len(words) != 3 || words[1] != "blob" {
			continue
		}
		if !fs.ValidPath(name) || !filepath.IsLocal(filepath.FromSlash(name)) {
			return nil, fmt.Errorf("%q is not a plain path", name)
		}
		if out = append(out, blob{name, words[2], words[0] == "120000"}); len(out) > maxRevisionFiles {
			return nil, fmt.Errorf("there are more than %d files", maxRevisionFiles)
		}
	}
	return out, nil
}

// ofDataset chooses the files that dataset.json names: a repository may hold
// much that is none of them, such as releases. It writes dataset.json.
func (g *git) ofDataset(blobs []blob, root *os.Root) (out []blob, err error) {
	folders := []string{dataset.ApprovalsName, dataset.NotesFolder}
	for _, b := range blobs {
		if b.name != dataset.ConfigName {
			continue
		}
		if err := g.write([]blob{b}, root); err != nil || b.link {
			return nil, err
		}
		data, err := root.ReadFile(b.name)
		if err != nil {
			return nil, err
		}
		config, _ := strictjson.Parse(data) // what is wrong with it is found when the dataset is opened
		folders = append(folders, config.Get("policy").Str(), config.Get("schema_folder").Str())
		if config.Get("schema_folder").Str() == "" {
			folders = append(folders, "schema")
		}
		if kinds := config.Get("kinds"); kinds != nil {
			for i := range kinds.Elems {
				folders = append(folders, kinds.Elems[i].Get("folder").Str())
			}
		}
	}
	for _, b := range blobs {
		for _, folder := range folders {
			if folder != "" && b.name != dataset.ConfigName && within(b.name, path.Clean(folder)) {
				out = append(out, b)
				break
			}
		}
	}
	return out, nil
}

// write asks git for the contents of files, and writes them. Links are written
// as links: whoever opens the dataset reports them and does not follow them.
func (g *git) write(blobs []blob, root *os.Root) (err error) {
	c := g.command("cat-file", "--batch")
	var ask strings.Builder
	for _, b := range blobs {
		ask.WriteString(b.hash + "\n")
	}
	c.Stdin = strings.NewReader(ask.String())
	pipe, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	defer func() {
		pipe.Close() // lets git end if the reading ended early
		if ended := c.Wait(); err == nil {
			err = ended
		}
	}()
	answers := bufio.NewReader(pipe)
	total := int64(0)
	for _, b := range blobs {
		header, err := answers.ReadString('\n')
		if err != nil {
			return err
		}
		words := strings.Fields(header)
		if len(words) != 3 || words[1] != "blob" {
			return fmt.Errorf("git has no content for %q", b.name)
		}
		size, err := strconv.ParseInt(words[2], 10, 64)
		if err != nil {
			return err
		}
		if total += size; total > maxRevisionBytes {
			return fmt.Errorf("the files have more than %d bytes", int64(maxRevisionBytes))
		}
		if err := writeBlob(root, b, io.LimitReader(answers, size)); err != nil {
			return err
		}
		if _, err := answers.Discard(1); err != nil {
			return err
		}
	}
	return nil
}

func writeBlob(root *os.Root, b blob, content io.Reader) error {
	if err := root.MkdirAll(path.Dir(b.name), 0o700); err != nil {
		return err
	}
	if b.link {
		target, err := io.ReadAll(content)
		if err != nil {
			return err
		}
		return root.Symlink(string(target), b.name)
	}
	f, err := root.OpenFile(b.name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Close())
}
