package disagreement

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// entailedOf lists the entailed claims of a result: key, what it says, and on
// what question.
func entailedOf(r *Result) string {
	parts := map[string]Parts{}
	for _, q := range r.Questions {
		parts[q.ID] = q.Parts
	}
	var out []string
	for _, c := range r.Claims {
		if c.Derivation != DerivedEntailment {
			continue
		}
		p := parts[c.QuestionID]
		says := c.Stance + " " + c.Value
		if c.Lower.Value != nil || c.Upper.Value != nil {
			says = c.Stance + " " + showInterval(c.Lower, c.Upper)
		}
		out = append(out, fmt.Sprint(strings.TrimPrefix(c.Key, "clm-"), ": ", says, " on ", strings.Join(strings.Fields(fmt.Sprint(
			strings.TrimPrefix(p.Measure, "msr-"), " ", p.Subject, " ", p.Object, " ", p.Place, " ", p.Event, " ", p.Population, " ", strings.TrimPrefix(p.Modality, "actual"), " ", p.Period)), " ")))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

// Whose lower bound is above zero asserts the entailed boolean.
func TestEntailmentUp(t *testing.T) {
	const whole = "sub=act-s obj=act-o plc=plc-p evt=evt-e pop=fighters"
	const on = "on b act-s act-o plc-p evt-e 2025"
	for _, tt := range []struct{ measure, words, want string }{
		{"", "5 " + whole, "1: assert true " + on},
		{"", "0.001 " + whole, "1: assert true " + on},
		{"", "over:0 " + whole, "1: assert true " + on},
		{"", "about:5 " + whole, "1: assert true " + on},
		{"", "nearly:5 " + whole, "1: assert true " + on},
		{"", "at_least:1 " + whole, "1: assert true " + on},
		{"", "several: " + whole, "1: assert true " + on},
		{"", "5..10 " + whole, "1: assert true " + on},
		{"", "5~furlong " + whole, "1: assert true " + on}, // of what, nobody knows; but some
		{"rounded", "10 " + whole, "1: assert true " + on},
		{"", "5 planned " + whole, "1: assert true on b act-s act-o plc-p evt-e planned 2025"},
		{"", "0", ""}, {"", "at_least:0", ""}, {"", "up_to:5", ""}, {"", "under:5", ""}, {"", "0..5", ""}, {"signed", "-5", ""}, {"signed", "under:5", ""},
		{"", "5 deny", ""}, {"", "5 retract", ""}, {"", "no_value", ""}, {"", "some_value", ""}, {"", "no_comment", ""}, {"", "over:0~furlong deny", ""},
	} {
		r := compute(t, dataset("src-a", "msr-b boolean P1Y", "msr-n P1Y entails=msr-b "+tt.measure, "clm-1 src-a act-a "+tt.words))
		if got := entailedOf(r); got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.measure, tt.words, got, tt.want)
		}
	}
}

// The entailed measure must be there, as a boolean; its period is its own.
func TestEntailedMeasures(t *testing.T) {
	for measures, want := range map[string]string{
		"msr-n entails=msr-b":                                                              "",
		"msr-n entails=msr-b\nmsr-b category":                                              "",
		"msr-n entails=msr-b\nmsr-b boolean withdrawn=x":                                   "",
		"msr-n boolean entails=msr-b\nmsr-b boolean":                                       "",
		"msr-n entails=msr-b\nmsr-b boolean P1M":                                           "1: assert true on b 2025-06",
		"msr-n P1M entails=msr-b\nmsr-b boolean":                                           "1: assert true on b",
		"msr-n entails=msr-old\nmsr-old boolean merged=msr-b\nmsr-b boolean":               "1: assert true on b",
		"msr-n entails=msr-b entails=msr-b\nmsr-b boolean":                                 "1: assert true on b",
		"msr-n entails=msr-b entails=msr-old\nmsr-old boolean merged=msr-b\nmsr-b boolean": "1: assert true on b",
		"msr-n entails=msr-b entails=msr-c\nmsr-b boolean\nmsr-c boolean P1Y":              "1: assert true on b; 1: assert true on c 2025",
		"msr-n entails=msr-b\nmsr-b boolean entails=msr-c\nmsr-c boolean":                  "1: assert true on b",
	} {
		if got := entailedOf(compute(t, dataset("src-a\nclm-1 src-a act-a 5", measures))); got != want {
			t.Errorf("%q: %q, want %q", measures, got, want)
		}
	}
}

