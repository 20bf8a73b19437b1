package page

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"stemma/disagreement"
	"stemma/internal/edtf"
	"stemma/internal/model"
	"stemma/internal/wording"
)

func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return r
}

func labels(a *axis) string {
	var out []string
	for _, tick := range a.Ticks {
		out = append(out, tick.Label)
	}
	return strings.Join(out, " ")
}

func TestAxis(t *testing.T) {
	day := func(text string) *big.Rat {
		d, err := edtf.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		first, _ := d.Earliest()
		return wording.Days(first)
	}
	for name, test := range map[string]struct {
		values    []*big.Rat
		open      bool
		isDays    bool
		ticks     string
		log       bool
		at, place string
	}{
		"linear":        {values: []*big.Rat{rat("5400"), rat("6600")}, ticks: "5,400 5,600 5,800 6,000 6,200 6,400 6,600", at: "6000", place: "50"},
		"from zero":     {values: []*big.Rat{rat("20"), rat("100")}, ticks: "0 20 40 60 80 100", at: "0", place: "0"},
		"one number":    {values: []*big.Rat{rat("50")}, ticks: "40 45 50 55 60", at: "50", place: "50"},
		"fractions":     {values: []*big.Rat{rat("32.4"), rat("44")}, ticks: "32 34 36 38 40 42 44", at: "38", place: "50"},
		"no end":        {values: []*big.Rat{rat("100"), rat("200")}, open: true, ticks: "100 120 140 160 180 200 220", at: "1e9", place: "100"},
		"below zero":    {values: []*big.Rat{rat("-4"), rat("4")}, ticks: "-4 -2 0 2 4", at: "0", place: "50"},
		"logarithmic":   {values: []*big.Rat{rat("3"), rat("9999")}, log: true, ticks: "10 100 1,000 10,000", at: "2", place: "0"},
		"log with zero": {values: []*big.Rat{rat("0"), rat("10"), rat("1000")}, log: true, ticks: "0 10 20 50 100 200 500 1,000", at: "0", place: "0"},
		"days":          {values: []*big.Rat{day("2025-08-25"), day("2025-08-29")}, isDays: true, ticks: "24 Aug 2025 26 Aug 28 Aug 30 Aug", at: "20325", place: "16.7"},
		"years":         {values: []*big.Rat{day("1990-01-01"), day("2020-12-31")}, isDays: true, ticks: "1990 1995 2000 2005 2010 2015 2020", at: "-99999", place: "0"},
	} {
		a := newAxis(extent{values: test.values, openHigh: test.open, days: test.isDays})
		if got := labels(a); got != test.ticks || a.Log != test.log {
			t.Errorf("%s: ticks %q, log %v", name, got, a.Log)
		}
		if got := a.at(rat(test.at)).String(); got != test.place {
			t.Errorf("%s: %s is at %s %%, want %s", name, test.at, got, test.place)
		}
	}
	if newAxis(extent{}) != nil {
		t.Error("an axis of nothing")
	}
}

// Places keep the order of numbers and stay inside, whatever the scale.
func TestPlacesAreMonotonic(t *testing.T) {
	for _, values := range [][]string{{"0", "1e-300", "1e300"}, {"1", "49"}, {"-1e30", "5"}, {"0.001", "7", "123456789012345678901234567890"}, {"1/3", "1e400"}} {
		e := extent{}
		for _, v := range values {
			e.values = append(e.values, rat(v))
		}
		a := newAxis(e)
		last := place(0)
		for _, text := range []string{"-1e31", "-1", "0", "1e-301", "1e-9", "0.5", "1", "2", "48", "1e5", "1e29", "1e299", "1e401"} {
			p := a.at(rat(text))
			if p < last || p > wide {
				t.Errorf("%v: %s is at %s, behind a smaller number", values, text, p)
			}
			last = p
		}
		if len(a.Ticks) < 2 {
			t.Errorf("%v: ticks %q", values, labels(a))
		}
	}
}

func TestLogarithm(t *testing.T) {
	for _, x := range []float64{1e-12, 0.3, 1, 1.5, 2, 3, 10, 12345.678, 1e15} {
		r := new(big.Rat).SetFloat64(x)
		got, _ := new(big.Rat).SetFrac(log2(r), big.NewInt(1<<logBits)).Float64()
		if math.Abs(got-math.Log2(x)) > 1e-6 {
			t.Errorf("log2 of %g is %g", x, got)
		}
	}
	for text, want := range map[string]string{"7": "10 5", "10": "10 10", "0.03": "1/20 1/50", "2": "2 2", "999": "1000 500", "1e-7": "1/10000000 1/10000000"} {
		if got := roundUp(rat(text)).RatString() + " " + roundDown(rat(text)).RatString(); got != want {
			t.Errorf("%s lies between %s, want %s", text, got, want)
		}
	}
}

