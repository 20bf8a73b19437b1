package disagreement

import (
	"crypto/sha256"
	"fmt"
	"testing"
)

func hashed(canonical string) string {
	return fmt.Sprintf("q-%x", sha256.Sum256([]byte(canonical)))[:len("q-")+16]
}

// The canonical JSON is spelled out here, and hashed without the engine.
func TestQuestionIDs(t *testing.T) {
	for _, tt := range []struct{ lines, canonical, golden string }{
		{"msr-n P1Y\nsrc-a\nclm-1 src-a act-a 5",
			`{"event":null,"measure":"msr-n","modality":"actual","object":null,"period":"2025","place":null,"population":null,"subject":null}`,
			"q-182d8fca005fff6b"},
		{"msr-n\nsrc-a\nclm-1 src-a act-a 5 planned sub=act-s obj=act-o plc=plc-p evt=evt-e pop=fighters",
			`{"event":"evt-e","measure":"msr-n","modality":"planned","object":"act-o","period":null,"place":"plc-p","population":"fighters","subject":"act-s"}`,
			"q-b0acebd1a15663ca"},
		{"msr-n P6M\nsrc-a\nclm-1 src-a act-a 5 asof=2025-08",
			`{"event":null,"measure":"msr-n","modality":"actual","object":null,"period":"2025-07/2025-12","place":null,"population":null,"subject":null}`,
			"q-bb81a3398fef5332"},
		{"msr-n P1D\nsrc-a\nclm-1 src-a act-a 5 asof=2025-08/.. pop=\u20ac\"",
			`{"event":null,"measure":"msr-n","modality":"actual","object":null,"period":"undated","place":null,"population":"€\"","subject":null}`,
			"q-e1a583ba015d07cd"},
	} {
		r := compute(t, dataset(tt.lines))
		got := r.Questions[0].ID
		if want := hashed(tt.canonical); got != want {
			t.Errorf("%s: %s, want %s", tt.canonical, got, want)
		}
		if got != tt.golden {
			t.Errorf("%s: %s, but it was %s: ids never change", tt.canonical, got, tt.golden)
		}
		if r.QuestionOf["clm-1"] != got || r.Claims[0].QuestionID != got {
			t.Errorf("the claim is put to %s and %s, want %s", r.QuestionOf["clm-1"], r.Claims[0].QuestionID, got)
		}
	}
}

func TestPeriods(t *testing.T) {
	for _, tt := range []struct{ period, asOf, want string }{
		{"P1D", "2025-08-20", "2025-08-20"},
		{"P1D", "2024-02-29", "2024-02-29"},
		{"P1D", "2024-02", "2024-02-29"}, // the latest day
		{"P1D", "2100-02", "2100-02-28"},
		{"P1D", "2000-02", "2000-02-29"},
		{"P1D", "2025", "2025-12-31"},
		{"P1D", "0007-03-04", "0007-03-04"},
		{"P1M", "2024-02-29", "2024-02"},
		{"P1M", "2025-01/2025-03", "2025-03"},
		{"P1M", "202X", "2029-12"},
		{"P6M", "2025-06-30", "2025-01/2025-06"},
		{"P6M", "2025-07-01", "2025-07/2025-12"},
		{"P6M", "2025-01", "2025-01/2025-06"},
		{"P6M", "2025-12-31", "2025-07/2025-12"},
		{"P1Y", "2025-01-01", "2025"},
		{"P1Y", "2024/2026-01", "2026"},
		{"P1Y", "../2025-08", "2025"},
		{"P1Y", "[2025-08-20,2023]", "2025"},
		{"P1Y", "2025-XX-15", "2025"},
		{"P1Y", "0999", "0999"},
		{"P1Y", "2025?", "2025"},
		{"P1Y", "2025/..", Undated},
		{"P1D", "[2025..]", Undated},
		{"", "2025", ""},
		{"", "2025/..", ""},
	} {
		r := compute(t, dataset("msr-n "+tt.period, "src-a", "clm-1 src-a act-a 5 asof="+tt.asOf))
		if got := r.Questions[0].Period; got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.period, tt.asOf, got, tt.want)
		}
	}
}