// A denied boolean denies every number above zero, "false" asserts zero, where
// somebody was asked for numbers.
func TestEntailmentDown(t *testing.T) {
	const places = "plc-country\nplc-region in=plc-country\nplc-town in=plc-region\nplc-elsewhere\n"
	for _, tt := range []struct{ name, boolean, number, want string }{
		{"denied true", "true deny", "5", "0: deny (0, ∞) on n 2025"},
		{"false", "false", "5", "0: assert [0, 0] on n 2025"},
		{"true", "true", "0", ""},
		{"denied false", "false deny", "0", ""},
		{"no value", "no_value:boolean", "0", ""},
		{"some value", "some_value:boolean", "0", ""},
		{"no comment", "no_comment", "0", ""},
		{"retracted", "true retract", "0", ""},
		{"the same everything", "false sub=act-s obj=act-o plc=plc-town evt=evt-e", "0 sub=act-s obj=act-o plc=plc-town evt=evt-e", "0: assert [0, 0] on n act-s act-o plc-town evt-e 2025"},
		{"any population", "false", "0 pop=fighters", "0: assert [0, 0] on n fighters 2025"},
		{"another subject", "false sub=act-s", "0 sub=act-z", ""},
		{"no subject", "false", "0 sub=act-z", ""},
		{"another object", "false obj=act-s", "0 obj=act-z", ""},
		{"another event", "false evt=evt-e", "0", ""},
		{"another modality", "false planned", "0", ""},
		{"the same modality", "false planned", "0 planned", "0: assert [0, 0] on n planned 2025"},
		{"a place within", "false plc=plc-country", "0 plc=plc-town", "0: assert [0, 0] on n plc-town 2025"},
		{"the same place", "false plc=plc-town", "0 plc=plc-town", "0: assert [0, 0] on n plc-town 2025"},
		{"a place around", "false plc=plc-town", "0 plc=plc-country", ""},
		{"a place elsewhere", "false plc=plc-country", "0 plc=plc-elsewhere", ""},
		{"no place and a place", "false", "0 plc=plc-town", ""},
		{"a place and no place", "false plc=plc-country", "0", ""},
		{"the same period", "false said=2024", "0 said=2024-05", "0: assert [0, 0] on n 2024"},
		{"another period", "false said=2024", "0 said=2025", ""},
		{"undated", "false said=2024/..", "0 said=2023/..", "0: assert [0, 0] on n undated"},
		{"one undated", "false said=2024/..", "0", ""},
		{"a number nobody knows", "false", "some_value", "0: assert [0, 0] on n 2025"},
		{"nobody was asked", "false", "0 withdrawn=x", ""},
		{"derived the other way", "false", "5..6~furlong", "0: assert [0, 0] on n 2025"},
	} {
		r := compute(t, dataset("src-a", places, "msr-b boolean P1Y", "msr-n P1Y entails=msr-b", "clm-0 src-a act-a msr=msr-b "+tt.boolean, "clm-1 src-a act-b "+tt.number))
		got := entailedOf(r)
		var down []string // what clm-1 entails upwards is of no interest here
		for _, e := range strings.Split(got, "; ") {
			if strings.HasPrefix(e, "0: ") {
				down = append(down, e)
			}
		}
		if strings.Join(down, "; ") != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Periods of different lengths: every one that shares a day.
func TestEntailmentDownAcrossPeriods(t *testing.T) {
	const numbers = `
clm-1 src-a act-b 5 said=2025-01-31
clm-2 src-a act-b 5 said=2025-06-30
clm-3 src-a act-b 5 said=2025-07-01
clm-4 src-a act-b 5 said=2024-12-31
clm-5 src-a act-b 5 said=2025/..`
	for periods, want := range map[string]string{
		"P1Y P1D": "2025-01-31 2025-06-30 2025-07-01", "P1Y P1M": "2025-01 2025-06 2025-07", "P1Y P6M": "2025-01/2025-06 2025-07/2025-12", "P1Y P1Y": "2025",
		"P6M P1D": "2025-01-31 2025-06-30", "P6M P1M": "2025-01 2025-06", "P6M P6M": "2025-01/2025-06", "P6M P1Y": "2025",
		"P1M P1D": "2025-06-30", "P1M P1M": "2025-06", "P1M P6M": "2025-01/2025-06", "P1M P1Y": "2025",
		"P1D P1D": "", "P1D P1M": "2025-06", "P1D P1Y": "2025", "P1D ": "any",
		" P1M": "2024-12 2025-01 2025-06 2025-07 undated", " ": "any",
	} {
		boolean, number, _ := strings.Cut(periods, " ")
		r := compute(t, dataset("src-a", numbers, "msr-b boolean "+boolean, "msr-n entails=msr-b "+number, "clm-0 src-a act-a msr=msr-b false said=2025-06-15"))
		var got []string
		for _, q := range r.Questions {
			for _, c := range r.Claims {
				if c.QuestionID == q.ID && c.Key == "clm-0" && c.Derivation == DerivedEntailment {
					got = append(got, map[bool]string{true: "any", false: q.Period}[q.Period == ""])
				}
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", periods, got, want)
		}
	}
}

// A withdrawn measure that somebody still answers entails in both directions; a
// withdrawn boolean is entailed by nothing and says nothing.
func TestEntailmentOfRetiredMeasures(t *testing.T) {
	const claims = "\nsrc-a\nclm-0 src-a act-a false msr=msr-b\nclm-1 src-a act-b 5"
	for measures, want := range map[string]string{
		"msr-n P1Y entails=msr-b withdrawn=x\nmsr-b boolean P1Y": "0: assert [0, 0] on n 2025; 1: assert true on b 2025",
		"msr-n P1Y entails=msr-b\nmsr-b boolean P1Y withdrawn=x": "",
	} {
		if got := entailedOf(compute(t, dataset(measures, claims))); got != want {
			t.Errorf("%q: %q, want %q", measures, got, want)
		}
	}
}

// Entailment is one step, and does not make questions of its own accord.
func TestEntailmentIsOneStep(t *testing.T) {
	// clm-1 entails presence, which entails nothing about clm-1's own or about
	// another entailing measure.
	r := compute(t, dataset("src-a", "msr-b boolean P1Y", "msr-n P1Y entails=msr-b", "msr-m P1Y entails=msr-b",
		"clm-1 src-a act-a 5", "clm-2 src-a act-b 0 msr=msr-m", "clm-3 src-a act-c false msr=msr-b"))
	want := "1: assert true on b 2025; 3: assert [0, 0] on m 2025; 3: assert [0, 0] on n 2025"
	if got := entailedOf(r); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	// A derived boolean speaks about authored numbers, as an authored one does.
	r = compute(t, dataset("src-a", "msr-event-attended boolean", "msr-n P1Y entails=msr-event-attended",
		"clm-1 src-a act-a 5 sub=act-s evt=evt-e", "evt-e | src-a act-c who=act-s:host:absent | src-a act-d who=act-s:host:attended:deny"))
	want = "1: assert true on event-attended act-s evt-e; evt-e#/accounts/0/participants/0: assert [0, 0] on n act-s evt-e 2025; " +
		"evt-e#/accounts/1/participants/0: deny (0, ∞) on n act-s evt-e 2025"
	if got := entailedOf(r); got != want {
		t.Errorf("%s,\nwant %s", got, want)
	}
	// And so does one that was derived from a refusal to comment.
	r = compute(t, dataset("src-a", "msr-has-commented boolean", "msr-n P1Y entails=msr-has-commented",
		"clm-1 src-a act-a no_comment evt=evt-e sub=act-a", "clm-2 src-a act-b 0 evt=evt-e sub=act-a"))
	if got, want := entailedOf(r), "1: assert [0, 0] on n act-a evt-e 2025"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// An entailed claim keeps who says it, where, when and in which utterance.
func TestEntailedClaimsLeadBack(t *testing.T) {
	r := compute(t, dataset("src-a on=2025-01-02", "src-b", "msr-b boolean P1Y", "msr-n P1Y entails=msr-b",
		"clm-1 src-a anonymous label=x 5 via=src-b", "clm-2 src-a act-b false msr=msr-b said=2025-03 based=src-r",
		"clm-3 src-a act-c 0 utt=u", "clm-4 src-a act-c false msr=msr-b utt=u"))
	up, down := r.claim(t, "clm-1", DerivedEntailment), r.claim(t, "clm-2", DerivedEntailment)
	for _, tt := range []struct {
		c    *QuestionClaim
		want string
	}{
		{up, `src-b/x [src-b] claim clm-1 "" src-a "" x published`},
		{down, `src-r [src-a] claim clm-2 "" src-a "act-b"  said_on`},
	} {
		c := tt.c
		got := fmt.Sprintf("%s %v %s %s %q %s %q %s %s", c.Origin, c.Channels, c.RecordKind, c.RecordID, c.Pointer, c.Source, c.Claimant, c.Label, c.AsOfFrom)
		if got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
	q := r.of(t, "msr-n")
	if got := fmt.Sprint(q.ValuesAsserted); got != "[0 5]" || q.Entailed != 2 || q.Claims != 4 || q.ValueClass != ClassConflicting {
		t.Errorf("values %s, %d entailed of %d, %s", got, q.Entailed, q.Claims, q.ValueClass)
	}
	if q.BestMin == nil || Exact(q.BestMin) != "0" || Exact(q.BestMax) != "5" { // the 0 of clm-3, which is printed
		t.Errorf("best: %v to %v", q.BestMin, q.BestMax)
	}
	// Without a printed zero, none is among the numbers that were stated.
	r = compute(t, dataset("src-a", "msr-b boolean", "msr-n entails=msr-b", "clm-1 src-a act-a 5", "clm-2 src-a act-b false msr=msr-b"))
	if q := r.of(t, "msr-n"); Exact(q.BestMin) != "5" || Exact(q.LowerMin.Value) != "0" || Exact(q.UpperMin.Value) != "0" || q.ValueClass != ClassConflicting {
		t.Errorf("%+v", q)
	}
	// The same utterance in the entailed question: one act, not two.
	r = compute(t, dataset("src-a", "msr-b boolean", "msr-n entails=msr-b", "clm-1 src-a act-a 3..7 utt=u", "clm-2 src-a act-a false msr=msr-b utt=u"))
	if q := r.of(t, "msr-n"); !q.RenderingConflict || showInterval(q.LowerMin, q.UpperMax) != "[0, 7]" {
		t.Errorf("%+v", q)
	}
}

// Who denies presence denies the numbers of others, and not their own.
func TestEntailedDenials(t *testing.T) {
	for lines, want := range map[string]bool{
		"clm-2 src-a act-b true deny msr=msr-b":                                                true,
		"clm-2 src-a act-a true deny msr=msr-b":                                                false, // of one's own
		"act-b for=act-a\nclm-2 src-a act-b true deny msr=msr-b":                               false,
		"clm-2 src-a act-b false msr=msr-b":                                                    false, // asserts zero: they conflict
		"clm-2 src-a act-b true deny msr=msr-b\nclm-3 src-a act-b true msr=msr-b said=2025-07": false, // and then admits it
	} {
		q := compute(t, dataset("src-a", "msr-b boolean P1Y", "msr-n P1Y entails=msr-b", "clm-1 src-a act-a 5", lines)).of(t, "msr-n")
		if q.Denied != want {
			t.Errorf("%s: denied is %v", lines, q.Denied)
		}
	}
}

// A participant whom an account denies under a role and a state is one denial
// of the numbers that follow from both.
func TestEntailedOnce(t *testing.T) {
	r := compute(t, dataset("src-a", "msr-event-host boolean", "msr-event-attended boolean", "msr-n entails=msr-event-host entails=msr-event-attended",
		"clm-1 src-a act-a 5 sub=act-s evt=evt-e", "evt-e | src-a act-c who=act-s:host:attended:deny"))
	if q := r.of(t, "msr-n"); q.Denying != 1 || q.Entailed != 1 || q.Claims != 2 {
		t.Errorf("%s", describe(r))
	}
}