func TestMarks(t *testing.T) {
	a := newAxis(extent{values: []*big.Rat{rat("0"), rat("100")}})
	bound := func(text string, inclusive bool) disagreement.Bound {
		if text == "" {
			return disagreement.Bound{}
		}
		return disagreement.Bound{Value: rat(text), Inclusive: inclusive}
	}
	for name, test := range map[string]struct {
		s     wording.Stretch
		class string
		want  string // low, middle, high
	}{
		"closed and open": {wording.Stretch{Low: bound("10", true), High: bound("60", false)}, classSays, "c  o"},
		"point":           {wording.Stretch{Low: bound("10", true), High: bound("10", true)}, classSays, " p "},
		"no upper end":    {wording.Stretch{Low: bound("10", false), High: bound("", false)}, classSays, "o  r"},
		"no lower end":    {wording.Stretch{Low: bound("", false), High: bound("10", true)}, classSays, "l  c"},
		"nothing known":   {wording.Stretch{}, classSays, "l  r"},
		"denied":          {wording.Stretch{Low: bound("10", true), High: bound("60", true)}, classDenies, " x "},
		"denied openly":   {wording.Stretch{Low: bound("10", true), High: bound("", false)}, classDenies, " x r"},
		"outside":         {wording.Stretch{Low: bound("50", true), High: bound("1000", true)}, classSays, "c  r"},
		"at the edge":     {wording.Stretch{Low: bound("2000", true), High: bound("", false)}, classSays, " r "},
	} {
		m := a.draw(test.s, test.class)
		if got := m.Low + " " + m.Middle + " " + m.High; got != test.want || m.From > m.To || m.To > wide {
			t.Errorf("%s: %q from %s to %s", name, got, m.From, m.To)
		}
	}
}