// The first of as_of, said_on and a publication counts, even if it is open; a
// copy does not make a statement younger.
func TestEffectiveAsOf(t *testing.T) {
	for _, tt := range []struct{ name, sources, words, period, from, span string }{
		{"as_of", "src-a", "asof=2021 said=2022", "2021", "as_of", "2021-01-01..2021-12-31"},
		{"open as_of", "src-a", "asof=2021/.. said=2022", Undated, "as_of", "2021-01-01..-"},
		{"said_on", "src-a on=2024", "said=2022-05", "2022", "said_on", "2022-05-01..2022-05-31"},
		{"published", "src-a on=2024-03-04", "", "2024", "published", "2024-03-04..2024-03-04"},
		{"of the root", "src-a on=2024 of=src-b\nsrc-b of=src-c:quoted on=2023\nsrc-c on=2020", "", "2020", "published", "2020-01-01..2020-12-31"},
		{"of the root, judged", "src-a on=2024 of=src-b:judged\nsrc-b on=2023", "", "2023", "published", "2023-01-01..2023-12-31"},
		{"of the root of via", "src-a on=2024 of=src-b\nsrc-b on=2023\nsrc-c on=2019", "via=src-c", "2019", "published", "2019-01-01..2019-12-31"},
		{"a primary source is no root", "src-a on=2024 of=src-b:primary\nsrc-b on=2023", "via=src-b:primary", "2024", "published", "2024-01-01..2024-12-31"},
		{"the root has no date", "src-a on=2024 of=src-b\nsrc-b on=none", "", "2024", "published", "2024-01-01..2024-12-31"},
		{"an unknown root", "src-a on=2024 of=src-zz", "", "2024", "published", "2024-01-01..2024-12-31"},
		{"two roots", "src-a on=2024 of=src-b of=src-c\nsrc-b on=2023\nsrc-c on=2022", "", "2024", "published", "2024-01-01..2024-12-31"},
		{"the root is open", "src-a on=2024 of=src-b\nsrc-b on=2023/..", "", Undated, "published", "2023-01-01..-"},
		{"nothing", "src-a on=none", "", Undated, "", "-..-"},
		{"an unknown source", "", "", Undated, "", "-..-"},
	} {
		r := compute(t, dataset("msr-n P1Y", tt.sources, "clm-1 src-a act-a 5 "+tt.words))
		c := r.claim(t, "clm-1", "")
		cells := map[string]string{}
		for _, cell := range c.Row("") {
			cells[cell.Name] = show(cell.Value)
		}
		got := fmt.Sprint(r.Questions[0].Period, " ", c.AsOfFrom, " ", cells["as_of_earliest"], "..", cells["as_of_latest"])
		if want := fmt.Sprint(tt.period, " ", tt.from, " ", tt.span); got != want {
			t.Errorf("%s: %s, want %s", tt.name, got, want)
		}
		inferred := 0
		if tt.from == "said_on" || tt.from == "published" {
			inferred = 1
		}
		if n := r.Questions[0].AsOfDerived; n != inferred {
			t.Errorf("%s: n_asof_inferred is %d, want %d", tt.name, n, inferred)
		}
	}
}

// Claims without a finite latest day cannot be compared, unless the measure has
// no period.
func TestUndated(t *testing.T) {
	lines := "src-a on=none\nsrc-b on=none\nclm-1 src-a act-a 5\nclm-2 src-b act-b 5"
	if q := compute(t, dataset("msr-n P1Y", lines)).of(t, "msr-n"); q.ValueClass != ClassNotComparable || q.Period != Undated {
		t.Errorf("with a period: %s in %s", q.ValueClass, q.Period)
	}
	if q := compute(t, dataset("msr-n", lines)).of(t, "msr-n"); q.ValueClass != ClassCorroborated || q.Period != "" {
		t.Errorf("without: %s in %s", q.ValueClass, q.Period)
	}
	// A denial is still one.
	q := compute(t, dataset("msr-n P1Y", "src-a on=none\nclm-1 src-a act-a 5\nclm-2 src-a act-b over:0 deny")).of(t, "msr-n")
	if q.ValueClass != ClassUncontested || !q.Denied || q.AgreementClass != ClassDenied {
		t.Errorf("denied: %+v", q)
	}
}

// The previous question differs in the period alone.
func TestPreviousQuestion(t *testing.T) {
	r := compute(t, dataset(`
msr-n P6M
msr-o P6M
msr-p
src-a
clm-1 src-a act-a 5 asof=2020-01
clm-2 src-a act-b 6 asof=2022-03
clm-3 src-a act-b 6 asof=2022-09
clm-4 src-a act-b 6 asof=2022/..
clm-5 src-a act-b 6 asof=2022-09 pop=x
clm-6 src-a act-b 6 asof=2021-09 planned
clm-7 src-a act-b 6 asof=2021-09 msr=msr-o
clm-8 src-a act-b 6 asof=2021-09 msr=msr-p`))
	of := r.QuestionOf
	want := map[string]string{of["clm-2"]: of["clm-1"], of["clm-3"]: of["clm-2"]}
	for _, q := range r.Questions {
		if q.PrevID != want[q.ID] {
			t.Errorf("before %s %s: %q, want %q", q.Measure, q.Period, q.PrevID, want[q.ID])
		}
	}
}

// Periods are spans of the calendar; no period is all of time, and what is
// undated lies nowhere else.
func TestPeriodsOverlap(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"2025", "2025", true}, {"2025", "2024", false}, {"2025", "2025-01", true}, {"2025", "2025-12-31", true}, {"2025", "2024-12-31", false},
		{"2025-01/2025-06", "2025-06-30", true}, {"2025-01/2025-06", "2025-07-01", false}, {"2025-07/2025-12", "2025-06", false},
		{"2025-07/2025-12", "2025-07", true}, {"2025-07/2025-12", "2025-01/2025-06", false}, {"2025-07/2025-12", "2025", true},
		{"2025-08", "2025-08-01", true}, {"2025-08", "2025-08-31", true}, {"2025-08", "2025-09-01", false}, {"2025-08", "2025-09", false},
		{"2025-08-20", "2025-08-20", true}, {"2025-08-20", "2025-08-21", false}, {"2025-08-20", "2025-09-20", false},
		{"", "2025", true}, {"", Undated, true}, {"", "", true}, {Undated, Undated, true}, {Undated, "2025", false},
	} {
		if overlap(tt.a, tt.b) != tt.want || overlap(tt.b, tt.a) != tt.want {
			t.Errorf("%q and %q: %v and %v, want %v", tt.a, tt.b, overlap(tt.a, tt.b), overlap(tt.b, tt.a), tt.want)
		}
	}
}
