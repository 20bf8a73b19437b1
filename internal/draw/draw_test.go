package draw

import (
	"bytes"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func rats(texts ...string) []*big.Rat {
	var out []*big.Rat
	for _, s := range texts {
		out = append(out, rat(s))
	}
	return out
}

func plainNumber(r *big.Rat) string {
	if text := r.RatString(); len(text) < 12 {
		return text
	}
	return "many"
}

// printed gives lines as they are printed.
func printed(color bool, lines ...Line) string {
	var b bytes.Buffer
	p := NewPrinter(&b, color)
	p.Lines(0, lines...)
	if err := p.Flush(); err != nil {
		panic(err)
	}
	return b.String()
}

func TestScales(t *testing.T) {
	cases := []struct {
		name string
		axis Axis
		log  bool
	}{
		{"near zero", Axis{Values: rats("100", "900")}, false},
		{"far from zero", Axis{Values: rats("5400", "6600")}, false},
		{"one number", Axis{Values: rats("1")}, false},
		{"zero alone", Axis{Values: rats("0")}, false},
		{"negative", Axis{Values: rats("-3", "500")}, false},
		{"no end", Axis{Values: rats("1000", "1100"), OpenHigh: true, OpenLow: true}, false},
		{"fractions", Axis{Values: rats("1/3", "20/3")}, false},
		{"ratio of 50", Axis{Values: rats("1", "50")}, false},
		{"ratio above 50", Axis{Values: rats("1", "51")}, true},
		{"very large ratio", Axis{Values: rats("0", "1e-300", "1e300")}, true},
		{"beyond all doubles", Axis{Values: rats("1e400", "1e800")}, true},
		{"between neighbours", Axis{Values: rats("1e30", "1000000000000000000000000000001")}, false},
		{"days", Axis{Values: rats("20325", "20326"), Days: true}, false},
		{"one day", Axis{Values: rats("20325"), Days: true}, false},
		{"all years", Axis{Values: rats("-719528", "2932896"), Days: true}, false},
	}
	for _, c := range cases {
		for _, width := range []int{20, 40, 41, 77, 150} {
			a := c.axis
			a.Width, a.Label = width, plainNumber
			s := NewScale(a)
			labels, line := s.Header()
			if labels.Width() > width || line.Width() != width || len(s.ticks) == 0 || s.Log != c.log {
				t.Errorf("%s, %d columns: labels %d, line %d, %d ticks, log %v", c.name, width, labels.Width(), line.Width(), len(s.ticks), s.Log)
			}
			last := -1
			for _, v := range a.Values {
				column := s.column(v)
				if column < 0 || column >= width || column < last {
					t.Errorf("%s, %d columns: %s is in column %d, after %d", c.name, width, v, column, last)
				}
				last = column
			}
		}
	}
}

func TestHeader(t *testing.T) {
	cases := []struct {
		axis Axis
		want string
	}{
		{Axis{Values: rats("0", "1000"), Width: 41}, "" +
			"0      200     400     600     800   1000\n" +
			"┴───────┴───────┴───────┴───────┴───────┴\n"},
		{Axis{Values: rats("5400", "6600"), Width: 40}, "" +
			"     5500         6000         6500\n" +
			"───────┴────────────┴────────────┴──────\n"},
		{Axis{Values: rats("0", "20", "100000"), Width: 40}, "" +
			"0         100     1000      10000\n" +
			"┴┄┄────────┴────────┴─────────┴─────────\n"},
		{Axis{Values: rats("20325", "20326"), Days: true, Width: 40}, "" +
			"24 Aug    25 Aug       26 Aug     27 Aug\n" +
			"┴────────────┴────────────┴────────────┴\n"},
	}
	for _, c := range cases {
		c.axis.Label = plainNumber
		labels, line := NewScale(c.axis).Header()
		if diff := cmp.Diff(c.want, printed(false, labels, line)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestIntervals(t *testing.T) {
	s := NewScale(Axis{Values: rats("0", "100"), Width: 21, Label: plainNumber})
	pen := Pen{Line: "─", Closed: "●", Open: "○", Point: "◆", Middle: "✗"}
	plain := pen
	plain.Middle = ""
	cases := []struct {
		name string
		i    Interval
		pen  Pen
		want string
		clip bool
	}{
		{"closed", Interval{Low: rat("0"), High: rat("100")}, plain, "●───────────────────●", false},
		{"open", Interval{Low: rat("10"), High: rat("50"), LowOpen: true, HighOpen: true}, plain, "  ○───────○", false},
		{"no ends", Interval{}, pen, "◄─────────✗─────────►", false},
		{"point", Interval{Low: rat("50"), High: rat("50")}, plain, "          ◆", false},
		{"narrow", Interval{Low: rat("50"), High: rat("51")}, plain, "          ●", false},
		{"narrow, half open", Interval{Low: rat("50"), High: rat("51"), LowOpen: true}, plain, "          ●", false},
		{"narrow, open", Interval{Low: rat("50"), High: rat("51"), LowOpen: true, HighOpen: true}, plain, "          ○", false},
		{"no end, in the last column", Interval{Low: rat("100"), LowOpen: true}, plain, "                    ►", false},
		{"outside", Interval{Low: rat("-5"), High: rat("50")}, plain, "‹─────────●", true},
		{"all outside", Interval{Low: rat("200"), High: rat("200")}, plain, "                    ›", true},
	}
	for _, c := range cases {
		row := s.Row()
		clip := row.Draw(c.i, c.pen)
		if got := strings.TrimSuffix(printed(false, row.Line()), "\n"); got != c.want || clip != c.clip {
			t.Errorf("%s: %q, clipped %v; want %q, %v", c.name, got, clip, c.want, c.clip)
		}
	}
	row := s.Row()
	row.Fill(Interval{Low: rat("25")}, "▒", Green)
	if got := printed(false, row.Line()); got != "     ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒\n" {
		t.Errorf("filled: %q", got)
	}
}

func TestWrap(t *testing.T) {
	cases := []struct {
		text  string
		width int
		want  []string
	}{
		{"", 5, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 8, []string{"one two", "three"}},
		{"a verylongword b", 6, []string{"a", "verylo", "ngword", "b"}},
		{"联合国安全理事会", 5, []string{"联合", "国安", "全理", "事会"}},
		{"سازمان ملل متحد", 11, []string{"سازمان ملل", "متحد"}},
		{"e\u0301te\u0301 ici", 3, []string{"e\u0301te\u0301", "ici"}},
		{"a\x1b[31mb", 4, []string{"a", `\u{1b}`, "[31m", "b"}},
	}
	for _, c := range cases {
		var got []string
		for _, l := range Text(Plain, c.text).Wrap(c.width) {
			got = append(got, strings.TrimSuffix(printed(false, l), "\n"))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q in %d columns (-want +got):\n%s", c.text, c.width, diff)
		}
	}
}

func TestCut(t *testing.T) {
	for text, want := range map[string]string{"short": "short", "longer than six": "longe…", "联合国安": "联合…", "": ""} {
		got := Text(Plain, text).Cut(6)
		if s := strings.TrimSuffix(printed(false, got), "\n"); s != want || got.Width() > 6 {
			t.Errorf("%q is cut to %q, %d columns", text, s, got.Width())
		}
	}
}

func TestColor(t *testing.T) {
	l := Text(Plain, "a ")
	l.Add(Red, "b").Add(Plain, "c").Add(Green, "d ")
	if got, want := printed(true, l), "a \x1b[1;31mb\x1b[0mc\x1b[32md\x1b[0m\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := printed(false, l), "a bcd\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