func TestSmallWords(t *testing.T) {
	for got, want := range map[string]string{
		percent("0.1") + percent("0.05") + percent("0.125") + percent("2"):   "10 %5 %12.5 %2",
		fitting("漢字漢字漢字", 7):                                                 "漢字漢…",
		webHost("https://www.example.org/a"):                                 "example.org",
		webHost("javascript:alert(1)") + webHost("https://a:b@example.org/"): "",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAnchorsAndAddresses(t *testing.T) {
	for _, id := range []string{"clm-a", "q-0123456789abcdef", "evt-a-b-1", ""} {
		if anchor(id) != id {
			t.Errorf("%q becomes %q", id, anchor(id))
		}
	}
	seen := map[string]bool{}
	for _, id := range []string{"f-text", "questions", "clm-", "clm-A", "clm-a--0", "clm-a b", `clm-"`, "clm-\u202e", "x-0", "__proto__"} {
		if a := anchor(id); !strings.HasPrefix(a, "x-") || len(a) != 18 || seen[a] {
			t.Errorf("%q becomes %q", id, a)
		}
		seen[anchor(id)] = true
	}
	for address, good := range map[string]bool{"https://example.org/a?b=c#d": true, "http://example.org": true, "HTTPS://example.org": true, "https://": false, "javascript:alert(1)": false,
		" https://example.org": false, "//example.org": false, "https://a:b@example.org": false, "ftp://example.org": false, "data:text/html,x": false, "": false, "https://exa mple.org": false, "java\nscript:x": false} {
		if got := webLink(address); (got != "") != good {
			t.Errorf("%q gives the link %q", address, got)
		}
	}
	for path, good := range map[string]bool{"tables/claims.parquet": true, "README.md": true, "../x": false, "/x": false, "javascript:x": false, `a\b`: false, "": false} {
		if got := localLink(path); (got != "") != good {
			t.Errorf("%q gives the link %q", path, got)
		}
	}
}

// However the bytes are cut, the same comes out.
func TestVisible(t *testing.T) {
	const text, want = "a\u202eb\u200fc é 漢 \xff\x00\n\t\u2028 end\xe6\xbc", "a\uFFFDb\u200fc é 漢 \uFFFD\uFFFD\n\t\uFFFD end\uFFFD"
	for size := 1; size <= len(text); size++ {
		var b strings.Builder
		v := &visible{w: &b}
		for from := 0; from < len(text); from += size {
			if n, err := v.Write([]byte(text[from:min(from+size, len(text))])); err != nil || n == 0 {
				t.Fatal(n, err)
			}
		}
		if err := v.flush(); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("in pieces of %d: %q", size, b.String())
		}
	}
}

func TestTree(t *testing.T) {
	with, without := checkTrees(t, small(t), func(e *edge) bool { return e.Class == model.Judged }, func(n *node) bool { return strings.HasPrefix(n.Class, "root") == (n.id != "src-2") })
	if with == 0 || without == 0 {
		t.Errorf("%d questions with a tree, %d without", with, without)
	}
	lists(t, small(t))
	lists(t, large(t, 500))
	anyEdge, anyNode := func(*edge) bool { return true }, func(*node) bool { return true }
	if with, _ := checkTrees(t, load(t, own), anyEdge, anyNode); with == 0 {
		t.Error("no tree in this repository")
	}
}

// lists makes sure that a tree as a list has every document and every link.
func lists(t *testing.T, in Input) {
	t.Helper()
	b := newBook(&in)
	claims := in.Result.Claims
	for i := range in.Result.Questions {
		n := in.Result.Questions[i].Claims
		tree := newTree(newQuestion(b, &in.Result.Questions[i], claims[:n]))
		claims = claims[n:]
		if tree == nil {
			continue
		}
		documents := len(tree.Nodes)
		tree.list(b)
		seen, links := map[string]bool{}, 0
		var walk func([]*branch)
		walk = func(list []*branch) {
			for _, x := range list {
				seen[x.Link.Anchor] = true
				links += min(len(x.Label), 1) + strings.Count(x.Also, " from ") + strings.Count(x.Also, "relies on ")
				walk(x.Branches)
			}
		}
		walk(tree.Branches)
		if len(seen) != documents || links != len(tree.Edges) || tree.Nodes != nil {
			t.Errorf("%s: %d of %d documents, %d of %d links", in.Result.Questions[i].ID, len(seen), documents, links, len(tree.Edges))
		}
	}
}

// A circle, which validate lets nobody make, ends.
func TestTreeOfACircle(t *testing.T) {
	in := disagreement.Input{Policy: fixedPolicy(t)}
	for _, x := range [][2]string{{"src-1", "src-2"}, {"src-2", "src-1"}} {
		record(t, &in, model.KindSource, object{"id": x[0], "lineage": []object{{"source": x[1], "relation": "was_derived_from", "basis": "judged"}}})
	}
	record(t, &in, model.KindMeasure, object{"id": "msr-y", "name": "Presence", "value_type": "boolean"})
	record(t, &in, model.KindClaim, object{"id": "clm-1", "source": "src-1", "attribution": "editorial", "question": object{"measure": "msr-y"}, "value": object{"type": "boolean", "boolean": true}})
	all := input(t, in, Dataset{Name: "circle"})
	for _, atOnce := range []int{0, mostAtOnce} {
		var page strings.Builder
		if err := write(&page, all, atOnce); err != nil || strings.Count(page.String(), `href="#src-2"`) < 2 {
			t.Errorf("error %v", err)
		}
	}
}

// checkTrees makes sure that trees lead from left to right, inside their drawing.
func checkTrees(t *testing.T, in Input, edgeHolds func(*edge) bool, nodeHolds func(*node) bool) (with, without int) {
	t.Helper()
	b := newBook(&in)
	for i := range in.Result.Questions {
		q := &in.Result.Questions[i]
		var claims []disagreement.QuestionClaim
		for _, c := range in.Result.Claims {
			if c.QuestionID == q.ID {
				claims = append(claims, c)
			}
		}
		tree := newTree(newQuestion(b, q, claims))
		if tree == nil {
			without++
			continue
		}
		with++
		for _, e := range tree.Edges {
			if e.from.layer >= e.to.layer || e.X1 >= e.X2 || !edgeHolds(e) {
				t.Errorf("%s: %+v", q.ID, e)
			}
		}
		ends := map[[2]int]bool{}
		for _, e := range tree.Edges {
			if end := [2]int{e.X2, e.Y2}; ends[end] || e.Y2 < e.to.Y || e.Y2 > e.to.Y+e.to.Height {
				t.Errorf("%s: a link ends at %v, where another does, or beside its document", q.ID, end)
			} else {
				ends[end] = true
			}
		}
		for _, n := range tree.Nodes {
			if !nodeHolds(n) {
				t.Errorf("the class of %s is %q", n.id, n.Class)
			}
			if n.X < 0 || n.Y < 0 || n.X+n.width > tree.Width || n.Y+n.Height > tree.Height {
				t.Errorf("%s lies outside: %+v", n.id, n)
			}
		}
	}
	return with, without
}
